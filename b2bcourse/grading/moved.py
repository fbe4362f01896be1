"""What was graded by which key, and whose points have moved since: kept in the gradebook.

Three tables of the kit's own stand beside nbgrader's, in the same database, so that a grade and
what is known of it are written together or not at all. nbgrader reads none of them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
import sqlalchemy as sa

from b2bcourse.grading.regrade import has_moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from b2bcourse.grading.keys import Keys
    from b2bcourse.grading.marking import Marked
    from b2bcourse.grading.standing import Standing

Why = Literal["key", "answer", "both", "rules", "unknown"]
"""The key was corrected, the student answered anew, both, or a newer kit scores otherwise; or the
grading before left no record, as nbgrader's own and older kits' do not."""

_TABLES: Final = sa.MetaData()
GRADED: Final = sa.Table(
    "b2bcourse_graded",
    _TABLES,
    sa.Column("notebook_id", sa.String(32), primary_key=True),  # submitted_notebook.id
    sa.Column("by", sa.Text, nullable=False),
)
MOVED: Final = sa.Table(
    "b2bcourse_moved",
    _TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("notebook_id", sa.String(32), nullable=False, index=True),
    sa.Column("item", sa.String(128), nullable=False),
    sa.Column("before", sa.Float, nullable=False),
    sa.Column("after", sa.Float, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("why", sa.String(16), nullable=False),
)
KEY: Final = sa.Table(
    "b2bcourse_key",
    _TABLES,
    sa.Column("digest", sa.String(16), primary_key=True),
    sa.Column("item", sa.String(128), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)


class By(msgspec.Struct, frozen=True, array_like=True):
    """By what a cell was graded: digests of its key and of the answer; empty where unknown."""

    key: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Move:
    """Points of one answer that have changed.

    Attributes:
        student: nbgrader's id.
        item: the graded cell's id.
        before, after: its points, extra credit left out.
        at: when, in UTC without a zone as nbgrader keeps times.
        why: what had changed.
    """

    student: str
    item: str
    before: float
    after: float
    at: dt.datetime
    why: Why


def moves_of(root: Path, assignment: str) -> list[Move]:
    """Every move of an assignment in a course, the oldest first.

    Args:
        root: the course folder.
        assignment: the assignment's name.

    Raises:
        GradingError: ``root`` is no course folder.
    """
    from b2bcourse.grading.opening import open_course

    return moves_in(open_course(root).directory.db_url, assignment)


def moves_in(db_url: str, assignment: str) -> list[Move]:
    """The same from a gradebook whose address is known; none where it has no such table."""
    engine = sa.create_engine(db_url)
    try:
        with engine.connect() as connection:
            if not sa.inspect(connection).has_table(MOVED.name):
                return []
            return [Move(*row) for row in connection.execute(_moves(assignment))]
    finally:
        engine.dispose()


def _moves(assignment: str) -> Any:
    from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook

    notebook, handed_in = SubmittedNotebook.__table__.c, SubmittedAssignment.__table__.c
    named, moved = Assignment.__table__.c, MOVED.c
    return (
        sa.select(handed_in.student_id, moved.item, moved.before, moved.after, moved.at, moved.why)
        .join_from(MOVED, SubmittedNotebook.__table__, notebook.id == moved.notebook_id)
        .join(SubmittedAssignment.__table__, handed_in.id == notebook.assignment_id)
        .join(Assignment.__table__, named.id == handed_in.assignment_id)
        .where(named.name == assignment)
        .order_by(moved.id)
    )


def make_tables(connection: sa.Connection) -> None:
    """Make the kit's own tables where a gradebook has them not yet."""
    _TABLES.create_all(connection, checkfirst=True)


def read_by(connection: sa.Connection, notebooks: Iterable[str]) -> dict[str, dict[str, By]]:
    """By what notebooks were graded last: submitted notebook's id to item to `By`."""
    if not sa.inspect(connection).has_table(GRADED.name):
        return {}
    wanted = sa.select(GRADED).where(GRADED.c.notebook_id.in_(list(notebooks)))
    rows = connection.execute(wanted)
    return {row.notebook_id: _decoded(row.by) for row in rows}


def all_by(connection: sa.Connection, notebooks: sa.Select[Any]) -> Iterator[dict[str, By]]:
    """The same for the notebooks that a query names, one after the other."""
    if not sa.inspect(connection).has_table(GRADED.name):
        return
    for by in connection.scalars(sa.select(GRADED.c.by).where(GRADED.c.notebook_id.in_(notebooks))):
        yield _decoded(by)


def _decoded(by: str) -> dict[str, By]:
    return msgspec.json.decode(by, type=dict[str, By])


def write_by(connection: sa.Connection, found: Mapping[str, Mapping[str, By]]) -> None:
    """Put down by what notebooks have been graded, in place of what stood there."""
    if not found:
        return
    connection.execute(sa.delete(GRADED).where(GRADED.c.notebook_id.in_(list(found))))
    rows = [
        {"notebook_id": notebook, "by": msgspec.json.encode(by).decode()}
        for notebook, by in found.items()
    ]
    connection.execute(sa.insert(GRADED), rows)


def write_moves(connection: sa.Connection, moves: Iterable[tuple[str, Move]]) -> None:
    """Put down moves, each with its submitted notebook's id."""
    rows = [
        {
            "notebook_id": notebook,
            "item": move.item,
            "before": move.before,
            "after": move.after,
            "at": move.at,
            "why": move.why,
        }
        for notebook, move in moves
    ]
    if rows:
        connection.execute(sa.insert(MOVED), rows)


def write_keys(connection: sa.Connection, texts: Mapping[str, str]) -> None:
    """Keep the keys that are graded by, so that a later run can say what was corrected."""
    digests = {digest_of(text.encode()): item for item, text in texts.items()}
    known = sa.select(KEY.c.digest).where(KEY.c.digest.in_(list(digests)))
    have = set(connection.scalars(known))
    rows = [
        {"digest": digest, "item": item, "text": texts[item]}
        for digest, item in digests.items()
        if digest not in have
    ]
    if rows:
        connection.execute(sa.insert(KEY), rows)


def key_text(connection: sa.Connection, digest: str) -> str | None:
    """The key with this digest as it was graded by; None where it is not kept."""
    if not sa.inspect(connection).has_table(KEY.name):
        return None
    return connection.scalar(sa.select(KEY.c.text).where(KEY.c.digest == digest))


def digest_of(data: bytes) -> str:
    """A short digest, to tell whether something is still the same."""
    return hashlib.sha256(data).hexdigest()[:16]


def answer_of_mark(marked: Marked) -> str:
    """A digest of an answer as it was scored; of what there was where it could not be."""
    if marked.value is None:
        return _digest([marked.message, marked.text])
    return _digest(marked.value)


def answer_of_cell(cell: Mapping[str, Any]) -> str:
    """A digest of what a student wrote in a cell."""
    return _digest([cell["source"], cell.get("attachments")])


def _digest(plain: Any) -> str:
    return digest_of(json.dumps(plain, sort_keys=True).encode())


def key_files(keys: Keys, items: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each item's file as it lies in the course; what has none is left out."""
    for item in items:
        path = keys.folder / f"{item}.yaml"
        if item in keys:
            yield item, path.read_text("utf-8", "replace")


class History:
    """What is known of one submitted notebook: by what each cell was graded, and its moves.

    Args:
        connection: a connection to the gradebook, in whose transaction all is written.
        notebook: the submitted notebook's id.
    """

    def __init__(self, connection: sa.Connection, notebook: str) -> None:
        make_tables(connection)
        self.connection, self.notebook = connection, notebook
        self.known = read_by(connection, [notebook]).get(notebook, {})

    def by(self, item: str) -> By:
        """By what a cell was graded last; empty where nobody knows."""
        return self.known.get(item, By())

    def put_down(
        self, student: str, item: str, by: By, standing: tuple[Standing, Standing], *, again: bool
    ) -> None:
        """Put down by what a cell is graded now, and its move if its points have changed.

        Args:
            student: nbgrader's id.
            item: the cell's grade id.
            by: by what.
            standing: what stood in the gradebook before, and what stands there now.
            again: whether any answer in the notebook differs from the one graded last.
        """
        why = why_moved(self.by(item), by, again=again)
        move = move_of(student, item, *standing, why)
        write_moves(self.connection, [] if move is None else [(self.notebook, move)])
        write_by(self.connection, {self.notebook: {**self.known, item: by}})


def move_of(student: str, item: str, before: Standing, after: Standing, why: Why) -> Move | None:
    """The move between two gradings; None where no points that counted have changed."""
    if before.manual is not None or before.auto is None or after.auto is None:
        return None
    if not has_moved(before.auto, after.auto):
        return None
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    return Move(student, item, before.auto, after.auto, now, why)


def why_moved(before: By, now: By, *, again: bool) -> Why:
    """What had changed between two gradings of one answer.

    Args:
        before: by what it was graded the first time; its key is empty where nobody knows.
        now: by what it is graded now.
        again: whether any answer in its notebook differs.
    """
    if not before.key:
        return "unknown"
    if before.key != now.key:
        return "both" if again else "key"
    return "answer" if again else "rules"
