"""The score of an ordering: pure, by pairs of cards and not by numbered places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.agreement import Mine
from b2bcourse.items.agreement import judged as held_against
from b2bcourse.items.base import Outcome, Part, Verdict, clamp
from b2bcourse.items.ordering.chance import zero_point
from b2bcourse.items.ordering.pairs import agreement
from b2bcourse.items.ordering.reading import Judged, judge, raw_score
from b2bcourse.items.ordering.value import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from b2bcourse.items.ordering.face import Face
    from b2bcourse.items.ordering.key import OrderingKey


def score(
    face: Face, key: OrderingKey, value: Any, context: Mapping[str, Any] | None = None
) -> Outcome:
    """What an answer is worth.

    Each pair of cards that the key orders (all that follows from it included) earns 1 when both
    stand in that order, costs 1 when they stand reversed, and earns 0 while a card is missing.
    The raw score is that sum over all pairs. A placed decoy costs one card's share, 1/n of n
    cards: the slot it takes is missing for a real card anyhow, whose pairs are lost with it. Of a
    cycle the best rotation counts, of the answer and of the key: turning an answer round changes
    nothing. From the raw score `chance.zero_point` is taken, so that a
    shuffle earns about nothing:  max(0, (raw − zero) / (1 − zero)).

    Args:
        face: the item's face.
        key: its key.
        value: the response's value, any JSON.
        context: what the student said in other items, where this one is held against them.

    Returns:
        An outcome with a part for every real card and every placed decoy, by card id. ``earned``
        is the card's part of the raw score.
    """
    answer, notes = clean(face, value)
    judged = judge(key, answer.placed)
    parts = tuple(
        _part(key, answer.placed, judged, card.id)
        for card in face.cards
        if card.id in key.cards or card.id in answer.placed
    )
    zero = zero_point(key.order, key.readings, len(key.decoys))
    raw = raw_score(key, answer.placed)
    outcome = Outcome(fraction=clamp((raw - zero) / (1 - zero)), parts=parts, notes=notes)
    people = {name: card.person for name, card in key.cards.items() if card.person}
    met = tuple(people[card] for card in answer.placed if card in people)
    mine = Mine(order=met, people=frozenset(people.values()))
    return held_against(outcome, key, mine, context)


def _part(key: OrderingKey, placed: Sequence[str], judged: Judged, card: str) -> Part:
    if card in key.decoys:
        return Part(card, "wrong", earned=-1 / len(key.order))
    mine = frozenset(pair for pair in judged.reading if card in pair)
    possible = len(mine) / 2 / key.count
    if card not in placed:
        absent: Verdict = "missed" if placed else "not attempted"
        return Part(card, absent, 0.0, possible)
    verdict: Verdict = "right" if card in judged.fitting else "wrong"
    earned = agreement(judged.placed, mine) / 2 / key.count
    return Part(card, verdict, earned, possible)
