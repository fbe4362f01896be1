"""The matrix in a real JupyterLab and a real Notebook 7: click, type, save, restart, come back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
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
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Lab
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

AXE = Path(str(resources.files("axe_core_python"))) / "axe.min.js"


class Answers:
    """A notebook with one exercise, and the file that its answers go to."""

    def __init__(self, lab: Lab, name: str, item: str, lang: str = "ko", verb: str = "practice"):
        self.lab, self.item = lab, item
        self.path = f"tests/{name}/one.ipynb"
        folder = lab.root / "tests" / name
        write_notebook(lab.root / self.path, "import b2bcourse as b2b", f'b2b.{verb}("{item}")')
        context_of(folder, lang)
        self.file = folder / "responses" / f"{item}.json"

    def show(self, page: Page, app: str = "lab") -> Locator:
        self.lab.open(page, self.path, app=app)
        run_all(page)
        shown = widget(page, self.item)
        expect(shown).to_be_visible()
        return shown

    def value(self) -> dict[str, Any]:
        return json.loads(self.file.read_bytes())["value"]


def cell(shown: Locator, row: str, column: str) -> Locator:
    name = re.compile(rf"^{re.escape(row)}, {re.escape(column)}: ")
    return shown.get_by_role("gridcell", name=name)


def wait_saved(shown: Locator, word: str = "저장됨") -> None:
    line = shown.locator(".b2b-saved")
    expect(line).to_contain_text(word)
    expect(line).to_have_attribute("data-kind", "saved")


@pytest.mark.parametrize("app", ["lab", pytest.param("notebook", marks=pytest.mark.slow)])
def test_a_click_is_on_disk_before_the_widget_says_saved(
    lab: Lab, new_page: Callable[..., Page], app: str
) -> None:
    answers = Answers(lab, f"mouse-{app}", "mx-cells")
    shown = answers.show(new_page(), app)
    cell(shown, "비용절감 효과", "CFO").click()
    wait_saved(shown)
    assert answers.value()["cells"] == {"cost_saving": {"cfo": 1}}
    cell(shown, "비용절감 효과", "CFO").click()
    expect(cell(shown, "비용절감 효과", "CFO")).to_have_accessible_name(
        "비용절감 효과, CFO: 표시 없음"
    )
    expect.set_options(timeout=5_000)
    wait_until(lambda: answers.value()["cells"] == {})


def wait_until(true: Callable[[], bool], seconds: float = 5.0) -> None:
    import time

    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.02)


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_the_keyboard_alone_marks_cells_and_jupyter_never_hears_it(
    lab: Lab, new_page: Callable[..., Page], app: str
) -> None:
    page = new_page()
    answers = Answers(lab, f"keys-{app}", "mx-cells")
    shown = answers.show(page, app)
    cells_before = page.locator(".jp-Cell").count()
    cell(shown, "비용절감 효과", "CEO").focus()
    # a, b, d d, m, x and 0 0 are Jupyter's own shortcuts: add, delete, restart ...
    for key in ("ArrowRight", "Space", "ArrowDown", "End", "1", "a", "b", "d", "d", "m", "x"):
        page.keyboard.press(key)
    wait_saved(shown)
    wait_until(lambda: set(answers.value()["cells"]) == {"cost_saving", "low_price"})
    assert answers.value()["cells"] == {"cost_saving": {"cfo": 1}, "low_price": {"qa_head": 1}}
    assert page.locator(".jp-Cell").count() == cells_before


@pytest.mark.slow  # quick is the same of all kinds
def test_after_a_restart_it_says_not_saved_and_running_the_cell_brings_the_answer_back(
    lab: Lab, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    answers = Answers(lab, "restart", "mx-cells")
    shown = answers.show(page)
    cell(shown, "첨단 기술", "CTO").click()
    wait_saved(shown)
    restart_kernel(page)
    cell(shown, "첨단 기술", "CIO").click()
    expect(shown.locator(".b2b-saved")).to_contain_text(
        "저장되지 않음: 문제를 다시 불러", timeout=6_000
    )
    assert answers.value()["cells"] == {"tech": {"cto": 1}}
    page.screenshot(path=artefacts() / "live-not-saved-ko-light.png")
    run_all(page)
    shown = widget(page, "mx-cells")
    expect(cell(shown, "첨단 기술", "CTO")).to_have_accessible_name(re.compile("관심"))
    # The mark that could not be saved is taken over by the new widget, and saved now.
    expect(cell(shown, "첨단 기술", "CIO")).to_have_accessible_name(re.compile("관심"))
    wait_saved(shown)
    wait_until(lambda: answers.value()["cells"] == {"tech": {"cto": 1, "cio": 1}})


def test_two_windows_on_one_answer_do_not_undo_each_other(
    lab: Lab, new_page: Callable[..., Page]
) -> None:
    answers = Answers(lab, "two", "mx-cells")
    other = lab.root / "tests" / "two" / "other.ipynb"
    write_notebook(other, "import b2bcourse as b2b", 'b2b.practice("mx-cells")')
    first_page, second_page = new_page(), new_page()
    first = answers.show(first_page)
    answers.path = "tests/two/other.ipynb"
    second = answers.show(second_page)
    cell(first, "첨단 기술", "CTO").click()
    wait_saved(first)
    cell(second, "첨단 기술", "CIO").click()
    wait_until(lambda: answers.value()["cells"] == {"tech": {"cto": 1, "cio": 1}})
    # The second window learns what the first one wrote.
    expect(cell(second, "첨단 기술", "CTO")).not_to_have_accessible_name(re.compile("표시 없음"))


def model_of(item: str) -> dict[str, Any]:
    authored = load_item(bank_folder() / f"{item}.yaml")
    kind = kind_of("matrix")
    return kind.model_answer(kind.face(authored, "en"), kind.key(authored))


def fill_by_hand(page: Page, shown: Locator, item: str, lang: str = "en") -> None:
    """Give the model answer through the widget, heads by the list and cells by the keyboard."""
    authored = load_item(bank_folder() / f"{item}.yaml")
    kind = kind_of("matrix")
    face = kind.face(authored, lang)
    model = model_of(item)
    names = {c.id: c.name for c in (*face.row_choices, *face.column_choices)}
    for number, row in enumerate(face.rows):
        if row.id in model["rows"]:
            choose(page, shown.locator(".b2b-pick").nth(number), names[model["rows"][row.id]])
    for number, column in enumerate(face.columns):
        if column.id in model["columns"]:
            choose(page, shown.locator(".b2b-slot").nth(number), names[model["columns"][column.id]])
    columns = [c.id for c in face.columns]
    for number, row in enumerate(face.rows):
        for column, mark in model["cells"].get(row.id, {}).items():
            at = number * len(columns) + columns.index(column)
            shown.locator("td.b2b-cell").nth(at).focus()
            page.keyboard.press(str(mark))


def choose(page: Page, button: Locator, name: str) -> None:
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(button).to_have_accessible_name(re.compile(re.escape(name)))


# One form quickly, which has all parts; each is filled by keys in test_matrix_alone as well.
FORMS = ["mx-warmup", "mx-cells-two", "mx-left", "mx-right", "mx-machine-tool"]


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(one, marks=() if one == "mx-machine-tool" else pytest.mark.slow)
        for one in FORMS
    ],
)
def test_every_form_can_be_answered_rightly_and_checked_by_keyboard(
    lab: Lab, new_page: Callable[..., Page], item: str
) -> None:
    page = new_page()
    answers = Answers(lab, f"form-{item}", item, lang="en")
    shown = answers.show(page)
    fill_by_hand(page, shown, item)
    wait_saved(shown, "Saved")
    authored = load_item(bank_folder() / f"{item}.yaml")
    kind = kind_of("matrix")
    face, key = kind.face(authored, "en"), kind.key(authored)
    wait_until(lambda: kind.score(face, key, answers.value()).fraction == 1.0)
    check = shown.get_by_role("button", name="Check", exact=True)
    check.focus()
    page.keyboard.press("Enter")
    # A first guess gets no verdict before its lesson, not even a good one.
    if item == "mx-warmup":
        expect(shown.locator(".b2b-told")).to_contain_text(NOTES.guess_kept["en"])
        expect(check).to_be_visible()
    else:
        expect(shown.locator(".b2b-task")).to_contain_text("right. 0 wrong, 0 missed.")
    page.screenshot(path=artefacts() / f"live-{item}-right-en-light.png")


def test_check_tells_each_cell_its_verdict_and_the_row_its_reason(
    lab: Lab, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    answers = Answers(lab, "check", "mx-cells")
    shown = answers.show(page)
    expect(shown.get_by_role("button", name="확인")).to_have_attribute("aria-disabled", "true")
    cell(shown, "가까운 연락사무소", "SCM 책임자").click()
    cell(shown, "가까운 연락사무소", "공장장").click()
    wait_saved(shown)
    shown.get_by_role("button", name="확인").click()
    expect(cell(shown, "가까운 연락사무소", "SCM 책임자")).to_have_accessible_name(
        re.compile("맞음")
    )
    expect(cell(shown, "가까운 연락사무소", "공장장")).to_have_accessible_name(re.compile("틀림"))
    expect(cell(shown, "가까운 연락사무소", "COO")).not_to_have_accessible_name(
        re.compile("빠뜨림")
    )
    expect(shown).to_contain_text("공장장은 여기에 속하지 않습니다.")
    expect(shown).to_contain_text("이 행에서 3명이 빠졌습니다.")
    shown = answers.show(page)  # in a new run of the cell: the stage is on file
    cell(shown, "가까운 연락사무소", "공장장").click()
    wait_saved(shown)
    shown.get_by_role("button", name="확인").click()
    expect(cell(shown, "가까운 연락사무소", "COO")).to_have_accessible_name(re.compile("빠뜨림"))
    expect(cell(shown, "저렴한 가격", "구매팀장")).not_to_have_accessible_name(re.compile("빠뜨림"))
    shown.get_by_role("button", name="답 보기").click()
    expect(cell(shown, "저렴한 가격", "구매팀장")).to_have_accessible_name(re.compile("관심"))
    assert set(answers.value()["cells"]) == {"near_office"}, (
        "showing the answer gave it away as one"
    )


@pytest.mark.slow  # quick are all exports, without a browser
def test_an_exported_page_shows_the_answer_as_a_table(
    lab: Lab, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    answers = Answers(lab, "export", "mx-cells")
    shown = answers.show(page)
    cell(shown, "정확한 납기", "프로젝트 매니저").click()
    wait_saved(shown)
    expect(page.locator(".b2b-static")).to_be_hidden()
    command(page, "docmanager:save")
    notebook = lab.root / answers.path
    wait_until(lambda: "프로젝트 매니저 (" in "".join(static_tables(notebook)))
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--log-level=ERROR", str(notebook)],
        check=True,
    )
    page.goto(notebook.with_suffix(".html").as_uri())
    expect(page.locator(".b2b-static")).to_contain_text("프로젝트 매니저")
    expect(page.locator(".b2b-static")).to_be_visible()


def static_tables(notebook: Path) -> list[str]:
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
    except ValueError:  # JupyterLab is writing it just now
        return []
    outputs = [output for cell in cells for output in cell["outputs"]]
    return ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]


def test_the_assignment_saves_beside_itself_and_offers_no_key(
    lab: Lab, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    lab.open(page, "ko/assignments/a3-benefit-matrix/a3-benefit-matrix.ipynb")
    run_all(page)
    shown = widget(page, "matrix-people")
    shown.scroll_into_view_if_needed()
    expect(shown.get_by_role("button", name="확인")).to_have_count(0)
    shown.locator("td.b2b-cell").first.click()
    wait_saved(shown)
    saved = lab.root / "ko/assignments/a3-benefit-matrix/responses/matrix-people.json"
    assert json.loads(saved.read_bytes())["item"] == "matrix-people"
    page.screenshot(path=artefacts() / "live-assignment-ko-light.png")


@pytest.mark.slow  # quick are the same face alone, in both languages and themes
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_axe_finds_nothing_in_the_lesson(
    lab: Lab, new_page: Callable[..., Page], lang: str, theme: str
) -> None:
    page = new_page(theme=theme)
    answers = Answers(lab, f"axe-{lang}-{theme}", "mx-cells", lang=lang)
    shown = answers.show(page)
    set_theme(page, theme)
    shown.locator("td.b2b-cell").nth(3).click()
    shown.locator("td.b2b-cell").nth(20).click()
    wait_saved(shown, "저장됨" if lang == "ko" else "Saved")
    page.evaluate(AXE.read_text("utf-8"))
    for state in ("answered", "checked"):
        found = page.evaluate(
            "() => axe.run('.b2b-matrix').then((r) => r.violations.map(v => v.id))"
        )
        assert found == [], state
        page.screenshot(path=artefacts() / f"live-{state}-{lang}-{theme}.png")
        if state == "answered":
            shown.get_by_role(
                "button", name="확인" if lang == "ko" else "Check", exact=True
            ).click()
            expect(shown.locator(".b2b-task")).to_contain_text("30")
    set_theme(page, "light")
