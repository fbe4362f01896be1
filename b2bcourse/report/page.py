"""The report's page: one file that loads nothing, in either theme, and on paper."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.render.look import COLOURS, DARK
from b2bcourse.report.dates import with_time
from b2bcourse.report.grids_part import grids_part
from b2bcourse.report.html import text
from b2bcourse.report.items_part import items_part
from b2bcourse.report.lists_part import (
    goals_part,
    pairs_part,
    people_part,
    waiting_count,
    waiting_part,
    wrongs_part,
)
from b2bcourse.report.people import still_to_come
from b2bcourse.report.points_part import points_part
from b2bcourse.report.words import WORDS
from b2bcourse.report.wrongs import foremost

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.report.findings import Findings

_PAGE: Final = (
    '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
    "<title>{title}</title><style>{style}</style></head>\n<body><main>{body}</main></body></html>\n"
)


def page(found: Findings) -> str:
    """A class's report as HTML."""
    seen = found.seen
    parts = [_head(found)]
    if found.totals:
        parts += [
            _columns("two", points_part(found), items_part(found)),
            _columns("wide", grids_part(found), wrongs_part(found) + goals_part(found)),
            _columns("three", people_part(found), pairs_part(found), waiting_part(found)),
        ]
    elif found.stopped:
        parts.append(_columns("three", people_part(found)))
    return whole(seen.title, seen.lang, "\n".join(filter(None, parts)))


def whole(title: str, lang: Lang, body: str) -> str:
    """A page in one file that loads nothing.

    Args:
        title: plain text.
        lang: its language.
        body: HTML.
    """
    return _PAGE.format(lang=lang, title=text(title), style=_style(), body=body)


def _columns(kind: str, *parts: str) -> str:
    """Parts side by side; the absent ones leave their room to the others."""
    there = [f"<div>{part}</div>" for part in parts if part]
    return f'<div class="{kind} n{len(there)}">{"".join(there)}</div>' if there else ""


def _head(found: Findings) -> str:
    seen, lang = found.seen, found.seen.lang
    when = with_time(seen.now, lang)
    if seen.due is not None:
        told = WORDS.as_of[lang].format(now=when, due=with_time(seen.due, lang))
    else:
        told = WORDS.as_of_no_due[lang].format(now=when)
    return (
        f"<header><h1>{text(seen.title)}</h1><p>{text(told)}</p></header>"
        f'<p class="lead">{_lead(found)}</p>'
    )


def _lead(found: Findings) -> str:
    """One sentence with the number and the one thing to do, before any figure."""
    seen, lang = found.seen, found.seen.lang
    if not found.totals:
        said = [text(WORDS.nobody[lang])]
    else:
        number = f"{len(found.totals)} / {len(seen.pupils)}"
        said = [f'<b class="big">{number}</b>{text(WORDS.handed_in[lang])}', _reopen(found)]
        if waits := waiting_count(seen):
            said.append(text(WORDS.waits_head[lang].format(waits=waits)))
    if later := still_to_come(seen):
        said.append(text(WORDS.still_to_come[lang].format(n=later)))
    if not seen.named:
        said.append(text(WORDS.under_pseudonyms[lang]))
    return " ".join(said)


def _reopen(found: Findings) -> str:
    lang = found.seen.lang
    first = next(iter(foremost(found.wrongs)), None)
    if first is None:
        return text(WORDS.nothing_to_reopen[lang])
    what = WORDS.reopen_what[lang].format(
        n=first.exercise.number, all=first.students, count=first.count, said=first.said
    )
    return f"{text(WORDS.reopen_today[lang])}<strong>{text(what)}.</strong>"


@lru_cache(maxsize=1)
def _style() -> str:
    here = Path(str(resources.files(__package__)))
    light, dark = _variables(COLOURS), _variables(DARK)
    dark_rule = f"@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}"
    rules = (here / "report.css").read_text("utf-8")
    return f":root{{{light}}}{dark_rule}{rules}"


def _variables(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())
