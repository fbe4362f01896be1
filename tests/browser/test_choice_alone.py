"""The choice widget by itself: choosing, saving, keys, verdicts in place, names for ears, room."""

from __future__ import annotations

import alone
import msgspec
import pytest
from alone import axe, words

from b2bcourse.items import choice
from b2bcourse.items.choice.places import face_id

pytestmark = pytest.mark.browser

LONG = {
    "ko": "아주 긴 보기를 하나 두어 좁은 화면에서도 글이 잘리지 않고 다음 줄로 넘어가는지 봅니다. "
    * 3,
    "en": "One very long option, to see that its text goes on in the next line on a narrow page. "
    * 3,
}


def item(several, **more):
    """A made-up question: a and b right (or a, and h half), the others wrong."""
    names = "abcdefgh"
    verdict = {"a": "right", "b": "right" if several else "wrong", "h": "accepted"}
    options = [
        {
            "id": n,
            "verdict": verdict.get(n, "wrong"),
            "text": LONG if n == "c" else {"ko": f"보기 {n}", "en": f"Option {n}"},
            "reason": {"ko": f"{n}의 까닭입니다.", "en": f"The reason for {n}."},
            **({"part": 0.5} if n == "h" and not several else {}),
        }
        for n in names
    ]
    read = {
        "notebook": "05-x",
        "section": {"ko": "1절 틈", "en": "section 1, The gap"},
        "anchor": {"ko": "1. 틈", "en": "1. The gap"},
    }
    made = {
        "schema": 1,
        "id": "made",
        "kind": "choice",
        "several": several,
        "options": options,
        "title": {"ko": "만든 문제", "en": "A made question"},
        "read": read,
        "task": {"ko": "맞는 것을 고르십시오.", "en": "Choose what is right."},
        **more,
    }
    return choice.load(made, "made.yaml")


def face(several, lang):
    """A face whose options are called by their letters, which a page takes like any other ids."""
    made = item(several)
    shown = msgspec.to_builtins(choice.face(made, lang))
    letters = {face_id(option): option.id for option in made.options}
    shown["options"] = [{**one, "id": letters[one["id"]]} for one in shown["options"]]
    return shown


def feedback(several, lang, *names):
    made = item(several)
    shown, key = choice.face(made, lang), choice.key(made)
    letters = {face_id(option): option.id for option in made.options}
    value = {"chosen": {name: 1 for name, letter in letters.items() if letter in names}}
    outcome = choice.score(shown, key, value)
    told = msgspec.to_builtins(choice.explain(shown, key, outcome, value))
    return {**told, "parts": {letters[name]: part for name, part in told["parts"].items()}}


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium)


@pytest.fixture
def open_widget(bench):
    """Opens a page with one widget; an error inside the page fails the test."""

    def start(several=False, lang="en", chosen="", width=1280, **script):
        script.setdefault("feedback", feedback(several, lang, *chosen.split()))
        script.setdefault("answer", {"chosen": {"a": 1, **({"b": 1} if several else {})}})
        value = {"chosen": dict.fromkeys(chosen.split(), 1)}
        return bench.show(alone.html(face(several, lang), value, **script), width)

    yield start
    assert bench.errors == []


def line(page, text):
    return page.locator(".b2b-line", has_text=text)


def button(page, name, lang="en"):
    return page.get_by_role("button", name=words(lang, "choice")[name], exact=True)


def patches(page):
    return [m["patch"] for m in page.evaluate("fake.sent") if m["do"] == "change"]


def checked(page, role):
    return [
        box.get_attribute("data-at") for box in page.get_by_role(role).all() if box.is_checked()
    ]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


class TestOneOption:
    def test_the_whole_line_chooses_and_a_second_choice_replaces_the_first_in_one_patch(
        self, open_widget
    ):
        page = open_widget()
        box = line(page, "Option b").bounding_box()
        page.mouse.click(box["x"] + box["width"] - 5, box["y"] + box["height"] / 2)
        line(page, "Option d").click()
        others = dict.fromkeys("abcefgh")
        assert patches(page)[1] == {"chosen": {**others, "d": 1}}
        assert len(patches(page)) == 2
        assert checked(page, "radio") == ["d"]

    def test_arrows_choose_and_ctrl_z_undoes(self, open_widget):
        page = open_widget()
        page.get_by_role("radio").first.focus()
        press(page, " ", "ArrowDown", "ArrowDown")
        order = [o["id"] for o in face(False, "en")["options"]]
        assert checked(page, "radio") == [order[2]]
        press(page, "Control+z")
        assert checked(page, "radio") == [order[1]]
        press(page, "Control+z", "Control+z")
        assert checked(page, "radio") == []
        assert page.evaluate("fake.heard") == []

    def test_it_is_done_by_keys_alone(self, open_widget):
        page = open_widget(feedback=feedback(False, "en", "b"))
        page.evaluate("document.activeElement.blur()")
        press(page, "Tab", " ", "Tab", "Enter")
        page.locator(".b2b-lines").first.wait_for()
        press(page, "Enter")
        assert page.get_by_role("radio").count() == 8

    def test_the_group_is_one_tab_stop_and_named_after_the_task(self, open_widget):
        page = open_widget(chosen="d")
        assert page.get_by_role("radiogroup", name="Choose what is right.").count() == 1
        page.evaluate("document.activeElement.blur()")
        press(page, "Tab", "Tab")
        assert page.evaluate("document.activeElement.textContent") == words("en", "choice")["check"]


class TestSeveralOptions:
    def test_each_is_chosen_and_taken_away_by_itself(self, open_widget):
        page = open_widget(several=True)
        line(page, "Option a").click()
        line(page, "Option d").click()
        line(page, "Option a").click()
        assert patches(page) == [
            {"chosen": {"a": 1}},
            {"chosen": {"d": 1}},
            {"chosen": {"a": None}},
        ]
        assert checked(page, "checkbox") == ["d"]
        assert page.locator(".b2b-progress").inner_text().startswith("1 chosen")

    def test_space_chooses_tab_moves_and_undo_goes_back(self, open_widget):
        page = open_widget(several=True)
        page.get_by_role("checkbox").first.focus()
        press(page, " ", "Tab", " ")
        order = [o["id"] for o in face(True, "en")["options"]]
        assert set(checked(page, "checkbox")) == set(order[:2])
        button(page, "undo").click()
        assert checked(page, "checkbox") == order[:1]

    def test_two_views_show_one_answer(self, open_widget):
        page = open_widget(several=True)
        page.evaluate("fake.show('two')")
        page.locator("#two .b2b-line").nth(2).click()
        assert page.locator("#one input").nth(2).is_checked()
        assert len(patches(page)) == 1


class TestSaving:
    def test_saved_is_said_only_after_the_reply(self, open_widget):
        page = open_widget()
        page.evaluate("fake.kernel = 'gone'")  # until it is let to reply
        line(page, "Option b").click()
        assert "Saved" not in page.locator(".b2b-saved").inner_text()
        page.evaluate("fake.answer(fake.sent.at(-1))")
        page.locator(".b2b-saved", has_text="Saved 14:03").wait_for()

    @pytest.mark.parametrize("kernel", ["dead", "full"])
    def test_a_failure_keeps_the_choice_on_the_screen_and_says_so(self, open_widget, kernel):
        page = open_widget(failed="Not saved: the disk is full.")
        page.evaluate(f"fake.kernel = '{kernel}'")
        line(page, "Option b").click()
        page.locator(".b2b-saved[data-kind=failed]", has_text="Not saved").wait_for()
        assert checked(page, "radio") == ["b"]
        page.evaluate("fake.kernel = 'well'")
        line(page, "Option d").click()
        page.locator(".b2b-saved", has_text="Saved 14:03").wait_for()
        assert page.evaluate("fake.disk") == {"chosen": {"d": 1}}

    def test_what_another_window_chose_is_shown(self, open_widget):
        page = open_widget(several=True)
        page.evaluate("fake.set('value', {chosen: {e: 1}})")
        assert checked(page, "checkbox") == ["e"]

    def test_a_preview_sends_nothing(self, open_widget):
        page = open_widget(mode="preview")
        line(page, "Option b").click()
        assert page.evaluate("fake.sent") == []
        assert not button(page, "check").is_visible()


class TestAfterCheck:
    def test_check_opens_with_a_choice(self, open_widget):
        page = open_widget()
        assert button(page, "check").get_attribute("aria-disabled") == "true"
        line(page, "Option b").click()
        assert button(page, "check").get_attribute("aria-disabled") is None

    def test_verdict_and_reason_stand_at_each_option_in_words_too(self, open_widget):
        page = open_widget(several=True, chosen="a d h")
        button(page, "check").click()
        page.locator(".b2b-lines").first.wait_for()
        for name, heard in [
            ("a", "chosen, right"),
            ("b", "missed"),
            ("d", "chosen, wrong"),
            ("h", "chosen, accepted"),
        ]:
            place = page.locator("li", has=page.locator(".b2b-text", has_text=f"Option {name}"))
            assert place.locator(".b2b-text").inner_text().endswith(heard)
            assert f"The reason for {name}." in place.inner_text()
            assert place.locator("svg.b2b-mark").count() == 1
        left = page.locator("li", has_text="Option e")
        assert left.locator("svg").count() == 0
        assert left.locator(".b2b-lines").inner_text() == "The reason for e."
        assert left.locator(".b2b-text").inner_text().endswith("not chosen")
        assert page.get_by_role("link").count() == 1
        assert page.locator(".b2b-task").inner_text() == "1 / 2right. 1 wrong, 1 missed."

    def test_retry_gives_the_same_choice_back_and_the_answer_keeps_it(self, open_widget):
        page = open_widget(chosen="b", feedback=feedback(False, "en", "b"))
        button(page, "check").click()
        button(page, "show_answer").click()
        right = page.locator(".b2b-text", has_text="Option a")
        page.locator(".b2b-task", has_text="This is the answer").wait_for()
        assert "chosen" in right.inner_text()
        button(page, "retry").click()
        assert checked(page, "radio") == ["b"]

    def test_an_answer_for_an_assignment_shows_no_check(self, open_widget):
        page = open_widget(mode="answer")
        assert not button(page, "check").is_visible()
        assert not button(page, "hint").is_visible()


class TestRoom:
    @pytest.mark.parametrize("lang", ["ko", "en"])
    @pytest.mark.parametrize("several", [True, False])
    def test_nothing_is_cut_at_800_px_and_lines_are_high_enough(self, open_widget, several, lang):
        page = open_widget(several, lang, chosen="c", width=800)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
        heights = page.eval_on_selector_all(".b2b-line", "all => all.map(e => e.offsetHeight)")
        assert min(heights) >= 34
        assert max(heights) > 50, "the long option goes on in the next line"
        button(page, "check", lang).click()
        page.locator(".b2b-lines").first.wait_for()
        assert page.evaluate(wide) == 0
        cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length"
        assert page.eval_on_selector_all(".b2b-text, .b2b-lines p", cut) == 0

    def test_markup_in_an_option_stays_text(self, bench):
        shown = face(False, "en")
        shown["options"][0]["text"] = "<img src=x onerror=alert(1)>"
        page = bench.show(alone.html(shown, {"chosen": {}}))
        assert page.locator(".b2b-text").first.inner_text() == "<img src=x onerror=alert(1)>"

    def test_as_one_module_it_works_as_in_a_notebook(self, bench):
        page = bench.show(alone.html(face(True, "en"), {"chosen": {}}, built=True))
        line(page, "Option a").click()
        assert patches(page) == [{"chosen": {"a": 1}}]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("several", [True, False])
def test_axe_finds_nothing(open_widget, several, theme):
    lang = "ko" if theme == "light" else "en"
    page = open_widget(
        several, lang, theme=theme, feedback=feedback(several, lang, *("adh" if several else "h"))
    )
    assert axe(page) == []
    line(page, "보기 d" if lang == "ko" else "Option d").click()
    assert axe(page) == []
    button(page, "check", lang).click()
    page.locator(".b2b-lines").first.wait_for()
    assert axe(page) == []


def test_both_languages_have_the_same_words():
    korean, english = words("ko", "choice"), words("en", "choice")
    assert korean.keys() == english.keys()
