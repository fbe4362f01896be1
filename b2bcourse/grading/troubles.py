"""What was handed in and could not be matched, read or kept whole: one list a course.

Collect and grading write it; the end of a run, the troubles' page, the essays' page, feedback and
the report read it. A trouble waits until somebody has seen it, and stays seen in later runs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from b2bcourse.facts import Text
from b2bcourse.responses.disk import persistent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FOLDER: Final = "troubles"
"""In the course folder: a file for each student, by assignment; beside it what was kept aside."""

UNKNOWN: Final = "unknown"
"""Under this name stands what nobody knows whose it is."""

What = Literal["unmatched", "unread", "unwhole", "refused"]
"""No place in the assignment; not readable; only a part taken; left out for safety or its owner."""
Step = Literal["collect", "refuse", "mend", "grade", "ask"]
"""Bringing in, refusing what came, putting in order, reading and grading, a second look's wish."""


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a person must know of.

    Attributes:
        student: nbgrader's id.
        what: what went wrong.
        file: the path within what was handed in; empty where it is about no one file.
        item: the item that it may answer; empty where nobody can tell.
        found: what there was.
        done: what was done with it.
        todo: what is to be done.
        kept: where the original lies, relative to the course folder; empty where nothing is kept.
        waits: whether somebody must look; what was put right by itself is only told.
        digest: of what there was, so that another file under the same name is another trouble.
    """

    student: str
    what: What
    file: str = ""
    item: str = ""
    found: Text
    done: Text
    todo: Text
    kept: str = ""
    waits: bool = True
    digest: str = ""

    @property
    def id(self) -> str:
        """The same as long as it is the same thing: by it a trouble stays seen."""
        parts = (self.student, self.what, self.file, self.item, self.found.en, self.digest)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]

    @property
    def thing(self) -> tuple[str, ...]:
        """What it is about, whatever is said of it."""
        return (self.student, self.what, self.file, self.item, self.digest)


class Seen(msgspec.Struct, frozen=True):
    """Who has seen a trouble, and when (ISO 8601, UTC)."""

    by: str
    at: str


class _OfStudent(msgspec.Struct):
    schema: Literal[1] = 1
    steps: dict[Step, list[Trouble]] = {}
    seen: dict[str, Seen] = {}


def record(
    root: Path, assignment: str, student: str, step: Step, troubles: Iterable[Trouble]
) -> None:
    """Put down all that a step found in one student's work, in place of what it found before.

    Args:
        root: the course folder.
        assignment: the assignment's name.
        student: nbgrader's id.
        step: what found it.
        troubles: all of that step; none clears the step.
    """
    path = _path(root, assignment, student)
    found = list(troubles)
    if not found and not path.exists():
        return
    known = _read(path)
    before = known.steps.get(step, [])
    if before != found:
        known.seen.update(_seen_before(known.seen, before, found))
        known.steps[step] = found
        _write(path, known)


def _seen_before(
    seen: Mapping[str, Seen], before: Iterable[Trouble], now: Iterable[Trouble]
) -> dict[str, Seen]:
    """Who has seen troubles that are told in other words now, since the kit has been updated."""
    there = {one.thing: seen[one.id] for one in before if one.digest and one.id in seen}
    return {one.id: there[one.thing] for one in now if one.thing in there}


def troubles_of(root: Path, assignment: str) -> list[tuple[Trouble, Seen | None]]:
    """Every trouble of an assignment, by student, each with who has seen it."""
    folder = root / FOLDER / assignment
    made = []
    for path in sorted(folder.glob("*.json")):
        known = _read(path)
        for troubles in known.steps.values():
            made += [(trouble, known.seen.get(trouble.id)) for trouble in troubles]
    return made


def waiting(root: Path, assignment: str, student: str) -> list[Trouble]:
    """The troubles of one student that somebody must look at and nobody has yet."""
    known = _read(_path(root, assignment, student))
    every = [trouble for troubles in known.steps.values() for trouble in troubles]
    return [trouble for trouble in every if trouble.waits and trouble.id not in known.seen]


def would_wait(
    root: Path, assignment: str, student: str, troubles: Iterable[Trouble]
) -> list[Trouble]:
    """What would wait if grading had found these; nothing is written."""
    known = _read(_path(root, assignment, student))
    others = [each for step, found in known.steps.items() if step != "grade" for each in found]
    every = [*others, *troubles]
    return [trouble for trouble in every if trouble.waits and trouble.id not in known.seen]


def see(root: Path, assignment: str, student: str, which: Iterable[Trouble], by: str) -> None:
    """Put down that somebody has seen these troubles."""
    path = _path(root, assignment, student)
    known = _read(path)
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    for trouble in which:
        known.seen.setdefault(trouble.id, Seen(by, now))
    _write(path, known)


def _path(root: Path, assignment: str, student: str) -> Path:
    return root / FOLDER / assignment / f"{student}.json"


def _read(path: Path) -> _OfStudent:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_OfStudent)
    except FileNotFoundError:
        return _OfStudent()
    except msgspec.DecodeError:
        # Cut off by a full disk, or edited: the next step writes down anew what it finds.
        persistent(lambda: path.replace(path.with_name(f"{path.name}.damaged")))
        return _OfStudent()


def _write(path: Path, known: _OfStudent) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(msgspec.json.format(msgspec.json.encode(known), indent=1))
    persistent(lambda: temporary.replace(path))
