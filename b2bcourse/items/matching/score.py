"""The score of a matching: pure, the same for widget, check, autograde and report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import Outcome, Part, Verdict, clamp
from b2bcourse.items.matching.value import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.matching.face import Face
    from b2bcourse.items.matching.key import CardKey, MatchingKey


def score(
    face: Face, key: MatchingKey, value: Any, context: Mapping[str, Any] | None = None
) -> Outcome:
    """What an answer is worth.

    A card earns (required places made − wrong places) / required places, never below 0; accepted
    and open places are neutral. A decoy that lies anywhere takes one card's share away. The mean
    over the cards that belong somewhere is rescaled for chance: with c for what one place a card
    at random earns on average, the outcome is (mean − c) / (1 − c), never below 0, so that a
    guesser earns about nothing and a perfect answer 1.

    Args:
        face: the item's face.
        key: its key.
        value: the response's value, any JSON.
        context: unused; other kinds look at the student's other responses.

    Returns:
        An outcome with a part ``card/place`` for every place made or missed. A card that lies
        nowhere is not attempted.
    """
    places, notes = clean(face, value)
    parts: list[Part] = []
    total = 0.0
    for slot, card in key.cards.items():
        judged = judge(key, slot, places.get(slot, ()))
        total += _share(card, judged)
        parts += judged
    mean = total / len(key.needed)
    fraction = (mean - key.chance) / (1 - key.chance)
    return Outcome(fraction=clamp(fraction), parts=tuple(parts), notes=notes)


def judge(key: MatchingKey, slot: str, where: tuple[str, ...]) -> list[Part]:
    """A part for every place a card lies in, and for every one it lacks."""
    card = key.cards[slot]
    lacking: Verdict = "missed" if where else "not attempted"
    made = [_judge_place(key, card, slot, place) for place in where]
    return made + [
        Part(f"{slot}/{place}", lacking, 0.0, 1.0) for place in card.required if place not in where
    ]


def _judge_place(key: MatchingKey, card: CardKey, slot: str, place: str) -> Part:
    name = f"{slot}/{place}"
    if place in card.required:
        return Part(name, "right", 1.0, 1.0)
    if place in card.accepted or place in key.open:
        return Part(name, "accepted")
    return Part(name, "wrong", -1.0)


def _share(card: CardKey, judged: list[Part]) -> float:
    """What a card adds to the sum over the cards; a decoy can only take away."""
    earned = sum(part.earned for part in judged)
    if not card.required:
        return max(-1.0, earned)
    return max(0.0, earned / len(card.required))
