"""The allocation widget by itself: ticks, numbers, running totals, the line, undo, saving, verdicts, ears, room."""

from __future__ import annotations

import re
from decimal import Decimal

import alone
import msgspec
import pytest
from alone import axe, words

from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item
from b2bcourse.items.allocation.outcomes import outcomes_of, spread
from b2bcourse.items.allocation.value import plain

pytestmark = pytest.mark.browser

KIND = kind_of("allocation")
KO, EN = words("ko", "allocation"), words("en", "allocation")
ITEMS = ["al-portfolio", "al-schedule", "al-visits", "al-packaging", "al-reference", "sel-cash"]
OVER = {"numbers": {row: {"take": 1} for row in "bef"}, "worth": 410}
LATE = {"order": {"1": "p", "2": "q", "3": "r", "4": "u"}}
SOME = {
    "al-portfolio": OVER,
    "al-schedule": LATE,
    "al-visits": {"numbers": {"a": {"visits": 2}, "e": {"visits": 5}}},
    "al-packaging": {"order": {"1": "e", "2": "d", "3": "b"}, "worth": 38},
    "al-reference": {"numbers": {row: {"take": 1} for row in "aef"}},
    "sel-cash": {"numbers": {row: {"take": 1} for row in "df"}},
}


# What describes the control at a place.
DESCRIBED = """at => document.getElementById(
  document.querySelector(`[data-at="${at}"]`).getAttribute("aria-describedby")).textContent"""


def load(item):
    return load_item(bank_folder() / f"{item}.yaml")


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium)


@pytest.fixture
def open_widget(bench):
    """Opens a page with one bank item; an error inside the page fails the test."""

    def start(item="al-portfolio", lang="en", value=None, width=1280, **script):
        authored = load(item)
        face, key = KIND.face(authored, lang), KIND.key(authored)
        value = value or KIND.blank(face)
        outcome = KIND.score(face, key, value)
        told = KIND.explain(face, key, outcome, value)
        script.setdefault("feedback", msgspec.to_builtins(told))
        script.setdefault("answer", KIND.model_answer(face, key))
        page = bench.show(alone.html(msgspec.to_builtins(face), value, **script), width)
        page.evaluate("fake.sent.length = 0")
        return page

    yield start
    assert bench.errors == []


@pytest.fixture
def checked(open_widget):
    def start(item="al-portfolio", lang="en", **more):
        page = open_widget(item, lang, SOME[item], **more)
        button(page, words(lang, "allocation")["check"]).click()
        page.locator(".b2b-lines").wait_for()
        return page

    return start


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def box(page, name):
    return page.get_by_label(name, exact=True)


def patches(page):
    return alone.patches(page)


def wait_sent(page, count=1):
    page.wait_for_function(f"fake.sent.length >= {count}")


def totals(page):
    rows = page.locator(".b2b-totals tr").all()
    return [" ".join(row.inner_text().split()) for row in rows]


def on_line(page):
    return [name.split()[0].lower() for name in page.locator(".b2b-job-name").all_inner_texts()]


def told(page):
    return page.locator(".b2b-told").inner_text()


def at(page):
    return page.evaluate("document.activeElement.dataset.at ?? ''")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


class TestTicks:
    """Choosing rows, with the totals running along."""

    def test_a_tick_is_sent_and_taken_away_again(self, open_widget):
        page = open_widget()
        box(page, "B Dara Pumps: Pursue").click()
        box(page, "B Dara Pumps: Pursue").click()
        assert patches(page) == [
            {"numbers": {"b": {"take": 1}}},
            {"numbers": {"b": {"take": None}}},
        ]

    def test_totals_run_along_and_say_in_words_when_they_are_over(self, open_widget):
        page = open_widget()
        assert totals(page)[2] == "People 0 / 12 people 12 people left"
        for name in ("B Dara Pumps", "C Maru Robots", "E Saha Shipyard"):
            box(page, f"{name}: Pursue").click()
        assert totals(page)[2] == "People 15 / 12 people 3 people over"
        assert page.locator(".b2b-totals tr.is-broken").count() == 1
        assert page.locator('.b2b-body [role="status"]').inner_text() == "People: 3 people over"

    def test_a_full_limit_just_fits(self, open_widget):
        page = open_widget(value={"numbers": {row: {"take": 1} for row in "bcf"}})
        assert totals(page)[0] == "Time 20 / 20 weeks just fits"

    def test_chosen_rows_stand_out(self, open_widget):
        page = open_widget(value=OVER)
        weights = page.locator(".is-chosen .b2b-first").evaluate_all(
            "all => all.map(e => getComputedStyle(e).fontWeight)"
        )
        assert weights == ["700"] * 3

    def test_numbers_are_right_aligned_in_figures_of_one_width(self, open_widget):
        page = open_widget()
        looks = page.locator(".b2b-data tbody td").evaluate_all(
            "all => all.map(e => getComputedStyle(e)).map(s => [s.textAlign, s.fontVariantNumeric])"
        )
        assert {tuple(look) for look in looks} == {("right", "tabular-nums")}


class TestNumbers:
    """Typing a number for each row."""

    def test_a_number_is_sent_once_the_typing_pauses(self, open_widget):
        page = open_widget("al-visits")
        box(page, "A Garam Water: Visits").fill("4")
        assert totals(page)[0] == "Days 8 / 16 days 8 days left"
        assert patches(page) == []
        wait_sent(page)
        assert patches(page) == [{"numbers": {"a": {"visits": 4}}}]

    def test_leaving_the_field_sends_at_once_and_empty_is_none(self, open_widget):
        page = open_widget("al-visits", value=SOME["al-visits"])
        box(page, "A Garam Water: Visits").fill("")
        press(page, "Tab")
        assert patches(page) == [{"numbers": {"a": {"visits": None}}}]

    @pytest.mark.parametrize(
        ("lang", "typed"),
        [
            *[("ko", "9"), ("en", "-1"), ("en", "0.5"), ("ko", "abc")],
            *(
                pytest.param(*one, marks=pytest.mark.slow)
                for one in [
                    *[("en", "9"), ("ko", "-1"), ("ko", "0.5"), ("en", "abc")],
                    *(
                        (lang, typed)
                        for lang in ("ko", "en")
                        for typed in ("1,5", "1e3", "99999999999", "-")
                    ),
                ]
            ),
        ],
    )
    def test_a_number_that_does_not_fit_is_told_at_its_field_and_the_one_before_it_stays(
        self, open_widget, lang, typed
    ):
        said = words(lang, "allocation")
        page = open_widget("al-visits", lang, {"numbers": {"c": {"visits": 3}}})
        page.evaluate("fake.at = '15:20'")
        field = page.locator('[data-at="c/visits"]')
        field.select_text()
        page.keyboard.type(typed, delay=20)
        assert page.locator(".b2b-saved").get_attribute("data-kind") != "saved"
        told = f"{said['bad_number']} {said['kept']}".format(least=0, most=4, number=3)
        page.get_by_role("alert").filter(has_text=told).wait_for()
        assert field.get_attribute("aria-invalid") == "true"
        assert page.evaluate(DESCRIBED, "c/visits") == told
        page.locator(".b2b-saved", has_text=said["number_not_saved"]).wait_for()
        field.blur()
        assert field.input_value() == typed
        assert page.evaluate("fake.disk") == {"numbers": {"c": {"visits": 3}}}

    @pytest.mark.parametrize("typed", ["３", "3 ", "003", "+3", "3.0"])
    def test_a_number_is_read_as_a_person_writes_it(self, open_widget, typed):
        page = open_widget("al-visits")
        field = box(page, "A Garam Water: Visits")
        field.fill(typed)
        field.blur()
        assert patches(page) == [{"numbers": {"a": {"visits": 3}}}]
        assert field.input_value() == "3"
        assert field.get_attribute("aria-invalid") is None

    @pytest.mark.parametrize(
        ("typed", "number"),
        [("１２", 12), (" 12 ", 12), ("007", 7), ("0", 0), ("99999999999", 99999999999)],
    )
    def test_so_is_a_sum(self, open_widget, typed, number):
        page = open_widget()
        field = page.get_by_label("What is your plan's expected value?")
        field.fill(typed)
        field.blur()
        assert patches(page) == [{"worth": number}]
        assert field.input_value() == str(number)

    def test_a_sum_may_have_its_thousands_apart(self, open_widget):
        page = open_widget()
        field = page.get_by_label("What is your plan's expected value?")
        field.press_sequentially("−1,250", delay=20)
        field.blur()
        assert page.get_by_role("alert").count() == 0
        assert patches(page)[-1] == {"worth": -1250}

    def test_what_does_not_fit_is_told_only_when_the_typing_pauses(self, open_widget):
        page = open_widget("al-visits")
        box(page, "A Garam Water: Visits").press_sequentially("x")
        assert page.get_by_role("alert").count() == 0
        page.get_by_role("alert").wait_for()
        assert "No number is saved here yet." in page.get_by_role("alert").inner_text()

    def test_mended_it_is_saved_and_called_so(self, open_widget):
        page = open_widget("al-visits", value=SOME["al-visits"])
        field = box(page, "A Garam Water: Visits")
        field.fill("2x")
        field.blur()
        assert field.get_attribute("aria-invalid") == "true"
        assert EN["check_misfit"] in page.locator(".b2b-foot").inner_text()
        field.fill("3")
        field.blur()
        page.locator(".b2b-saved", has_text="Saved 14:03").wait_for()
        assert field.get_attribute("aria-invalid") is None
        assert page.get_by_role("alert").count() == 0
        assert page.evaluate("fake.disk.numbers.a.visits") == 3

    def test_the_number_that_is_saved_mends_it_too(self, open_widget):
        page = open_widget("al-visits", value=SOME["al-visits"])
        field = box(page, "A Garam Water: Visits")
        for typed in ("2x", "2"):
            field.fill(typed)
            field.blur()
        page.locator(".b2b-saved", has_text="Saved 14:03").wait_for()

    def test_another_fields_save_does_not_hide_it(self, open_widget):
        page = open_widget("al-visits", value=SOME["al-visits"])
        box(page, "A Garam Water: Visits").fill("many")
        box(page, "B Danbi Farm Machines: Visits").fill("1")
        page.keyboard.press("Tab")
        page.wait_for_function("fake.disk.numbers.b?.visits === 1")
        assert page.locator(".b2b-saved").inner_text() == EN["number_not_saved"]
        assert box(page, "A Garam Water: Visits").input_value() == "many"

    def test_the_beginning_of_a_misfit_leaves_no_step_to_undo(self, open_widget):
        page = open_widget("al-visits", value=SOME["al-visits"])
        box(page, "A Garam Water: Visits").select_text()
        page.keyboard.type("0.5")
        page.get_by_role("alert").wait_for()
        assert button(page, EN["undo"]).get_attribute("aria-disabled") == "true"

    def test_a_preview_tells_it_and_nothing_of_saving(self, open_widget):
        page = open_widget("al-visits", mode="preview")
        box(page, "A Garam Water: Visits").fill("x")
        page.get_by_role("alert").wait_for()
        assert page.get_by_role("alert").inner_text() == "Write a whole number from 0 to 5."

    def test_arrow_keys_step(self, open_widget):
        page = open_widget("al-visits")
        box(page, "D Yeoul Textiles: Visits").focus()
        press(page, "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown")
        wait_sent(page)
        assert patches(page) == [{"numbers": {"d": {"visits": 2}}}]

    def test_typing_is_one_undo(self, open_widget):
        page = open_widget()
        page.get_by_label("What is your plan's expected value?").type("304")
        button(page, EN["undo"]).click()
        assert page.get_by_label("What is your plan's expected value?").input_value() == ""
        assert patches(page)[-1] == {"worth": None}

    def test_the_plans_value_is_a_number_of_its_own(self, open_widget):
        page = open_widget()
        field = page.get_by_label("What is your plan's expected value?")
        field.fill("-12.5")
        field.blur()
        assert patches(page) == [{"worth": -12.5}]


class TestOutcomes:
    """What may come of a plan, with every choice: the numbers that Python tells."""

    def told(self, page):
        return [
            " ".join(row.inner_text().split()) for row in page.locator(".b2b-outcomes tr").all()
        ]

    def test_nothing_is_told_of_an_empty_plan(self, open_widget):
        page = open_widget("sel-cash")
        assert page.locator(".b2b-outcomes").inner_text().splitlines()[-1] == EN["outcomes_empty"]
        assert not page.locator(".b2b-outcomes table").is_visible()

    @pytest.mark.parametrize("rows", ["d", "df", "bcf", "acef", "abcdef"])
    def test_the_numbers_are_those_that_python_tells(self, open_widget, rows):
        item = load("sel-cash")
        page = open_widget("sel-cash", value={"numbers": {row: {"take": 1} for row in rows}})
        told = spread(outcomes_of(item), {row: {"take": Decimal(1)} for row in rows})
        assert self.told(page)[:3] == [
            f"Expected profit {plain(told.expected)} million won",
            f"Eight in ten from {plain(told.low)} to {plain(told.high)} million won",
            f"Below zero {told.losses}",
        ]

    def test_they_change_with_a_tick(self, open_widget):
        page = open_widget("sel-cash", value={"numbers": {row: {"take": 1} for row in "df"}})
        assert self.told(page)[3] == "The best you give up B Haemil Microscopes, 40 million won"
        box(page, "D Keunbyeol Satellites: Pursue").click()
        assert self.told(page)[0] == "Expected profit 44 million won"
        assert (
            page.locator('.b2b-body [role="status"]').inner_text()
            == "Expected profit: 44 million won"
        )
        assert self.told(page)[3] == "The best you give up D Keunbyeol Satellites, 60 million won"

    def test_items_that_do_not_ask_show_none(self, open_widget):
        page = open_widget()
        assert page.locator(".b2b-outcomes").count() == 0

    def test_axe_finds_nothing(self, open_widget):
        for theme in ("light", "dark"):
            page = open_widget("sel-cash", "ko", SOME["sel-cash"], theme=theme)
            assert axe(page) == []


class TestLine:
    """Accepting jobs and changing their sequence."""

    def test_accepting_puts_a_job_at_the_end_and_taking_back_closes_the_gap(self, open_widget):
        page = open_widget("al-schedule")
        assert EN["line_empty"] in page.locator(".b2b-body").inner_text()
        for name in ("R Brackets", "P Connector pins", "U Battery lids"):
            box(page, f"{name}: Accept").click()
        assert on_line(page) == ["r", "p", "u"]
        box(page, "P Connector pins: Accept").click()
        assert on_line(page) == ["r", "u"]
        assert patches(page)[-1] == {"order": {"2": "u", "3": None}}
        assert told(page) == "P Connector pins: taken off the line."

    def test_buttons_move_a_job_and_keep_the_focus(self, open_widget):
        page = open_widget("al-schedule", value=LATE)
        button(page, "U Battery lids: earlier").click()
        assert on_line(page) == ["p", "q", "u", "r"]
        assert at(page) == "u/up"
        press(page, "Enter")
        assert on_line(page) == ["p", "u", "q", "r"]
        assert told(page) == "U Battery lids: now number 2, 5 days to spare"
        assert patches(page) == [{"order": {"3": "u", "4": "r"}}, {"order": {"2": "u", "3": "q"}}]

    def test_the_ends_of_the_line_are_closed(self, open_widget):
        page = open_widget("al-schedule", value=LATE)
        first = button(page, "P Connector pins: earlier")
        assert first.get_attribute("aria-disabled") == "true"
        first.click(force=True)
        assert patches(page) == []

    def test_a_job_is_dragged_and_the_line_shows_how_it_would_be(self, open_widget):
        page = open_widget("al-schedule", value=LATE)
        self.grab(page, 3)
        assert on_line(page) == ["p", "u", "q", "r"]
        assert patches(page) == []
        assert page.locator(".b2b-job.is-held").count() == 1
        page.mouse.up()
        assert on_line(page) == ["p", "u", "q", "r"]
        assert patches(page) == [{"order": {"2": "u", "3": "q", "4": "r"}}]

    def test_escape_lets_a_dragged_job_go_back(self, open_widget):
        page = open_widget("al-schedule", value=LATE)
        box(page, "S Body panels: Accept").focus()
        self.grab(page, 3)
        press(page, "Escape")
        page.mouse.up()
        assert on_line(page) == ["p", "q", "r", "u"]
        assert patches(page) == []

    def grab(self, page, index):
        """Takes a job by its grip to the second place."""
        grip = page.locator(".b2b-grip").nth(index)
        grip.scroll_into_view_if_needed()
        start, end = grip.bounding_box(), page.locator(".b2b-job").nth(1).bounding_box()
        page.mouse.move(start["x"] + 5, start["y"] + 15)
        page.mouse.down()
        page.mouse.move(end["x"] + 5, end["y"] + 20, steps=4)

    def test_each_job_says_when_it_is_made_and_by_how_much_it_is_late(self, open_widget):
        page = open_widget("al-schedule", value=LATE)
        said = [" ".join(text.split()) for text in page.locator(".b2b-job").all_inner_texts()]
        assert "from 9 to 12 days, due 7 days" in said[2]
        assert said[2].endswith("5 days late")
        assert page.locator(".b2b-job.is-late").count() == 2

    def test_bars_stand_where_the_days_are(self, open_widget):
        page = open_widget("al-schedule", value=LATE)
        bar = page.locator(".b2b-days").nth(3)
        whole = bar.bounding_box()["width"]
        widths = [
            bar.locator(name).bounding_box()["width"] / whole for name in (".is-making", ".is-over")
        ]
        assert widths == pytest.approx([2 / 19, 5 / 19], abs=0.01)

    def test_undo_takes_back_one_move(self, open_widget):
        page = open_widget("al-schedule", value=LATE)
        button(page, "U Battery lids: earlier").click()
        press(page, "Control+z")
        assert on_line(page) == ["p", "q", "r", "u"]
        assert patches(page)[-1] == {"order": {"3": "r", "4": "u"}}

    def test_a_job_that_stands_twice_is_shown_once(self, open_widget):
        page = open_widget("al-schedule", value={"order": {"1": "p", "3": "p", "4": "u"}})
        assert on_line(page) == ["p", "u"]
        button(page, "U Battery lids: earlier").click()
        page.wait_for_function("fake.disk.order[1] === 'u'")
        assert page.evaluate("fake.disk") == {"order": {"1": "u", "2": "p"}}


class TestKeyboard:
    """All of it without a mouse."""

    def test_a_portfolio_is_chosen_and_checked_by_keys_alone(self, open_widget):
        page = open_widget()
        press(page, "Tab", "Tab", " ", "Tab", " ")
        page.wait_for_function("fake.disk.numbers?.c")
        assert page.evaluate("Object.keys(fake.disk.numbers)") == ["b", "c"]
        press(page, "Tab", "Tab", "Tab", "Tab")
        page.keyboard.type("184")
        press(page, "Tab", "Enter")
        page.locator(".b2b-lines").wait_for()

    def test_a_line_is_made_by_keys_alone(self, open_widget):
        page = open_widget("al-schedule")
        press(page, "Tab", " ", "Tab", " ")
        assert on_line(page) == ["p", "q"]
        button(page, "Q Motor covers: earlier").focus()
        press(page, " ")
        assert on_line(page) == ["q", "p"]

    def test_the_notebook_hears_none_of_it(self, open_widget):
        page = open_widget("al-visits")
        box(page, "A Garam Water: Visits").focus()
        press(page, "1", "ArrowUp", "Escape", "d", "Tab")
        assert page.evaluate("fake.heard") == []


class TestSaving:
    """«Saved» only when it is."""

    def test_a_change_is_saved_and_a_gone_kernel_told(self, open_widget):
        page = open_widget()
        page.evaluate("fake.at = '15:20'")
        box(page, "A Gaon Boilers: Pursue").click()
        page.locator(".b2b-saved", has_text="Saved 15:20").wait_for()
        page.evaluate("fake.kernel = 'dead'")
        box(page, "B Dara Pumps: Pursue").click()
        page.locator(".b2b-saved", has_text=EN["not_saved"]).wait_for()

    def test_another_windows_tick_comes_in(self, open_widget):
        page = open_widget()
        page.evaluate("fake.set('value', {numbers: {d: {take: 1}}})")
        assert box(page, "D Basol Cells: Pursue").is_checked()

    def test_a_preview_sends_nothing(self, open_widget):
        page = open_widget(mode="preview")
        box(page, "A Gaon Boilers: Pursue").click()
        assert page.evaluate("fake.sent") == []


class TestChecked:
    """Verdicts beside what they judge, the reasons below."""

    def test_check_opens_with_the_first_choice(self, open_widget):
        page = open_widget()
        page.get_by_label("What is your plan's expected value?").fill("304")
        assert button(page, EN["check"]).get_attribute("aria-disabled") == "true"
        assert EN["check_closed"] in page.locator(".b2b-foot").inner_text()
        box(page, "A Gaon Boilers: Pursue").click()
        assert button(page, EN["check"]).get_attribute("aria-disabled") is None

    def test_limits_and_jobs_are_judged_and_the_reasons_told(self, checked):
        page = checked()
        signs = page.locator(".b2b-totals [data-mark]").evaluate_all(
            "all => all.map(e => e.dataset.mark)"
        )
        assert signs == ["right", "wrong", "right", "right"]
        assert "Over the limit: Capital." in page.locator(".b2b-lines").inner_text()
        page = checked("al-schedule")
        assert "Late: R Brackets." in page.locator(".b2b-lines").inner_text()
        assert page.locator('.b2b-job [data-mark="wrong"]').count() == 2

    def test_nothing_can_be_changed_until_try_again(self, checked):
        page = checked("al-packaging")
        assert page.locator(".b2b-body input, .b2b-move").count() == 0
        button(page, EN["retry"]).click()
        assert page.locator(".b2b-body input").count() == 7
        assert on_line(page) == ["e", "d", "b"]

    def test_the_answer_is_shown_and_the_own_one_kept(self, checked):
        page = checked("al-schedule")
        button(page, EN["show_answer"]).click()
        page.locator(".b2b-task", has_text=EN["answer_shown"]).wait_for()
        assert on_line(page) == ["p", "r", "u", "q"]
        button(page, EN["retry"]).click()
        assert on_line(page) == ["p", "q", "r", "u"]

    def test_graded_work_has_no_check_and_says_how_complete_it_is(self, open_widget):
        page = open_widget(
            "al-packaging", mode="answer", value=LATE | {"order": {"1": "e", "2": "d"}}
        )
        assert button(page, EN["check"]).count() == 0
        assert page.locator(".b2b-progress").inner_text() == "2 chosen · sum still open"


class TestRoom:
    """Nothing is cut, nothing runs over."""

    @pytest.mark.parametrize("item", ITEMS)
    def test_nothing_runs_over_the_edge(self, open_widget, lang, item):
        page = open_widget(item, lang, SOME[item])
        for width in (1280, 800, 420):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(50)
            assert (
                page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                == 0
            )
            scrolls = page.locator(".b2b-scroll").evaluate("e => e.scrollWidth - e.clientWidth")
            assert scrolls == 0 or width == 420

    @pytest.mark.parametrize("item", ["al-portfolio", "al-schedule"])
    def test_every_target_is_large_enough_for_a_finger(self, open_widget, item):
        page = open_widget(item, value=SOME[item], width=800)
        sizes = page.eval_on_selector_all(
            ".b2b-body :is(button, label, input[type=text])",
            "all => all.map(e => e.getBoundingClientRect()).map(r => [r.width, r.height])",
        )
        assert min(min(size) for size in sizes) >= 24

    @pytest.mark.parametrize("item", ["al-portfolio", "al-schedule"])
    def test_edges_line_up(self, open_widget, item):
        page = open_widget(item, "ko", SOME[item])
        edges = [
            page.locator(name).bounding_box() for name in (".b2b-top", ".b2b-data", ".b2b-foot")
        ]
        assert len({round(edge["x"]) for edge in edges}) == 1
        assert len({round(edge["x"] + edge["width"]) for edge in edges}) == 1


def test_both_languages_say_the_same_things_with_the_same_places():
    assert set(KO) == set(EN)
    for name, text in KO.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", EN[name])), (
            name
        )


def test_every_word_the_widget_uses_is_there():
    code = (alone.WIDGETS / "allocation.js").read_text(encoding="utf-8")
    assert set(re.findall(r"words\.(\w+)", code)) <= set(EN)


def test_it_runs_as_the_one_module_that_a_notebook_gets(open_widget):
    page = open_widget(built=True)
    box(page, "A Gaon Boilers: Pursue").click()
    assert patches(page) == [{"numbers": {"a": {"take": 1}}}]


@pytest.mark.parametrize(
    ("item", "theme"),
    [
        *[("al-portfolio", "light"), ("al-schedule", "dark"), ("al-visits", "light")],
        *(
            pytest.param(*one, marks=pytest.mark.slow)
            for one in [("al-portfolio", "dark"), ("al-schedule", "light"), ("al-visits", "dark")]
        ),
    ],
)
def test_axe_finds_nothing(open_widget, item, theme):
    lang = "ko" if theme == "light" else "en"
    page = open_widget(item, lang, theme=theme)
    assert axe(page) == []
    page = open_widget(item, lang, SOME[item], theme=theme)
    assert axe(page) == []
    button(page, words(lang, "allocation")["check"]).click()
    page.locator(".b2b-lines").wait_for()
    assert axe(page) == []
