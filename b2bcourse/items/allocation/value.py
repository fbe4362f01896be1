"""The value of a response to an allocation: reading it from any JSON, and model answers."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.items.allocation.authored import ACCEPTED
from b2bcourse.items.allocation.plan import Plan
from b2bcourse.items.allocation.words import WORDS
from b2bcourse.items.base import merge_parts, short
from b2bcourse.items.patches import one_place
from b2bcourse.items.words import NOTES, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Text
    from b2bcourse.items.allocation.face import Face, FieldFace
    from b2bcourse.items.allocation.key import AllocationKey

HUGE: Final = 10**15
"""No number of an answer reaches it."""


class Answer(Struct, frozen=True):
    """An answer that fits its face: a plan, and the value that the student worked out for it."""

    plan: Plan
    worth: Decimal | None = None


def blank(face: Face) -> dict[str, Any]:
    """An empty answer."""
    return {"order": {}} if face.line else {"numbers": {}}


def merge(value: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """``value`` with the parts of ``patch`` put in; a part that is ``None`` is taken away."""
    return one_place(merge_parts(value, patch), patch)


def clean(face: Face, raw: object) -> tuple[Answer, tuple[Text, ...]]:
    """What of any JSON is an answer to ``face``, and notes on what is not.

    A cell that cannot be read counts as empty; the rest of the answer still counts.
    """
    notes: list[Text] = []
    parts = raw if isinstance(raw, dict) else {}
    known = {*blank(face), *(["worth"] if face.ask else [])}
    if not isinstance(raw, dict) or not set(parts) <= known:
        notes.append(NOTES.bad_value)
    if face.line:
        order = _order(face, parts.get("order"), notes)
        plan = Plan({job: {ACCEPTED: Decimal(1)} for job in order}, order)
    else:
        plan = Plan(_amounts(face, parts.get("numbers"), notes))
    return Answer(plan, _worth(face, parts.get("worth"), notes)), told(notes)


def _table(raw: object, notes: list[Text]) -> dict[Any, Any]:
    if raw is not None and not isinstance(raw, dict):
        notes.append(NOTES.bad_value)
    return raw if isinstance(raw, dict) else {}


def _amounts(face: Face, raw: object, notes: list[Text]) -> dict[str, dict[str, Decimal]]:
    rows = {row.id for row in face.rows}
    found = {}
    for row, cells in _table(raw, notes).items():
        if row not in rows:
            notes.append(NOTES.bad_row.format(what=short(row)))
        elif made := _cells(face, row, _table(cells, notes), notes):
            found[row] = made
    return found


def _cells(face: Face, row: str, cells: dict[Any, Any], notes: list[Text]) -> dict[str, Decimal]:
    fields = {field.id: field for field in face.fields}
    found = {}
    for name, raw in cells.items():
        field = fields.get(name)
        number = as_number(raw)
        if field is None:
            notes.append(NOTES.bad_column.format(what=short(name)))
        elif number is None or not fits(field, row, number):
            notes.append(bad_number(field, row, raw))
        elif number:
            found[name] = number
    return found


def as_number(raw: object) -> Decimal | None:
    """A plain finite number; a truth value or a text is none."""
    if type(raw) is int and abs(raw) < HUGE:
        return Decimal(raw)
    if type(raw) is float and math.isfinite(raw) and abs(raw) < HUGE:
        return Decimal(repr(raw))
    return None


def fits(field: FieldFace, row: str, number: Decimal) -> bool:
    """Whether a number may stand in a cell: between its ends, and on the field's steps."""
    first, step = Decimal(repr(field.min)), Decimal(repr(field.step))
    return first <= number <= Decimal(repr(field.max[row])) and (number - first) % step == 0


def bad_number(field: FieldFace, row: str, raw: object) -> Text:
    """The sentence that tells a number does not fit, and which do."""
    least, most = plain(field.min), plain(field.max[row])
    return WORDS.bad_number.format(what=short(raw), field=field.name, least=least, most=most)


def _order(face: Face, raw: object, notes: list[Text]) -> tuple[str, ...]:
    """The jobs on the line, first one first; a job stands there once, in its first place."""
    jobs = {row.id for row in face.rows}
    slots = {str(number): number for number in range(1, len(jobs) + 1)}
    placed = {}
    for slot, job in _table(raw, notes).items():
        if slot not in slots:
            notes.append(WORDS.bad_slot.format(what=short(slot)))
        elif not isinstance(job, str) or job not in jobs:
            notes.append(WORDS.bad_job.format(what=short(job)))
        else:
            placed[slots[slot]] = job
    order = [placed[slot] for slot in sorted(placed)]
    if len(set(order)) < len(order):
        notes.append(WORDS.bad_twice)
    return tuple(dict.fromkeys(order))


def _worth(face: Face, raw: object, notes: list[Text]) -> Decimal | None:
    if raw is None or not face.ask:
        return None
    number = as_number(raw)
    if number is None:
        notes.append(WORDS.bad_worth.format(what=short(raw)))
    return number


def plain(number: float | Decimal) -> str:
    """A number as a reader writes it: no idle zeros, thousands apart, a real minus sign."""
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    text = f"{exact.normalize():,f}"
    return text.replace("-", "−")


def as_value(face: Face, plan: Plan, worth: Decimal | None) -> dict[str, Any]:
    """A plan as the value of a response."""
    value: dict[str, Any] = blank(face)
    if face.line:
        value["order"] = {str(slot): job for slot, job in enumerate(plan.order, start=1)}
    else:
        value["numbers"] = {
            row: {field: json_number(number) for field, number in cells.items() if number}
            for row, cells in plan.amounts.items()
        }
    return value | ({"worth": json_number(worth)} if face.ask and worth is not None else {})


def json_number(number: Decimal) -> int | float:
    """A decimal as JSON: whole ones as integers."""
    return int(number) if number == number.to_integral_value() else float(number)


def model_answer(face: Face, key: AllocationKey) -> dict[str, Any]:
    """An answer that earns everything, made from the key."""
    return as_value(face, key.plans[0], key.best)
