"""The same pages from ``nbgrader generate_feedback`` and from formgrader's button."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import Exporter
from traitlets import default

from b2bcourse.grading.autograde import ScoreResponses
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.feedback.gather import Maker, read_class
from b2bcourse.grading.feedback.page import html
from b2bcourse.grading.feedback.writing import too_early
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.opening import Course

if TYPE_CHECKING:
    from b2bcourse.grading.feedback.gather import Class


class FeedbackExporter(Exporter):  # type: ignore[misc,unused-ignore]
    """Makes a page of what the gradebook and the answers say; for ``c.GenerateFeedback``.

    The graded notebook that nbgrader hands to it only says whose page is wanted.
    """

    output_mimetype = "text/html"

    @default("file_extension")  # type: ignore[untyped-decorator,unused-ignore]
    def _page_extension(self) -> str:
        return ".html"

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """One student's page for one notebook.

        Raises:
            GradingError: there can be none now; nbgrader tells it and goes on with the next.
        """
        del filename, kw
        names = resources["nbgrader"]
        page = self._maker(names["assignment"]).page(names["student"], names["notebook"])
        resources["output_extension"] = self.file_extension
        return html(page), resources

    def _maker(self, assignment: str) -> Maker:
        """The class, read once for all pages of a run."""
        made: dict[str, Maker] = self.__dict__.setdefault("_made", {})
        if assignment not in made:
            of = read_class(self._course(), assignment)
            self._warn(of)
            made[assignment] = Maker(of)
        return made[assignment]

    def _warn(self, of: Class) -> None:
        if (text := too_early(of)) is not None:
            self.log.warning("%s", text[of.course.lang])

    def _course(self) -> Course:
        directory = self.parent.coursedir
        keys = ScoreResponses(parent=self).keys()
        try:
            lang = keys.lang
        except KeysError as error:
            raise GradingError(error.text) from error
        return Course(Path(directory.root), keys, lang, self.config, directory)
