"""Names for people who are not to be named: the same for a course, in both languages.

A course draws each student a number once and keeps it in ``pseudonyms.json`` beside the gradebook;
the number is a name of two words in either language. Who has that file knows who is who.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.faults import of_system
from b2bcourse.facts.reading import read_words
from b2bcourse.grading.base import GradingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.report.seen import ClassSeen

FILE: Final = "pseudonyms.json"


class NameWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What names are made of, and what is said of a file that cannot be used."""

    first: tuple[Text, ...]
    second: tuple[Text, ...]
    more: Text
    bad_file: Text
    not_kept: Text


WORDS: Final = read_words(__package__, NameWords, "pseudonyms")
_ALL: Final = len(WORDS.first) * len(WORDS.second)


class Drawn(Struct, forbid_unknown_fields=True):
    """The numbers drawn so far, by nbgrader's id."""

    schema: Literal[1] = 1
    numbers: dict[str, int] = {}


def name_of(number: int, lang: Lang) -> str:
    """The name that a number stands for; from the last one on with a figure behind it."""
    rounds, place = divmod(number, _ALL)
    first, second = divmod(place, len(WORDS.second))
    name = WORDS.more[lang].format(
        first=WORDS.first[first][lang], second=WORDS.second[second][lang]
    )
    return f"{name} {rounds + 1}" if rounds else name


def numbers_for(
    root: Path, students: Iterable[str], draw: Callable[[int], int] = secrets.randbelow
) -> dict[str, int]:
    """The numbers of some students; those who have none yet draw one, and it is kept.

    Args:
        root: the course folder.
        students: nbgrader's ids.
        draw: a random number below the one given.

    Raises:
        GradingError: the file cannot be read, or not be written.
    """
    drawn = _read(root / FILE)
    new = [student for student in students if student not in drawn.numbers]
    for student in new:
        drawn.numbers[student] = _free(set(drawn.numbers.values()), draw)
    if new:
        _write(root / FILE, drawn)
    return drawn.numbers


def under_pseudonyms(seen: ClassSeen, root: Path) -> ClassSeen:
    """A class in which nobody is named: pseudonyms for names and ids, and in their order.

    What students wrote is left out, since they may sign it.
    """
    numbers = numbers_for(root, [pupil.id for pupil in seen.pupils])
    pupils = []
    for pupil in seen.pupils:
        name = name_of(numbers[pupil.id], seen.lang)
        answers = {
            item: replace(answer, asked=None if answer.asked is None else "")
            for item, answer in pupil.answers.items()
        }
        pupils.append(replace(pupil, id=name, name=name, answers=answers))
    pupils.sort(key=lambda pupil: pupil.id)
    return replace(seen, pupils=tuple(pupils), named=False)


def _free(taken: set[int], draw: Callable[[int], int]) -> int:
    """A number that nobody has, of the first round in which any is free."""
    rounds = 0
    while len(free := [n for n in range(rounds * _ALL, (rounds + 1) * _ALL) if n not in taken]) < 1:
        rounds += 1
    return free[draw(len(free))]


def _read(path: Path) -> Drawn:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Drawn, strict=True)
    except FileNotFoundError:
        return Drawn()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise GradingError(WORDS.bad_file.format(path=path, detail=error)) from error


def _write(path: Path, drawn: Drawn) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(drawn), indent=1))
        temporary.replace(path)
    except OSError as error:
        raise GradingError(WORDS.not_kept.format(path=path, detail=of_system(error))) from error
