"""What the kit's nbgrader preprocessors share: the keys, and the folders of the course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import List, Unicode

from b2bcourse.facts import Text
from b2bcourse.grading.files import RESPONSES
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.words import WORDS
from b2bcourse.items.essay import field_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode


CONFIG_FILE: Final = "nbgrader_config.py"
KIT: Final = "b2bcourse"
"""The name of the kit's own metadata of a cell."""


class GradingError(RuntimeError):
    """A course folder that cannot be released or graded, said in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.ko}\n{text.en}")
        self.text = text

    def __reduce__(self) -> tuple[type[GradingError], tuple[Text]]:
        """It comes whole from one process to another."""
        return type(self), (self.text,)


def keys_folder_of(config: Any) -> str:
    """The folder of graded items in nbgrader's settings; empty where they are no course's of ours.

    To ask a traitlets ``Config`` by attribute makes what is not there, and that counts as true.
    """
    found = config.get("KitPreprocessor", {}).get("keys_folder", "")
    return found if isinstance(found, str) else ""


class KitPreprocessor(NbGraderPreprocessor):  # type: ignore[misc,unused-ignore]
    """A preprocessor of the kit; `nbgrader_config.py` sets where the keys are."""

    # HTML exporters configure it for all their preprocessors, nbgrader's base class hides it.
    display_data_priority = List(["text/html", "text/plain"]).tag(config=True)
    keys_folder = Unicode(
        "", help="The folder of graded items; empty: what B2BCOURSE_KEYS points to."
    ).tag(config=True)

    def keys(self) -> Keys:
        """The course's keys.

        Raises:
            KeysError: neither the option nor the variable says where they are.
        """
        return Keys(Path(self.keys_folder)) if self.keys_folder else Keys.from_environment()

    @property
    def converter(self) -> Any:
        """The nbgrader converter that runs this preprocessor."""
        return self.parent.parent

    def folder(self, step: str, resources: Any) -> Path:
        """The folder of this assignment at a step of nbgrader's: ``source``, ``submitted`` ...

        Args:
            step: the step, as in CourseDirectory's option names.
            resources: what the converter hands to its preprocessors.
        """
        return folder_of(self.converter.coursedir, step, resources)

    def refuse_responses_in_source(self, resources: Any) -> None:
        """Refuse a source folder that holds responses.

        nbgrader copies a source folder's files over every student's, so they would be wiped.

        Raises:
            GradingError: the folder holds ``responses``.
        """
        found = self.folder("source", resources) / RESPONSES
        if found.exists() or found.is_symlink():
            raise GradingError(WORDS.responses_in_source.format(path=found))


def folder_of(coursedir: Any, step: str, resources: Any) -> Path:
    """The folder of an assignment at a step; students' folders only where a step has them."""
    names = resources["nbgrader"]
    student = names["student"] if step in {"submitted", "autograded", "feedback"} else "."
    directory = getattr(coursedir, f"{step}_directory")
    return Path(coursedir.format_path(directory, student, names["assignment"]))


def graded_cells(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """The cells that an item's widget stands in: graded code that is no solution."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            yield cell


def fields(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that show the field of an essay, by the essay's id.

    An assignment of an older release has none: its essays are written in their cells.
    """
    names = {field_name(_name(cell)): _name(cell) for cell in essay_cells(notebook)}
    code = (cell for cell in notebook.cells if cell.cell_type == "code" and not is_grade(cell))
    return {names[_name(cell)]: cell for cell in code if _name(cell) in names}


def _name(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def essay_cells(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """The cells that hold an essay: Markdown, graded by hand, written by the student."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and is_grade(cell) and is_solution(cell):
            yield cell
