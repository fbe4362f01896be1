"""A second look as a student asks for it: kept with the answer, sent with it or by itself."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from b2bcourse.context import read_index, released_face
from b2bcourse.grading import second_looks
from b2bcourse.grading.second_looks import Asked, Request, encoded
from b2bcourse.responses import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.items.response import SecondLook
    from b2bcourse.serving.learner.exchange import Exchange
    from b2bcourse.serving.learner.home import Handed
    from b2bcourse.serving.learner.standing import Standing


class NoItemError(LookupError):
    """An assignment has no such item."""


def keep(folder: Path, item: str, said: str) -> None:
    """Keep what a student asks about an item, beside the answer; nothing said takes it back.

    Args:
        folder: the student's folder of the assignment.
        item: the item's id.
        said: what was typed.

    Raises:
        NoItemError: the assignment has no such item.
        ContextError: what came with the assignment is damaged.
        SaveError: nothing was written; the message says why.
    """
    _store(folder, item).ask(said)


def _store(folder: Path, item: str) -> Store:
    index = read_index(folder)
    if index is None or item not in index.items:
        raise NoItemError(item)
    return Store(folder, released_face(folder, index, item))


def waits(look: SecondLook | None, handed: Handed) -> bool:
    """Whether a request has gone off neither by itself nor with a hand-in."""
    if look is None or look.sent:
        return False
    try:
        return handed.when is None or datetime.fromisoformat(look.time) > handed.when
    except (ValueError, TypeError):  # no time, or one without a zone: once too often is no harm
        return True


def waiting(items: Iterable[Standing], handed: Handed) -> dict[str, SecondLook]:
    """The requests that have still to go off, by item."""
    return {one.item: one.asked for one in items if one.asked and waits(one.asked, handed)}


def send(exchange: Exchange, folder: Path, wanted: dict[str, SecondLook]) -> None:
    """Send requests by themselves; what was handed in, and when, stays as it is.

    Args:
        exchange: where the folder was fetched from.
        folder: the student's folder.
        wanted: what is asked, by item.

    Raises:
        ExchangeDownError: they were not taken.
        SaveError: they were sent, and that could not be noted.
    """
    exchange.ask(folder.name, second_looks.FILE, _request(folder.name, wanted))
    _note(folder, wanted)


def file_of(folder: Path) -> Path:
    """Where the file of requests lies: beside the folder, out of what is handed in."""
    from b2bcourse.grading.zips import ASKED

    return folder.with_name(ASKED.format(assignment=folder.name))


def make_file(folder: Path, last: Path, wanted: dict[str, SecondLook]) -> Path:
    """Make the file that a teacher or an LMS is sent: the requests, and the last file's answers.

    The answers are those of before, so that they are not lost where one file takes another's place.

    Args:
        folder: the student's folder.
        last: the file that was made last to hand in.
        wanted: what is asked, by item.

    Raises:
        OSError: it cannot be written.
        SaveError: it was made, and that could not be noted.
    """
    target = file_of(folder)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".b2b-") as scratch:
        made = Path(scratch) / target.name
        with zipfile.ZipFile(last) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
            new.writestr(second_looks.FILE, _request(folder.name, wanted))
        made.replace(target)
    _note(folder, wanted)
    return target


def _request(assignment: str, wanted: dict[str, SecondLook]) -> bytes:
    asked = {item: Asked(look.text, look.time) for item, look in wanted.items()}
    return encoded(Request(assignment, asked))


def _note(folder: Path, wanted: dict[str, SecondLook]) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for item, look in wanted.items():
        _store(folder, item).asked_off(look, now)
