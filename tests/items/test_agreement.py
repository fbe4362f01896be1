"""Answers held against each other: part of the points is for agreeing with oneself, right or wrong."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice_bank import PRACTICE as BANK

from b2bcourse.authoring.checking import check
from b2bcourse.authoring.guessing import ITEM_LIMIT, guessed
from b2bcourse.context import bank_folder
from b2bcourse.facts import Text
from b2bcourse.items import ItemError, agreement, kind_of, load_item
from b2bcourse.items.base import AGREEMENT

HELD = {name: item for name, item in BANK.items() if getattr(item, "consistent", ())}


def others(item):
    return [BANK[name] for name in agreement.wanted(kind_of(item.kind).key(item))]


def model(name):
    kind = kind_of(BANK[name].kind)
    return kind.model_answer(kind.face(BANK[name], "en"), kind.key(BANK[name]))


def slots(name):
    """Author's card id to the slot that the face shows."""
    key = kind_of("matching").key(BANK[name])
    return {card.card: slot for slot, card in key.cards.items()}


def placed(name, **changed):
    """The model answer to a matching, with some cards put elsewhere."""
    value = model(name)
    for card, places in changed.items():
        value["places"][slots(name)[card]] = dict.fromkeys(places, 1)
    return value


def score(name, value=None, **said):
    """The outcome for somebody who said this elsewhere; by default everything rightly."""
    item, kind = BANK[name], kind_of(BANK[name].kind)
    values = {other.id: model(other.id) for other in others(item)}
    for other, what in said.items():
        values[f"cap-{other}"] = what
    known = agreement.context(others(item), {k: v for k, v in values.items() if v is not None})
    return kind.score(
        kind.face(item, "en"), kind.key(item), model(name) if value is None else value, known
    )


def held(outcome):
    return {part.id: part.verdict for part in outcome.parts if part.id.startswith(AGREEMENT)}


def told(outcome, lang="en"):
    return " / ".join(note[lang] for note in outcome.notes)


class TestWhoAgrees:
    @pytest.mark.parametrize("name", HELD)
    def test_everything_right_everywhere_earns_everything(self, name):
        outcome = score(name)
        assert outcome.fraction == pytest.approx(1.0)
        assert set(held(outcome).values()) == {"right"}
        assert outcome.notes == ()

    @pytest.mark.parametrize("name", HELD)
    def test_without_the_other_answers_the_rest_is_still_earned(self, name):
        share = kind_of(HELD[name].kind).key(HELD[name]).agreement
        gone = {other.id.removeprefix("cap-"): None for other in others(HELD[name])}
        outcome = score(name, **gone)
        assert outcome.fraction == pytest.approx(1 - share)
        for other in others(HELD[name]):
            assert other.title.en in told(outcome)
            assert other.title.ko in told(outcome, "ko")

    def test_a_wrong_map_that_the_plan_follows_costs_nothing_twice(self):
        wrong = placed("cap-map", guk=["influencer"])
        following = score("cap-moves", placed("cap-moves", guk=["prove"]), map=wrong)
        clinging = score("cap-moves", placed("cap-moves", guk=["prove"]))
        assert following.fraction > clinging.fraction
        assert set(held(following).values()) == {"right"}

    def test_a_plan_for_somebody_else_is_told_with_ones_own_names(self):
        outcome = score("cap-moves", placed("cap-moves", guk=["terms"], pi=["convince"]))
        assert held(outcome) == {"=1": "partly", "=2": "right", "=3": "right"}
        assert "Deciders are: Woo Yeon-hui, Guk Min-ho" in told(outcome)
        assert "asks for the yes of: Pi Jae-hun, Woo Yeon-hui" in told(outcome)
        assert "결정권자로 본 사람: 우연희 전무, 국민호 상무" in told(outcome, "ko")

    def test_where_the_map_names_nobody_it_says_so(self):
        nobody = placed("cap-map", woo=[], guk=[])
        assert "Deciders are: nobody" in told(score("cap-moves", map=nobody))

    def test_a_benefit_that_was_not_marked_for_the_person_is_a_contradiction(self):
        matrix = model("cap-matrix")
        del matrix["cells"]["tech"]["seol"]
        outcome = score("cap-messages", matrix=matrix)
        assert held(outcome) == {"=1": "partly"}
        assert "Seol A-ram: here you bring «Advanced technology»" in told(outcome)
        assert outcome.fraction == pytest.approx(1 - 0.3 / 6)

    def test_a_threshold_must_belong_to_somebody_of_that_role_on_the_map(self):
        outcome = score("cap-value", map=placed("cap-map", guk=["influencer"]))
        assert held(outcome) == {"=1": "wrong", "=2": "right", "=3": "right"}
        assert "acknowledged here by: Guk Min-ho. The Deciders on your map: Woo Yeon-hui" in told(
            outcome
        )

    def test_the_gatekeeper_must_be_met_before_the_decider(self):
        order = list(model("cap-visits")["order"].values())
        order.remove("ye")
        late = {"order": {str(n): card for n, card in enumerate([*order, "ye"], 1)}}
        outcome = score("cap-visits", late)
        assert held(outcome) == {"=1": "partly"}
        assert "Gatekeeper is: Ye Na-ri, and the Decider: Woo Yeon-hui" in told(outcome)
        assert "예나리 주임은 게이트키퍼, 우연희 전무는 결정권자" in told(outcome, "ko")

    def test_a_map_that_gives_both_roles_to_one_says_nothing_of_the_order(self):
        one = placed("cap-map", ye=[], gi=["user"], guk=[], woo=["decider", "gatekeeper"])
        assert "does not give the two roles" in told(score("cap-visits", map=one))


class TestOneRule:
    def test_whoever_nothing_is_asked_of_neither_earns_nor_costs(self):
        """A card that belongs nowhere may be about a person; left alone it is no contradiction."""
        said = agreement.Said(Text("표", "Matrix"), {"seol": frozenset({"tech"})}, choices=9)
        mine = agreement.Mine(
            {"seol": frozenset({"tech"}), "passer-by": frozenset()},
            people=frozenset({"seol"}),
            choices=9,
        )
        word = Text("까닭", "Reason")
        rule = agreement.Rule(item="matrix", conflict=word, reason=word)
        assert agreement._held(rule, mine, said) == agreement.Held(1.0)


class TestWhatEarnsNothing:
    @pytest.mark.parametrize("name", HELD)
    @pytest.mark.parametrize(
        "broken", [[], 3, "decider", {"places": 1}, {"cells": []}, {"order": 2}]
    )
    def test_another_answer_that_makes_no_sense_says_nothing_and_breaks_nothing(self, name, broken):
        nonsense = {other.id.removeprefix("cap-"): broken for other in others(HELD[name])}
        assert score(name, **nonsense).fraction < 1

    @pytest.mark.parametrize("name", HELD)
    def test_whoever_marks_everything_everywhere_agrees_with_nothing(self, name):
        item = HELD[name]
        found = guessed(item, tries=40, others=others(item))
        assert found.earned["all"] < 0.1
        assert found.best < ITEM_LIMIT

    @pytest.mark.parametrize("name", HELD)
    def test_an_empty_answer_earns_nothing_and_is_told_nothing(self, name):
        kind = kind_of(HELD[name].kind)
        outcome = score(name, kind.blank(kind.face(HELD[name], "en")))
        assert outcome.fraction == 0
        assert outcome.notes == ()
        assert set(held(outcome).values()) == {"not attempted"}

    @given(
        map_=st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["places", "c1", "decider", "lines"]), inner, max_size=3
                )
            ),
            max_leaves=12,
        )
    )
    def test_whatever_lies_in_the_other_file_the_fraction_stays_in_bounds(self, map_):
        outcome = score("cap-moves", map=map_)
        assert 0.7 - 1e-9 <= outcome.fraction <= 1

    @given(
        st.dictionaries(
            st.sampled_from(sorted(slots("cap-map").values())),
            st.sets(
                st.sampled_from(
                    ["initiator", "user", "buyer", "influencer", "decider", "gatekeeper"]
                )
            ),
            max_size=8,
        )
    )
    def test_any_map_gives_a_share_between_none_and_all_of_it(self, marks):
        said = {"places": {slot: dict.fromkeys(where, 1) for slot, where in marks.items()}}
        for name in ("cap-moves", "cap-value", "cap-visits"):
            share = kind_of(BANK[name].kind).key(BANK[name]).agreement
            assert 1 - share - 1e-9 <= score(name, map=said).fraction <= 1 + 1e-9


class TestWhatIsTold:
    def test_practice_adds_why_they_should_agree_and_graded_feedback_does_not(self, lang):
        item, kind = BANK["cap-moves"], kind_of("matching")
        face, key = kind.face(item, lang), kind.key(item)
        value = placed("cap-moves", guk=["terms"])
        outcome = score("cap-moves", value)
        practice = kind.explain(face, key, outcome, value).notes
        graded = kind.judged(face, key, outcome, value).notes
        reason = item.consistent[0].reason[lang]
        assert practice == [*graded, reason]
        assert len(graded) == 1

    def test_graded_feedback_holds_no_sentence_of_the_key(self, lang):
        item, kind = BANK["cap-moves"], kind_of("matching")
        face, key = kind.face(item, lang), kind.key(item)
        value = placed("cap-moves", guk=["terms"], woo=["open"], ye=[])
        feedback = kind.judged(face, key, score("cap-moves", value), value)
        told = msgspec.json.encode(feedback).decode()
        for card in item.cards:
            assert card.reason[lang] not in told
            assert not [m for m in card.mistakes if m.reason[lang] in told]

    @pytest.mark.parametrize("name", HELD)
    def test_a_face_shows_no_rule_and_no_person(self, name, lang):
        item = HELD[name]
        text = json.dumps(
            kind_of(item.kind).face(item, lang),
            default=lambda one: {field: getattr(one, field) for field in one.__struct_fields__},
            ensure_ascii=False,
        )
        assert '"person"' not in text
        assert '"consistent"' not in text
        assert not [rule for rule in item.consistent if rule.reason[lang] in text]


class TestAuthoring:
    @pytest.mark.parametrize("shared", ["agreement", "authored", "base"])
    def test_what_kinds_share_is_no_kind(self, shared):
        with pytest.raises(ItemError, match="no kind"):
            kind_of(shared)

    @pytest.fixture
    def written(self, tmp_path):
        """The plan of the bank with something replaced, and its map beside it."""

        def written(old, new):
            folder = bank_folder()
            (tmp_path / "cap-map.yaml").write_text(
                (folder / "cap-map.yaml").read_text("utf-8"), "utf-8"
            )
            text = (folder / "cap-moves.yaml").read_text("utf-8")
            assert old in text
            path = tmp_path / "my-moves.yaml"  # the bank's own ids are taken
            text = text.replace("id: cap-moves", "id: my-moves")
            path.write_text(text.replace(old, new), "utf-8")
            return path

        return written

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("  place: convince\n", "  place: nowhere\n", "no 'nowhere'"),
            (
                "  place: convince\n",
                "  first: convince\n",
                "of place, card, category, first, then give",
            ),
            ("{said}. Your plan asks", "{sayed}. Your plan asks", "no {sayed}"),
            ("  person: guk\n", "  person: woo\n", "stands on two cards"),
            ("several: true\n", "several: true\nagreement: 0.7\n", "agreement: 0.7"),
        ],
    )
    def test_a_rule_that_cannot_be_is_refused(self, written, old, new, said):
        with pytest.raises(ItemError, match=said.replace("{", r"\{").replace("}", r"\}")):
            load_item(written(old, new))

    def test_right_answers_that_do_not_agree_are_an_error(self, written):
        found = check(written("  category: decider\n", "  category: buyer\n"))
        assert [finding.kind for finding in found] == ["error"]
        assert "do not agree" in found[0].text

    def test_an_item_that_is_not_there_is_an_error(self, written):
        found = check(
            written("- item: cap-map\n  place: convince", "- item: cap-gone\n  place: convince")
        )
        assert [finding.kind for finding in found] == ["error"]
        assert "cap-gone" in found[0].text
