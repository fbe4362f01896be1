"""The first page as HTML."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.serving.learner.calm import day, frame, mark
from b2bcourse.serving.learner.home import GAME, notebook_of
from b2bcourse.serving.learner.today_part import sitting_of, today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.grading.feedback.points import Fed
    from b2bcourse.learner.progress import State as Goal
    from b2bcourse.serving.learner.calm import Mark, Site
    from b2bcourse.serving.learner.home import (
        AssignmentRow,
        AssignmentState,
        Home,
        LessonRow,
        Resume,
    )
    from b2bcourse.serving.learner.keeping import Kept


class HomeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What the first page says, by name."""

    course: Text
    language: Text
    tools: Text
    take_home: Text
    home: Text
    begin: Text
    was_today: Text
    was: Text
    next_goal: Text
    minutes: Text
    sitting_minutes: Text
    in_sitting: Text
    sittings: Text
    nothing_left: Text
    start: Text
    go_on: Text
    lesson: Text
    goals: Text
    answered: Text
    review_head: Text
    review: Text
    reached: Text
    under_way: Text
    not_yet: Text
    both: Text
    goals_told: Text
    assignment: Text
    more: Text
    hand_in: Text
    not_fetched: Text
    fetch: Text
    fetch_again: Text
    not_begun: Text
    in_work: Text
    complete: Text
    handed_in: Text
    made: Text
    feedback: Text
    graded: Text
    feedback_open: Text
    feedback_fetch: Text
    damaged: Text
    bring: Text
    game: Text
    game_open: Text
    game_told: Text
    no_thanks: Text
    grades: Text
    due_head: Text
    due_on: Text
    missed: Text
    no_assignments: Text
    exchange_down: Text
    news: Text
    news_beside: Text
    news_moved: Text
    full: Text
    failed: Text
    unreached: Text
    fetch_failed: Text
    feedback_failed: Text
    bring_failed: Text
    not_kept: Text
    gone: Text
    day: Text
    day_time: Text
    day_zone: Text
    weekdays: Text
    months: Text


WORDS: Final = read_words(__package__, HomeWords, "home")

_GOALS: Final[dict[Goal, Mark]] = {"reached": "full", "under way": "half", "not yet": "none"}
_LEGEND: Final[tuple[tuple[Mark, str], ...]] = (
    ("full", "reached"),
    ("half", "under_way"),
    ("none", "not_yet"),
)
_STATES: Final[dict[AssignmentState, Mark]] = {
    "not fetched": "none",
    "not begun": "none",
    "in work": "half",
    "complete": "full",
    "handed in": "tick",
    "feedback": "full",
    "damaged": "none",
}


def number(points: float) -> str:
    """Points as one reads them: two decimals, none where they are whole."""
    return f"{points:.0f}" if float(points).is_integer() else f"{points:.2f}"


def sayer(lang: Lang) -> Callable[[str], str]:
    """The sentence of a name, in a language."""
    return lambda name: str(getattr(WORDS, name)[lang])


class Around(Struct, frozen=True):
    """What the page must know beside `Home`.

    Attributes:
        kept: the working copy.
        copy: its path below the server's root; empty where it is the root.
        other: whether the page can be had in the other language.
        course: whether an instructor's course is configured, from which assignments are fetched.
        older: how many answers to an assignment lie in the working copy that are not in the
            fetched folder, by its name.
        down: why the exchange cannot be reached; empty while it can.
        failed: what went wrong just now, in words; empty if nothing did.
        fed: the points that came back, by the assignment's name.
        alone: whether there is no graded work here, nor will be.
    """

    kept: Kept
    copy: str
    other: bool = True
    course: bool = False
    older: dict[str, int] = {}
    down: str = ""
    failed: str = ""
    fed: dict[str, Fed] = {}
    alone: bool = False

    def path(self, name: str) -> str:
        """A file of the working copy, below the server's root."""
        return f"{self.copy}/{name}" if self.copy else name


def html(home: Home, around: Around, site: Site, root: Path) -> str:
    """The first page.

    Args:
        home: what it shows.
        around: what else it must know.
        site: the server's addresses.
        root: the folder that the server serves.
    """
    say = sayer(home.lang)
    body = (
        f'<h1 class="unseen">{escape(say("course"))}</h1>{_news(around, say)}<div class="two">'
        f"{_resume(home.resume, around, site, say)}"
        f"{today(home, site, around.path, say)}"
        f"{_lessons(home, around, site, say)}"
        f"{_assignments(home, around, site, root, say)}</div>"
    )
    bar = _bar(home, around, site, say)
    return frame(home.lang, say("course"), bar, body, site, say("unreached"))


def _bar(home: Home, around: Around, site: Site, say: Callable[[str], str]) -> str:
    lang = home.lang
    other: Lang = "en" if lang == "ko" else "ko"
    link = (
        f'<a lang="{other}" href="{escape(site.page(f"home/{other}"))}">'
        f"{escape(WORDS.language[other])}</a>"
    )
    back = any(row.handed.feedback or row.handed.ready for row in home.assignments)
    grades = f'<a href="{escape(site.page("grades"))}">{escape(say("grades"))}</a>' if back else ""
    return (
        f'<b>{escape(say("course"))}</b><span class="gap"></span>{grades}'
        f"{link if around.other else ''}"
        f'<a href="{escape(site.page("carry"))}">{escape(say("take_home"))}</a>'
        f'<a href="{escape(site.lab)}">{escape(say("tools"))}</a>'
    )


def _news(around: Around, say: Callable[[str], str]) -> str:
    kept = around.kept
    bad = [around.failed] if around.failed else []
    bad += [say("full")] if kept.full and say("full") not in bad else []
    bad += [say("failed").format(detail=kept.failed)] if kept.failed else []
    bad += [say("exchange_down").format(detail=around.down)] if around.down else []
    told = list(_changes(kept, say))
    return "".join(
        f'<div class="news{kind}" role="{role}">{_paragraphs(lines)}</div>'
        for lines, kind, role in ((bad, " is-bad", "alert"), (told, "", "status"))
        if lines
    )


def _changes(kept: Kept, say: Callable[[str], str]) -> Iterator[str]:
    news = kept.news
    if news.added or news.updated:
        yield say("news").format(n=news.added + news.updated)
    for old, new in news.moved:
        yield say("news_moved").format(old=old, new=new)
    for name, beside in news.beside:
        yield say("news_beside").format(name=name, beside=beside)


def _paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _resume(resume: Resume, around: Around, site: Site, say: Callable[[str], str]) -> str:
    row, when = resume.row, resume.when
    if resume.goal:
        said = say("next_goal").format(goal=resume.goal)
        left = "minutes" if resume.sitting is None else "sitting_minutes"
        said += " " + say(left).format(n=resume.minutes) if resume.minutes else ""
    else:
        said = say("nothing_left")
    where = escape(site.lesson(around.path(row.notebook)))
    place = f"{row.number} {row.title}"
    if resume.sitting is not None:
        place = say("in_sitting").format(place=place, sitting=sitting_of(resume.sitting, say))
    return (
        f'<section class="resume" aria-labelledby="here">'
        f"<small>{escape(_was(when, site, say))}</small>"
        f'<h2 id="here">{escape(place)}</h2><p>{escape(said)}</p>'
        f'<a class="go" href="{where}">{escape(say("go_on" if when else "start"))}</a></section>'
    )


def _was(when: datetime | None, site: Site, say: Callable[[str], str]) -> str:
    if when is None:
        return say("begin")
    if when.astimezone(site.zone).date() == datetime.now(UTC).astimezone(site.zone).date():
        return say("was_today")
    return say("was").format(day=day(when, say, zone=site.zone))


def _lessons(home: Home, around: Around, site: Site, say: Callable[[str], str]) -> str:
    rows = "".join(_lesson(row, around, site, say) for row in home.lessons)
    legend = "".join(f"<span>{mark(kind)}{escape(say(name))}</span>" for kind, name in _LEGEND)
    legend += f"<span>{escape(say('both'))}</span>" if home.both else ""
    return (
        '<section class="lessons"><table>'
        f'<caption class="unseen">{escape(say("lesson"))}</caption><thead><tr>'
        f'<td></td><th scope="col">{escape(say("lesson"))}</th>'
        f'<th scope="col">{escape(say("goals"))}</th>'
        f'<th scope="col" class="n">{escape(say("answered"))}</th>'
        f'<th scope="col" class="n review"><span class="unseen">{escape(say("review_head"))}'
        f'</span></th></tr></thead><tbody>{rows}</tbody></table><div class="legend">{legend}</div>'
        "</section>"
    )


def _lesson(row: LessonRow, around: Around, site: Site, say: Callable[[str], str]) -> str:
    told = say("goals_told").format(
        all=len(row.goals),
        reached=row.goals.count("reached"),
        under_way=row.goals.count("under way"),
    )
    marks = "".join(mark(_GOALS[goal]) for goal in row.goals)
    review = say("review").format(n=row.review) if row.review else ""
    here = ' class="here" aria-current="true"' if row.here else ""
    return (
        f'<tr{here}><td class="number">{row.number}</td><th scope="row">'
        f'<a href="{escape(site.lesson(around.path(row.notebook)))}">{escape(row.title)}</a></th>'
        f'<td><span class="marks" role="img" aria-label="{escape(told)}">{marks}</span></td>'
        f'<td class="n">{row.answered} / {row.all}</td>'
        f'<td class="n review"><small>{escape(review)}</small></td></tr>'
    )


def _assignments(
    home: Home, around: Around, site: Site, root: Path, say: Callable[[str], str]
) -> str:
    rows = "".join(_assignment(row, around, site, root, say) for row in home.assignments)
    empty = f'<li class="item"><span></span>{escape(say("no_assignments"))}</li>'
    none = "" if rows or around.alone else empty
    due = any(row.due for row in home.assignments)
    dues = f'<span aria-hidden="true">{escape(say("due_head"))}</span>' if due else ""
    head = escape(say("more" if around.alone else "assignment"))
    return (
        f'<section class="assignments"><h2 class="head">{head}{dues}</h2>'
        f'<ul class="list">{rows}{none}{_game(around, site, say)}</ul></section>'
    )


def _game(around: Around, site: Site, say: Callable[[str], str]) -> str:
    where = escape(site.lesson(around.path(f"{GAME}.ipynb")))
    return (
        f'<li class="item">{mark("none")}<span>{escape(say("game"))}'
        f'<span class="state">{escape(say("game_told"))}</span></span>'
        f'<a href="{where}" aria-label="{escape(say("game"))}: {escape(say("game_open"))}">'
        f"{escape(say('game_open'))}</a></li>"
    )


def _assignment(
    row: AssignmentRow, around: Around, site: Site, root: Path, say: Callable[[str], str]
) -> str:
    name, hand_in = escape(row.title), ""
    if row.folder is not None:
        path = (notebook_of(row.folder) or row.folder).relative_to(root).as_posix()
        name = f'<a class="name" href="{escape(site.lesson(path))}">{name}</a>'
        where = site.page("handin", folder=row.folder.relative_to(root).as_posix())
        told = f"{row.title}: {say('hand_in')}"
        hand_in = (
            f' · <a href="{escape(where)}" aria-label="{escape(told)}">{escape(say("hand_in"))}</a>'
        )
    state = _state(row, around, site, say)
    return (
        f'<li class="item">{mark(_STATES[row.state])}<span>{name}'
        f'<span class="state">{state}{hand_in}</span></span>{_due(row, site, say)}</li>'
    )


def _due(row: AssignmentRow, site: Site, say: Callable[[str], str]) -> str:
    """Until when, at the right; attention only where it is past and nothing was handed in."""
    if row.due is None:
        return ""
    when = escape(day(row.due, say, "due_on", zone=site.zone))
    heard = escape(say("due_head"))
    if row.is_missed:
        return f'<span class="when is-past"><span class="unseen">{heard} </span>{when}</span>'
    return f'<span class="when"><span class="unseen">{heard} </span>{when}</span>'


def _state(row: AssignmentRow, around: Around, site: Site, say: Callable[[str], str]) -> str:
    handed = row.handed
    if row.state == "not fetched":
        return f"{escape(say('not_fetched'))} · " + site.button(
            "fetch", say("fetch"), assignment=row.name
        )
    if row.state == "feedback":
        open_it = (
            f'<a href="{escape(site.page("feedback", path=handed.feedback))}">'
            f"{escape(say('feedback_open'))}</a>"
        )
        fetch_it = site.button("feedback", say("feedback_fetch"), assignment=row.name)
        fed = around.fed.get(row.name)
        points = {"points": number(fed.points), "maximum": number(fed.maximum)} if fed else {}
        told = say("graded").format(**points) if fed and fed.maximum else say("feedback")
        both = (open_it if handed.feedback else "", fetch_it if handed.ready else "")
        return " · ".join([escape(told), *filter(None, both)])
    if row.state == "handed in" and handed.when:
        sentence = "handed_in" if around.course else "made"
        return escape(say(sentence).format(when=day(handed.when, say, "day_time", site.zone)))
    said = say(row.state.replace(" ", "_")).format(n=row.answered, all=row.all)
    older = around.older.get(row.name, 0)
    if row.state == "damaged" and around.course:
        return f"{escape(said)} " + site.button("fetch", say("fetch_again"), assignment=row.name)
    missed = f" · {escape(say('missed'))}" if row.is_missed else ""
    return escape(said) + missed + (f" · {_bring(row, older, site, say)}" if older else "")


def _bring(row: AssignmentRow, older: int, site: Site, say: Callable[[str], str]) -> str:
    """The offer of earlier answers, and the way to be asked no more."""
    yes = site.button("bring", say("bring").format(n=older), assignment=row.name)
    no = site.button("bring", say("no_thanks"), assignment=row.name, no="1")
    return f"{yes} · {no}"
