"""An allocation as its author writes it: opportunities or jobs, limits, and the best plans."""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.items.authored import ItemBase, load_as, twice, unknown

Form = Literal["numbers", "schedule"]
AuthoredPlan = tuple[str, ...] | dict[str, float | dict[str, float]]

ACCEPTED: Final = "accepted"
"""The one variable of a schedule: 1 for a job that stands on the line."""

_NO_UNIT: Final = Text("", "")


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """What may get a share: an opportunity, a customer, a job."""

    id: str
    name: Text


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of every row. With ``percent`` a value of 60 is shown as 60% and counts 0.6.

    The English unit may hold both forms: ``week|weeks``.
    """

    id: str
    name: Text
    values: dict[str, float]
    unit: Text = _NO_UNIT
    percent: bool = False


class Variable(Struct, frozen=True, forbid_unknown_fields=True):
    """What the student fills in for every row; from 0 to 1 in steps of 1 it is a tick.

    ``max`` is a number, or the id of the column that holds each row's own.
    """

    id: str
    name: Text
    unit: Text = _NO_UNIT
    integer: bool = True
    min: float = 0
    max: float | str = 1
    step: float = 1


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """What a plan may use at most (or must reach at least) in all.

    ``uses`` says for a variable how much one of it uses: a column's id, or a number for all rows.
    """

    id: str
    name: Text
    uses: dict[str, str | float]
    unit: Text = _NO_UNIT
    most: float | None = None
    least: float | None = None


class Factor(Struct, frozen=True, forbid_unknown_fields=True):
    """A column in a product; ``one_minus`` takes the rest to one: the chance that it is not so."""

    column: str
    one_minus: bool = False


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """What one of a variable brings: the product of ``gain``, less ``cost``."""

    gain: tuple[str | Factor, ...]
    cost: str = ""
    variable: str = ""


class Worth(Struct, frozen=True, forbid_unknown_fields=True):
    """What a plan is worth: the sum of its terms over all rows."""

    name: Text
    terms: tuple[Term, ...]
    unit: Text = _NO_UNIT


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """The one line of a schedule: the columns that hold lead time (공기) and due date (납기)."""

    lead: str
    due: str


class Ask(Struct, frozen=True, forbid_unknown_fields=True):
    """The question what the plan is worth: its words, tolerance, and share of the points."""

    text: Text
    tolerance: float = 0
    share: float = 0.1


class Drawn(Struct, frozen=True, forbid_unknown_fields=True):
    """Shows beside the totals what may come of a plan, in futures that are drawn from ``seed``.

    ``chances`` names the percent columns that come true or not; all else is certain.
    """

    chances: tuple[str, ...]
    seed: int = 1


class Trap(Struct, frozen=True, forbid_unknown_fields=True):
    """A plan that looks good: how one comes to it, what it is really worth, and why it fails.

    ``breaks`` names the limits that it breaks (or jobs that come late); else it must be feasible.
    A ``near`` one misses the best by little and by no mistake: it has its reason and does not
    raise the bar. ``misconception`` is told to who comes back to it.
    """

    name: Text
    plan: AuthoredPlan
    value: float
    reason: Text
    breaks: tuple[str, ...] = ()
    near: bool = False
    misconception: Text | None = None


class Solution(Struct, frozen=True, forbid_unknown_fields=True):
    """The best value, every plan that reaches it, why it is best, and the known traps."""

    best: float
    plans: tuple[AuthoredPlan, ...]
    why: Text
    traps: tuple[Trap, ...]


class AllocationItem(ItemBase, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An allocation exercise as authored; docs/items.md explains every field."""

    kind: Literal["allocation"]
    form: Form
    row_head: Text
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    worth: Worth
    solution: Solution
    variables: tuple[Variable, ...] = ()
    limits: tuple[Limit, ...] = ()
    line: Line | None = None
    ask: Ask | None = None
    outcomes: Drawn | None = None
    level: Literal["recall", "apply", "judge"] = "judge"

    @property
    def fields(self) -> tuple[str, ...]:
        """Ids of what is decided for each row."""
        return (ACCEPTED,) if self.form == "schedule" else tuple(v.id for v in self.variables)


def read(raw: Any, where: str) -> AllocationItem:
    """An allocation with every id known and every table complete, but not proved: see `load_as`."""
    return load_as(raw, AllocationItem, _problems, where)


def _problems(item: AllocationItem) -> list[str]:
    return [
        *twice("rows", [row.id for row in item.rows]),
        *twice("columns", [column.id for column in item.columns]),
        *twice("variables", [variable.id for variable in item.variables]),
        *twice("limits", [limit.id for limit in item.limits]),
        *_form_problems(item),
        *_column_problems(item),
        *_variable_problems(item),
        *_limit_problems(item),
        *_worth_problems(item),
        *_outcome_problems(item),
        *_plan_problems(item),
    ]


def _form_problems(item: AllocationItem) -> list[str]:
    if len(item.rows) < 2:  # noqa: PLR2004 - one row leaves nothing to weigh
        return ["rows: at least two are needed"]
    if item.form == "schedule":
        wanted = bool(item.line) and not item.variables
        return [] if wanted else ["form 'schedule': give 'line', and no 'variables'"]
    wanted = bool(item.variables) and not item.line
    return [] if wanted else ["form 'numbers': give 'variables', and no 'line'"]


def _column_problems(item: AllocationItem) -> list[str]:
    rows = {row.id for row in item.rows}
    found = [
        f"columns, {column.id!r}, values: give one for each row ({', '.join(sorted(rows))})"
        for column in item.columns
        if set(column.values) != rows
    ]
    if item.line:
        found += unknown("line.lead", item.line.lead, _columns(item))
        found += unknown("line.due", item.line.due, _columns(item))
    return found


def _variable_problems(item: AllocationItem) -> list[str]:
    found = []
    for variable in item.variables:
        where = f"variables, {variable.id!r}"
        if isinstance(variable.max, str):
            found += unknown(f"{where}, max", variable.max, _columns(item))
        elif variable.max <= 0:
            found.append(f"{where}, max: must be above 0")
        if variable.min > 0:
            found.append(f"{where}, min: an empty cell is 0; ask for more by a limit's 'least'")
        if variable.step <= 0 or (variable.integer and variable.step % 1):
            found.append(f"{where}, step: above 0, and whole where 'integer' is true")
    return found


def _limit_problems(item: AllocationItem) -> list[str]:
    found = []
    for limit in item.limits:
        where = f"limits, {limit.id!r}"
        if limit.most is None and limit.least is None:
            found.append(f"{where}: give 'most' or 'least'")
        for variable, use in limit.uses.items():
            found += unknown(f"{where}, uses", variable, item.fields)
            if isinstance(use, str):
                found += unknown(f"{where}, uses, {variable!r}", use, _columns(item))
    return found


def _worth_problems(item: AllocationItem) -> list[str]:
    found = []
    for number, term in enumerate(item.worth.terms):
        where = f"worth.terms[{number}]"
        if term.variable or len(item.fields) > 1:
            found += unknown(f"{where}.variable", term.variable, item.fields)
        names = [f if isinstance(f, str) else f.column for f in term.gain]
        for name in [*names, *([term.cost] if term.cost else [])]:
            found += unknown(where, name, _columns(item))
    return found if item.worth.terms else ["worth.terms: at least one is needed"]


def _outcome_problems(item: AllocationItem) -> list[str]:
    if item.outcomes is None:
        return []
    if item.line:
        return ["outcomes: only for the form 'numbers'"]
    if item.ask:
        return ["outcomes: they would tell the value that 'ask' asks for; leave one of them out"]
    shares = [column.id for column in item.columns if column.percent]
    names = item.outcomes.chances
    found = [problem for name in names for problem in unknown("outcomes.chances", name, shares)]
    return found if names else ["outcomes.chances: name at least one percent column"]


def _plan_problems(item: AllocationItem) -> list[str]:
    rows = [row.id for row in item.rows]
    plans = [*item.solution.plans, *(trap.plan for trap in item.solution.traps)]
    found = []
    for plan in plans:
        if item.form == "schedule" and isinstance(plan, dict):
            found.append("solution: a plan of a schedule is a list of jobs, first one first")
        for row in plan:
            found += unknown("solution, a plan", row, rows)
        for content in plan.values() if isinstance(plan, dict) else ():
            for variable in content if isinstance(content, dict) else ():
                found += unknown("solution, a plan", variable, item.fields)
    known = [*(limit.id for limit in item.limits), *(rows if item.line else [])]
    for trap in item.solution.traps:
        for broken in trap.breaks:
            found += unknown("solution.traps, breaks", broken, known)
    return found


def _columns(item: AllocationItem) -> tuple[str, ...]:
    return tuple(column.id for column in item.columns)
