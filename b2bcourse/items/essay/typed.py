"""Answering an essay in text: the text itself, and levels by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import ResponseError, short
from b2bcourse.items.essay.value import bounded
from b2bcourse.items.essay.words import WORDS
from b2bcourse.items.names import Named, find
from b2bcourse.items.shape import ShapeError, shaped_like

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.essay.face import CriterionFace, Face


def template(face: Face) -> str:
    """A call of ``respond`` to copy and fill in, with the criteria and what is chosen for each."""
    if not face.rubric:
        criteria = [f"#   - {criterion}" for criterion in face.criteria]
        told = [f"# {WORDS.typed_text[face.lang]}", f"# {WORDS.judged_by[face.lang]}", *criteria]
        return "\n".join([f"b2b.respond({face.id!r}, '''", "''')", *told])
    own = [f"        {each.id!r}: None,  # {each.text}" for each in face.rubric]
    levels = [f"#   {each.id}: {_numbered(each)}" for each in face.rubric]
    return "\n".join(
        [
            f"b2b.respond({face.id!r}, {{",
            "    'text': '',",
            "    'self': {",
            *own,
            "    },",
            "})",
            f"# {WORDS.typed_levels[face.lang]}",
            *levels,
        ]
    )


def parse(face: Face, typed: Any) -> dict[str, Any]:
    """The value of a response from what a person typed.

    Args:
        face: the item's face.
        typed: the text, or ``{"text": .., "self": {criterion: level number from 1}}``.

    Raises:
        ResponseError: no such criterion or level, or the text is longer than the field takes.
    """
    example: dict[str, Any] = {"text": "…"}
    if face.rubric:
        example["self"] = {face.rubric[0].id: 1}
    with shaped_like(face, example):
        return _parse(face, typed)


def _parse(face: Face, typed: Any) -> dict[str, Any]:
    table = {"text": typed} if isinstance(typed, str) else typed
    if not isinstance(table, dict) or set(table) - {"text", "self"}:
        raise ShapeError
    text, own = table.get("text", ""), table.get("self") or {}
    if not isinstance(text, str) or not isinstance(own, dict):
        raise ShapeError
    bounded(text)
    found = [(_criterion(face, name), level) for name, level in own.items() if level is not None]
    text = text.strip("\n")  # as a form with three quotation marks leaves them
    return {"text": text, "self": {each.id: _level(each, level) for each, level in found}}


def replacing(face: Face, value: Mapping[str, Any]) -> dict[str, Any]:
    """The patch that makes ``value`` the whole answer: all that it does not name is taken away."""
    levels = value["self"]
    return {
        "text": value["text"],
        "self": {criterion.id: levels.get(criterion.id) for criterion in face.rubric},
    }


def _numbered(criterion: CriterionFace) -> str:
    return " / ".join(f"{n} = {text}" for n, text in enumerate(criterion.levels, start=1))


def _criterion(face: Face, name: object) -> CriterionFace:
    names = ", ".join(criterion.id for criterion in face.rubric)
    found = find(
        name,
        (Named(each.id, each.text) for each in face.rubric),
        lambda near: WORDS.typed_criterion.format(what=short(name), names=names, meant=near),
    )
    return next(criterion for criterion in face.rubric if criterion.id == found)


def _level(criterion: CriterionFace, level: object) -> int:
    if type(level) is not int or not 1 <= level <= len(criterion.levels):
        what, n = short(level), len(criterion.levels)
        raise ResponseError(WORDS.typed_level.format(what=what, n=n))
    return level - 1
