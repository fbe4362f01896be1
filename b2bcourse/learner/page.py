"""One learner's progress as a quiet table, and as text."""

from __future__ import annotations

from html import escape
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from datetime import datetime

    from b2bcourse.facts import Lang
    from b2bcourse.learner.progress import LessonProgress, Progress, State

_HERE: Final = Path(str(resources.files(__package__)))


class PageWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What the page of one's progress says, by name."""

    title: Text
    as_of: Text
    summary: Text
    next: Text
    nothing_left: Text
    lesson: Text
    objectives: Text
    items: Text
    done: Text
    answered: Text
    review: Text
    minutes: Text
    minutes_n: Text
    go_on: Text
    reached: Text
    under_way: Text
    not_yet: Text


WORDS: Final = read_words(__package__, PageWords, "page")

# Shapes after look.md: disc, half disc, ring. Colours are the page's own, switched by theme.
_SHAPES: Final = {
    "reached": '<circle cx="8" cy="8" r="6" fill="currentColor"/>',
    "under way": '<circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" '
    'stroke-width="1.2"/><path d="M8 2.6a5.4 5.4 0 0 1 0 10.8z" fill="currentColor"/>',
    "not yet": '<circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" '
    'stroke-width="1.2"/>',
}
_STATES: Final = {
    "reached": WORDS.reached,
    "under way": WORDS.under_way,
    "not yet": WORDS.not_yet,
}
_HEADS: Final = (
    (WORDS.lesson, ""),
    (WORDS.objectives, ""),
    (WORDS.items, "n"),
    (WORDS.done, "n"),
    (WORDS.review, "n"),
    (WORDS.minutes, "n"),
)

_STYLE: Final = (_HERE / "page.css").read_text("utf-8")


def html(progress: Progress, lang: Lang, now: datetime) -> str:
    """The page of one's progress.

    Args:
        progress: what `b2bcourse.learner.progress.progress` told.
        lang: the language.
        now: the learner's own time.
    """
    heads = "".join(
        f'<th scope="col" class="{kind}">{escape(head[lang])}</th>' for head, kind in _HEADS
    )
    rows = "".join(_row(one, progress, lang) for one in progress.lessons)
    legend = " ".join(f"{_svg(state)}{_word(state, lang)}&emsp;" for state in _SHAPES)
    return (
        f'<div class="b2b-progress" lang="{lang}"><style>{_STYLE}</style>'
        f'<div class="top"><b>{escape(WORDS.title[lang])}</b>'
        f"<small>{_as_of(now, lang)}</small></div>"
        f"<p>{escape(_summary(progress, lang))}</p>"
        f"<table><thead><tr>{heads}<td></td></tr></thead><tbody>{rows}</tbody></table>"
        f"<p><small>{legend}</small></p></div>"
    )


def text(progress: Progress, lang: Lang) -> str:
    """The same as plain text."""
    lines = [WORDS.title[lang], _summary(progress, lang), ""]
    for one in progress.lessons:
        states = ", ".join(_word(state, lang) for state in one.objectives)
        title = f"{one.lesson.number} {one.lesson.title[lang]}"
        lines.append(f"{title}: {one.answered} / {len(one.items)} ({states})")
    return "\n".join(lines)


def _row(one: LessonProgress, progress: Progress, lang: Lang) -> str:
    here = progress.next is not None and progress.next[0].id == one.lesson.id
    goals = "".join(
        f'<span title="{escape(goal.text[lang])}">{_svg(state)}'
        f'<span class="unseen">{escape(goal.text[lang])} {_word(state, lang)}.</span></span>'
        for goal, state in zip(one.lesson.objectives, one.objectives, strict=True)
    )
    link = f'<a href="{one.lesson.id}.ipynb">{escape(WORDS.go_on[lang])}</a>' if here else ""
    minutes = WORDS.minutes_n[lang].format(n=one.lesson.minutes)
    later = set(one.items.values()) <= {"not yet"}
    return (
        f'<tr class="{"here" if here else "later" if later else ""}">'
        f'<th scope="row">{one.lesson.number}&ensp;{escape(one.lesson.title[lang])}</th>'
        f"<td>{goals}</td>"
        f'<td class="n">{one.answered} / {len(one.items)}</td>'
        f'<td class="n">{one.done}</td>'
        f'<td class="n">{one.count("to review")}</td>'
        f'<td class="n"><small>{minutes}</small></td><td>{link}</td></tr>'
    )


def _summary(progress: Progress, lang: Lang) -> str:
    states = [state for one in progress.lessons for state in one.objectives]
    said = WORDS.summary[lang].format(
        all=len(states), reached=states.count("reached"), under_way=states.count("under way")
    )
    said += " " + WORDS.answered[lang].format(
        all=sum(len(one.items) for one in progress.lessons),
        n=sum(one.answered for one in progress.lessons),
        done=sum(one.done for one in progress.lessons),
    )
    if progress.next is None:
        return f"{said} {WORDS.nothing_left[lang]}"
    lesson, number = progress.next
    goal = lesson.objectives[number].text[lang]
    return f"{said} {WORDS.next[lang].format(lesson=lesson.title[lang], goal=goal)}"


def _as_of(now: datetime, lang: Lang) -> str:
    return WORDS.as_of[lang].format(month=now.month, day=now.day, time=f"{now:%H:%M}")


def _svg(state: State | str) -> str:
    kind = state.replace(" ", "-")
    box = 'width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"'
    return f'<svg class="{kind}" {box}>{_SHAPES[state]}</svg>'


def _word(state: State | str, lang: Lang) -> str:
    return escape(_STATES[state][lang])
