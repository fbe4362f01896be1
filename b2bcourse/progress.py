"""A progress bar as a plain callback, so that what does the work knows nothing of terminals."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console


class Report(Protocol):
    """Called as work goes on: the step's name, how much is done, of how much."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


@contextmanager
def bar(console: Console) -> Iterator[Report]:
    """A bar for each step on ``console``; quiet where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks: dict[str, object] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step, total=total)
            progress.update(tasks[step], completed=done, total=total)  # type: ignore[arg-type]

        yield report
