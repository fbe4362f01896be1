"""What a gradebook, or a copy of one, holds of one student: found by what hangs on the student.

nbgrader's tables and the kit's own name a student by ``student_id`` or one of her notebooks by
``notebook_id``; a table that a later release adds is found in the same way.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE: Final = 20.0  # seconds to wait for formgrader to finish writing
_SQLITE: Final = b"SQLite format 3\0"
_NAMES: Final = {"cell_id": "base_cell", "assignment_id": "assignment"}
"""Columns that are told by the name of what they point to."""

Rows = dict[str, list[dict[str, Any]]]


def is_sqlite(path: Path) -> bool:
    """Whether a file is an SQLite database, by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for a database on a server."""
    made = sa.engine.make_url(url)
    is_file = made.get_backend_name() == "sqlite" and made.database
    return Path(str(made.database)) if is_file else None


def shown(url: str) -> str:
    """A database's address as it may stand on a screen, without its password."""
    return sa.engine.make_url(url).render_as_string(hide_password=True)


def rows_of(url: str, student: str) -> Rows:
    """Every row about a student, by table; nothing where the database is no gradebook.

    Args:
        url: the database's, as in ``c.CourseDirectory.db_url``.
        student: nbgrader's id.
    """
    with _opened(url) as connection:
        tables = _tables(connection)
        found: Rows = {}
        for table, about in _about(tables, student):
            rows = connection.execute(sa.select(table).where(about)).mappings()
            if made := [_plain(connection, tables, row) for row in rows]:
                found[table.name] = made
        return found


def remove_rows(url: str, student: str) -> None:
    """Take every row about a student out of a database, so that its bytes are gone too."""
    with _opened(url) as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(sa.text("PRAGMA secure_delete=ON"))
        for table, about in _about(_tables(connection), student):
            connection.execute(sa.delete(table).where(about))
        connection.commit()
    if (path := file_of(url)) is not None:
        with closing(sqlite3.connect(path, timeout=_PATIENCE)) as file:
            file.execute("VACUUM")


class _opened:  # noqa: N801 - reads as a verb
    """A connection to a database, with nothing left open behind it."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url, poolclass=sa.pool.NullPool)

    def __enter__(self) -> sa.Connection:
        self._connection = self._engine.connect()
        return self._connection

    def __exit__(self, *_error: object) -> None:
        self._connection.close()
        self._engine.dispose()


def _tables(connection: sa.Connection) -> dict[str, sa.Table]:
    known = sa.MetaData()
    known.reflect(connection)
    return dict(known.tables)


def _about(tables: dict[str, sa.Table], student: str) -> Iterator[tuple[sa.Table, Any]]:
    """The tables that tell of a student, what hangs on others first, each with its rows."""
    needed = {"student", "submitted_assignment", "submitted_notebook"}
    if not needed <= set(tables):
        return
    handed, notebook = tables["submitted_assignment"], tables["submitted_notebook"]
    of_handed = sa.select(handed.c.id).where(handed.c.student_id == student)
    of_notebook = sa.select(notebook.c.id).where(notebook.c.assignment_id.in_(of_handed))
    for name, table in sorted(tables.items()):
        if name not in needed and "notebook_id" in table.c:
            yield table, table.c.notebook_id.in_(of_notebook)
    yield notebook, notebook.c.assignment_id.in_(of_handed)
    for name, table in sorted(tables.items()):
        if name != "student" and "student_id" in table.c:
            yield table, table.c.student_id == student
    yield tables["student"], tables["student"].c.id == student


def _plain(connection: sa.Connection, tables: dict[str, sa.Table], row: Any) -> dict[str, Any]:
    """A row for people: with the names of cell and assignment beside their ids."""
    made = dict(row)
    for column, other in _NAMES.items():
        if column in made and other in tables:
            table = tables[other]
            wanted = sa.select(table.c.name).where(table.c.id == made[column])
            if name := connection.execute(wanted).scalar():
                made[column.removesuffix("_id")] = name
    return made
