"""The value of a response to a choice question: reading it from any JSON, model answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.base import merge_parts, short
from b2bcourse.items.choice.words import WORDS
from b2bcourse.items.words import NOTES, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Text
    from b2bcourse.items.choice.face import Face
    from b2bcourse.items.choice.key import ChoiceKey

CHOSEN: Final = 1


def blank(face: Face) -> dict[str, Any]:
    """An empty answer."""
    return {"chosen": {}}


def merge(value: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """``value`` with the parts of ``patch`` put in; a part that is ``None`` is taken away."""
    merged = merge_parts(value, patch)
    return merged if isinstance(merged.get("chosen"), dict) else {**merged, "chosen": {}}


def clean(face: Face, raw: object) -> tuple[tuple[str, ...], tuple[Text, ...]]:
    """The options that any JSON chooses, in the order shown, and notes on what cannot be read."""
    notes: list[Text] = []
    table = raw.get("chosen", {}) if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(table, dict) or set(raw) - {"chosen"}:
        notes.append(NOTES.bad_value)
    chosen = set()
    known = {option.id for option in face.options}
    for name, mark in table.items() if isinstance(table, dict) else ():
        if name not in known:
            notes.append(WORDS.bad_option.format(what=short(name)))
        elif type(mark) is not int or mark not in {0, CHOSEN}:
            notes.append(WORDS.bad_mark.format(what=short(mark)))
        elif mark:
            chosen.add(name)
    return tuple(option.id for option in face.options if option.id in chosen), told(notes)


def model_answer(face: Face, key: ChoiceKey) -> dict[str, Any]:
    """An answer that earns everything, made from the key."""
    return {"chosen": dict.fromkeys(key.right, CHOSEN)}
