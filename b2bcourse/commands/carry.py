"""The commands `b2bcourse take-home` and `b2bcourse bring-back`: one file between two machines."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from b2bcourse.commands.telling import fail, tell
from b2bcourse.context import default_language

FolderArgument = Annotated[Path, typer.Argument(help="Your copy of the course.")]


def take_home(
    folder: FolderArgument = Path("b2b-course"),
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
) -> None:
    """Pack all that you wrote into one file: answers, changed notebooks, files of your own."""
    from b2bcourse.learner.carrying import WORDS, CarryError, pack

    lang = default_language()
    target = out or Path(f"b2b-course-{datetime.now(UTC):%Y-%m-%d}.zip")
    try:
        data = pack(folder.absolute())
    except CarryError as error:
        fail(error.text[lang])
    target.write_bytes(data)
    tell(WORDS.packed[lang].format(file=target.absolute(), name=target.name))


def bring_back(
    file: Annotated[Path, typer.Argument(help="The file that was taken home.")],
    folder: FolderArgument = Path("b2b-course"),
) -> None:
    """Add what was taken home to a copy of the course here; nothing is overwritten."""
    from b2bcourse.learner.carrying import CarryError, unpack

    lang = default_language()
    try:
        done = unpack(file.read_bytes(), folder.absolute())
    except CarryError as error:
        fail(error.text[lang])
    for line in done.told(lang):
        tell(line)
    if done.left:
        raise typer.Exit(1)
