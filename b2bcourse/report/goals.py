"""Which objectives of the lessons need another hour, by what the class earned where they count.

A graded exercise names its lesson, not its objective. It counts for the objective whose practice is
nearest to it: that rests on the same facts, is read again in the same section, and is of the same
shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from b2bcourse.context import bank_folder
from b2bcourse.facts.lessons import lessons
from b2bcourse.items import load_item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.facts.lessons import Lesson, Objective
    from b2bcourse.items.authored import ItemBase
    from b2bcourse.report.seen import ClassSeen, Exercise, Pupil

HALF: Final = 0.5
THIRD: Final = 1 / 3
SHOWN: Final = 3
_SHAPE: Final = ("kind", "form", "marks", "mode", "several", "evidence")
"""Fields in which exercises of one shape are alike; a kind has some of them."""


@dataclass(frozen=True)
class Goal:
    """An objective with how the class stands.

    Attributes:
        lesson: the lesson's number.
        text: the objective.
        below: how many earned less than half where it counts.
        students: of how many.
        share: what the class earned there on average, from 0 to 1.
        exercises: the numbers of the exercises that count for it.
    """

    lesson: str
    text: str
    below: int
    students: int
    share: float
    exercises: tuple[int, ...]

    @property
    def needs_an_hour(self) -> bool:
        """Whether a third of the class or more earned less than half."""
        return self.below >= THIRD * self.students


def goals(seen: ClassSeen) -> list[Goal]:
    """The objectives that an assignment asks for, the weakest first."""
    found: dict[str, tuple[Lesson, Objective, list[Exercise]]] = {}
    for exercise in seen.counted:
        if nearest := _nearest(exercise):
            lesson, objective = nearest
            found.setdefault(objective.id, (lesson, objective, []))[2].append(exercise)
    made = [_goal(seen, *one) for one in found.values()]
    return sorted(filter(None, made), key=lambda goal: (goal.share, goal.lesson, goal.text))


def _goal(
    seen: ClassSeen, lesson: Lesson, objective: Objective, exercises: list[Exercise]
) -> Goal | None:
    shares = [share for p in seen.present if (share := _share(p, exercises)) is not None]
    if not shares:
        return None
    return Goal(
        lesson=lesson.number,
        text=objective.text[seen.lang],
        below=sum(share < HALF for share in shares),
        students=len(shares),
        share=sum(shares) / len(shares),
        exercises=tuple(one.number for one in exercises),
    )


def _share(pupil: Pupil, exercises: Iterable[Exercise]) -> float | None:
    """What a student earned in some exercises; None without points in any."""
    known = [
        (points, one.maximum)
        for one in exercises
        if one.id in pupil.answers and (points := pupil.answers[one.id].points) is not None
    ]
    most = sum(maximum for _, maximum in known)
    return sum(points for points, _ in known) / most if most else None


def _nearest(exercise: Exercise) -> tuple[Lesson, Objective] | None:
    """The objective that an exercise counts for; None where it names no lesson."""
    item = exercise.question.item if exercise.question else None
    lesson = next((one for one in lessons() if item and _is_of(item, one)), None)
    if item is None or lesson is None:
        return None
    likeness = {one.id: _likeness(item, one) for one in lesson.objectives}
    best = max(lesson.objectives, key=lambda one: likeness[one.id])
    return (lesson, best) if likeness[best.id] else None


def _is_of(item: ItemBase, lesson: Lesson) -> bool:
    return item.read is not None and item.read.notebook == lesson.id


def _likeness(item: ItemBase, objective: Objective) -> float:
    return max((_alike(item, other) for other in _practice(objective.items)), default=0.0)


def _alike(item: ItemBase, other: ItemBase) -> float:
    """How near two exercises are: the share of facts in common, the section, the shape."""
    one, two = set(item.rests_on), set(other.rests_on)
    facts = len(one & two) / len(one | two) if one | two else 0.0
    return facts + HALF * _same_section(item, other) + HALF * (_shape(item) == _shape(other))


def _same_section(item: ItemBase, other: ItemBase) -> bool:
    return bool(item.read and other.read and item.read.anchor == other.read.anchor)


def _shape(item: ItemBase) -> tuple[object, ...]:
    return tuple(getattr(item, name, None) for name in _SHAPE)


@lru_cache(maxsize=64)
def _practice(items: tuple[str, ...]) -> tuple[ItemBase, ...]:
    paths = (bank_folder() / f"{item}.yaml" for item in items)
    return tuple(load_item(path) for path in paths if path.exists())
