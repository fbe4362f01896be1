"""The key of an allocation: what each row brings and uses, the best plans, and the traps.

Numbers are decimals, as an author writes them: 0.6 x 250 is 150, and a limit of 20 is kept by 20.
"""

from __future__ import annotations

from decimal import Decimal
from math import prod
from typing import TYPE_CHECKING

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.items.allocation.plan import Job, LimitKey, Plan, Rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.allocation.authored import AllocationItem, AuthoredPlan, Limit, Term


class TrapKey(Struct, frozen=True):
    """A plan that looks good, what it is worth, and what is told to who makes it."""

    id: str
    name: Text
    plan: Plan
    worth: Decimal
    reason: Text
    breaks: tuple[str, ...] = ()
    near: bool = False
    misconception: Text | None = None

    @property
    def bars(self) -> bool:
        """Whether a plan must beat this one to earn more than a feasible one does."""
        return not self.breaks and not self.near


class AllocationKey(Struct, frozen=True):
    """What judging an answer needs.

    ``bar`` is what the best trap is worth that can be carried out; ``share`` is the share of the
    points that the question for the plan's value has, 0 where it is not asked.
    """

    rules: Rules
    rows: dict[str, Text]
    best: Decimal
    bar: Decimal
    plans: tuple[Plan, ...]
    traps: tuple[TrapKey, ...]
    why: Text
    unit: Text
    time_unit: Text
    share: float = 0.0
    tolerance: Decimal = Decimal(0)


def key(item: AllocationItem) -> AllocationKey:
    """The key of an item. Its plans are as authored; `load` and a test prove them."""
    rules = rules_of(item)
    traps = tuple(
        TrapKey(
            id=f"trap/{number}",
            name=trap.name,
            plan=plan_of(item, trap.plan),
            worth=exact(trap.value),
            reason=trap.reason,
            breaks=trap.breaks,
            near=trap.near,
            misconception=trap.misconception,
        )
        for number, trap in enumerate(item.solution.traps, start=1)
    )
    return AllocationKey(
        rules=rules,
        rows={row.id: row.name for row in item.rows},
        best=exact(item.solution.best),
        bar=max((trap.worth for trap in traps if trap.bars), default=Decimal(0)),
        plans=tuple(plan_of(item, plan) for plan in item.solution.plans),
        traps=traps,
        why=item.solution.why,
        unit=item.worth.unit,
        time_unit=_unit_of(item, item.line.lead) if item.line else Text("", ""),
        share=item.ask.share if item.ask else 0.0,
        tolerance=exact(item.ask.tolerance) if item.ask else Decimal(0),
    )


def exact(number: float) -> Decimal:
    """A number as it is written: 0.1 is a tenth."""
    return Decimal(repr(number))


def rules_of(item: AllocationItem) -> Rules:
    """What rows bring and use, and the limits."""
    line = item.line
    return Rules(
        gains={row.id: _gains(item, row.id) for row in item.rows},
        limits=tuple(_limit(item, limit) for limit in item.limits),
        jobs={
            row.id: Job(number_in(item, line.lead, row.id), number_in(item, line.due, row.id))
            for row in item.rows
        }
        if line
        else {},
    )


def _gains(item: AllocationItem, row: str) -> dict[str, Decimal]:
    found = dict.fromkeys(item.fields, Decimal(0))
    for term in item.worth.terms:
        found[term.variable or item.fields[0]] += _gain(item, term, row)
    return found


def _gain(item: AllocationItem, term: Term, row: str) -> Decimal:
    factors = []
    for factor in term.gain:
        column = factor if isinstance(factor, str) else factor.column
        number = number_in(item, column, row)
        rest = not isinstance(factor, str) and factor.one_minus
        factors.append(1 - number if rest else number)
    cost = number_in(item, term.cost, row) if term.cost else Decimal(0)
    return prod(factors, start=Decimal(1)) - cost


def number_in(item: AllocationItem, column_id: str, row: str) -> Decimal:
    """A cell of the data as it counts: 60% is 0.6."""
    column = next(column for column in item.columns if column.id == column_id)
    number = exact(column.values[row])
    return number / 100 if column.percent else number


def _unit_of(item: AllocationItem, column_id: str) -> Text:
    return next(column.unit for column in item.columns if column.id == column_id)


def _limit(item: AllocationItem, limit: Limit) -> LimitKey:
    return LimitKey(
        id=limit.id,
        name=limit.name,
        unit=limit.unit,
        most=None if limit.most is None else exact(limit.most),
        least=None if limit.least is None else exact(limit.least),
        uses={
            row.id: {
                variable: number_in(item, use, row.id) if isinstance(use, str) else exact(use)
                for variable, use in limit.uses.items()
            }
            for row in item.rows
        },
    )


def plan_of(item: AllocationItem, authored: AuthoredPlan) -> Plan:
    """A plan as authored: a list of rows, or numbers by row (and variable, if there are more)."""
    field = item.fields[0]
    if isinstance(authored, dict):
        return Plan(
            {
                row: _amounts(content if isinstance(content, dict) else {field: content})
                for row, content in authored.items()
            }
        )
    amounts = {row: {field: Decimal(1)} for row in authored}
    return Plan(amounts, tuple(authored) if item.line else ())


def _amounts(content: Mapping[str, float]) -> dict[str, Decimal]:
    return {variable: exact(number) for variable, number in content.items() if number}


def grid(item: AllocationItem, row: str) -> dict[str, tuple[Decimal, ...]]:
    """Every number that may stand in a row's cells, by variable."""
    if item.line:
        return {item.fields[0]: (Decimal(0), Decimal(1))}
    found = {}
    for variable in item.variables:
        most = variable.max
        last = number_in(item, most, row) if isinstance(most, str) else exact(most)
        step, first = exact(variable.step), exact(variable.min)
        count = int((last - first) / step) + 1
        found[variable.id] = tuple(first + n * step for n in range(count))
    return found
