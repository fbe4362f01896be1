"""How far one learner has come: pure, from the lessons and the history of the responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from b2bcourse.items.base import DONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from b2bcourse.facts.lessons import Lesson, Objective
    from b2bcourse.items.response import Try

State = Literal["reached", "under way", "not yet"]
ItemState = Literal["first try", "done", "to review", "under way", "not yet"]


class LessonProgress(Struct, frozen=True):
    """A lesson as far as one learner has come.

    ``objectives`` are their states in order; ``items`` each item's state by id.
    """

    lesson: Lesson
    objectives: tuple[State, ...]
    items: dict[str, ItemState]

    @property
    def done(self) -> int:
        """How many items are done."""
        return sum(state in {"first try", "done"} for state in self.items.values())

    @property
    def answered(self) -> int:
        """How many items were answered, rightly or not."""
        return len(self.items) - self.count("not yet")

    def count(self, state: ItemState) -> int:
        """How many items are in a state."""
        return sum(one == state for one in self.items.values())


class Progress(Struct, frozen=True):
    """All lessons, and what to do next: a lesson, and the number of its objective from 0."""

    lessons: tuple[LessonProgress, ...]
    next: tuple[Lesson, int] | None


def progress(
    lessons: Iterable[Lesson],
    tries: Mapping[str, Sequence[Try]],
    answered: Iterable[str] = (),
    measuring: Iterable[str] = (),
) -> Progress:
    """How far a learner has come.

    Args:
        lessons: the lessons in their order.
        tries: item id to the tries of its response, first to last.
        answered: items that have an answer, checked or not.
        measuring: questions of a test. They measure what one knows, so they are done once taken.
    """
    begun, asked = set(answered), frozenset(measuring)
    told = tuple(_lesson(lesson, tries, begun, asked) for lesson in lessons)
    return Progress(told, _next(told))


def item_state(tries: Sequence[Try], *, begun: bool, measuring: bool = False) -> ItemState:
    """The state of one item: done is what was once right without help, and is right now.

    Args:
        tries: the item's tries, first to last.
        begun: whether it has an answer, checked or not.
        measuring: whether it only measures what one knows, or asks for a guess: then it is done
            once it was tried, however.
    """
    if not tries:
        return "under way" if begun else "not yet"
    if measuring:
        return "first try" if tries[0].fraction >= DONE else "done"
    alone = [at for at, one in enumerate(tries) if one.fraction >= DONE and unaided(one, at)]
    if tries[-1].fraction < DONE or not alone:
        return "to review"
    return "first try" if alone[0] == 0 else "done"


def unaided(one: Try, at: int) -> bool:
    """Whether no hint and no answer was seen before a try, the one at a place from 0.

    Files of schema 1 do not tell: there only the first try is sure to have come before both.
    """
    return not one.helped if one.helped is not None else at == 0


def _lesson(
    lesson: Lesson, tries: Mapping[str, Sequence[Try]], begun: set[str], measuring: frozenset[str]
) -> LessonProgress:
    asked = measuring | set(lesson.guesses)
    items = {
        item: item_state(tries.get(item, ()), begun=item in begun, measuring=item in asked)
        for item in lesson.items
    }
    return LessonProgress(lesson, tuple(_goal(goal, items) for goal in lesson.objectives), items)


def _goal(goal: Objective, items: Mapping[str, ItemState]) -> State:
    states = {items[item] for item in goal.items}
    if states <= {"first try", "done"}:
        return "reached"
    return "not yet" if states == {"not yet"} else "under way"


def _next(told: Iterable[LessonProgress]) -> tuple[Lesson, int] | None:
    """The first objective that is not reached."""
    for lesson in told:
        for number, state in enumerate(lesson.objectives):
            if state != "reached":
                return lesson.lesson, number
    return None
