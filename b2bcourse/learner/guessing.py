"""When a first guess is told: not before the lesson that it belongs to has been gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from b2bcourse.facts.lessons import Lesson


def is_early(lessons: Iterable[Lesson], item: str, tried: Collection[str]) -> bool:
    """Whether an item asks for a guess whose lesson is still to come: then it is not judged.

    A lesson is gone through when an exercise of its last sitting was tried; who skips some on the
    way is not kept waiting.

    Args:
        lessons: the lessons.
        item: the item's id.
        tried: the ids of the items that were tried.
    """
    return any(
        item in lesson.guesses and not set(_last(lesson)).intersection(tried) for lesson in lessons
    )


def _last(lesson: Lesson) -> tuple[str, ...]:
    """The exercises of a lesson's last sitting that teach; without sittings any that teach."""
    asked = lesson.sittings[-1].items if lesson.sittings else lesson.items
    return tuple(item for item in asked if item not in lesson.guesses)
