"""The game without its widget: a static table, a text to play by, and the page after it."""

from html.parser import HTMLParser

import pytest

from b2bcourse import render
from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item
from b2bcourse.render import debrief
from b2bcourse.render.simulation import journal, kept_otherwise, played

KIND = kind_of("simulation")
GAMES = ("sim-tutorial", "sim-software", "sim-parts", "sim-kitchens")
VOID = {"br", "meta", "path", "circle", "line", "rect", "input"}


def game(item="sim-tutorial", lang="en", turns=99):
    """A face and the journal of the best game as far as so many turns."""
    authored = load_item(bank_folder() / f"{item}.yaml")
    face = KIND.face(authored, lang)
    best = KIND.model_answer(face, KIND.key(authored))
    said = [
        {"decisions": turn["decisions"], "why": f"<b>why {n}</b>"}
        for n, turn in enumerate(best["turns"][:turns], 1)
    ]
    return face, KIND.merge({**best, "turns": []}, {"turns": said})


class Balanced(HTMLParser):
    """Fails where a tag is not closed; keeps the text."""

    def __init__(self, html):
        super().__init__()
        self.open, self.said = [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, _attributes):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.said.append(data)


@pytest.mark.parametrize("item", GAMES)
@pytest.mark.parametrize("turns", [0, 2, 99])
class TestEveryGame:
    def test_as_html_it_is_whole(self, item, turns, lang):
        face, value = game(item, lang, turns)
        told = " ".join(Balanced(render.html(face, value)).said)
        assert face.title in told
        assert "<b>why" not in render.html(face, value), "what was typed is no markup"

    def test_as_text_it_tells_the_journal(self, item, turns, lang):
        face, value = game(item, lang, turns)
        told = render.text(face, value)
        assert told.startswith(face.title)
        assert told.count("why ") == len(value["turns"])

    def test_its_debrief_is_whole(self, item, turns, lang):
        face, value = game(item, lang, turns)
        Balanced(debrief.page(face, value))
        assert "None" not in debrief.text(face, value)


@pytest.mark.parametrize(
    "value",
    [
        {},
        None,
        [],
        {"turns": 3},
        {"scenario": 5, "turns": [None]},
        {"scenario": "parts", "seed": 1, "engine": 1, "turns": []},
    ],
    ids=repr,
)
def test_anything_else_is_a_game_that_has_not_begun(value):
    face, _ = game()
    assert played(face, value).turns == ()
    render.text(face, value)
    Balanced(render.html(face, value))
    assert debrief.found(face, value) is None


class TestPlayedInText:
    def test_every_move_that_is_offered_can_be_typed_as_it_stands(self, lang):
        face, value = game(lang=lang, turns=1)
        lines = render.text(face, value).splitlines()
        typed = [
            line.rpartition("): ")[2] for line in lines if line.startswith("- ") and "): " in line
        ]
        assert len(typed) > 10
        for move in typed:
            parsed = KIND.parse(face, f"{move} | x")["turns"][0]["decisions"]
            assert len(parsed) == 1, move

    def test_who_types_an_ended_turn_otherwise_is_told(self, lang):
        face, value = game(lang=lang, turns=1)
        typed = KIND.parse(face, "watch sodam | other")
        assert kept_otherwise(typed, value, lang)
        assert not kept_otherwise(value, value, lang)

    def test_people_who_were_not_met_say_nothing(self):
        face, _ = game()
        assert "«" not in render.text(face, {})


class TestDebrief:
    def test_it_waits_for_the_end(self):
        face, value = game("sim-software", turns=5)
        assert debrief.found(face, value) is None
        assert "opens when the game is over" in debrief.html(face, value)

    def test_belief_and_truth_stand_side_by_side_for_everybody_who_was_noted(self):
        face, value = game("sim-software")
        told = debrief.found(face, value)
        page = debrief.html(face, value)
        noted = [one for one in told["people"] if one["verdict"] != "not noted"]
        assert noted
        assert page.count('class="verdict"') == len(noted)

    def test_every_turn_stands_with_its_reason_and_in_the_line(self):
        face, value = game("sim-software")
        page = debrief.html(face, value)
        assert all(f"why {n}&lt;" in page for n in range(1, 15))
        line = page.split('<polyline class="own" points="')[1].split('"')[0]
        assert len(line.split()) == 15

    def test_the_picture_says_the_same_in_words(self):
        face, value = game("sim-software", "en")
        told = debrief.found(face, value)
        said = debrief.html(face, value).split('role="img" aria-label="')[1].split('"')[0]
        assert f"to {told['result']['points']} after 14 turns" in said
        for each in told["turning_points"]:
            assert (f"turn {each['turn']} played otherwise" in said) is each["told"]

    def test_a_game_in_which_nothing_was_done_has_headings_that_fit(self, lang):
        face, _ = game("sim-software", lang)
        empty = KIND.merge(KIND.blank(face), {"turns": [{"decisions": [], "why": ""}] * 14})
        page = debrief.html(face, empty)
        heads = {"ko": "들어오고 나간 돈이 없습니다", "en": "none came in or went out"}
        assert heads[lang] in page
        assert "0" not in debrief.WORDS.people_none[lang]
        assert debrief.WORDS.people_none[lang].split(":")[0] in page

    def test_praise_is_no_homework(self):
        face, value = game("sim-software")
        for each in debrief.found(face, value)["turning_points"]:
            assert bool(each["lesson"]) is (each["told"] and each["gain"] > 0)

    def test_lessons_are_linked_by_their_own_titles(self, lang):
        face, value = game("sim-software", lang)
        page = debrief.html(face, value)
        assert {"ko": "의사결정 단위", "en": "The decision-making unit"}[lang] in page

    def test_the_page_of_its_own_is_white_and_can_be_printed(self):
        face, value = game()
        page = debrief.page(face, value)
        assert "background:#fff" in page
        assert "@media print" in page


def test_the_journal_says_what_was_wrong_with_a_move():
    face, value = game(turns=0)
    value = KIND.merge(
        value,
        {"turns": [{"decisions": [{"do": "contract", "account": "sodam"}], "why": "too early"}]},
    )
    [entry] = journal(played(face, value), "en")
    assert entry["moves"][0]["problem"]


@pytest.mark.parametrize(
    "odd",
    [
        {"which": "nobody"},
        {"how": "nobody"},
        {"what": "nobody"},
        {"fear": "nobody"},
        {"person": "nobody"},
        {"persons": ["nobody"]},
        {"messages": [{"person": "nobody", "benefit": "nothing"}]},
    ],
)
def test_a_move_of_a_journal_written_by_hand_is_shown_whatever_it_names(odd, lang):
    face, value = game(turns=0, lang=lang)
    move = {"do": "search", "account": "sodam", **odd}
    value = KIND.merge(value, {"turns": [{"decisions": [move], "why": "because"}]})
    assert "because" in render.html(face, value)
    assert "because" in render.text(face, value)
