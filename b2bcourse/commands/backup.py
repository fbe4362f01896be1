"""The commands `b2bcourse backup` and `b2bcourse restore`, for whoever runs a hub."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from b2bcourse.commands.telling import fail, language, tell
from b2bcourse.context import default_language

if TYPE_CHECKING:
    from b2bcourse.facts import Lang

HUB: Final = Path("/srv/b2b-hub")
_MEGABYTE: Final = 1_000_000

LangOption = Annotated[str, typer.Option("--lang", help="ko or en; else by the machine's locale.")]


def backup(
    into: Annotated[Path, typer.Argument(help="The folder for it, best on another disk.")],
    hub: Annotated[Path, typer.Option("--hub", help="The hub's folder.")] = HUB,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Keep so many back-ups there and remove older ones.")
    ] = None,
    lang: LangOption = "",
) -> None:
    """Save gradebooks, exchange, homes and the hub's state as one file, while the class works."""
    from b2bcourse.hub.settings import read_hub
    from b2bcourse.operating.backup.words import WORDS
    from b2bcourse.operating.backup.write import back_up, left_out, read_through, sweep

    chosen = language(lang, default_language())
    with told(chosen):
        known = read_hub(hub)
        made = back_up(known, into.absolute())
    size = f"{made.stat().st_size / _MEGABYTE:.1f}"
    tell(WORDS.written[chosen].format(file=made, count=read_through(made), size=size))
    for file in left_out(known):
        tell(WORDS.no_database[chosen].format(file=file))
    for old in sweep(into, keep) if keep else ():
        tell(WORDS.swept[chosen].format(file=old))


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `b2bcourse backup` made.")],
    only: Annotated[
        list[Path] | None, typer.Option(help="Only this file or folder of it, by its whole path.")
    ] = None,
    lang: LangOption = "",
    *,
    accounts: Annotated[
        bool, typer.Option("--accounts", help="Make accounts that are missing.")
    ] = False,
    aside: Annotated[
        bool, typer.Option("--aside", help="Rename what is in the way, and keep it beside.")
    ] = False,
) -> None:
    """Bring a class back from a back-up; nothing that is there is written over."""
    from b2bcourse.operating.backup.restore import restore as bring_back
    from b2bcourse.operating.backup.words import WORDS

    chosen = language(lang, default_language())
    with told(chosen):
        done = bring_back(file, only or (), make_accounts=accounts, aside=aside)
    tell(WORDS.restored[chosen].format(count=done.count, made=done.made))
    if done.new:
        tell(WORDS.passwords[chosen].format(names=", ".join(done.new)))
    if not only:
        tell(WORDS.next_step[chosen].format(folder=done.hub))
    for path, what in done.differing:
        tell(WORDS.differs[chosen].format(path=path, what=what))
    if done.differing:
        raise typer.Exit(1)


@contextlib.contextmanager
def told(lang: Lang) -> Iterator[None]:
    """What cannot be done is said in a sentence; who is not root is told before anything."""
    from b2bcourse.hub.base import HubError
    from b2bcourse.operating.backup.words import WORDS
    from b2bcourse.operating.base import OperatingError

    if sys.platform != "linux" or os.geteuid() != 0:
        fail(WORDS.not_root[lang])
    try:
        yield
    except (OperatingError, HubError) as error:
        fail(error.text[lang])
