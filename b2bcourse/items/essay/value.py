"""The value of a response to an essay: reading it from any JSON, model answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.items.base import ResponseError, merge_parts, short
from b2bcourse.items.essay.words import WORDS
from b2bcourse.items.words import NOTES, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Text
    from b2bcourse.items.essay.face import EssayKey, Face

MAX_CHARACTERS: Final = 20_000
"""What the field takes: thirty pages, and far below what a response may hold."""

_FIELDS: Final = {"text": "", "self": {}}


class Value(Struct, frozen=True):
    """An answer that fits its face: the text, and the level chosen for each criterion."""

    text: str
    levels: dict[str, int]


def blank(face: Face) -> dict[str, Any]:
    """An empty answer."""
    return {"text": "", "self": {}}


def merge(value: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """``value`` with the parts of ``patch`` put in; a part that is ``None`` is taken away.

    Raises:
        ResponseError: the patch holds a longer text than the field takes; an answer that an older
            release saved may be longer, and keeps its length until it is changed.
    """
    bounded(patch.get("text"))
    return {"text": "", "self": {}, **merge_parts(value, patch)}


def bounded(text: object) -> None:
    """Refuse a text that is too long, rather than to cut it unseen.

    Raises:
        ResponseError: it is longer than `MAX_CHARACTERS`.
    """
    if isinstance(text, str) and len(text) > MAX_CHARACTERS:
        raise ResponseError(WORDS.too_long.format(n=len(text), limit=MAX_CHARACTERS))


def clean(face: Face, raw: object) -> tuple[Value, tuple[Text, ...]]:
    """What of any JSON is an answer to ``face``, and notes on what is not."""
    notes: list[Text] = []
    table = raw if isinstance(raw, dict) else {}
    if not isinstance(raw, dict) or set(raw) - set(_FIELDS):
        notes.append(NOTES.bad_value)
    text = table.get("text", "")
    if not isinstance(text, str):
        notes.append(WORDS.bad_text.format(what=short(text)))
        text = ""
    if len(text) > MAX_CHARACTERS:
        notes.append(WORDS.only_begun.format(n=len(text), limit=MAX_CHARACTERS))
        text = text[:MAX_CHARACTERS]
    levels = _levels(face, table.get("self", {}), notes)
    return Value(text, levels), told(notes)


def _levels(face: Face, raw: object, notes: list[Text]) -> dict[str, int]:
    if not isinstance(raw, dict):
        notes.append(NOTES.bad_value)
        return {}
    known = {criterion.id: len(criterion.levels) for criterion in face.rubric}
    found = {}
    for name, level in raw.items():
        if name not in known:
            notes.append(WORDS.bad_criterion.format(what=short(name)))
        elif type(level) is not int or not 0 <= level < known[name]:
            notes.append(WORDS.bad_level.format(what=short(level)))
        else:
            found[name] = level
    return found


def model_answer(face: Face, key: EssayKey) -> dict[str, Any]:
    """The model text, judged as its author means it: the best level everywhere."""
    return {
        "text": key.model[face.lang],
        "self": {
            criterion.id: key.shares[criterion.id].index(max(key.shares[criterion.id]))
            for criterion in face.rubric
        },
    }
