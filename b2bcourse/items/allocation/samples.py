"""Answers to an allocation with the fraction each must get: right, poorer, broken, malformed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.allocation.face import face
from b2bcourse.items.allocation.key import key
from b2bcourse.items.allocation.plan import Plan, stand
from b2bcourse.items.allocation.score import BETTER, FEASIBLE
from b2bcourse.items.allocation.value import as_value, blank, model_answer
from b2bcourse.items.base import Sample

if TYPE_CHECKING:
    from random import Random

    from b2bcourse.items.allocation.authored import AllocationItem
    from b2bcourse.items.allocation.face import Face, FieldFace
    from b2bcourse.items.allocation.key import AllocationKey, TrapKey
    from b2bcourse.items.base import Guess


def samples(item: AllocationItem) -> list[Sample]:
    """Answers to ``item`` with the fraction that each must get."""
    shown, answers = face(item, "ko"), key(item)
    right = model_answer(shown, answers)
    return [
        Sample("right", right, 1.0),
        *_right_in_other_ways(shown, answers),
        Sample("one row missing", *_one_missing(shown, answers)),
        *(
            [Sample("value of the plan missing", _without_worth(right), 1 - answers.share)]
            if answers.share
            else []
        ),
        *(_trap(shown, answers, trap) for trap in answers.traps),
        Sample("empty", blank(shown), 0.0),
        Sample("everything ticked", everything(shown), 0.0),
        *(Sample(f"malformed {number}", value, 0.0) for number, value in enumerate(_MALFORMED)),
    ]


_MALFORMED: Final[tuple[Any, ...]] = (
    None,
    [],
    "numbers",
    {"numbers": [1, 2], "order": 3},
    {"numbers": {"no-such-row": {"x": 1}}, "order": {"99": "no-such-job"}, "more": 1},
    {"numbers": {"no-such-row": 3}, "order": {"1": ["x"]}, "worth": "many"},
)


def _right_in_other_ways(shown: Face, answers: AllocationKey) -> list[Sample]:
    return [
        Sample(f"right {number}", as_value(shown, plan, answers.best), 1.0)
        for number, plan in enumerate(answers.plans[1:], start=2)
    ]


def _without_worth(right: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in right.items() if name != "worth"}


def _one_missing(shown: Face, answers: AllocationKey) -> tuple[dict[str, Any], float]:
    """The first best plan without its last row, its own value worked out."""
    best = answers.plans[0]
    rows = list(best.order or best.amounts)[:-1]
    less = Plan({row: best.amounts[row] for row in rows}, best.order[:-1])
    standing = stand(answers.rules, less)
    if less.empty or not standing.feasible:
        return as_value(shown, less, None), 0.0
    tier = BETTER if standing.worth > answers.bar else FEASIBLE
    return as_value(shown, less, standing.worth), tier * (1 - answers.share) + answers.share


def _trap(shown: Face, answers: AllocationKey, trap: TrapKey) -> Sample:
    tier = BETTER if trap.worth > answers.bar else FEASIBLE
    earned = 0.0 if trap.breaks else tier * (1 - answers.share) + answers.share
    return Sample(f"{trap.id}: {trap.name.en}", as_value(shown, trap.plan, trap.worth), earned)


def everything(shown: Face) -> dict[str, Any]:
    """The answer of somebody who gives every row the most it may have, or accepts every job."""
    rows = [row.id for row in shown.rows]
    return as_value(shown, Plan(_most(shown, rows), tuple(rows)), None)


def _most(shown: Face, rows: list[str]) -> dict[str, dict[str, Decimal]]:
    return {row: {f.id: Decimal(repr(f.max[row])) for f in shown.fields} for row in rows}


def guess(shown: Face, how: Guess, rng: Random) -> dict[str, Any]:
    """What somebody answers who has not read the question: see `items.base.Guess`."""
    if how == "none":
        return blank(shown)
    if how == "all":
        return everything(shown)
    rows = [row.id for row in shown.rows]
    if how == "first":
        return as_value(shown, Plan(_most(shown, rows[:1]), tuple(rows[:1])), None)
    if shown.line:
        jobs = rng.sample(rows, rng.randint(1, len(rows)))
        return as_value(shown, Plan({}, tuple(jobs)), None)
    return {"numbers": {row: {f.id: _any(f, row, rng) for f in shown.fields} for row in rows}}


def _any(field: FieldFace, row: str, rng: Random) -> int | float:
    steps = round((field.max[row] - field.min) / field.step)
    number = field.min + field.step * rng.randint(0, steps)
    return int(number) if number.is_integer() else number
