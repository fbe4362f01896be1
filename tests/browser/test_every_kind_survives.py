"""An answer of every kind survives what happens to pages, kernels and files: two of each on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from kinds import KINDS, Desk, goes_on, wait_until
from lab import context_of, run_all, wait_idle, write_notebook
from playwright.sync_api import expect

from b2bcourse.authoring.cells import source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lab import Lab
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
slow = pytest.mark.slow

CLOSE_AND_OPEN = """async (path) => {
  const { commands, shell } = window.jupyterapp;
  shell.currentWidget.close();
  await commands.execute("docmanager:open", { path });
}"""


# In JupyterLab a notebook waits for its reader to run it, or was laid and comes alive by itself.
APPS = ["lab", pytest.param("alive", marks=slow), pytest.param("notebook", marks=slow)]


@pytest.fixture(scope="module", params=APPS)
def app(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def desk(lab: Lab, chromium: Any, app: str) -> Iterator[Callable[..., Desk]]:
    """Makes notebooks in which the first step of each exercise is saved."""
    contexts = []

    def make(folder: str, **options: Any) -> Desk:
        contexts.append(chromium.new_context(viewport={"width": 1280, "height": 900}))
        contexts[-1].set_default_timeout(15_000)
        made = Desk(
            lab,
            contexts[-1].new_page(),
            f"tests/{folder} {app}",
            app="notebook" if app == "notebook" else "lab",
            laid=app == "alive",
            **options,
        )
        made.begin()
        return made

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def reloaded(desk: Callable[..., Desk]) -> Desk:
    made = desk("reload")
    made.save_notebook()
    made.reload()
    return made


@EVERY_KIND
def test_a_reloaded_page_shows_what_is_saved_and_goes_on_from_there(
    reloaded: Desk, kind: str
) -> None:
    reloaded.expect_to_go_on(kind, 1)


@pytest.fixture(scope="module")
def reopened(desk: Callable[..., Desk]) -> Desk:
    """The notebook is closed and opened in the same window; its kernel lives."""
    made = desk("reopen")
    made.save_notebook()
    made.page.evaluate(CLOSE_AND_OPEN, made.path) if made.app == "lab" else made.close_page()
    if made.app != "lab":
        made.open()
    wait_idle(made.page)
    made.settle(made.page)
    return made


@slow
@EVERY_KIND
def test_a_notebook_closed_and_opened_goes_on(reopened: Desk, kind: str) -> None:
    reopened.expect_to_go_on(kind, 1)


@pytest.fixture(scope="module")
def two_tabs(desk: Callable[..., Desk]) -> tuple[Desk, Page]:
    """Two tabs of one browser on one kernel."""
    made = desk("two tabs")
    made.save_notebook()
    other = made.page.context.new_page()
    made.open_in(other)
    return made, other


@slow
@EVERY_KIND
def test_an_answer_in_one_tab_is_seen_in_the_other_and_goes_on_there(
    two_tabs: tuple[Desk, Page], kind: str
) -> None:
    made, other = two_tabs
    item = KINDS[kind].items[0]
    for number in (1, 2):
        made.saved_step(item, number)
        seen, before = made.picture(item), made.value(item)
        made.page, other = other, made.page
        made.page.bring_to_front()
        made.expect_picture(item, seen)
        assert made.value(item) == before
    made.expect_picture(KINDS[kind].items[1])


@slow
@EVERY_KIND
def test_a_page_closed_within_a_tenth_of_a_second_of_a_key_loses_nothing(
    closing: Desk, kind: str
) -> None:
    one, other = KINDS[kind].items
    before = closing.value(one)
    closing.step(one, 1)
    closing.close_page()
    closing.open()
    closing.run()
    closing.wait_saved(one, before)
    assert goes_on(closing.value(one), before)
    wait_until(lambda: closing.picture(one) != closing.pictures[one], "it shows the old answer")
    closing.expect_picture(other)


@pytest.fixture(scope="module")
def closing(desk: Callable[..., Desk]) -> Desk:
    return desk("close")


@pytest.fixture(scope="module")
def restarted(desk: Callable[..., Desk]) -> Desk:
    """A step that a dead kernel did not hear, then each cell run again; by itself where it is laid."""
    made = desk("restart")
    made.before = {item: made.value(item) for item in made.items}
    made.restart()
    for item in made.items:
        made.step(item, 1)
    if made.laid:
        return made
    for item in made.items:
        expect(made.shown(item).locator(".b2b-saved")).to_contain_text(
            "저장되지 않음: 문제를 다시 불러", timeout=10_000
        )
    assert made.before == {item: made.value(item) for item in made.items}
    made.look()
    for at in range(len(made.items)):
        made.run_cell(at)
    return made


@slow
@EVERY_KIND
def test_after_a_restart_each_cell_run_again_saves_what_the_page_had(
    restarted: Desk, kind: str
) -> None:
    for item in KINDS[kind].items:
        restarted.wait_saved(item, restarted.before[item])
        assert goes_on(restarted.value(item), restarted.before[item])
        # Laid, nothing was missed; and a turn's outcome is seen only once it is saved.
        if kind != "simulation" and not restarted.laid:
            restarted.expect_picture(item)


@slow
def test_an_exercise_shown_by_two_cells_shows_the_same_in_both(
    lab: Lab, new_page: Callable[..., Page]
) -> None:
    """Both are one answer in one kernel: neither may go on from what the other has replaced."""
    path, page = "tests/twice/twice.ipynb", new_page()
    write_notebook(lab.root / path, *[source("practice", "es-meeting")] * 2)
    context_of((lab.root / path).parent, "ko")
    lab.open(page, path)
    run_all(page)
    first, second = (page.locator(".b2b-exercise textarea").nth(at) for at in (0, 1))
    first.fill("한 번만 씁니다")
    first.blur()
    expect(page.locator(".b2b-saved").first).to_contain_text("저장됨")
    expect(second).to_have_value("한 번만 씁니다")


@slow
def test_the_reason_of_a_turn_that_is_not_ended_survives_a_reload(
    lab: Lab, new_page: Callable[..., Page]
) -> None:
    made = Desk(lab, new_page(), "tests/reason", kinds=("simulation",))
    made.save_notebook()
    why = made.shown("sim-tutorial").locator('[data-at="why"]')
    why.fill("먼저 듣고 나서 제안합니다")
    made.page.wait_for_timeout(1000)
    made.page.reload()
    wait_idle(made.page)
    expect(why).to_have_value("먼저 듣고 나서 제안합니다")


@slow
def test_the_browser_keeps_what_is_typed_from_the_first_key_on(
    lab: Lab, new_page: Callable[..., Page]
) -> None:
    """In a cell that was just run, too, and not only in a page that was loaded again."""
    made = Desk(lab, new_page(), "tests/first key", kinds=("essay",))
    made.step("es-meeting", 0)
    kept = made.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('b2b-'))")
    assert len(kept) == 1
