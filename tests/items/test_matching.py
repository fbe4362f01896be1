"""Matching: where cards belong, what guessing earns, what is said, and what may be typed."""

import random
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bcourse.context import bank_folder
from b2bcourse.facts.reading import DataError
from b2bcourse.items import ItemError, ResponseError, decode_face, face_bytes, kind_of, load_item
from b2bcourse.items.feedback import Line

KIND = kind_of("matching")
BANK = {
    path.stem: load_item(path)
    for path in sorted(bank_folder().glob("*.yaml"))
    if load_item(path).kind == "matching"
}
EVERY = pytest.mark.parametrize("item", BANK.values(), ids=BANK)


def text(ko, en=None):
    return {"ko": ko, "en": en or ko}


def card(name, *required, **more):
    return {
        "id": name,
        "text": text(f"{name} 글", f"{name} text"),
        "reason": text(f"{name} 이유", f"why {name}"),
        "required": list(required),
        **more,
    }


def mistake(category, **more):
    return {"category": category, "reason": text(f"{category} 아님", f"not {category}"), **more}


def raw(*cards, **more):
    return {
        "schema": 1,
        "id": "made",
        "kind": "matching",
        "title": text("제목", "title"),
        "task": text("할 일", "task"),
        "heading": text("목록", "list"),
        "categories": [{"id": c, "name": text(f"{c}가", c.upper())} for c in "pqrs"],
        "cards": list(cards or (card("one", "p"), card("two", "q"))),
        **more,
    }


def made(*cards, **more):
    return KIND.load(raw(*cards, **more), "made.yaml")


SIDES = [
    {"id": "ours", "name": text("우리", "Ours")},
    {"id": "theirs", "name": text("그쪽", "Theirs")},
]


def two_sided(*cards, **more):
    return made(
        *(cards or (card("one", "p/ours"), card("two", "q", side="theirs"))),
        sides=SIDES,
        open=["s/ours"],
        **more,
    )


def slot(item, name):
    """The id that the face gives the card an author called ``name``."""
    wanted = next(c.text.ko for c in item.cards if c.id == name)
    return next(c.id for c in KIND.face(item, "ko").cards if c.text == wanted)


def value(item, **places):
    """``one="p q"``: the card one lies in p and in q."""
    return {"places": {slot(item, n): dict.fromkeys(p.split(), 1) for n, p in places.items()}}


def score(item, answer):
    return KIND.score(KIND.face(item, "ko"), KIND.key(item), answer)


def fraction(item, **places):
    return score(item, value(item, **places)).fraction


def verdicts(item, **places):
    return {p.id.partition("/")[2]: p.verdict for p in score(item, value(item, **places)).parts}


def told(item, how, lang="ko", again=frozenset(), **places):
    shown, key, answer = KIND.face(item, lang), KIND.key(item), value(item, **places)
    outcome = KIND.score(shown, key, answer)
    if how == "judged":
        return KIND.judged(shown, key, outcome, answer)
    return KIND.explain(shown, key, outcome, answer, again)


class TestScore:
    def test_a_perfect_answer_earns_everything_and_an_empty_one_nothing(self):
        assert fraction(made(), one="p", two="q") == 1
        assert fraction(made()) == 0

    def test_the_mean_is_rescaled_for_what_one_place_at_random_earns(self):
        # one of two cards right, four places: (1/2 - 1/4) / (1 - 1/4)
        assert fraction(made(), one="p") == pytest.approx(1 / 3)
        assert fraction(made(), one="p", two="r") == pytest.approx(1 / 3)

    def test_a_second_wrong_place_takes_the_card_away(self):
        item = made()
        assert fraction(item, one="p q", two="q") == fraction(item, two="q")

    def test_one_of_two_places_is_half_a_card(self):
        item = made(card("one", "p", "q"), card("two", "q"), several=True)
        assert fraction(item, one="p", two="q") == pytest.approx((0.75 - 0.25) / 0.75)

    def test_an_accepted_place_neither_earns_nor_costs(self):
        item = made(card("one", "p", accepted=["r"]), card("two", "q"), several=True)
        assert fraction(item, one="p r", two="q") == 1
        assert verdicts(item, one="p r", two="q")["r"] == "accepted"

    def test_a_decoy_costs_like_a_wrong_place_and_nothing_is_gained_by_leaving_it(self):
        item = made(card("one", "p"), card("two", "q"), card("stray"))
        assert fraction(item, one="p", two="q") == 1
        assert fraction(item, one="p", two="q", stray="r") == fraction(item, one="p", two="r")
        assert fraction(item) == 0

    def test_a_card_of_which_nothing_is_asked_may_lie_anywhere(self):
        free = card("free", accepted=["p", "q", "r", "s"])
        item = made(card("one", "p"), card("two", "q"), free)
        for place in ("", *"pqrs"):
            assert fraction(item, one="p", two="q", free=place) == 1

    def test_a_card_that_lies_nowhere_is_not_attempted_and_one_elsewhere_is_wrong_and_missed(self):
        assert verdicts(made(card("one", "p"), card("two", "p"))) == {"p": "not attempted"}
        assert verdicts(made(), one="r", two="q") == {"r": "wrong", "p": "missed", "q": "right"}

    def test_of_two_sides_only_the_right_cell_counts(self):
        item = two_sided()
        assert fraction(item, one="p/ours", two="q/theirs") == 1
        assert fraction(item, one="p/theirs", two="q/theirs") < 1

    def test_a_cell_that_the_source_leaves_open_is_never_judged(self):
        assert verdicts(two_sided(), one="s/ours")["s/ours"] == "accepted"

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_another_wrong_place_never_helps_and_another_right_one_never_harms(self, data):
        item = data.draw(st.sampled_from(list(BANK.values())))
        shown, key = KIND.face(item, "ko"), KIND.key(item)
        places = data.draw(
            st.fixed_dictionaries(
                {
                    c.id: st.lists(st.sampled_from(shown.offered(c)), unique=True, max_size=3)
                    for c in shown.cards
                }
            )
        )
        before = {"places": {c: dict.fromkeys(p, 1) for c, p in places.items()}}
        one = data.draw(st.sampled_from(shown.cards))
        place = data.draw(st.sampled_from(shown.offered(one)))
        after = KIND.merge(before, {"places": {one.id: {place: 1}}})
        change = KIND.score(shown, key, after).fraction - KIND.score(shown, key, before).fraction
        if place in key.cards[one.id].required:
            assert change >= -1e-12
        else:
            assert change <= 1e-12

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["places", "c1", "p", "cells", "p/ours"]), inner, max_size=4
                )
            ),
            max_leaves=12,
        )
    )
    @settings(max_examples=100, deadline=None)
    def test_any_json_gets_a_fraction_and_feedback(self, answer):
        for item in (made(), two_sided()):
            shown, key = KIND.face(item, "en"), KIND.key(item)
            outcome = KIND.score(shown, key, answer)
            assert 0 <= outcome.fraction <= 1
            KIND.explain(shown, key, outcome, answer)
            KIND.judged(shown, key, outcome, answer)

    def test_two_windows_that_place_two_cards_undo_nothing(self):
        item = made()
        first = KIND.merge(KIND.blank(KIND.face(item, "ko")), value(item, one="p"))
        assert (
            fraction(item, one="p", two="q")
            == score(item, KIND.merge(first, value(item, two="q"))).fraction
        )
        gone = KIND.merge(first, {"places": {slot(item, "one"): {"p": None}}})
        assert score(item, gone).fraction == 0

    @pytest.mark.parametrize("mark", [True, 2, -1, "1", None, 1.0])
    def test_a_mark_that_is_not_one_is_told_and_counts_for_nothing(self, mark):
        item = made()
        outcome = score(item, {"places": {slot(item, "one"): {"p": mark}}})
        assert outcome.fraction == 0
        assert outcome.notes

    def test_a_card_cannot_lie_on_the_other_side(self):
        item = two_sided()
        outcome = score(item, value(item, two="q/ours"))
        assert "q/ours" in outcome.notes[0].en


class TestGuessing:
    @EVERY
    def test_who_answers_without_reading_earns_little(self, item):
        shown, key, rng = KIND.face(item, "ko"), KIND.key(item), random.Random(7)

        def earned(how):
            return KIND.score(shown, key, KIND.guess(shown, how, rng)).fraction

        assert sum(earned("random") for _ in range(400)) / 400 < 0.15
        assert max(earned(how) for how in ("all", "none", "first")) < 0.25

    @EVERY
    def test_no_one_category_for_all_earns_a_quarter(self, item):
        shown, key = KIND.face(item, "ko"), KIND.key(item)
        for place in shown.places:
            answer = {
                "places": {c.id: {place: 1} for c in shown.cards if place in shown.offered(c)}
            }
            assert KIND.score(shown, key, answer).fraction <= 0.25


class TestExplaining:
    ITEM = (
        card("one", "p", mistakes=[mistake("q", misconception=text("다시", "once more"))]),
        card("two", "q"),
        card("stray"),
    )

    def test_a_likely_mistake_has_its_own_reason_and_any_other_the_cards(self):
        item = made(*self.ITEM)
        one = slot(item, "one")
        lines = told(item, "explain", one="q").parts[f"{one}/q"].lines
        assert lines == [Line("q가가 아닙니다.", "q 아님")]
        assert told(item, "explain", one="r").parts[f"{one}/r"].lines[0].text == "one 이유"

    def test_the_same_mistake_again_is_explained_further(self):
        item = made(*self.ITEM)
        part = f"{slot(item, 'one')}/q"
        again = told(item, "explain", "en", frozenset({part}), one="q").parts[part].lines
        assert again[-1] == Line("", "once more")

    def test_a_card_of_one_place_in_a_wrong_one_is_not_told_the_right_one(self):
        item = made(*self.ITEM)
        feedback = told(item, "explain", one="q")
        assert f"{slot(item, 'one')}/p" not in feedback.parts
        assert feedback.text.startswith("맞음. 틀림 1, 빠뜨림 0, 풀지 않음 1.")

    def test_where_a_card_may_lie_in_several_the_missing_place_is_told(self):
        item = made(card("one", "p", "q"), card("two", "q"), several=True)
        feedback = told(item, "explain", "en", one="p")
        part = feedback.parts[f"{slot(item, 'one')}/q"]
        assert part.state == "missed"
        assert part.lines[0] == Line("Q: fits as well.", "why one")
        assert feedback.parts[slot(item, "one")].state == "partly"

    def test_a_decoy_that_was_left_is_praised_only_when_the_others_are_placed(self):
        item = made(*self.ITEM)
        stray = slot(item, "stray")
        assert told(item, "explain", one="p").parts[stray].state == "not attempted"
        done = told(item, "explain", "en", one="p", two="q").parts[stray]
        assert done.state == "right"
        assert done.lines == [Line("You were right to leave this card.", "why stray")]

    def test_a_card_in_an_open_cell_is_told_that_it_has_a_place_to_find(self):
        item = two_sided()
        feedback = told(item, "explain", "en", one="s/ours")
        assert (
            "Places missing for this card: 1."
            in msgspec.json.encode(feedback.parts[slot(item, "one")]).decode()
        )
        both = told(item, "explain", "en", one="s/ours", two="p/theirs")
        assert both.text.startswith("right. 1 wrong, 1 missed.")

    @EVERY
    def test_every_verdict_of_every_item_has_a_sentence(self, item, lang):
        shown, key = KIND.face(item, lang), KIND.key(item)
        for places in ("all", "first"):
            answer = KIND.guess(shown, places, random.Random(1))
            outcome = KIND.score(shown, key, answer)
            for feedback in (
                KIND.explain(shown, key, outcome, answer),
                KIND.judged(shown, key, outcome, answer),
            ):
                for name, part in feedback.parts.items():
                    if "/" in name:
                        assert part.lines[0].lead, name
                        assert not any("{" in line.lead + line.text for line in part.lines)


class TestJudging:
    @EVERY
    def test_graded_feedback_gives_no_reason_and_no_right_place_away(self, item, lang):
        shown, key = KIND.face(item, lang), KIND.key(item)
        answer = KIND.guess(shown, "first", random.Random(1))
        feedback = KIND.judged(shown, key, KIND.score(shown, key, answer), answer)
        whole = msgspec.json.encode(feedback).decode()
        for one in item.cards:
            assert one.reason[lang] not in whole
            assert not any(mistake.reason[lang] in whole for mistake in one.mistakes)
        own = {f"{c}/{p}" for c, places in answer["places"].items() for p in places}
        cited = {f"{c}/#" for c in answer.get("lines", ())}
        assert own <= {name for name in feedback.parts if "/" in name} <= own | cited

    def test_it_counts_what_a_card_lacks(self):
        item = made(card("one", "p", "q"), card("two", "q"), several=True)
        whole = told(item, "judged", "en", one="p").parts[slot(item, "one")]
        assert whole.lines == [Line("Places missing for this card: 1.", "")]

    def test_a_decoy_left_looks_like_any_card_left(self):
        item = made(card("one", "p"), card("two", "q"), card("stray"))
        parts = told(item, "judged", one="p").parts
        assert parts[slot(item, "stray")] == parts[slot(item, "two")]


class TestFace:
    @EVERY
    def test_no_key_is_in_it(self, item, lang):
        face = msgspec.json.encode(KIND.face(item, lang)).decode()
        for one in item.cards:
            assert one.reason[lang] not in face
            assert f'"{one.id}"' not in face or re.fullmatch(r"c\d+", one.id)
        for category in item.categories:
            assert category.meaning is None or category.meaning[lang] not in face
        assert not any(f'"{word}"' in face for word in ("required", "accepted", "mistakes"))

    @EVERY
    def test_it_is_the_same_in_both_languages_but_for_its_words(self, item):
        korean, english = KIND.face(item, "ko"), KIND.face(item, "en")
        assert korean.places == english.places
        assert [c.id for c in korean.cards] == [c.id for c in english.cards]
        assert KIND.model_answer(korean, KIND.key(item)) == KIND.model_answer(
            english, KIND.key(item)
        )
        assert decode_face(face_bytes(korean)) == korean

    @EVERY
    def test_the_cards_do_not_stand_in_the_order_of_the_categories(self, item):
        shown, key = KIND.face(item, "ko"), KIND.key(item)
        order = [shown.places.index(c.required[0]) for c in key.cards.values() if c.required]
        assert order != sorted(order)

    @EVERY
    def test_no_card_holds_the_name_of_a_place_it_belongs_to(self, item, lang):
        shown, key = KIND.face(item, lang), KIND.key(item)
        names = {c.id: c.name for c in shown.categories}
        for one in shown.cards:
            for place in key.cards[one.id].required:
                words = re.findall(
                    r"[가-힣]{2,}|[a-z]{4,}", names[place.partition("/")[0]].casefold()
                )
                assert not words or not all(w in one.text.casefold() for w in words), one.text

    @EVERY
    def test_every_sentence_is_whole(self, item, lang):
        sentences = [item.task[lang], *item.case[lang], *(hint[lang] for hint in item.hints)]
        for one in item.cards:
            told = [m.reason for m in one.mistakes] + [
                m.misconception for m in one.mistakes if m.misconception
            ]
            sentences += [one.reason[lang], *(each[lang] for each in told)]
        assert [sentence for sentence in sentences if sentence[-1] not in ".?"] == []

    @EVERY
    def test_every_item_has_hints_with_the_meanings_last(self, item):
        assert len(item.hints) >= 2
        assert item.facts or item.source == "background"  # to try the buttons on
        meanings = [category.meaning.ko for category in item.categories if category.meaning]
        assert all(meaning in item.hints[-1].ko for meaning in meanings)

    def test_the_meanings_are_told_as_the_last_hint(self):
        categories = [{"id": c, "name": text(c), "meaning": text(f"{c}란")} for c in "pq"]
        item = made(categories=categories, hints=[text("먼저", "first")])
        assert [hint.ko for hint in item.hints] == ["먼저", "p: p란\nq: q란"]


class TestTyping:
    def test_the_template_can_be_filled_in_and_read_back(self, lang):
        for item in (*BANK.values(), two_sided()):
            shown, key = KIND.face(item, lang), KIND.key(item)
            right = KIND.model_answer(shown, key)
            numbers = {c.id: n for n, c in enumerate(shown.cards, 1)}
            if shown.evidence:
                continue  # by card, with the lines: test_matching_evidence.py
            typed = {
                shown.place_name(p): [
                    numbers[c] for c, where in right["places"].items() if p in where
                ]
                for p in shown.places
                if p not in shown.open
            }
            assert KIND.parse(shown, typed) == right
            for name in typed:
                assert repr(name) in KIND.template(shown)

    @pytest.mark.parametrize("name", ["시작자", "Initiator", " initiator ", "INITIATOR"])
    def test_a_role_may_be_spelled_in_either_language(self, name, lang):
        shown = KIND.face(BANK["ma-roles"], lang)
        first = shown.cards[0]
        wanted = {"places": {first.id: {"initiator": 1}}}
        for typed in (
            {name: [first.text]},
            {name: first.id},
            {name: 1},
            {1: name},
            {first.text: [name]},
        ):
            assert KIND.parse(shown, typed) == wanted

    def test_a_stage_alone_will_do_for_a_card_of_one_side(self):
        item = two_sided()
        shown = KIND.face(item, "ko")
        two = slot(item, "two")
        assert KIND.parse(shown, {"q가": [two]}) == {"places": {two: {"q/theirs": 1}}}
        assert KIND.parse(shown, {"Q / Theirs": two}) == {"places": {two: {"q/theirs": 1}}}
        with pytest.raises(ResponseError, match="which side"):
            KIND.parse(shown, {"p가": [slot(item, "one")]})

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ([], "This is the shape"),
            ({"시작자": 3.5}, "This is the shape"),
            ({"시작자": ["없는 글"]}, "no card here"),
            ({"시작자": [99]}, "1 to 9"),
            ({1: "사장"}, "not known here. Possible: 시작자"),
        ],
    )
    def test_what_cannot_be_read_is_told_with_what_can(self, typed, message):
        with pytest.raises(ResponseError, match=message):
            KIND.parse(KIND.face(BANK["ma-roles"], "ko"), typed)

    def test_a_typed_answer_replaces_all_that_was_there(self):
        item = made()
        shown = KIND.face(item, "ko")
        patch = KIND.replacing(shown, value(item, two="q"))
        assert KIND.merge(value(item, one="p", two="r"), patch) == value(item, two="q")


class TestAuthoring:
    @pytest.mark.parametrize(
        ("item", "message"),
        [
            (
                raw(card("one", "x"), card("two", "q")),
                "cards, 'one': no place 'x'; there are: p, q, r, s",
            ),
            (raw(card("one", "p"), card("one", "q")), "cards: 'one' stands twice"),
            (raw(card("one"), card("two")), "none belongs anywhere"),
            (raw(card("one", "p", "q"), card("two", "q")), "several: true"),
            (raw(card("one", "p", "q", "r"), card("two", "q"), several=True), "fewer wrong places"),
            (
                raw(card("one", "p", accepted=["p"]), card("two", "q")),
                "p cannot be right and something",
            ),
            (raw(card("one", "p", mistakes=[mistake("p")]), card("two", "q")), "p cannot be right"),
            (raw(open=["p"]), "only a matching with sides"),
            (raw(card("one", "p", side="up"), card("two", "q")), "side: no 'up'"),
            (raw(sides=SIDES), "'p' is several places; write 'category/side'"),
            (
                raw(card("one", "p/ours"), card("two", "q/ours"), sides=SIDES, open=["x/ours"]),
                "open: no 'x/ours'",
            ),
            (
                raw(card("one", "p/ours"), card("two", "q/ours"), sides=SIDES, open=["q/ours"]),
                "no place 'q/ours'",
            ),
        ],
    )
    def test_an_item_that_cannot_be_asked_says_what_to_change(self, item, message):
        with pytest.raises(ItemError, match=re.escape(message)):
            KIND.load(item, "made.yaml")

    def test_an_unknown_field_is_an_error(self):
        with pytest.raises(DataError, match=r"made\.yaml: .*colour"):
            made(colour="red")

    def test_the_bank_holds_one_place_several_places_two_sides_open_cells_decoys_and_free_cards(
        self,
    ):
        keys = {name: KIND.key(item) for name, item in BANK.items()}
        assert {item.several for item in BANK.values()} == {True, False}
        assert any(item.open for item in BANK.values())
        assert any(c.side for item in BANK.values() for c in item.cards)
        assert any(c.free for key in keys.values() for c in key.cards.values())
        assert any(
            not c.required and not c.free for key in keys.values() for c in key.cards.values()
        )
        assert len(BANK) >= 6


class TestReasonsOfPlaces:
    """Whoever found one of a card's two places is not told of the other by its reason."""

    def test_each_place_is_told_its_own_reason(self):
        own = {"p": text("첫째 까닭", "first reason"), "q": text("둘째 까닭", "second reason")}
        item = made(card("one", "p", "q", reasons=own), card("two", "r"), several=True)
        shown, key, name = KIND.face(item, "en"), KIND.key(item), slot(item, "one")
        value = {"places": {name: {"p": 1}}}
        found = KIND.explain(shown, key, KIND.score(shown, key, value), value).parts
        assert found[f"{name}/p"].lines[0].text == "first reason"
        assert found[f"{name}/q"].lines[0].text == "second reason"

    def test_a_reason_for_a_wrong_place_is_an_error(self):
        with pytest.raises(ItemError, match=r"reasons: 's' is neither required nor accepted"):
            made(card("one", "p", reasons={"s": text("왜", "why")}), card("two", "q"))

    @EVERY
    def test_every_card_of_the_bank_has_one_for_each_of_its_places(self, item):
        for each in item.cards:
            if len(each.required) > 1:
                assert set(each.required) <= set(each.reasons), each.id
