"""Two answers in their places, for every kind that shows them so: what is seen, heard, and chosen by mouse and keys."""

import alone
import msgspec
import pytest
from alone import axe
from playwright.sync_api import expect

from b2bcourse.context import practice_item
from b2bcourse.items import kind_of
from b2bcourse.widgets.words import words

pytestmark = pytest.mark.browser

# The kernel's side of a decision: which version, and what comes of it.
KERNEL = """(() => {
  const answer = fake.answer;
  fake.answer = (message) => {
    if (!["leave", "put_back"].includes(message.do)) return answer(message);
    if (message.do === "put_back") fake.disk = structuredClone(OTHER);
    const value = structuredClone(fake.disk);
    fake.reply({ did: "saved", n: message.n, at: "14:05", value, notes: [], offer: {} });
  };
})()"""


def offer_of(value, lang):
    """As the kernel offers a version that another window wrote (widgets/exercise.py, `_offer`)."""
    said, times = words(lang), {"now": "14:03", "then": "13:51"}
    names = {
        "leave": "keep_now",
        "put_back": "keep_then",
        "now": "version_now",
        "then": "version_then",
        "counts": "counts_now",
    }
    called = {name: said[word].format(**times) for name, word in names.items()}
    return {"id": "one", "text": "Set aside.", "html": "", "see": "", "value": value, **called}


class Shown:
    """An exercise with two answers, alone on a page."""

    def __init__(self, bench, item, lang="en"):
        authored = practice_item(item)
        self.bench, self.lang, self.words = bench, lang, words(lang)
        self.face = msgspec.to_builtins(kind_of(authored.kind).face(authored, lang))
        self.page = None

    def open(self, now, other, kind="", width=1280):
        traits = {"offer": offer_of(other, self.lang)}
        page = self.bench.show(alone.html(self.face, now, kind=kind, traits=traits), width)
        page.evaluate(f"const OTHER = {msgspec.json.encode(other).decode()}; {KERNEL}")
        self.page = page
        return page

    def ids(self, part):
        return [one["id"] for one in self.face[part]]

    def names(self, part):
        return {one["id"]: one["name"] for one in self.face[part]}

    @property
    def asked(self):
        sent = self.page.evaluate("fake.sent")
        return [(one["do"], one["kept"]) for one in sent if "kept" in one]

    @property
    def disk(self):
        return self.page.evaluate("new Promise((done) => setTimeout(() => done(fake.disk), 20))")


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium)


@pytest.fixture
def show(bench):
    yield lambda item, lang="en": Shown(bench, item, lang)
    assert bench.errors == []


class TestMatrix:
    """A row gets a second line, and is chosen below it."""

    @pytest.fixture
    def shown(self, show):
        """The third row has two answers; the first only what was marked since."""
        shown = show("mx-cells")
        self.rows, self.people = shown.ids("rows"), shown.ids("columns")
        row, c = self.rows[2], self.people
        shown.now = {"cells": {self.rows[0]: {c[1]: 1}, row: {c[2]: 1, c[5]: 1}}}
        shown.other = {"cells": {row: {c[2]: 1, c[9]: 1}}}
        shown.open(shown.now, shown.other)
        return shown

    def test_only_the_row_that_differs_has_a_second_line_and_says_who(self, shown):
        page, names = shown.page, list(shown.names("columns").values())
        assert axe(page) == []
        assert page.locator("tr.b2b-other").count() == 1
        assert page.locator("tr.b2b-other .b2b-mark").count() == 2
        assert page.locator(".b2b-cell.differs").count() == 1
        said = page.locator(".b2b-detail p").inner_text()
        assert said.endswith(f"Only now: {names[5]}. Only in the other window: {names[9]}.")
        assert shown.words["marked_then"] in page.locator(".b2b-legend").inner_text()

    def test_who_only_listens_hears_the_row_named_at_the_top_and_at_each_button(self, shown):
        page, row = shown.page, list(shown.names("rows").values())[2]
        told = page.locator(".b2b-note, [role=status] .b2b-unseen")
        assert row in told.all_inner_texts()[0]
        heard = page.get_by_role("table").or_(page.get_by_role("grid"))
        assert "13:51" not in "".join(
            heard.get_by_role("row").get_by_role("rowheader").all_inner_texts()
        )
        for choice in ("Keep 14:03", "Use 13:51", "Mark both"):
            expect(page.get_by_role("button", name=f"{row}: {choice}", exact=True)).to_have_count(1)

    @pytest.mark.parametrize(
        ("choice", "marked"), [("leave", (2, 5)), ("put_back", (2, 9)), ("both", (2, 5, 9))]
    )
    @pytest.mark.parametrize("by", ["mouse", "keys"])
    def test_the_row_is_as_it_was_chosen_and_nothing_is_asked_any_more(
        self, shown, choice, marked, by
    ):
        page = shown.page
        button = page.locator(f'.b2b-detail [data-do="{choice}"]')
        if by == "mouse":
            button.click()
        else:
            page.locator(".b2b-cell[tabindex='0']").focus()
            while page.evaluate("document.activeElement.dataset.do") != choice:
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        expect(page.locator("tr.b2b-other, .b2b-detail")).to_have_count(0)
        assert shown.disk["cells"][self.rows[2]] == {self.people[n]: 1 for n in marked}
        assert shown.disk["cells"][self.rows[0]] == {self.people[1]: 1}, "later marks stay"
        assert shown.asked == [("leave", "one")]
        assert page.evaluate("document.activeElement.closest('tr') !== null"), (
            "the focus stays in the table"
        )
        assert list(shown.names("rows").values())[2] in page.locator(".b2b-told").inner_text()

    def test_undo_brings_back_what_a_choice_took_away(self, shown):
        shown.page.locator('.b2b-detail [data-do="put_back"]').click()
        shown.page.locator('.b2b-foot [data-do="undo"]').click()
        assert shown.disk["cells"][self.rows[2]] == shown.now["cells"][self.rows[2]]

    def test_work_goes_on_in_other_rows_and_the_choice_waits(self, shown):
        page = shown.page
        page.locator(".b2b-cell").nth(len(self.people) * 5).click()
        expect(page.locator("tr.b2b-other")).to_have_count(1)
        assert page.evaluate("document.activeElement.classList.contains('b2b-cell')")
        assert shown.asked == []

    def test_marking_by_hand_what_the_other_holds_ends_the_question_in_that_row(self, shown):
        page = shown.page
        page.locator(".b2b-cell").nth(len(self.people) * 2 + 9).click()
        expect(page.locator("tr.b2b-other")).to_have_count(0)

    def test_after_check_the_rows_are_plain_again(self, shown):
        page = shown.page
        page.locator('.b2b-foot [data-do="main"]').click()
        expect(page.locator(".b2b-task.is-result")).to_be_visible()
        expect(page.locator("tr.b2b-other")).to_have_count(0)


def test_where_one_cell_is_marked_in_two_ways_both_is_no_choice(show):
    shown = show("mx-cells-two")
    row, person = shown.ids("rows")[0], shown.ids("columns")[0]
    page = shown.open({"cells": {row: {person: 2}}}, {"cells": {row: {person: 1}}})
    assert page.locator(".b2b-detail button").count() == 2
    said, name = page.locator(".b2b-detail p").inner_text(), shown.names("columns")[person]
    assert f"Only now: {name} ({shown.words['mark_also']})" in said
    page.locator('.b2b-detail [data-do="put_back"]').click()
    expect(page.locator("tr.b2b-other")).to_have_count(0)
    assert shown.disk["cells"] == {row: {person: 1}}


def test_several_rows_are_chosen_one_by_one_and_the_last_ends_it(show):
    shown = show("mx-cells")
    rows, people = shown.ids("rows"), shown.ids("columns")
    now = {"cells": {row: {people[0]: 1} for row in rows[:3]}}
    page = shown.open(now, {"cells": {row: {people[1]: 1} for row in rows[:3]}})
    for left in (2, 1, 0):
        page.locator('.b2b-detail [data-do="put_back"]').first.click()
        expect(page.locator("tr.b2b-other")).to_have_count(left)
        assert shown.asked == ([] if left else [("leave", "one")])
    assert shown.disk["cells"] == {row: {people[1]: 1} for row in rows[:3]}


def test_several_rows_are_chosen_all_at_once_too(show):
    shown = show("mx-cells")
    rows, people = shown.ids("rows"), shown.ids("columns")
    other = {"cells": {row: {people[1]: 1} for row in rows[:3]}}
    page = shown.open({"cells": {row: {people[0]: 1} for row in rows[:3]}}, other)
    page.get_by_role("button", name="Use 13:51 everywhere", exact=True).click()
    expect(page.locator("tr.b2b-other")).to_have_count(0)
    assert shown.asked == [("put_back", "one")]
    assert shown.disk == other


def test_a_name_that_is_taken_over_leaves_the_row_where_it_stands_now(show):
    shown = show("mx-left")
    rows, names = shown.ids("rows"), shown.ids("row_choices")
    page = shown.open(
        {"rows": {rows[0]: names[0], rows[1]: names[1]}}, {"rows": {rows[0]: names[1]}}
    )
    page.locator('.b2b-detail [data-do="put_back"]').click()
    expect(page.locator("tr.b2b-other")).to_have_count(0)
    assert shown.disk["rows"] == {rows[0]: names[1]}


def test_where_columns_are_other_people_rows_are_not_chosen_alone(show):
    shown = show("mx-both")
    rows, slots, people = shown.ids("rows"), shown.ids("columns"), shown.ids("column_choices")
    now = {"columns": {slots[0]: people[0]}, "cells": {rows[0]: {slots[0]: 1}}}
    other = {"columns": {slots[0]: people[1]}, "cells": {rows[1]: {slots[0]: 1}}}
    page = shown.open(now, other)
    assert page.locator(".b2b-detail button").count() == 0
    assert (
        f"column 1: {shown.names('column_choices')[people[1]]}"
        in page.locator(".is-offer").inner_text()
    )
    page.locator('.is-offer [data-do="put_back"]').click()
    expect(page.locator(".is-offer")).to_have_count(0)
    assert shown.disk == other


def ordering(shown):
    cards = shown.ids("cards")
    return {"order": {"1": cards[0], "2": cards[1]}}, {"order": {"1": cards[0], "2": cards[2]}}


def matching(shown):
    cards, places = shown.ids("cards"), shown.ids("categories")
    return {"places": {cards[0]: {places[0]: 1}}}, {"places": {cards[0]: {places[1]: 1}}}


def evidence(shown):
    now, other = matching(shown)
    card = shown.ids("cards")[0]
    return now | {"lines": {card: {"1": 1}}}, other | {"lines": {card: {"1": 1}}}


def choice(shown):
    options = shown.ids("options")
    return {"chosen": {options[0]: 1}}, {"chosen": {options[1]: 1}}


def numbers(shown):
    row, field = shown.ids("rows")[0], shown.ids("fields")[0]
    return {"numbers": {row: {field: 1}}}, {"numbers": {row: {field: 2}}}


def line(shown):
    rows = shown.ids("rows")
    return {"order": {"1": rows[0]}}, {"order": {"1": rows[1], "2": rows[0]}}


OTHERS = {
    "or-ten-steps": (ordering, ""),
    "ma-roles": (matching, ""),
    "ev-bakery": (evidence, "evidence"),
    "ch-aim-high": (choice, ""),
    "al-visits": (numbers, ""),
    "al-packaging": (line, ""),
}


@pytest.mark.parametrize("item", OTHERS)
class TestOtherKinds:
    """What the other window has stands in its place; the answer is chosen as one whole."""

    def opened(self, show, item, lang="en"):
        values, kind = OTHERS[item]
        shown = show(item, lang)
        shown.now, shown.other = values(shown)
        shown.open(shown.now, shown.other, kind)
        return shown, shown.page.locator(".b2b-body").locator(".b2b-otherwise:visible, .is-others")

    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_it_stands_in_one_place_called_by_its_time(self, show, item, lang):
        shown, others = self.opened(show, item, lang)
        assert axe(shown.page) == []
        assert others.count() == 1
        heard = others.get_attribute("aria-label") or others.inner_text()
        assert offer_of({}, lang)["then"] in heard
        assert shown.page.locator(".is-offer").count() == 1

    @pytest.mark.parametrize("by", ["mouse", "keys"])
    def test_it_is_taken(self, show, item, by):
        shown, others = self.opened(show, item)
        button = shown.page.get_by_role("button", name="Use 13:51", exact=True)
        if by == "mouse":
            button.click()
        else:
            button.focus()
            shown.page.keyboard.press("Enter")
        expect(others).to_have_count(0)
        expect(shown.page.locator(".is-offer")).to_have_count(0)
        assert shown.asked == [("put_back", "one")]
        assert shown.disk == shown.other
        assert shown.page.evaluate("document.activeElement !== document.body"), "the focus is kept"

    def test_it_is_left(self, show, item):
        shown, others = self.opened(show, item)
        shown.page.get_by_role("button", name="Keep 14:03", exact=True).click()
        expect(others).to_have_count(0)
        assert shown.asked == [("leave", "one")]
        assert shown.disk == shown.now
