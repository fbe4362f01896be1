"""Practice held against other practice beside it: the widget's Check, and answers in text."""

import pytest

import b2bcourse as b2b
from b2bcourse.context import practice_item
from b2bcourse.items import kind_of
from b2bcourse.responses import read_response
from b2bcourse.widgets.base import PROTOCOL


def model(item):
    authored = practice_item(item)
    kind = kind_of(authored.kind)
    return kind.model_answer(kind.face(authored, "en"), kind.key(authored))


class Messages:
    """An exercise with a browser's ear."""

    def __init__(self, exercise):
        self.exercise, self.heard = exercise, []
        exercise.view.send = self.heard.append

    def says(self, do, **more):
        """Sends a message as the browser does and returns the reply."""
        self.exercise.view._handle_custom_msg({"p": PROTOCOL, "do": do, "n": 1, **more}, [])
        return self.heard[-1]


def checked(item, value):
    """What Check says of a value, in a widget opened in the working folder."""
    shown = Messages(b2b.practice(item))
    shown.says("change", patch=value)
    return shown.says("check")["feedback"]


@pytest.mark.usefixtures("lesson_folder")
class TestInTheWidget:
    def test_check_reads_the_map_beside_the_notebook(self):
        checked("cap-map", model("cap-map"))
        feedback = checked("cap-moves", model("cap-moves"))
        assert feedback["fraction"] == pytest.approx(1.0)
        assert feedback["notes"] == []

    def test_without_a_map_it_says_what_is_missing(self, lang):
        feedback = checked("cap-moves", model("cap-moves"))
        assert feedback["fraction"] == pytest.approx(0.7)
        assert practice_item("cap-map").title[lang] in feedback["notes"][0]

    def test_a_map_changed_afterwards_counts_at_the_next_check(self):
        checked("cap-map", model("cap-map"))
        plan = Messages(b2b.practice("cap-moves"))
        plan.says("change", patch=model("cap-moves"))
        assert plan.says("check")["feedback"]["fraction"] == pytest.approx(1.0)
        everybody = {card: {"decider": None} for card in model("cap-map")["places"]}
        checked("cap-map", {"places": everybody})
        assert plan.says("check")["feedback"]["fraction"] < 1

    def test_a_broken_map_is_left_alone_and_counts_as_none(self, lesson_folder):
        checked("cap-map", model("cap-map"))
        path = lesson_folder / "responses" / "cap-map.json"
        path.write_text("{", "utf-8")
        assert checked("cap-moves", model("cap-moves"))["fraction"] == pytest.approx(0.7)
        assert path.read_text("utf-8") == "{"

    def test_the_answer_shown_is_not_told_to_contradict_ones_own(self):
        shown = Messages(b2b.practice("cap-moves"))
        shown.says("change", patch=model("cap-moves"))
        shown.says("check")
        feedback = shown.says("answer")["feedback"]
        assert feedback["fraction"] == pytest.approx(1.0)
        assert feedback["notes"] == []


@pytest.mark.usefixtures("lesson_folder")
def test_an_answer_in_text_is_judged_the_same(lesson_folder, capsys, lang):
    place = {
        "ko": "들인 만큼 돌아오는지 보이고 승낙 구하기",
        "en": "Proof of return and request for the yes",
    }[lang]
    names = {"ko": ["피재훈 대리"], "en": ["Pi Jae-hun"]}[lang]
    checked("cap-map", model("cap-map"))
    b2b.respond("cap-moves", {place: names})
    told = capsys.readouterr().out
    assert {
        "ko": "결정권자로 본 사람: 우연희 전무, 국민호 상무",
        "en": "Deciders are: Woo Yeon-hui, Guk Min-ho",
    }[lang] in told
    path = lesson_folder / "responses" / "cap-moves.json"
    assert read_response(path, "cap-moves", "matching").tries[0].fraction < 0.3
