"""A progress bar as a plain callback, so that what does the work knows nothing of terminals."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.progress import Task

    from b2bcourse.grading.steps import OnStep


@contextmanager
def bar(console: Console) -> Iterator[OnStep]:
    """A bar for each step on ``console``; quiet where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        tasks: dict[str, TaskID] = {}

        def on_step(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=total)
            shown.update(tasks[what], completed=done, total=total)

        yield on_step


class _Equals(ProgressColumn):
    """A bar of equals signs: in Korean terminals any other bar is of another width."""

    width = 76

    def render(self, task: Task) -> Text:
        done = int(self.width * task.percentage / 100)
        bar = Text("=" * done + " " * (self.width - done))
        bar.stylize("blue")
        return bar


@contextmanager
def line(console: Console) -> Iterator[OnStep]:
    """One bar as wide as the tables of a run; quiet where ``console`` is no terminal."""
    columns = (_Equals(), MofNCompleteColumn(separator=" / "), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        tasks: list[TaskID] = []

        def on_step(what: str, done: int, total: int) -> None:
            if not tasks:
                tasks.append(shown.add_task(what, total=total))
            shown.update(tasks[0], completed=done, total=total)

        yield on_step
