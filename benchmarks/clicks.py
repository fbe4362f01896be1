"""From a click in the matrix to its file on disk, beside plain ipywidgets; and when it says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import quantiles
from typing import Final

from benchmarks.measure import (
    BrokenPromiseError,
    Job,
    Pairs,
    Report,
    Row,
    saves,
    take_turns,
)
from benchmarks.pages import AGAINST, Shown, desk
from benchmarks.watching import Watcher

ITEM: Final = "mx-cells"
LIMIT: Final = 100
REST: Final = 150
"""Milliseconds between clicks, so that what one has set off is over when the next comes."""


@dataclass(frozen=True)
class Click:
    """When the page heard it, when its file was seen and when that was put in place; all in ms."""

    heard: float
    seen: float
    placed: float


def run(job: Job) -> Report:
    with desk() as open_desk:
        ours, plain = Clicker(open_desk.ours(ITEM)), Clicker(open_desk.plain(ITEM))
        said = ours.first_saved()
        plain.click()
        pairs = take_turns(job, "clicks", ours.click, plain.click, job.runs(80, 4))
        ours.shown.page.wait_for_timeout(500)  # for the last reply
        replies = ours.shown.page.evaluate("() => window.bench.replies()")
    _saved_only_after(ours.clicks, said, replies)
    return Report(rows=[_row(pairs)], lines=[_line(pairs)])


class Clicker:
    """Clicks on one cell of a matrix after the other."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.clicks: list[Click] = []
        shown.run()
        shown.forget()

    def first_saved(self) -> float:
        """Click on the first cell; when does «saved» stand in the widget for the first time?"""
        self.shown.page.evaluate("() => window.bench.watchSaved()")
        self.click()
        saved = self.shown.page.wait_for_function("() => window.bench.saved[0]")
        return float(saved.json_value())

    def click(self) -> float:
        """Click on the next cell; milliseconds from there to its file."""
        page = self.shown.page
        page.bring_to_front()
        page.wait_for_timeout(REST)
        watcher = Watcher(self.shown.file)
        page.locator(self.shown.selector).nth(len(self.clicks)).click()
        seen = watcher.wait()
        if seen is None:
            raise BrokenPromiseError(f"click {len(self.clicks)} never reached {self.shown.file}")
        heard = page.evaluate("() => window.bench.clicks.at(-1)")
        self.clicks.append(Click(heard, seen.at, seen.placed))
        return seen.at - float(heard)


def _saved_only_after(clicks: Sequence[Click], said: float, replies: Sequence[float]) -> None:
    """The widget may hear of and say «saved» only when the file is in its place."""
    if len(replies) != len(clicks):
        raise BrokenPromiseError(f"{len(clicks)} clicks, but {len(replies)} replies")
    # The browser's clock shows whole milliseconds.
    if said + 1 < clicks[0].placed:
        raise BrokenPromiseError(f"«saved» stood {clicks[0].placed - said:.1f} ms before the file")
    for number, (click, reply) in enumerate(zip(clicks, replies, strict=True)):
        if reply + 1 < click.placed:
            raise BrokenPromiseError(f"click {number} was told saved before its file was there")


def _row(pairs: Pairs) -> Row:
    row = saves("click on a cell, until its file is on disk", pairs, against=AGAINST, unit="ms")
    slowest = _p95([ours for ours, _ in pairs])
    return replace(row, reach=f"under {LIMIT} ms, p95", reached=slowest < LIMIT)


def _line(pairs: Pairs) -> str:
    ours, plain = (_p95(side) for side in zip(*pairs, strict=True))
    return (
        f"Click until the file is on disk, p95: {ours:.0f} ms with b2bcourse (locked, merged,"
        f" forced to disk), {plain:.0f} ms with {AGAINST} (a bare write). «saved» never came"
        f" before the file, in {len(pairs) + 1} clicks."
    )


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
