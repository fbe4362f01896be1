"""The kit's part of ``nbgrader autograde`` and ``nbgrader generate_feedback``.

`SubmissionExporter` reads a submitted notebook without believing it, `ScoreResponses` stands in
the place of nbgrader's Execute and runs no code, `ShowRubric` and `HideRubric` show an essay's
rubric to the grader and to nobody else.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveAutoGrades

from b2bcourse.grading.base import (
    KIT,
    GradingError,
    KitPreprocessor,
    essay_cells,
    folder_of,
    graded_cells,
)
from b2bcourse.grading.fields import essays_in, read_fields
from b2bcourse.grading.files import MAX_NOTEBOOK_BYTES
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.marking import Marked, mark
from b2bcourse.grading.rubric import essay_notes
from b2bcourse.grading.submission import Submitted, read_submitted, rebuild
from b2bcourse.grading.words import WORDS
from b2bcourse.responses.bounded import read_bounded

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from b2bcourse.facts import Lang
    from b2bcourse.grading.keys import Keys

GRADER_ONLY: Final = "grader_only"
WAITING: Final = "b2bcourse_waiting"
"""The resource that names the graded cells which a person must look at."""


class SubmissionExporter(NotebookExporter):  # type: ignore[misc,unused-ignore]
    """Reads a submitted notebook by rebuilding it from the released one.

    For ``c.Autograde.exporter_class``. nbgrader's second pass, over the notebook that the first
    one wrote, is left as it is.
    """

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        coursedir = self.parent.coursedir
        path = Path(filename)
        if path.parent != folder_of(coursedir, "submitted", resources):
            return super().from_filename(filename, resources, **kw)
        released = self.released(resources)
        keys, lang = self._keys()
        written = read_fields(keys, essays_in(released["cells"]), path.parent, lang)
        notebook = rebuild(released, _submitted(path), lang, written)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        return self.from_notebook_node(nbformat.from_dict(notebook), resources, **kw)

    def released(self, resources: Any) -> dict[str, Any]:
        """The released notebook as plain data; made from the gradebook where its file is gone."""
        return _released(self.parent.coursedir, resources)

    def _keys(self) -> tuple[Keys | None, Lang]:
        try:
            keys = ScoreResponses(parent=self).keys()
            lang = keys.lang
        except KeysError as error:
            self.log.warning("%s", error)
            return None, "ko"
        return keys, lang


class ScoreResponses(KitPreprocessor):
    """Scores the responses of a submission; stands in the place of nbgrader's Execute.

    Each graded cell gets what Execute would have given it: a message on stdout, the answer as a
    table, and as result the points. Read are the files that the student handed in, not their
    copies that nbgrader has put the source folder's files over.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        self.refuse_responses_in_source(resources)
        folder = self.folder("submitted", resources)
        resources[WAITING] = {
            cell.metadata.nbgrader["grade_id"]
            for cell in graded_cells(nb)
            if self._grade(cell, folder).waiting
        }
        return nb, resources

    def _grade(self, cell: NotebookNode, folder: Path) -> Marked:
        about = cell.metadata.nbgrader
        maximum = max(0.0, float(about["points"]))
        try:
            marked = mark(self.keys(), about["grade_id"], folder, maximum)
        except KeysError as error:
            marked = Marked(0.0, str(error), trouble=str(error))
        if marked.trouble:
            self.log.error("%s", marked.trouble)
        cell.outputs = nbformat.from_dict(outputs_of(marked))
        return marked


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
    person. Until both have been written such a cell has 0, never full marks.
    """

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._add_score(cell, resources)
        name = cell.metadata["nbgrader"]["grade_id"]
        if name not in resources.get(WAITING, ()):
            return
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        grade.auto_score = None
        grade.needs_manual_grade = True
        self.gradebook.db.commit()


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


def _submitted(path: Path) -> Submitted:
    try:
        return read_submitted(read_bounded(path, MAX_NOTEBOOK_BYTES))
    except OSError:
        return Submitted((), readable=False)


def _released(coursedir: Any, resources: Any) -> dict[str, Any]:
    name = resources["nbgrader"]["notebook"]
    path = folder_of(coursedir, "release", resources) / f"{name}.ipynb"
    if not path.is_file():
        return _from_gradebook(coursedir, resources)
    notebook: dict[str, Any] = json.loads(json.dumps(nbformat.read(path, as_version=4)))
    return notebook  # plain data, each cell's source one string


def _from_gradebook(coursedir: Any, resources: Any) -> dict[str, Any]:
    names = resources["nbgrader"]
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        notebook = gradebook.find_notebook(names["notebook"], names["assignment"])
        if not notebook.source_cells:
            raise GradingError(WORDS.no_release.format(assignment=names["assignment"]))
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
