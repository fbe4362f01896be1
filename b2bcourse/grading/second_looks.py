"""Requests for a second look that come after the due date: sentences alone, no answers.

A student's side sends them through the exchange as a folder, or to an LMS as a file, of which
`FILE` is the mark. Collecting takes the sentences and leaves answers, time and lateness of the
submission that is there as they are. What came is put down in the course folder, a file for each
student; a request that came with the answers stands in them (`Response.second_look`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from b2bcourse.course_files import renamed
from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.grading.files import legible, put
from b2bcourse.grading.put_down import keep_aside
from b2bcourse.grading.reading import digest_of
from b2bcourse.grading.release import released_hashes
from b2bcourse.grading.taking import own_files
from b2bcourse.grading.troubles import Trouble, record
from b2bcourse.items.asking import cleaned
from b2bcourse.responses.bounded import read_bounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from b2bcourse.items.response import Response

FILE: Final = "second_look.json"
"""The one file of a request that is sent by itself."""

FOLDER: Final = "second-looks"
"""In the course folder: a file for each student, by assignment."""

_MAX_BYTES: Final = 256 * 1024
_MAX_EACH: Final = 5
"""So many sentences about one item are kept, the last ones."""


class SecondLookWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    unread: Text
    no_item: Text
    kept_answers: Text
    passed_over: Text
    look: Text
    nothing: Text


WORDS: Final = read_words(__package__, SecondLookWords, name="second_looks")


class Asked(msgspec.Struct, frozen=True):
    """What was said, and when as far as anybody knows (ISO 8601, UTC)."""

    text: str
    time: str = ""


class Request(msgspec.Struct, frozen=True):
    """What a student sends: a sentence for each item."""

    assignment: str
    items: dict[str, Asked]
    schema: Literal[1] = 1


class _OfStudent(msgspec.Struct):
    schema: Literal[1] = 1
    items: dict[str, list[Asked]] = {}


def encoded(request: Request) -> bytes:
    """A request as its file's bytes."""
    return msgspec.json.format(msgspec.json.encode(request), indent=1) + b"\n"


def is_alone(folder: Path) -> bool:
    """Whether a folder is a request and nothing else; by names alone, whatever they hold.

    With an answer or a notebook beside it, a file of that name is only a file.
    """
    try:
        names = {path.name for path in folder.iterdir()}
    except OSError:
        return False
    return FILE in names and names <= {FILE, *own_files()}


def read(path: Path) -> Request | None:
    """The request in a file; None where it is none."""
    try:
        return msgspec.json.decode(read_bounded(path, _MAX_BYTES), type=Request)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def take_in(
    root: Path,
    assignment: str,
    student: str,
    files: Iterable[tuple[Path, str]],
    release: Path,
) -> list[Trouble]:
    """Put down what a student asks; answers and gradebook are left alone.

    Args:
        root: the course folder.
        assignment: the assignment's name.
        student: nbgrader's id.
        files: each request's file, and when it came (ISO 8601, UTC); the later one stands last.
        release: the released folder, which says what the assignment asks.

    Returns:
        What could not be taken as it was; it is put down among the troubles as well.
    """
    troubles: list[Trouble] = []
    for path, time in files:
        request = read(path)
        if request is None:
            troubles.append(_unread(root, assignment, student, path))
            continue
        wanted = _wanted(request, release)
        _keep(root, assignment, student, [(item, one, time) for item, one in wanted.items()])
        unknown = [name for name in request.items if _today(name) not in wanted]
        troubles += [_of_no_item(student, name) for name in unknown[:_MAX_EACH]]
    record(root, assignment, student, "ask", troubles)
    return troubles


def _wanted(request: Request, release: Path) -> dict[str, Asked]:
    """What is asked about the assignment's items, by the names they have in the course."""
    known = {_today(name): name for name in released_hashes(release)}
    said = {_today(name): asked for name, asked in request.items.items()}
    return {name: asked for name, asked in said.items() if name in known}


def _today(item: str) -> str:
    """What the kit calls an item now, whose older name a file may hold."""
    return renamed().items.get(item, item)


def _keep(
    root: Path, assignment: str, student: str, wanted: Iterable[tuple[str, Asked, str]]
) -> None:
    path = path_of(root, assignment, student)
    known = _read(path)
    for item, asked, time in wanted:
        said = cleaned(asked.text)
        here = [one for one in known.items.get(item, []) if one.text != said]
        if said:
            known.items[item] = [*here, Asked(said, time)][-_MAX_EACH:]
    if known.items:
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, msgspec.json.format(msgspec.json.encode(known), indent=1))


def _unread(root: Path, assignment: str, student: str, path: Path) -> Trouble:
    digest = digest_of(path)  # empty of what is no file, or a giant
    return Trouble(
        student=student,
        what="unread",
        file=FILE,
        found=WORDS.unread,
        done=WORDS.kept_answers,
        todo=WORDS.look,
        kept=keep_aside(root, assignment, student, path, FILE) if digest else "",
        digest=digest,
    )


def _of_no_item(student: str, name: str) -> Trouble:
    return Trouble(
        student=student,
        what="unmatched",
        file=FILE,
        found=WORDS.no_item.format(item=legible(name)[:80]),
        done=WORDS.passed_over,
        todo=WORDS.nothing,
        waits=False,
    )


def asked_of(root: Path, assignment: str, student: str) -> dict[str, list[Asked]]:
    """What a student asked by itself, by the items' names of today; the last one last."""
    return _read(path_of(root, assignment, student)).items


def told(item: str, response: Response | None, asked: Mapping[str, list[Asked]]) -> str | None:
    """All that a student asks about an item, as a person may read it; None where nothing is asked.

    Args:
        item: the item's id, by whatever name the course has for it.
        response: the answer, with which a request may have come.
        asked: what came by itself; see `asked_of`.
    """
    look = response.second_look if response is not None else None
    said = [cleaned(look.text)] if look is not None else []
    said += [cleaned(one.text) for one in asked.get(_today(item), [])]
    if not said:
        return None
    return "\n".join(dict.fromkeys(filter(None, said)))


def path_of(root: Path, assignment: str, student: str) -> Path:
    """The file of one student."""
    return root / FOLDER / assignment / f"{student}.json"


def _read(path: Path) -> _OfStudent:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_OfStudent)
    except FileNotFoundError:
        return _OfStudent()
    except msgspec.DecodeError:
        path.replace(path.with_name(f"{path.name}.damaged"))  # set aside, never written over
        return _OfStudent()
