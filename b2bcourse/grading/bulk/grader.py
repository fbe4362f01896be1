"""One submission graded: its notebooks written aside, and what the gradebook is to know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.grading.autograde import outputs_of
from b2bcourse.grading.bulk.folders import handed_in
from b2bcourse.grading.bulk.work import CellWork, NotebookWork, Work
from b2bcourse.grading.bulk.writing import checksum, notebook_bytes
from b2bcourse.grading.mending import mend
from b2bcourse.grading.moved import By, answer_of_cell, answer_of_mark
from b2bcourse.grading.put_down import put_down
from b2bcourse.grading.reading import grade_submission
from b2bcourse.grading.released import release_files
from b2bcourse.grading.running import put_down_links
from b2bcourse.grading.seen import called_by
from b2bcourse.grading.troubles import would_wait

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from b2bcourse.facts import Text
    from b2bcourse.grading.bulk.folders import Folders, Submission
    from b2bcourse.grading.bulk.template import Template
    from b2bcourse.grading.bulk.writing import Plain
    from b2bcourse.grading.keys import Keys
    from b2bcourse.grading.marking import Marked
    from b2bcourse.grading.reading import Graded
    from b2bcourse.grading.troubles import Trouble

NO_RESPONSE: Final = "No response."
"""nbgrader's own comment on an answer cell that stands as it was released; formgrader knows it."""


class Grader:
    """Grades submissions of one assignment.

    Args:
        keys: the course's keys.
        folders: the assignment's folders.
        templates: its notebooks, by name.
        digests: each item's key, as a digest.
        faults: by item, what on the instructor's side stops it.
    """

    def __init__(
        self,
        keys: Keys,
        folders: Folders,
        templates: Mapping[str, Template],
        digests: Mapping[str, str],
        faults: Mapping[str, Text],
    ) -> None:
        self.keys, self.folders = keys, folders
        self.templates, self.digests = templates, digests
        self.released = {name: template.released for name, template in templates.items()}
        self.faults, self.root = faults, folders.course.root
        self.files = release_files(folders.course.directory, folders.assignment)

    def grade(self, submission: Submission, *, write: bool) -> tuple[Work, dict[str, bytes]]:
        """Grade one submission.

        Args:
            submission: whose, and where it lies.
            write: whether the graded notebooks will be written; else nothing on disk changes.

        Returns:
            What the gradebook is to know, and the files of the graded notebooks, by name.
        """
        folder, names = submission.folder, (self.folders.assignment, submission.student)
        if write:
            self._mend(folder, *names)
        graded = self._read(folder, *names)
        troubles, unseen = self._put_down(folder, *names, graded, write=write)
        works, files = [], {}
        for name, template in self.templates.items():
            work, notebook = self._notebook(template, graded, unseen)
            works.append(work)
            if write:
                files[f"{name}.ipynb"] = notebook_bytes(notebook, exotic=template.exotic)
        time = handed_in(submission.folder)
        return Work(submission, time, tuple(works), tuple(troubles)), files

    def _mend(self, folder: Path, assignment: str, student: str) -> None:
        removed = mend(folder, self.files)
        if removed:
            put_down_links(self.root, assignment, student, folder, removed)

    def _read(self, folder: Path, assignment: str, student: str) -> Graded:
        return grade_submission(
            self.keys,
            self.released,
            folder,
            assignment=assignment,
            student=student,
            lang=self.keys.lang,
            faults=self.faults,
        )

    def _put_down(
        self, folder: Path, assignment: str, student: str, graded: Graded, *, write: bool
    ) -> tuple[list[Trouble], frozenset[str]]:
        """The troubles, and the cells that a person is called to by one that nobody has seen."""
        found = graded.troubles
        if write:
            found = put_down(self.root, assignment, student, folder, found)
        waiting = would_wait(self.root, assignment, student, found)
        return found, called_by(waiting, graded)

    def _notebook(
        self, template: Template, graded: Graded, unseen: frozenset[str]
    ) -> tuple[NotebookWork, Plain]:
        notebook = graded.notebooks[template.name]
        cells: list[Plain] = []
        works: list[CellWork] = []
        comments: dict[str, str | None] = {}
        for cell in notebook["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            name, shown = about.get("grade_id", ""), cell
            if marked := graded.marks.get(name):
                shown = {**cell, "outputs": outputs_of(marked), "execution_count": None}
                works.append(self._scored(name, marked, unseen=name in unseen))
            elif about.get("grade"):
                works.append(_by_hand(cell, about, unseen=name in unseen))
            if about.get("solution") or about.get("task"):
                comments[name] = _comment(cell, about)
            cells += [shown, *template.rubrics.get(name, ())]
        work = NotebookWork(template.name, tuple(works), comments)
        return work, {**notebook, "cells": cells}

    def _scored(self, name: str, marked: Marked, *, unseen: bool) -> CellWork:
        return CellWork(
            name,
            marked.points,
            By(self.digests.get(name, ""), answer_of_mark(marked)),
            stopped=marked.stopped,
            waiting=marked.waiting,
            unseen=unseen,
        )


def _by_hand(cell: Plain, about: Plain, *, unseen: bool) -> CellWork:
    """A cell that a person grades; 0 where nothing was written in it, as nbgrader has it."""
    untouched = about.get("solution") and about.get("checksum") == checksum(cell)
    by = By("", answer_of_cell(cell))
    return CellWork(about["grade_id"], 0.0 if untouched else None, by, unseen=unseen)


def _comment(cell: Plain, about: Plain) -> str | None:
    untouched = not about.get("task") and about.get("checksum") == checksum(cell)
    return NO_RESPONSE if untouched else None
