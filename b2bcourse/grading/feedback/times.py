"""Times as a student reads them: by the clock of who makes the pages, its zone named."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from b2bcourse.grading.feedback.words import WORDS

if TYPE_CHECKING:
    from b2bcourse.facts import Lang


def when(utc: dt.datetime, lang: Lang) -> str:
    """A time that nbgrader keeps, in UTC without a zone: «27 Nov 22:40 KST»."""
    here = utc.replace(tzinfo=dt.UTC).astimezone()
    name = WORDS.months[lang].split()[here.month - 1]
    return WORDS.date[lang].format(month=name, day=here.day, time=f"{here:%H:%M %Z}".strip())


def day(utc: dt.datetime, lang: Lang) -> str:
    """Its day alone."""
    here = utc.replace(tzinfo=dt.UTC).astimezone()
    name = WORDS.months[lang].split()[here.month - 1]
    return WORDS.date[lang].format(month=name, day=here.day, time="").strip()


def late_by(seconds: float, lang: Lang) -> str:
    """How late something was, in its largest unit; what is begun counts."""
    minutes = max(1, -(-int(seconds) // 60))
    units = WORDS.late_unit
    for words, size in ((units["days"], 24 * 60), (units["hours"], 60)):
        if minutes >= size:
            return words[lang].format(n=-(-minutes // size))
    return units["minutes"][lang].format(n=minutes)
