"""Points per criterion: what a rubric's shares are in whole points, and what a person gave.

The gradebook holds one number for an essay. How it came about lies beside it, in
``criteria/<assignment>/<student>.json``: the essays' page writes it, feedback reads it. Where the
gradebook's number is another one, somebody changed it elsewhere, and the criteria are not shown.
"""

from __future__ import annotations

import math
import os
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from b2bcourse.responses.disk import persistent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from b2bcourse.items.essay import Criterion, EssayItem

FOLDER: Final = "criteria"
"""In the course folder: a file for each student, by assignment."""

_UNITS: Final = tuple(Fraction(1, parts) for parts in (1, 2, 4, 10, 100))
"""Whole points; where an essay has too few of them for its criteria, or is worth a part, less."""
_FINEST: Final = 10_000
_CLOSE: Final = 0.005
"""Two sums that differ by less are the same: a gradebook's number may have been rounded."""


class Worth(msgspec.Struct, frozen=True):
    """What a criterion is worth in an essay of so many points.

    Attributes:
        id: the criterion's.
        maximum: its points; those of all criteria add up to the essay's.
        levels: the points of each level, in the rubric's order.
    """

    id: str
    maximum: float
    levels: tuple[float, ...]


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a person gave one essay.

    Attributes:
        points: by criterion.
        by: who gave them.
        at: when (ISO 8601, UTC).
    """

    points: dict[str, float]
    by: str
    at: str

    @property
    def total(self) -> float:
        """The sum, which the gradebook holds as the hand grade."""
        return math.fsum(self.points.values())

    def fits(self, manual: float | None) -> bool:
        """Whether the gradebook's hand grade is still this sum."""
        return manual is not None and math.isclose(self.total, manual, abs_tol=_CLOSE)

    def level(self, worth: Worth) -> int | None:
        """The level that was reached: the best one whose points were given; None without points."""
        got = self.points.get(worth.id)
        if got is None or not worth.levels:
            return None
        reached = [n for n, points in enumerate(worth.levels) if points <= got + _CLOSE]
        return max(reached, key=lambda n: (worth.levels[n], -n), default=None)


class _OfStudent(msgspec.Struct):
    schema: Literal[1] = 1
    items: dict[str, Given] = {}


def worths(item: EssayItem, maximum: float) -> tuple[Worth, ...]:
    """The points of an essay's criteria and their levels, made whole by largest remainder.

    Args:
        item: the essay; its shares are what an author wrote.
        maximum: the cell's points.

    Returns:
        A worth for each criterion in the rubric's order; the maxima add up to ``maximum``.
    """
    shares = [_exact(criterion.points_share) for criterion in item.rubric]
    whole = _exact(max(0.0, maximum))
    for unit in _UNITS:
        parts = apportioned(shares, int(whole / unit))
        wanted = all(part for part, share in zip(parts, shares, strict=True) if share)
        if (whole / unit).denominator == 1 and wanted:
            break
    else:
        unit = whole / _FINEST  # points that no instructor types; the sum is theirs all the same
        parts = apportioned(shares, _FINEST)
    return tuple(
        _worth(criterion, part * unit, unit)
        for criterion, part in zip(item.rubric, parts, strict=True)
    )


def apportioned(shares: Sequence[Fraction], seats: int) -> list[int]:
    """``seats`` dealt out by shares: whole numbers first, then to the largest remainders.

    Equal remainders go to whoever stands first.
    """
    total = sum(shares)
    if not total:
        return [0 for _ in shares]
    exact = [share * seats / total for share in shares]
    parts = [math.floor(each) for each in exact]
    by_rest = sorted(range(len(exact)), key=lambda n: (parts[n] - exact[n], n))
    for n in by_rest[: seats - sum(parts)]:
        parts[n] += 1
    return parts


def _worth(criterion: Criterion, maximum: Fraction, unit: Fraction) -> Worth:
    """A level's points are its share and what is left above it, dealt out in the same way."""
    seats = int(maximum / unit) if unit else 0
    levels = tuple(_of_level(_exact(level.share), seats, unit) for level in criterion.levels)
    return Worth(criterion.id, float(maximum), levels)


def _of_level(share: Fraction, seats: int, unit: Fraction) -> float:
    reached, _above = apportioned([share, 1 - share], seats)
    return float(reached * unit)


def _exact(number: float) -> Fraction:
    """A number as it was written: 0.28 of 25 is 7 and not a trifle more."""
    return Fraction(str(number))


def criteria_of(root: Path, assignment: str, student: str) -> dict[str, Given]:
    """What a person gave a student's essays, by item.

    Ask `Given.fits` with the gradebook's hand grade before showing it.

    Args:
        root: the course folder.
        assignment: the assignment's name.
        student: nbgrader's id.

    Returns:
        Empty where no essay was graded by criteria; so too where the file is broken, for the
        gradebook alone decides about points.
    """
    return _read(path_of(root, assignment, student)).items


def keep(root: Path, assignment: str, student: str, given: Mapping[str, Given]) -> None:
    """Put down what a person gave these essays; what others got stays."""
    path = path_of(root, assignment, student)
    known = _read(path)
    known.items.update(given)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(msgspec.json.format(msgspec.json.encode(known), indent=1))
    persistent(lambda: temporary.replace(path))


def path_of(root: Path, assignment: str, student: str) -> Path:
    """The file of one student."""
    return root / FOLDER / assignment / f"{student}.json"


def _read(path: Path) -> _OfStudent:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_OfStudent)
    except (FileNotFoundError, msgspec.DecodeError):
        return _OfStudent()
