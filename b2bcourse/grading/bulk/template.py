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

from b2bcourse.grading.autograde import ShowRubric, SubmissionExporter
from b2bcourse.grading.bulk.writing import notebook_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

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


class _Released(SubmissionExporter):
    """Sanitizes the released notebook in place of a submitted one."""

    def sanitized(self, assignment: str, name: str, steps: list[Any]) -> tuple[Plain, str]:
        """The notebook as plain data, and as nbconvert writes it."""
        names = {"student": "", "assignment": assignment, "notebook": name}
        about = {**names, "db_url": self.parent.coursedir.db_url}
        resources = {"nbgrader": about, "unique_key": name, "metadata": {"name": name, "path": ""}}
        self._preprocessors = []
        for step in steps:
            self.register_preprocessor(step)
        notebook = nbformat.from_dict(self.released(resources))
        text, _ = self.from_notebook_node(notebook, resources)
        return _plain(text), text


def template_of(course: Course, converter: Any, assignment: str, name: str) -> Template:
    """A notebook of an assignment, ready for what students wrote.

    Args:
        course: the course.
        converter: nbgrader's Autograde with the course's settings.
        assignment: the assignment's name.
        name: the notebook's.

    Raises:
        GradingError: nothing has been released.
    """
    exporter = _Released(parent=converter, config=course.config)
    released, text = exporter.sanitized(assignment, name, converter.sanitize_preprocessors)
    return Template(
        name,
        released,
        _rubrics(course, converter, released),
        exotic=notebook_bytes(released) != text.encode("utf-8", "backslashreplace"),
    )


def _plain(text: str) -> Plain:
    """A notebook as `nbformat.read` gives it, as plain data: each cell's source one string."""
    found: Plain = json.loads(json.dumps(nbformat.reads(text, as_version=4)))
    return found


def _rubrics(course: Course, converter: Any, released: Plain) -> dict[str, list[Plain]]:
    show = ShowRubric(parent=converter, config=course.config)
    notebook = nbformat.from_dict(released)
    return {name: json.loads(json.dumps(cells)) for name, cells in show.rubrics(notebook).items()}
