"""The matching widget by itself: dragging, clicks, touch, keys, undo, saving, verdicts, ears, room."""

from __future__ import annotations

import alone
import msgspec
import pytest
from alone import axe, words

from b2bcourse.items import kind_of

pytestmark = pytest.mark.browser

KIND = kind_of("matching")
KO, EN = words("ko", "matching"), words("en", "matching")
LANGS = {"ko": KO, "en": EN}
HOMES = {
    "sea": ("바다", "Sea"),
    "river": ("강", "River"),
    "land": ("땅", "Land"),
    "sky": ("하늘", "Sky"),
}
ANIMALS = {
    "whale": ("고래는 물 위로 올라와 숨을 쉰다.", "The whale comes up to breathe."),
    "trout": ("송어는 맑은 물에서 자란다.", "The trout grows in clear water."),
    "horse": ("말은 풀을 뜯는다.", "The horse grazes."),
    "eagle": ("독수리는 높이 떠서 먹이를 찾는다.", "The eagle looks for prey from high above."),
    "stone": ("돌은 어디에도 살지 않는다.", "A stone lives nowhere."),
}
AT = {"whale": ["sea"], "trout": ["river"], "horse": ["land"], "eagle": ["sky"], "stone": []}
TWO = AT | {"trout": ["sea", "river"], "eagle": ["land", "sky"]}
SIDES = {"day": ("낮", "Day"), "night": ("밤", "Night")}


def text(pair):
    return {"ko": pair[0], "en": pair[1]}


def card(name, required, **more):
    reason = (
        "여기에는 왜 그런지 알려 주는 문장이 옵니다.",
        "Here stands a sentence that says why.",
    )
    return {
        "id": name,
        "text": text(ANIMALS[name]),
        "reason": text(reason),
        "required": required,
        **more,
    }


def raw(places=AT, **more):
    return {
        "schema": 1,
        "id": "ma-made",
        "kind": "matching",
        "title": text(("누가 어디에 삽니까", "Who lives where?")),
        "task": text(("카드를 사는 곳에 놓으십시오.", "Put each card where it lives.")),
        "heading": text(("네 곳", "Four places")),
        "categories": [{"id": home, "name": text(name)} for home, name in HOMES.items()],
        "cards": [card(name, required) for name, required in places.items()],
        **more,
    }


def sided():
    cards = [
        card("whale", ["sea/day"]),
        card("trout", ["river"], side="night"),
        card("horse", ["land/day"]),
    ]
    sides = [{"id": side, "name": text(name)} for side, name in SIDES.items()]
    return raw(cards=cards, sides=sides, open=["sky/day", "sky/night"])


ITEMS = {
    name: KIND.load(made, "made.yaml")
    for name, made in {
        "one": raw(),
        "several": raw(TWO, several=True),
        "sides": sided(),
    }.items()
}


def slot(name, form="one"):
    wanted = ANIMALS[name][0]
    return next(c.id for c in KIND.face(ITEMS[form], "ko").cards if c.text == wanted)


def value(form="one", **places):
    return {"places": {slot(n, form): dict.fromkeys(p.split(), 1) for n, p in places.items()}}


HALF = {
    "one": {"whale": "river", "horse": "land"},
    "several": {"trout": "sea", "eagle": "sky sea"},
    "sides": {"whale": "sea/night", "horse": "land/day"},
}


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium)


@pytest.fixture
def open_widget(bench):
    """Opens a page with one matching; an error inside the page fails the test."""

    def start(form="one", lang="en", answer=None, width=1280, **script):
        return bench.show(made(form, lang, answer, **script), width)

    yield start
    assert bench.errors == []


def made(form="one", lang="en", answer=None, **script):
    item, answer = ITEMS[form], answer or {"places": {}}
    face, key = KIND.face(item, lang), KIND.key(item)
    told = KIND.explain(face, key, KIND.score(face, key, answer), answer)
    script.setdefault("feedback", msgspec.to_builtins(told))
    script.setdefault("answer", KIND.model_answer(face, key))
    return alone.html(msgspec.to_builtins(face), answer, **script)


@pytest.fixture
def checked(open_widget):
    def start(form="one", lang="en", **more):
        page = open_widget(form, lang, value(form, **HALF[form]), **more)
        button(page, LANGS[lang]["check"]).click()
        page.locator(".b2b-lines").first.wait_for()
        return page

    return start


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def at(page, name, place="", form="one"):
    return page.locator(f'[data-at="{slot(name, form)}@{place}"]')


def zone(page, place):
    return page.locator(f'[data-zone="{place}"]')


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, source, target, *, release=True):
    page.mouse.move(*middle(source))
    page.mouse.down()
    page.mouse.move(*middle(target), steps=4)
    if release:
        page.mouse.up()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def patches(page):
    return [patch["places"] for patch in alone.patches(page)]


def lies(page, form="one"):
    """Where the cards lie on disk, by the names of this file."""
    disk = page.evaluate("new Promise((done) => setTimeout(() => done(fake.disk), 30))")
    names = {slot(c.id, form): c.id for c in ITEMS[form].cards}
    return {names[c]: sorted(p) for c, p in disk["places"].items() if p}


def focused(page):
    return page.evaluate("document.activeElement.dataset.at ?? ''")


def told(page):
    return page.locator(".b2b-told").inner_text()


class TestPointer:
    def test_a_card_is_dragged_to_a_category(self, open_widget):
        page = open_widget()
        drag(page, at(page, "whale"), zone(page, "sea"))
        assert lies(page) == {"whale": ["sea"]}
        assert at(page, "whale", "sea").is_visible()
        assert page.locator(".is-ghost").count() == 0

    def test_while_it_is_dragged_it_follows_and_the_target_says_so(self, open_widget):
        page = open_widget()
        drag(page, at(page, "whale"), zone(page, "river"), release=False)
        assert page.locator(".is-ghost").inner_text() == ANIMALS["whale"][1]
        assert zone(page, "river").inner_text() == EN["drop_here"]
        assert "is-lifted" in at(page, "whale").get_attribute("class")
        press(page, "Escape")
        page.mouse.up()
        assert patches(page) == []
        assert page.locator(".is-ghost, .is-target").count() == 0

    def test_a_placed_card_is_dragged_on_and_back_to_the_tray(self, open_widget):
        page = open_widget(answer=value(whale="sea"))
        drag(page, at(page, "whale", "sea"), zone(page, "sky"))
        assert lies(page) == {"whale": ["sky"]}
        drag(page, at(page, "whale", "sky"), page.locator(".b2b-caption"))
        assert lies(page) == {}
        assert EN["returned"] in told(page)

    def test_dropped_beside_everything_it_stays_where_it_was(self, open_widget):
        page = open_widget(answer=value(whale="sea"))
        drag(page, at(page, "whale", "sea"), page.locator(".b2b-title"))
        assert patches(page) == []
        assert told(page) == EN["let_go"]

    def test_no_place_moves_under_the_hand(self, open_widget):
        page = open_widget(
            "several", answer=value("several", whale="sea", trout="sea", horse="land")
        )
        tops = (
            "[...document.querySelectorAll('[data-zone]')].map(z => z.getBoundingClientRect().top)"
        )
        before = page.evaluate(tops)
        drag(page, at(page, "eagle", form="several"), zone(page, "sea"), release=False)
        assert zone(page, "sea").locator(".b2b-landing").inner_text() == EN["drop_here"]
        assert page.evaluate(tops) == before
        page.mouse.up()
        assert lies(page, "several")["eagle"] == ["sea"]

    def test_a_shaking_click_is_no_drag(self, open_widget):
        page = open_widget()
        x, y = middle(at(page, "whale"))
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 2, y + 1)
        page.mouse.up()
        assert at(page, "whale").get_attribute("aria-pressed") == "true"

    def test_a_click_picks_up_and_a_click_puts_down(self, open_widget):
        page = open_widget()
        at(page, "eagle").click()
        assert told(page) == EN["lifted_pointer"]
        zone(page, "sky").click()
        assert lies(page) == {"eagle": ["sky"]}

    def test_a_click_on_another_card_of_the_tray_picks_that_up(self, open_widget):
        page = open_widget()
        at(page, "eagle").click()
        at(page, "horse").click()
        zone(page, "land").click()
        assert lies(page) == {"horse": ["land"]}

    def test_a_full_category_takes_more(self, open_widget):
        page = open_widget(answer=value(horse="land"))
        at(page, "eagle").click()
        at(page, "horse", "land").click()
        assert lies(page) == {"horse": ["land"], "eagle": ["land"]}

    def test_a_move_names_every_other_place_so_that_two_windows_never_place_it_twice(
        self, open_widget
    ):
        page = open_widget()
        drag(page, at(page, "whale"), zone(page, "sea"))
        assert patches(page)[-1][slot("whale")] == {
            "sea": 1,
            "river": None,
            "land": None,
            "sky": None,
        }

    def test_a_finger_taps_and_drags_by_the_grip(self, chromium):
        page = alone.Bench(chromium, touch=True).show(made())
        at(page, "eagle").tap()
        zone(page, "sky").tap()
        assert lies(page) == {"eagle": ["sky"]}
        x, y = middle(at(page, "whale").locator(".b2b-grip"))
        to_x, to_y = middle(zone(page, "sea"))
        touch = page.context.new_cdp_session(page)

        def finger(kind, *points):
            touch.send(
                "Input.dispatchTouchEvent",
                {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]},
            )

        finger("touchStart", (x, y))
        for step in (1, 2, 3):
            finger("touchMove", (x + (to_x - x) * step / 3, y + (to_y - y) * step / 3))
        finger("touchEnd")
        assert lies(page) == {"eagle": ["sky"], "whale": ["sea"]}


class TestKeys:
    def test_space_picks_up_arrows_choose_and_space_puts_down(self, open_widget):
        page = open_widget()
        at(page, "whale").focus()
        press(page, " ")
        assert at(page, "whale").get_attribute("aria-pressed") == "true"
        press(page, "ArrowDown", "ArrowDown")
        assert told(page) == "Land (3 of 4)"
        press(page, " ")
        assert lies(page) == {"whale": ["land"]}
        assert focused(page) == f"{slot('whale')}@land"

    def test_enter_does_so_too_and_arrows_stop_at_the_ends(self, open_widget):
        page = open_widget()
        at(page, "whale").focus()
        press(page, "Enter", *["ArrowDown"] * 9, "Enter")
        assert lies(page) == {"whale": ["sky"]}

    def test_the_focus_goes_along_where_a_card_may_lie_twice(self, open_widget):
        page = open_widget("several")
        at(page, "trout", form="several").focus()
        press(page, " ", "ArrowDown", " ")
        assert focused(page) == f"{slot('trout', 'several')}@river"
        # One arrow leads back to the tray; the copy that still lies there may be put elsewhere.
        press(page, "ArrowRight")
        assert focused(page).endswith("@")
        at(page, "trout", form="several").focus()
        press(page, " ", " ")
        assert lies(page, "several") == {"trout": ["river", "sea"]}
        assert focused(page) == f"{slot('trout', 'several')}@sea"

    def test_a_card_put_where_it_lies_already_is_shown_by_the_focus(self, open_widget):
        page = open_widget("several", answer=value("several", trout="river"))
        at(page, "trout", form="several").focus()
        press(page, " ", "ArrowDown", " ")
        assert patches(page) == []
        assert told(page) == "Already there: River"
        assert focused(page) == f"{slot('trout', 'several')}@river"

    def test_escape_lets_go_and_tab_too(self, open_widget):
        page = open_widget()
        at(page, "whale").focus()
        for key in ("Escape", "Tab"):
            press(page, " ", "ArrowDown", key)
            assert page.locator(".is-lifted, .is-target").count() == 0
        assert patches(page) == []

    def test_delete_returns_a_card_lifted_or_not(self, open_widget):
        page = open_widget(answer=value(whale="sea", horse="land"))
        at(page, "whale", "sea").focus()
        press(page, "Delete")
        assert lies(page) == {"horse": ["land"]}
        assert focused(page) == f"{slot('whale')}@"
        at(page, "horse", "land").focus()
        press(page, " ", "Delete")
        assert lies(page) == {}

    def test_right_leads_to_the_tray_and_left_back(self, open_widget):
        page = open_widget(answer=value(whale="sea"))
        at(page, "whale", "sea").focus()
        press(page, " ", "ArrowRight")
        assert told(page) == EN["over_tray"]
        press(page, "ArrowLeft", "ArrowDown", " ")
        assert lies(page) == {"whale": ["river"]}

    def test_the_tab_key_stops_once_and_arrows_walk(self, open_widget):
        page = open_widget(answer=value(whale="sea", horse="land"))
        assert page.locator('.b2b-card[tabindex="0"]').count() == 1
        at(page, "whale", "sea").focus()
        press(page, "ArrowDown")
        assert focused(page) == f"{slot('horse')}@land"
        press(page, "ArrowRight")
        assert focused(page).endswith("@")
        press(page, "ArrowLeft")
        assert focused(page).split("@")[1] in {"sea", "land"}

    def test_the_notebook_hears_no_key(self, open_widget):
        page = open_widget()
        at(page, "whale").focus()
        press(page, " ", "ArrowDown", "Delete", "d", "d", "Escape")
        assert page.evaluate("fake.heard") == []

    def test_in_two_sides_arrows_go_across_and_past_the_last_to_the_tray(self, open_widget):
        page = open_widget("sides")
        at(page, "whale", form="sides").focus()
        press(page, " ", "ArrowDown", "ArrowRight")
        assert told(page) == "River / Night (4 of 6)"
        press(page, " ")
        assert lies(page, "sides") == {"whale": ["river/night"]}


class TestSeveral:
    def test_a_copy_stays_in_the_tray_and_says_where_it_counts(self, open_widget):
        page = open_widget("several", "ko")
        for place in ("sea", "river"):
            drag(page, at(page, "trout", form="several"), zone(page, place))
        assert lies(page, "several") == {"trout": ["river", "sea"]}
        assert page.locator(".is-placed .b2b-placed").inner_text() == "2곳에 놓음"
        assert page.locator(".b2b-caption").first.inner_text() == "남은 카드 4장"

    def test_a_placed_copy_moves_or_goes_alone(self, open_widget):
        page = open_widget("several", answer=value("several", trout="sea river"))
        drag(page, at(page, "trout", "sea", "several"), zone(page, "land"))
        assert lies(page, "several") == {"trout": ["land", "river"]}
        at(page, "trout", "land", "several").focus()
        press(page, "Delete")
        assert lies(page, "several") == {"trout": ["river"]}
        assert told(page) == "Taken away: Land"

    def test_a_second_copy_in_the_same_place_is_none(self, open_widget):
        page = open_widget("several", answer=value("several", trout="sea"))
        drag(page, at(page, "trout", form="several"), zone(page, "sea"))
        assert patches(page) == []
        assert told(page) == "Already there: Sea"

    def test_after_check_what_a_card_lacks_stands_where_it_lacks(self, checked):
        page = checked("several")
        missed = at(page, "trout", "river", "several")
        assert missed.get_attribute("data-look") == "missed"
        assert page.locator(".is-placed").count() == 0


class TestSides:
    def test_open_cells_show_a_dash_take_nothing_and_are_explained(self, open_widget):
        page = open_widget("sides")
        assert page.locator(".is-open-cell").count() == 2
        assert page.locator(".b2b-open-note").inner_text() == EN["open_note"]
        drag(page, at(page, "whale", form="sides"), page.locator(".is-open-cell").first)
        assert patches(page) == []

    def test_a_card_of_one_side_takes_only_that_side(self, open_widget):
        page = open_widget("sides")
        trout = at(page, "trout", form="sides")
        assert "Night" in trout.inner_text()
        drag(page, trout, zone(page, "river/day"))
        assert patches(page) == []
        drag(page, trout, zone(page, "river/night"))
        assert lies(page, "sides") == {"trout": ["river/night"]}


class TestStateAndSaving:
    def test_undo_goes_back_step_by_step(self, open_widget):
        page = open_widget(answer=value(whale="sea"))
        drag(page, at(page, "whale", "sea"), zone(page, "sky"))
        drag(page, at(page, "horse"), zone(page, "land"))
        button(page, EN["undo"]).click()
        assert lies(page) == {"whale": ["sky"]}
        at(page, "whale", "sky").focus()
        press(page, "Control+z")
        assert lies(page) == {"whale": ["sea"]}

    def test_saved_is_said_after_the_write_and_a_failure_says_what_to_do(self, open_widget):
        page = open_widget()
        drag(page, at(page, "whale"), zone(page, "sea"))
        page.get_by_text("Saved 14:03").wait_for()
        page.evaluate("fake.kernel = 'dead'")
        drag(page, at(page, "horse"), zone(page, "land"))
        page.get_by_text(EN["not_saved"]).wait_for()

    def test_progress_counts_cards(self, open_widget):
        page = open_widget(lang="ko", answer=value(whale="sea", horse="land"))
        assert page.locator(".b2b-progress").inner_text() == "5장 중 2장"
        page = open_widget(mode="answer", answer=value(whale="sea"))
        assert page.locator(".b2b-progress").inner_text() == "1 of 5 cards placed"

    def test_check_opens_the_first_mistake_in_its_place(self, checked):
        page = checked()
        whale = at(page, "whale", "river")
        assert whale.get_attribute("data-look") == "wrong"
        assert whale.get_attribute("aria-expanded") == "true"
        assert "River: does not fit." in page.locator(".b2b-lines").inner_text()
        whale.click()
        assert page.locator(".b2b-lines").count() == 0
        at(page, "horse", "land").click()
        assert "Land: right." in page.locator(".b2b-lines").inner_text()

    def test_after_check_nothing_moves_until_one_tries_again(self, checked):
        page = checked()
        drag(page, at(page, "horse", "land"), zone(page, "sky"))
        at(page, "horse", "land").focus()
        press(page, "Delete")
        assert patches(page) == []
        button(page, EN["retry"]).click()
        drag(page, at(page, "horse", "land"), zone(page, "sky"))
        assert lies(page)["horse"] == ["sky"]

    def test_the_answer_shows_every_card_in_its_place(self, checked):
        page = checked()
        button(page, EN["show_answer"]).click()
        page.locator(".b2b-task", has_text=EN["answer_shown"]).wait_for()
        for name, places in AT.items():
            for place in places:
                assert at(page, name, place).is_visible()
        assert lies(page) == {"whale": ["river"], "horse": ["land"]}

    def test_two_views_show_the_same(self, open_widget):
        page = open_widget()
        page.evaluate("fake.show('two')")
        drag(
            page,
            page.locator("#one .b2b-tray .b2b-card").first,
            page.locator('#one [data-zone="sea"]'),
        )
        assert page.locator('#two [data-zone="sea"] .b2b-card').count() == 1

    def test_a_broken_value_is_shown_as_far_as_it_can_be(self, open_widget):
        page = open_widget(
            answer={"places": {"gone": {"sea": 1}, slot("whale"): {"moon": 1, "sea": 1}}}
        )
        assert page.locator(".b2b-places .b2b-card").count() == 1

    def test_as_one_module_it_is_the_same(self, open_widget):
        page = open_widget(built=True)
        drag(page, at(page, "whale"), zone(page, "sea"))
        assert lies(page) == {"whale": ["sea"]}


class TestEars:
    def test_a_card_says_its_text_its_place_and_its_verdict(self, checked):
        page = checked()
        assert (
            at(page, "horse", "land").get_attribute("aria-label")
            == "The horse grazes (Land): right"
        )
        assert at(page, "whale", "river").get_attribute("aria-label").endswith("(River): wrong")

    def test_in_the_tray_it_says_in_how_many_places_it_lies(self, open_widget):
        page = open_widget("several", "ko", value("several", trout="sea river"))
        label = at(page, "trout", form="several").get_attribute("aria-label")
        assert label == "송어는 맑은 물에서 자란다 (남은 카드, 2곳에 놓음)"

    def test_what_happens_is_said(self, open_widget):
        page = open_widget()
        assert page.locator(".b2b-told").get_attribute("role") == "status"
        at(page, "whale").focus()
        press(page, " ")
        assert told(page) == EN["lifted"]
        press(page, " ")
        assert told(page) == "Placed: Sea"

    @pytest.mark.parametrize(
        ("form", "theme"),
        [
            *[("one", "light"), ("several", "dark"), ("sides", "light")],
            *(
                pytest.param(*one, marks=pytest.mark.slow)
                for one in [("one", "dark"), ("several", "light"), ("sides", "dark")]
            ),
        ],
    )
    def test_axe_finds_nothing(self, checked, open_widget, form, theme):
        page = open_widget(form, theme=theme)
        assert axe(page) == []
        page = open_widget(form, answer=value(form, **HALF[form]), theme=theme)
        page.locator(".b2b-tray .b2b-card").first.click()
        assert axe(page) == []
        assert axe(checked(form, theme=theme)) == []


class TestRoom:
    @pytest.mark.parametrize("lang", LANGS)
    @pytest.mark.parametrize("form", ITEMS)
    def test_nothing_is_cut_at_800_px(self, checked, form, lang):
        page = checked(form, lang, width=800)
        assert page.evaluate("document.documentElement.scrollWidth") <= 800
        cut = page.eval_on_selector_all(
            ".b2b-text, tbody th, thead th, .b2b-caption, .b2b-button",
            "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)",
        )
        assert cut == []

    def test_every_target_is_large_enough_for_a_finger(self, open_widget):
        page = open_widget("several", width=800, answer=value("several", trout="sea"))
        sizes = page.eval_on_selector_all(
            ".b2b-matching button, [data-zone], .b2b-grip",
            "all => all.map(e => e.getBoundingClientRect()).filter(r => r.width).map(r => [r.width, r.height])",
        )
        assert min(min(size) for size in sizes) >= 24

    def test_both_languages_have_the_same_words(self):
        assert set(KO) == set(EN)
