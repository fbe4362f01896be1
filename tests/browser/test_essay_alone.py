"""The essay widget by itself: writing, saving, comparing, judging, names for ears, room."""

from __future__ import annotations

import re

import alone
import msgspec
import pytest
from alone import axe, words

from b2bcourse.items import essay
from b2bcourse.items.essay.value import MAX_CHARACTERS
from b2bcourse.items.response import MAX_RESPONSE_BYTES

pytestmark = pytest.mark.browser

WRITTEN = {"ko": "하나 둘 셋 넷 다섯 여섯", "en": "one two three four five six"}
MODEL = {
    "ko": "모범 글의 첫 문단입니다.\n\n둘째 문단입니다.",
    "en": "The model text begins.\n\nIt ends here.",
}


def item(**more):
    """A made-up essay of five to nine words, with two criteria of three levels."""

    def criterion(name, share):
        levels = [
            {"share": s, "text": {"ko": f"{name} 수준 {n}", "en": f"{name} level {n}"}}
            for n, s in enumerate((1.0, 0.5, 0.0))
        ]
        return {
            "id": name,
            "points_share": share,
            "levels": levels,
            "criterion": {"ko": f"{name} 기준입니까?", "en": f"Is it {name}?"},
        }

    made = {
        "schema": 1,
        "id": "made",
        "kind": "essay",
        "self_assessed": True,
        "title": {"ko": "만든 글", "en": "A made essay"},
        "task": {"ko": "쓰십시오.", "en": "Write."},
        "words": {"min": 5, "max": 9},
        "rubric": [criterion("x", 0.6), criterion("y", 0.4)],
        "grader_notes": {"ko": "볼 점입니다.", "en": "Look at this."},
        "model": MODEL,
        **more,
    }
    return essay.load(made, "made.yaml")


def face(lang):
    return msgspec.to_builtins(essay.face(item(), lang))


def feedback(lang, **levels):
    shown, key = essay.face(item(), lang), essay.key(item())
    value = {"text": WRITTEN[lang], "self": levels}
    told = essay.explain(shown, key, essay.score(shown, key, value), value)
    return msgspec.to_builtins(told)


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium)


@pytest.fixture
def open_widget(bench):
    """Opens a page with one widget; an error inside the page fails the test."""

    def start(lang="en", text="", width=1280, levels=None, **script):
        script.setdefault("feedback", feedback(lang))
        value = {"text": text, "self": levels or {}}
        return bench.show(alone.html(face(lang), value, **script), width)

    yield start
    assert bench.errors == []


def area(page):
    return page.get_by_role("textbox")


def button(page, name, lang="en"):
    return page.get_by_role("button", name=words(lang, "essay")[name], exact=True)


def text_under(page, heading):
    return page.locator(".b2b-written").filter(has=page.get_by_role("heading", name=heading))


def patches(page):
    return alone.patches(page)


def saved(page):
    return page.locator(".b2b-saved", has_text="Saved 14:03")


def compare(page, lang="en"):
    button(page, "check", lang).click()
    page.locator(".b2b-beside").wait_for()


class TestWriting:
    def test_what_is_typed_is_sent_once_after_a_pause_and_then_called_saved(self, open_widget):
        page = open_widget()
        area(page).press_sequentially("one two", delay=5)
        assert patches(page) == []
        assert not saved(page).count()
        saved(page).wait_for()
        assert patches(page) == [{"text": "one two"}]

    def test_leaving_the_field_sends_at_once(self, open_widget):
        page = open_widget()
        area(page).fill("one")
        area(page).blur()
        assert patches(page) == [{"text": "one"}]

    def test_a_reply_to_earlier_text_does_not_undo_what_was_typed_since(self, open_widget):
        page = open_widget()
        page.evaluate("fake.delay = 150")
        area(page).fill("one")
        area(page).blur()
        area(page).focus()
        page.keyboard.press("End")
        page.keyboard.type(" two")
        page.wait_for_timeout(250)
        assert area(page).input_value() == "one two"

    def test_undo_takes_back_a_burst_and_needs_no_button(self, open_widget):
        page = open_widget(text="before ")
        area(page).focus()
        page.keyboard.press("Control+End")
        page.keyboard.type("a")
        page.wait_for_function("fake.disk.text === 'before a'")
        page.wait_for_timeout(100)  # the pause that parts two bursts is over
        page.keyboard.type("fter")
        page.keyboard.press("Control+z")
        assert area(page).input_value() == "before a"
        assert not button(page, "undo").is_visible()
        assert not button(page, "show_answer").is_visible()

    def test_ctrl_z_elsewhere_takes_no_text_away(self, open_widget):
        page = open_widget()
        area(page).fill("one two")
        page.locator("button:visible").first.focus()
        page.keyboard.press("Control+z")
        assert area(page).input_value() == "one two"

    def test_words_are_counted_as_the_score_counts_them(self, open_widget):
        for text in ("", "one", "a - b … 3\n\nCOO는 끝", WRITTEN["ko"]):
            page = open_widget(text=text)
            n = int(re.match(r"\d+", page.locator(".b2b-count").inner_text())[0])
            assert n == essay.count_words(text)

    def test_too_many_words_are_told_and_not_forbidden(self, open_widget):
        page = open_widget(text="word " * 10)
        assert "over 9" in page.locator(".b2b-count").inner_text()
        assert button(page, "check").get_attribute("aria-disabled") is None

    def test_the_field_grows_with_the_text(self, open_widget):
        page = open_widget()
        before = area(page).bounding_box()["height"]
        area(page).fill("line\n" * 40)
        after = area(page).bounding_box()["height"]
        assert after > before + 400
        assert page.evaluate(
            "(e => e.scrollHeight <= e.clientHeight + 1)(document.querySelector('textarea'))"
        )

    def test_keys_do_not_reach_the_notebook(self, open_widget):
        page = open_widget()
        area(page).press_sequentially("dd")
        page.keyboard.press("Shift+Enter")
        assert page.evaluate("fake.heard") == []

    def test_a_dead_kernel_is_told_and_the_text_stays(self, open_widget):
        page = open_widget()
        page.evaluate("fake.kernel = 'dead'")
        area(page).fill("one two")
        page.locator(".b2b-saved[data-kind=failed]").wait_for()
        assert area(page).input_value() == "one two"


class TestTooLong:
    def test_the_limit_is_told_before_it_is_reached(self, open_widget):
        page = open_widget()
        area(page).fill("가" * 18_000)
        assert not page.locator(".b2b-size").is_visible()
        area(page).fill("가" * 18_001)
        told = page.locator(".b2b-size").inner_text()
        assert "18001 characters; 20000 can be saved" in told
        area(page).blur()
        saved(page).wait_for()

    def test_a_text_over_the_limit_stays_and_is_not_called_saved_until_it_is_shorter(
        self, open_widget
    ):
        page = open_widget(text="short text")
        area(page).fill("가" * 20_001)
        area(page).blur()
        page.locator(".b2b-saved[data-kind=failed]", has_text="20001 characters").wait_for()
        page.evaluate("fake.set('value', {text: 'short text', self: {}})")
        assert len(area(page).input_value()) == 20_001
        assert patches(page) == []
        assert button(page, "check").get_attribute("aria-disabled") == "true"
        area(page).fill("short again")
        area(page).blur()
        saved(page).wait_for()
        assert patches(page) == [{"text": "short again"}]

    def test_the_limit_is_the_kernels_and_leaves_room_in_a_response(self):
        code = (alone.WIDGETS / "essay.js").read_text(encoding="utf-8")
        assert int(re.search(r"LIMIT = (\d+)", code)[1]) == MAX_CHARACTERS
        assert len("𝄞".encode()) * MAX_CHARACTERS <= MAX_RESPONSE_BYTES - 32 * 1024

    def test_characters_are_counted_as_the_kernel_counts_them(self, open_widget):
        page = open_widget()
        area(page).fill("𝄞" * MAX_CHARACTERS)
        area(page).blur()
        saved(page).wait_for()
        assert "20000 characters" in page.locator(".b2b-size").inner_text()

    def test_half_a_character_is_not_sent(self, open_widget):
        page = open_widget()
        page.evaluate(
            "(e => { e.value = 'a\\ud83d b'; e.dispatchEvent(new Event('input')); e.focus(); e.blur(); })"
            "(document.querySelector('textarea'))"
        )
        assert patches(page) == [{"text": "a\ufffd b"}]


PUT_IN = """([name, type]) => {
  const data = new DataTransfer();
  if (type.startsWith("image/")) data.items.add(new File(["x"], "a.png", { type }));
  else data.setData(type, "one");
  const about = { bubbles: true, cancelable: true };
  const event = name === "paste"
    ? new ClipboardEvent(name, { ...about, clipboardData: data })
    : new DragEvent(name, { ...about, dataTransfer: data });
  return document.querySelector("textarea").dispatchEvent(event);
}"""


class TestPictures:
    @pytest.mark.parametrize("name", ["paste", "drop"])
    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_that_none_can_be_put_in_is_said(self, open_widget, name, lang):
        page = open_widget(lang, "before")
        if name == "drop":
            assert page.evaluate(PUT_IN, ["dragover", "image/png"]) is False
        assert page.evaluate(PUT_IN, [name, "image/png"]) is False
        assert page.locator(".b2b-size").inner_text() == words(lang, "essay")["no_pictures"]
        assert area(page).input_value() == "before"
        area(page).press_sequentially("x")
        assert not page.locator(".b2b-size").is_visible()

    @pytest.mark.parametrize("name", ["paste", "drop"])
    def test_text_is_left_to_the_browser(self, open_widget, name):
        page = open_widget()
        assert page.evaluate(PUT_IN, [name, "text/plain"]) is True
        assert not page.locator(".b2b-size").is_visible()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_what_a_person_grades_is_written_by_the_criteria_and_neither_checked_nor_compared(
    bench, lang
):
    authored = msgspec.structs.replace(item(), self_assessed=False)
    shown = msgspec.to_builtins(essay.face(authored, lang))
    page = bench.show(alone.html(shown, {"text": "one", "self": {}}, mode="answer"), 1280)
    by = page.locator(".b2b-by")
    assert words(lang, "essay")["graded_by"] in by.inner_text()
    assert by.locator("li").all_inner_texts() == list(shown["criteria"])
    assert page.locator(".b2b-foot button:visible").count() == 0
    area(page).fill("one two")
    area(page).blur()
    assert patches(page) == [{"text": "one two"}]
    assert bench.errors == []


class TestComparing:
    def test_it_opens_with_the_least_number_of_words(self, open_widget):
        page = open_widget(text="one two three four")
        assert button(page, "check").get_attribute("aria-disabled") == "true"
        assert page.locator(".b2b-reason").inner_text() == "Compare opens at 5 words."
        area(page).fill(WRITTEN["en"])
        assert button(page, "check").get_attribute("aria-disabled") is None

    def test_the_model_is_nowhere_before_and_beside_the_text_after(self, open_widget):
        page = open_widget(text=WRITTEN["en"])
        assert "model text begins" not in page.locator(".b2b-essay").inner_text()
        compare(page)
        own = text_under(page, "Your text").bounding_box()
        model = text_under(page, "Model text").bounding_box()
        assert own["y"] == model["y"]
        assert model["x"] > own["x"] + own["width"]
        assert "Look at this." in page.locator(".b2b-guide").inner_text()

    def test_the_latest_text_is_sent_before_comparing(self, open_widget):
        page = open_widget()
        area(page).fill(WRITTEN["en"])
        compare(page)
        assert [m["do"] for m in page.evaluate("fake.sent")] == ["change", "check"]

    def test_levels_are_saved_one_by_one_and_judged_when_all_are_chosen(self, open_widget):
        page = open_widget(text=WRITTEN["en"])
        compare(page)
        page.evaluate("f => fake.script.feedback = f", feedback("en", x=1, y=0))
        page.get_by_role("radio", name="x level 1").click()
        assert page.locator(".b2b-count").inner_text() == "1 of 2 criteria judged."
        page.get_by_role("radio", name="y level 0").click()
        page.locator(".b2b-big", has_text="7.0 / 10").wait_for()
        assert patches(page) == [{"self": {"x": 1}}, {"self": {"y": 0}}]
        assert [m["do"] for m in page.evaluate("fake.sent")].count("check") == 2
        assert page.locator(".b2b-score").all_inner_texts() == ["3.0 / 6.0", "4.0 / 4.0"]
        assert "own judgement" in page.locator(".b2b-task").inner_text()

    def test_it_is_judged_by_keys_alone(self, open_widget):
        page = open_widget(text=WRITTEN["en"])
        button(page, "check").focus()
        page.keyboard.press("Enter")
        page.locator(".b2b-beside").wait_for()
        page.get_by_role("radiogroup", name="Is it x?").get_by_role("radio").first.focus()
        for key in (" ", "ArrowDown", "Tab", " "):
            page.keyboard.press(key)
            saved(page).wait_for()
        assert patches(page)[-2:] == [{"self": {"x": 1}}, {"self": {"y": 0}}]

    def test_levels_chosen_before_are_shown_again(self, open_widget):
        page = open_widget(text=WRITTEN["en"], levels={"x": 2}, feedback=feedback("en", x=2))
        compare(page)
        assert page.get_by_role("radio", name="x level 2").is_checked()

    def test_revising_leads_back_to_the_text(self, open_widget):
        page = open_widget(text=WRITTEN["en"])
        compare(page)
        button(page, "retry").click()
        assert area(page).input_value() == WRITTEN["en"]

    def test_a_verdict_on_its_way_does_not_come_back_over_the_text(self, open_widget):
        page = open_widget(text=WRITTEN["en"], levels={"x": 2}, feedback=feedback("en", x=2))
        compare(page)
        page.evaluate("fake.delay = 300")
        page.get_by_role("radio", name="y level 0").check(force=True)
        button(page, "retry").click()
        page.wait_for_timeout(600)
        assert area(page).is_visible()
        assert page.locator(".b2b-task.is-result").count() == 0

    def test_markup_stays_text(self, open_widget):
        text = "<img src=x onerror=alert(1)> one two three four five"
        page = open_widget(text=text)
        compare(page)
        assert text in text_under(page, "Your text").inner_text()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_nothing_is_cut_at_800_px_and_the_texts_stand_below_each_other(open_widget, lang):
    page = open_widget(lang, text=WRITTEN[lang], width=800)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    compare(page, lang)
    assert page.evaluate(wide) == 0
    own, model = (box.bounding_box() for box in page.locator(".b2b-written").all())
    assert model["y"] >= own["y"] + own["height"]
    heights = page.eval_on_selector_all(".b2b-line", "all => all.map(e => e.offsetHeight)")
    assert min(heights) >= 34


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_widget, theme):
    lang = "ko" if theme == "light" else "en"
    page = open_widget(lang, theme=theme)
    assert axe(page) == []
    area(page).fill(WRITTEN[lang])
    area(page).blur()
    assert axe(page) == []
    compare(page, lang)
    page.get_by_role("radio").first.click()
    assert axe(page) == []


def test_as_one_module_it_works_as_in_a_notebook(bench):
    page = bench.show(alone.html(face("en"), {"text": "", "self": {}}, built=True))
    area(page).fill("one")
    area(page).blur()
    assert patches(page) == [{"text": "one"}]


def test_both_languages_have_the_same_words():
    korean, english = words("ko", "essay"), words("en", "essay")
    assert korean.keys() == english.keys()
    places = [
        {name: set(re.findall(r"\{\w+\}", each[name])) for name in each}
        for each in (korean, english)
    ]
    assert places[0] == places[1]
