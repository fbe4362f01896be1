"""The matrix widget by itself: marks, names, saving, feedback, keyboard, names for ears, colours, room."""

from __future__ import annotations

import re
from itertools import pairwise

import alone
import pytest
from alone import axe, words

pytestmark = pytest.mark.browser

FORMS = ["cells", "left", "right", "both"]
KO, EN = words("ko"), words("en")


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium)


@pytest.fixture
def open_widget(bench):
    """Opens a page with one widget; an error inside the page fails the test."""

    def start(form="cells", lang="en", value=None, width=1280, face=None, **script):
        face = face or alone.face(form, lang)
        if "feedback" not in script:
            script |= {"feedback": alone.feedback(face), "answer": alone.answer(face)}
        return bench.show(alone.html(face, value or {}, **script), width)

    yield start
    assert bench.errors == []


def cell(page, row, column):
    return (
        page.locator(".b2b-matrix tbody tr:has(.b2b-cell)")
        .nth(row)
        .locator(".b2b-cell")
        .nth(column)
    )


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def sent(page, what="change"):
    return [message for message in page.evaluate("fake.sent") if message["do"] == what]


def patches(page):
    return [message["patch"] for message in sent(page)]


def disk(page):
    return page.evaluate("new Promise((done) => setTimeout(() => done(fake.disk), 20))")


def saved_line(page):
    return page.locator(".b2b-saved")


def expect_text(locator, text):
    from playwright.sync_api import expect

    expect(locator).to_have_text(text)


def focused(page):
    return page.evaluate(
        "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    )


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def into_grid(page):
    """Tab from the top of the page reaches the table in one step."""
    page.evaluate("document.activeElement.blur()")
    press(page, "Tab")


class TestMarks:
    """Clicks and keys on cells."""

    def test_a_click_goes_through_the_marks_and_back(self, open_widget):
        page = open_widget()
        for _ in range(3):
            cell(page, 0, 1).click()
        assert patches(page) == [
            {"cells": {"cost": {"cfo": 1}}},
            {"cells": {"cost": {"cfo": 2}}},
            {"cells": {"cost": {"cfo": None}}},
        ]

    def test_with_one_kind_of_mark_a_second_click_takes_it_away(self, open_widget):
        page = open_widget(face=alone.face("cells", "en", marks=1))
        cell(page, 0, 1).click()
        cell(page, 0, 1).click()
        press(page, "2")
        assert [patch["cells"]["cost"]["cfo"] for patch in patches(page)] == [1, None]

    def test_a_touch_marks_as_a_click_does(self, chromium):
        page = alone.Bench(chromium, touch=True).show(alone.html(alone.face("cells", "en"), {}))
        cell(page, 2, 2).tap()
        assert patches(page) == [{"cells": {"tech": {"coo": 1}}}]

    def test_every_target_is_large_enough_for_a_finger(self, open_widget):
        page = open_widget("both", width=800, value=alone.answer(alone.face("both", "en"), 4))
        sizes = page.eval_on_selector_all(
            ".b2b-matrix button, .b2b-cell",
            "all => all.map(e => e.getBoundingClientRect())"
            ".filter(r => r.width).map(r => [r.width, r.height])",
        )
        assert min(min(size) for size in sizes) >= 24

    def test_keys_set_cycle_and_clear(self, open_widget):
        page = open_widget()
        into_grid(page)
        press(page, "2", "1", "0", " ", "Enter", "Delete")
        levels = [patch["cells"]["cost"]["ceo"] for patch in patches(page)]
        assert levels == [2, 1, None, 1, 2, None]

    def test_the_row_and_column_of_the_focus_are_lit(self, open_widget):
        page = open_widget()
        cell(page, 3, 4).focus()
        assert page.locator("tr.is-lit .b2b-name").inner_text() == "Liaison office nearby"
        assert page.locator(".b2b-col.is-lit").inner_text().strip().startswith("CIO")
        cell(page, 5, 6).hover()
        assert page.locator("tr.is-lit .b2b-name").inner_text() == "Top quality control"


class TestKeyboard:
    """All four forms can be done without a mouse."""

    def test_arrows_and_their_relatives_move(self, open_widget):
        page = open_widget(lang="en")
        into_grid(page)
        assert focused(page) == "Cost saving, CEO: no mark"
        for keys, place in [
            (["ArrowRight", "ArrowDown"], "Low price, CFO"),
            (["End"], "Low price, QA head"),
            (["Home"], "Low price, CEO"),
            (["Control+End"], "Support 24 h, 365 days, QA head"),
            (["ArrowRight", "ArrowDown"], "Support 24 h, 365 days, QA head"),
            (["Control+Home"], "Cost saving, CEO"),
            (["PageDown"], "Support 24 h, 365 days, CEO"),
            (["PageUp"], "Cost saving, CEO"),
        ]:
            press(page, *keys)
            assert focused(page) == f"{place}: no mark"

    @pytest.mark.parametrize("form", FORMS)
    def test_the_table_is_one_tab_stop(self, open_widget, form):
        page = open_widget(form, value=alone.answer(alone.face(form, "en"), 4))
        stops = (
            "[...document.querySelectorAll('[role=grid] *')].filter(e => e.tabIndex >= 0).length"
        )
        assert page.evaluate(stops) == 1
        into_grid(page)
        press(page, "ArrowRight", "ArrowDown", "ArrowRight")
        assert page.evaluate(stops) == 1
        press(page, "Tab")
        assert focused(page) == EN["check"]

    def test_cells_are_marked_checked_and_read_by_keys_alone(self, open_widget):
        page = open_widget()
        into_grid(page)
        press(page, "ArrowRight", " ", "Tab", "Enter")
        page.locator(".b2b-lines").wait_for()
        assert focused(page) == EN["retry"]
        press(page, "Shift+Tab", "Shift+Tab", "Home", "Enter")
        assert page.locator(".b2b-lines").count() == 1
        press(page, "Tab", "Tab", "Tab", "Enter")
        assert patches(page) == [{"cells": {"cost": {"cfo": 1}}}]

    def test_left_blank_is_filled_by_keys_alone(self, open_widget):
        page = open_widget("left")
        into_grid(page)
        press(page, "Enter")
        page.keyboard.type("low")
        press(page, "Enter", "ArrowDown", "Enter", "ArrowDown", "ArrowDown", "ArrowUp", "Enter")
        value = disk(page)["rows"]
        assert value["r1"] == "price"
        assert value["r2"] == alone.choices("rows", "en")[1]["id"]
        assert focused(page).startswith("row 2: ")

    def test_right_blank_is_filled_by_keys_alone(self, open_widget):
        page = open_widget("right")
        into_grid(page)
        press(page, "ArrowRight", "Enter")
        page.keyboard.type("qa")
        press(page, "Enter")
        assert disk(page)["columns"] == {"c2": "qa_head"}
        assert focused(page) == "column 2: QA head"

    def test_both_sides_are_filled_by_keys_alone(self, open_widget):
        page = open_widget("both")
        into_grid(page)
        press(page, "Enter")
        page.keyboard.type("cost")
        press(page, "Enter", "ArrowRight", "ArrowUp", "Enter")
        page.keyboard.type("cfo")
        press(page, "Enter", "ArrowDown", " ")
        value = disk(page)
        assert value == {
            "rows": {"r1": "cost"},
            "columns": {"c1": "cfo"},
            "cells": {"r1": {"c1": 1}},
        }

    def test_escape_closes_the_list_and_changes_nothing(self, open_widget):
        page = open_widget("left")
        into_grid(page)
        press(page, "Enter", "ArrowDown", "Escape")
        assert page.locator(".b2b-list").count() == 0
        assert focused(page).startswith("row 1")
        assert patches(page) == []

    def test_enter_that_ends_a_hangul_syllable_does_not_choose(self, open_widget):
        page = open_widget("left", "ko")
        into_grid(page)
        press(page, "Enter")
        page.evaluate(
            "document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
        )
        assert page.locator(".b2b-list").count() == 1

    def test_the_notebook_hears_nothing_of_it(self, open_widget):
        page = open_widget("both")
        into_grid(page)
        press(page, "a", "d", "d", "Enter", "x", "Escape", "Tab", "Enter", "Control+z")
        heard = page.evaluate("fake.heard")
        assert [event for event in heard if "Tab" not in event] == []
        assert page.locator('.b2b-matrix[data-lm-suppress-shortcuts="true"]').count() == 1


class TestNames:
    """Picklists and slots."""

    def test_a_name_that_is_used_elsewhere_moves_and_says_so(self, open_widget):
        page = open_widget("left", value={"rows": {"r1": "tech"}})
        page.locator(".b2b-pick").nth(2).click()
        page.get_by_role("option", name="Advanced technology").click()
        assert patches(page) == [{"rows": {"r3": "tech", "r1": None}}]
        told = page.locator(".b2b-told")
        assert (
            told.inner_text()
            == "Advanced technology moved from row 1 to row 3; row 1 is now empty."
        )
        assert told.get_attribute("role") == "status"

    def test_a_used_name_tells_where_it_stands(self, open_widget):
        page = open_widget("left", value={"rows": {"r1": "tech"}})
        page.locator(".b2b-pick").nth(2).click()
        assert page.get_by_role("option").last.inner_text().split("\n") == [
            "Advanced technology",
            "in row 1",
        ]

    def test_the_last_entry_empties_a_head(self, open_widget):
        page = open_widget("right", value={"columns": {"c1": "cfo"}})
        page.locator(".b2b-slot").first.click()
        page.get_by_role("option").last.click()
        assert patches(page) == [{"columns": {"c1": None}}]
        assert page.locator(".b2b-slot.has-name").count() == 0

    def test_a_click_outside_closes_the_list(self, open_widget):
        page = open_widget("right")
        page.locator(".b2b-slot").first.click()
        page.locator(".b2b-title").click()
        assert page.locator(".b2b-list").count() == 0

    def test_the_list_stays_inside_the_window(self, open_widget):
        page = open_widget("both", width=800)
        page.locator(".b2b-slot").last.click()
        box = page.locator(".b2b-list").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 800
        assert box["y"] + box["height"] <= 900

    def test_a_cell_of_an_empty_column_tells_why_it_takes_no_mark(self, open_widget):
        page = open_widget("both")
        cell(page, 0, 3).click(force=True)
        assert page.locator(".b2b-told").inner_text() == EN["column_empty"]
        assert cell(page, 0, 3).get_attribute("aria-disabled") == "true"
        assert patches(page) == []

    def test_marks_go_with_a_person_who_moves_to_a_column_without_marks(self, open_widget):
        value = {"columns": {"c1": "cfo"}, "cells": {"r1": {"c1": 2}}}
        page = open_widget("both", value=value)
        page.locator(".b2b-slot").nth(4).click()
        page.get_by_role("option", name="CFO").click()
        assert disk(page) == {"columns": {"c5": "cfo"}, "cells": {"r1": {"c5": 2}}}

    def test_marks_that_stand_in_a_column_stay_when_someone_moves_there(self, open_widget):
        value = {"columns": {"c1": "cfo", "c2": "ceo"}, "cells": {"r1": {"c1": 1}, "r2": {"c2": 1}}}
        page = open_widget("both", value=value)
        page.locator(".b2b-slot").nth(1).click()
        page.get_by_role("option", name="CFO").click()
        assert disk(page) == {"columns": {"c2": "cfo"}, "cells": {"r1": {}, "r2": {"c2": 1}}}

    def test_emptying_a_column_takes_its_marks_and_undo_brings_them_back(self, open_widget):
        value = {"columns": {"c1": "cfo"}, "cells": {"r1": {"c1": 1}, "r4": {"c1": 2}}}
        page = open_widget("both", value=value)
        page.locator(".b2b-slot").first.focus()
        press(page, "Delete")
        assert disk(page) == {"columns": {}, "cells": {"r1": {}, "r4": {}}}
        press(page, "Control+z")
        assert disk(page) == value


class TestUndo:
    """Back, step by step."""

    def test_the_button_and_the_keys_take_the_last_step_back(self, open_widget):
        page = open_widget(value={"cells": {"cost": {"ceo": 2}}})
        assert button(page, EN["undo"]).get_attribute("aria-disabled") == "true"
        cell(page, 0, 0).click()
        cell(page, 0, 1).click()
        press(page, "Control+z")
        assert disk(page)["cells"] == {"cost": {}}
        button(page, EN["undo"]).click()
        assert disk(page)["cells"] == {"cost": {"ceo": 2}}
        assert page.locator(".b2b-told").inner_text() == EN["undone"]

    def test_one_undo_takes_back_a_whole_move(self, open_widget):
        page = open_widget("left", value={"rows": {"r1": "tech"}})
        page.locator(".b2b-pick").nth(2).click()
        page.get_by_role("option", name="Advanced technology").click()
        button(page, EN["undo"]).click()
        assert disk(page)["rows"] == {"r1": "tech"}


class TestSaving:
    """«Saved» is said only of what is on disk."""

    def test_it_is_quiet_at_first_then_saving_then_saved(self, open_widget):
        page = open_widget()
        page.evaluate("fake.delay = 700")
        cell(page, 0, 0).click()
        page.wait_for_timeout(150)
        assert saved_line(page).inner_text() == ""
        expect_text(saved_line(page), EN["saving"])
        expect_text(saved_line(page), "Saved 14:03")

    def test_saved_waits_for_the_reply_to_the_last_change(self, open_widget):
        page = open_widget()
        page.evaluate("fake.kernel = 'gone'")
        for column in range(2):
            cell(page, 0, column).click()
        first, last = (message["n"] for message in sent(page))
        page.evaluate(f"fake.reply({{did: 'saved', n: {first}, at: '14:05', value: {{}}}})")
        assert "Saved" not in saved_line(page).inner_text()
        assert "most interested" in cell(page, 0, 1).get_attribute("aria-label")
        page.evaluate(
            f"fake.reply({{did: 'saved', n: {last}, at: '14:06',"
            " value: {cells: {cost: {ceo: 1, cfo: 1}}}})"
        )
        expect_text(saved_line(page), "Saved 14:06")

    def test_an_earlier_saved_is_out_of_sight_while_a_change_is_on_its_way(self, open_widget):
        page = open_widget()
        cell(page, 0, 0).click()
        expect_text(saved_line(page), "Saved 14:03")
        page.evaluate("fake.kernel = 'gone'")
        cell(page, 0, 1).click()
        assert saved_line(page).evaluate("(line) => getComputedStyle(line).opacity") == "0"
        page.evaluate("fake.kernel = 'well'; fake.answer(fake.sent.at(-1))")
        page.wait_for_function("document.querySelector('.b2b-saved').dataset.kind === 'saved'")
        assert saved_line(page).evaluate("(line) => getComputedStyle(line).opacity") == "1"

    def test_no_reply_is_told_and_a_late_one_heals(self, open_widget):
        page = open_widget(lang="ko")
        page.evaluate("fake.kernel = 'gone'")
        cell(page, 0, 0).click()
        expect_text(saved_line(page), KO["not_saved"])
        assert saved_line(page).get_attribute("data-kind") == "failed"
        assert KO["mark_main"] in cell(page, 0, 0).get_attribute("aria-label")
        page.evaluate("fake.answer(fake.sent[0])")
        expect_text(saved_line(page), "저장됨 14:03")

    def test_a_dead_line_is_told_at_once_and_the_next_change_carries_all(self, open_widget):
        page = open_widget()
        page.evaluate("fake.kernel = 'dead'")
        cell(page, 0, 0).click()
        cell(page, 1, 1).click()
        expect_text(saved_line(page), EN["not_saved"])
        page.evaluate("fake.kernel = 'well'")
        cell(page, 2, 2).click()
        expect_text(saved_line(page), "Saved 14:03")
        assert disk(page)["cells"] == {"cost": {"ceo": 1}, "price": {"cfo": 1}, "tech": {"coo": 1}}

    def test_a_full_disk_is_told_in_its_own_words(self, open_widget):
        page = open_widget(failed="Not saved: the disk is full")
        page.evaluate("fake.kernel = 'full'")
        cell(page, 0, 0).click()
        expect_text(saved_line(page), "Not saved: the disk is full")
        assert saved_line(page).get_attribute("role") == "status"

    def test_marks_of_another_kernel_come_in_and_ours_stay(self, open_widget):
        page = open_widget()
        page.evaluate("fake.disk = {cells: {price: {ceo: 1}}}")
        cell(page, 0, 0).click()
        expect_text(saved_line(page), "Saved 14:03")
        assert "most interested" in cell(page, 1, 0).get_attribute("aria-label")
        page.evaluate("fake.kernel = 'gone'")
        cell(page, 0, 1).click()
        page.evaluate("fake.set('value', {cells: {price: {ceo: 2}}})")
        assert "also interested" in cell(page, 1, 0).get_attribute("aria-label")
        assert "most interested" in cell(page, 0, 1).get_attribute("aria-label")

    def test_check_sends_what_is_not_yet_saved_first(self, open_widget):
        page = open_widget()
        page.evaluate("fake.kernel = 'dead'")
        cell(page, 0, 0).click()
        page.evaluate("fake.kernel = 'well'")
        button(page, EN["check"]).click()
        assert [message["do"] for message in page.evaluate("fake.sent")] == [
            "change",
            "change",
            "check",
        ]

    def test_numbers_of_messages_grow(self, open_widget):
        page = open_widget()
        for column in range(4):
            cell(page, 0, column).click()
        numbers = [message["n"] for message in sent(page)]
        assert numbers == sorted(set(numbers))

    def test_a_preview_sends_nothing(self, open_widget):
        page = open_widget(mode="preview")
        cell(page, 0, 0).click()
        assert "most interested" in cell(page, 0, 0).get_attribute("aria-label")
        assert page.evaluate("fake.sent") == []
        assert page.get_by_text(EN["preview"]).is_visible()
        assert not button(page, EN["check"]).is_visible()


class TestCheck:
    """What Check, Hint and Show answer do."""

    def test_it_opens_with_the_first_answer(self, open_widget):
        page = open_widget()
        check = button(page, EN["check"])
        assert check.get_attribute("aria-disabled") == "true"
        assert page.get_by_text(EN["check_closed"]).is_visible()
        check.click(force=True)
        assert page.evaluate("fake.sent") == []
        cell(page, 0, 0).click()
        assert check.get_attribute("aria-disabled") is None
        assert not page.get_by_text(EN["check_closed"]).is_visible()

    @pytest.fixture
    def checked(self, open_widget):
        def start(form="cells", lang="en", **script):
            page = open_widget(form, lang, value=alone.answer(alone.face(form, lang)), **script)
            button(page, words(lang)["check"]).click()
            page.locator(".b2b-lines").first.wait_for()
            return page

        return start

    def test_each_verdict_has_its_shape_and_its_word(self, checked):
        page = checked()
        seen = {
            verdict: page.locator(f".b2b-cell:has([data-mark={verdict}])").first.get_attribute(
                "aria-label"
            )
            for verdict in ["right", "partly", "wrong", "missed", "accepted"]
        }
        assert seen == {
            "right": "Cost saving, CEO: most interested, right",
            "partly": "Top quality control, CFO: no mark, partly right",
            "wrong": "Liaison office nearby, CIO: no mark, wrong",
            "missed": "Liaison office nearby, COO: no mark, missed",
            "accepted": "Cost saving, Purchasing lead: no mark, accepted",
        }

    def test_the_result_stands_at_the_top_and_is_read_out(self, checked):
        page = checked()
        assert page.locator(".b2b-big").inner_text() == "28 / 31"
        said = page.locator("[role=status]", has=page.locator(".is-result"))
        assert said.inner_text().startswith("28 / 31")
        assert page.locator(".b2b-progress").inner_text() == "2nd try · first try 6.4"

    def test_the_first_row_to_fix_is_open_and_only_one_is(self, checked):
        page = checked()
        toggle = page.get_by_role("button", name="Liaison office nearby")
        assert toggle.get_attribute("aria-expanded") == "true"
        cell(page, 5, 7).click()
        assert page.locator(".b2b-lines").count() == 1
        assert toggle.get_attribute("aria-expanded") == "false"
        assert page.get_by_role("link").get_attribute("href").startswith("04-benefit-matrix")

    def test_a_row_nobody_worked_on_gives_nothing_away(self, checked):
        page = checked()
        assert cell(page, 8, 3).get_attribute("aria-label") == "Exact delivery date, CTO: no mark"
        page.get_by_role("button", name="Exact delivery date").click()
        assert page.locator(".b2b-lines p").first.inner_text() == EN["row_not_attempted"]

    def test_marks_stand_still_until_try_again(self, checked):
        page = checked()
        cell(page, 0, 0).click()
        assert patches(page) == []
        button(page, EN["retry"]).click()
        assert [message["do"] for message in page.evaluate("fake.sent")] == ["check", "retry"]
        assert cell(page, 0, 0).get_attribute("aria-label") == "Cost saving, CEO: most interested"
        cell(page, 0, 0).click()
        assert patches(page) == [{"cells": {"cost": {"ceo": 2}}}]

    def test_only_rows_to_fix_hides_the_others_and_brings_them_back(self, checked):
        page = checked()
        button(page, EN["only_fix"]).click()
        assert page.locator(".b2b-toggle").all_inner_texts() == [
            "Liaison office nearby",
            "Top quality control",
            "Exact delivery date",
        ]
        assert button(page, EN["only_fix"]).get_attribute("aria-pressed") == "true"
        button(page, EN["only_fix"]).click()
        assert page.locator(".b2b-toggle").count() == 10

    def test_the_answer_is_shown_after_a_check_and_the_own_one_is_kept(self, open_widget):
        page = open_widget(value={"cells": {"cost": {"coo": 1}}})
        assert not button(page, EN["show_answer"]).is_visible()
        button(page, EN["check"]).click()
        button(page, EN["show_answer"]).click()
        page.get_by_text(EN["answer_shown"]).first.wait_for()
        assert cell(page, 0, 0).get_attribute("aria-label") == "Cost saving, CEO: most interested"
        button(page, EN["retry"]).click()
        assert cell(page, 0, 0).get_attribute("aria-label") == "Cost saving, CEO: no mark"
        assert patches(page) == []

    def test_hints_come_one_by_one_until_there_are_no_more(self, open_widget):
        page = open_widget(hints=["Look at the money.", "Look at the CFO."])
        for _ in range(3):
            button(page, EN["hint"]).click(force=True)
            page.wait_for_timeout(20)
        assert page.locator(".b2b-hints p").all_inner_texts() == [
            "Hint 1Look at the money.",
            "Hint 2Look at the CFO.",
        ]
        assert len(sent(page, "hint")) == 2
        assert button(page, EN["hint"]).get_attribute("aria-disabled") == "true"

    def test_a_column_is_judged_at_its_head_and_tells_why(self, checked):
        page = checked("right")
        wrong = page.get_by_role("button", name="column 3: COO, wrong")
        assert wrong.get_attribute("aria-expanded") == "true"
        assert page.locator(".b2b-lines").inner_text().startswith("You missed the COO.")
        wrong.click()
        assert page.locator(".b2b-lines").count() == 0

    def test_a_chosen_benefit_is_judged_in_its_row(self, checked):
        page = checked("left")
        assert page.get_by_role("button", name="row 6: Top quality control, wrong").count() == 1
        assert page.get_by_role("button", name="row 1: Cost saving, right").count() == 1

    def test_graded_work_has_no_check_and_says_how_complete_it_is(self, open_widget):
        page = open_widget(mode="answer", value=alone.answer(alone.face("cells", "en"), 7))
        visible = [b.inner_text() for b in page.locator(".b2b-button").all() if b.is_visible()]
        assert visible == [EN["undo"]]
        assert page.locator(".b2b-progress").inner_text() == "7 of 10 rows answered"

    @pytest.mark.parametrize(
        ("form", "said"),
        [("left", "4 of 10 rows"), ("right", "7 of 18 columns"), ("both", "4 of 10 rows")],
    )
    def test_progress_counts_what_is_asked(self, open_widget, form, said):
        page = open_widget(form, value=alone.answer(alone.face(form, "en"), 4))
        assert page.locator(".b2b-progress").inner_text() == said


class TestPage:
    """The widget and what stands around it."""

    def test_the_static_table_gives_way_and_comes_back(self, open_widget):
        page = open_widget()
        static = page.locator("#static")
        assert not static.is_visible()
        page.evaluate("fake.cleanups.one()")
        assert static.is_visible()
        assert page.locator(".b2b-matrix").count() == 0

    def test_a_static_table_that_comes_late_gives_way_too(self, open_widget):
        page = open_widget()
        page.evaluate(
            "document.querySelector('.jp-OutputArea').append(Object.assign(document.createElement('div'),"
            "{id: 'late', className: 'jp-OutputArea-child',"
            ' innerHTML: \'<p class="b2b-static" data-item="mx-cells">late</p>\'}))'
        )
        assert not page.locator("#late").is_visible()

    def test_two_views_show_one_answer(self, open_widget):
        page = open_widget()
        page.evaluate("fake.show('two')")
        page.locator("#two .b2b-cell").first.click()
        assert "most interested" in page.locator("#one .b2b-cell").first.get_attribute("aria-label")
        assert len(sent(page)) == 1
        page.evaluate("fake.cleanups.one()")
        page.locator("#two .b2b-cell").first.click()
        assert len(sent(page)) == 2

    def test_notes_and_the_case_stand_before_the_table(self, open_widget):
        face = alone.face("cells", "ko") | {"case": ["첫 문단입니다.", "둘째 문단입니다."]}
        page = open_widget(face=face, notes=["읽지 못한 파일을 따로 두었습니다."])
        assert page.locator(".b2b-note").inner_text() == "읽지 못한 파일을 따로 두었습니다."
        assert page.locator(".b2b-case p").count() == 2
        case, table = (
            page.locator(".b2b-case").bounding_box(),
            page.locator("table").last.bounding_box(),
        )
        assert case["y"] + case["height"] <= table["y"]

    def test_markup_in_a_text_stays_text(self, open_widget):
        face = alone.face("cells", "en") | {"title": "<img src=x onerror=alert(1)>"}
        page = open_widget(face=face)
        assert page.locator(".b2b-title").inner_text() == face["title"]

    @pytest.mark.parametrize("lang", ["ko", "en"])
    @pytest.mark.parametrize("form", FORMS)
    def test_nothing_runs_over_the_edge_at_800_px(self, open_widget, form, lang):
        page = open_widget(form, lang, width=800, value=alone.answer(alone.face(form, lang)))
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
        button(page, words(lang)["check"]).click()
        page.locator(".b2b-lines").first.wait_for()
        assert page.evaluate(wide) == 0

    def test_people_out_of_sight_are_counted(self, open_widget):
        page = open_widget(lang="ko", width=800)
        more = page.locator(".b2b-more")
        assert more.inner_text() == "옆으로 4명 더 있음"
        assert page.locator(".b2b-fade").is_visible()
        page.locator(".b2b-scroll").evaluate("box => box.scrollTo(9999, 0)")
        expect_text(more, "왼쪽으로 3명 더 있음")
        assert not page.locator(".b2b-fade").is_visible()

    def test_people_under_the_fade_count_as_out_of_sight(self, open_widget):
        page = open_widget(face=alone.face("both", "en", slots=16), width=702)
        seen = page.evaluate(
            "(() => { const end = document.querySelector('.b2b-fade').getBoundingClientRect().right;"
            " return [...document.querySelectorAll('.b2b-slot')].filter(e => {"
            " const r = e.parentElement.getBoundingClientRect();"
            " return r.left + r.width / 2 + 6 <= end - 18 }).length })()"
        )
        assert page.locator(".b2b-more").inner_text() == f"{16 - seen} more people to the right"

    @pytest.mark.parametrize("width", [1174, 942])
    def test_sixteen_people_fit_beside_or_below_ten_cards(self, open_widget, width):
        face = alone.face("both", "en", slots=16)
        page = open_widget(face=face, width=width, value=alone.answer(face))
        beyond = "document.querySelector('.b2b-frame').clientWidth - document.querySelector('table').clientWidth"
        free = page.locator(".b2b-scroll")
        assert free.evaluate("box => box.scrollWidth - box.clientWidth") == 0
        button(page, EN["check"]).click()
        page.locator(".b2b-lines").first.wait_for()
        assert page.evaluate(beyond) >= 0
        assert page.locator(".b2b-more").inner_text() == ""

    @pytest.mark.parametrize("form", FORMS)
    def test_rows_are_whole_pixels_high(self, open_widget, form):
        page = open_widget(form, value=alone.answer(alone.face(form, "en"), 6))
        heights = page.eval_on_selector_all(
            "tr", "all => all.map(e => e.getBoundingClientRect().height)"
        )
        assert [height for height in heights if height % 1] == []

    @pytest.mark.parametrize("width", [1280, 800])
    def test_an_empty_slot_is_seen_whole_and_no_name_touches_it(self, open_widget, width):
        page = open_widget("both", width=width, value={"columns": {"c2": "scm_head"}})
        corners = page.evaluate(
            "[...document.querySelectorAll('.b2b-box')].slice(0, 2).map(box => {"
            " const r = box.getBoundingClientRect(), lean = r.width - box.offsetWidth;"
            " const at = [[lean + 2, 1], [2, r.height - 1], [r.width - lean - 3, r.height - 1]];"
            " return at.map(([x, y]) => document.elementFromPoint(r.left + x, r.top + y) === box) })"
        )
        assert corners == [[True] * 3] * 2

    def test_a_focused_cell_is_never_under_the_heads(self, open_widget):
        page = open_widget(width=800)
        cell(page, 0, 17).focus()
        press(page, "Home")
        row, at = page.locator(".b2b-row").first.bounding_box(), cell(page, 0, 0).bounding_box()
        assert at["x"] >= row["x"] + row["width"] - 1

    @pytest.mark.parametrize("width", [800, 1280])
    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_heads_are_neither_cut_nor_laid_over_each_other(self, open_widget, lang, width):
        face = alone.face("cells", lang)
        face["columns"][2]["name"] = pick_long(lang)
        page = open_widget(face=face, width=width)
        heads = page.evaluate(
            "[...document.querySelectorAll('.b2b-stack, .b2b-slanted')].map(e => {"
            " const r = e.getBoundingClientRect(), p = e.parentElement.getBoundingClientRect();"
            " return [r.top - p.top, p.bottom - r.bottom, r.width, p.width] })"
        )
        assert all(top >= 0 and bottom >= 0 for top, bottom, _, _ in heads)
        if lang == "ko":
            assert all(width <= room for _, _, width, room in heads)

    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_names_of_groups_stand_side_by_side_or_not_at_all(self, open_widget, lang):
        page = open_widget(lang=lang)
        names = page.locator(".b2b-group > span")
        boxes = [name.bounding_box() for name in names.all()]
        ends = [box["x"] + box["width"] for box in boxes]
        assert all(end < box["x"] for end, box in zip(ends, boxes[1:], strict=False))
        few = alone.face("cells", lang)
        few["columns"] = [few["columns"][at] for at in (1, 2, 7, 12, 16)]
        page = open_widget(face=few, feedback={}, width=560)
        assert names.all_inner_texts() == [group["name"] for group in few["groups"]]
        boxes = [name.bounding_box() for name in names.all()]
        beside = all(a["x"] + a["width"] < b["x"] for a, b in pairwise(boxes))
        assert beside or max(box["width"] for box in boxes) <= 1
        assert page.locator(".b2b-col.starts-group").count() == 4
        scroll = page.locator(".b2b-scroll")
        assert scroll.evaluate("box => box.scrollWidth - box.clientWidth") == 0

    def test_edges_line_up(self, open_widget):
        page = open_widget(lang="ko", value=alone.answer(alone.face("cells", "ko"), 7))
        edge = lambda name: page.locator(name).last.bounding_box()  # noqa: E731
        lefts = {
            edge(name)["x"]
            for name in [".b2b-title", ".b2b-matrix table", ".b2b-legend", ".b2b-foot"]
        }
        rights = {
            round(edge(name)["x"] + edge(name)["width"])
            for name in [".b2b-saved", ".b2b-matrix table", ".b2b-progress"]
        }
        assert len(lefts) == 1
        assert len(rights) == 1


def pick_long(lang):
    return "글로벌전략구매 총괄책임자" if lang == "ko" else "Global strategic purchasing lead"


@pytest.mark.parametrize(
    ("form", "theme"),
    [
        pytest.param(form, theme, marks=() if (at + dark) % 2 else pytest.mark.slow)
        for at, form in enumerate(FORMS)
        for dark, theme in enumerate(["light", "dark"])
    ],
)
def test_axe_finds_nothing(open_widget, form, theme):
    lang = "ko" if theme == "light" else "en"
    page = open_widget(form, lang, value={}, theme=theme)
    assert axe(page) == []
    page.evaluate("value => fake.set('value', value)", alone.answer(alone.face(form, lang), 5))
    assert axe(page) == []
    opener = page.locator(".b2b-slot, .b2b-pick")
    if opener.count():
        opener.first.click()
        assert axe(page) == []
        press(page, "Escape")
    button(page, words(lang)["check"]).click()
    page.locator(".b2b-lines").first.wait_for()
    assert axe(page) == []


# ---- colours: the look's table, computed from the style sheet

CSS = (alone.WIDGETS / "common.css").read_text(encoding="utf-8")
PAIRS = [
    # (what is drawn, on what, the contrast it needs)
    *[(text, "paper", 4.5) for text in ("ink", "ink2", "accent", "attention")],
    *[(text, "float", 4.5) for text in ("ink", "ink2", "accent")],
    *[(text, "lit", 4.5) for text in ("ink", "ink2", "accent", "attention")],
    *[(text, "accent-tint", 4.5) for text in ("ink", "ink2", "accent")],
    ("attention", "attention-tint", 4.5),
    ("ink2", "neutral-tint", 4.5),
    ("on-accent", "accent", 4.5),
    ("control", "paper", 3),
    ("control", "lit", 3),
    ("control", "float", 3),
]


def tokens(theme):
    block = re.findall(r"(?m)^(?:\[.*\] )?\.b2b-exercise \{\n(.*?)\}", CSS, re.DOTALL)[
        theme == "dark"
    ]
    found = dict(re.findall(r"--b2b-([\w-]+): (?:var\([^,]+, )?(#[0-9a-f]{6})", block))
    assert {"paper", "ink", "accent", "attention"} <= set(found)
    return found


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    parts = [linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("drawn", "ground", "needed"), PAIRS)
def test_what_is_drawn_stands_out_from_its_ground(theme, drawn, ground, needed):
    colours = tokens(theme)
    assert contrast(colours[drawn], colours[ground]) >= needed


def test_both_languages_say_the_same_things_with_the_same_places():
    assert set(KO) == set(EN)
    places = {key: set(re.findall(r"\{\w+\}", KO[key])) for key in KO}
    assert places == {key: set(re.findall(r"\{\w+\}", EN[key])) for key in EN}


def test_every_word_the_widget_uses_is_there():
    code = "".join(
        (alone.WIDGETS / name).read_text(encoding="utf-8") for name in ("common.js", "matrix.js")
    )
    used = set(re.findall(r"words\.(\w+)", code))
    assert used <= set(KO)
