"""The page of handing in as HTML."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from b2bcourse.context import place
from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.items.response import FOLDER
from b2bcourse.serving.learner.asking_part import Asking, request, requests
from b2bcourse.serving.learner.calm import day, frame, mark
from b2bcourse.serving.learner.hand_in import file_of
from b2bcourse.serving.learner.home import notebook_of
from b2bcourse.serving.learner.home_page import sayer

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bcourse.facts import Lang
    from b2bcourse.serving.learner.calm import Mark, Site
    from b2bcourse.serving.learner.hand_in import HandIn
    from b2bcourse.serving.learner.standing import Standing, State


class HandInWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What the page says, by name."""

    title: Text
    home: Text
    back: Text
    told: Text
    items: Text
    answered: Text
    half: Text
    not_yet: Text
    rows: Text
    columns: Text
    places: Text
    cards: Text
    turns: Text
    characters: Text
    chosen: Text
    unread: Text
    empty: Text
    half_missing: Text
    none_missing: Text
    missing: Text
    nothing_missing: Text
    as_it_is: Text
    by_file: Text
    no_due: Text
    until: Text
    over: Text
    days: Text
    hours: Text
    minutes: Text
    over_not: Text
    over_counts: Text
    more_time: Text
    more_time_told: Text
    late: Text
    late_again: Text
    not_late: Text
    ask: Text
    ask_label: Text
    keep: Text
    send: Text
    asked_next: Text
    asked_file: Text
    asked_not_sent: Text
    asked_gone: Text
    send_all: Text
    ask_file: Text
    ask_make: Text
    not_kept: Text
    not_sent: Text
    no_item: Text
    due_bar: Text
    saved: Text
    hand_in: Text
    again: Text
    make: Text
    make_again: Text
    download: Text
    last: Text
    taken: Text
    made: Text
    later: Text
    nothing_later: Text
    left: Text
    unsaved: Text
    refused: Text
    not_made: Text
    feedback: Text
    no_assignment: Text
    copy: Text
    to_original: Text


WORDS: Final = read_words(__package__, HandInWords, "handin")
_SCRIPT: Final = (Path(str(resources.files(__package__))) / "unsaved.js").read_text("utf-8")
_MEGA: Final = 1_000_000
_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_MARKS: Final[dict[State, Mark]] = {"answered": "full", "half": "half", "not yet": "none"}


class Way(Struct, frozen=True):
    """How it is handed in, and what came of it.

    Attributes:
        course: whether it goes through an exchange; else a file is made.
        failed: what went wrong just now, in words; empty if nothing did.
        typed: by item, the request that could not be kept, as it was typed.
    """

    course: bool
    failed: str = ""
    typed: dict[str, str] = {}


def html(told: HandIn, folder: Path, root: Path, way: Way, lang: Lang, site: Site) -> str:
    """The page.

    Args:
        told: what is to be told.
        folder: the assignment's folder.
        root: the folder that the server serves.
        way: how it is handed in.
        lang: the language.
        site: the server's addresses.
    """
    say = _sayer(lang)
    path = (notebook_of(folder) or folder).relative_to(root).as_posix()
    lesson = escape(site.lesson(path))
    ask = Asking(told, folder.relative_to(root).as_posix(), way.course, way.typed, site)
    rows = "".join(_item(one, say, lesson, ask) for one in told.items)
    failed = (
        f'<div class="news is-bad" role="alert"><p>{escape(way.failed)}</p></div>'
        if way.failed
        else ""
    )
    body = (
        f'{failed}<div class="narrow"><h1>{escape(say("title") if site.panel else told.title)}</h1>'
        f'<p class="small">{escape(say("saved"))}</p>{_due(told, site, say, lang)}'
        f'<h2 class="head">{escape(say("items"))}</h2><ul class="list">{rows}</ul>'
        f'<p class="say">{_counts(told, way, site, lang, say)}</p>'
        f"{_left(told, say, lang)}"
        f'<p id="b2b-told" role="status"></p>{requests(ask, folder, say)}'
        f"{_deed(told, folder, root, way, site, say)}"
        f"{_last(told, way, site, lang, say)}"
        f'<p class="say beside"><a href="{lesson}">{escape(say("back"))}</a></p></div>'
    )
    body += _unsaved(told, folder, say)
    title = f"{say('title')}: {told.title}"
    return frame(lang, title, _bar(told, site, say, lang), body, site, sayer(lang)("unreached"))


def _due(told: HandIn, site: Site, say: Callable[[str], str], lang: Lang) -> str:
    """Until when, in the reader's own time with its zone, and how long that is."""
    if told.due is None:
        return ""
    when = day(told.due, sayer(lang), "day_zone", site.zone)
    if told.is_over:
        return f"<p>{escape(say('over').format(when=when))}</p>"
    left = _left_until(told.due, say)
    return f"<p>{escape(say('until').format(when=when, left=left))}</p>"


def _left_until(due: datetime, say: Callable[[str], str]) -> str:
    seconds = (due - datetime.now(UTC)).total_seconds()
    for name, length in (("days", _DAY), ("hours", _HOUR)):
        if seconds >= 2 * length:  # so that there are always several
            return say(name).format(n=int(seconds // length))
    return say("minutes").format(n=max(2, int(seconds // 60)))


def _counts(told: HandIn, way: Way, site: Site, lang: Lang, say: Callable[[str], str]) -> str:
    """What is missing, and which hand-in counts."""
    missing = f"<b>{escape(_missing(told, say))}</b> "
    if not way.course:
        return missing + escape(say("by_file"))
    if not told.is_over:
        return missing + escape(say("as_it_is" if told.due else "no_due"))
    if told.handed.when is None:
        return missing + escape(say("over_not"))
    when = day(told.handed.when, sayer(lang), "day_time", site.zone)
    return escape(say("over_counts").format(when=when))


def _unsaved(told: HandIn, folder: Path, say: Callable[[str], str]) -> str:
    """What the page's script must know to tell what this browser holds and no file does."""
    places = {place(folder / FOLDER / f"{one.item}.json"): one.title for one in told.items}
    asked = msgspec.json.encode({"places": places, "sentence": say("unsaved")}).decode()
    # Nothing in it may end the script's element.
    plain = asked.replace("<", "\\u003c")
    return (
        f'<script type="application/json" id="b2b-unsaved">{plain}</script>'
        f"<script>(() => {{{_SCRIPT}}})();</script>"
    )


def nothing(lang: Lang, site: Site) -> str:
    """The page where there is no such assignment."""
    say = _sayer(lang)
    bar = f'<a href="{escape(site.page("home"))}">{escape(say("home"))}</a>'
    body = f'<h1>{escape(say("title"))}</h1><p role="alert">{escape(say("no_assignment"))}</p>'
    return frame(lang, say("title"), bar, body, site)


def copied(folder: Path, original: Path, root: Path, lang: Lang, site: Site) -> str:
    """The page of a copy of a fetched assignment: the way to the one that is handed in."""
    say = _sayer(lang)
    bar = f'<a href="{escape(site.page("home"))}">{escape(say("home"))}</a>'
    told = say("copy").format(copy=folder.name, name=original.name)
    where = site.page("handin", folder=original.relative_to(root).as_posix())
    body = (
        f'<h1>{escape(say("title"))}</h1><p role="alert">{escape(told)}</p>'
        f'<p><a href="{escape(where)}">{escape(say("to_original"))}</a></p>'
    )
    return frame(lang, say("title"), bar, body, site)


def _sayer(lang: Lang) -> Callable[[str], str]:
    return lambda name: str(getattr(WORDS, name)[lang])


def _bar(told: HandIn, site: Site, say: Callable[[str], str], lang: Lang) -> str:
    done = sum(one.count.state == "answered" for one in told.items)
    count = say("told").format(n=done, all=len(told.items))
    due = ""
    if told.due is not None and not told.is_over:
        when = day(told.due, sayer(lang), "day_time", site.zone)
        due = f"<small>{escape(say('due_bar').format(when=when))}</small>"
    return (
        f'<a href="{escape(site.page("home"))}">{escape(say("home"))}</a>'
        f'<b>{escape(told.title)}</b><small>{escape(count)}</small>{due}<span class="gap"></span>'
    )


def _item(one: Standing, say: Callable[[str], str], lesson: str, ask: Asking) -> str:
    count = one.count
    words = say("empty") if count.state == "not yet" else say(count.unit)
    said = words.format(n=count.done, all=count.all)
    told = say(count.state.replace(" ", "_"))
    return (
        f'<li class="item is-short">{mark(_MARKS[count.state], told)}'
        f'<a class="name" href="{lesson}" data-item="{escape(one.item)}">{escape(one.title)}</a>'
        f'<small class="n">{escape(said)}</small>{request(one, ask, say)}</li>'
    )


def _missing(told: HandIn, say: Callable[[str], str]) -> str:
    states = [one.count.state for one in told.items]
    half, none = states.count("half"), states.count("not yet")
    names = {(0, 0): "nothing_missing", (1, 0): "half_missing", (0, 1): "none_missing"}
    name = names.get((min(half, 1), min(none, 1)), "missing")
    return say(name).format(half=half, none=none)


def _left(told: HandIn, say: Callable[[str], str], lang: Lang) -> str:
    if not told.left:
        return ""
    lines = "".join(f'<li class="attention">{escape(one[lang])}</li>' for one in told.left)
    return f"<h2>{escape(say('left'))}</h2><ul>{lines}</ul>"


def _deed(
    told: HandIn, folder: Path, root: Path, way: Way, site: Site, say: Callable[[str], str]
) -> str:
    before = told.handed.when is not None
    names = ("again" if before else "hand_in") if way.course else "make_again" if before else "make"
    kind = "go is-plain" if before and not told.later else "go"
    where = folder.relative_to(root).as_posix()
    if way.course and told.is_over:
        return _late(told, where, site, say)
    button = site.button("handin", say(names), kind=kind, folder=where)
    if way.course or not before:
        return button
    made = file_of(folder)
    address = site.page("handin-file", folder=where)
    words = say("download").format(file=made.name, size=size(told.size))
    return f'<p><a href="{escape(address)}" download target="_self">{escape(words)}</a></p>{button}'


def _late(told: HandIn, where: str, site: Site, say: Callable[[str], str]) -> str:
    """Handing in after the due date: plainly, or where something counts already, on her word."""
    if told.handed.when is None:
        return site.button("handin", say("late"), kind="go", folder=where, late="1")
    button = site.button("handin", say("late_again"), kind="go is-plain", folder=where, late="1")
    return (
        f'<details class="late"><summary>{escape(say("more_time"))}</summary>'
        f"<p>{escape(say('more_time_told'))}</p>{button}</details>"
    )


def _last(told: HandIn, way: Way, site: Site, lang: Lang, say: Callable[[str], str]) -> str:
    handed = told.handed
    if handed.when is None:
        return ""
    when = day(handed.when, sayer(lang), "day_time", site.zone)
    taken = say("taken" if way.course else "made").format(when=when)
    later = say("later").format(items=", ".join(told.later)) if told.later else say("nothing_later")
    page = (
        f'<p><a href="{escape(site.page("feedback", path=handed.feedback))}">'
        f"{escape(say('feedback'))}</a></p>"
        if handed.feedback
        else ""
    )
    return (
        f'<div class="last" role="status"><small>{escape(say("last"))}</small>'
        f"<p>{escape(taken)} <span>{escape(later)}</span></p>{page}</div>"
    )


def size(count: int) -> str:
    """A size in words, at least 1 kB."""
    return f"{count / _MEGA:.1f} MB" if count >= _MEGA else f"{max(1, round(count / 1000))} kB"
