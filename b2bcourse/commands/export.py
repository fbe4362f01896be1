"""The command `b2bcourse export`: points for Canvas, for Moodle, or as a plain table."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from b2bcourse.context import default_language

if TYPE_CHECKING:
    from b2bcourse.report import moodle

out = Console()
err = Console(stderr=True)


class Form(StrEnum):
    """What the file is for."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    CSV = "csv"


class By(StrEnum):
    """By what Moodle finds a user."""

    USERNAME = "username"
    EMAIL = "email"
    IDNUMBER = "idnumber"
    ID = "id"


def export(  # noqa: PLR0913 - flags are what a command line has
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    *,
    form: Annotated[Form, typer.Option("--format", help="What the file is for.")] = Form.CSV,
    course: Annotated[Path, typer.Option(help="The course folder.")] = Path(),
    into: Annotated[
        Path | None, typer.Option(help="The gradebook as the LMS exported it, to be filled.")
    ] = None,
    title: Annotated[
        str, typer.Option(help="The assignment's column in the LMS, such as 'Essay (1234)'.")
    ] = "",
    by: Annotated[
        By | None, typer.Option(help="By what Moodle finds a user; username, if not told.")
    ] = None,
    scale: Annotated[
        float | None, typer.Option(min=0.01, help="The full points in the LMS, if other ones.")
    ] = None,
    allow_over: Annotated[
        bool, typer.Option("--allow-over", help="Moodle's site takes more than 100 points.")
    ] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin with a byte-order mark, for Excel.")
    ] = False,
    file: Annotated[
        Path | None, typer.Option("--out", help="The file to write; ASSIGNMENT-FORMAT.csv.")
    ] = None,
) -> None:
    """Write the points of an assignment for an LMS; what nobody has graded yet is no number."""
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.opening import open_course
    from b2bcourse.report.exporting import Wishes
    from b2bcourse.report.exporting import export as write

    lang = default_language()
    path = file or Path(f"{assignment}-{form}.csv")
    try:
        opened = open_course(course)
        lang = opened.lang
        chosen: moodle.By | None = by.value if by else None
        wishes = Wishes(form.value, into, title, chosen, scale, allow_over)
        said = write(opened, assignment, wishes, path, bom=bom)
    except GradingError as error:
        err.print(f"[bold]b2bcourse:[/bold] {escape(error.text[lang])}", soft_wrap=True)
        raise typer.Exit(1) from error
    for sentence in said:
        _tell(sentence[lang])


def _tell(sentence: str) -> None:
    out.print(escape(sentence), soft_wrap=True, highlight=False)
