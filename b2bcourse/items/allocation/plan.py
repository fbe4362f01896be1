"""What a plan uses, which limits it breaks, and what it is worth."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct, field

from b2bcourse.facts import Text

Amounts = dict[str, dict[str, Decimal]]
"""How much each row gets, by row and variable; what is not named is 0."""


class Plan(Struct, frozen=True):
    """What each row gets, and on a line the order of the jobs."""

    amounts: Amounts
    order: tuple[str, ...] = ()

    def same_as(self, other: Plan) -> bool:
        """Whether both give every row the same; the order on the line does not matter."""
        return self._filled == other._filled

    @property
    def _filled(self) -> Amounts:
        rows = {row: {v: n for v, n in cells.items() if n} for row, cells in self.amounts.items()}
        return {row: cells for row, cells in rows.items() if cells}

    @property
    def empty(self) -> bool:
        """Whether nothing gets anything."""
        return not self._filled


class LimitKey(Struct, frozen=True):
    """A limit on a total, and what one of a variable adds to it, by row."""

    id: str
    name: Text
    unit: Text
    uses: Amounts
    most: Decimal | None = None
    least: Decimal | None = None

    def gap(self, used: Decimal) -> Decimal:
        """How far a total lies outside: above 0 it is too much, below 0 too little."""
        if self.most is not None and used > self.most:
            return used - self.most
        if self.least is not None and used < self.least:
            return used - self.least
        return Decimal(0)


class Job(Struct, frozen=True):
    """A job's lead time (공기) and due date (납기), both counted from the start of the line."""

    lead: Decimal
    due: Decimal


class Rules(Struct, frozen=True):
    """What one of a variable brings in each row, the limits, and the jobs of a line."""

    gains: Amounts
    limits: tuple[LimitKey, ...] = ()
    jobs: dict[str, Job] = field(default_factory=dict)


class Standing(Struct, frozen=True):
    """How a plan stands: totals and gaps by limit, finish and lateness by job, and its worth."""

    used: dict[str, Decimal]
    gaps: dict[str, Decimal]
    finish: dict[str, Decimal]
    late: dict[str, Decimal]
    parts: dict[str, Decimal]

    @property
    def feasible(self) -> bool:
        """Whether every limit is kept and no job comes late."""
        return not self.gaps and not self.late

    @property
    def worth(self) -> Decimal:
        """What the plan is worth; of a plan that cannot be carried out, what it would be."""
        return sum(self.parts.values(), Decimal(0))


def stand(rules: Rules, plan: Plan) -> Standing:
    """How a plan stands against the rules.

    A job that is accepted and finished late breaks a promise, as a plan breaks a limit.
    """
    used = {limit.id: total(limit.uses, plan.amounts) for limit in rules.limits}
    gaps = {limit.id: limit.gap(used[limit.id]) for limit in rules.limits}
    finish = finish_times(rules, plan.order)
    late = {job: finish[job] - rules.jobs[job].due for job in finish}
    return Standing(
        used=used,
        gaps={name: gap for name, gap in gaps.items() if gap},
        finish=finish,
        late={job: days for job, days in late.items() if days > 0},
        parts={
            row: total({row: rules.gains[row]}, {row: cells})
            for row, cells in plan.amounts.items()
            if any(cells.values())
        },
    )


def total(each: Amounts, amounts: Amounts) -> Decimal:
    """The sum over rows and variables of amount times what one of it counts."""
    return sum(
        (
            each[row].get(variable, Decimal(0)) * number
            for row, cells in amounts.items()
            for variable, number in cells.items()
        ),
        Decimal(0),
    )


def finish_times(rules: Rules, order: tuple[str, ...]) -> dict[str, Decimal]:
    """When each job of a line is finished; the first starts at 0, and none waits."""
    clock, found = Decimal(0), {}
    for job in order:
        clock += rules.jobs[job].lead
        found[job] = clock
    return found
