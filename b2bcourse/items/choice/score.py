"""The score of a choice question: pure, the same for widget, check, autograde and report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import Outcome, Part, clamp
from b2bcourse.items.choice.value import clean
from b2bcourse.items.choice.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from b2bcourse.items.choice.face import Face
    from b2bcourse.items.choice.key import ChoiceKey


def score(
    face: Face, key: ChoiceKey, value: Any, context: Mapping[str, Any] | None = None
) -> Outcome:
    """What an answer is worth.

    One option: 1 for the right one, its part for a half-right one, else 0. Several: (right chosen
    - wrong chosen) / right, never below 0, so that ticking all or ticking blindly earns next to
    nothing; accepted options neither earn nor cost. An item where guessing earns a quarter or more
    cannot be loaded (`authored.chance`), so nothing is rescaled here.

    Args:
        face: the item's face.
        key: its key.
        value: the response's value, any JSON.
        context: unused; other kinds look at the student's other responses.

    Returns:
        An outcome with a part, called after the option, for every one chosen or missed.
    """
    chosen, notes = clean(face, value)
    if len(chosen) > 1 and not key.several:
        notes = (*notes, WORDS.too_many.format(n=len(chosen)))
        chosen = ()
    parts = _several(key, chosen) if key.several else _single(key, chosen)
    earned = sum(part.earned for part in parts) / len(key.right)
    return Outcome(fraction=clamp(max(0.0, earned)), parts=tuple(parts), notes=notes)


def _several(key: ChoiceKey, chosen: Sequence[str]) -> list[Part]:
    return [*(_judged(key, name) for name in chosen), *_left_out(key, chosen)]


def _judged(key: ChoiceKey, name: str) -> Part:
    if name in key.right:
        return Part(name, "right", 1.0, 1.0)
    return Part(name, "accepted") if name in key.accepted else Part(name, "wrong", -1.0)


def _single(key: ChoiceKey, chosen: Sequence[str]) -> list[Part]:
    """The option chosen, and the right one where that is another."""
    parts = []
    for name in chosen:
        if name in key.right:
            return [Part(name, "right", 1.0, 1.0)]
        half = key.parts.get(name, 0.0)
        parts.append(Part(name, "partly", half) if half else Part(name, "wrong"))
    return [*parts, *_left_out(key, chosen)]


def _left_out(key: ChoiceKey, chosen: Sequence[str]) -> list[Part]:
    """The right options that were not chosen; where nothing was chosen, none is called missed."""
    return [
        Part(name, "missed" if chosen else "not attempted", 0.0, 1.0)
        for name in key.right
        if name not in chosen
    ]
