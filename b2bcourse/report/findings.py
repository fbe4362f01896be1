"""All that a report tells of a class, worked out and not yet drawn: for page and table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from b2bcourse.report.goals import goals
from b2bcourse.report.grids import grids
from b2bcourse.report.pairs import built_in_games, pairs, same_games
from b2bcourse.report.people import needing_help, stopped
from b2bcourse.report.seen import points_of, total_of
from b2bcourse.report.statistics import (
    discrimination,
    is_doubtful,
    is_flat,
    reliability,
    said_of,
    spread,
)
from b2bcourse.report.wrongs import wrongs

if TYPE_CHECKING:
    from b2bcourse.report.goals import Goal
    from b2bcourse.report.grids import Grid
    from b2bcourse.report.pairs import BuiltIn, Pair, SameGame
    from b2bcourse.report.people import Help
    from b2bcourse.report.seen import ClassSeen, Exercise, Pupil
    from b2bcourse.report.statistics import Estimate, Reliability, Size, Spread
    from b2bcourse.report.wrongs import Wrong


@dataclass(frozen=True)
class Total:
    """A student's sum in the exercises that are compared; ``whole`` if all of it is known."""

    pupil: Pupil
    points: float
    whole: bool
    known: float


@dataclass(frozen=True)
class ItemSeen:
    """An exercise in numbers.

    Attributes:
        exercise: which.
        points: the points of each student that are known.
        spread: their middle; None where nobody has any.
        goes: its corrected item-total correlation; None where that says nothing.
        counted: whether it is among the exercises that are compared.
        flat: whether all have the same points.
    """

    exercise: Exercise
    points: tuple[float, ...]
    spread: Spread | None
    goes: Estimate | None
    counted: bool
    flat: bool

    @property
    def doubtful(self) -> bool:
        """Whether it is worth a look."""
        return is_doubtful(self.goes)

    @property
    def ease(self) -> float:
        """The mean share of its points, from 0 to 1."""
        return self.spread.mean / self.exercise.maximum if self.spread else 0.0


@dataclass(frozen=True)
class Findings:
    """What there is to tell.

    Attributes:
        seen: the class.
        totals: everybody's sum, the lowest first.
        spread: of the sums that are whole; None where there are none.
        size: what may be said of so many students.
        items: the exercises in numbers.
        reliability: None where it cannot be told.
        measured: how many students the numbers are of: those all whose points are known.
        grids, wrongs, goals, help, stopped, pairs, games, built_in: see their modules.
    """

    seen: ClassSeen
    totals: tuple[Total, ...]
    spread: Spread | None
    size: Size
    items: tuple[ItemSeen, ...]
    reliability: Reliability | None
    measured: int
    grids: tuple[Grid, ...]
    wrongs: tuple[Wrong, ...]
    goals: tuple[Goal, ...]
    help: tuple[Help, ...]
    stopped: tuple[Pupil, ...]
    pairs: tuple[Pair, ...]
    games: tuple[SameGame, ...]
    built_in: tuple[BuiltIn, ...]

    @property
    def hardest(self) -> ItemSeen | None:
        """The exercise that was answered worst; None where nothing is known of any."""
        known = [item for item in self.items if item.counted and item.spread]
        return min(known, key=lambda item: item.ease) if known else None


def find(seen: ClassSeen) -> Findings:
    """Everything that a report tells of a class; the same class, the same findings."""
    totals = _totals(seen)
    whole = [total.points for total in totals if total.whole]
    table = _table(seen)
    size = said_of(len(table))
    told = size != "small" and table.shape[1] > 1
    goes = discrimination(table) if told else [None] * table.shape[1]
    return Findings(
        seen=seen,
        totals=totals,
        spread=spread(whole) if whole else None,
        size=size,
        items=_items(seen, dict(zip((one.id for one in seen.counted), goes, strict=True))),
        reliability=reliability(table) if told else None,
        measured=len(table),
        grids=tuple(grids(seen)),
        wrongs=tuple(wrongs(seen)),
        goals=tuple(goals(seen)),
        help=tuple(needing_help(seen)),
        stopped=tuple(stopped(seen)),
        pairs=tuple(pairs(seen)),
        games=tuple(same_games(seen)),
        built_in=tuple(built_in_games(seen)),
    )


def _totals(seen: ClassSeen) -> tuple[Total, ...]:
    made = []
    for pupil in seen.present:
        points, whole = total_of(pupil, seen.counted)
        found = [one for one in seen.counted if pupil.answers[one.id].points is not None]
        made.append(Total(pupil, points, whole, sum(one.maximum for one in found)))
    return tuple(sorted(made, key=lambda total: (total.points, total.pupil.name)))


def _table(seen: ClassSeen) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Students by compared exercises, only who has points in all of them."""
    rows = [row for pupil in seen.present if (row := points_of(pupil, seen.counted))]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(seen.counted))


def _items(seen: ClassSeen, goes: dict[str, Estimate | None]) -> tuple[ItemSeen, ...]:
    return tuple(_item(seen, one, goes.get(one.id)) for one in seen.exercises)


def _item(seen: ClassSeen, exercise: Exercise, goes: Estimate | None) -> ItemSeen:
    known = [a.points for _, a in seen.answers(exercise) if a.points is not None]
    return ItemSeen(
        exercise,
        tuple(known),
        spread(known) if known else None,
        goes,
        counted=exercise in seen.counted,
        flat=bool(known) and is_flat(np.array(known)),
    )
