"""One Ctrl+Z in an essay takes back one burst of typing: in Chromium, and in Firefox too."""

from __future__ import annotations

import alone
import firefox
import msgspec
import pytest

from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item

pytestmark = pytest.mark.browser

KIND = kind_of("essay")
PAUSE = ("wait", 900)  # longer than a burst's
TEXT = ("read", "document.querySelector('textarea').value")
CARET = ("read", "document.querySelector('textarea').selectionStart")
SAVED = ("read", "fake.disk.text")
ENTER = [("read", "document.querySelector('textarea').focus()"), ("press", "Control+End")]
UNDO, REDO, REDO_TOO = ("press", "Control+z"), ("press", "Control+Shift+Z"), ("press", "Control+y")


def page_html(text="before"):
    face = KIND.face(load_item(bank_folder() / "es-meeting.yaml"), "en")
    return alone.html(msgspec.to_builtins(face), {"text": text, "self": {}})


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium)


RUNS = {
    "bursts are parted by a pause, and saving does not part them": (
        [
            *[("type", " one two"), PAUSE, SAVED, ("type", " three"), TEXT],
            *[UNDO, TEXT, UNDO, TEXT, UNDO, TEXT],
            *[REDO, TEXT, REDO_TOO, TEXT, REDO, TEXT],
        ],
        [
            *["before one two", "before one two three"],
            *["before one two", "before", "before"],
            *["before one two", "before one two three", "before one two three"],
        ],
    ),
    "what was taken back is saved so": (
        [("type", " one"), PAUSE, ("type", " two"), PAUSE, UNDO, PAUSE, SAVED],
        ["before one"],
    ),
    "deleting is another burst than typing": (
        [
            *[("type", " ones"), ("press", "Backspace"), ("press", "Backspace"), TEXT],
            *[UNDO, TEXT, UNDO, TEXT],
        ],
        ["before on", "before ones", "before"],
    ),
    "another place is another burst, and the caret goes back to it": (
        [
            *[("type", " end"), ("press", "Control+Home"), ("type", "start "), TEXT],
            *[UNDO, TEXT, CARET, UNDO, TEXT, CARET],
        ],
        ["start before end", "before end", 0, "before", 6],
    ),
    "over a selection it is a burst of its own": (
        [("type", " one"), ("press", "Control+a"), ("type", "new"), TEXT, UNDO, TEXT],
        ["new", "before one"],
    ),
    "typing after taking back leaves nothing to put back": (
        [("type", " one"), UNDO, ("type", " two"), REDO, TEXT, UNDO, TEXT],
        ["before two", "before"],
    ),
    "lines typed at one go are one burst": (
        [("type", " one"), ("press", "Enter"), ("type", "two"), TEXT, UNDO, TEXT],
        ["before one\ntwo", "before"],
    ),
}


@pytest.mark.parametrize("run", RUNS)
def test_in_chromium(bench, run):
    steps, wanted = RUNS[run]
    page = bench.show(page_html())
    acts = {
        "type": lambda text: page.keyboard.type(text, delay=20),
        "press": page.keyboard.press,
        "wait": page.wait_for_timeout,
        "read": page.evaluate,
    }
    found = [(act, acts[act](data)) for act, data in [*ENTER, *steps]]
    assert bench.errors == []
    assert [result for act, result in found if act == "read"][1:] == wanted


IN_FIREFOX = [
    pytest.param(run, marks=() if n < 2 else pytest.mark.slow) for n, run in enumerate(RUNS)
]


@pytest.fixture(scope="module")
def in_firefox(request):
    """What each run read in Firefox, which is started once for all of them."""
    lacking = firefox.missing()
    if lacking and alone.required():
        pytest.fail(f"browser tests are required, but {lacking}")
    if lacking:
        pytest.skip(f"the test in Firefox needs more: {lacking}")
    tests = [test for test in request.session.items if "in_firefox" in test.fixturenames]
    asked = [test.callspec.params["run"] for test in tests]  # each costs seconds
    found = firefox.keys(page_html(), [[*ENTER, *RUNS[run][0]] for run in asked])
    return {run: read[1:] for run, read in zip(asked, found, strict=True)}


@pytest.mark.parametrize("run", IN_FIREFOX)
def test_in_firefox(in_firefox, run):
    assert in_firefox[run] == RUNS[run][1]


# ---- what only Chromium lets a test do


def compose(page, syllables):
    """Hangul as an input method writes it: each syllable grows, then is settled."""
    session = page.context.new_cdp_session(page)
    for syllable, steps in syllables:
        for step in steps:
            session.send(
                "Input.imeSetComposition",
                {"text": step, "selectionStart": len(step), "selectionEnd": len(step)},
            )
        session.send("Input.insertText", {"text": syllable})
    session.detach()


def test_hangul_is_taken_back_by_bursts_and_no_syllable_apart(bench):
    page = bench.show(page_html("앞"))
    page.locator("textarea").focus()
    page.keyboard.press("Control+End")
    compose(page, [("한", "ㅎ하한"), ("글", "ㄱ그글")])
    page.wait_for_timeout(900)
    compose(page, [("끝", "ㄲ끄끝")])
    assert page.locator("textarea").input_value() == "앞한글끝"
    page.keyboard.press("Control+z")
    assert page.locator("textarea").input_value() == "앞한글"
    page.keyboard.press("Control+z")
    assert page.locator("textarea").input_value() == "앞"


def test_a_syllable_that_waits_for_its_end_is_one_with_its_beginning(bench):
    page = bench.show(page_html("앞"))
    page.locator("textarea").focus()
    page.keyboard.press("Control+End")
    session = page.context.new_cdp_session(page)
    for step in ("ㅎ", "하"):
        session.send(
            "Input.imeSetComposition", {"text": step, "selectionStart": 1, "selectionEnd": 1}
        )
        page.wait_for_timeout(900)
    session.send("Input.insertText", {"text": "한"})
    page.keyboard.press("Control+z")
    assert page.locator("textarea").input_value() == "앞"


def test_pasting_is_a_step_of_its_own(bench):
    page = bench.show(page_html())
    page.locator("textarea").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" one")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+c")
    page.keyboard.press("End")
    page.keyboard.press("Control+v")
    assert page.locator("textarea").input_value() == "before onebefore one"
    page.keyboard.press("Control+z")
    assert page.locator("textarea").input_value() == "before one"


def test_what_another_window_wrote_is_not_taken_back(bench):
    page = bench.show(page_html())
    page.locator("textarea").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("mine ")
    page.wait_for_function("fake.disk.text === 'mine before'")
    page.evaluate("fake.set('value', {text: 'theirs', self: {}})")
    assert page.locator("textarea").input_value() == "theirs"
    page.keyboard.press("Control+z")
    assert page.locator("textarea").input_value() == "theirs"


def test_the_steps_outlive_comparing(bench):
    text = "word " * 120
    page = bench.show(page_html(text))
    page.locator("textarea").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("more")
    page.locator('[data-do="main"]').click()
    page.locator(".b2b-beside").wait_for()
    page.locator('[data-do="main"]').click()
    page.locator("textarea").focus()
    page.keyboard.press("Control+z")
    assert page.locator("textarea").input_value() == text
