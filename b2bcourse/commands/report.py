"""The command `b2bcourse report`: what a class has understood, on one page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from b2bcourse.context import default_language

out = Console()
err = Console(stderr=True)


def report(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    *,
    course: Annotated[Path, typer.Option(help="The course folder.")] = Path(),
    page: Annotated[Path, typer.Option("--out", help="The page to write.")] = Path("report.html"),
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="Name nobody: made-up names, the same each time.")
    ] = False,
    table: Annotated[
        Path | None, typer.Option("--csv", help="Write the numbers as a table too.")
    ] = None,
    played: Annotated[
        Path | None,
        typer.Option("--games", help="Write a page on the class's games, for the talk afterwards."),
    ] = None,
) -> None:
    """Make one page that shows what a class has understood and who needs help."""
    from b2bcourse.commands.progress_bar import bar
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.opening import open_course
    from b2bcourse.report.games_page import WORDS as GAMES
    from b2bcourse.report.making import findings_of, write_games, write_page, write_table
    from b2bcourse.report.words import WORDS

    lang = default_language()
    try:
        opened = open_course(course)
        lang = opened.lang
        now = dt.datetime.now().astimezone()
        with bar(err) as on_step:
            found = findings_of(opened, assignment, now, pseudonyms=pseudonyms, on_step=on_step)
        write_page(found, page)
        if table is not None:
            write_table(found, table)
        if played is not None:
            write_games(found, played)
    except GradingError as error:
        err.print(f"[bold]b2bcourse:[/bold] {escape(error.text[lang])}", soft_wrap=True)
        raise typer.Exit(1) from error
    _tell(WORDS.made[lang].format(path=page))
    if table is not None:
        _tell(WORDS.table_made[lang].format(path=table))
    if played is not None:
        _tell(GAMES.made[lang].format(path=played))
    _tell(WORDS.key_warning[lang])


def _tell(sentence: str) -> None:
    out.print(escape(sentence), soft_wrap=True, highlight=False)
