"""The face of an allocation: all data and limits, in one language; no plan and no trap."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from b2bcourse.facts import Lang
from b2bcourse.facts.korean import Name
from b2bcourse.items.allocation.authored import AllocationItem, Form
from b2bcourse.items.allocation.key import exact, grid, rules_of
from b2bcourse.items.allocation.outcomes import Outcomes, outcomes_of
from b2bcourse.items.allocation.words import WORDS
from b2bcourse.items.authored import shown_of_all
from b2bcourse.items.base import FaceBase

if TYPE_CHECKING:
    from b2bcourse.items.allocation.authored import Term, Variable
    from b2bcourse.items.allocation.plan import LimitKey


class RowFace(Struct, frozen=True, forbid_unknown_fields=True):
    """A row; ``also`` is its name in the course's other language, which may be typed too."""

    id: str
    name: str
    also: str = ""


class ColumnFace(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of every row; values as shown, 60 for 60%."""

    id: str
    name: str
    unit: str
    values: dict[str, float]


class FieldFace(Struct, frozen=True, forbid_unknown_fields=True):
    """What is filled in for every row, from ``min`` to the row's own ``max``."""

    id: str
    name: str
    also: str
    unit: str
    min: float
    step: float
    max: dict[str, float]


class LimitFace(Struct, frozen=True, forbid_unknown_fields=True):
    """A limit on a total; ``uses`` is what one of a field adds to it, by row and field."""

    id: str
    name: str
    unit: str
    uses: dict[str, dict[str, float]]
    most: float | None = None
    least: float | None = None


class LineFace(Struct, frozen=True, forbid_unknown_fields=True):
    """Which columns hold lead time (공기) and due date (납기)."""

    lead: str
    due: str


class Face(FaceBase, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a student sees of an allocation.

    ``rule`` says in words what a plan is worth; ``ask`` is the question for that value, empty
    where it is not asked. With ``outcomes`` it is shown what may come of a plan.
    """

    kind: Literal["allocation"] = "allocation"
    form: Form
    row_head: str
    rows: tuple[RowFace, ...]
    columns: tuple[ColumnFace, ...]
    fields: tuple[FieldFace, ...]
    limits: tuple[LimitFace, ...]
    worth: str
    unit: str
    rule: str
    line: LineFace | None = None
    ask: str = ""
    outcomes: Outcomes | None = None


def face(item: AllocationItem, lang: Lang) -> Face:
    """The face of an item in one language."""
    lang = item.spoken(lang)
    other: Lang = "en" if lang == "ko" else "ko"
    return Face(
        **shown_of_all(item, lang),
        form=item.form,
        row_head=item.row_head[lang],
        rows=tuple(RowFace(r.id, r.name[lang], r.name[other]) for r in item.rows),
        columns=tuple(
            ColumnFace(c.id, c.name[lang], "%" if c.percent else c.unit[lang], _plain(c.values))
            for c in item.columns
        ),
        fields=tuple(_field(item, variable, lang, other) for variable in item.variables),
        limits=tuple(_limit(limit, lang) for limit in rules_of(item).limits),
        worth=item.worth.name[lang],
        unit=item.worth.unit[lang],
        rule=_rule(item, lang),
        line=LineFace(item.line.lead, item.line.due) if item.line else None,
        ask=item.ask.text[lang] if item.ask else "",
        outcomes=outcomes_of(item),
    )


def _plain(values: dict[str, float]) -> dict[str, float]:
    return {row: float(value) for row, value in values.items()}


def _field(item: AllocationItem, variable: Variable, lang: Lang, other: Lang) -> FieldFace:
    return FieldFace(
        id=variable.id,
        name=variable.name[lang],
        also=variable.name[other],
        unit=variable.unit[lang],
        min=float(variable.min),
        step=float(variable.step),
        max={row.id: float(grid(item, row.id)[variable.id][-1]) for row in item.rows},
    )


def _limit(limit: LimitKey, lang: Lang) -> LimitFace:
    return LimitFace(
        id=limit.id,
        name=limit.name[lang],
        unit=limit.unit[lang],
        uses={
            row: {field: float(use) for field, use in uses.items()}
            for row, uses in limit.uses.items()
        },
        most=_float(limit.most),
        least=_float(limit.least),
    )


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _rule(item: AllocationItem, lang: Lang) -> str:
    """What a plan is worth, in a sentence with the columns' own names."""
    made = " + ".join(_term(item, term, lang) for term in item.worth.terms)
    words = WORDS.rule_product if " × " in made or " + " in made else WORDS.rule_sum
    return words[lang].format(worth=item.worth.name[lang], rule=Name(made))


def _term(item: AllocationItem, term: Term, lang: Lang) -> str:
    names = {column.id: column.name[lang] for column in item.columns}
    factors = [
        names[factor]
        if isinstance(factor, str)
        else f"(1 − {names[factor.column]})"
        if factor.one_minus
        else names[factor.column]
        for factor in term.gain
    ]
    made = " × ".join(factors) + (f" − {names[term.cost]}" if term.cost else "")
    field = next((v for v in item.variables if v.id == (term.variable or item.fields[0])), None)
    if field is None or (exact(field.step) == 1 and field.max == 1):
        return made
    return f"{field.name[lang]} × {f'({made})' if term.cost else made}"
