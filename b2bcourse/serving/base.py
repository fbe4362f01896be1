"""What all pages for who grades share: who may see them, which course, and how they are sent.

They are there only where formgrader is, on the course that formgrader has. Elsewhere, on a
student's server as well, nothing answers and nothing is listed.
"""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from b2bcourse.serving.framing import ancestors

if TYPE_CHECKING:
    from b2bcourse.grading.opening import Course
    from b2bcourse.grading.records import Records

_ANONYMOUS: Final = "Anonymous "
"""How Jupyter Server's names begin for who came with a token and no name."""


_POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",  # a table's aligned cells, which were cleaned
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)


class Refused(web.HTTPError):
    """A request that cannot be carried out, in the course's language."""

    def __init__(self, said: str, status: int = 400) -> None:
        super().__init__(status, "%s", said)
        self.said = said


class GraderHandler(JupyterHandler):
    """A page, or what it asks for, on the course that this server's formgrader has."""

    @property
    def content_security_policy(self) -> str:
        """Nothing from elsewhere, no script but ours; the second guard against students' texts."""
        return "; ".join((*_POLICY, ancestors(super().content_security_policy)))

    def set_default_headers(self) -> None:
        super().set_default_headers()
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    def course(self) -> Course:
        """The course.

        Raises:
            tornado.web.HTTPError: 404 where this server has none.
        """
        from b2bcourse.grading.base import GradingError
        from b2bcourse.grading.opening import open_course

        formgrader = self.settings.get("nbgrader_formgrader")
        if formgrader is None or self.settings.get("nbgrader_bad_setup"):
            raise web.HTTPError(404)
        try:
            course = open_course(Path(formgrader.coursedir.root))
        except GradingError as error:
            self.log.info("b2bcourse: %s", error)
            raise web.HTTPError(404) from error
        if not _has_gradebook(course):
            raise web.HTTPError(404)
        return course

    def records(self, course: Course, assignment: str) -> Records:
        """What the gradebook says of an assignment; 404 where it has none of that name."""
        from b2bcourse.grading.base import GradingError
        from b2bcourse.grading.records import records_of

        try:
            return records_of(course, assignment)
        except GradingError as error:
            raise web.HTTPError(404) from error

    @property
    def grader(self) -> str:
        """The name of who is logged in; where the server knows none, of who runs it."""
        name = str(getattr(self.current_user, "display_name", "") or "")
        return getpass.getuser() if not name or name.startswith(_ANONYMOUS) else name

    def body(self, type_: type[msgspec.Struct]) -> Any:
        """What was sent, as a value of a type; 400 where it is none."""
        try:
            return msgspec.json.decode(self.request.body, type=type_)
        except msgspec.DecodeError as error:
            raise Refused(str(error)) from error

    def send(self, value: Any, status: int = 200) -> None:
        """Answer with JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(msgspec.json.encode(value))

    def forget_formgraders_view(self) -> None:
        """Formgrader keeps what it has read of the gradebook; what was changed it reads anew."""
        gradebook = self.settings.get("nbgrader_gradebook")
        if gradebook is not None:
            gradebook.db.expire_all()

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """An answer to JSON is JSON; nobody sees a traceback."""
        if self.request.method == "GET" and not self.request.path.endswith("/data"):
            super().write_error(status_code, **kwargs)
            return
        error = kwargs.get("exc_info", (None, None))[1]
        said = error.said if isinstance(error, Refused) else ""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"said": said}))


class CourseHandler(GraderHandler):
    """The page from which the others are found; to a command, which course this server has."""

    @web.authenticated
    def get(self) -> None:
        from b2bcourse.serving import index

        course = self.course()
        if "text/html" not in self.request.headers.get("Accept", ""):
            self.send({"root": str(course.root)})
            return
        base = url_path_join(self.base_url, "b2bcourse/grading")
        formgrader = url_path_join(self.base_url, "formgrader")
        self.finish(index.html(index.rows_of(course), course.lang, base, formgrader))


def _has_gradebook(course: Course) -> bool:
    """Opening a gradebook that is not there would make one."""
    kind, _, path = str(course.directory.db_url).partition(":///")
    return kind != "sqlite" or Path(path).is_file()
