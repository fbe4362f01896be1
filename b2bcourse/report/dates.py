"""Dates as a page tells them: nbgrader keeps UTC, a reader has a zone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from b2bcourse.report.words import MONTHS, WORDS

if TYPE_CHECKING:
    from b2bcourse.facts import Lang


def local(moment: dt.datetime, now: dt.datetime) -> dt.datetime:
    """A moment as nbgrader keeps it (UTC, without a zone) in the zone of ``now``."""
    return moment.replace(tzinfo=dt.UTC).astimezone(now.tzinfo)


def with_time(moment: dt.datetime, lang: Lang) -> str:
    """Day and minute; the year is the reader's own."""
    return WORDS.date[lang].format(time=f"{moment:%H:%M}", **_day(moment, lang))


def day_of(moment: dt.datetime, lang: Lang) -> str:
    """The day alone."""
    return WORDS.day[lang].format(**_day(moment, lang))


def _day(moment: dt.datetime, lang: Lang) -> dict[str, object]:
    return {"day": moment.day, "month": MONTHS[moment.month - 1][lang]}
