"""Essays: the student's own judgement of a practice text, and what stays with a person who grades."""

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice_bank import PRACTICE

from b2bcourse.items import ItemError, ResponseError, decode_face, essay, face_bytes
from b2bcourse.items.essay import count_words, face, key, load, score
from b2bcourse.items.essay.value import MAX_CHARACTERS
from b2bcourse.items.feedback import Line
from b2bcourse.items.response import MAX_RESPONSE_BYTES

BANK = {name: item for name, item in PRACTICE.items() if item.kind == "essay"}
MODEL = "하나 둘 셋 넷 다섯"
some = settings(deadline=None, max_examples=150, derandomize=True)


def text(word):
    return {"ko": f"글 {word}", "en": f"text {word}"}


def criterion(name, share, shares=(1.0, 0.5, 0.0)):
    levels = [{"share": each, "text": text(f"{name}{n}")} for n, each in enumerate(shares)]
    return {"id": name, "points_share": share, "criterion": text(name), "levels": levels}


def raw(**more):
    return {
        "schema": 1,
        "id": "made",
        "kind": "essay",
        "title": text("title"),
        "task": text("task"),
        "words": {"min": 4, "max": 8},
        "rubric": [criterion("x", 0.6), criterion("y", 0.4)],
        "grader_notes": {"ko": "비밀 메모", "en": "secret note"},
        "model": {"ko": MODEL, "en": "the model text has six words"},
        "self_assessed": True,
        **more,
    }


def made(**more):
    return load(raw(**more), "made.yaml")


OWN = made()
BY_PERSON = made(self_assessed=False)


def worth(written=MODEL, item=OWN, **levels):
    return score(face(item, "ko"), key(item), {"text": written, "self": levels}).fraction


def told(written=MODEL, item=OWN, lang="en", **levels):
    shown, answers, value = face(item, lang), key(item), {"text": written, "self": levels}
    return essay.explain(shown, answers, score(shown, answers, value), value)


class TestOwnJudgement:
    def test_each_level_earns_its_share_of_its_criterion(self):
        assert worth(x=0, y=0) == pytest.approx(1.0)
        assert worth(x=1, y=0) == pytest.approx(0.7)
        assert worth(x=2, y=2) == 0.0
        assert worth(x=0) == pytest.approx(0.6)

    def test_a_criterion_that_is_not_judged_is_not_attempted(self):
        found = score(face(OWN, "ko"), key(OWN), {"text": MODEL, "self": {"x": 1}})
        assert {p.id: p.verdict for p in found.parts} == {"x": "partly", "y": "not attempted"}
        assert sum(p.possible for p in found.parts) == pytest.approx(1.0)

    def test_no_judgement_counts_before_the_text_is_long_enough(self):
        assert worth("하나 둘 셋", x=0, y=0) == 0.0
        assert worth("", x=0, y=0) == 0.0

    def test_words_are_runs_that_hold_a_letter_or_a_digit(self):
        assert count_words("  COO는 35분 - 거리 … 입니다.\n\n끝 ") == 5


class TestWhatIsTold:
    def test_the_model_and_what_to_look_for_come_with_a_long_enough_text_only(self):
        assert told().model == ["the model text has six words"]
        assert told().guide == "secret note"
        short = told("too short")
        assert (short.model, short.guide) == ([], "")
        assert short.text == "2 words so far; the model text opens at 4."

    def test_points_are_said_to_be_ones_own_judgement(self):
        assert told(x=0, y=1).big == "8.0 / 10"
        assert "own judgement" in told(x=0, y=1).text
        assert "1 of 2 criteria" in told(x=0).text
        assert "스스로" in told(lang="ko", x=0, y=1).text
        assert told().big == ""

    def test_every_criterion_says_which_level_was_chosen(self):
        parts = told(x=1).parts
        assert parts["x"].lines == [Line("The level you chose:", "text x1")]
        assert parts["x"].score == "3.0 / 6.0"
        assert parts["y"].state == "not attempted"
        assert parts["y"].lines[0].lead

    def test_graded_feedback_holds_no_model_and_no_notes(self):
        for item in (OWN, BY_PERSON):
            shown, value = face(item, "en"), {"text": MODEL, "self": {}}
            feedback = essay.judged(shown, key(item), score(shown, key(item), value), value)
            assert "model text" not in msgspec.json.encode(feedback).decode()
            assert "secret" not in msgspec.json.encode(feedback).decode()


class TestByAPerson:
    """Without self-assessment a person grades: nothing is earned here, and a note says why."""

    def test_whatever_is_written_earns_nothing_and_is_said_to_wait(self):
        for value in ({"text": MODEL, "self": {"x": 0, "y": 0}}, {}, None, [3]):
            found = score(face(BY_PERSON, "ko"), key(BY_PERSON), value)
            assert found.fraction == 0.0
            assert "person" in found.notes[0].en
        assert told(item=BY_PERSON).model == []

    def test_it_shows_no_levels_and_is_answered_with_a_text(self, lang):
        shown = face(BY_PERSON, lang)
        assert shown.rubric == ()
        assert essay.parse(shown, "글") == {"text": "글", "self": {}}
        with pytest.raises(ResponseError):
            essay.parse(shown, {"text": "글", "self": {"x": 1}})

    def test_its_template_is_a_form_for_the_text_with_what_is_looked_at(self, lang):
        shown = face(BY_PERSON, lang)
        printed = essay.template(shown)
        form = eval(printed.partition("\n#")[0].removeprefix("b2b.respond('made', ").rstrip(")"))
        assert essay.parse(shown, form) == essay.blank(shown)
        assert all(criterion in printed for criterion in shown.criteria)

    def test_its_widget_is_for_writing_alone(self, tmp_path):
        from b2bcourse.responses import Store
        from b2bcourse.widgets.exercise import Exercise

        shown = face(BY_PERSON, "en")
        exercise = Exercise(shown, Store(tmp_path, shown))
        assert exercise.view.mode == "answer"
        assert exercise.view.face["criteria"] == shown.criteria
        assert "check" not in exercise._handlers()


class TestTooLong:
    LONG = "가" * (MAX_CHARACTERS + 1)

    def test_it_is_refused_by_every_way_in_and_says_how_long_it_is(self, lang):
        shown = face(BY_PERSON, lang)
        for call in (
            lambda: essay.parse(shown, self.LONG),
            lambda: essay.merge({}, {"text": self.LONG}),
        ):
            with pytest.raises(ResponseError, match="20001 characters") as caught:
                call()
            assert "20001자" in caught.value.text.ko

    def test_the_longest_is_taken(self, lang):
        shown = face(BY_PERSON, lang)
        assert essay.merge({}, essay.parse(shown, self.LONG[1:]))["text"] == self.LONG[1:]

    def test_of_a_longer_one_in_a_file_the_beginning_is_read_and_that_is_said(self):
        found = score(face(OWN, "en"), key(OWN), {"text": self.LONG, "self": {}})
        assert "only the first 20000" in found.notes[0].en

    def test_a_longer_one_of_before_may_still_be_judged(self):
        assert essay.merge({"text": self.LONG}, {"self": {"x": 1}})["text"] == self.LONG

    def test_levels_may_be_left_out_where_a_person_grades(self):
        assert made(self_assessed=False, rubric=[{**criterion("x", 1.0), "levels": []}])


class TestWhatMayNotBeAsked:
    @pytest.mark.parametrize(
        ("change", "match"),
        [
            ({"rubric": [criterion("x", 0.5)]}, "add up to 0.5"),
            ({"rubric": [criterion("x", 0.5), criterion("x", 0.5)]}, "stands twice"),
            ({"rubric": [criterion("x", 1.0, (1.5, 0.0))]}, "from 0 to 1"),
            ({"rubric": [criterion("x", 1.0, (0.5, 0.0))]}, "level of share 1"),
            ({"rubric": [criterion("x", 1.0, (1.0, 0.5))]}, "one of share 0"),
            ({"words": {"min": 9, "max": 3}}, "'min' must be"),
            ({"words": {"min": 6, "max": 9}}, r"model\.ko: 5 words, but 6 to 9"),
        ],
    )
    def test_the_message_names_file_and_field(self, change, match):
        with pytest.raises(ItemError, match=match) as caught:
            made(**change)
        assert str(caught.value).startswith("made.yaml: ")


class TestFace:
    def test_it_holds_neither_model_nor_notes_nor_shares(self, lang):
        for item in (OWN, BY_PERSON, *BANK.values()):
            seen = face_bytes(face(item, lang)).decode()
            assert item.model[lang] not in seen
            assert item.grader_notes[lang] not in seen
            assert "share" not in seen

    def test_it_can_be_read_again(self, lang):
        assert decode_face(face_bytes(face(OWN, lang))) == face(OWN, lang)


class TestTyped:
    def test_the_text_alone_or_with_levels_is_understood(self, lang):
        shown = face(OWN, lang)
        assert essay.parse(shown, MODEL) == {"text": MODEL, "self": {}}
        typed = {"text": MODEL, "self": {"x": 1, shown.rubric[1].text: 3}}
        assert essay.parse(shown, typed) == {"text": MODEL, "self": {"x": 0, "y": 2}}
        assert essay.parse(shown, {"text": "", "self": {"x": None}}) == {"text": "", "self": {}}

    def test_the_template_is_a_form_that_parses(self, lang):
        printed = essay.template(face(OWN, lang))
        form = eval(printed.partition("\n#")[0].removeprefix("b2b.respond('made', ").rstrip(")"))
        assert essay.parse(face(OWN, lang), form) == {"text": "", "self": {}}
        assert "2 = " in printed

    @pytest.mark.parametrize(
        "typed",
        [
            None,
            3,
            [],
            {"texts": ""},
            {"text": 3},
            {"self": [1]},
            {"self": {"z": 1}},
            {"self": {"x": 0}},
            {"self": {"x": 4}},
            {"self": {"x": True}},
            {"self": {"x": "1"}},
            {"self": {3: 1}},
        ],
    )
    def test_anything_else_is_told(self, typed):
        with pytest.raises(ResponseError) as caught:
            essay.parse(face(OWN, "ko"), typed)
        assert caught.value.text.ko

    def test_a_new_answer_takes_the_old_one_away(self):
        value = {"text": "new", "self": {"y": 1}}
        old = {"text": "old", "self": {"x": 0}}
        assert essay.merge(old, essay.replacing(face(OWN, "ko"), value)) == value


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.just(-(10**400)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "self", "x", "y"]) | st.text(max_size=4), inner)
    ),
    max_leaves=8,
)


@some
@given(junk)
def test_any_json_is_scored_and_told(value):
    for item in (OWN, BY_PERSON):
        for lang in ("ko", "en"):
            shown, answers = face(item, lang), key(item)
            found = score(shown, answers, value)
            assert 0.0 <= found.fraction <= 1.0
            msgspec.json.encode(essay.explain(shown, answers, found, value))
            msgspec.json.encode(essay.judged(shown, answers, found, value))


@some
@given(st.lists(st.integers(0, 2), min_size=2, max_size=2), st.sampled_from([0, 1]))
def test_a_better_level_never_lowers(levels, at):
    better = list(levels)
    better[at] = max(0, levels[at] - 1)
    first, second = ({"x": each[0], "y": each[1]} for each in (levels, better))
    assert worth(**second) >= worth(**first)


def test_two_windows_keep_each_others_levels_and_the_later_text():
    value = essay.merge(essay.blank(face(OWN, "ko")), {"text": "one"})
    value = essay.merge(essay.merge(value, {"self": {"x": 1}}), {"self": {"y": 0}})
    assert essay.merge(value, {"text": "two"}) == {"text": "two", "self": {"x": 1, "y": 0}}
    assert essay.merge(value, {"self": {"x": None, "y": None}}) == {"text": "one", "self": {}}


class TestBank:
    def test_there_are_a_meeting_and_a_reference(self):
        assert {"es-meeting", "es-reference"} <= set(BANK)
        assert all(item.self_assessed for item in BANK.values())

    def test_ticking_without_writing_earns_nothing(self):
        for item in BANK.values():
            for how in ("random", "all", "none", "first"):
                value = essay.guess(face(item, "ko"), how, random.Random(1))
                assert score(face(item, "ko"), key(item), value).fraction == 0.0

    def test_the_longest_text_asked_for_is_far_from_the_limit_of_a_response(self):
        for item in BANK.values():
            assert item.words.max * 60 < MAX_RESPONSE_BYTES
