"""The ordering widget by itself: dragging, tapping, keys, undo, saving, verdicts, names for ears, room."""

from __future__ import annotations

import re

import alone
import pytest
from alone import axe, words

pytestmark = pytest.mark.browser

KO, EN = words("ko", "ordering"), words("en", "ordering")
CARDS = {
    "wake": ("잠에서 깨기", "Wake up"),
    "wash": ("세수하기", "Wash"),
    "dress": ("옷 입기", "Get dressed"),
    "eat": ("아침 먹기", "Have breakfast"),
    "leave": ("집을 나서기", "Leave the house"),
    "ride": ("버스 타기", "Take the bus"),
    "snow": ("눈 치우기", "Clear the snow"),
}
TRAY = ["eat", "snow", "ride", "wake", "leave", "wash", "dress"]
REASON = {
    "ko": "여기에는 왜 그런지 알려 주는 문장이 옵니다. 길면 두 줄로 넘어갑니다.",
    "en": "Here stands a sentence that tells why. A long one runs on to a second line.",
}


def face(lang="en", mode="sequence", **more):
    made = {"schema": 1, "id": "or-made", "kind": "ordering", "lang": lang, "mode": mode}
    made |= {"title": alone.pick(("아침 일", "The morning"), lang), "case": [], "slots": 6}
    made |= {"task": alone.pick(("순서대로 놓으십시오.", "Put them in order."), lang)}
    made["cards"] = [
        {"id": key, "text": alone.pick(CARDS[key], lang), "spellings": []} for key in TRAY
    ]
    return made | more


def order(*cards):
    """A value: cards from the first slot on, None for a gap."""
    return {"order": {str(n): card for n, card in enumerate(cards, start=1) if card}}


def feedback(lang="en"):
    """Made-up verdicts: wash is out of place, snow does not belong, two are missed."""
    states = {"wake": "right", "dress": "right", "wash": "wrong", "snow": "wrong", "eat": "right"}
    states |= {"leave": "missed", "ride": "missed"}
    line = {"lead": alone.pick(("세수하기가 먼저입니다.", "Washing comes first."), lang)}
    part = {"score": "", "lines": [line | {"text": REASON[lang]}]}
    read = {"label": alone.pick(("05 열 단계", "05 Ten steps"), lang), "href": "05.ipynb#a"}
    return {
        "fraction": 0.5,
        "big": "3 / 6",
        "text": alone.pick(("맞음. 틀림 2, 빠뜨림 2.", "right. 2 wrong, 2 missed."), lang),
        "tries": "",
        "parts": {card: part | {"state": state, "read": read} for card, state in states.items()},
    }


CHECKED = order("wake", "dress", "wash", "snow", "eat")


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium)


@pytest.fixture
def open_widget(bench):
    """Opens a page with one ordering; an error inside the page fails the test."""

    def start(lang="en", value=None, width=1280, height=900, shown=None, **script):
        shown = shown or face(lang)
        script.setdefault("feedback", feedback(lang))
        script.setdefault("answer", order("wake", "wash", "dress", "eat", "leave", "ride"))
        page = bench.show(alone.html(shown, value or {"order": {}}, **script), width, height)
        page.evaluate("fake.sent.length = 0")
        return page

    yield start
    assert bench.errors == []


@pytest.fixture
def checked(open_widget):
    def start(lang="en", **more):
        page = open_widget(lang, CHECKED, **more)
        button(page, words(lang, "ordering")["check"]).click()
        page.locator(".b2b-lines").first.wait_for()
        return page

    return start


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def card(page, name):
    return page.locator(f'[data-card="{name}"]')


def hole(page, n):
    return page.locator(f'[data-to="{n - 1}"]')


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 3, box["y"] + box["height"] / 2


def drag(page, source, target, *, release=True):
    page.mouse.move(*middle(source))
    page.mouse.down()
    page.mouse.move(*middle(target), steps=5)
    if release:
        page.mouse.up()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def patches(page):
    return [patch["order"] for patch in alone.patches(page)]


def shown(page):
    """The cards in the slots as they stand on the screen, None for an empty one."""
    return page.evaluate(
        "[...document.querySelectorAll('ol .b2b-room')].map(room => "
        "room.querySelector('[data-card]')?.dataset.card ?? null)"
    )


def focused(page):
    return page.evaluate("document.activeElement.dataset.at ?? document.activeElement.textContent")


def spoken(page):
    return page.locator(".b2b-unseen[role=status]").inner_text()


def wide(page):
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


class TestDragging:
    """With the mouse and with a finger."""

    def test_a_card_is_dragged_into_an_empty_place(self, open_widget):
        page = open_widget()
        drag(page, card(page, "wake"), hole(page, 3))
        assert patches(page) == [{"3": "wake"}]
        assert shown(page) == [None, None, "wake", None, None, None]
        assert focused(page) == "card/wake"

    def test_while_it_is_over_a_place_the_place_says_so(self, open_widget):
        page = open_widget()
        drag(page, card(page, "wake"), hole(page, 3), release=False)
        assert hole(page, 3).inner_text() == EN["drop_here"]
        assert page.locator(".b2b-ghost").inner_text() == "Wake up"
        page.mouse.up()
        assert page.locator(".b2b-ghost").count() == 0

    def test_dropped_on_a_card_it_pushes_to_the_nearest_gap(self, open_widget):
        page = open_widget(value=order("wake", "dress", "eat", None, "ride"))
        drag(page, card(page, "wash"), card(page, "dress"))
        assert patches(page) == [{"2": "wash", "3": "dress", "4": "eat"}]

    def test_inside_the_list_the_others_close_up(self, open_widget):
        page = open_widget(value=order("wake", "wash", "dress", "eat", "leave", "ride"))
        drag(page, card(page, "ride"), card(page, "wash"))
        assert shown(page) == ["wake", "ride", "wash", "dress", "eat", "leave"]
        drag(page, card(page, "wake"), card(page, "dress"))
        assert shown(page) == ["ride", "wash", "dress", "wake", "eat", "leave"]

    def test_into_a_full_list_it_takes_the_others_place(self, open_widget):
        page = open_widget(value=order("wake", "snow", "dress", "eat", "leave", "ride"))
        drag(page, card(page, "wash"), card(page, "snow"))
        assert patches(page) == [{"2": "wash"}]
        assert page.locator(".b2b-tray [data-card]").evaluate("node => node.dataset.card") == "snow"

    def test_a_card_is_dragged_out_again(self, open_widget):
        page = open_widget(value=order("snow", "wake"))
        drag(page, card(page, "snow"), card(page, "ride"))
        assert patches(page) == [{"1": None}]

    def test_dropped_elsewhere_or_with_escape_nothing_changes(self, open_widget):
        page = open_widget(value=order("snow", "wake"))
        drag(page, card(page, "snow"), page.locator(".b2b-title"))
        drag(page, card(page, "eat"), hole(page, 4), release=False)
        press(page, "Escape")
        page.mouse.up()
        assert patches(page) == []
        assert shown(page) == ["snow", "wake", None, None, None, None]

    def test_a_finger_drags_and_taps(self, chromium):
        bench = alone.Bench(chromium, touch=True)
        page = bench.show(alone.html(face(), {"order": {}}))
        x, y = middle(card(page, "wake"))
        to = middle(hole(page, 2))
        touch = page.context.new_cdp_session(page)

        def finger(kind, *at):
            points = [{"x": at[0], "y": at[1]}] if at else []
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        finger("touchStart", x, y)
        for part in (0.2, 0.5, 0.8, 1):
            finger("touchMove", x + (to[0] - x) * part, y + (to[1] - y) * part)
        finger("touchEnd")
        page.wait_for_function("fake.sent.length === 1")
        card(page, "wash").tap()
        page.locator('[data-card="wash"][aria-pressed]').wait_for()
        hole(page, 5).tap()
        page.wait_for_function("fake.sent.length === 2")
        assert patches(page) == [{"2": "wake"}, {"5": "wash"}]
        assert bench.errors == []


class TestClicking:
    """What a drag does, two clicks do too."""

    def test_a_click_takes_a_card_and_a_click_puts_it_down(self, open_widget):
        page = open_widget()
        card(page, "eat").click()
        assert card(page, "eat").get_attribute("aria-pressed") == "true"
        hole(page, 4).click()
        assert patches(page) == [{"4": "eat"}]

    def test_two_clicks_on_a_card_of_the_tray_put_it_to_the_first_empty_place(self, open_widget):
        page = open_widget(value=order("wake"))
        card(page, "wash").dblclick()
        assert patches(page) == [{"2": "wash"}]

    def test_an_empty_place_without_a_card_in_hand_says_what_to_do(self, open_widget):
        page = open_widget()
        hole(page, 4).click()
        assert page.locator(".b2b-told").inner_text() == EN["nothing_held"]

    def test_a_placed_card_has_buttons_up_down_and_out(self, open_widget):
        page = open_widget(value=order("wake", "wash", "dress"))
        card(page, "wash").hover()
        button(page, "Wash: one place up").click()
        assert shown(page)[:3] == ["wash", "wake", "dress"]
        card(page, "wash").hover()
        assert not button(page, "Wash: one place up").is_visible()
        button(page, "Wash: one place down").click()
        card(page, "wash").hover()
        button(page, "Wash: back to the cards left").click()
        assert shown(page)[:3] == ["wake", None, "dress"]

    def test_a_press_on_the_button_beside_leaves_the_card_where_it_was(self, open_widget):
        page = open_widget(value=order("wake"))
        card(page, "eat").click()
        button(page, EN["check"]).focus()
        assert card(page, "eat").get_attribute("aria-pressed") is None
        assert patches(page) == []


class TestKeyboard:
    """Everything without a mouse."""

    def test_the_lists_are_one_tab_stop(self, open_widget):
        page = open_widget(value=order("wake", "wash"))
        stops = "[...document.querySelectorAll('.b2b-body *')].filter(e => e.tabIndex === 0).length"
        assert page.evaluate(stops) == 1
        press(page, "Tab")
        assert focused(page) == "card/eat"
        press(page, "ArrowLeft", "ArrowDown")
        assert page.evaluate(stops) == 1
        press(page, "Tab")
        assert focused(page) == EN["check"]

    def test_arrows_go_through_both_lists(self, open_widget):
        page = open_widget(value=order("wake", None, "wash"))
        press(page, "Tab")
        for keys, place in [
            (["ArrowDown"], "card/snow"),
            (["End"], "card/dress"),
            (["ArrowDown"], "card/dress"),
            (["Home", "ArrowLeft"], "card/wake"),
            (["ArrowDown"], "hole/1"),
            (["ArrowDown"], "card/wash"),
            (["End"], "hole/5"),
            (["ArrowRight"], "card/dress"),
        ]:
            press(page, *keys)
            assert focused(page) == place

    def test_space_picks_up_arrows_choose_space_puts_down(self, open_widget):
        page = open_widget(value=order("wake", "wash"))
        press(page, "Tab", "Space")
        assert spoken(page).startswith("Have breakfast picked up.")
        assert hole(page, 3).inner_text() == EN["drop_here"]
        press(page, "ArrowDown")
        assert spoken(page) == "place 4, empty"
        press(page, "ArrowUp", "ArrowUp")
        assert spoken(page) == "place 2, now Wash"
        press(page, "Space")
        assert spoken(page) == "Have breakfast dropped at 2. Cards that made room: 1."
        assert patches(page) == [{"2": "eat", "3": "wash"}]
        assert focused(page) == "card/eat"

    def test_the_focus_follows_a_card_through_the_list_and_out_of_it(self, open_widget):
        page = open_widget(value=order("wake", "wash", "dress"))
        press(page, "Tab", "ArrowLeft", "Enter", "ArrowDown", "ArrowDown")
        assert shown(page)[:3] == ["wash", "dress", "wake"]
        assert focused(page) == "card/wake"
        press(page, "Enter")
        assert patches(page) == [{"1": "wash", "2": "dress", "3": "wake"}]
        press(page, "Space", "ArrowRight")
        assert focused(page) == "card/wake"
        press(page, "ArrowLeft", "ArrowRight", "Space")
        assert patches(page)[1:] == [{"3": None}]
        assert spoken(page) == "Wake up is back among the cards left."
        assert focused(page) == "card/wake"

    def test_escape_leaves_everything_as_it_was(self, open_widget):
        page = open_widget(value=order("wake", "wash", "dress"))
        press(page, "Tab", "ArrowLeft", "Space", "End", "Escape")
        assert shown(page)[:3] == ["wake", "wash", "dress"]
        assert spoken(page) == "Wake up stays where it was."
        assert patches(page) == []
        assert focused(page) == "card/wake"

    def test_delete_takes_a_card_out(self, open_widget):
        page = open_widget(value=order("wake", "wash"))
        press(page, "Tab", "ArrowLeft", "Delete")
        assert patches(page) == [{"1": None}]
        assert focused(page) == "card/wake"

    def test_keys_do_not_reach_the_notebook(self, open_widget):
        page = open_widget()
        press(page, "Tab", "Space", "ArrowDown", "Space", "Delete", "b")
        assert [key for key in page.evaluate("fake.heard") if key != "keyup Tab"] == ["keydown Tab"]

    def test_the_whole_exercise_can_be_done_by_keys(self, open_widget):
        page = open_widget()
        press(page, "Tab")
        for _ in range(6):
            press(page, "Space", "Space", "ArrowRight")
        assert None not in shown(page)
        assert len(patches(page)) == 6
        press(page, "Tab", "Enter")
        page.locator(".b2b-lines").first.wait_for()


class TestSaving:
    """One step of the student is one message and one undo."""

    def test_undo_takes_back_a_whole_push(self, open_widget):
        page = open_widget(value=order("wake", "dress", "eat"))
        drag(page, card(page, "wash"), card(page, "wake"))
        assert shown(page)[:4] == ["wash", "wake", "dress", "eat"]
        button(page, EN["undo"]).click()
        assert shown(page)[:4] == ["wake", "dress", "eat", None]
        page.wait_for_timeout(20)
        assert page.evaluate("fake.disk") == order("wake", "dress", "eat")
        assert card(page, "wash").get_attribute("aria-label") == "left over: Wash"

    def test_control_z_undoes_too(self, open_widget):
        page = open_widget()
        press(page, "Tab", "Space", "Space", "Control+z")
        assert patches(page) == [{"1": "eat"}, {"1": None}]

    def test_it_is_saved_only_when_the_kernel_says_so(self, open_widget):
        page = open_widget()
        page.evaluate("fake.kernel = 'dead'")
        card(page, "eat").dblclick()
        assert page.locator(".b2b-saved").inner_text() == EN["not_saved"]
        page.evaluate("fake.kernel = 'well'")
        card(page, "snow").dblclick()
        page.get_by_text("Saved 14:03").wait_for()
        assert page.evaluate("fake.disk") == order("eat", "snow")

    def test_a_card_that_two_windows_put_down_twice_is_shown_once_and_heals(self, open_widget):
        page = open_widget(value={"order": {"2": "wake", "5": "wake"}})
        assert shown(page) == [None, "wake", None, None, None, None]
        card(page, "eat").dblclick()
        assert patches(page) == [{"1": "eat", "5": None}]

    def test_what_another_window_wrote_appears(self, open_widget):
        page = open_widget(value=order("wake"))
        page.evaluate("value => fake.set('value', value)", order("wake", "wash"))
        assert shown(page)[:2] == ["wake", "wash"]

    def test_a_preview_moves_cards_and_sends_nothing(self, open_widget):
        page = open_widget(mode="preview")
        card(page, "eat").dblclick()
        assert shown(page)[0] == "eat"
        assert patches(page) == []


class TestWords:
    """What is read, and what is read out."""

    def test_cards_and_places_have_names(self, open_widget):
        page = open_widget(value=order("wake"))
        for name in ("1: Wake up", "left over: Wash", "place 2, empty"):
            assert button(page, name).count() == 1
        assert page.get_by_role("list").count() == 2

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (order(), "7 cards left, one will stay"),
            (order("wake", "wash", "dress", "eat", "leave", "ride"), "1 card left, one will stay"),
        ],
    )
    def test_the_tray_counts_its_cards(self, open_widget, value, said):
        page = open_widget(value=value)
        assert page.locator(".b2b-side-head").last.inner_text() == said

    def test_progress_counts_places(self, open_widget):
        page = open_widget("ko", value=order("wake", None, "wash"))
        assert page.locator(".b2b-progress").inner_text() == "6자리 중 2자리"

    def test_a_cycle_says_that_it_goes_round(self, open_widget):
        page = open_widget("ko", shown=face("ko", "cycle"))
        assert page.locator(".b2b-round").inner_text() == "6번 다음은 다시 1번입니다"

    def test_markup_in_a_card_stays_text(self, open_widget):
        made = face()
        made["cards"][0]["text"] = "<img src=x onerror=alert(1)>"
        page = open_widget(shown=made)
        assert card(page, "eat").inner_text() == made["cards"][0]["text"]

    def test_both_languages_say_the_same_with_the_same_places(self):
        assert set(KO) == set(EN)
        places = {key: set(re.findall(r"\{\w+\}", KO[key])) for key in KO}
        assert places == {key: set(re.findall(r"\{\w+\}", EN[key])) for key in EN}

    def test_every_word_the_widget_uses_is_there(self):
        code = (alone.WIDGETS / "ordering.js").read_text(encoding="utf-8")
        assert set(re.findall(r"words\.(\w+)", code)) <= set(EN)


class TestChecked:
    """Verdicts beside the cards, the reason in place."""

    def test_every_verdict_is_drawn_and_named(self, checked):
        page = checked()
        for name in ("1: Wake up, right", "3: Wash, wrong", "left over: Take the bus, missed"):
            assert button(page, name).count() == 1
        assert card(page, "wash").locator('[data-mark="wrong"]').count() == 1

    def test_the_first_card_to_fix_is_open_and_only_one_is(self, checked):
        page = checked()
        assert card(page, "wash").get_attribute("aria-expanded") == "true"
        card(page, "ride").click()
        assert page.locator(".b2b-lines").count() == 1
        assert card(page, "ride").get_attribute("aria-expanded") == "true"
        assert focused(page) == "card/ride"
        assert page.get_by_role("link").get_attribute("href") == "05.ipynb#a"

    def test_reasons_open_by_keys(self, checked):
        page = checked()
        card(page, "wake").focus()
        press(page, "Enter")
        assert card(page, "wake").get_attribute("aria-expanded") == "true"
        press(page, "ArrowDown", "Space")
        assert card(page, "dress").get_attribute("aria-expanded") == "true"

    def test_cards_stand_still_until_try_again(self, checked):
        page = checked()
        drag(page, card(page, "ride"), card(page, "wake"))
        assert patches(page) == []
        button(page, EN["retry"]).click()
        drag(page, card(page, "ride"), hole(page, 6))
        assert patches(page) == [{"6": "ride"}]

    def test_the_answer_is_shown_and_the_own_one_kept(self, checked):
        page = checked()
        button(page, EN["show_answer"]).click()
        page.get_by_text(EN["answer_shown"]).first.wait_for()
        assert shown(page) == ["wake", "wash", "dress", "eat", "leave", "ride"]
        button(page, EN["retry"]).click()
        assert shown(page) == ["wake", "dress", "wash", "snow", "eat", None]

    def test_graded_work_has_no_check_and_says_how_complete_it_is(self, open_widget):
        page = open_widget(mode="answer", value=order("wake", "wash"))
        visible = [b.inner_text() for b in page.locator(".b2b-button").all() if b.is_visible()]
        assert visible == [EN["undo"]]
        assert page.locator(".b2b-progress").inner_text() == "2 of 6 places filled"


class TestRoom:
    """On every width."""

    @pytest.mark.parametrize("lang", ["ko", "en"])
    @pytest.mark.parametrize("width", [1280, 800, 420])
    def test_nothing_runs_over_the_edge_or_is_cut(self, checked, lang, width):
        made = face(lang)
        long = (
            "길어서 한 줄에 다 들어가지 않는 카드",
            "A card with a name too long to fit on one line",
        )
        made["cards"][0]["text"] = alone.pick(long, lang)
        page = checked(lang, width=width, shown=made)
        assert wide(page) == 0
        cut = "e => e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight + 1"
        assert not page.locator(".b2b-card-name").evaluate_all(f"all => all.some({cut})")

    @pytest.mark.parametrize(("width", "beside"), [(1280, True), (800, True), (420, False)])
    def test_the_tray_stands_beside_or_below(self, open_widget, width, beside):
        page = open_widget(width=width)
        left, right = (page.locator(".b2b-side").nth(n).bounding_box() for n in (0, 1))
        assert (right["y"] == left["y"]) == beside

    def test_every_target_is_large_enough_for_a_finger(self, open_widget):
        page = open_widget(value=order("wake"), width=800)
        sizes = page.eval_on_selector_all(
            ".b2b-exercise button",
            "all => all.map(e => e.getBoundingClientRect()).filter(r => r.width)"
            ".map(r => [r.width, r.height])",
        )
        assert min(min(size) for size in sizes) >= 24

    def test_edges_line_up(self, open_widget):
        page = open_widget("ko", value=order("wake"))
        edge = lambda name: page.locator(name).last.bounding_box()  # noqa: E731
        assert len({edge(name)["x"] for name in (".b2b-title", ".b2b-sides", ".b2b-foot")}) == 1
        right = {
            round(edge(name)["x"] + edge(name)["width"])
            for name in (".b2b-saved", ".b2b-tray", ".b2b-progress")
        }
        assert len(right) == 1

    def test_two_views_show_one_answer(self, open_widget):
        page = open_widget()
        page.evaluate("fake.show('two')")
        page.locator('#two [data-card="wake"]').dblclick()
        assert page.locator('#one ol [data-card="wake"]').count() == 1

    def test_the_module_works_built_as_a_notebook_gets_it(self, open_widget):
        page = open_widget(built=True)
        card(page, "wake").dblclick()
        assert patches(page) == [{"1": "wake"}]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_widget, theme):
    lang = "ko" if theme == "light" else "en"
    page = open_widget(lang, theme=theme)
    assert axe(page) == []
    page.evaluate("value => fake.set('value', value)", CHECKED)
    card(page, "dress").click()
    assert axe(page) == []
    button(page, words(lang, "ordering")["check"]).click()
    page.locator(".b2b-lines").first.wait_for()
    assert axe(page) == []
