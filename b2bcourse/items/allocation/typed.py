"""Answering an allocation in text: the table to read, and the names a person would type."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.allocation.explain import with_unit
from b2bcourse.items.allocation.value import (
    HUGE,
    as_number,
    bad_number,
    blank,
    fits,
    json_number,
    plain,
)
from b2bcourse.items.allocation.words import WORDS
from b2bcourse.items.base import ResponseError, short
from b2bcourse.items.names import Named, find, plain_name
from b2bcourse.items.shape import ShapeError, shaped_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.allocation.face import Face, FieldFace, RowFace

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")


def template(face: Face) -> str:
    """The table, its limits, and a call of ``respond`` to copy and fill in."""
    ask = [f"    {face.worth!r}: None,"] if face.ask else []
    lines = [f"# {line}" for line in table(face)]
    return "\n".join([*lines, f"b2b.respond({face.id!r}, {{", *_blanks(face), *ask, "})"])


def table(face: Face) -> list[str]:
    """All that the face tells, as lines: the rows, the limits, and what a plan is worth."""
    lang = face.lang
    rows = [
        f"{row.name}: "
        + ", ".join(f"{c.name} {_amount(face, c.values[row.id], c.unit)}" for c in face.columns)
        for row in face.rows
    ]
    limits = []
    for limit in face.limits:
        if limit.most is not None:
            most = _amount(face, limit.most, limit.unit)
            limits.append(WORDS.typed_limit[lang].format(name=limit.name, most=most))
        if limit.least is not None:
            least = _amount(face, limit.least, limit.unit)
            limits.append(WORDS.typed_least[lang].format(name=limit.name, least=least))
    return [*rows, *limits, *_ranges(face), face.rule]


def _amount(face: Face, number: float, unit: str) -> str:
    return with_unit(plain(number), unit, face.lang)


def _ranges(face: Face) -> list[str]:
    return [
        WORDS.typed_range[face.lang].format(
            name=field.name,
            least=plain(field.min),
            most=" · ".join(dict.fromkeys(plain(field.max[row.id]) for row in face.rows)),
        )
        for field in face.fields
    ]


def _blanks(face: Face) -> list[str]:
    if face.line:
        return [f"    {WORDS.typed_order[face.lang]!r}: [],"]
    empty = "0" if len(face.fields) == 1 else str({field.name: 0 for field in face.fields})
    return [f"    {row.name!r}: {empty}," for row in face.rows]


def parse(face: Face, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The value of a response from what a person typed.

    Args:
        face: the item's face.
        typed: numbers: row name to a number (or, of several columns, to a dict of column name and
            number); a schedule: ``{"순서": [job, ...]}``, first one first. Names in Korean or
            English, or ids. ``"계획의 가치"`` or ``"value of the plan"`` for the value, or its
            own name.

    Raises:
        ResponseError: a name is not known here, or a number does not fit; the message says what is.
    """
    with shaped_like(face, _example(face)):
        return _parse(face, typed)


def _example(face: Face) -> dict[str, Any]:
    rows = [row.name for row in face.rows[:2]]
    if face.line:
        return {WORDS.typed_order[face.lang]: rows}
    return {rows[0]: 1 if len(face.fields) == 1 else {face.fields[0].name: 1}}


def _parse(face: Face, typed: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(typed, dict):
        raise ShapeError
    value = blank(face)
    for name, content in typed.items():
        if face.ask and _is(name, face.worth, WORDS.typed_worth.ko, WORDS.typed_worth.en, "worth"):
            value |= _worth(content)
        elif face.line:
            if not _is(name, WORDS.typed_order.ko, WORDS.typed_order.en):
                raise ShapeError
            value["order"] = _order(face, content)
        else:
            row = _find(face.rows, name)
            if cells := _cells(face, row, content):
                value["numbers"][row] = cells
    return value


def _worth(content: object) -> dict[str, Any]:
    number = _written(content)
    if number is None:
        return {}
    if as_number(number) is None:
        raise ResponseError(WORDS.bad_worth.format(what=short(content)))
    return {"worth": number}


def _order(face: Face, content: object) -> dict[str, str]:
    if not isinstance(content, list | tuple):
        raise ShapeError
    jobs = [_find(face.rows, name) for name in content]
    if len(set(jobs)) < len(jobs):
        raise ResponseError(WORDS.bad_twice)
    return {str(slot): job for slot, job in enumerate(jobs, start=1)}


def _cells(face: Face, row: str, content: object) -> dict[str, int | float]:
    if not isinstance(content, dict):
        if len(face.fields) > 1:
            raise ShapeError
        return _cell(face.fields[0], row, content)
    found: dict[str, int | float] = {}
    for name, raw in content.items():
        wanted = _find(face.fields, name)
        found |= _cell(next(f for f in face.fields if f.id == wanted), row, raw)
    return found


def _cell(field: FieldFace, row: str, raw: Any) -> dict[str, int | float]:
    # Python's own True says the same as a tick.
    content = int(raw) if isinstance(raw, bool) else _written(raw)
    if content is None:
        return {}
    number = as_number(content)
    if number is None or not fits(field, row, number):
        raise ResponseError(bad_number(field, row, raw))
    return {field.id: content} if number else {}


def _written(raw: Any) -> Any:
    """A number written as text, as the widget's fields read it too; whatever else as it is.

    Spaces around it, full width, idle zeros and commas between thousands do no harm; an empty
    text is none.
    """
    if not isinstance(raw, str):
        return raw
    text = unicodedata.normalize("NFKC", raw).replace("\N{MINUS SIGN}", "-").strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        return raw
    exact = Decimal(text.replace(",", ""))
    return json_number(exact) if abs(exact) < HUGE else raw


def replacing(face: Face, value: Mapping[str, Any]) -> dict[str, Any]:
    """The patch that makes ``value`` the whole answer: all that it does not name is taken away."""
    patch: dict[str, Any] = {}
    if face.line:
        slots = [str(number) for number in range(1, len(face.rows) + 1)]
        patch["order"] = {slot: value["order"].get(slot) for slot in slots}
    else:
        numbers = value["numbers"]
        patch["numbers"] = {
            row.id: {f.id: numbers.get(row.id, {}).get(f.id) for f in face.fields}
            for row in face.rows
        }
    return patch | ({"worth": value.get("worth")} if face.ask else {})


def _find(choices: Iterable[RowFace | FieldFace], name: object) -> str:
    """The id of what a person calls ``name``: an id, or a name in either language."""
    return find(name, (Named(each.id, each.name, (each.also,)) for each in choices))


def _is(name: object, *known: str) -> bool:
    return plain_name(str(name)) in {plain_name(each) for each in known if each}
