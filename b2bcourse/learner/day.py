"""The day's card: what comes back, what is next, and one small decision; twenty minutes in all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts.lessons import form, gains, lessons
from b2bcourse.facts.reviews import reviews
from b2bcourse.items.base import DONE
from b2bcourse.learner.forms import as_today
from b2bcourse.learner.progress import progress
from b2bcourse.learner.reviews import next_day, of_today, scheduled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from b2bcourse.facts.lessons import Lesson
    from b2bcourse.items.response import Try
    from b2bcourse.learner.reviews import Review

NOTEBOOK: Final = "today"
"""The notebook that shows the day's card."""


class Decision(Struct, frozen=True):
    """One small decision: an item of a list of further practice that was never tried before.

    ``done`` tells whether it was tried today, ``right`` whether the last try was right.
    """

    item: str
    lesson: str
    done: bool = False
    right: bool = False


class Day(Struct, frozen=True):
    """What a learner may do today.

    Attributes:
        reviews: what is asked again, what was asked today among it.
        decision: the small decision; `None` where there is none.
        back: the next day on which something comes back; `None` where nothing was tried yet.
        next: the lesson in which she goes on, and the number of the objective from 0; `None`
            where everything is reached.
    """

    reviews: tuple[Review, ...]
    decision: Decision | None
    back: date | None
    next: tuple[Lesson, int] | None


def day(tries: Mapping[str, Sequence[Try]], now: datetime) -> Day:
    """The card of a day.

    Args:
        tries: by item, its tries, those of reviews among them.
        now: the present, in the reader's own zone.
    """
    tried = as_today(gains(), dict(tries))
    lesson_of = {item: lesson.id for lesson in lessons() for item in lesson.items}
    found = scheduled(reviews().facts, lesson_of, tried, now)
    asked = of_today(found, now.date())
    measuring = [*form(gains(), "pre"), *form(gains(), "post")]
    return Day(
        asked,
        _decision(tried, {one.item for one in asked}, now),
        next_day(found, now.date()),
        progress(lessons(), tried, answered=tried, measuring=measuring).next,
    )


def _decision(
    tries: Mapping[str, Sequence[Try]], asked: set[str], now: datetime
) -> Decision | None:
    """What was tried today for the first time, else the first that was never tried."""
    short = {item for items in reviews().facts.values() for item in items}
    begun = [one for one in lessons() if any(tries.get(item) for item in one.items)]
    rows = [
        (item, lesson.id, tries.get(item, ()))
        for lesson in begun
        for item in lesson.more
        if item in short and item not in asked
    ]
    for item, lesson, tried in rows:
        if tried and _is_today(tried[0].time, now):
            return Decision(item, lesson, done=True, right=tried[-1].fraction >= DONE)
    return next((Decision(item, lesson) for item, lesson, tried in rows if not tried), None)


def _is_today(said: str, now: datetime) -> bool:
    from datetime import datetime

    try:
        return datetime.fromisoformat(said).astimezone(now.tzinfo).date() == now.date()
    except ValueError:
        return False
