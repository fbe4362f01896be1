"""The commands `b2bcourse troubles` and `b2bcourse seen`: what came up, and who has looked."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from msgspec import Struct
from rich.console import Console
from rich.markup import escape

from b2bcourse.context import default_language
from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from b2bcourse.grading.opening import Course
    from b2bcourse.grading.troubles import Trouble

WIDTH: Final = 100
"""Columns of what goes into a file or another program."""

out = Console()
err = Console(stderr=True)


class TroublesWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    marked: Text
    none: Text
    essays: Text
    unknown: Text


WORDS: Final = read_words(__package__, TroublesWords, name="troubles")

CourseOption = Annotated[Path, typer.Option("--course", help="The course folder.")]
Assignment = Annotated[str, typer.Argument(help="The assignment's name.")]


def troubles(
    assignment: Assignment,
    course: CourseOption = Path(),
    *,
    page: Annotated[bool, typer.Option("--page", help="Open it in the browser as well.")] = False,
) -> None:
    """Tell what was handed in and could not be matched, read or kept whole; nothing is lost."""
    from b2bcourse.commands.essays import open_page, page_of
    from b2bcourse.grading.told import table
    from b2bcourse.grading.troubles import troubles_of

    opened = _open(course)
    to = out if out.is_terminal else Console(width=WIDTH)
    every = troubles_of(opened.root, assignment)
    for line in table(every, names_of(opened), opened.lang, assignment, rows=0):
        to.print(line)
    if page:
        open_page(opened, page_of(assignment, "troubles"))


def seen(
    assignment: Assignment,
    student: Annotated[str, typer.Argument(help="The student's id.")],
    item: Annotated[str, typer.Argument(help="Only what is about this item.")] = "",
    course: CourseOption = Path(),
) -> None:
    """Say that you have looked at what came up in a student's work; it waits no longer."""
    from b2bcourse.grading.seen import mark_seen
    from b2bcourse.grading.troubles import waiting

    opened = _open(course)
    waits = waiting(opened.root, assignment, student)
    chosen = [one for one in waits if not item or one.item == item]
    if item and not chosen:
        _refuse_unknown(opened, waits, item)
    marked, staying = mark_seen(opened, assignment, student, _me(), chosen)
    lang = opened.lang
    if not marked:
        _tell(WORDS.none[lang].format(student=student))
    for one in marked:
        _tell(WORDS.marked[lang].format(found=one.found[lang]))
    if staying:
        _tell(WORDS.essays[lang].format(cells=", ".join(staying), assignment=assignment))


def names_of(course: Course) -> dict[str, str]:
    """The students' names by id; the id where the gradebook has no name."""
    from b2bcourse.grading.records import full_name

    with course.gradebook() as gradebook:
        return {
            str(one.id): full_name(one.first_name, one.last_name) or str(one.id)
            for one in gradebook.students
        }


def _refuse_unknown(opened: Course, waits: list[Trouble], item: str) -> None:
    if not waits:
        return
    known = ", ".join(sorted({one.item for one in waits if one.item})) or "-"
    _fail(WORDS.unknown[opened.lang].format(item=item, known=known))


def _open(folder: Path) -> Course:
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.opening import open_course

    try:
        return open_course(folder)
    except GradingError as error:
        _fail(error.text[default_language()])
        raise


def _fail(message: str) -> None:
    err.print(f"[bold]b2bcourse:[/bold] {escape(message)}", soft_wrap=True)
    raise typer.Exit(1)


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return "-"


def _tell(sentence: str) -> None:
    out.print(escape(sentence), soft_wrap=True, highlight=False)
