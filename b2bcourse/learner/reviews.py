"""What comes back when: pure, from the tries that lie on file and from nothing else.

What is remembered is a fact, and an item asks it. All that was tried of a fact in one sitting
counts as one attempt to remember it, as good as its poorest first try; py-fsrs, the scheduler
that Anki uses, then says when it is due. Another item of the same fact asks it where there is one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.items.base import DONE
from b2bcourse.items.response import REVIEW
from b2bcourse.learner.progress import unaided

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fsrs import Rating

    from b2bcourse.items.response import Try

MOST: Final = 3
"""So many reviews a day at most."""


class Review(Struct, frozen=True):
    """A fact that was tried, and how it is asked again.

    Attributes:
        fact: its id.
        item: the item that asks it.
        lesson: the lesson to which that item belongs.
        day: when it is due, in the reader's own time.
        done: whether it was reviewed today.
        right: whether that review was right; false where there was none.
    """

    fact: str
    item: str
    lesson: str
    day: date
    done: bool = False
    right: bool = False


class _Tried(Struct, frozen=True):
    """A try of an item of a fact."""

    when: datetime
    item: str
    sitting: str
    remembered: bool
    right: bool
    is_review: bool


def scheduled(
    facts: Mapping[str, Sequence[str]],
    lesson_of: Mapping[str, str],
    tries: Mapping[str, Sequence[Try]],
    now: datetime,
) -> tuple[Review, ...]:
    """When every fact that was tried comes back, the first to come first.

    Args:
        facts: by fact, the items that ask it.
        lesson_of: the lesson of every item.
        tries: by item, its tries, those of reviews among them.
        now: the present, in the reader's own zone.
    """
    begun = {lesson_of[item] for item in tries if tries[item] and item in lesson_of}
    found = [
        _review(fact, items, lesson_of, begun, tried, now)
        for fact, items in facts.items()
        if (tried := sorted(_tried(items, tries), key=lambda one: one.when))
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.fact)))


def of_today(found: Iterable[Review], today: date, most: int = MOST) -> tuple[Review, ...]:
    """What is reviewed today: what has been, then what is due, from one lesson after another.

    Args:
        found: all that is scheduled, the first to come first.
        today: the reader's own day.
        most: so many at most.
    """
    every = list(found)
    chosen = [one for one in every if one.done]
    due = [one for one in every if not one.done and one.day <= today]
    while due and len(chosen) < most:
        last = chosen[-1].lesson if chosen else ""
        chosen.append(next((one for one in due if one.lesson != last), due[0]))
        due.remove(chosen[-1])
    return tuple(chosen)


def next_day(found: Iterable[Review], today: date) -> date | None:
    """The next day after today on which something is due; `None` where nothing was ever tried."""
    return min((max(one.day, today + timedelta(days=1)) for one in found), default=None)


def comes_back(
    items: Iterable[str], tries: Mapping[str, Sequence[Try]], zone: tzinfo | None = None
) -> date | None:
    """The day on which a fact comes back; `None` where it was never tried.

    Args:
        items: the items that ask it.
        tries: by item, its tries.
        zone: the reader's; None takes the machine's own.
    """
    found = sorted(_tried(items, tries), key=lambda one: one.when)
    return _due(found).astimezone(zone).date() if found else None


def _tried(items: Iterable[str], tries: Mapping[str, Sequence[Try]]) -> Iterator[_Tried]:
    for item in items:
        for at, one in enumerate(tries.get(item, ())):
            when = _time(one.time)
            if when is not None:
                right = one.fraction >= DONE
                sitting = one.sitting or when.date().isoformat()
                is_review = one.occasion == REVIEW
                yield _Tried(when, item, sitting, right and unaided(one, at), right, is_review)


def _review(
    fact: str,
    items: Sequence[str],
    lesson_of: Mapping[str, str],
    begun: set[str],
    tried: Sequence[_Tried],
    now: datetime,
) -> Review:
    zone, today = now.tzinfo, now.date()
    day = _due(tried).astimezone(zone).date()
    here = [one for one in tried if one.is_review and one.when.astimezone(zone).date() == today]
    if here:
        item = here[-1].item
        return Review(fact, item, lesson_of[item], day, done=True, right=here[-1].right)
    item = _asking(items, lesson_of, begun, tried)
    return Review(fact, item, lesson_of[item], day)


def _asking(
    items: Sequence[str], lesson_of: Mapping[str, str], begun: set[str], tried: Sequence[_Tried]
) -> str:
    """The item that asks a fact: one never tried, else the one that was longest ago.

    A lesson that was not begun keeps its items for itself.
    """
    last = {one.item: one.when for one in tried}
    never = datetime.min.replace(tzinfo=UTC)
    open_ = [item for item in items if lesson_of[item] in begun]
    return min(open_, key=lambda item: last.get(item, never))


def _due(tried: Sequence[_Tried]) -> datetime:
    """When a fact is due, after all sittings in which it was tried."""
    from fsrs import Card, Scheduler  # 20 ms that no exercise has to wait for

    # A learner has one try a sitting; minutes between two looks are for cards of vocabulary. And
    # the same tries give the same day everywhere.
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=1, due=tried[0].when)
    for when, rating in _attempts(tried):
        card, _ = scheduler.review_card(card, rating, when)
    return card.due


def _attempts(tried: Sequence[_Tried]) -> Iterator[tuple[datetime, Rating]]:
    """By sitting, when it was and how well the fact was remembered in it."""
    from fsrs import Rating

    sittings: dict[str, dict[str, list[_Tried]]] = {}
    for one in tried:
        sittings.setdefault(one.sitting, {}).setdefault(one.item, []).append(one)
    for items in sittings.values():
        first = [each[0] for each in items.values()]
        later = [any(one.remembered for one in each) for each in items.values()]
        good, hard = all(one.remembered for one in first), all(later)
        rating = Rating.Good if good else Rating.Hard if hard else Rating.Again
        yield max(one.when for one in first).astimezone(UTC), rating


def _time(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
