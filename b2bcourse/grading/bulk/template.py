"""The notebook that all submissions of one share, sanitized once by nbgrader's own preprocessors.

nbgrader sanitizes every submission, although nothing but the student's text differs: metadata,
kernelspec and locked cells come from the gradebook. Here that is done to the released notebook,
and what a student wrote is put into the result.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import nbformat
from nbconvert.exporters import NotebookExporter

from b2bcourse.grading.autograde import ShowRubric
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.bulk.writing import notebook_bytes
from b2bcourse.grading.released import released_notebooks
from b2bcourse.grading.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from b2bcourse.grading.bulk.writing import Plain
    from b2bcourse.grading.opening import Course


@dataclass(frozen=True)
class Template:
    """One notebook of an assignment.

    Attributes:
        name: without its ending.
        released: the sanitized notebook, plain data.
        rubrics: by an essay's cell, the cells that only its grader sees.
        exotic: whether it must be written by the slow encoder.
    """

    name: str
    released: Plain
    rubrics: Mapping[str, list[Plain]]
    exotic: bool


class _Sanitizer(NotebookExporter):  # type: ignore[misc,unused-ignore]
    """Takes nbgrader's sanitizing steps with the released notebook for a submitted one."""

    def sanitized(self, released: Plain, names: dict[str, str], steps: list[Any]) -> str:
        """The notebook as nbconvert writes it."""
        about = {**names, "student": "", "db_url": self.parent.coursedir.db_url}
        name = names["notebook"]
        resources = {"nbgrader": about, "unique_key": name, "metadata": {"name": name, "path": ""}}
        for step in steps:
            self.register_preprocessor(step)
        text, _ = self.from_notebook_node(nbformat.from_dict(released), resources)
        return str(text)


def templates_of(
    course: Course, converter: Any, assignment: str, names: Sequence[str]
) -> dict[str, Template]:
    """The notebooks of an assignment, ready for what students wrote, by name.

    Args:
        course: the course.
        converter: nbgrader's Autograde with the course's settings.
        assignment: the assignment's name.
        names: the notebooks that the gradebook knows.

    Raises:
        GradingError: nothing has been released.
    """
    released = released_notebooks(course.directory, assignment)
    made = {}
    for name in names:
        if name not in released:
            raise GradingError(WORDS.no_release.format(assignment=assignment))
        sanitizer = _Sanitizer(parent=converter, config=course.config)
        about = {"assignment": assignment, "notebook": name}
        steps = converter.sanitize_preprocessors
        text = sanitizer.sanitized(_blank(released[name]), about, steps)
        plain = _plain(text)
        exotic = notebook_bytes(plain) != text.encode("utf-8", "backslashreplace")
        made[name] = Template(name, plain, _rubrics(course, converter, plain), exotic)
    return made


def _blank(released: Plain) -> Plain:
    """The notebook of a student who wrote nothing: code cells have no outputs."""
    cells = [
        {**cell, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else cell
        for cell in released["cells"]
    ]
    return {**released, "cells": cells}


def _plain(text: str) -> Plain:
    """A notebook as `nbformat.read` gives it, as plain data: each cell's source one string."""
    found: Plain = json.loads(json.dumps(nbformat.reads(text, as_version=4)))
    return found


def _rubrics(course: Course, converter: Any, released: Plain) -> dict[str, list[Plain]]:
    show = ShowRubric(parent=converter, config=course.config)
    notebook = nbformat.from_dict(released)
    return {name: json.loads(json.dumps(cells)) for name, cells in show.rubrics(notebook).items()}
