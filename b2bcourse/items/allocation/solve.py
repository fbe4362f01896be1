"""The proof of an allocation, for authors: all best plans by integer programming.

A student's kernel never comes here: scipy is looked up only when an author (or a test) asks.
"""

from __future__ import annotations

import importlib
from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.items.allocation.key import grid, rules_of
from b2bcourse.items.allocation.plan import Plan, stand
from b2bcourse.items.base import ItemError

if TYPE_CHECKING:
    from b2bcourse.items.allocation.authored import AllocationItem
    from b2bcourse.items.allocation.plan import Rules

_MOST_PLANS: Final = 200


class Solved(Struct, frozen=True):
    """The best value, and every plan that reaches it."""

    best: Decimal
    plans: tuple[Plan, ...]


class _Choice(Struct, frozen=True):
    """One 0/1 unknown of the program: that a row's variable has this number."""

    row: str
    variable: str
    number: Decimal


def solve(item: AllocationItem) -> Solved:
    """The best plans of an item, found by `scipy.optimize.milp`.

    Every number that a cell may hold is an unknown of its own, 0 or 1, exactly one of them 1 for
    each cell. A set of jobs can be done in time exactly if it can in the order of due dates, which
    is a linear condition for every job (Lawler and Moore 1969). After each best plan a cut forbids
    it, until the value falls.

    Raises:
        ItemError: scipy is not installed; no plan is feasible; or far too many are best.
    """
    rules = rules_of(item)
    choices = [
        _Choice(row.id, variable, number)
        for row in item.rows
        for variable, numbers in grid(item, row.id).items()
        for number in numbers
    ]
    constraints = [*_one_each(choices), *_limits(rules, choices), *_in_time(rules, choices)]
    best: Decimal | None = None
    found: list[Plan] = []
    while len(found) < _MOST_PLANS:
        taken = _best(rules, choices, constraints)
        plan = _plan(taken)
        if taken is None or (best is not None and stand(rules, plan).worth < best):
            break
        best = stand(rules, plan).worth
        found.append(plan)
        cut = [1.0 if choice in taken else 0.0 for choice in choices]
        constraints.append((cut, 0.0, len(taken) - 1))
    if best is None or len(found) == _MOST_PLANS:
        raise ItemError(f"{item.id}: {len(found)} best plans; change the numbers or the limits")
    return Solved(best, tuple(_in_order(rules, found)))


def _optimize() -> Any:
    # Looked up by name: scipy brings no types, and the pure rooms of the house import no heavy one.
    try:
        return importlib.import_module("scipy.optimize")
    except ImportError as error:
        raise ItemError("proving an allocation needs scipy, which is not installed") from error


Row = tuple[list[float], float, float]


def _one_each(choices: list[_Choice]) -> list[Row]:
    cells = dict.fromkeys((choice.row, choice.variable) for choice in choices)
    return [([float((c.row, c.variable) == cell) for c in choices], 1, 1) for cell in cells]


def _limits(rules: Rules, choices: list[_Choice]) -> list[Row]:
    return [
        (
            [float(limit.uses[c.row].get(c.variable, Decimal(0)) * c.number) for c in choices],
            -float("inf") if limit.least is None else float(limit.least),
            float("inf") if limit.most is None else float(limit.most),
        )
        for limit in rules.limits
    ]


def _in_time(rules: Rules, choices: list[_Choice]) -> list[Row]:
    """Up to every due date, the lead times of accepted jobs that are due by then fit."""
    found = []
    for due in {job.due for job in rules.jobs.values()}:
        row = [
            float(rules.jobs[c.row].lead * c.number) if rules.jobs[c.row].due <= due else 0.0
            for c in choices
        ]
        found.append((row, -float("inf"), float(due)))
    return found


def _best(rules: Rules, choices: list[_Choice], constraints: list[Row]) -> list[_Choice] | None:
    optimize = _optimize()
    gains = [-float(rules.gains[c.row][c.variable] * c.number) for c in choices]
    result = optimize.milp(
        c=gains,
        integrality=[1] * len(choices),
        bounds=optimize.Bounds(0, 1),
        constraints=[optimize.LinearConstraint([row], low, high) for row, low, high in constraints],
        options={"mip_rel_gap": 0},
    )
    if not result.success:
        return None
    return [choice for choice, x in zip(choices, result.x, strict=True) if x > 0.5]  # noqa: PLR2004


def _plan(taken: list[_Choice] | None) -> Plan:
    amounts: dict[str, dict[str, Decimal]] = {}
    for choice in taken or ():
        if choice.number:
            amounts.setdefault(choice.row, {})[choice.variable] = choice.number
    return Plan(amounts)


def _in_order(rules: Rules, plans: list[Plan]) -> list[Plan]:
    """On a line, every order of the accepted jobs that brings all of them in time."""
    if not rules.jobs:
        return plans
    orders = [Plan(p.amounts, order) for p in plans for order in permutations(p.amounts)]
    return [plan for plan in orders if stand(rules, plan).feasible]
