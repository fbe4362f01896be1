"""Choice questions: what an answer is worth, what is told of it, and what may not be asked at all."""

import math
import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bcourse.context import bank_folder
from b2bcourse.facts import DataError
from b2bcourse.facts.lessons import form, gains
from b2bcourse.items import ItemError, ResponseError, choice, decode_face, face_bytes, load_bank
from b2bcourse.items.base import Read
from b2bcourse.items.choice import chance, face, key, load, score
from b2bcourse.items.choice.places import face_id
from b2bcourse.items.feedback import Line

BANK = {name: item for name, item in load_bank(bank_folder()).items() if item.kind == "choice"}
ASKED = {*form(gains(), "pre"), *form(gains(), "post")}
FEW_LETTERS = 6
"""Names of stages and titles differ by as much, and nobody guesses by it."""
some = settings(deadline=None, max_examples=150, derandomize=True)


def text(word):
    return {"ko": f"글 {word}", "en": f"text {word}"}


def option(name, verdict, **more):
    return {
        "id": name,
        "verdict": verdict,
        "text": text(name),
        "reason": text(f"why {name}"),
        **more,
    }


def raw(right="a b", wrong="c d e f", accepted="", several=True, **more):
    """A question as its author's YAML would hold it."""
    options = [option(name, "right") for name in right.split()]
    options += [option(name, "wrong") for name in wrong.split()]
    options += [
        option(name, "accepted", **({} if several else {"part": 0.5})) for name in accepted.split()
    ]
    return {
        "schema": 1,
        "id": "made",
        "kind": "choice",
        "several": several,
        "title": text("title"),
        "task": text("task"),
        "options": options,
        **more,
    }


def made(*args, **more):
    return load(raw(*args, **more), "made.yaml")


def shown_as(item, *names):
    """The ids on the face of the options that their author calls ``names``."""
    known = {option.id: face_id(option) for option in item.options}
    return [known[name] for name in names]


def chosen(item, *names):
    return {"chosen": dict.fromkeys(shown_as(item, *names), 1)}


def authored(item, by_face_id):
    """A table by the ids on the face, by its author's instead."""
    known = {face_id(option): option.id for option in item.options}
    return {known[name]: content for name, content in by_face_id.items()}


def outcome(item, *names):
    return score(face(item, "ko"), key(item), chosen(item, *names))


def worth(item, *names):
    return outcome(item, *names).fraction


def verdicts(item, *names):
    return authored(item, {part.id: part.verdict for part in outcome(item, *names).parts})


def told(item, *names, lang="en", again=frozenset()):
    shown, answers, value = face(item, lang), key(item), chosen(item, *names)
    again = frozenset(shown_as(item, *again))
    found = choice.explain(shown, answers, score(shown, answers, value), value, again)
    found.parts = authored(item, found.parts)
    return found


SEVERAL = made(accepted="g")
SINGLE = made("a", "b c d e f", "g", several=False)
SINGLE_OF_SIX = made("a", "b c d e f", several=False)


class TestOneOption:
    def test_the_right_one_earns_all_the_half_one_half_and_others_nothing(self):
        assert worth(SINGLE, "a") == 1.0
        assert worth(SINGLE, "g") == 0.5
        assert worth(SINGLE, "b") == 0.0

    def test_a_wrong_one_tells_which_was_missed(self):
        assert verdicts(SINGLE, "b") == {"b": "wrong", "a": "missed"}
        assert verdicts(SINGLE, "g") == {"g": "partly", "a": "missed"}
        assert verdicts(SINGLE, "a") == {"a": "right"}

    def test_nothing_chosen_is_not_attempted_rather_than_wrong(self):
        assert verdicts(SINGLE) == {"a": "not attempted"}

    def test_two_options_are_no_answer_and_a_note_says_so(self):
        found = outcome(SINGLE, "a", "b")
        assert found.fraction == 0.0
        assert "2" in found.notes[0].en
        assert [part.verdict for part in found.parts] == ["not attempted"]


class TestSeveralOptions:
    def test_right_ones_earn_and_wrong_ones_cost(self):
        assert worth(SEVERAL, "a", "b") == 1.0
        assert worth(SEVERAL, "a") == 0.5
        assert worth(SEVERAL, "a", "b", "c") == 0.5
        assert worth(SEVERAL, "a", "c", "d") == 0.0

    def test_an_accepted_one_neither_earns_nor_costs(self):
        assert worth(SEVERAL, "a", "b", "g") == 1.0
        assert worth(SEVERAL, "g") == 0.0
        assert verdicts(SEVERAL, "a", "b", "g")["g"] == "accepted"

    def test_what_is_left_out_is_missed_only_once_something_is_chosen(self):
        assert verdicts(SEVERAL, "a") == {"a": "right", "b": "missed"}
        assert verdicts(SEVERAL) == {"a": "not attempted", "b": "not attempted"}

    @pytest.mark.parametrize("names", ["a b c d e f g", "a b c d e f"])
    def test_ticking_everything_earns_nothing(self, names):
        assert worth(SEVERAL, *names.split()) == 0.0


class TestWhatMayNotBeAsked:
    def refused(self, match, *args, **more):
        with pytest.raises(ItemError, match=match):
            made(*args, **more)

    def test_a_single_choice_of_four_can_be_guessed(self):
        self.refused(r"made\.yaml: options: a random guess earns 25%", "a", "b c d", several=False)
        assert made("a", "b c d e", several=False)

    def test_a_half_right_option_makes_guessing_easier(self):
        self.refused("random guess", "a", "b c d", "g", several=False)

    def test_too_few_options_can_be_ticked_blindly(self):
        self.refused("random guess", "a", "b")

    def test_ticking_everything_must_not_pay(self):
        self.refused("2 wrong ones for 3 right ones; ticking all", "a b c", "d e")

    def test_a_single_choice_has_exactly_one_right_option(self):
        self.refused("exactly one", "a b", "c d e f", several=False)
        self.refused("at least one", "", "c d e f")

    def test_a_part_belongs_to_an_accepted_option_of_a_single_choice(self):
        self.refused(
            "only an accepted",
            several=True,
            options=[option("a", "right", part=0.5), *raw()["options"][1:]],
        )
        self.refused(
            "means a part",
            several=False,
            options=[
                option("g", "accepted"),
                option("a", "right"),
                *(option(n, "wrong") for n in "bcdefh"),
            ],
        )

    def test_an_id_or_a_text_that_stands_twice(self):
        self.refused("stands twice", "a a", "c d e f")
        self.refused("hyphens", "A b", "c d e f")
        options = raw()["options"]
        options[3]["text"] = options[2]["text"]
        self.refused("'d': another option says the same", options=options)

    def test_the_author_may_keep_the_order_unless_the_first_is_right(self):
        self.refused("keep_order", keep_order=True)
        options = [option("c", "wrong"), *[o for o in raw()["options"] if o["id"] != "c"]]
        kept = made(options=options, keep_order=True)
        assert [o.id for o in face(kept, "ko").options] == shown_as(kept, *"cabdef")

    @pytest.mark.parametrize("change", [{"options": None}, {"several": "yes"}, {"colour": 1}])
    def test_a_field_that_is_wrong_is_named(self, change):
        with pytest.raises(DataError, match=r"made\.yaml"):
            load({**raw(), **change}, "made.yaml")

    def test_every_option_needs_its_reason(self):
        options = raw()["options"]
        del options[3]["reason"]
        with pytest.raises(DataError, match="reason"):
            made(options=options)


class TestFace:
    def test_it_tells_neither_verdict_nor_reason_nor_part(self):
        seen = face_bytes(face(SINGLE, "en")).decode()
        for secret in ("why", "verdict", "right", "part", "0.5"):
            assert secret not in seen

    def test_it_can_be_read_again(self, lang):
        shown = face(SEVERAL, lang)
        assert decode_face(face_bytes(shown)) == shown

    def test_ids_and_order_are_the_same_in_both_languages(self):
        ids = [[o.id for o in face(SEVERAL, lang).options] for lang in ("ko", "en")]
        assert ids[0] == ids[1] == sorted(ids[0])

    @given(st.permutations(range(6)), st.permutations("abcdefgh"), st.integers(0, 5))
    def test_nothing_of_it_changes_with_the_key_or_the_authors_ids(self, order, names, right):
        """Who knows this code and all of a face can't go back from it to what is right."""
        options = [option(name, "wrong") for name in "abcdef"]
        options[right]["verdict"] = "right"
        mixed = [{**options[n], "id": names[n]} for n in order]
        item = made(several=False, options=mixed)
        assert face_bytes(face(item, "ko")) == face_bytes(face(SINGLE_OF_SIX, "ko"))

    def test_the_same_text_is_called_alike_in_every_item(self):
        assert face(made(id="one"), "ko").options == face(made(id="two"), "ko").options


class TestWhatIsTold:
    def test_every_verdict_in_practice_has_its_reason(self):
        parts = told(SEVERAL, "a", "c", "g").parts
        assert {name: part.state for name, part in parts.items()} == {
            "a": "right",
            "b": "missed",
            "c": "wrong",
            "g": "accepted",
            "d": "left",
            "e": "left",
            "f": "left",
        }
        for name, part in parts.items():
            assert bool(part.lines[0].lead) == (part.state != "left")
            assert part.lines[0].text == f"text why {name}"

    def test_counts_and_points_are_said_first(self):
        feedback = told(SEVERAL, "a", "c")
        assert (feedback.big, feedback.fraction) == ("1 / 2", 0.0)
        assert feedback.text == "right. 1 wrong, 1 missed."
        assert told(SINGLE, "g", lang="ko").text == "맞음."

    def test_an_empty_answer_gives_nothing_away(self):
        feedback = told(SEVERAL)
        assert feedback.parts == {}
        assert "Nothing chosen" in feedback.text

    def test_the_misconception_comes_only_the_second_time(self):
        options = raw()["options"]
        options[2]["misconception"] = text("once more")
        item = made(options=options)
        assert len(told(item, "c").parts["c"].lines) == 1
        lines = told(item, "c", again=frozenset({"c"})).parts["c"].lines
        assert lines[1] == Line("", "text once more")

    def test_where_to_read_again_is_told_once_and_not_of_a_right_answer(self):
        read = {
            "notebook": "05-x",
            "section": text("s"),
            "anchor": {"ko": "1. 가 나", "en": "1. a b"},
        }
        item = made(read=read)
        links = [p.read for p in told(item, "a", "c", "d").parts.values() if p.read]
        assert links == [Read("Lesson 05 · text s", "05-x.ipynb#1.-a-b")]
        assert not [p for p in told(item, "a", "b").parts.values() if p.read]

    @pytest.mark.parametrize("item", [SEVERAL, SINGLE], ids=["several", "single"])
    def test_graded_feedback_judges_own_choices_and_only_counts_the_rest(self, item, lang):
        shown, answers, value = face(item, lang), key(item), chosen(item, "c")
        feedback = choice.judged(shown, answers, score(shown, answers, value), value)
        [part] = feedback.parts.values()
        assert [*feedback.parts] == shown_as(item, "c")
        assert [line.text for line in part.lines] == [""]
        written = msgspec.json.encode(feedback).decode()
        assert "why" not in written
        assert str(len(answers.right)) in feedback.big


class TestTyped:
    def test_the_template_numbers_the_options_as_they_are_shown(self, lang):
        lines = choice.template(face(SEVERAL, lang)).splitlines()
        assert lines[0] == "b2b.respond('made', [])"
        numbered = [
            f"#   {n}. {o.text}" for n, o in enumerate(face(SEVERAL, lang).options, start=1)
        ]
        assert lines[2:] == numbered

    @pytest.mark.parametrize(
        "spell",
        [
            lambda n, _o: n,
            lambda n, _o: str(n),
            lambda _n, o: o.id,
            lambda _n, o: f" {o.text.upper()}! ",
        ],
    )
    def test_numbers_texts_and_ids_are_understood(self, spell, lang):
        shown = face(SEVERAL, lang)
        for number, each in enumerate(shown.options, start=1):
            assert choice.parse(shown, [spell(number, each)]) == {"chosen": {each.id: 1}}
            assert choice.parse(shown, spell(number, each)) == {"chosen": {each.id: 1}}

    @pytest.mark.parametrize(
        "typed",
        [
            0,
            99,
            -1,
            True,
            None,
            1.0,
            "nobody",
            [[1]],
            {"a": 1},
            "",
            [None],
            pytest.param("\ud800", id="half a character"),
            pytest.param(10**5000, id="huge"),
        ],
    )
    def test_what_is_no_option_is_told_in_both_languages(self, typed):
        with pytest.raises(ResponseError) as caught:
            choice.parse(face(SEVERAL, "ko"), typed)
        assert caught.value.text.ko
        assert caught.value.text.en

    def test_one_option_is_one(self):
        shown = face(SINGLE, "ko")
        assert choice.parse(shown, []) == {"chosen": {}}
        with pytest.raises(ResponseError):
            choice.parse(shown, [1, 2])

    def test_a_new_answer_takes_the_old_one_away(self):
        shown = face(SEVERAL, "ko")
        value, old = chosen(SEVERAL, "b"), chosen(SEVERAL, "a", "c")
        assert choice.merge(old, choice.replacing(shown, value)) == value


names = st.sampled_from("abcdefg")
face_ids = names.map(lambda name: shown_as(SEVERAL, name)[0])
answers = st.sets(names)
junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.just(-(10**400)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(face_ids | st.text(max_size=6), inner)
    ),
    max_leaves=8,
)


@some
@given(answers, st.booleans())
def test_an_outcome_is_a_fraction_and_the_same_in_both_languages(ticked, single):
    item = SINGLE if single else SEVERAL
    value = chosen(item, *ticked)
    both = [score(face(item, lang), key(item), value) for lang in ("ko", "en")]
    assert 0.0 <= both[0].fraction <= 1.0
    assert type(both[0].fraction) is float
    assert both[0].fraction == both[1].fraction


@some
@given(answers, names)
def test_a_wrong_choice_never_raises_and_a_right_one_never_lowers(ticked, name):
    before, after = worth(SEVERAL, *ticked - {name}), worth(SEVERAL, *ticked | {name})
    if name in "ab":
        assert after >= before
    else:
        assert after <= before


@some
@given(junk | st.fixed_dictionaries({"chosen": junk}))
def test_any_json_is_scored_told_and_noted(value):
    for item in (SEVERAL, SINGLE):
        for lang in ("ko", "en"):
            shown, answers_ = face(item, lang), key(item)
            found = score(shown, answers_, value)
            assert 0.0 <= found.fraction <= 1.0
            for feedback in (
                choice.explain(shown, answers_, found, value),
                choice.judged(shown, answers_, found, value),
            ):
                msgspec.json.encode(feedback).decode()


@some
@given(answers, answers, answers)
def test_two_windows_do_not_undo_each_other(start, mine, yours):
    value = {"chosen": dict.fromkeys(start, 1)}
    patches = [{"chosen": dict.fromkeys(s, 1)} for s in (mine, yours)]
    one = choice.merge(choice.merge(value, patches[0]), patches[1])
    assert one["chosen"].keys() == start | mine | yours
    taken = choice.merge(one, {"chosen": dict.fromkeys(mine)})
    assert taken["chosen"].keys() == (start | yours) - mine


def test_chance_is_what_guessing_really_earns():
    rng = random.Random(7)
    for item in (SEVERAL, SINGLE):
        shown, answers_ = face(item, "ko"), key(item)
        tries = [
            score(shown, answers_, choice.guess(shown, "random", rng)).fraction for _ in range(6000)
        ]
        assert sum(tries) / len(tries) == pytest.approx(chance(item), abs=0.015)


class TestBank:
    def test_there_are_ten_and_more_of_every_level_and_both_ways(self):
        assert len(BANK) >= 10
        assert {item.level for item in BANK.values()} == {"recall", "apply", "judge"}
        assert {item.several for item in BANK.values()} == {True, False}
        assert len({item.source for item in BANK.values()} - {"background"}) == 5

    def test_the_first_option_is_as_often_right_as_any(self):
        single = [item for item in BANK.values() if not item.several]
        firsts = [face(item, "ko").options[0].id in key(item).right for item in single]
        chances = [1 / len(item.options) for item in single]
        error = math.sqrt(sum(p * (1 - p) for p in chances))
        assert abs(sum(firsts) - sum(chances)) <= 2 * error

    def test_guessing_does_not_pay(self):
        rng = random.Random(3)
        for item in BANK.values():
            shown, answers_ = face(item, "ko"), key(item)
            assert chance(item) < 0.25
            for how in ("all", "none"):
                assert score(shown, answers_, choice.guess(shown, how, rng)).fraction < 0.25, (
                    item.id,
                    how,
                )
        practised = [item for name, item in BANK.items() if name not in ASKED]
        assert sum(map(chance, practised)) / len(practised) < 0.15

    @pytest.mark.parametrize("item", BANK.values(), ids=BANK)
    def test_a_right_option_does_not_stand_out_by_its_length(self, item, lang):
        right = [len(o.text[lang]) for o in item.options if o.verdict == "right"]
        other = [len(o.text[lang]) for o in item.options if o.verdict != "right"]
        assert max(right) <= max(1.2 * max(other), max(other) + FEW_LETTERS)
        assert min(right) >= min(0.6 * min(other), min(other) - FEW_LETTERS)

    @pytest.mark.parametrize("item", BANK.values(), ids=BANK)
    def test_it_has_hints_and_facts(self, item):
        assert len(item.hints) >= 2 or item.id in ASKED  # a test gives no hint
        assert item.facts or item.source == "background"  # to try the buttons on

    @pytest.mark.parametrize("item", BANK.values(), ids=BANK)
    def test_no_reason_is_told_twice_and_english_is_english(self, item):
        reasons = [o.reason for o in item.options]
        assert len(set(reasons)) == len(reasons)
        english = msgspec.json.encode(face(item, "en")).decode() + " ".join(r.en for r in reasons)
        assert not [
            letter
            for letter in english.replace("공기", "").replace("납기", "")
            if "가" <= letter <= "힣"
        ]


def bank_worth(name, *ticked):
    return worth(BANK[name], *ticked)


class TestAmbiguities:
    """What the documents leave open is treated as the list of ambiguities has it."""

    def test_24_always_exactly_three_suppliers_is_wrong(self):
        assert bank_worth("ch-three-suppliers", "about-three") == 1.0
        assert bank_worth("ch-three-suppliers", "always-three") == 0.0

    def test_26_aim_high_goes_both_ways_and_always_higher_is_half(self):
        assert bank_worth("ch-aim-high", "two-ways") == 1.0
        assert bank_worth("ch-aim-high", "only-up") == 0.5

    def test_34_two_risks_are_required_and_the_others_accepted(self):
        assert bank_worth("ch-risks", "bankrupt", "not-chosen") == 1.0
        more = ("others-lost", "starved", "survival")
        assert bank_worth("ch-risks", "bankrupt", "not-chosen", *more) == 1.0
        assert bank_worth("ch-risks", *more) == 0.0

    def test_35_almost_the_buying_centre_is_full_and_identical_half(self):
        assert bank_worth("ch-dmu-centre", "near") == 1.0
        assert bank_worth("ch-dmu-centre", "same") == 0.5

    def test_23_lines_of_the_third_pilot_are_neither_right_nor_wrong(self):
        right = ("first", "second", "third", "mass")
        assert (
            bank_worth("ch-pilots", *right) == bank_worth("ch-pilots", *right, "all-lines") == 1.0
        )
        assert bank_worth("ch-pilots", *right, "no-fourth") == 0.75

    def test_13_it_staff_who_negotiate_are_buyers_and_a_cto_costs_nothing(self):
        right = ("searches-initiator", "terms-buyer", "assesses-influencer")
        assert bank_worth("ch-it-roles", *right, "cto-decider") == 1.0
        assert bank_worth("ch-it-roles", *right, "terms-decider") == pytest.approx(2 / 3)

    def test_value_is_created_at_the_threshold_and_not_below_it(self):
        assert bank_worth("ch-value-created", "price-five", "heat-hundred", "story") == 1.0
        assert verdicts(BANK["ch-value-created"], "price-less")["price-less"] == "wrong"

    def test_an_order_whose_lead_time_equals_the_days_left_is_in_time(self):
        assert bank_worth("ch-due-dates", "hinge", "bracket", "rail") == 1.0
