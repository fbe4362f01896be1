"""The page of one's own grades as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.serving.learner.calm import frame, mark
from b2bcourse.serving.learner.home_page import number
from b2bcourse.serving.learner.home_page import sayer as of_home

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bcourse.facts import Lang
    from b2bcourse.grading.feedback.points import Fed, Got
    from b2bcourse.serving.learner.calm import Mark, Site
    from b2bcourse.serving.learner.grades import Graded, Grades


class GradesWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What the page says, by name."""

    title: Text
    home: Text
    sum: Text
    told: Text
    none: Text
    open: Text
    fetch: Text
    renewed: Text
    waits: Text
    no_points: Text
    penalty: Text
    of: Text
    ask: Text


WORDS: Final = read_words(__package__, GradesWords, "grades")


def html(grades: Grades, site: Site, failed: str = "") -> str:
    """The page.

    Args:
        grades: what it shows.
        site: the server's addresses.
        failed: what went wrong just now, in words; empty if nothing did.
    """
    say = _sayer(grades.lang)
    parts = "".join(_assignment(row, site, say) for row in grades.rows)
    said = say("sum").format(points=number(grades.points), maximum=number(grades.maximum))
    head = f'<p class="sum">{escape(said)}</p>' if grades.maximum else ""
    told = say("told") if grades.rows else say("none")
    bar = f'<a href="{escape(site.page("home"))}">{escape(say("home"))}</a>'
    bar += f"<b>{escape(say('title'))}</b>"
    bad = f'<div class="news is-bad" role="alert"><p>{escape(failed)}</p></div>' if failed else ""
    body = bad + (
        f'<div class="narrow"><h1>{escape(say("title"))}</h1>'
        f'<p class="small">{escape(told)}</p>{head}{parts}</div>'
    )
    return frame(grades.lang, say("title"), bar, body, site, of_home(grades.lang)("unreached"))


def _sayer(lang: Lang) -> Callable[[str], str]:
    return lambda name: str(getattr(WORDS, name)[lang])


def _assignment(row: Graded, site: Site, say: Callable[[str], str]) -> str:
    fed = row.fed
    got = _of(fed.points, fed.maximum, say) if fed else ""
    rows = "".join(_item(one, row, site, say) for one in fed.exercises) if fed else ""
    items = f'<ul class="list">{rows}</ul>' if rows else ""
    return (
        f'<section class="graded"><div class="head"><h2>{escape(row.title)}</h2>'
        f"<b>{escape(got)}</b></div>{items}{_below(row, fed, site, say)}</section>"
    )


def _below(row: Graded, fed: Fed | None, site: Site, say: Callable[[str], str]) -> str:
    """What else there is to say of an assignment, and the way to its feedback."""
    said = []
    if fed is None and row.handed.feedback:
        said.append(escape(say("no_points")))
    if fed is not None and fed.penalty:
        said.append(escape(say("penalty").format(points=number(fed.penalty))))
    if row.handed.ready:
        said.append(escape(say("renewed")) if fed else "")
        said.append(site.button("feedback", say("fetch"), assignment=row.name, to="grades"))
    if row.handed.feedback:
        where = escape(site.page("feedback", path=row.handed.feedback))
        about = escape(f"{row.title}: {say('open')}")
        said.append(f'<a href="{where}" aria-label="{about}">{escape(say("open"))}</a>')
    return f'<p class="small say">{" ".join(filter(None, said))}</p>'


def _item(one: Got, row: Graded, site: Site, say: Callable[[str], str]) -> str:
    where = escape(site.page("feedback", path=row.handed.feedback) + f"#q-{one.id}")
    got = say("waits") if one.points is None else _of(one.points, one.maximum, say)
    ask = ""
    if row.folder:
        to = escape(site.page("handin", folder=row.folder) + f"#ask-{one.id}")
        about = escape(f"{one.title}: {say('ask')}")
        ask = f'<a class="more" href="{to}" aria-label="{about}">{escape(say("ask"))}</a>'
    return (
        f'<li class="item is-short">{mark(_mark(one))}'
        f'<a class="name" href="{where}">{escape(one.title)}</a>'
        f'<span class="n">{escape(got)}</span>{ask}</li>'
    )


def _mark(one: Got) -> Mark:
    if not one.points:
        return "none"
    return "full" if one.points >= one.maximum else "half"


def _of(points: float, maximum: float, say: Callable[[str], str]) -> str:
    return say("of").format(points=number(points), maximum=number(maximum))
