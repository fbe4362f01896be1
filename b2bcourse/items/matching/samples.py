"""Answers to a matching with the fraction each must get, and what a guesser would answer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.agreement import alone
from b2bcourse.items.base import Sample
from b2bcourse.items.matching.face import face
from b2bcourse.items.matching.key import key
from b2bcourse.items.matching.value import blank, model_answer, placed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from b2bcourse.items.base import Guess
    from b2bcourse.items.matching.authored import MatchingItem
    from b2bcourse.items.matching.face import CardFace, Face
    from b2bcourse.items.matching.key import MatchingKey

_COPIES: Final = 2
"""How many places a guesser gives a card at most where a card may lie in several."""

_MALFORMED: Final[tuple[Any, ...]] = (
    None,
    [],
    "places",
    {"places": [1, 2]},
    {"places": {"no-such-card": {"no-such-place": 1}}, "cells": 3},
    {"places": {"c1": "decider"}},
    {"places": {"c1": {"no-such-place": 1}, "c2": {"no-such-place": math.nan}}},
)


def samples(item: MatchingItem) -> list[Sample]:
    """Answers to ``item`` with the fraction that each must get, no other answer beside it."""
    shown, answers = face(item, "ko"), key(item)
    made = [
        Sample("right", model_answer(shown, answers), 1.0),
        Sample("one part missing", *_one_missing(shown, answers)),
        Sample("empty", blank(shown), 0.0),
        Sample("everything ticked", everything(shown), 0.0),
        *_decoys_placed(shown, answers),
        *_without_evidence(shown, answers),
        *(Sample(f"malformed {number}", value, 0.0) for number, value in enumerate(_MALFORMED)),
    ]
    return alone(made, answers.agreement)


def _one_missing(shown: Face, answers: MatchingKey) -> tuple[dict[str, Any], float]:
    """The right answer without one place, and what is left of the points."""
    right = model_answer(shown, answers)
    slot, card = next(iter(answers.needed.items()))
    less = right["places"] | {slot: dict.fromkeys(card.required[1:], 1)}
    return {**right, "places": less}, _rescaled(answers, 1 / len(card.required))


def _decoys_placed(shown: Face, answers: MatchingKey) -> list[Sample]:
    """With decoys: the right answer and one of them placed too, where it does not belong."""
    for card in shown.cards:
        known = answers.cards[card.id]
        wrong = set(shown.offered(card)) - known.accepted
        if not known.required and wrong:
            right = model_answer(shown, answers)
            right["places"][card.id] = {min(wrong): 1}
            return [Sample("a decoy placed", right, _rescaled(answers, 1.0))]
    return []


def _without_evidence(shown: Face, answers: MatchingKey) -> list[Sample]:
    """Where evidence is asked for: everything placed rightly, and no line or every line cited."""
    if not shown.evidence:
        return []
    places = {slot: card.required for slot, card in answers.cards.items()}
    lost = len(answers.needed) / 2
    return [
        Sample("no line cited", placed(places, {}), _rescaled(answers, lost)),
        Sample(
            "every line cited",
            placed(places, dict.fromkeys(answers.needed, shown.lines)),
            _rescaled(answers, lost),
            tolerance=0.25,
        ),
    ]


def _rescaled(answers: MatchingKey, lost: float) -> float:
    """The outcome when ``lost`` shares of one card are lost."""
    mean = 1 - lost / len(answers.needed)
    return max(0.0, (mean - answers.chance) / (1 - answers.chance))


def everything(shown: Face) -> dict[str, Any]:
    """The answer of somebody who puts every card everywhere."""
    places = {card.id: shown.offered(card) for card in shown.cards}
    return placed(places, _cite(shown, shown.lines))


def _cite(shown: Face, lines: Iterable[int]) -> dict[str, Iterable[int]] | None:
    """The same lines for every card; nothing where no evidence is asked for."""
    return dict.fromkeys((card.id for card in shown.cards), lines) if shown.evidence else None


def guess(shown: Face, how: Guess, rng: Random) -> dict[str, Any]:
    """What somebody answers who has not read the question: see `items.base.Guess`."""
    if how == "none":
        return blank(shown)
    if how == "all":
        return everything(shown)
    if how == "first":
        first = {card.id: shown.offered(card)[:1] for card in shown.cards}
        return placed(first, _cite(shown, shown.lines[:1]))
    places = {card.id: _some(shown, card, rng) for card in shown.cards}
    if not shown.evidence:
        return placed(places)
    return placed(places, {card.id: (rng.choice(shown.lines),) for card in shown.cards})


def _some(shown: Face, card: CardFace, rng: Random) -> tuple[str, ...]:
    offered = shown.offered(card)
    copies = rng.randint(1, _COPIES) if shown.several else 1
    return tuple(rng.sample(offered, copies))
