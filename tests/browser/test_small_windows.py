"""Every kind of exercise in little room: beside an open file browser, at 200 % zoom, on a telephone."""

from __future__ import annotations

import alone
import msgspec
import pytest
from alone import axe, words

from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item

pytestmark = pytest.mark.browser

# Window and what stands at the left of an output: JupyterLab's margins, at 800 with its file browser open.
WINDOWS = {1280: (1280, 900, 86), 800: (800, 600, 410), 640: (640, 400, 86), 400: (400, 700, 16)}
ZOOMED = 640  # a screen of 1,280 px at 200 %
SLOW = pytest.mark.slow
SMALL = [pytest.param(800, marks=SLOW), pytest.param(640, marks=SLOW), 400]
LANGS = ["ko", "en"]
MOSTLY_ENGLISH = [pytest.param("ko", marks=SLOW), "en"]
ITEMS = [
    "ma-roles",
    "ma-flow",
    "ma-flow-activities",
    "ev-bakery",
    "mx-small-firm",
    "mx-both",
    "mx-right",
    "mx-left",
    "or-dmp5",
    "ch-risks",
    "al-portfolio",
    "al-schedule",
    "al-visits",
    "es-meeting",
]
MATRICES = [item for item in ITEMS if item.startswith("mx-")]
QUICK = {(item, *(("ko", 800), ("en", 400))[n % 2]) for n, item in enumerate(ITEMS)}
ALL = [
    pytest.param(*one, marks=() if one in QUICK else SLOW)
    for one in ((item, lang, size) for item in ITEMS for lang in LANGS for size in WINDOWS)
]
FOR_MATRICES = [one for one in ALL if one.values[0] in MATRICES]
OWN_STYLE = '<link rel="stylesheet" href="{look}.css">'
# Every kind of exercise on a page brings the shared style sheet along, some of them later.
ANOTHERS_STYLE = '<link rel="stylesheet" href="common.css">'
STANDARD_PADDING = "padding: 12px 14px 24px 60px"


class Face:
    """An item of the bank, an answer to two thirds of it, and what Check says of that."""

    def __init__(self, name: str, lang: str) -> None:
        item = load_item(bank_folder() / f"{name}.yaml")
        kind = kind_of(item.kind)
        self.face, key = kind.face(item, lang), kind.key(item)
        self.model = kind.model_answer(self.face, key)
        self.value = two_thirds(self.model)
        outcome = kind.score(self.face, key, self.value)
        self.feedback = msgspec.to_builtins(kind.explain(self.face, key, outcome, self.value))

    def html(self, left: int, value=None, **script) -> str:
        look = "evidence" if getattr(self.face, "evidence", False) else self.face.kind
        script = {"feedback": self.feedback, "answer": self.model} | script
        answer = self.value if value is None else value
        page = alone.html(msgspec.to_builtins(self.face), answer, kind=look, **script)
        assert STANDARD_PADDING in page
        assert OWN_STYLE.format(look=look) in page
        page = page.replace(STANDARD_PADDING, f"padding: 12px 14px 24px {left}px")
        return page.replace(
            OWN_STYLE.format(look=look), OWN_STYLE.format(look=look) + ANOTHERS_STYLE
        )


def two_thirds(value, depth=0):
    """An answer without every third of what is in each of its parts."""
    if not isinstance(value, dict):
        return value
    kept = [(name, part) for n, (name, part) in enumerate(value.items()) if not depth or n % 3 < 2]
    return {name: two_thirds(part, depth + 1) for name, part in kept}


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium)


@pytest.fixture(scope="module")
def zoomed(chromium):
    return alone.Bench(chromium, scale=2)


@pytest.fixture
def shown(bench, zoomed):
    """An exercise in a window; an error inside the page fails the test."""

    def start(item, lang, size, on=None, **more):
        width, height, left = WINDOWS[size]
        on = on or (zoomed if size == ZOOMED else bench)
        shown_on.append(on)
        return on.show(Face(item, lang).html(left, **more), width, height)

    shown_on = [bench]
    yield start
    assert [one.errors for one in shown_on if one.errors] == []


def check(page):
    page.locator('[data-do="main"]').click()
    page.locator(".b2b-big").wait_for()


# What is wider than it may be: the page, or an element of the widget that runs over its edge or is cut.
RUNS_OVER = """() => {
  const page = document.documentElement, root = document.querySelector(".b2b-exercise");
  const box = root.getBoundingClientRect(), found = [];
  if (page.scrollWidth > page.clientWidth) found.push(`page ${page.scrollWidth}`);
  for (const e of root.querySelectorAll("*")) {
    const r = e.getBoundingClientRect();
    if (r.width <= 1 || e.closest(".b2b-unseen, svg")) continue;
    const scrolls = e.closest(".b2b-scroll");
    const isOver = !scrolls && (r.left < box.left - 1 || r.right > box.right + 1);
    const isCut = e !== scrolls && getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1;
    if (isOver || isCut) found.push(`${e.className} ${e.textContent.slice(0, 30)}`);
  }
  return found;
}"""

SCROLLS_SIDEWAYS = """() => [...document.querySelectorAll(".b2b-exercise *")]
  .filter((e) => /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1)
  .map((e) => e.className)"""

SMALL_TEXT = """() => [...document.querySelectorAll(".b2b-exercise *")]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((e) => !e.closest(".b2b-unseen") && parseFloat(getComputedStyle(e).fontSize) < 12)
  .map((e) => e.className)"""

# A field's label is its target, and a slanted name reaches beyond the button it belongs to.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    ".b2b-exercise :is(button, summary, td.b2b-cell, [data-zone], textarea, label:has(input))")]
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([e, r]) => r.width > 1 && (r.width < 23.5 || r.height < 23.5))
  .map(([e, r]) => `${e.className} ${r.width} x ${r.height}`)"""


@pytest.mark.parametrize(("item", "lang", "size"), ALL)
def test_nothing_is_cut_or_small_and_only_a_matrix_scrolls_sideways(shown, item, lang, size):
    page = shown(item, lang, size)
    for _phase in ("edit", "checked"):
        assert page.evaluate(RUNS_OVER) == []
        assert page.evaluate(SMALL_TEXT) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert set(page.evaluate(SCROLLS_SIDEWAYS)) <= (
            {"b2b-scroll"} if item in MATRICES else set()
        )
        if _phase == "edit":
            check(page)


@SLOW
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [800, 640, 400])
@pytest.mark.parametrize("item", ITEMS)
def test_axe_finds_nothing_in_small_windows(shown, item, size, theme):
    page = shown(item, "en" if theme == "light" else "ko", size, theme=theme)
    assert axe(page) == []
    check(page)
    assert axe(page) == []


class TestMatching:
    @pytest.mark.parametrize("lang", MOSTLY_ENGLISH)
    @pytest.mark.parametrize(
        "item", ["ma-roles", "ma-flow", pytest.param("ma-flow-activities", marks=SLOW)]
    )
    @pytest.mark.parametrize("size", SMALL)
    def test_no_card_is_too_narrow_to_read(self, shown, item, lang, size):
        page = shown(item, lang, size)
        assert min(widths(page, ".b2b-card")) >= 190
        assert min(widths(page, ".b2b-card .b2b-text")) >= 130

    @pytest.mark.parametrize("size", SMALL)
    def test_the_cards_left_lie_above_the_places(self, shown, size):
        page = shown("ma-roles", "en", size)
        tray, board = box(page, ".b2b-tray"), box(page, ".b2b-board")
        assert tray["y"] + tray["height"] <= board["y"]

    def test_they_lie_beside_them_where_there_is_room(self, shown):
        page = shown("ma-roles", "en", 1280)
        assert box(page, ".b2b-tray")["x"] > box(page, ".b2b-board")["x"] + 400

    @pytest.mark.parametrize("item", ["ma-roles", "ma-flow"])
    def test_in_very_little_room_a_place_is_its_name_and_below_it_its_cards(self, shown, item):
        page = shown(item, "en", 400)
        for row in page.locator(".b2b-board tbody tr").all():
            name, cell = row.locator("th").bounding_box(), row.locator("td").last.bounding_box()
            assert name["y"] + name["height"] <= cell["y"]

    def test_each_side_is_named_above_its_cell(self, shown):
        page = shown("ma-flow", "en", 400)
        sides = page.locator(".b2b-side")
        assert all(side.is_visible() for side in sides.all())
        assert page.locator("thead").bounding_box()["width"] <= 1

    def test_it_stays_a_table_for_ears(self, shown):
        page = shown("ma-flow", "en", 400)
        assert page.get_by_role("row").count() == 6
        assert page.get_by_role("columnheader").count() == 2
        assert page.get_by_role("rowheader").count() == 5

    @pytest.mark.parametrize("size", [pytest.param(800, marks=SLOW), 400])
    def test_a_card_in_hand_and_its_places_are_seen_together(self, shown, size):
        page = shown("ma-roles", "en", size, value={"places": {}})
        cards = page.locator(".b2b-tray .b2b-card")
        before = box(page, ".b2b-board")["y"]
        cards.nth(5).click()
        assert [card.is_visible() for card in cards.all()].count(True) == 1
        assert box(page, ".b2b-board")["y"] < before
        page.keyboard.press("Escape")
        assert all(card.is_visible() for card in cards.all())

    def test_a_card_is_put_by_touch(self, chromium, shown):
        bench = alone.Bench(chromium, touch=True)
        page = shown("ma-roles", "ko", 400, on=bench, value={"places": {}})
        page.locator(".b2b-tray .b2b-card").first.tap()
        zone = page.locator("[data-zone]:not([data-zone=''])").last
        zone.tap()
        assert zone.locator(".b2b-card").count() == 1
        assert page.locator(".b2b-tray .b2b-card").count() == 8
        bench.context.close()

    def test_a_card_is_put_by_keys(self, shown):
        page = shown("ma-roles", "ko", 400, value={"places": {}})
        page.locator(".b2b-tray .b2b-card").first.focus()
        for key in ("Space", "ArrowDown", "Space"):
            page.keyboard.press(key)
        assert page.locator("td[data-zone] .b2b-card").count() == 1


class TestOrdering:
    def test_a_finger_on_a_card_as_wide_as_the_page_scrolls_and_drags_by_the_grip(
        self, chromium, shown
    ):
        bench = alone.Bench(chromium, touch=True)
        page = shown("or-dmp5", "ko", 400, on=bench, value={"order": []})
        card = page.locator(".b2b-tray .b2b-card").first
        touch = "e => getComputedStyle(e).touchAction"
        assert card.evaluate(touch) == "auto"
        assert card.locator(".b2b-grip").evaluate(touch) == "none"
        assert min(widths(page, ".b2b-grip")) >= 24
        card.tap()
        page.locator("button.b2b-hole").first.tap()
        assert page.locator(".b2b-places .is-placed").count() == 1
        bench.context.close()


# Where each row head stands, and which columns are seen: their middle is right of the heads and left of the edge.
STANDS = """() => {
  const scroll = document.querySelector(".b2b-scroll"), box = scroll.getBoundingClientRect();
  const heads = [...document.querySelectorAll(".b2b-row")].map((e) => e.getBoundingClientRect());
  const right = box.left + scroll.clientWidth;
  const seen = [...document.querySelectorAll(".b2b-col")].map((e) => e.getBoundingClientRect())
    .filter((r) => r.left >= heads[0].right - 1 && r.right <= right + 1).length;
  return { heads: heads.map((r) => [r.left, r.width]), seen };
}"""


class TestMatrix:
    @pytest.mark.parametrize(("item", "lang", "size"), FOR_MATRICES)
    def test_row_heads_and_columns_stay_at_check_and_when_a_row_opens(
        self, shown, item, lang, size
    ):
        page = shown(item, lang, size)
        before = page.evaluate(STANDS)
        check(page)
        assert page.evaluate(STANDS) == before
        toggle = page.locator(".b2b-row .b2b-toggle")
        if toggle.count():
            toggle.last.click()
            assert page.evaluate(STANDS) == before

    @pytest.mark.parametrize("size", SMALL)
    @pytest.mark.parametrize("item", ["mx-both", "mx-right"])
    def test_heads_stay_at_the_top_and_at_the_left(self, shown, item, size):
        page = shown(item, "en", size)
        heads = (
            "[...document.querySelectorAll('.b2b-row')].map(e => e.getBoundingClientRect().left)"
        )
        before, top = page.evaluate(heads), page.locator(".b2b-corner").bounding_box()["y"]
        page.locator(".b2b-scroll").evaluate("e => e.scrollTo(120, 90)")
        at = page.locator(".b2b-scroll").evaluate("e => [e.scrollLeft, e.scrollTop]")
        assert at[0] > 0
        assert page.evaluate(heads) == before
        assert page.locator(".b2b-corner").bounding_box()["y"] == top

    @pytest.mark.parametrize("size", SMALL)
    def test_the_table_with_its_heads_is_no_higher_than_a_notebooks_part_of_the_window(
        self, shown, size
    ):
        page = shown("mx-both", "en", size)
        assert box(page, ".b2b-scroll")["height"] <= max(280, WINDOWS[size][1] - 160)

    @pytest.mark.parametrize(("lang", "size"), [("ko", 1280), ("en", 1280), ("ko", 640)])
    def test_few_heads_lie_flat_where_they_fit(self, shown, lang, size):
        page = shown("mx-small-firm", lang, size)
        lying = page.evaluate(
            "[...document.querySelectorAll('.b2b-col :is(.b2b-stack, .b2b-slanted, .b2b-upright)')].every(e => {"
            " const s = getComputedStyle(e);"
            " return s.writingMode === 'horizontal-tb' && s.transform === 'none' })"
        )
        assert lying
        inside = page.eval_on_selector_all(
            ".b2b-col", "all => all.every(e => e.scrollWidth <= e.clientWidth + 1)"
        )
        assert inside

    def test_many_heads_stand_or_slant_as_before(self, shown):
        shown("mx-both", "ko", 1280).locator(".b2b-matrix.is-upright").wait_for()
        shown("mx-both", "en", 1280).locator(".b2b-matrix.is-slanted").wait_for()

    @pytest.mark.parametrize("size", SMALL)
    def test_row_heads_leave_half_of_the_room_to_the_columns(self, shown, size):
        page = shown("mx-both", "en", size)
        assert page.evaluate(STANDS)["seen"] >= 3

    @pytest.mark.parametrize("size", SMALL)
    @pytest.mark.parametrize("lang", MOSTLY_ENGLISH)
    @pytest.mark.parametrize("anchor", [".b2b-pick", ".b2b-slot"])
    def test_the_list_stays_inside_the_window(self, shown, anchor, lang, size):
        page = shown("mx-both", lang, size, value={"cells": {}, "rows": {}, "columns": {}})
        for at in ("first", "last"):
            getattr(page.locator(anchor), at).click()
            found = box(page, ".b2b-list")
            width, height, _ = WINDOWS[size]
            assert found["x"] >= 0
            assert found["y"] >= 0
            assert found["x"] + found["width"] <= width
            assert found["y"] + found["height"] <= height
            page.keyboard.press("Escape")

    def test_a_mark_is_set_by_touch_and_by_keys(self, chromium, shown):
        bench = alone.Bench(chromium, touch=True)
        page = shown("mx-small-firm", "ko", 400, on=bench, value={"cells": {}})
        page.locator(".b2b-cell").first.tap()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        assert page.locator('.b2b-cell[data-look="main"]').count() == 2
        bench.context.close()


RECORD = [
    {"is": "title", "runs": [["The customer", False]]},
    {"is": "point", "runs": [["Somebody.", True], [" " + "A long story of a buyer. " * 30, False]]},
    *({"is": "line", "runs": [["A line of the record. " * 6, False]], "n": n} for n in range(1, 9)),
]


class TestTheCaseAgain:
    @pytest.fixture
    def assigned(self, shown):
        def start(size, lang="en", item="mx-small-firm"):
            return shown(item, lang, size, mode="answer", traits={"record": RECORD})

        return start

    @pytest.mark.parametrize("size", SMALL)
    def test_it_is_folded_above_the_table_and_one_key_opens_it(self, assigned, size):
        page = assigned(size)
        text = page.locator(".b2b-record-text")
        assert not text.is_visible()
        page.get_by_text(words("en")["record"], exact=True).focus()
        page.keyboard.press("Enter")
        assert text.is_visible()
        table, case = box(page, ".b2b-frame"), text.bounding_box()
        assert case["y"] + case["height"] <= table["y"]
        assert page.evaluate(RUNS_OVER) == []

    def test_open_it_is_seen_together_with_rows_of_the_table(self, assigned):
        page = assigned(800)
        page.locator(".b2b-record summary").click()
        top = page.locator(".b2b-record").bounding_box()["y"]
        second = page.locator(".b2b-row").nth(1).bounding_box()
        assert second["y"] + second["height"] - top < WINDOWS[800][1] - 120

    def test_it_stands_open_beside_the_table_where_there_is_room(self, assigned):
        page = assigned(1280)
        case, table = page.locator(".b2b-record-text").bounding_box(), box(page, ".b2b-frame")
        assert case["x"] >= table["x"] + table["width"]
        assert case["height"] <= max(280, table["height"])
        assert page.evaluate(RUNS_OVER) == []

    def test_what_was_folded_or_opened_stays_so(self, assigned):
        page = assigned(1280)
        page.locator(".b2b-record summary").click()
        page.set_viewport_size({"width": 1200, "height": 900})
        page.wait_for_timeout(100)
        assert not page.locator(".b2b-record-text").is_visible()

    def test_one_that_arrives_late_is_shown(self, shown):
        page = shown("mx-small-firm", "ko", 1280, mode="answer", traits={"record": []})
        assert page.locator(".b2b-record").count() == 0
        page.evaluate("record => fake.set('record', record)", RECORD)
        page.locator(".b2b-record-text").wait_for()

    @pytest.mark.parametrize("size", [1280, 400])
    def test_axe_finds_nothing_in_it(self, assigned, size):
        page = assigned(size)
        if size == 400:
            page.locator(".b2b-record summary").click()
        assert axe(page) == []


class TestLists:
    """Further practice and tests: no exercise, but a list of them."""

    @pytest.fixture
    def listed(self, chromium):
        source = (alone.WIDGETS / "lists.js").read_text(encoding="utf-8")
        bare = "export default { render };"
        assert bare in source
        made = source.replace(bare, "export default { initialize() {}, render };")
        bench = alone.Bench(chromium, files={"lists.js": made})

        def start(part, lang):
            states = ["done", "review", "begun", "", "answered"] * 3
            entries = [
                {
                    "id": f"x{n}",
                    "title": "A title of several words",
                    "note": "4 min",
                    "state": state,
                }
                for n, state in enumerate(states)
            ]
            traits = {"part": part, "lang": lang, "title": "More", "told": "", "entries": entries}
            traits |= {"opened": "x1"}
            face = {"id": "lists", "lang": lang, "kind": "lists"}
            html = alone.html(face, {}, traits=traits)
            return bench.show(
                html.replace(STANDARD_PADDING, "padding: 12px 14px 24px 16px"), 400, 700
            )

        yield start
        assert bench.errors == []
        bench.context.close()

    @pytest.mark.parametrize("lang", MOSTLY_ENGLISH)
    @pytest.mark.parametrize("part", ["list", "numbers", "foot"])
    def test_nothing_runs_over_the_edge_at_400_px(self, listed, part, lang):
        page = listed(part, lang)
        assert page.evaluate(RUNS_OVER) == []
        assert page.evaluate(SMALL_TEXT) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.evaluate(SCROLLS_SIDEWAYS) == []


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def widths(page, selector):
    return page.eval_on_selector_all(
        selector, "all => all.map(e => e.getBoundingClientRect().width).filter(Boolean)"
    )
