"""The kit's part of ``nbgrader autograde`` and ``nbgrader generate_feedback``.

`SubmissionExporter` reads a submitted notebook without believing it, `ScoreResponses` stands in
the place of nbgrader's Execute and runs no code, `ShowRubric` and `HideRubric` show an essay's
rubric to the grader and to nobody else.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_markdown_cell
from nbgrader.preprocessors import SaveAutoGrades

from b2bcourse.grading.base import (
    KIT,
    GradingError,
    KitPreprocessor,
    essay_cells,
    folder_of,
    graded_cells,
)
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.marking import Marked, stopped
from b2bcourse.grading.moved import (
    By,
    History,
    answer_of_cell,
    answer_of_mark,
    digest_of,
    key_files,
    write_keys,
)
from b2bcourse.grading.put_down import put_down
from b2bcourse.grading.reading import Graded, grade_submission
from b2bcourse.grading.regrade import regraded
from b2bcourse.grading.released import released_notebooks
from b2bcourse.grading.rubric import essay_notes
from b2bcourse.grading.seen import unseen
from b2bcourse.grading.standing import Standing, settled
from b2bcourse.grading.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

    from b2bcourse.facts import Text
    from b2bcourse.grading.keys import Keys

GRADER_ONLY: Final = "grader_only"
FAULTS: Final = "b2bcourse_faults"
"""The attribute of a run's converter that names the items which cannot be graded."""
READ: Final = "b2bcourse_read"
"""The resource that holds what was read of the submission."""
UNSEEN: Final = "b2bcourse_unseen"
"""The resource that names the graded cells which a person must look at and nobody has."""


class Reader:
    """Reads each submission of a run once, whatever nbgrader asks of it and how often.

    Args:
        coursedir: nbgrader's ``CourseDirectory``.
        keys: the instructor's keys.
        faults: the items that cannot be graded, with what is wrong.
    """

    def __init__(self, coursedir: Any, keys: Keys, faults: Mapping[str, Text]) -> None:
        self._coursedir, self._keys, self._faults = coursedir, keys, faults
        self._released: dict[str, dict[str, dict[str, Any]]] = {}
        self._last: tuple[Path, Graded] | None = None

    def read(self, resources: Any) -> Graded:
        """The submission that nbgrader is at; its troubles are put down.

        Raises:
            GradingError: nothing has been released.
            KeysError: nobody knows the course's language.
        """
        folder = folder_of(self._coursedir, "submitted", resources)
        if self._last is None or self._last[0] != folder:
            self._last = folder, self._read(folder, **_names(resources))
        return self._last[1]

    def key_text(self, item: str) -> str:
        """The file of an item's key as it lies in the course; empty where there is none."""
        return dict(key_files(self._keys, [item])).get(item, "")

    def _read(self, folder: Path, assignment: str, student: str) -> Graded:
        if assignment not in self._released:
            self._released[assignment] = released_notebooks(self._coursedir, assignment)
        graded = grade_submission(
            self._keys,
            self._released[assignment],
            folder,
            assignment=assignment,
            student=student,
            lang=self._keys.lang,
            faults=self._faults,
        )
        put_down(Path(self._coursedir.root), assignment, student, folder, graded.troubles)
        return graded


class SubmissionExporter(NotebookExporter):  # type: ignore[misc,unused-ignore]
    """Reads a submitted notebook by rebuilding it from the released one.

    For ``c.Autograde.exporter_class``. nbgrader's second pass, over the notebook that the first
    one wrote, is left as it is.
    """

    _reader: Reader | None = None

    def reader(self) -> Reader:
        """What reads the submissions of this run."""
        if self._reader is None:
            keys = ScoreResponses(parent=self).keys()
            faults = getattr(self.parent, FAULTS, {})
            self._reader = Reader(self.parent.coursedir, keys, faults)
        return self._reader

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        path = Path(filename)
        if path.parent != folder_of(self.parent.coursedir, "submitted", resources):
            return super().from_filename(filename, resources, **kw)
        notebook = self.reader().read(resources).notebooks.get(path.stem)
        if notebook is None:
            raise GradingError(WORDS.no_release.format(**_names(resources)))
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        return self.from_notebook_node(nbformat.from_dict(notebook), resources, **kw)


class ScoreResponses(KitPreprocessor):
    """Puts the marks of a submission into its notebook, in the place of nbgrader's Execute.

    Each graded cell gets what Execute would have given it: a message on stdout, the answer as a
    table, and as result the points. Read are the files that the student handed in, not their
    copies that nbgrader has put the source folder's files over. Works with `SubmissionExporter`.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        self.refuse_responses_in_source(resources)
        graded = self.parent.reader().read(resources)
        for cell in graded_cells(nb):
            item = cell.metadata.nbgrader["grade_id"]
            self._show(cell, graded.marks.get(item) or stopped(item, WORDS.no_cell))
        resources[READ] = graded
        return nb, resources

    def _show(self, cell: NotebookNode, marked: Marked) -> None:
        if marked.trouble and not marked.stopped:  # that was told once, for the whole class
            self.log.error("%s", marked.trouble)
        cell.outputs = nbformat.from_dict(outputs_of(marked))


def outputs_of(marked: Marked) -> list[dict[str, Any]]:
    """What a graded cell shows: message, answer as a table, and as its result the points."""
    outputs: list[dict[str, Any]] = [
        {"output_type": "stream", "name": "stdout", "text": marked.message + "\n"}
    ]
    if marked.html:
        data = {"text/html": marked.html, "text/plain": marked.text}
        outputs.append({"output_type": "display_data", "data": data, "metadata": {}})
    result = {"data": {"text/plain": repr(marked.points)}, "metadata": {}, "execution_count": None}
    return [*outputs, {"output_type": "execute_result", **result}]


class SaveGrades(SaveAutoGrades):  # type: ignore[misc,unused-ignore]
    """Writes the points into the gradebook; what waits for a person has none, and is queued.

    Stands in the place of nbgrader's own, which knows no cell that is graded by itself and by a
    person. Until both have been written such a cell has 0, never full marks. Where the
    instructor's side is at fault a grade that was given before stays. What a person has graded
    is put before that person again only where answer or points have changed since.
    """

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        before = Standing(grade.auto_score, grade.needs_manual_grade, grade.manual_score)
        super()._add_score(cell, resources)
        graded = resources.get(READ)
        if graded is None:
            return
        history = self._history(grade.notebook_id)
        by = self._by(name, cell, graded)
        same = history.by(name).answer == by.answer
        now = regraded(before, grade.auto_score, same=same)
        after = settled(name, before, now, graded, self._unseen(graded, resources))
        grade.auto_score, grade.needs_manual_grade = after.auto, after.waits
        again = any(
            history.by(item).answer not in {"", answer_of_mark(marked)}
            for item, marked in graded.marks.items()
        )
        history.put_down(self.student_id, name, by, (before, after), again=again)
        self.gradebook.db.commit()

    def _history(self, notebook: str) -> History:
        return History(self.gradebook.db.connection(), notebook)

    def _by(self, name: str, cell: NotebookNode, graded: Graded) -> By:
        marked = graded.marks.get(name)
        if marked is None:
            return By("", answer_of_cell(cell))
        text = self.parent.reader().key_text(name)
        write_keys(self.gradebook.db.connection(), {name: text} if text else {})
        return By(digest_of(text.encode()) if text else "", answer_of_mark(marked))

    def _unseen(self, graded: Graded, resources: Any) -> frozenset[str]:
        if UNSEEN not in resources:
            root = Path(self.parent.parent.coursedir.root)
            resources[UNSEEN] = unseen(root, self.assignment_id, self.student_id, graded)
        found: frozenset[str] = resources[UNSEEN]
        return found


class ShowRubric(KitPreprocessor):
    """Puts an essay's rubric and notes under it, for whoever grades in formgrader.

    Stands near the end of ``c.Autograde.autograde_preprocessors``: nbgrader may clear metadata
    before, and the mark by which `HideRubric` finds these cells must last.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        rubrics = self.rubrics(nb)
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            cells += rubrics.get(cell.metadata.get("nbgrader", {}).get("grade_id"), [])
        nb.cells = cells
        return nb, resources

    def rubrics(self, nb: NotebookNode) -> dict[str, list[NotebookNode]]:
        """By an essay's grade id, the cells that stand under it for the grader."""
        about = [cell.metadata.nbgrader for cell in essay_cells(nb)]
        return {
            each["grade_id"]: self._rubric(each["grade_id"], float(each["points"]))
            for each in about
        }

    def _rubric(self, grade_id: str, points: float) -> list[NotebookNode]:
        try:
            text = essay_notes(self.keys(), grade_id, points)
        except KeysError as error:
            self.log.warning("%s", error)
            return []
        if not text:
            return []
        metadata = {KIT: {GRADER_ONLY: True}, "editable": False}
        return [new_markdown_cell(text, id=f"kit-rubric-{grade_id}"[:64], metadata=metadata)]


class HideRubric(KitPreprocessor):
    """Takes the cells that only a grader may see out of feedback.

    For the front of ``c.GenerateFeedback.preprocessors``.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        nb.cells = [c for c in nb.cells if not c.metadata.get(KIT, {}).get(GRADER_ONLY)]
        return nb, resources


def _names(resources: Any) -> dict[str, str]:
    return {name: resources["nbgrader"][name] for name in ("assignment", "student")}
