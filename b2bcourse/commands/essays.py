"""The command `b2bcourse essays`: opens the page, on a server of its own where none runs."""

from __future__ import annotations

import json
import os
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import quote

import typer
from msgspec import Struct
from rich.console import Console
from rich.markup import escape

from b2bcourse.context import default_language
from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from b2bcourse.facts import Lang
    from b2bcourse.grading.opening import Course


class EssaysWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    none: Text
    not_graded: Text
    waiting: Text
    address: Text
    there: Text
    stop: Text
    late: Text
    stopped: Text
    not_started: Text
    no_page: Text


WORDS: Final = read_words(__package__, EssaysWords, name="essays")

LOG: Final = ".grading-server.log"
"""The server's log, in the course folder."""

_COURSE: Final = "/b2bcourse/grading"

out = Console()
err = Console(stderr=True)


def essays(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    course: Annotated[Path, typer.Option(help="The course folder.")] = Path(),
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The server's port.")] = None,
    *,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Grade an assignment's essays beside their rubric, by keys, in the browser."""
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.opening import open_course

    lang = default_language()
    try:
        opened = open_course(course)
        lang = opened.lang
        _tell_waiting(opened, assignment)
    except GradingError as error:
        _fail(error.text[lang])
    open_page(opened, page_of(assignment, "essays"), port=port, browser=not no_browser)


def open_page(course: Course, page: str, *, port: int | None = None, browser: bool = True) -> None:
    """Open a page on the server that has the course; one is started where none runs.

    Raises:
        typer.Exit: it could not be opened; why has been told.
    """
    from b2bcourse.grading.base import GradingError
    from b2bcourse.learner.lab.server import LabError

    lang = course.lang
    try:
        _open(course, page, port=port, browser=browser)
    except GradingError as error:
        _fail(error.text[lang])
    except LabError as error:
        told = WORDS.not_started[lang].format(log=LOG)
        _fail("\n".join([told, *(f"  {line}" for line in error.lines)]))


def page_of(assignment: str, name: str) -> str:
    """The address of an assignment's page on its server, such as that of its essays."""
    return f"{_COURSE}/{quote(assignment, safe='')}/{name}"


def served(root: Path) -> str:
    """Where essays and troubles are found; empty where no server has the course."""
    from b2bcourse.learner.lab.server import address, around

    running = next((info for info in around(root) if _has(info, root)), None)
    return address(running, _COURSE) if running else ""


def _tell_waiting(course: Course, assignment: str) -> None:
    """How many essays there are; an assignment without any is an error."""
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.essays import essays_in, queue
    from b2bcourse.grading.records import records_of

    records = records_of(course, assignment)
    places = [place for one in essays_in(course, records) for place in queue(records, one.item)]
    if not any(cell.by_hand for cell in records.cells):
        raise GradingError(WORDS.none.format(assignment=assignment))
    if not places:
        raise GradingError(WORDS.not_graded.format(assignment=assignment))
    texts = [place for place in places if place.state != "empty"]
    waiting = sum(place.state == "waits" for place in texts)
    _tell(WORDS.waiting[course.lang].format(waiting=waiting, all=len(texts)))


def _open(course: Course, page: str, *, port: int | None, browser: bool) -> None:
    from b2bcourse.learner.lab.server import address, around

    running = next((info for info in around(course.root) if _has(info, course.root)), None)
    if running is None:
        _serve(course, page, port=port, browser=browser)
        return
    where = address(running, page)
    _tell(WORDS.address[course.lang].format(address=where))
    _tell(WORDS.there[course.lang])
    if browser:
        webbrowser.open(where)


def _serve(course: Course, page: str, *, port: int | None, browser: bool) -> None:
    """A server on this computer alone, until Ctrl-C; its token is in the address that is told."""
    from b2bcourse.grading.base import GradingError
    from b2bcourse.learner.lab import lab_environment
    from b2bcourse.learner.lab.server import (
        LabError,
        address,
        interruptible,
        running,
        wait_up,
    )

    lang, log = course.lang, course.root / LOG
    status = 0
    try:
        with (
            interruptible(),
            running(command(course.root, port), lab_environment(), log, course.root) as server,
        ):
            info = wait_up(server, course.root, log, late=lambda: _tell(WORDS.late[lang]))
            if not _has(info, course.root):
                raise GradingError(WORDS.no_page)
            _tell_address(address(info, page), lang, browser=browser)
            status = server.wait()
    except KeyboardInterrupt:
        _tell("")  # the terminal has put a «^C» there
    if status:
        raise LabError(WORDS.not_started, log)
    _tell(WORDS.stopped[lang])


def _has(info: dict[str, Any], root: Path) -> bool:
    """Whether a running server has this very course: it may stand above several."""
    from b2bcourse.learner.lab.server import fetched

    try:
        return bool(json.loads(fetched(info, _COURSE))["root"] == str(root))
    except (ValueError, TypeError, KeyError):
        return False


def _tell_address(where: str, lang: Lang, *, browser: bool) -> None:
    _tell(WORDS.address[lang].format(address=where))
    _tell(WORDS.stop[lang])
    if browser:
        webbrowser.open(where)


def command(root: Path, port: int | None) -> list[str]:
    """The command that serves formgrader and the kit's pages on a course, to this computer only."""
    extensions: dict[str, Any] = {
        "nbgrader.server_extensions.formgrader": True,
        "b2bcourse.serving": True,
    }
    made = [
        sys.executable,
        "-m",
        "jupyter_server",
        f"--ServerApp.root_dir={root}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.open_browser=False",
        f"--ServerApp.jpserver_extensions={extensions}",
    ]
    made += [f"--ServerApp.port={port}"] if port else []
    # In a container one is root, and Jupyter wants to be told that this is meant.
    return made + (["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else [])


def _fail(message: str) -> None:
    err.print(f"[bold]b2bcourse:[/bold] {escape(message)}", soft_wrap=True)
    raise typer.Exit(1)


def _tell(sentence: str) -> None:
    out.print(escape(sentence), soft_wrap=True, highlight=False)
