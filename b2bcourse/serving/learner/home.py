"""The first page: where one was, the lessons, the assignments. Pure, from what lies on disk."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from b2bcourse.context import ContextError, practice_item
from b2bcourse.facts.lessons import form, gains, lessons
from b2bcourse.items.base import ResponseError, holds_answer
from b2bcourse.items.response import FOLDER, decode_response
from b2bcourse.learner.both import has_other, tries_of_both
from b2bcourse.learner.day import Day, day
from b2bcourse.learner.forms import as_today
from b2bcourse.learner.progress import progress
from b2bcourse.learner.working_copy import ASSIGNMENTS
from b2bcourse.responses.reading import read_limited
from b2bcourse.serving.learner.alive import read_book
from b2bcourse.serving.learner.standing import standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.items.response import Response
    from b2bcourse.learner.progress import LessonProgress
    from b2bcourse.learner.progress import State as Goal
    from b2bcourse.serving.learner.standing import Standing

AssignmentState = Literal[
    "not fetched", "not begun", "in work", "complete", "handed in", "feedback", "damaged"
]
"""How far an assignment is."""
GAME: Final = "09-simulation"
_TITLE: Final = re.compile(r"^#[ \t]+(.+?)[ \t]*$", re.MULTILINE)


class LessonRow(Struct, frozen=True):
    """A lesson: its notebook, its objectives' states, how many items are answered and to review."""

    notebook: str
    number: str
    title: str
    goals: tuple[Goal, ...]
    answered: int
    all: int
    review: int
    here: bool = False


class Resume(Struct, frozen=True):
    """Where one was, or where to begin.

    Attributes:
        row: the lesson.
        when: when something was last saved in it; None before there was anything.
        goal: what is to be learnt next in it, in words; empty where nothing is left.
        minutes: how long the rest of the sitting takes, or of a lesson that has none.
        sitting: the number of the sitting from 0; None where the lesson has none that is open.
        begun: whether anything of that sitting was answered.
    """

    row: LessonRow
    when: datetime | None
    goal: str
    minutes: int
    sitting: int | None = None
    begun: bool = False


class Handed(Struct, frozen=True):
    """What is known of an assignment's hand-ins: the last one, and the page of its feedback.

    Attributes:
        when: when the last hand-in was taken; None before the first.
        feedback: the page's path below the server's root; empty while there is none.
        ready: whether feedback waits to be fetched.
    """

    when: datetime | None = None
    feedback: str = ""
    ready: bool = False


class AssignmentRow(Struct, frozen=True):
    """An assignment: its folder, its state, and how many of its items are answered.

    ``folder`` is None until it is fetched.
    """

    name: str
    title: str
    folder: Path | None
    state: AssignmentState
    answered: int = 0
    all: int = 0
    handed: Handed = Handed()
    due: datetime | None = None

    @property
    def is_missed(self) -> bool:
        """Whether its time is over and nothing was handed in."""
        return self.due is not None and not self.handed.when and datetime.now(UTC) > self.due


class Home(Struct, frozen=True):
    """All that the first page shows.

    ``decision`` is the title of the day's small decision; ``both`` tells whether something counts
    that was done in the other language's copy.
    """

    lang: Lang
    resume: Resume
    lessons: tuple[LessonRow, ...]
    assignments: tuple[AssignmentRow, ...]
    day: Day
    decision: str = ""
    both: bool = False


def home(
    copy: Path,
    lang: Lang,
    assignments: Iterable[tuple[str, Path | None]],
    handed: Mapping[str, Handed],
    due: Mapping[str, datetime] | None = None,
    now: datetime | None = None,
) -> Home:
    """The first page of a learner.

    Args:
        copy: the working copy in her language.
        lang: the language.
        assignments: each assignment's name and its folder, None where it is not fetched.
        handed: what is known of hand-ins, by the assignment's name.
        due: when each is due; what is not in it never is.
        now: the present, in her own zone; the server's clock where it is not told.
    """
    responses = answers(copy)
    told_of = tries_of_both(copy)
    tries = as_today(gains(), told_of)
    asked = [*form(gains(), "pre"), *form(gains(), "post")]
    begun = {*tries, *(item for item, one in responses.items() if holds_answer(one.value))}
    told = progress(lessons(), tries, answered=begun, measuring=asked)
    at, when = _place(told.lessons, responses, told.next and told.next[0].id)
    rows = tuple(_row(one, lang, here=number == at) for number, one in enumerate(told.lessons))
    card = day(told_of, now or datetime.now().astimezone())
    return Home(
        lang,
        _resume(told.lessons[at], rows[at], when, lang),
        rows,
        _in_order(
            replace(
                _assignment(name, folder, copy, handed.get(name, Handed())),
                due=(due or {}).get(name),
            )
            for name, folder in assignments
        ),
        card,
        practice_item(card.decision.item).title[lang] if card.decision else "",
        has_other(copy),
    )


def answers(copy: Path) -> dict[str, Response]:
    """The practice answers of a working copy, by item; what cannot be read is passed over."""
    found = {}
    for path in sorted((copy / FOLDER).glob("*.json")):
        try:
            response = decode_response(read_limited(path))
        except (OSError, ResponseError):
            continue
        if response.item == path.stem:
            found[response.item] = response
    return found


def assignments_in(copy: Path) -> list[tuple[str, Path]]:
    """The assignments that lie in a working copy, by name, with their folders."""
    folders = sorted((copy / ASSIGNMENTS).glob("*/"))
    return [(one.name, one) for one in folders if notebook_of(one)]


def notebook_of(folder: Path) -> Path | None:
    """The notebook of an assignment: the one of its own name, else the first; None without one."""
    own = folder / f"{folder.name}.ipynb"
    return own if own.is_file() else min(folder.glob("*.ipynb"), default=None)


def title_of(folder: Path) -> str:
    """An assignment's title as its notebook says it; else its name."""
    notebook = notebook_of(folder)
    book = read_book(notebook) if notebook else None
    texts = (cell.text for cell in book.cells if cell.cell_type == "markdown") if book else ()
    return next((found[1] for text in texts if (found := _TITLE.search(text))), folder.name)


def _place(
    told: tuple[LessonProgress, ...], responses: Mapping[str, Response], following: str | None
) -> tuple[int, datetime | None]:
    """The lesson in which something was saved last, if any of it is left; else what follows."""
    of = {item: at for at, one in enumerate(told) for item in one.items}
    saved = [
        (when, of[item])
        for item, one in responses.items()
        if item in of and (when := _time(one.time))
    ]
    when, at = max(saved, default=(None, 0))
    if when and told[at].done < len(told[at].items):
        return at, when
    ids = [one.lesson.id for one in told]
    return (ids.index(following) if following in ids else at), when


def _time(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found.astimezone()


def _row(one: LessonProgress, lang: Lang, *, here: bool) -> LessonRow:
    return LessonRow(
        notebook=f"{one.lesson.id}.ipynb",
        number=one.lesson.number,
        title=one.lesson.title[lang],
        goals=one.objectives,
        answered=len(one.items) - one.count("not yet"),
        all=len(one.items),
        review=one.count("to review"),
        here=here,
    )


def _resume(one: LessonProgress, row: LessonRow, when: datetime | None, lang: Lang) -> Resume:
    goals = zip(one.lesson.objectives, one.objectives, strict=True)
    left = [goal.text[lang] for goal, state in goals if state != "reached"]
    goal = left[0] if left else ""
    for number, sitting in enumerate(one.lesson.sittings):
        states = [one.items[item] for item in sitting.items]
        open_ = states.count("not yet")
        if open_ or (not states and goal):
            minutes = round(sitting.minutes * open_ / max(1, len(states))) or sitting.minutes
            return Resume(row, when, goal, minutes, number, begun=open_ < len(states))
    rest = one.lesson.minutes * (len(one.items) - one.done) / max(1, len(one.items))
    return Resume(row, when, goal, round(rest))


def _assignment(name: str, folder: Path | None, copy: Path, handed: Handed) -> AssignmentRow:
    known = folder or copy / ASSIGNMENTS / name
    title = title_of(known)
    if folder is None:
        return AssignmentRow(name, title, None, "not fetched", handed=handed)
    try:
        items = standings(folder)
    except ContextError:
        return AssignmentRow(name, title, folder, "damaged", handed=handed)
    done = sum(one.count.state == "answered" for one in items)
    return AssignmentRow(name, title, folder, _state(items, done, handed), done, len(items), handed)


def is_damaged(folder: Path) -> bool:
    """Whether something is missing or changed that came with an assignment."""
    try:
        standings(folder)
    except ContextError:
        return True
    return False


def _in_order(rows: Iterable[AssignmentRow]) -> tuple[AssignmentRow, ...]:
    """By the number in their titles, which is not that of their names."""
    return tuple(sorted(rows, key=lambda row: (_number(row.title), row.title)))


def _number(title: str) -> int:
    found = re.search(r"[0-9]+", title)
    return int(found[0]) if found else sys.maxsize


def _state(items: tuple[Standing, ...], done: int, handed: Handed) -> AssignmentState:
    if handed.feedback or handed.ready:
        return "feedback"
    if handed.when:
        return "handed in"
    if all(one.count.state == "not yet" for one in items):
        return "not begun"
    return "complete" if done == len(items) else "in work"
