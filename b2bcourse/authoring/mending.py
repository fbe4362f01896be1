"""All that is wrong with a file's fields at once: each is told, mended, and the next looked for."""

from __future__ import annotations

import copy
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
from msgspec import inspect

from b2bcourse.facts import LANGS
from b2bcourse.items.one_language import is_story, is_text

if TYPE_CHECKING:
    from b2bcourse.items.authored import ItemBase

FILLED: Final = "filled-in"
"""What stands where something was wrong; what is said of it is not told."""

_AT: Final = re.compile(r" - at `\$\.?(?P<place>[^`]*)`$")
_STEP: Final = re.compile(r"\[(?P<number>\d+)\]|(?P<name>[^.\[\]]+)")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING: Final = re.compile(r"Object missing required field `(.*)`")
_MOST: Final = 40


class Mended(NamedTuple):
    """What was wrong, and what is left to go on with.

    Attributes:
        faults: each as the strict reader says it, with ``at `$.place` `` behind.
        places: where something was put right, such as ``rows[0].name``.
        raw: the file's data with every fault mended; `None` where one could not be.
        sure: whether it says what was meant: no word was chosen that is unlike what stood there.
    """

    faults: list[str]
    places: list[str]
    raw: Any
    sure: bool = True


def mended(raw: dict[str, Any], type_: type[ItemBase]) -> Mended:
    """Every field that is missing, unknown or of another type.

    Args:
        raw: what the file holds, plain texts put in both languages.
        type_: the kind's type of authored item.
    """
    work = copy.deepcopy(raw)
    faults: list[str] = []
    places: list[str] = []
    sure = True
    for _ in range(_MOST):
        try:
            msgspec.convert(work, type_, strict=True)
        except msgspec.ValidationError as error:
            said = str(error)
        else:
            return Mended(faults, places, work, sure)
        faults.append(said)
        place, is_sure = _mend(work, inspect.type_info(type_), said)
        sure = sure and is_sure
        if place is None:
            break
        places.append(place)
    return Mended(faults, places, None)


def _mend(work: Any, shape: inspect.Type, said: str) -> tuple[str | None, bool]:
    """Put right what the strict reader complained of.

    Returns:
        Where, or `None` where that fails; and whether it is what was meant.
    """
    at = _AT.search(said)
    place = at["place"] if at else ""
    core = said[: at.start()] if at else said
    steps: list[str | int] = [
        int(step["number"]) if step["number"] else step["name"] for step in _STEP.finditer(place)
    ]
    unknown, missing = _UNKNOWN.match(core), _MISSING.match(core)
    try:
        if unknown:
            del _at(work, steps)[unknown[1]]
            return f"{place}.{unknown[1]}".removeprefix("."), True
        if missing:
            steps.append(missing[1])
            place = f"{place}.{missing[1]}".removeprefix(".")
        holder, name = _at(work, steps[:-1]), steps[-1]
        found = _shape_at([shape], steps)
        was = holder.get(name) if isinstance(holder, dict) else None
        holder[name] = _filled(found[0], was)
    except (KeyError, IndexError, TypeError):
        return None, False
    return place, _is_like(found[0], was, holder[name])


def _at(work: Any, steps: list[str | int]) -> Any:
    for step in steps:
        work = work[step]
    return work


def _shape_at(shapes: list[inspect.Type], steps: list[str | int]) -> list[inspect.Type]:
    for step in steps:
        shapes = [below for shape in _apart(shapes) for below in _below(shape, step)]
    return _apart(shapes)


def _apart(shapes: list[inspect.Type]) -> list[inspect.Type]:
    return [
        each
        for shape in shapes
        for each in (shape.types if isinstance(shape, inspect.UnionType) else (shape,))
    ]


def _below(shape: inspect.Type, step: str | int) -> list[inspect.Type]:
    if isinstance(shape, inspect.StructType):
        return [field.type for field in shape.fields if field.encode_name == step]
    if isinstance(shape, inspect.VarTupleType) and isinstance(step, int):
        return [shape.item_type]
    if isinstance(shape, inspect.TupleType) and isinstance(step, int):
        return list(shape.item_types[step : step + 1])
    return [shape.value_type] if isinstance(shape, inspect.DictType) else []


def _is_like(shape: inspect.Type, was: Any, now: Any) -> bool:
    """Whether a word chosen of a few is like the one that stood there."""
    if not isinstance(shape, inspect.LiteralType) or not isinstance(now, str) or was is None:
        return True
    return bool(get_close_matches(str(was), [now]))


def _filled(shape: inspect.Type, was: Any = None) -> Any:
    """Something of the right type, in the place of what was there."""
    if is_text(shape):
        return dict.fromkeys(LANGS, FILLED)
    if is_story(shape):
        return {lang: [FILLED] for lang in LANGS}
    if isinstance(shape, inspect.StructType):
        needed = [field for field in shape.fields if field.required]
        return {field.encode_name: _filled(_apart([field.type])[0]) for field in needed}
    if isinstance(shape, inspect.LiteralType):
        names = {str(value): value for value in shape.values}
        close = get_close_matches(str(was), names, 1)
        return names[close[0]] if close else shape.values[0]
    if isinstance(shape, inspect.VarTupleType):
        return []
    plain: tuple[tuple[type[inspect.Type], Any], ...] = (
        (inspect.DictType, {}),
        (inspect.StrType, FILLED),
        (inspect.BoolType, False),
        (inspect.IntType, 1),
        (inspect.FloatType, 1.0),
        (inspect.NoneType, None),
    )
    return next(value for type_, value in plain if isinstance(shape, type_))
