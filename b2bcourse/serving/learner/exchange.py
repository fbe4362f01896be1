"""A student's side of nbgrader's exchange: what is released, fetched, handed in and given back.

All is done by nbgrader's own classes, with whatever settings it would read in the server's folder.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from b2bcourse.grading.holding.due_file import due_in
from b2bcourse.learner.laid import Ledger
from b2bcourse.serving.learner.home import Handed

if TYPE_CHECKING:
    from collections.abc import Callable


class ExchangeDownError(RuntimeError):
    """The exchange said no, or could not be reached; nbgrader's own words.

    ``full`` tells whether a full disk was in the way.
    """

    full = False


class Exchange:
    """The exchange as one server's settings name it.

    Args:
        config: nbgrader's settings.
        root: the folder that the server serves.
    """

    def __init__(self, config: Any, root: Path) -> None:
        from nbgrader.coursedir import CourseDirectory
        from nbgrader.exchange.default.exchange import Exchange as Base

        self.root, self.course = root, str(CourseDirectory(config=config).course_id)
        place = Base(config=config)
        self._outbound = Path(str(place.root), self.course, "outbound")
        self.config = config.copy()
        self._folder = root / str(place.assignment_dir)
        self.config.Exchange.assignment_dir = str(self._folder)

    @classmethod
    def configured(cls, root: Path) -> Self | None:
        """The exchange, where a course is configured; None where there is none, as on Windows."""
        if os.name == "nt":
            return None
        from jupyter_core.paths import jupyter_config_path
        from nbgrader.apps import NbGrader
        from traitlets.config import Config

        config = Config()
        path = [str(root), *jupyter_config_path()]
        for found, _ in NbGrader._load_config_files(  # noqa: SLF001 - as nbgrader itself reads them
            "nbgrader_config", path=path, raise_config_file_errors=True
        ):
            config.merge(found)
        made = cls(config, root)
        return made if made.course else None

    def folder(self, assignment: str) -> Path:
        """Where an assignment is fetched to."""
        within = self.config.Exchange.get("path_includes_course", False)
        return (self._folder / self.course if within else self._folder) / assignment

    def assignments(self) -> list[tuple[str, Path | None]]:
        """What is released, by name, with its folder where it has been fetched.

        Raises:
            ExchangeDownError: the exchange cannot be reached.
        """
        names = sorted({str(one["assignment_id"]) for one in self._run("List")})
        return [(name, self._fetched(name)) for name in names]

    def _fetched(self, assignment: str) -> Path | None:
        folder = self.folder(assignment)
        return folder if folder.is_dir() else None

    def due(self, assignment: str) -> datetime | None:
        """When an assignment is due: as it stands in the exchange, else as it was fetched."""
        released = self._outbound / assignment
        return due_in(released if released.is_dir() else self.folder(assignment))

    def handed(self) -> dict[str, Handed]:
        """What was handed in so far, by the assignment's name, and its feedback.

        Raises:
            ExchangeDownError: the exchange cannot be reached.
        """
        told: dict[str, Handed] = {}
        for one in self._run("List", lambda config: config.ExchangeList.update(cached=True)):
            sent = one.get("submissions", [])
            if sent:
                name = str(one["assignment_id"])
                told[name] = self._of(name, max(sent, key=lambda each: str(each["timestamp"])))
        return told

    def _of(self, assignment: str, sent: Any) -> Handed:
        pages = self.folder(assignment) / "feedback" / str(sent["timestamp"])
        page = min(pages.glob("*.html"), default=None)
        renewed = page is None or bool(sent.get("feedback_updated"))
        waits = bool(sent.get("has_exchange_feedback")) and renewed
        path = page.relative_to(self.root).as_posix() if page else ""
        return Handed(_time(sent["timestamp"]), path, waits)

    def fetch(self, assignment: str) -> Path:
        """Fetch an assignment; its notebooks may come alive then as those that were laid.

        Raises:
            ExchangeDownError: it cannot be fetched.
        """
        self._run("FetchAssignment", assignment=assignment)
        folder = self.folder(assignment)
        Ledger.of_user().record(folder, [path.name for path in folder.glob("*.ipynb")])
        return folder

    def fetch_again(self, assignment: str) -> Path:
        """Make a fetched folder whole: what came with it comes anew, what is a student's own stays.

        Raises:
            ExchangeDownError: it cannot be fetched.
        """
        folder = self.folder(assignment)
        before = {path.name for path in folder.glob("*.ipynb")}
        shutil.rmtree(folder / "items", ignore_errors=True)  # the questions, none of the answers

        def change(config: Any) -> None:
            config.ExchangeFetchAssignment.replace_missing_files = True

        self._run("FetchAssignment", change, assignment)
        # What lay there already may be anybody's; only what came now was fetched.
        came = [path.name for path in folder.glob("*.ipynb") if path.name not in before]
        Ledger.of_user().record(folder, came)
        return folder

    def submit(self, assignment: str) -> None:
        """Hand an assignment in.

        Raises:
            ExchangeDownError: it was not taken.
        """
        self._run("Submit", assignment=assignment)

    def ask(self, assignment: str, name: str, data: bytes) -> None:
        """Send one file by itself, as a request that changes nothing of what was handed in.

        Nothing of it is noted among this student's hand-ins.

        Args:
            assignment: the assignment's name.
            name: the file's.
            data: what it holds.

        Raises:
            ExchangeDownError: it was not taken.
        """
        if not self._asks_in_folders():
            raise ExchangeDownError("not nbgrader's own exchange")
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch, "asked", assignment)
            folder.mkdir(parents=True)
            (folder / name).write_bytes(data)

            def change(config: Any) -> None:
                config.Exchange.assignment_dir = str(folder.parent)
                config.Exchange.path_includes_course = False
                config.Exchange.cache = str(Path(scratch, "cache"))
                config.ExchangeSubmit.strict = False  # no notebook is missing: none is meant
                config.ExchangeFactory.submit = "nbgrader.exchange.default.ExchangeSubmit"

            self._run("Submit", change, assignment)

    def _asks_in_folders(self) -> bool:
        """Whether hand-ins are folders that nbgrader's own collect, which knows requests, takes."""
        from nbgrader.exchange import ExchangeFactory
        from nbgrader.exchange.default import ExchangeSubmit

        return issubclass(ExchangeFactory(config=self.config).submit, ExchangeSubmit)

    def fetch_feedback(self, assignment: str) -> None:
        """Fetch what came back.

        Raises:
            ExchangeDownError: it cannot be fetched.
        """
        self._run("FetchFeedback", assignment=assignment)

    def _run(
        self, what: str, change: Callable[[Any], None] = lambda _: None, assignment: str = ""
    ) -> Any:
        from nbgrader.auth import Authenticator
        from nbgrader.coursedir import CourseDirectory
        from nbgrader.exchange import ExchangeFactory

        config = self.config.copy()
        change(config)
        courses = CourseDirectory(config=config)
        courses.assignment_id = assignment
        made = getattr(ExchangeFactory(config=config), what)(
            coursedir=courses, authenticator=Authenticator(config=config), config=config
        )
        try:
            return made.start()
        except Exception as error:  # an exchange is a plugin: what it raises is its own
            raise _down(error) from error


def _down(error: Exception) -> ExchangeDownError:
    made = ExchangeDownError(str(error))
    at: BaseException | None = error
    while at is not None:
        # Whole folders are copied at once, and of each file is told in words what went wrong.
        if isinstance(at, OSError) and _is_full(at):
            made.full = True
        at = at.__cause__ or at.__context__
    return made


def _is_full(error: OSError) -> bool:
    known = {errno.ENOSPC, errno.EDQUOT}
    return error.errno in known or any(os.strerror(code) in str(error) for code in known)


def _time(said: str) -> datetime:
    from nbgrader.utils import parse_utc

    found: datetime = parse_utc(said)
    return found.replace(tzinfo=UTC)
