"""Answers to a matrix with the fraction each must get: right, partly right, wrong, malformed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.base import Sample
from b2bcourse.items.matrix.face import face
from b2bcourse.items.matrix.key import key
from b2bcourse.items.matrix.score import HEAD_SHARE
from b2bcourse.items.matrix.value import blank, model_answer

if TYPE_CHECKING:
    from random import Random

    from b2bcourse.items.base import Guess
    from b2bcourse.items.matrix.authored import MatrixItem
    from b2bcourse.items.matrix.face import Face
    from b2bcourse.items.matrix.key import MatrixKey


def samples(item: MatrixItem) -> list[Sample]:
    """Answers to ``item`` with the fraction that each must get."""
    shown, answers = face(item, "ko"), key(item)
    right = model_answer(shown, answers)
    return [
        Sample("right", right, 1.0),
        Sample("one part missing", *_one_missing(shown, answers, right)),
        Sample("empty", blank(shown), 0.0),
        Sample("everything ticked", everything(shown), 0.05, tolerance=0.05),
        *(Sample(f"malformed {number}", value, 0.0) for number, value in enumerate(_MALFORMED)),
    ]


_MALFORMED: Final[tuple[Any, ...]] = (
    None,
    [],
    "cells",
    {"cells": [1, 2]},
    {"cells": {"no-such-row": {"no-such-column": 1}}, "rows": 3, "columns": "c1"},
    {"cells": {"no-such-row": {"cfo": math.nan}}, "rows": {"r1": ["x"]}, "columns": {"c1": {}}},
)


def _one_missing(
    shown: Face, answers: MatrixKey, right: dict[str, Any]
) -> tuple[dict[str, Any], float]:
    """The right answer without its first mark (or name), and what is left of the points."""
    row = shown.rows[0].id
    if shown.form == "left":
        return _without(right, "rows", row), 1 - 1 / len(shown.rows)
    if shown.form == "right":
        return _without(right, "columns", shown.columns[0].id), 1 - 1 / len(shown.columns)
    line = answers.lines[right["rows"].get(row, row)]
    marks = right["cells"][row]
    less = dict(list(marks.items())[1:])
    share = 1 - HEAD_SHARE if shown.form == "both" else 1.0
    cells = right["cells"] | {row: less}
    return right | {"cells": cells}, 1 - share / line.needed / len(shown.rows)


def _without(right: dict[str, Any], side: str, slot: str) -> dict[str, Any]:
    return right | {side: {k: v for k, v in right[side].items() if k != slot}}


def everything(shown: Face) -> dict[str, Any]:
    """The answer of somebody who marks every cell and puts the same name everywhere."""
    answer = blank(shown)
    if shown.blank_rows:
        answer["rows"] = {row.id: shown.row_choices[0].id for row in shown.rows}
    if shown.form == "right":
        answer["columns"] = {c.id: shown.column_choices[0].id for c in shown.columns}
    if shown.form == "both":
        answer["columns"] = {
            c.id: choice.id for c, choice in zip(shown.columns, shown.column_choices, strict=False)
        }
    if shown.marks_cells:
        answer["cells"] = {row.id: {column.id: 1 for column in shown.columns} for row in shown.rows}
    return answer


def guess(shown: Face, how: Guess, rng: Random) -> dict[str, Any]:
    """What somebody answers who has not read the question: see `items.base.Guess`."""
    if how == "none":
        return blank(shown)
    if how == "all":
        return everything(shown)
    answer = blank(shown)
    if shown.blank_rows:
        answer["rows"] = _picked(shown.rows, shown.row_choices, how, rng)
    if shown.blank_columns:
        answer["columns"] = _picked(shown.columns, shown.column_choices, how, rng)
    if shown.marks_cells:
        answer["cells"] = {row.id: _marked(shown, how, rng) for row in shown.rows}
    return answer


def _picked(slots: Any, choices: Any, how: Guess, rng: Random) -> dict[str, str]:
    """A name for each slot: the first of the list everywhere, or each name at most once."""
    names = [choice.id for choice in choices]
    if how == "random":
        rng.shuffle(names)
        return {slot.id: name for slot, name in zip(slots, names, strict=False)}
    return {slot.id: names[0] for slot in slots}


def _marked(shown: Face, how: Guess, rng: Random) -> dict[str, int]:
    """About as many marks as a row has, at random; or the first column alone."""
    columns = [column.id for column in shown.columns]
    if how == "first":
        return {columns[0]: 1}
    few = min(len(columns), rng.randint(1, 4))
    return {column: rng.randint(1, shown.marks) for column in rng.sample(columns, few)}
