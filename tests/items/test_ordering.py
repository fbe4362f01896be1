"""Orderings: what an answer earns, what is said of it, and what holds whatever was answered."""

import ast
import json
from functools import cache
from itertools import permutations
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bcourse.context import bank_folder
from b2bcourse.items import load_item, ordering
from b2bcourse.items.base import ItemError, ResponseError, not_right
from b2bcourse.items.feedback import Line
from b2bcourse.items.ordering import explain, judged, key, load, merge, model_answer, score
from b2bcourse.items.ordering.chance import _raw_scores, zero_point
from b2bcourse.items.ordering.pairs import closure, of_order, some_order
from b2bcourse.items.ordering.reading import raw_score
from b2bcourse.items.ordering.samples import in_slots

BANK = {path.stem: load_item(path) for path in sorted(bank_folder().glob("or-*.yaml"))}


def text(ko, en=None):
    return {"ko": ko, "en": en or ko}


def card(name):
    return {
        "id": name,
        "text": text(f"카드 {name}", f"job {name}"),
        "reason": text(f"{name}의 이유입니다.", f"why {name} stands there."),
    }


def raw(cards="abcdefgh", decoys="", before="", **more):
    """An ordering as YAML holds it; ``before="ab bc"`` makes it a partial order."""
    key_ = {"before": [list(pair) for pair in before.split()]} if before else {"order": list(cards)}
    return {
        "schema": 1,
        "id": "made",
        "kind": "ordering",
        "title": text("제목", "title"),
        "task": text("할 일", "task"),
        "cards": [card(name) for name in cards],
        "decoys": [card(name) for name in decoys],
        **key_,
        **more,
    }


def made(cards="abcdefgh", decoys="", before="", **more):
    return load(raw(cards, decoys, before, **more), "made.yaml")


LONG = made()
CYCLE = made("abcdef", mode="cycle")
EVERY = {
    **BANK,
    "long": LONG,
    "short": made("abcd"),
    "with decoys": made("abcdef", "xyz"),
    "partial": made("abcdef", before="ab bc ad de ef"),
    "partial with decoys": made("abcde", "xy", before="ae be ce de ab"),
    "cycle": CYCLE,
    "cycle with decoys": made("abcde", "xy", mode="cycle"),
}


@cache
def face(item, lang="ko"):
    return ordering.face(EVERY[item] if isinstance(item, str) else item, lang)


def outcome(item, order):
    """What ``"ba d"`` earns: cards in slots, a space for an empty one."""
    value = {"order": {str(n): c for n, c in enumerate(order, start=1) if c != " "}}
    return score(face(item), key(item), value)


def fraction(item, order):
    return outcome(item, order).fraction


def verdicts(item, order):
    return {part.id: part.verdict for part in outcome(item, order).parts}


class TestScore:
    """Pairs count, not places."""

    def test_the_right_order_gets_everything_and_the_reverse_nothing(self):
        assert fraction(LONG, "abcdefgh") == 1.0
        assert fraction(LONG, "hgfedcba") == 0.0

    def test_every_pair_counts_once_and_a_reversed_one_costs_what_a_right_one_earns(self):
        assert fraction(LONG, "bacdefgh") == pytest.approx((27 - 1) / 28)
        assert fraction(LONG, "bcadefgh") == pytest.approx((26 - 2) / 28)

    def test_one_card_in_front_does_not_spoil_the_rest(self):
        """By place all eight would be wrong."""
        assert fraction(LONG, "habcdefg") == pytest.approx((21 - 7) / 28)
        assert [c for c, v in verdicts(LONG, "habcdefg").items() if v == "wrong"] == ["h"]

    def test_missing_cards_earn_nothing_and_gaps_do_not_matter(self):
        assert fraction(LONG, "abcdefg") == pytest.approx(21 / 28)
        assert fraction(LONG, "a b c de") == pytest.approx(10 / 28)

    def test_a_decoy_costs_a_cards_share_besides_the_card_whose_place_it_takes(self):
        item = made("abcdefgh", "x")
        assert fraction(item, "abcdefg") == pytest.approx(21 / 28)
        assert fraction(item, "abcdxefg") == pytest.approx(21 / 28 - 1 / 8)

    def test_a_partial_order_counts_what_it_says_and_what_follows_from_it(self):
        item = made("abcdefgh", before="ab bc cd ae ef fg gh")
        assert ("a", "d") in key(item).readings[0]
        for order in ("abcdefgh", "aefghbcd", "abecfdgh"):
            assert fraction(item, order) == 1.0
        assert fraction(item, "aefghcbd") < 1.0

    def test_the_dependencies_of_the_first_offer_allow_many_orders(self):
        item = BANK["or-first-offer"]
        pairs = key(item).readings[0]
        fine = [o for o in permutations(key(item).order) if of_order(o) >= pairs]
        assert len(fine) == 42
        assert {fraction(item, order) for order in fine[::7]} == {1.0}

    def test_a_cycle_may_start_anywhere(self):
        for at in range(6):
            assert fraction(CYCLE, "abcdef"[at:] + "abcdef"[:at]) == 1.0

    def test_turning_a_cycle_round_changes_nothing(self):
        turned = {round(fraction(CYCLE, "bacdef"[at:] + "bacdef"[:at]), 9) for at in range(6)}
        assert len(turned) == 1
        assert 0.6 < turned.pop() < 0.8

    def test_a_cycle_the_wrong_way_round_earns_nothing(self):
        assert fraction(CYCLE, "fedcba") == 0.0

    def test_a_card_in_two_slots_counts_in_the_first_and_that_is_told(self):
        found = outcome(LONG, "abcdefga")
        assert found.fraction == fraction(LONG, "abcdefg")
        assert "카드 a" in found.notes[0].ko

    def test_the_earned_parts_add_up_to_the_raw_score(self):
        item = made("abcdefgh", "x")
        parts = outcome(item, "bacdexfg").parts
        assert sum(part.earned for part in parts) == pytest.approx((20 - 1) / 28 - 1 / 8)
        assert sum(part.possible for part in parts) == pytest.approx(1.0)


class TestChance:
    """Shuffling earns about nothing."""

    def test_a_short_list_starts_higher_than_a_long_one(self):
        def zero(cards):
            compiled = key(made(cards))
            return zero_point(compiled.order, compiled.readings, 0)

        assert zero("abcde") == pytest.approx(0.15, abs=0.01)
        assert zero("abcdefgh") == 0.0

    def test_a_cycle_starts_at_what_its_best_rotation_earns_a_shuffler(self):
        compiled = key(CYCLE)
        assert zero_point(compiled.order, compiled.readings, 0) > 0.5

    @pytest.mark.parametrize("item", ["short", "partial with decoys", "cycle", "cycle with decoys"])
    def test_what_is_counted_in_integers_is_what_the_score_says(self, item):
        compiled = key(EVERY[item])
        cards = [*compiled.order, *compiled.decoys]
        ways = permutations(cards, len(compiled.order))
        scored = sorted(raw_score(compiled, placed) for placed in ways)
        counted = sorted(_raw_scores(compiled.order, compiled.readings, len(compiled.decoys)))
        assert counted == pytest.approx(scored)

    @pytest.mark.parametrize("item", EVERY)
    @pytest.mark.parametrize("how", ["none", "first", "all"])
    def test_who_takes_the_cards_as_they_lie_earns_next_to_nothing(self, item, how):
        guess = ordering.guess(face(item), how, Random(1))
        assert score(face(item), key(EVERY[item]), guess).fraction <= 0.1

    @pytest.mark.parametrize("item", EVERY)
    def test_who_shuffles_earns_less_than_fifteen_percent_on_average(self, item):
        rng, shown, answers = Random(7), face(item), key(EVERY[item])
        guesses = [ordering.guess(shown, "random", rng) for _ in range(400)]
        earned = [score(shown, answers, guess).fraction for guess in guesses]
        assert sum(earned) / len(earned) < 0.15


class TestVerdicts:
    """The card that is out of place is the one called wrong."""

    @pytest.mark.parametrize("item", ["long", "or-ten-steps", "cycle"])
    def test_one_card_moved_far_is_the_only_one_called_wrong(self, item):
        order = key(EVERY[item]).order
        for at, moved in enumerate(order):
            rest = [c for c in order if c != moved]
            for to in range(len(order)):
                ways = (to - at) % len(order) if item == "cycle" else abs(to - at)
                if ways < 2 or (item == "cycle" and len(order) - 1 - ways < 2):
                    continue
                placed = [*rest[:to], moved, *rest[to:]]
                found = score(face(item), key(EVERY[item]), in_slots(placed))
                assert not_right(found) == (moved,)

    def test_of_two_neighbours_one_is_wrong(self):
        assert list(verdicts(LONG, "bacdefgh").values()).count("wrong") == 1

    def test_cards_in_the_tray_are_missed_once_something_was_tried(self):
        assert set(verdicts(LONG, "").values()) == {"not attempted"}
        assert verdicts(LONG, "b")["a"] == "missed"
        assert verdicts(made("abcd", "x"), "x") == {"x": "wrong", **dict.fromkeys("abcd", "missed")}

    def test_a_decoy_is_wrong_and_one_left_in_the_tray_is_not_spoken_of(self):
        assert verdicts(made("abc", "xy"), "abx")["x"] == "wrong"
        assert "y" not in verdicts(made("abc", "xy"), "abx")

    def test_what_may_stand_either_way_is_right_either_way(self):
        item = EVERY["partial"]
        assert set(verdicts(item, "adebcf").values()) == {"right"}
        assert {c for c, v in verdicts(item, "bcdaef").items() if v == "wrong"} == {"a"}


def told(item, order, lang="en", again=(), make=explain):
    value = {"order": {str(n): c for n, c in enumerate(order, start=1) if c != " "}}
    shown = ordering.face(item, lang)
    return make(
        shown,
        key(item),
        score(shown, key(item), value),
        value,
        *([frozenset(again)] if make is explain else []),
    )


class TestFeedback:
    """Practice gives reasons; graded work only the verdicts on what was placed."""

    def test_it_names_the_two_cards_that_are_reversed_and_why(self):
        lines = told(LONG, "abdcefgh").parts["c"].lines
        assert lines == [Line("«job c» comes before «job d».", "why c stands there.")]

    def test_a_foreseen_mistake_has_its_own_reason(self):
        mistake = {
            "first": "c",
            "then": "d",
            "reason": text("까닭", "because of c"),
            "misconception": text("오해", "a common belief"),
        }
        item = made(mistakes=[mistake])
        assert told(item, "abdcefgh").parts["c"].lines[0].text == "because of c"
        further = told(item, "abdcefgh", again=["c"]).parts["c"].lines
        assert further[-1] == Line("", "a common belief")

    def test_korean_particles_fit_the_cards(self):
        found = told(BANK["or-ten-steps"], ["quote", "develop"], "ko").parts
        leads = [line.lead for part in found.values() for line in part.lines]
        assert "«제품 개발»이 «견적·가치 제안»보다 먼저입니다." in leads
        assert "«협상»이 빠졌습니다." in leads

    def test_a_cycle_tells_what_a_card_follows(self):
        found = told(CYCLE, "abdecf").parts["c"].lines
        assert found[0].lead == "Going round, «job c» follows «job b»."

    def test_a_decoy_is_told_why_it_does_not_belong(self):
        lines = told(made("abc", "x"), "axb").parts["x"].lines
        assert lines == [Line("«job x» has no place in this order.", "why x stands there.")]

    def test_before_a_try_nothing_tells_which_cards_belong(self):
        parts = told(made("abc", "x"), "").parts
        assert set(parts) == set("abcx")
        assert {part.state for part in parts.values()} == {"not attempted"}

    def test_the_result_counts_cards(self):
        found = told(made("abcdefgh", "x"), "bacdex")
        assert found.big == "4 / 8"
        assert found.text == "right. 2 wrong, 3 missed."

    @pytest.mark.parametrize("item", EVERY)
    def test_no_verdict_is_without_a_sentence(self, item, lang):
        shown, answers = face(item, lang), key(EVERY[item])
        value = in_slots(card.id for card in shown.cards[: shown.slots])
        for make in (explain, judged):
            parts = make(shown, answers, score(shown, answers, value), value).parts
            assert parts
            for part in parts.values():
                assert part.lines
                assert all(line.lead or line.text for line in part.lines)

    @pytest.mark.parametrize("item", EVERY)
    def test_graded_feedback_tells_no_reason_and_nothing_of_cards_not_placed(self, item, lang):
        shown, answers = face(item, lang), key(EVERY[item])
        placed = [card.id for card in shown.cards[: shown.slots - 1]]
        value = in_slots(placed)
        feedback = judged(shown, answers, score(shown, answers, value), value)
        assert set(feedback.parts) == set(placed)
        said = msgspec.json.encode(feedback).decode()
        for known in (*answers.cards.values(), *answers.decoys.values()):
            assert known.reason[lang] not in said
            assert known.text[lang] not in said
        for mistake in answers.mistakes.values():
            assert mistake.reason[lang] not in said


class TestFace:
    """A face tells nothing of the key."""

    @pytest.mark.parametrize("item", EVERY)
    def test_it_holds_all_cards_in_one_order_for_both_languages(self, item):
        korean, english = face(item, "ko"), face(item, "en")
        assert [c.id for c in korean.cards] == [c.id for c in english.cards]
        answers = key(EVERY[item])
        assert {c.id for c in korean.cards} == {*answers.cards, *answers.decoys}
        assert korean.slots == len(answers.cards)

    @pytest.mark.parametrize("item", EVERY)
    def test_no_reason_stands_in_it(self, item, lang):
        shown = msgspec.json.encode(face(item, lang)).decode()
        answers = key(EVERY[item])
        for known in (*answers.cards.values(), *answers.decoys.values()):
            assert known.reason[lang] not in shown

    def test_it_is_the_same_each_time(self):
        assert ordering.face(LONG, "ko") == ordering.face(made(), "ko")


class TestAuthored:
    """An author's slip is named."""

    @pytest.mark.parametrize(
        ("slip", "said"),
        [
            (raw(before="ab"), "stands in no pair"),
            (raw("abc", before="ab bc ca"), "would come before themselves: a, b, c"),
            (raw("abc", before="ab bd"), "no card 'd'"),
            (raw("abc", before="ab bc", mode="cycle"), "a cycle has no first and last"),
            (raw("abc") | {"before": [["a", "b"]]}, "not both"),
            (raw("abc") | {"order": []}, "give 'order'"),
            (raw("abc") | {"order": ["a", "b"]}, "name every card"),
            (raw("abc", "a"), "'a' stands twice"),
            (raw("ab"), "give 3 cards or more"),
            (raw("abc"), "right by chance once in 6"),
            (raw("abcd", mode="cycle"), "right by chance once in 6"),
            (raw("abcdef", before="ab cd ef"), "right by chance once in 8"),
            (
                raw("abc")
                | {"cards": [card("a"), card("b"), {**card("c"), "text": text("카드 a", "q")}]},
                "stands on two cards",
            ),
            (
                raw("abc", mistakes=[{"first": "c", "then": "a", "reason": text("x")}]),
                "'c' need not come before 'a'",
            ),
            (raw("abc") | {"cards": [card("a/b"), card("b"), card("c")]}, "lower-case letters"),
        ],
    )
    def test_a_slip_is_told_with_file_and_field(self, slip, said):
        with pytest.raises(ItemError, match=r"^made\.yaml: ") as error:
            load(slip, "made.yaml")
        assert said in str(error.value)

    def test_some_order_keeps_all_pairs(self):
        pairs = closure([("c", "a"), ("b", "a"), ("d", "c")])
        assert some_order("abcd", pairs) == ("b", "d", "c", "a")


class TestTyped:
    """Answers in words."""

    def test_names_in_either_language_by_id_and_however_spelled(self):
        shown = face("or-ten-steps", "en")
        typed = ["고객탐색", "CUSTOMER  contact", "needs", "", "quotation value-proposal"]
        assert ordering.parse(shown, typed) == {
            "order": {"1": "find", "2": "contact", "3": "needs", "5": "quote"}
        }

    def test_slots_may_be_numbered(self):
        shown = face("long")
        assert ordering.parse(shown, {2: "카드 b", "5번": "카드 e", "7.": ""}) == {
            "order": {"2": "b", "5": "e"}
        }

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            (["job z"], "'job z' is no card here. Nearest: job"),
            (["a", "job a"], "named twice"),
            ([*"abcdefgh", ""], "There are 8 places, and you named 9"),
            ({9: "a"}, "There is no place 9"),
            ({"first": "a"}, "There is no place first"),
            ("a b c", r"respond\('made', \['job"),
            ([["a"]], r"respond\('made', \['job"),
            (None, r"respond\('made', \['job"),
        ],
    )
    def test_what_cannot_be_read_is_told(self, typed, said):
        with pytest.raises(ResponseError, match=said):
            ordering.parse(face("long", "en"), typed)

    @pytest.mark.parametrize("item", EVERY)
    def test_the_template_has_a_line_for_every_slot_and_filled_in_earns_everything(
        self, item, lang
    ):
        shown, answers = face(item, lang), key(EVERY[item])
        call = ast.parse(ordering.template(shown)).body[0].value
        assert ast.literal_eval(call.args[0]) == shown.id
        assert ast.literal_eval(call.args[1]) == [""] * shown.slots
        assert merge({}, ordering.parse(shown, ast.literal_eval(call.args[1]))) == ordering.blank(
            shown
        )
        typed = [answers.name(card)[lang] for card in answers.order]
        assert score(shown, answers, ordering.parse(shown, typed)).fraction == 1.0
        for shown_card in shown.cards:
            assert shown_card.text in ordering.template(shown)

    def test_a_typed_answer_replaces_all_that_was_there_before(self):
        shown = face("long")
        new = ordering.parse(shown, ["b", "", "a"])
        assert merge({"order": {"2": "c", "8": "d"}}, ordering.replacing(shown, new)) == new


# ---- what holds of every answer

some = settings(deadline=None, max_examples=100, derandomize=True)
items = st.sampled_from(sorted(EVERY))
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just(-(10**400))
)
junk = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)


@st.composite
def answers_to(draw, item):
    """Some cards in some slots, each once."""
    shown = face(item)
    cards = draw(st.permutations([c.id for c in shown.cards]))
    slots = draw(st.lists(st.integers(1, shown.slots), unique=True))
    return {"order": {str(slot): c for slot, c in zip(slots, cards, strict=False)}}


@st.composite
def items_and_answers(draw):
    item = draw(items)
    return item, draw(answers_to(item))


def earned(item, value):
    return score(face(item), key(EVERY[item]), value).fraction


@some
@given(items, junk | st.fixed_dictionaries({"order": junk}))
def test_any_json_at_all_gets_nought_to_one_and_never_raises(item, value):
    for lang in ("ko", "en"):
        shown, answers = face(item, lang), key(EVERY[item])
        found = score(shown, answers, value)
        assert 0.0 <= found.fraction <= 1.0
        assert type(found.fraction) is float
        for make in (explain, judged):
            json.dumps(msgspec.to_builtins(make(shown, answers, found, value)), allow_nan=False)


def reverses(order, card_, reading):
    """Whether a card stands reversed with any other."""
    return any(
        (b, a) in reading for at, a in enumerate(order) for b in order[at + 1 :] if card_ in (a, b)
    )


@some
@given(items_and_answers())
def test_a_card_more_that_fits_all_others_never_costs(pair):
    item, value = pair
    answers, placed = key(EVERY[item]), value["order"]
    if answers.mode == "cycle":
        return  # has no one place that fits; the next test fills a cycle in
    for slot in map(str, range(1, face(item).slots + 1)):
        for card_ in set(answers.cards) - set(placed.values()) if slot not in placed else ():
            after = {**placed, slot: card_}
            order = [after[s] for s in sorted(after, key=int)]
            if not reverses(order, card_, answers.readings[0]):
                assert earned(item, {"order": after}) >= earned(item, value) - 1e-12


@some
@given(items_and_answers())
def test_a_decoy_more_never_earns(pair):
    item, value = pair
    decoys = set(key(EVERY[item]).decoys) - set(value["order"].values())
    free = [s for s in map(str, range(1, face(item).slots + 1)) if s not in value["order"]]
    for slot in free:
        for decoy in decoys:
            more = {"order": {**value["order"], slot: decoy}}
            assert earned(item, more) <= earned(item, value) + 1e-12


@some
@given(items)
def test_filling_in_the_right_answer_card_by_card_never_costs(item):
    answers = key(EVERY[item])
    steps = [earned(item, in_slots(answers.order[:n])) for n in range(len(answers.order) + 1)]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0.0, 1.0)


@some
@given(items_and_answers())
def test_only_a_right_order_gets_everything(pair):
    item, value = pair
    answers = key(EVERY[item])
    order = [value["order"][slot] for slot in sorted(value["order"], key=int)]
    right = set(order) == set(answers.cards) and any(r <= of_order(order) for r in answers.readings)
    assert (earned(item, value) == 1.0) == right


@some
@given(items_and_answers())
def test_both_languages_earn_the_same(pair):
    item, value = pair
    korean, english = (score(face(item, lang), key(EVERY[item]), value) for lang in ("ko", "en"))
    assert (korean.fraction, korean.parts) == (english.fraction, english.parts)


@some
@given(items_and_answers())
def test_two_windows_keep_each_others_cards(pair):
    _, value = pair
    patch = {"order": {"1": "a", "2": None}}
    both = merge(value, patch)
    others = {slot: c for slot, c in value["order"].items() if slot not in {"1", "2"}}
    kept = {slot: c for slot, c in others.items() if c != "a"}  # a card lies in one place
    assert both == {"order": {**kept, "1": "a"}}


@pytest.mark.parametrize("item", EVERY)
def test_the_model_answer_gets_everything(item, lang):
    shown, answers = face(item, lang), key(EVERY[item])
    found = score(shown, answers, model_answer(shown, answers))
    assert (found.fraction, found.notes) == (1.0, ())
    assert {part.verdict for part in found.parts} == {"right"}


@pytest.mark.parametrize("item", EVERY)
def test_its_own_samples_get_what_they_say(item, lang):
    for sample in ordering.samples(EVERY[item]):
        found = score(face(item, lang), key(EVERY[item]), sample.value)
        assert found.fraction == pytest.approx(sample.fraction, abs=sample.tolerance), sample.name
        if sample.name.startswith("malformed"):
            assert found.notes, sample.name


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_every_practice_item_has_hints_a_source_and_reasons_for_its_likeliest_slips(item):
    assert len(item.hints) >= 2
    assert item.source
    assert item.mistakes or item.mode == "cycle"


def test_the_practice_bank_holds_sequences_a_cycle_and_a_partial_order():
    assert len(BANK) >= 7
    assert {item.mode for item in BANK.values()} == {"sequence", "cycle"}
    assert any(item.before for item in BANK.values())
    assert sum(bool(item.decoys) for item in BANK.values()) >= 2
