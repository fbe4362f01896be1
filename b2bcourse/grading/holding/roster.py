"""Names of students from a class list, as a spreadsheet or an LMS writes it.

nbgrader's own ``db student import`` stops at what Excel writes: a byte-order mark before the first
column's name, or in Korea a file in CP949.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts.reading import read_yaml
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.holding.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from b2bcourse.grading.opening import Course


class _Columns(Struct, frozen=True, forbid_unknown_fields=True):
    id: list[str]
    last_name: list[str]
    first_name: list[str]
    email: list[str]
    lms_user_id: list[str]


_COLUMNS: Final = read_yaml(Path(str(resources.files(__package__))) / "roster.yaml", _Columns)
_ENCODINGS: Final = ("utf-8-sig", "cp949")
_ODD: Final = re.compile(r"[\s/\\*+]|^\.")
"""What an id may not hold: it is a folder's name, and a part of one in the exchange."""


@dataclass(frozen=True)
class Named:
    """One student of a list; what it does not tell is empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""


@dataclass(frozen=True)
class TakenIn:
    """What became of a list: ids that are new, ids about whom something changed, and all."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    all: int


def read_roster(path: Path) -> list[Named]:
    """The students of a class list.

    Args:
        path: a CSV file with a line of names of columns; UTF-8 or CP949, any usual separator.

    Raises:
        GradingError: it has no column of ids, or an id that cannot be one, or the same one twice.
    """
    rows = list(csv.reader(io.StringIO(_text(path)), delimiter=_separator(_text(path))))
    heads = [head.strip().casefold() for head in rows[0]] if rows else []
    places = _places(heads)
    if "id" not in places:
        known = ", ".join(_COLUMNS.id)
        raise GradingError(WORDS.no_ids.format(file=path, found=", ".join(heads), known=known))
    found: dict[str, Named] = {}
    for number, row in enumerate(rows[1:], start=2):
        named = _named(row, places)
        if not named.id:
            continue  # a line of points, as Canvas has it, or an empty one
        if _ODD.search(named.id) or named.id in found:
            raise GradingError(WORDS.bad_id.format(file=path, line=number, id=named.id))
        found[named.id] = named
    return list(found.values())


def take_in(course: Course, students: Sequence[Named]) -> TakenIn:
    """Put students into the gradebook; what a list does not tell of somebody stays as it was."""
    from nbgrader.api import MissingEntry

    added, changed = [], []
    with course.gradebook() as gradebook:
        for named in students:
            about = dict(_about(named))
            try:
                known = gradebook.find_student(named.id)
            except MissingEntry:
                added.append(named.id)
            else:
                if all(getattr(known, name) == value for name, value in about.items()):
                    continue
                changed.append(named.id)
            gradebook.update_or_create_student(named.id, **about)
    return TakenIn(tuple(added), tuple(changed), len(students))


def _about(named: Named) -> Iterator[tuple[str, str]]:
    for name in ("first_name", "last_name", "email", "lms_user_id"):
        if value := getattr(named, name):
            yield name, value


def _text(path: Path) -> str:
    data = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise GradingError(WORDS.no_encoding.format(file=path))


def _separator(text: str) -> str:
    """What stands between columns: what the first line has most of."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _places(heads: Sequence[str]) -> Mapping[str, int]:
    """Which column holds what; none serves twice."""
    places: dict[str, int] = {}
    for name in _COLUMNS.__struct_fields__:
        free = [head for head in getattr(_COLUMNS, name) if head in heads]
        taken = set(places.values())
        place = next((heads.index(head) for head in free if heads.index(head) not in taken), None)
        if place is not None:
            places[name] = place
    return places


def _named(row: Sequence[str], places: Mapping[str, int]) -> Named:
    told = {name: row[at].strip() for name, at in places.items() if at < len(row)}
    first, last = told.get("first_name", ""), told.get("last_name", "")
    if "last_name" not in places and first.count(",") == 1:
        last, first = (part.strip() for part in first.split(","))  # Canvas: «Kim, Min-ji»
    return Named(**{**told, "first_name": first, "last_name": last, "id": told.get("id", "")})
