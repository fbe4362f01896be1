"""The day's card on the first page: what comes back, where one goes on, one small decision."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final

from b2bcourse.learner.day import NOTEBOOK
from b2bcourse.learner.day_words import WORDS, returning
from b2bcourse.serving.learner.calm import day, mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bcourse.facts import Lang
    from b2bcourse.learner.day import Day
    from b2bcourse.serving.learner.calm import Mark, Site
    from b2bcourse.serving.learner.home import Home

_REVIEW: Final = 3
"""So many minutes a review takes, and so many the small decision."""


def today(home: Home, site: Site, path: Callable[[str], str], say: Callable[[str], str]) -> str:
    """The card as a list; nothing of it before anything was tried.

    Args:
        home: what the first page shows.
        site: the server's addresses.
        path: where a file of the working copy lies below the server's root.
        say: the first page's words.
    """
    card, lang = home.day, home.lang
    if card.back is None:
        return ""
    now = datetime.now(UTC).astimezone(site.zone)
    where = escape(site.lesson(path(f"{NOTEBOOK}.ipynb")))
    rows = [_reviews(card, lang, where), _nothing(card, lang, now), _next(home, site, path, say)]
    rows += [_decision(card, home.decision, lang, where)] if card.decision else []
    head = WORDS.head[lang].format(day=day(now, say, zone=site.zone))
    return (
        f'<section class="today" aria-labelledby="today"><h2 class="head" id="today">'
        f"{escape(head)}</h2>"
        f'<ul class="list">{"".join(rows)}</ul></section>'
    )


def _reviews(card: Day, lang: Lang, where: str) -> str:
    if not card.reviews:
        return ""
    left = sum(not one.done for one in card.reviews)
    numbers = sorted({one.lesson.partition("-")[0] for one in card.reviews})
    text = WORDS.reviews if len(card.reviews) > 1 else WORDS.one_review
    said = text[lang].format(n=len(card.reviews), lessons=", ".join(numbers))
    state: Mark = "tick" if not left else "half" if left < len(card.reviews) else "none"
    return _row(state, said, where, _time(left, lang), is_done=not left)


def _next(home: Home, site: Site, path: Callable[[str], str], say: Callable[[str], str]) -> str:
    """The sitting that comes next."""
    resume = home.resume
    if resume.sitting is None:
        return ""
    names = {"number": resume.row.number, "sitting": sitting_of(resume.sitting, say)}
    said = (WORDS.finish if resume.begun else WORDS.sitting)[home.lang].format(**names)
    where = escape(site.lesson(path(resume.row.notebook)))
    when = WORDS.minutes[home.lang].format(n=resume.minutes)
    return _row("half" if resume.begun else "none", said, where, when, is_done=False)


def sitting_of(number: int, say: Callable[[str], str]) -> str:
    """What a sitting is called, of a number from 0."""
    return say("sittings").split(", ")[number]


def _decision(card: Day, title: str, lang: Lang, where: str) -> str:
    assert card.decision is not None  # `today` saw to it
    done = card.decision.done
    said = WORDS.small[lang].format(title=title)
    return _row("tick" if done else "none", said, where, _time(not done, lang), is_done=done)


def _nothing(card: Day, lang: Lang, now: datetime) -> str:
    """When to come back, once nothing is due."""
    said = returning(card, lang, now)
    return (
        f'<li class="item is-short"><span></span><span>{escape(said)}</span></li>' if said else ""
    )


def _row(state: Mark, said: str, where: str, when: str, *, is_done: bool) -> str:
    kind = "item is-short is-done" if is_done else "item is-short"
    return (
        f'<li class="{kind}">{mark(state)}<a class="name" href="{where}">{escape(said)}</a>'
        f'<span class="when">{escape(when)}</span></li>'
    )


def _time(times: int, lang: Lang) -> str:
    return WORDS.minutes[lang].format(n=times * _REVIEW) if times else WORDS.over[lang]
