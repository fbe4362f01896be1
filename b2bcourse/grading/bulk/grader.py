"""One submission graded: its notebooks written aside, and what the gradebook is to know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.grading.autograde import _submitted, outputs_of
from b2bcourse.grading.bulk.folders import handed_in
from b2bcourse.grading.bulk.work import CellWork, NotebookWork, Work
from b2bcourse.grading.bulk.writing import checksum, notebook_bytes
from b2bcourse.grading.collect import tidy
from b2bcourse.grading.fields import essays_in, read_fields
from b2bcourse.grading.marking import mark
from b2bcourse.grading.moved import By, answer_of_cell, answer_of_mark
from b2bcourse.grading.submission import rebuild

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from b2bcourse.grading.bulk.folders import Folders, Submission
    from b2bcourse.grading.bulk.template import Template
    from b2bcourse.grading.bulk.writing import Plain
    from b2bcourse.grading.keys import Keys

NO_RESPONSE: Final = "No response."
"""nbgrader's own comment on an answer cell that stands as it was released; formgrader knows it."""


class Grader:
    """Grades submissions of one assignment.

    Args:
        keys: the course's keys.
        folders: the assignment's folders.
        templates: its notebooks, by name.
        digests: each item's key, as a digest.
    """

    def __init__(
        self,
        keys: Keys,
        folders: Folders,
        templates: Mapping[str, Template],
        digests: Mapping[str, str],
    ) -> None:
        self.keys, self.folders = keys, folders
        self.templates, self.digests = templates, digests

    def grade(self, submission: Submission, *, write: bool) -> tuple[Work, dict[str, bytes]]:
        """Grade one submission.

        Args:
            submission: whose, and where it lies.
            write: whether the graded notebooks will be written; else nothing on disk changes.

        Returns:
            What the gradebook is to know, and the files of the graded notebooks, by name.
        """
        if write:
            tidy(submission.folder)
        read = self._read(submission)
        works, files = [], {}
        for name, template in self.templates.items():
            notebook = read.get(name)
            if notebook is None:
                works.append(NotebookWork(name, missing=True))
                continue
            work, graded = self._notebook(template, notebook, submission.folder)
            works.append(work)
            if write:
                files[f"{name}.ipynb"] = notebook_bytes(graded, exotic=template.exotic)
        time = handed_in(submission.folder)
        return Work(submission, time, tuple(works), ()), files

    def _read(self, submission: Submission) -> Mapping[str, Plain]:
        found = {}
        for name, template in self.templates.items():
            path = submission.folder / f"{name}.ipynb"
            if not path.exists():
                continue
            cells, lang = template.released["cells"], self.keys.lang
            written = read_fields(self.keys, essays_in(cells), submission.folder, lang)
            found[name] = rebuild(template.released, _submitted(path), lang, written)
        return found

    def _notebook(
        self, template: Template, notebook: Plain, folder: Path
    ) -> tuple[NotebookWork, Plain]:
        cells: list[Plain] = []
        graded: list[CellWork] = []
        comments: dict[str, str | None] = {}
        for cell in notebook["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            shown = cell
            if about.get("grade") and not about.get("solution") and cell["cell_type"] == "code":
                shown, work = self._scored(cell, about, folder)
                graded.append(work)
            elif about.get("grade"):
                graded.append(self._by_hand(cell, about))
            if about.get("solution") or about.get("task"):
                comments[about["grade_id"]] = _comment(cell, about)
            cells += [shown, *template.rubrics.get(about.get("grade_id", ""), ())]
        work = NotebookWork(template.name, tuple(graded), comments)
        return work, {**notebook, "cells": cells}

    def _scored(self, cell: Plain, about: Plain, folder: Path) -> tuple[Plain, CellWork]:
        name = about["grade_id"]
        marked = mark(self.keys, name, folder, max(0.0, float(about["points"])))
        shown = {**cell, "outputs": outputs_of(marked), "execution_count": None}
        auto = None if marked.waiting else marked.points
        by = By(self.digests.get(name, ""), answer_of_mark(marked))
        return shown, CellWork(name, auto, by, waiting=marked.waiting)

    def _by_hand(self, cell: Plain, about: Plain) -> CellWork:
        """A cell that a person grades; 0 where nothing was written in it, as nbgrader has it."""
        untouched = about.get("solution") and about.get("checksum") == checksum(cell)
        by = By("", answer_of_cell(cell))
        return CellWork(about["grade_id"], 0.0 if untouched else None, by)


def _comment(cell: Plain, about: Plain) -> str | None:
    untouched = not about.get("task") and about.get("checksum") == checksum(cell)
    return NO_RESPONSE if untouched else None
