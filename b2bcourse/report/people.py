"""Who needs help, with one reason and one act; who has stopped, with the last that was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from b2bcourse.report.seen import total_of

if TYPE_CHECKING:
    from b2bcourse.report.seen import Answer, ClassSeen, Exercise, Pupil

LOW: Final = 2 / 5
"""Who has less than this of the points needs help."""
FALL: Final = 0.25
"""Who fell by this much of all points since the last assignment does too."""
SHOWN: Final = 6

Reason = Literal["unread", "blank", "fell", "low"]


@dataclass(frozen=True)
class Weak:
    """An exercise in which a student earned little: points, and of how many."""

    exercise: Exercise
    points: float


@dataclass(frozen=True)
class Help:
    """A student who needs help.

    Attributes:
        pupil: who.
        points: the sum so far, of the exercises that are compared.
        whole: whether all of it is known.
        reason: the one that comes first.
        fell: by how many of 100 points, where that is the reason.
        blank: how many exercises were left without an answer.
        weak: the exercises that cost most, the worst first.
        unread: the exercise whose answer could not be read.
    """

    pupil: Pupil
    points: float
    whole: bool
    reason: Reason
    fell: float = 0.0
    blank: int = 0
    weak: tuple[Weak, ...] = ()
    unread: Exercise | None = None


def needing_help(seen: ClassSeen) -> list[Help]:
    """Those who need help, the lowest first."""
    found = [one for pupil in seen.present if (one := _help(seen, pupil))]
    return sorted(found, key=lambda one: (one.points, one.pupil.name))


def stopped(seen: ClassSeen) -> list[Pupil]:
    """Who handed nothing in, the longest unseen first; nobody before the due date."""
    if not seen.is_over:
        return []
    return sorted((p for p in seen.pupils if not p.handed_in), key=_last_seen)


def still_to_come(seen: ClassSeen) -> int:
    """How many may still hand in."""
    return 0 if seen.is_over else len(seen.pupils) - len(seen.present)


def _last_seen(pupil: Pupil) -> tuple[str, str]:
    return (pupil.trace.at.isoformat() if pupil.trace else "", pupil.name)


def _help(seen: ClassSeen, pupil: Pupil) -> Help | None:
    points, whole = total_of(pupil, seen.counted)
    known = sum(one.maximum for one in seen.counted if _points(pupil, one) is not None)
    share = points / known if known else 0.0
    unread = next((one for one in seen.exercises if _state(pupil, one) in {"unread", "old"}), None)
    fell = pupil.before - share if pupil.before is not None else 0.0
    blank = sum(_state(pupil, one) == "blank" for one in seen.counted)
    if unread is not None:
        reason: Reason = "unread"
    elif share < LOW:
        reason = "blank" if blank and 2 * blank >= len(seen.counted) else "low"
    elif fell >= FALL:
        reason = "fell"
    else:
        return None
    weak = _weak(seen, pupil)
    return Help(pupil, points, whole, reason, 100 * fell, blank, weak, unread)


def _points(pupil: Pupil, exercise: Exercise) -> float | None:
    answer: Answer | None = pupil.answers.get(exercise.id)
    return answer.points if answer else None


def _state(pupil: Pupil, exercise: Exercise) -> str:
    answer = pupil.answers.get(exercise.id)
    return answer.state if answer else ""


def _weak(seen: ClassSeen, pupil: Pupil) -> tuple[Weak, ...]:
    """The two exercises that cost most points, of those that are known."""
    found = [
        Weak(one, points)
        for one in seen.counted
        if (points := _points(pupil, one)) is not None and points < one.maximum
    ]
    found.sort(key=lambda weak: weak.points - weak.exercise.maximum)
    return tuple(found[:2])
