"""The score of a matching: pure, the same for widget, check, autograde and report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items import agreement
from b2bcourse.items.base import Outcome, Part, Verdict, clamp
from b2bcourse.items.matching.persons import mine
from b2bcourse.items.matching.value import cited, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.matching.face import Face
    from b2bcourse.items.matching.key import CardKey, MatchingKey


LINES: Final = "#"
"""Stands in a part's id where a place would: the lines cited for the card."""


def score(
    face: Face, key: MatchingKey, value: Any, context: Mapping[str, Any] | None = None
) -> Outcome:
    """What an answer is worth.

    A card earns (required places made − wrong places) / required places, never below 0; accepted
    and open places are neutral. A decoy that lies anywhere takes one card's share away. The mean
    over the cards that belong somewhere is rescaled for chance: with c for what one place a card
    at random earns on average, the outcome is (mean − c) / (1 − c), never below 0, so that a
    guesser earns about nothing and a perfect answer 1.

    Where evidence is asked for, a card's share counts whole with fitting lines only, three
    quarters with as many that do not fit as that do, and half without any that fits.

    Args:
        face: the item's face.
        key: its key.
        value: the response's value, any JSON.
        context: what the student said in other items, where this one is held against them.

    Returns:
        An outcome with a part ``card/place`` for every place made or missed, and ``card/#`` for
        the lines cited. A card that lies nowhere is not attempted.
    """
    places, notes = clean(face, value)
    mean, parts = _cards(face, key, value, places)
    fraction = (mean - key.chance) / (1 - key.chance)
    outcome = Outcome(fraction=clamp(fraction), parts=tuple(parts), notes=notes)
    return agreement.judged(outcome, key, mine(key, places), context)


def mean_share(face: Face, key: MatchingKey, value: Any) -> float:
    """The mean of the cards' shares, before chance is taken off; below 0 where decoys lie about."""
    return _cards(face, key, value, clean(face, value)[0])[0]


def _cards(
    face: Face, key: MatchingKey, value: Any, places: Mapping[str, tuple[str, ...]]
) -> tuple[float, list[Part]]:
    """The mean share of the cards that belong somewhere, and a part for all that was judged."""
    lines = cited(face, value)
    parts: list[Part] = []
    total = 0.0
    for slot, card in key.cards.items():
        judged = judge(key, slot, places.get(slot, ()))
        if face.evidence and card.required:
            shown = judge_lines(card, lines.get(slot, ()), placed=slot in places)
            total += _share(card, judged) * (1 + shown) / 2
            judged.append(_lines_part(slot, shown, lines.get(slot, ()), placed=slot in places))
        else:
            total += _share(card, judged)
        parts += judged
    return total / len(key.needed), parts


def judge_lines(card: CardKey, lines: tuple[int, ...], *, placed: bool) -> float:
    """How well the lines show where a card belongs: 0, a half or 1; citing all shows nothing."""
    fitting = sum(line in card.lines for line in lines)
    beside = sum(line not in card.lines | card.lines_accepted for line in lines)
    if not placed or not fitting or beside > fitting:
        return 0.0
    return 0.5 if beside else 1.0


def _lines_part(slot: str, shown: float, lines: tuple[int, ...], *, placed: bool) -> Part:
    verdict: Verdict = "wrong"
    if not lines:
        verdict = "missed" if placed else "not attempted"
    elif shown:
        verdict = "right" if shown == 1.0 else "partly"
    return Part(f"{slot}/{LINES}", verdict, shown, 1.0)


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
