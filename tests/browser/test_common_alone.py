"""What all kinds share, seen through a kind made up for these tests: texts and a list of cards."""

from __future__ import annotations

import json
import subprocess
import sys

import alone
import pytest
from alone import words
from playwright.sync_api import expect

from b2bcourse.widgets.base import PROTOCOL

EN = words("en")

PROBE = """import { disclosure, exercise, h, lines, openList } from "./common.js";

const input = (store, at) => {
  const field = h("input", { "data-at": at, "aria-label": at });
  field.value = store.value.texts?.[at] ?? "";
  field.addEventListener("input", () => store.change({ texts: { [at]: field.value } }, at));
  return field;
};
const drop = (store) => h("button", { "data-at": "drop", onclick: () => store.change({ texts: null }) }, "Drop all");
const turn = ({ store }) => {
  const order = () => store.change({ order: [...(store.seen.order ?? ["x", "y"])].reverse() });
  return h("button", { "data-at": "turn", onclick: order }, (store.seen.order ?? []).join(" "));
};
const pick = (view) => {
  const { store } = view;
  const take = (id) => store.change({ texts: { picked: id } });
  const choices = () => [{ id: "a", name: "Apple" }, { id: "b", name: "Bread", note: "in use" }];
  const current = () => store.value.texts?.picked;
  const open = ({ target }) => openList(view, { anchor: target, label: "Find", choices, current, take });
  return h("button", { onclick: open }, "Pick");
};
const told = (store) => (store.open === "one" ? lines(store, store.feedback.parts.one, "wrong", "") : "");

export default exercise({
  name: "probe",
  shape: ({ store }) => store.seen.order,
  build(view) {
    const { store } = view;
    const said = store.phase === "edit" ? [] : [disclosure(store, "one", "First"), told(store)];
    return h("div", {}, input(store, "one"), input(store, "two"), drop(store), turn(view), pick(view), said);
  },
  progress: (store) => ({ text: `${(store.value.texts?.one ?? "").length} letters` }),
  closed: (store) => (store.value.order ? "" : "Order the cards first."),
  firstToFix: () => "one",
});
"""
FACE = {"schema": 1, "id": "pr-1", "kind": "probe", "lang": "en", "title": "Probe", "task": "Do."}
WRONG = {
    "lines": [{"lead": "No.", "text": "Because."}],
    "read": {"label": "01", "href": "01.ipynb"},
}
FEEDBACK = {"big": "0 / 1", "text": "right.", "parts": {"one": WRONG}}


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium, files={"probe.js": PROBE, "probe.css": ".b2b-probe {}"})


@pytest.fixture
def open_probe(bench):
    def start(value=None, **script):
        script.setdefault("feedback", FEEDBACK)
        return bench.show(alone.html(FACE, value or {}, **script))

    yield start
    assert bench.errors == []


def patches(page):
    return [message["patch"] for message in page.evaluate("fake.sent") if "patch" in message]


def disk(page):
    page.wait_for_timeout(30)
    return page.evaluate("fake.disk")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


@pytest.mark.browser
class TestPatches:
    """Any nested value is changed, undone and merged in parts."""

    def test_taking_away_a_branch_takes_its_leaves_and_undo_brings_them_back(self, open_probe):
        page = open_probe({"texts": {"one": "a", "two": "b"}, "order": ["x", "y"]})
        button(page, "Drop all").click()
        assert patches(page) == [{"texts": {"one": None, "two": None}}]
        button(page, EN["undo"]).click()
        assert disk(page) == {"texts": {"one": "a", "two": "b"}, "order": ["x", "y"]}

    def test_a_list_is_replaced_as_a_whole_and_comes_back_as_a_whole(self, open_probe):
        page = open_probe({"order": ["x", "y", "z"]})
        button(page, "x y z").click()
        assert patches(page) == [{"order": ["z", "y", "x"]}]
        button(page, EN["undo"]).click()
        assert disk(page) == {"order": ["x", "y", "z"]}

    def test_another_kernel_is_heard_except_where_we_changed_something(self, open_probe):
        page = open_probe({"order": ["x", "y"]})
        page.evaluate("fake.kernel = 'gone'")
        button(page, "x y").click()
        page.evaluate("fake.set('value', {texts: {one: 'theirs'}, order: ['theirs']})")
        assert button(page, "y x").is_visible()
        assert page.locator(".b2b-progress").inner_text() == "6 letters"


@pytest.mark.browser
class TestTyping:
    """Text is sent in pauses and undone as one step."""

    def test_what_is_typed_in_one_go_is_one_message_and_one_step(self, open_probe):
        page = open_probe({"texts": {"one": "old "}})
        page.get_by_label("one").click()
        page.keyboard.press("End")
        page.keyboard.type("text")
        assert patches(page) == []
        expect(page.locator(".b2b-saved")).to_have_text("Saved 14:03")
        page.wait_for_function("fake.sent.length === 1")
        assert patches(page) == [{"texts": {"one": "old text"}}]
        button(page, EN["undo"]).click()
        assert disk(page) == {"texts": {"one": "old "}}

    def test_leaving_the_field_sends_at_once(self, open_probe):
        page = open_probe()
        page.get_by_label("one").click()
        page.keyboard.type("ab")
        page.keyboard.press("Tab")
        assert patches(page) == [{"texts": {"one": "ab"}}]

    def test_taking_the_view_away_loses_nothing(self, open_probe):
        page = open_probe()
        page.get_by_label("one").click()
        page.keyboard.type("ab")
        page.evaluate("fake.cleanups.one()")
        assert disk(page) == {"texts": {"one": "ab"}}

    def test_saved_is_not_said_while_text_waits(self, open_probe):
        page = open_probe({"texts": {"one": "a"}})
        page.get_by_label("one").click()
        for _ in range(5):
            page.keyboard.type("a")
            page.wait_for_timeout(120)
        assert patches(page) == []
        assert page.locator(".b2b-saved").inner_text() == EN["saving"]

    def test_a_text_has_its_own_undo(self, open_probe):
        page = open_probe({"order": ["x", "y"]})
        button(page, "x y").click()
        page.get_by_label("one").click()
        page.keyboard.type("a")
        page.keyboard.press("Control+z")
        assert button(page, "y x").is_visible()


@pytest.mark.browser
class TestKind:
    """The seams between a kind and what is shared."""

    def test_a_new_body_keeps_the_focus(self, open_probe):
        page = open_probe({"order": ["x", "y"]})
        button(page, "x y").click()
        assert page.evaluate("document.activeElement.dataset.at") == "turn"
        assert page.evaluate("document.activeElement.textContent") == "y x"

    def test_a_kind_says_why_check_is_not_open_and_how_far_one_is(self, open_probe):
        page = open_probe({"texts": {"one": "abc"}})
        assert button(page, EN["check"]).get_attribute("aria-disabled") == "true"
        assert page.get_by_text("Order the cards first.").is_visible()
        assert page.locator(".b2b-progress").inner_text() == "3 letters"
        assert page.locator(".b2b-segments, .b2b-legend:visible").count() == 0

    def test_feedback_opens_where_the_kind_puts_it(self, open_probe):
        page = open_probe({"order": ["x"]})
        button(page, EN["check"]).click()
        said = page.locator(".b2b-lines")
        expect(said).to_contain_text("No. Because.")
        assert page.get_by_role("link", name="01").is_visible()
        assert not button(page, EN["only_fix"]).is_visible()
        button(page, "First").click()
        expect(said).to_have_count(0)

    def test_the_list_serves_any_choice(self, open_probe):
        page = open_probe()
        button(page, "Pick").click()
        assert page.get_by_role("option").all_inner_texts() == ["Apple", "Bread\nin use"]
        page.keyboard.type("bre")
        page.keyboard.press("Enter")
        assert disk(page) == {"texts": {"picked": "b"}}

    def test_without_a_width_of_its_own_it_is_as_wide_as_a_list_of_cards(self, open_probe):
        page = open_probe()
        assert (
            page.locator(".b2b-exercise.b2b-probe[data-item=pr-1]").bounding_box()["width"] == 828
        )


class TestWhatReachesAPage:
    """anywidget loads a small module, which finds the shared one and the kind's."""

    def test_two_exercises_name_the_same_two_models(self):
        from b2bcourse.widgets import choice, matrix

        one, other = (matrix.View(mode="practice", face={"lang": "en"}) for _ in range(2))
        third = choice.View(mode="practice", face={"lang": "en"})
        assert (one.common, one.kind) == (other.common, other.kind)
        assert third.common == one.common
        assert third.kind != one.kind

    def test_in_another_language_it_comes_with_other_words(self):
        from b2bcourse.widgets import matrix

        one, other = (matrix.View(mode="practice", face={"lang": lang}) for lang in ("ko", "en"))
        assert one.common != other.common

    def test_no_exercise_brings_sentences_that_all_of_its_kind_share(self):
        from b2bcourse.widgets import matrix

        state = json.dumps(
            matrix.View(mode="practice", face={"lang": "en"}).get_state(), default=str
        )
        assert EN["check_closed"] not in state

    def test_what_was_closed_is_offered_anew(self):
        import ipywidgets

        from b2bcourse.widgets import matrix

        before = matrix.View(mode="practice", face={"lang": "en"}).common
        ipywidgets.Widget.close_all()
        assert matrix.View(mode="practice", face={"lang": "en"}).common != before

    @pytest.mark.browser
    def test_it_runs(self, chromium):
        bench = alone.Bench(chromium)
        page = bench.show(alone.html(alone.face("cells", "en"), {}, built=True))
        page.locator(".b2b-cell").first.click()
        assert patches(page) == [{"cells": {"cost": {"ceo": 1}}}]
        assert page.evaluate("window.b2bLoaded.size") == 3  # shared, kind, and both together
        page.evaluate("fake.show('two')")
        expect(page.locator(".b2b-cell.b2b-cell")).to_have_count(2 * 180)
        assert page.evaluate("window.b2bLoaded.size") == 3
        assert page.locator("head style").count() == 3  # with the page's own
        assert bench.errors == []

    def test_it_is_made_only_when_a_view_is_needed(self):
        code = "import sys, b2bcourse; print('b2bcourse.widgets.base' in sys.modules)"
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == "False"


OFFER = {
    "text": "Your answer of 13:51 was set aside.",
    "html": '<table class="b2b-static" data-item="pr-1"><tr><td>what it was</td></tr></table>',
    "see": "See it",
    "put_back": "Put that answer back",
    "leave": "Keep the present answer",
}
TWO = OFFER | {
    "value": {"texts": {"one": "we come within the hour"}},
    "leave": "Keep 14:03",
    "put_back": "Keep 13:51",
    "now": "now · 14:03",
    "then": "other window · 13:51",
    "counts": "Until you choose, 14:03 is your answer.",
}

PUT_BACK = """() => {
const answer = fake.answer;
fake.answer = (message) => {
  if (message.do !== "put_back") return answer(message);
  fake.disk = { texts: { one: "as before" } };
  const value = structuredClone(fake.disk);
  fake.reply({ did: "saved", n: message.n, at: "14:03", value, notes: [], offer: {} });
};
}"""


@pytest.mark.browser
class TestAVersionSetAside:
    def test_it_is_told_in_one_sentence_and_put_back_by_one_button(self, open_probe):
        page = open_probe({"order": ["x", "y"]}, traits={"offer": OFFER})
        page.evaluate(PUT_BACK)
        assert alone.axe(page) == []
        told = page.locator(".is-offer")
        assert told.locator("p").first.inner_text() == OFFER["text"]
        assert not told.get_by_text("what it was").is_visible()
        told.get_by_text(OFFER["see"]).click()
        assert told.get_by_text("what it was").is_visible()
        button(page, OFFER["put_back"]).press("Enter")
        expect(page.get_by_label("one")).to_have_value("as before")
        expect(told).to_have_count(0)
        assert [message["do"] for message in page.evaluate("fake.sent")] == ["put_back"]

    def test_two_texts_stand_side_by_side_and_are_chosen_or_joined(self, open_probe):
        page = open_probe(
            {"texts": {"one": "we come at once"}, "order": ["x", "y"]}, traits={"offer": TWO}
        )
        told = page.locator(".is-offer")
        assert alone.axe(page) == []
        assert told.locator("mark").all_inner_texts() == ["at once", "within the hour"]
        assert told.get_by_role("region").count() == 2
        assert TWO["counts"] in told.inner_text()
        button(page, EN["join_texts"]).click()
        page.wait_for_function("fake.sent.length === 2")
        assert disk(page)["texts"]["one"] == "we come at once\n\nwe come within the hour"
        assert [message["do"] for message in page.evaluate("fake.sent")] == ["change", "leave"]

    def test_nothing_is_said_where_there_is_none(self, open_probe):
        assert open_probe().locator(".is-offer").count() == 0

    def test_it_comes_when_the_kernel_says_so(self, open_probe):
        page = open_probe()
        page.evaluate("offer => fake.set('offer', offer)", OFFER)
        assert page.locator(".is-offer").is_visible()


@pytest.mark.browser
class TestProtocol:
    def test_every_message_names_it(self, open_probe):
        page = open_probe({"order": ["x", "y"]})
        button(page, "x y").click()
        assert [message["p"] for message in page.evaluate("fake.sent")] == [PROTOCOL]

    def test_what_a_kernel_of_another_release_says_of_it_is_shown(self, open_probe):
        page = open_probe({"order": ["x", "y"]}, failed=EN["reload"])
        page.evaluate("fake.kernel = 'full'")
        button(page, "x y").click()
        expect(page.locator(".b2b-saved")).to_have_text(EN["reload"])
        assert button(page, "y x").is_visible()  # what was done is not taken away


PLACE = "0123456789abcdef"


def drafts(page):
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('b2b-draft:'))")


@pytest.mark.browser
class TestDraft:
    """What no kernel has heard is kept by the browser, and handed on."""

    @pytest.fixture
    def open_place(self, open_probe):
        """The exercise at a place; opened again, the browser is the same."""

        def start(value=None, place=PLACE):
            return open_probe(value, traits={"place": place})

        yield start
        start().evaluate("localStorage.clear()")

    def lost(self, open_place, value=None, typed="abc"):
        """Typing that no kernel hears before the page is gone."""
        page = open_place(value)
        page.evaluate("fake.kernel = 'gone'")
        page.get_by_label("one").fill(typed)
        return page

    def test_it_is_there_from_the_first_key_and_gone_once_saved(self, open_place):
        page = open_place()
        page.get_by_label("one").press_sequentially("a")
        assert len(drafts(page)) == 1
        page.wait_for_function("fake.sent.length === 1")
        expect(page.locator(".b2b-saved")).to_have_attribute("data-kind", "saved")
        assert drafts(page) == []

    def test_a_page_opened_again_hands_it_on(self, open_place):
        self.lost(open_place)
        page = open_place()
        expect(page.get_by_label("one")).to_have_value("abc")
        page.wait_for_function("fake.disk.texts?.one === 'abc'")
        assert drafts(page) == []

    def test_where_the_file_holds_it_already_nothing_happens(self, open_place):
        self.lost(open_place)
        page = open_place({"texts": {"one": "abc"}})
        assert page.evaluate("fake.sent") == []
        assert drafts(page) == []

    def test_where_the_answer_is_another_by_now_the_student_decides(self, open_place):
        self.lost(open_place, typed="my own words")
        page = open_place({"texts": {"one": "theirs"}})
        told = page.locator(".is-offer")
        assert "was not saved" in told.inner_text()
        assert "my own words" in told.inner_text()
        assert page.evaluate("fake.sent") == []
        assert alone.axe(page)[1:] == []  # the probe's own button has no name
        button(page, EN["draft_in"]).click()
        page.wait_for_function("fake.disk.texts.one === 'my own words'")
        assert page.locator(".is-offer").count() == 0

    def test_who_goes_on_without_deciding_is_asked_again(self, open_place):
        self.lost(open_place, typed="my own words")
        page = open_place({"texts": {"one": "theirs"}})
        page.get_by_label("two").fill("something else")
        page.wait_for_function("fake.disk.texts.two === 'something else'")
        expect(page.locator(".b2b-saved")).to_have_attribute("data-kind", "saved")
        page = open_place({"texts": {"one": "theirs", "two": "something else"}})
        assert "my own words" in page.locator(".is-offer").inner_text()

    def test_a_broken_one_of_another_place_hides_none(self, open_place):
        page = self.lost(open_place)
        page.evaluate("localStorage.setItem('b2b-draft:another', '{')")
        page = open_place()
        page.wait_for_function("fake.disk.texts?.one === 'abc'")

    def test_or_throws_it_away(self, open_place):
        self.lost(open_place)
        page = open_place({"texts": {"one": "theirs"}})
        button(page, EN["draft_away"]).click()
        assert page.locator(".is-offer").count() == 0
        assert drafts(page) == []
        assert page.get_by_label("one").input_value() == "theirs"

    def test_another_place_never_sees_it(self, open_place):
        self.lost(open_place)
        page = open_place(place="another user, folder or item")
        assert page.get_by_label("one").input_value() == ""
        assert page.evaluate("fake.sent") == []

    def test_a_very_old_one_is_thrown_away(self, open_place):
        page = self.lost(open_place)
        page.evaluate(
            """() => Object.entries(localStorage).forEach(([key, said]) =>
              localStorage.setItem(key, JSON.stringify({ ...JSON.parse(said), time: 1 })))"""
        )
        page = open_place()
        assert page.get_by_label("one").input_value() == ""
        assert drafts(page) == []

    def test_a_broken_one_or_no_storage_at_all_stops_nothing(self, open_place):
        page = self.lost(open_place)
        page.evaluate("key => localStorage.setItem(key, '{')", f"b2b-draft:{PLACE}")
        page = open_place()
        page.evaluate("Object.defineProperty(window, 'localStorage', { get() { throw Error() } })")
        page.get_by_label("one").fill("still")
        page.wait_for_function("fake.disk.texts?.one === 'still'")


@pytest.mark.browser
def test_a_kernel_that_waits_for_another_is_waited_for(open_probe):
    page = open_probe({"order": ["x", "y"]})
    page.evaluate("fake.kernel = 'gone'")
    button(page, "x y").click()
    page.evaluate("fake.reply({ did: 'waiting', n: fake.sent.at(-1).n })")
    expect(page.locator(".b2b-saved")).to_have_text(EN["waiting"])
    page.wait_for_timeout(2700)  # by now an unanswered message would be given up
    expect(page.locator(".b2b-saved")).to_have_text(EN["waiting"])
    page.evaluate("fake.kernel = 'well'; fake.answer(fake.sent.at(-1))")
    expect(page.locator(".b2b-saved")).to_have_attribute("data-kind", "saved")
