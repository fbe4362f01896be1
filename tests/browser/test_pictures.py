"""Pictures of every form in JupyterLab, kept for people to look at, and what must hold in each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lab import (
    artefacts,
    command,
    context_of,
    restart_kernel,
    run_all,
    set_theme,
    widget,
    write_notebook,
)
from playwright.sync_api import expect

from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item
from b2bcourse.responses import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lab import Lab
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORMS = {"mx-cells": "cells", "mx-left": "left", "mx-right": "right", "mx-both": "both"}
SAVED = {"ko": "저장됨", "en": "Saved"}
NOT_SAVED = {"ko": "저장되지 않음: 문제를 다시 불러", "en": "Not saved: load the exercise again"}
CHECK = {"ko": "확인", "en": "Check"}
UNSAVED_AFTER = 6_000
TALL = 1_700

Value = dict[str, Any]


class Answered:
    """A notebook of one exercise in a folder of its own, and the model answer to it."""

    def __init__(self, lab: Lab, item: str, lang: str, name: str) -> None:
        self.item, self.kind = item, kind_of("matrix")
        authored = load_item(bank_folder() / f"{item}.yaml")
        self.face = self.kind.face(authored, lang)
        self.model = self.kind.model_answer(self.face, self.kind.key(authored))
        self.path = f"tests/{name}/one.ipynb"
        self.folder = (lab.root / self.path).parent
        write_notebook(lab.root / self.path, f'import b2bcourse as b2b\nb2b.practice("{item}")')
        context_of(self.folder, lang)

    def answer(self, value: Value) -> None:
        """Put an answer on disk, in the place of the one that is there."""
        for old in self.folder.glob("responses/*"):
            old.unlink()
        Store(self.folder, self.face).save(value)

    def half(self) -> Value:
        """The answer of someone who has come half way: half of the names, half of the rows."""
        rows = [row.id for row in self.face.rows]
        columns = [column.id for column in self.face.columns]
        return {
            "cells": first(self.model["cells"], rows),
            "rows": first(self.model["rows"], rows),
            "columns": first(self.model["columns"], columns),
        }

    def all_with_slips(self) -> Value:
        """A full answer with a few mistakes: two names exchanged, a mark too many, one missing."""
        cells = {row: dict(marks) for row, marks in self.model["cells"].items()}
        if self.face.form == "cells":
            cells["near_office"] = {"coo": 1, "scm_head": 1, "plant_mgr": 1}
            del cells["tech"]["cto"]
        return {
            "cells": cells,
            "rows": exchanged(self.model["rows"]),
            "columns": exchanged(self.model["columns"]),
        }


def first(parts: dict[str, Any], order: list[str]) -> dict[str, Any]:
    half = order[: len(order) // 2]
    return {name: parts[name] for name in half if name in parts}


def exchanged(names: dict[str, str]) -> dict[str, str]:
    """The same names with the second and the third in each other's place."""
    if len(names) < 3:
        return names
    _, second, third, *_ = names
    return names | {second: names[third], third: names[second]}


@pytest.fixture
def page_of(lab: Lab, new_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Opens a notebook in a bare JupyterLab; its kernel ends with the test."""
    opened: list[Page] = []

    def open_it(path: str, theme: str, width: int = 1280, height: int = 900) -> Page:
        page = new_page(width=width, height=height, theme=theme)
        opened.append(page)
        lab.open(page, path)
        set_theme(page, theme)
        if not page.evaluate("window.jupyterapp.shell.leftCollapsed"):
            command(page, "application:toggle-left-area")
        page.wait_for_function("window.jupyterapp.shell.leftCollapsed")
        return page

    yield open_it
    for page in opened:
        set_theme(page, "light")
        page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")


OVERFLOW = """() => [document.documentElement, ...document.querySelectorAll(".jp-WindowedPanel-outer")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1)
  .map((e) => `${e.className}: ${e.scrollWidth} > ${e.clientWidth}`)"""

# A table may scroll inside the widget; what it can scroll to is then the box.
HEADS_OUTSIDE = """(widget) => {
  const box = widget.querySelector(".b2b-scroll").getBoundingClientRect();
  const scroll = widget.querySelector(".b2b-scroll");
  const left = box.left - scroll.scrollLeft, right = left + scroll.scrollWidth;
  const outside = [];
  for (const head of widget.querySelectorAll(".b2b-col")) {
    for (const text of head.querySelectorAll(":not(.b2b-unseen)")) {
      const r = text.getBoundingClientRect();
      if (r.width <= 1 || text.closest(".b2b-unseen")) continue;
      if (r.left < left - 1 || r.right > right + 1 || r.top < box.top - 1)
        outside.push(`${text.className} «${text.textContent}» ${r.left}..${r.right} ${r.top}`);
    }
  }
  return outside;
}"""

# What a reader must not have to scroll the page for, and no text under the look's smallest size.
SMALL_TEXT = """(widget) => [...widget.querySelectorAll("*")]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((e) => !e.closest(".b2b-unseen") && e.getBoundingClientRect().width > 1)
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 12)
  .map((e) => e.className)"""


def picture(page: Page, shown: Locator, name: str) -> None:
    """Keep a picture of the page and one of the widget, after what holds in every state."""
    shown.scroll_into_view_if_needed()
    page.mouse.move(2, 2)
    assert page.evaluate(OVERFLOW) == []
    assert shown.evaluate(HEADS_OUTSIDE) == []
    assert shown.evaluate(SMALL_TEXT) == []
    page.screenshot(path=artefacts() / f"{name}-page.png")
    size = page.viewport_size
    page.set_viewport_size(size | {"height": TALL})  # or the notebook's own scrolling would cut it
    shown.scroll_into_view_if_needed()
    shown.screenshot(path=artefacts() / f"{name}.png")
    page.set_viewport_size(size)


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("item", FORMS)
def test_every_state_of_a_form_can_be_seen_whole(
    lab: Lab, page_of: Callable[..., Page], item: str, lang: str, theme: str, width: int
) -> None:
    name = f"pic-{item}-{{}}-{lang}-{theme}-{width}"
    answered = Answered(lab, item, lang, name.format("x"))
    answered.answer(answered.half())
    page = page_of(answered.path, theme, width)
    shown = run(page, item)
    expect(shown.locator(".b2b-saved")).to_contain_text(SAVED[lang])
    picture(page, shown, name.format("half"))

    answered.answer(answered.all_with_slips())
    shown = run(page, item)
    expect(shown.locator(".b2b-saved")).to_contain_text(SAVED[lang])
    picture(page, shown, name.format("all"))

    shown.get_by_role("button", name=CHECK[lang], exact=True).click()
    expect(shown.locator(".b2b-big")).to_be_visible()
    picture(page, shown, name.format("checked"))

    shown = run(page, item)
    restart_kernel(page)
    take_away_something(page, shown, FORMS[item])
    expect(shown.locator(".b2b-saved")).to_contain_text(NOT_SAVED[lang], timeout=UNSAVED_AFTER)
    page.keyboard.press("Escape")
    picture(page, shown, name.format("not-saved"))


def run(page: Page, item: str) -> Locator:
    run_all(page)
    shown = widget(page, item)
    expect(shown).to_be_visible()
    return shown


def take_away_something(page: Page, shown: Locator, form: str) -> None:
    """One change, by keyboard: a mark or a name goes."""
    heads = {"left": ".b2b-pick", "right": ".b2b-slot"}
    shown.locator(heads.get(form, "td.b2b-cell[data-look=main]")).first.focus()
    page.keyboard.press("Delete")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_figure_is_as_wide_as_the_page_allows(
    lab: Lab, page_of: Callable[..., Page], lang: str, theme: str
) -> None:
    path = f"tests/figure-{lang}-{theme}/one.ipynb"
    source = "import b2bcourse as b2b\nb2b.figure('benefit-matrix')"
    write_notebook(lab.root / path, source)
    context_of((lab.root / path).parent, lang)
    page = page_of(path, theme)
    run_all(page)
    image = page.locator(".jp-OutputArea-output img")
    expect(image).to_be_visible()
    page.wait_for_function("document.querySelector('.jp-OutputArea-output img').naturalWidth > 400")
    assert page.evaluate(OVERFLOW) == []
    assert image.get_attribute("alt"), "who cannot see it hears what it says"
    image.screenshot(path=artefacts() / f"pic-figure-{lang}-{theme}.png")
    page.screenshot(path=artefacts() / f"pic-figure-{lang}-{theme}-page.png")


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_assignment_can_be_seen_whole(
    lab: Lab, page_of: Callable[..., Page], lang: str, theme: str, width: int
) -> None:
    page = page_of(f"{lang}/assignments/a3-benefit-matrix/a3-benefit-matrix.ipynb", theme, width)
    run_all(page)
    for item in ("matrix-people", "matrix-two-marks", "matrix-both"):
        shown = widget(page, item)
        shown.scroll_into_view_if_needed()
        expect(shown.get_by_role("button", name=re.compile(CHECK[lang]))).to_have_count(0)
        picture(page, shown, f"pic-{item}-{lang}-{theme}-{width}")
