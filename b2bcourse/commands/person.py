"""The commands `b2bcourse person …`: what is kept of a student, to show, hand out and delete."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from msgspec import Struct
from rich.markup import escape
from rich.table import Table

from b2bcourse.commands.telling import at_terminal, out, refusals, tell
from b2bcourse.context import default_language
from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from b2bcourse.grading.holding.traces import Trace
    from b2bcourse.grading.opening import Course


class PersonWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    head_what: Text
    head_where: Text
    nothing: Text
    only_mentioned: Text
    outside: Text
    exported: Text
    not_asked: Text
    ask: Text
    left: Text
    deleted: Text
    not_deleted: Text
    still: Text


WORDS: Final = read_words(__package__, PersonWords, name="person")

person_app = typer.Typer(help="What is kept of a student.", no_args_is_help=True)

StudentArgument = Annotated[str, typer.Argument(help="The student's id.")]
CourseOption = Annotated[Path, typer.Option("--course", help="The course folder.")]


@person_app.command()
def show(student: StudentArgument, folder: CourseOption = Path()) -> None:
    """Tell every place where the course keeps something of a student."""
    course = _opened(folder)
    found = _found(course, student)
    _tell_traces(course, student, found)


@person_app.command()
def export(
    student: StudentArgument,
    folder: CourseOption = Path(),
    to: Annotated[Path | None, typer.Option("--out", help="The archive to write.")] = None,
) -> None:
    """Write all that is kept of a student into an archive that the student may have."""
    from b2bcourse.grading.holding.persons import export as write

    course = _opened(folder)
    with refusals(course.lang):
        made = write(course, student, to or Path(f"{student}.zip"))
    tell(WORDS.exported[course.lang].format(file=made.absolute()))


@person_app.command()
def delete(
    student: StudentArgument,
    folder: CourseOption = Path(),
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete all that is kept of a student: told first, asked, done, and looked for again."""
    from b2bcourse.grading.holding.persons import delete as remove

    course = _opened(folder)
    lang = course.lang
    found = _found(course, student)
    _tell_traces(course, student, found)
    if not any(trace.removable for trace in found):
        return
    _agreed(course, student, yes=yes)
    with refusals(lang):
        still = remove(course, student)
    if not still:
        tell(WORDS.deleted[lang].format(student=student))
        return
    tell(WORDS.not_deleted[lang])
    for each in still:
        tell(WORDS.still[lang].format(place=each.place, why=each.why))
    raise typer.Exit(1)


def _opened(folder: Path) -> Course:
    from b2bcourse.grading.opening import open_course

    with refusals(default_language()):
        return open_course(folder)


def _found(course: Course, student: str) -> list[Trace]:
    from b2bcourse.grading.holding.traces import traces

    with refusals(course.lang):
        return traces(course, student)


def _tell_traces(course: Course, student: str, found: list[Trace]) -> None:
    lang = course.lang
    if not found:
        tell(WORDS.nothing[lang].format(student=student))
        return
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column(WORDS.head_what[lang])
    table.add_column(WORDS.head_where[lang], overflow="fold")
    for trace in found:
        table.add_row(trace.told[lang], escape(trace.short(course.root)))
    out.print(table)
    if not any(trace.removable for trace in found):
        tell(WORDS.only_mentioned[lang].format(student=student))
    tell(WORDS.outside[lang])


def _agreed(course: Course, student: str, *, yes: bool) -> None:
    if yes:
        return
    if not at_terminal():
        tell(WORDS.not_asked[course.lang])
        raise typer.Exit(1)
    if not typer.confirm(WORDS.ask[course.lang].format(student=student), default=False):
        tell(WORDS.left[course.lang])
        raise typer.Exit(1)
