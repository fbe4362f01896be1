"""What the day's card says, on the first page and in its notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from datetime import date, datetime

    from b2bcourse.facts import Lang
    from b2bcourse.learner.day import Day


class DayWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What the day's card says, by name."""

    title: Text
    review: Text
    decision: Text
    nothing: Text
    begin: Text
    back_on: Text
    back_tomorrow: Text
    comes_tomorrow: Text
    comes_on: Text
    comes_dated: Text
    done: Text
    next: Text
    all_reached: Text
    weekdays: Text
    minutes: Text
    over: Text
    head: Text
    reviews: Text
    one_review: Text
    small: Text
    again: Text
    again_told: Text
    sitting: Text
    finish: Text
    dated: Text
    months: Text


WORDS: Final = read_words(__package__, DayWords, "day")
_WEEK: Final = 7


def told(card: Day, lang: Lang, now: datetime) -> str:
    """What stands above the list: when something comes back, and what is next."""
    return " ".join(filter(None, (returning(card, lang, now), following(card, lang))))


def returning(card: Day, lang: Lang, now: datetime) -> str:
    """When to come back, where nothing is due any more today; empty while something is."""
    if any(not one.done for one in card.reviews):
        return ""
    if card.back is None:
        return WORDS.begin[lang]
    begin = (WORDS.done if card.reviews else WORDS.nothing)[lang]
    return f"{begin} {_back(card.back, lang, now)}"


def following(card: Day, lang: Lang) -> str:
    """Where she goes on."""
    if card.next is None:
        return WORDS.all_reached[lang]
    lesson, goal = card.next
    title, text = lesson.title[lang], lesson.objectives[goal].text[lang]
    return WORDS.next[lang].format(number=lesson.number, title=title, goal=text)


def _back(when: date, lang: Lang, now: datetime) -> str:
    return _on(when, lang, now, (WORDS.back_tomorrow, WORDS.back_on, WORDS.dated))


def coming(when: date, lang: Lang, now: datetime) -> str:
    """On which day what an exercise asks is asked again."""
    return _on(when, lang, now, (WORDS.comes_tomorrow, WORDS.comes_on, WORDS.comes_dated))


def _on(when: date, lang: Lang, now: datetime, words: tuple[Text, Text, Text]) -> str:
    """A sentence with a day: tomorrow, within the week by its name, else by its date."""
    tomorrow, named, dated = words
    away = (when - now.date()).days
    if away <= 1:
        return tomorrow[lang]
    if away < _WEEK:
        return named[lang].format(day=_one(WORDS.weekdays[lang], when.weekday()))
    return dated[lang].format(month=_one(WORDS.months[lang], when.month - 1), day=when.day)


def _one(names: str, at: int) -> str:
    return names.split()[at]
