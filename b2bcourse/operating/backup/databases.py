"""Databases saved while they are in use: files by SQLite's means, a server's by PostgreSQL's."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from b2bcourse.grading.holding.rows import file_of, is_sqlite, shown
from b2bcourse.operating.backup.words import WORDS
from b2bcourse.operating.base import OperatingError
from b2bcourse.operating.owners import as_owner

_PATIENCE: Final = 60.0
_FORGET: Final = "UPDATE spawners SET server_id = NULL, state = NULL"


def gradebook_of(course: Path) -> str:
    """The address of a course's gradebook, as its settings tell it.

    Raises:
        OperatingError: the course cannot be opened.
    """
    done = as_owner(course, "b2bcourse.operating.backup.course", str(course))
    if done.error:
        raise OperatingError(WORDS.course_unread.format(folder=course, why=done.error))
    return str(json.loads(done.said))


def copy_sqlite(file: Path, to: Path) -> None:
    """A copy of a database as it is at one moment, with the original's owner, mode and time."""
    seen = file.stat()
    source = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=_PATIENCE)
    with contextlib.closing(source), contextlib.closing(sqlite3.connect(to)) as target:
        source.backup(target)
    shutil.copymode(file, to)
    os.chown(to, seen.st_uid, seen.st_gid)
    os.utime(to, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def forget_servers(hubs: Path) -> None:
    """Nobody's server runs on the machine that a copy of a hub's database comes back to.

    A process that happens to have the number of one would be taken for it, and ended.
    """
    with contextlib.closing(sqlite3.connect(hubs)) as database, database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE name = 'spawners'")
        if tables.fetchone():
            database.execute(_FORGET)


def hubs(state: Path) -> Path:
    """Where a hub keeps its own database, unless its settings say otherwise."""
    return state / "jupyterhub.sqlite"


def file_in(url: str) -> Path | None:
    """The file of a gradebook; None where it is on a server."""
    return file_of(url)


def usable(file: Path) -> bool:
    """Whether there is a database yet."""
    return file.is_file() and is_sqlite(file)


def dump(url: str, to: Path) -> None:
    """Save a gradebook that is on a PostgreSQL server."""
    _postgres(url, ["pg_dump", "--format=custom", "--no-owner", f"--file={to}"])


def bring_back(url: str, dumped: Path) -> None:
    """Put a saved gradebook back; what the database holds of one is replaced."""
    command = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction"]
    _postgres(url, [*command, str(dumped)])


def _postgres(url: str, command: list[str]) -> None:
    """A program of PostgreSQL's; the password goes by its environment, which others cannot see."""
    made = sa.engine.make_url(url)
    if made.get_backend_name() != "postgresql":
        raise OperatingError(WORDS.dump_failed.format(url=shown(url), detail=made.drivername))
    password = {"PGPASSWORD": str(made.password)} if made.password else {}
    plain = made.set(drivername="postgresql", password=None).render_as_string()
    try:
        done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, no shell
            [*command[:1], f"--dbname={plain}", *command[1:]],
            env={**os.environ, **password},
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise OperatingError(WORDS.dump_failed.format(url=shown(url), detail=error)) from error
    if done.returncode:
        detail = done.stderr.strip()[-300:]
        raise OperatingError(WORDS.dump_failed.format(url=shown(url), detail=detail))
