"""The day's card on screen: reviews that begin blank, and one small decision."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from b2bcourse.items import kind_of
from b2bcourse.items.response import REVIEW
from b2bcourse.responses import Store
from b2bcourse.responses.reading import REVIEWS
from b2bcourse.widgets.lists import Listing

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.items.authored import ItemBase
    from b2bcourse.widgets.exercise import Exercise


class Card(Struct, frozen=True):
    """What the list of a day says: its title, what stands above it, and of each row what it is."""

    title: str
    told: str
    review: str
    decision: str


class DayList(Listing):
    """The reviews of a day and one small decision; one opens at a time.

    Args:
        folder: the folder in which the answers lie.
        items: the authored items, in the order of the list.
        reviews: the ids of those that are reviews.
        card: what it says.
        lang: the language.
        now: the present, in the reader's own zone.
    """

    def __init__(
        self,
        folder: Path,
        items: Sequence[ItemBase],
        reviews: Collection[str],
        card: Card,
        lang: Lang,
        now: datetime,
    ) -> None:
        self._card, self._now, self._reviews = card, now, frozenset(reviews)
        super().__init__(folder, items, lang, card.title)
        self.view.told = card.told
        self._refresh()

    def open(self, item: str) -> None:
        """Put an exercise below the list; a review of another day is begun anew."""
        if item in self._reviews:
            with contextlib.suppress(OSError):  # what cannot be written is told at the first save
                (self._folder / REVIEWS).mkdir(exist_ok=True)
                self._begin_anew(self._items[item])
        super().open(item)

    def _begin_anew(self, item: ItemBase) -> None:
        """What was judged on another day has its try on file; to remember one begins blank."""
        store, kind, face = self._store(item), kind_of(item.kind), self._face(item)
        found = store.read().response
        if found is None or not found.tries or self._is_today(found.tries[-1].time):
            return
        store.save(kind.replacing(face, kind.blank(face)), was=found.value)

    def _is_today(self, said: str) -> bool:
        try:
            when = datetime.fromisoformat(said).astimezone(self._now.tzinfo)
        except ValueError:
            return False
        return when.date() == self._now.date()

    def _exercise(self, item: ItemBase) -> Exercise:
        exercise = super()._exercise(item)
        exercise.occasion = REVIEW if item.id in self._reviews else "lesson"
        return exercise

    def _store(self, item: ItemBase) -> Store:
        home = self._folder / REVIEWS if item.id in self._reviews else self._folder
        return Store(home, self._face(item), item)

    def _entry(self, item: ItemBase) -> dict[str, Any]:
        what = self._card.review if item.id in self._reviews else self._card.decision
        return {**super()._entry(item), "note": what}

    def _state(self, item: ItemBase) -> str:
        response = self._store(item).read().response
        stale = response and response.tries and not self._is_today(response.tries[-1].time)
        return "" if stale else super()._state(item)
