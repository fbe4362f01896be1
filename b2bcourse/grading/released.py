"""The released notebooks of an assignment as plain data, which submissions are rebuilt from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.loose import text_of
from b2bcourse.grading.words import WORDS

if TYPE_CHECKING:
    from pathlib import Path


def released_notebooks(coursedir: Any, assignment: str) -> dict[str, dict[str, Any]]:
    """The released notebooks by name, in format 4, each cell's source one string.

    A notebook that the gradebook knows and whose file is gone is made from the gradebook.

    Args:
        coursedir: nbgrader's ``CourseDirectory``.
        assignment: the assignment's name.

    Raises:
        GradingError: nothing has been released.
    """
    found = {path.stem: _read(path) for path in release_files(coursedir, assignment)}
    found.update(_from_gradebook(coursedir, assignment, found))
    if not found:
        raise GradingError(WORDS.no_release.format(assignment=assignment))
    return dict(sorted(found.items()))


def release_files(coursedir: Any, assignment: str) -> list[Path]:
    """The files of an assignment's released notebooks."""
    from pathlib import Path

    folder = coursedir.format_path(coursedir.release_directory, ".", assignment)
    return sorted(Path(folder).glob("*.ipynb"))


def _read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_bytes())
    for cell in notebook["cells"]:
        cell["source"] = text_of(cell)
    return notebook


def _from_gradebook(
    coursedir: Any, assignment: str, known: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    from nbgrader.api import Assignment, Gradebook, MissingEntry, Notebook

    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        # Nearly always there is nothing to make, and nbgrader's own way loads every cell to say so.
        named = gradebook.db.query(Notebook.name).join(Assignment)
        if {name for (name,) in named.filter(Assignment.name == assignment)} <= known.keys():
            return {}
        try:
            notebooks = gradebook.find_assignment(assignment).notebooks
        except MissingEntry:
            return {}
        return {
            notebook.name: _made(notebook)
            for notebook in notebooks
            if notebook.name not in known and notebook.source_cells
        }


def _made(notebook: Any) -> dict[str, Any]:
    points = {cell.name: cell.max_score for cell in notebook.grade_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    cells = [_source_cell(cell, points, solutions) for cell in notebook.source_cells]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _source_cell(cell: Any, points: dict[str, float], solutions: set[str]) -> dict[str, Any]:
    about = {
        "grade": cell.name in points,
        "grade_id": cell.name,
        "locked": bool(cell.locked),
        "schema_version": 3,
        "solution": cell.name in solutions,
        "task": False,
        "cell_type": cell.cell_type,
        "checksum": cell.checksum,
    }
    if cell.name in points:
        about["points"] = points[cell.name]
    return {
        "cell_type": cell.cell_type,
        "id": cell.name[:64],
        "metadata": {"nbgrader": about},
        "source": cell.source,
    }
