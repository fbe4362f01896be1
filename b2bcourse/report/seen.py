"""A class as the report sees it: plain data, whoever has graded it and wherever it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.grading.keys import AnyQuestion
    from b2bcourse.items import Outcome

State = Literal["scored", "blank", "unread", "old", "hand"]
"""Scored; nothing answered; not readable; to an exercise as it was; graded by a person alone."""


@dataclass(frozen=True)
class Answer:
    """What one student answered in one exercise, and what it got.

    Attributes:
        state: what could be done with it.
        points: what counts; None while nobody has said.
        waits: whether a person has still to look at it.
        outcome: what the key says of it; None where it was not scored.
        value: the answer as it was scored.
        asked: the sentence with which a second look was asked for; None where none was.
        moved: whether today's key gives other points than the gradebook holds.
    """

    state: State
    points: float | None = None
    waits: bool = False
    outcome: Outcome | None = None
    value: Any = None
    asked: str | None = None
    moved: bool = False


@dataclass(frozen=True)
class Exercise:
    """A graded cell with its number in the assignment.

    ``question`` is None where the cell is none of the kit's.
    """

    number: int
    id: str
    title: str
    maximum: float
    by_hand: bool
    question: AnyQuestion | None = None


@dataclass(frozen=True)
class Trace:
    """The last that was seen of a student: when (UTC, no zone), and the assignment's title."""

    at: dt.datetime
    assignment: str


@dataclass(frozen=True)
class Pupil:
    """One student.

    Attributes:
        id: nbgrader's id, or the pseudonym.
        name: as the page calls the student.
        handed_in: whether something was handed in.
        late: seconds after the due date.
        penalty: points taken off for being late.
        answers: by exercise.
        before: the share of the last assignment's points that were earned, from 0 to 1.
        trace: what was last seen of the student elsewhere.
        troubles: how many things of what was handed in nobody has looked at yet.
        other_seeds: exercises whose game was played on another seed than this student's own.
    """

    id: str
    name: str
    handed_in: bool
    late: float = 0.0
    penalty: float = 0.0
    answers: Mapping[str, Answer] = field(default_factory=dict)
    before: float | None = None
    trace: Trace | None = None
    troubles: int = 0
    other_seeds: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassSeen:
    """One assignment of one class.

    Attributes:
        assignment: its name.
        title: its title as the notebook tells it.
        lang: the course's language.
        now: when the class was looked at, in the zone of who looks.
        due: when it was due, in the same zone; None where no date is set.
        exercises: in the notebooks' order.
        pupils: everybody in the gradebook, and who else handed something in.
        before: the name of the assignment that `Pupil.before` speaks of.
        troubles: how many things nobody has looked at yet, and how many there were.
        named: whether the page may name people; else they have pseudonyms.
    """

    assignment: str
    title: str
    lang: Lang
    now: dt.datetime
    due: dt.datetime | None
    exercises: tuple[Exercise, ...]
    pupils: tuple[Pupil, ...]
    before: str = ""
    troubles: tuple[int, int] = (0, 0)
    named: bool = True

    @property
    def present(self) -> tuple[Pupil, ...]:
        """Who has handed in."""
        return tuple(pupil for pupil in self.pupils if pupil.handed_in)

    @property
    def is_over(self) -> bool:
        """Whether the due date is past; without one, when half of the class has handed in."""
        if self.due is not None:
            return self.now > self.due
        return 2 * len(self.present) >= len(self.pupils)

    @property
    def counted(self) -> tuple[Exercise, ...]:
        """The exercises that points are compared in: an essay only when all have been read."""
        return tuple(one for one in self.exercises if one.number not in self._unfinished)

    @property
    def left_out(self) -> tuple[Exercise, ...]:
        """The exercises of which somebody's essay has still to be read."""
        return tuple(one for one in self.exercises if one.number in self._unfinished)

    @property
    def _unfinished(self) -> frozenset[int]:
        return frozenset(
            one.number
            for one in self.exercises
            if one.by_hand and any(answer.points is None for _, answer in self.answers(one))
        )

    @property
    def maximum(self) -> float:
        """The points of the exercises that are compared."""
        return sum(one.maximum for one in self.counted)

    def answers(self, exercise: Exercise) -> Iterator[tuple[Pupil, Answer]]:
        """Who handed in, each with the answer to an exercise."""
        for pupil in self.present:
            if exercise.id in pupil.answers:
                yield pupil, pupil.answers[exercise.id]

    def scored(self, exercise: Exercise) -> Iterator[tuple[Pupil, Answer]]:
        """Who answered an exercise so that the key says something of it."""
        for pupil, answer in self.answers(exercise):
            if answer.outcome is not None:
                yield pupil, answer


def points_of(pupil: Pupil, exercises: Iterable[Exercise]) -> list[float] | None:
    """A student's points in some exercises; None where one of them is not known yet."""
    found = [pupil.answers[one.id].points for one in exercises if one.id in pupil.answers]
    return None if None in found else [each for each in found if each is not None]


def total_of(pupil: Pupil, exercises: Iterable[Exercise]) -> tuple[float, bool]:
    """A student's sum in some exercises so far, the penalty taken off; and whether it is whole."""
    asked = list(exercises)
    found = [pupil.answers[one.id].points for one in asked if one.id in pupil.answers]
    known = [each for each in found if each is not None]
    return max(0.0, sum(known) - pupil.penalty), len(known) == len(asked)
