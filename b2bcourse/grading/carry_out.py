"""Doing what a plan of `update` says: copies first, then each file whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import chain, count
from shutil import copy2, copymode, rmtree
from typing import TYPE_CHECKING, Final

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.files import put
from b2bcourse.grading.shipped import record
from b2bcourse.grading.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from b2bcourse.grading.update import Change, Plan

GRADEBOOK: Final = "gradebook.db"
BEFORE: Final = "before-update-{time:%Y-%m-%d-%H%M%S}"

_PATIENCE: Final = 20.0  # seconds to wait for formgrader to finish writing


def carry_out(plan: Plan, now: datetime | None = None) -> Path:
    """Bring what a plan brings, after copying the gradebook and the replaced items beside.

    Each file is replaced whole. What is interrupted is finished by planning and doing it again.

    Args:
        plan: what to do.
        now: the time that names the folder of copies; default: the clock's.

    Returns:
        The folder of copies.

    Raises:
        GradingError: the gradebook cannot be copied, or an item was edited since the plan was
            made; nothing has been written then.
    """
    items, brought = plan.course / "items", plan.of("brought")
    for change in brought:
        if (items / f"{change.item}.yaml").read_text("utf-8") != change.before:
            raise GradingError(WORDS.edited_since.format(item=change.item))
    aside = _copied_aside(plan.course, brought, now or datetime.now())  # noqa: DTZ005 - her clock
    as_shipped = [change for change in plan.of("same") if change.before == change.after]
    record(items, {change.item: change.after for change in as_shipped})
    for change in brought:
        put(items / f"{change.item}.yaml", change.after.encode())
        record(items, {change.item: change.after})
    return aside


def _copied_aside(course: Path, brought: Iterable[Change], now: datetime) -> Path:
    aside = _new_folder(course, now)
    try:
        copy_gradebook(course / GRADEBOOK, aside / GRADEBOOK)
    except sqlite3.Error as error:
        rmtree(aside)
        raise GradingError(WORDS.no_copy.format(file=course / GRADEBOOK, detail=error)) from error
    (aside / "items").mkdir()
    for change in brought:
        copy2(course / "items" / f"{change.item}.yaml", aside / "items")
    return aside


def _new_folder(course: Path, now: datetime) -> Path:
    """A folder for the copies, for nobody else than those who may read the keys."""
    name = BEFORE.format(time=now)
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    folder = next(course / each for each in names if not (course / each).exists())
    folder.mkdir()
    copymode(course / "items", folder)
    return folder


def copy_gradebook(book: Path, copy: Path) -> None:
    """Copy a gradebook that formgrader may be writing to; a copied file could be half a change."""
    if not book.exists():
        return
    with (
        closing(sqlite3.connect(f"{book.as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        # A read lock first: `backup` alone would wait for ever on a gradebook that is locked.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target)
    copymode(book, copy)
