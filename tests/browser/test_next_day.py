"""What is saved or left over meets another day, another folder or another user: of every kind."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from kinds import KINDS, Desk, goes_on, wait_until
from lab import Lab, free_port, serving
from playwright.sync_api import expect

from b2bcourse.course_files import course_root
from b2bcourse.learner.working_copy import refresh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVERY_KIND = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module", params=["lab", "notebook"])
def app(request: pytest.FixtureRequest) -> str:
    return request.param


class Computer:
    """One computer with one browser; on one address now this user's server runs, now another's."""

    def __init__(self, folder: Path, context: Any) -> None:
        self.folder, self.context, self.port = folder, context, free_port()
        self.root = folder / "work"
        context.set_default_timeout(15_000)
        self.new_working_copy()

    def new_working_copy(self) -> None:
        refresh(course_root(), self.root, "ko")

    def server(self, user: str = "") -> AbstractContextManager[Lab]:
        return serving(self.root, self.folder / f"home {user}", self.port, user)

    def page(self) -> Page:
        """The browser's one page, in place of the one before."""
        page = self.context.new_page()
        for other in self.context.pages:
            if other is not page:
                other.close()
        return page


@pytest.fixture(scope="module")
def computers(
    chromium: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Computer]]:
    made = []

    def make() -> Computer:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        made.append(Computer(tmp_path_factory.mktemp("computer"), context))
        return made[-1]

    yield make
    for computer in made:
        computer.context.close()


# ---------------------------------------------------------------- the next day


@pytest.fixture(scope="module", params=["lab", "alive", "notebook"])
def next_day(computers: Callable[[], Computer], request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The server was stopped over night: a new kernel, and the outputs of the day before."""
    computer = computers()
    app = "notebook" if request.param == "notebook" else "lab"
    with computer.server() as lab:
        desk = Desk(lab, computer.page(), "ko", app=app, laid=request.param == "alive")
        desk.begin()
        desk.save_notebook()
        desk.close_page()
    with computer.server() as lab:
        desk.lab = lab
        desk.open()
        yield desk


@EVERY_KIND
def test_the_next_day_the_cell_run_again_brings_the_answer_back(next_day: Desk, kind: str) -> None:
    """What was laid comes alive by itself: there nobody runs anything."""
    at = list(next_day.items).index(KINDS[kind].items[0])
    for cell in () if next_day.laid else (at, at + 1):
        next_day.run_cell(cell)
    next_day.expect_to_go_on(kind, 1)


# ---------------------------------------------------------------- copied and renamed


WAYS = {"renamed": "{} 2", "copied": "{} (1)", "copied into a folder": "내 폴더/{} (1)"}


@pytest.fixture(scope="module", params=WAYS)
def moved(
    request: pytest.FixtureRequest, lab: Lab, chromium: Any, app: str
) -> Iterator[tuple[Desk, Desk]]:
    """A lesson of the working copy with answers; and the notebook by another name or elsewhere."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    name = f"{request.param} {app}"
    first = Desk(lab, context.new_page(), "ko", app=app, name=f"{name}.ipynb")
    first.clear()
    first.run()
    first.begin()
    first.save_notebook()
    target = lab.root / "ko" / f"{WAYS[request.param].format(name)}.ipynb"
    target.parent.mkdir(exist_ok=True)
    if request.param == "renamed":
        first.page.evaluate(RENAME, [first.path, str(target.relative_to(lab.root))])
        first.close_page()
    else:
        shutil.copyfile(lab.root / first.path, target)
    below = str(target.parent.relative_to(lab.root))
    second = Desk(lab, context.new_page(), below, app=app, name=target.name)
    second.pictures = first.pictures
    yield first, second
    first.clear()
    context.close()


# As the file browser does it.
RENAME = "([old, now]) => window.jupyterapp.serviceManager.contents.rename(old, now)"


@EVERY_KIND
def test_a_lesson_by_another_name_or_elsewhere_has_its_answers(
    moved: tuple[Desk, Desk], kind: str
) -> None:
    first, second = moved
    one, other = KINDS[kind].items
    for item in (one, other):
        second.expect_picture(item)
    before = first.value(one)
    second.step(one, 1)
    wait_until(lambda: first.value(one) != before, "the answer beside the lesson stays")
    assert goes_on(first.value(one), before)
    expect(second.shown(one)).to_have_attribute("lang", "ko")
    if second.lab.responses(second.path) != first.lab.responses(first.path):
        assert not second.lab.responses(second.path).exists(), "a second set of answers"


# ---------------------------------------------------------------- one computer, two users

TWO_KINDS = ("essay", "choice")
SHUT_DOWN = "() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"


def at_work(computer: Computer, lab: Lab, *, laid: bool = False) -> Desk:
    """The lesson of whoever the server is, run and then loaded again: each way to begin."""
    desk = Desk(lab, computer.page(), "ko", kinds=TWO_KINDS, laid=laid)
    desk.save_notebook()
    desk.reload()
    for item in desk.items:
        expect(desk.shown(item)).to_be_visible()
    return desk


def leave_draft(computer: Computer, user: str) -> list[str]:
    """Somebody answers, the kernel goes, and what is written then only the browser has.

    Not in a notebook that was laid: there the first key brings another kernel.
    """
    with computer.server(user) as lab:
        desk = at_work(computer, lab)
        desk.begin()
        desk.page.evaluate(SHUT_DOWN)
        desk.step("es-meeting", 1)
        desk.step("dmp-next-move", 1)
        told = desk.shown("es-meeting").locator(".b2b-saved")
        expect(told).to_have_attribute("data-kind", "failed", timeout=20_000)
        desk.close_page()
    left = drafts(computer)
    assert len(left) == 2
    return left


def drafts(computer: Computer) -> list[str]:
    """What the browser keeps for the address, whoever sits before it."""
    (state,) = computer.context.storage_state()["origins"]
    ours = "b2b-draft:"
    return [entry["value"] for entry in state["localStorage"] if entry["name"].startswith(ours)]


def expect_blank(desk: Desk) -> None:
    """The page shows blank exercises and offers nothing, and no answer comes to be on disk."""
    desk.page.wait_for_timeout(1500)  # what is taken over would be sent at once
    for item in desk.items:
        expect(desk.shown(item).locator(".is-offer")).to_have_count(0)
        assert not desk.file(item).exists(), item
    expect(desk.shown("es-meeting").locator("textarea")).to_have_value("")
    expect(desk.shown("dmp-next-move").locator("input:checked")).to_have_count(0)


@pytest.mark.parametrize("laid", [False, True], ids=["run", "alive"])
def test_what_one_user_left_in_the_browser_no_other_is_offered(
    computers: Callable[[], Computer], laid: bool
) -> None:
    """A hub's users have the same paths on the same address; the first finds it all again."""
    computer = computers()
    left = leave_draft(computer, "haneul")
    hers = computer.root.rename(computer.root.with_name("work of haneul"))
    computer.new_working_copy()
    with computer.server("bada") as lab:
        expect_blank(at_work(computer, lab, laid=laid))
    assert drafts(computer) == left
    shutil.rmtree(computer.root)
    hers.rename(computer.root)
    with computer.server("haneul") as lab:
        desk = at_work(computer, lab, laid=laid)
        expect(desk.shown("es-meeting").locator("textarea")).to_have_value("먼저 듣고 ")
        wait_until(lambda: desk.value("es-meeting")["text"] == "먼저 듣고 ", "it is not saved")
        wait_until(lambda: drafts(computer) == [], "the browser keeps what the file holds")


def test_a_working_copy_made_anew_at_the_same_place_is_offered_nothing_of_the_old_one(
    computers: Callable[[], Computer],
) -> None:
    """A room's computer has one account: whoever comes next must not meet the answers of before.

    The folder is emptied, not made anew, since many file systems give its number again, but not always.
    """
    computer = computers()
    leave_draft(computer, "")
    folder = computer.root / "ko"
    for part in folder.iterdir():
        shutil.rmtree(part) if part.is_dir() else part.unlink()
    computer.new_working_copy()
    with computer.server() as lab:
        expect_blank(at_work(computer, lab))
