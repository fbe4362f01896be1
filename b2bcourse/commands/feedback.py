"""The command `b2bcourse feedback`: pages for a class, and what to do with them next."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from msgspec import Struct
from rich.console import Console
from rich.markup import escape

from b2bcourse.commands.run_table import console, group, lines, rule, tell
from b2bcourse.context import default_language
from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from b2bcourse.facts import Lang
    from b2bcourse.grading.feedback.writing import Written

err = Console(stderr=True)

_NAMES: Final = 12
"""So many students are named in a line."""


class FeedbackCommandWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name."""

    pages: Text
    place: Text
    opened: Text
    left_out: Text
    left_out_why: Text
    waiting: Text
    waiting_why: Text
    unsent: Text
    unsent_why: Text
    more: Text
    next: Text


WORDS: Final = read_words(__package__, FeedbackCommandWords, "feedback")


def feedback(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    *,
    course: Annotated[Path, typer.Option("--course", help="The course folder.")] = Path(),
    student: Annotated[
        list[str] | None, typer.Option("--student", help="Only this student; may be repeated.")
    ] = None,
    open_key: Annotated[
        bool, typer.Option("--open-key", help="Show reasons and answers; after the due date.")
    ] = False,
    yes_before_due: Annotated[
        bool, typer.Option("--yes-before-due", help="Open the key though some may still hand in.")
    ] = False,
) -> None:
    """Write the feedback pages of an assignment, ready for nbgrader release_feedback."""
    from b2bcourse.commands.progress_bar import bar
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.feedback.writing import refuse_open_key, write_feedback
    from b2bcourse.grading.opening import open_course

    lang = default_language()
    try:
        opened = open_course(course)
        lang = opened.lang
        if open_key and not yes_before_due:
            refuse_open_key(opened, assignment)
        with bar(err) as on_step:
            done = write_feedback(
                opened, assignment, student or (), opened=open_key, on_step=on_step
            )
    except GradingError as error:
        err.print(f"[bold]b2bcourse:[/bold] {escape(error.text[lang])}", soft_wrap=True)
        raise typer.Exit(1) from error
    _tell(done, assignment, course, lang, opened=open_key)
    raise typer.Exit(1 if done.left_out else 0)


def _tell(done: Written, assignment: str, course: Path, lang: Lang, *, opened: bool) -> None:
    """What was written, who waits, who has no page and why, and what comes next."""
    parts = [rule(), _pages(done, assignment, lang, opened=opened)]
    parts += _left_out(done, lang)
    for words, head, names in (
        (WORDS.waiting_why, WORDS.waiting, done.waiting),
        (WORDS.unsent_why, WORDS.unsent, done.unsent),
    ):
        if names:
            parts.append(group(head[lang], len(names), words[lang]))
            parts.append(lines(_some(names, lang)))
    if done.pages:
        parts += _next(done, assignment, course, lang)
    tell(console(), parts)


def _left_out(done: Written, lang: Lang) -> list[RenderableType]:
    if not done.left_out:
        return []
    told = [f"{student}: {why[lang]}" for student, why in done.left_out]
    more = [WORDS.more[lang].format(n=len(told) - _NAMES)] if len(told) > _NAMES else []
    head = group(WORDS.left_out[lang], len(told), WORDS.left_out_why[lang])
    return [head, lines(*told[:_NAMES], *more)]


def _pages(done: Written, assignment: str, lang: Lang, *, opened: bool) -> RenderableType:
    told = WORDS.opened if opened and done.pages else WORDS.place
    place = f"feedback/*/{assignment}"
    return group(WORDS.pages[lang], len(done.pages), told[lang].format(place=place))


def _next(done: Written, assignment: str, course: Path, lang: Lang) -> list[RenderableType]:
    command = f"nbgrader release_feedback {shlex.quote(assignment)}"
    if course.resolve() != Path.cwd():
        command = f"cd {shlex.quote(str(course))} && {command}"
    warning = done.warning[lang] if done.warning else ""
    return [group(WORDS.next[lang], None, warning), lines(command)]


def _some(names: Sequence[str], lang: Lang) -> str:
    left = len(names) - _NAMES
    more = f" {WORDS.more[lang].format(n=left)}" if left > 0 else ""
    return ", ".join(names[:_NAMES]) + more
