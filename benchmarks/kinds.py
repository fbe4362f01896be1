"""The kinds beside the matrix, in JupyterLab: from running the cell, and from an answer to disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure import BrokenPromiseError, Job, Report, Row, saves, take_turns
from benchmarks.pages import AGAINST, Desk, Shown, desk, face_of
from benchmarks.watching import Watcher

if TYPE_CHECKING:
    from playwright.sync_api import Page

REST: Final = 150
"""Milliseconds between answers, so that what one has set off is over when the next comes."""

Act = Callable[["Page", int], None]
"""Gives the n-th answer; each is another than the one before."""


@dataclass(frozen=True)
class Case:
    """A kind's exercise, and how it is answered on both sides.

    Attributes:
        item: an item of the practice bank.
        parts: how many parts of the face are to be seen.
        selectors: what finds them, with the kit and with ipywidgets alone.
        acts: how to answer, in the same order.
        answer: what an answer is, in the table's words.
    """

    item: str
    parts: Callable[[Any], tuple[int, int]]
    selectors: tuple[str, str]
    acts: tuple[Act, Act]
    answer: str


def run(job: Job) -> Report:
    report = Report()
    with desk() as open_desk:
        for kind, case in CASES.items():
            report.rows += _rows(job, open_desk, kind, case)
    return report


def _rows(job: Job, open_desk: Desk, kind: str, case: Case) -> list[Row]:
    counts = case.parts(face_of(case.item))
    ours = open_desk.ours(case.item, case.selectors[0], counts[0])
    plain = open_desk.plain(case.item, "plain_kinds", case.selectors[1], counts[1])
    shown = take_turns(job, f"{kind}: shown", _again(ours), _again(plain), job.runs(9))
    answers = [Answers(side, act) for side, act in zip((ours, plain), case.acts, strict=True)]
    kept = take_turns(job, f"{kind}: kept", answers[0].give, answers[1].give, job.runs(21, 4))
    name = f"{kind} ({counts[0]} parts)" if counts[0] > 1 else kind
    rows = {
        f"{name}: run its cell, until the last part is seen": shown,
        f"{kind}: {case.answer}, until it is on disk": kept,
    }
    return [saves(what, pairs, against=AGAINST, unit="ms") for what, pairs in rows.items()]


def _again(shown: Shown) -> Callable[[], float]:
    """A run of a cell that has run before, in a kernel of its own each time."""
    return lambda: shown.run_twice()[1]


class Answers:
    """One answer after the other to what is shown."""

    def __init__(self, shown: Shown, act: Act) -> None:
        self.shown, self.act, self.given = shown, act, 0
        shown.run()
        self.give()  # the first one makes folder and file

    def give(self) -> float:
        """Give the next answer; milliseconds from the event in the page to its file."""
        page = self.shown.page
        page.bring_to_front()
        page.wait_for_timeout(REST)
        watcher = Watcher(self.shown.file)
        self.act(page, self.given)
        seen = watcher.wait()
        if seen is None:
            raise BrokenPromiseError(f"answer {self.given} never reached {self.shown.file}")
        self.given += 1
        return seen.at - float(page.evaluate("() => window.bench.clicks.at(-1)"))


def _place_and_take_back(page: Page, number: int) -> None:
    if number % 2:
        page.locator("ol.b2b-places .b2b-card").first.hover()  # its buttons are seen then
        page.locator('ol.b2b-places .b2b-tool[data-tool="out"]').first.click()
    else:
        page.locator(".b2b-tray .b2b-card").first.dblclick()


def _move_a_card(page: Page, number: int) -> None:
    page.locator('[data-at^="c1@"]').first.click()
    page.locator(".b2b-places [data-zone]").nth(number % 2).click(position={"x": 4, "y": 4})


def _tick(selector: str) -> Act:
    def act(page: Page, number: int) -> None:
        boxes = page.locator(selector)
        boxes.nth(number % boxes.count()).click()

    return act


def _pick(page: Page, number: int) -> None:
    lists = page.locator(".widget-dropdown select")
    lists.nth(number % lists.count()).select_option(index=1 + number // lists.count())


def _fill(selector: str) -> Act:
    def act(page: Page, number: int) -> None:
        page.locator(selector).first.fill(str(1 + number % 2))
        page.keyboard.press("Tab")

    return act


def _type(selector: str) -> Act:
    def act(page: Page, _number: int) -> None:
        page.locator(selector).press_sequentially("a")

    return act


def _each(count: Callable[[Any], int]) -> Callable[[Any], tuple[int, int]]:
    """As many parts on both sides."""
    return lambda face: (count(face), count(face))


CASES: Final = {
    "ordering": Case(
        "or-dmp8",
        lambda face: (len(face.cards), face.slots),
        (".b2b-card", ".widget-dropdown select"),
        (_place_and_take_back, _pick),
        "a card placed or taken back",
    ),
    "matching": Case(
        "ma-roles",
        _each(lambda face: len(face.cards)),
        (".b2b-card", ".widget-dropdown select"),
        (_move_a_card, _pick),
        "a card put to a place",
    ),
    "choice": Case(
        "ch-risks",
        _each(lambda face: len(face.options)),
        (".b2b-choices input", ".widget-checkbox input"),
        (_tick(".b2b-choices input"), _tick(".widget-checkbox input")),
        "an option ticked",
    ),
    "allocation": Case(
        "al-visits",
        _each(lambda face: len(face.rows) * len(face.fields)),
        (".b2b-own input", ".widget-text input"),
        (_fill(".b2b-own input"), _fill(".widget-text input")),
        "a number typed and the field left",
    ),
    "essay": Case(
        "es-meeting",
        _each(lambda _face: 1),
        (".b2b-exercise textarea", ".widget-textarea textarea"),
        (_type(".b2b-exercise textarea"), _type(".widget-textarea textarea")),
        "a key typed (the kit waits 600 ms for a pause in typing)",
    ),
}
