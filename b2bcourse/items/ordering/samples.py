"""Answers to an ordering with the fraction each must get, and what a guesser answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.agreement import alone
from b2bcourse.items.base import Sample
from b2bcourse.items.ordering.chance import zero_point
from b2bcourse.items.ordering.face import face
from b2bcourse.items.ordering.key import key
from b2bcourse.items.ordering.value import blank, model_answer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from b2bcourse.items.base import Guess
    from b2bcourse.items.ordering.authored import OrderingItem
    from b2bcourse.items.ordering.face import Face
    from b2bcourse.items.ordering.key import OrderingKey


def samples(item: OrderingItem) -> list[Sample]:
    """Answers to ``item`` with the fraction that each must get, no other answer beside it."""
    shown, answers = face(item, "ko"), key(item)
    tray = [card.id for card in shown.cards]
    made = [
        Sample("right", model_answer(shown, answers), 1.0),
        Sample("one part missing", in_slots(answers.order[:-1]), _without_last(answers)),
        Sample("empty", blank(shown), 0.0),
        Sample("one card in every slot", in_slots([tray[0]] * shown.slots), 0.0),
        *_turned(answers),
        Sample("everything ticked", guess_all(shown), 0.05, tolerance=0.05),
        Sample("as the cards lie", in_slots(tray[: shown.slots]), 0.05, tolerance=0.05),
        *(Sample(f"malformed {number}", value, 0.0) for number, value in enumerate(_MALFORMED)),
    ]
    return alone(made, answers.agreement)


def in_slots(cards: Iterable[str]) -> dict[str, Any]:
    """The value with ``cards`` in the slots from the first on."""
    return {"order": {str(slot): card for slot, card in enumerate(cards, start=1)}}


_MALFORMED: Final[tuple[Any, ...]] = (
    None,
    [],
    "order",
    {"order": ["a", "b"]},
    {"order": {"0": "no-such-card", "first": "no-such-card", "99": 3}},
    {"order": {"1": "no-such-card", "2": {"deep": []}}, "rows": {}},
)


def _without_last(answers: OrderingKey) -> float:
    """A right answer whose last card is missing: its pairs are lost, nothing else."""
    lost = sum(answers.order[-1] in pair for pair in answers.readings[0])
    zero = zero_point(answers.order, answers.readings, len(answers.decoys))
    return max(0.0, (1 - lost / answers.count - zero) / (1 - zero))


def _turned(answers: OrderingKey) -> list[Sample]:
    if answers.mode == "cycle":
        turned = answers.order[2:] + answers.order[:2]
        return [Sample("right from another start", in_slots(turned), 1.0)]
    return [Sample("wrong way round", in_slots(answers.order[::-1]), 0.0)]


def guess_all(shown: Face) -> dict[str, Any]:
    """Every slot filled, with the cards as they lie, from the far end of the tray."""
    return in_slots([card.id for card in reversed(shown.cards)][: shown.slots])


def guess(shown: Face, how: Guess, rng: Random) -> dict[str, Any]:
    """What somebody answers who has not read the question: see `items.base.Guess`."""
    tray = [card.id for card in shown.cards]
    if how == "none":
        return blank(shown)
    if how == "all":
        return guess_all(shown)
    return in_slots(tray[: shown.slots] if how == "first" else rng.sample(tray, shown.slots))
