"""What a notebook's cells call: a sentence where something is wrong, never a traceback."""

import ast
import json

import pytest
from practice_bank import PRACTICE as EVERY

import b2bcourse as b2b
from b2bcourse.context import bank_folder
from b2bcourse.facts import benefits
from b2bcourse.items import face_bytes, face_hash, kind_of, load_item
from b2bcourse.items.base import Outcome
from b2bcourse.items.response import decode_response
from b2bcourse.items.words import NOTES
from b2bcourse.widgets.base import PROTOCOL
from b2bcourse.widgets.exercise import Exercise

KIND = kind_of("matrix")
BANK = {name: item for name, item in EVERY.items() if item.kind == "matrix"}


@pytest.fixture
def saved(notebook_folder):
    """The value of the response on disk."""

    def saved(item="mx-cells"):
        return decode_response((notebook_folder / "responses" / f"{item}.json").read_bytes())

    return saved


@pytest.fixture
def assignment(notebook_folder, write_index, lang):
    """A folder as a student fetches it, with one graded item."""
    face = KIND.face(BANK["mx-cells"], lang)
    entry = {"kind": "matrix", "face": "mx-cells.json", "hash": face_hash(face)}
    write_index(notebook_folder, lang, "a2", {"mx-cells": entry})
    (notebook_folder / "items" / "mx-cells.json").write_bytes(face_bytes(face))
    return notebook_folder


class TestPractice:
    @pytest.mark.usefixtures("lesson_folder")
    @pytest.mark.parametrize("item", EVERY)
    def test_every_item_of_the_bank_opens(self, lang, item):
        exercise = b2b.practice(item)
        assert isinstance(exercise, Exercise)
        assert exercise.view.mode == "practice"
        assert exercise.view.face["lang"] == lang
        assert exercise.view.face["title"] == EVERY[item].title[lang]

    def test_opening_writes_nothing(self, lesson_folder):
        b2b.practice("mx-cells")
        assert [path.name for path in lesson_folder.iterdir()] == ["items"]

    @pytest.mark.usefixtures("lesson_folder")
    def test_run_all_does_not_wipe_an_answer(self, saved):
        b2b.respond("mx-cells", {"tech": ["CTO"]})
        before = saved()
        assert b2b.practice("mx-cells").value == before.value
        assert saved() == before

    @pytest.mark.usefixtures("lesson_folder")
    def test_no_key_is_in_what_the_browser_gets(self, lang):
        state = json.dumps(
            b2b.practice("mx-small-firm").view.get_state(), default=str, ensure_ascii=False
        )
        for column in BANK["mx-small-firm"].columns:
            assert column.reason[lang] not in state
        assert "counts_as" not in state


class TestAnswer:
    @pytest.mark.usefixtures("assignment")
    def test_a_released_item_opens_without_check_and_key(self, lang):
        exercise = b2b.answer("mx-cells")
        assert exercise.view.mode == "answer"
        assert exercise.face == KIND.face(BANK["mx-cells"], lang)
        assert exercise._item is None
        assert exercise._hints == ()

    @pytest.mark.parametrize("parent", ["ko", "en"])
    def test_in_an_authors_folder_it_previews_and_writes_nothing(
        self, tmp_path, monkeypatch, parent
    ):
        folder = tmp_path / parent / "a2"
        folder.mkdir(parents=True)
        (tmp_path / "items").mkdir()
        authored = (bank_folder() / "mx-cells.yaml").read_bytes()
        (tmp_path / "items" / "mx-cells.yaml").write_bytes(authored)
        monkeypatch.chdir(folder)
        monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
        exercise = b2b.answer("mx-cells")
        assert exercise.view.mode == "preview"
        assert exercise.face.lang == parent
        patch = {"cells": {"tech": {"cto": 1}}}
        exercise.view._handle_custom_msg(
            {"p": PROTOCOL, "do": "change", "n": 1, "patch": patch}, []
        )
        assert list(folder.iterdir()) == []

    @pytest.mark.usefixtures("assignment")
    def test_an_item_of_another_assignment_is_told(self, lang, capsys):
        assert b2b.answer("a9-other") is None
        told = {
            "ko": "여기에 없는 문제입니다: «a9-other». 있는 문제: mx-cells",
            "en": "There is no exercise «a9-other» here. There are: mx-cells",
        }
        assert capsys.readouterr().out.strip() == told[lang]


ESSAY = """
schema: 1
id: my-essay
kind: essay
title: {ko: 글, en: essay}
task: {ko: 쓰십시오., en: Write.}
words: {min: 50, max: 90}
rubric: [{id: a, points_share: 1.0, criterion: {ko: 첫째, en: first}, levels: []}]
grader_notes: {ko: 메모, en: note}
model: {ko: 모범, en: model}
"""


class TestWhatGoesWrong:
    """Every verb says a sentence in the notebook's language and returns nothing."""

    @pytest.fixture
    def one_sentence(self, capsys, lang):
        def check(call, *args):
            assert call(*args) is None
            printed = capsys.readouterr()
            assert printed.err == "", "stderr would cost all points under nbgrader"
            assert "Traceback" not in printed.out
            assert len(printed.out.strip().splitlines()) == 1
            assert any("가" <= letter <= "힣" for letter in printed.out) == (lang == "ko")
            return printed.out

        return check

    @pytest.mark.usefixtures("lesson_folder")
    @pytest.mark.parametrize("item", ["nope", "", "../x", 5, None, ["mx-cells"], {"a": 1}])
    def test_an_unknown_item(self, one_sentence, item):
        for call in (b2b.practice, b2b.answer, b2b.template):
            one_sentence(call, item)
        one_sentence(b2b.respond, item, {})

    @pytest.mark.usefixtures("lesson_folder")
    def test_an_unknown_figure(self, one_sentence):
        for name in ("nope", "", "../x", None, 3):
            one_sentence(b2b.figure, name)

    def test_a_damaged_index(self, lesson_folder, one_sentence, monkeypatch, lang):
        (lesson_folder / "items" / "index.json").write_text("{")
        monkeypatch.setenv("B2BCOURSE_LANG", lang)
        assert "index.json" in one_sentence(b2b.answer, "mx-cells")
        assert "index.json" in one_sentence(b2b.respond, "mx-cells", {})

    def test_a_damaged_face(self, assignment, one_sentence):
        (assignment / "items" / "mx-cells.json").write_bytes(b"{}")
        assert "mx-cells" in one_sentence(b2b.answer, "mx-cells")
        one_sentence(b2b.template, "mx-cells")

    @pytest.mark.parametrize(
        "value",
        [
            None,
            [],
            "CFO",
            {"tech": ["Grand Wizard"]},
            {"glory": []},
            {"tech": {"CTO": 9}},
            {"tech": {"CTO": object()}},
            {"tech": {"CTO": 10**5000}},
            {"tech": 3},
            {3: ["CTO"]},
            {"tech": ["\ud800"]},
        ],
        ids=[
            "nothing",
            "a list",
            "a text",
            "unknown person",
            "unknown benefit",
            "mark 9",
            "an object",
            "a huge number",
            "a number",
            "row 3",
            "half a character",
        ],
    )
    def test_an_answer_that_is_none(self, lesson_folder, one_sentence, value):
        one_sentence(b2b.respond, "mx-cells", value)
        assert not (lesson_folder / "responses").exists()

    def test_a_folder_that_cannot_be_written(self, lesson_folder, one_sentence):
        (lesson_folder / "responses").write_text("in the way")
        one_sentence(b2b.respond, "mx-cells", {"tech": ["CTO"]})

    def test_an_essay_that_is_too_long(self, essay_assignment, one_sentence):
        assert "20001" in one_sentence(b2b.respond, "my-essay", "x" * 20_001)
        assert not (essay_assignment / "responses").exists()


@pytest.fixture
def essay_assignment(notebook_folder, write_index, lang, tmp_path):
    """A folder as a student fetches it, with one essay that a person grades."""
    path = tmp_path / "my-essay.yaml"
    path.write_text(ESSAY, encoding="utf-8")
    face = kind_of("essay").face(load_item(path), lang)
    entry = {"kind": "essay", "face": "my-essay.json", "hash": face_hash(face)}
    write_index(notebook_folder, lang, "a2", {"my-essay": entry})
    (notebook_folder / "items" / "my-essay.json").write_bytes(face_bytes(face))
    return notebook_folder


class TestGradedEssay:
    """An essay of an assignment is answered like any other exercise."""

    @pytest.mark.usefixtures("essay_assignment")
    def test_its_field_opens_and_tells_what_it_is_graded_by(self, lang):
        exercise = b2b.answer("my-essay")
        assert exercise.view.mode == "answer"
        assert exercise.view.face["criteria"] == ("첫째" if lang == "ko" else "first",)

    @pytest.mark.usefixtures("essay_assignment")
    def test_it_is_answered_in_text_too(self, saved, lang, capsys):
        b2b.respond("my-essay", "one\n\ntwo")
        assert saved("my-essay").value == {"text": "one\n\ntwo", "self": {}}
        b2b.template("my-essay")
        printed = capsys.readouterr().out
        assert "b2b.respond('my-essay'" in printed
        assert ("첫째" if lang == "ko" else "first") in printed

    def test_an_author_sees_it_before_a_release(self, tmp_path, monkeypatch, lang):
        folder = tmp_path / lang / "a2"
        folder.mkdir(parents=True)
        (tmp_path / "items").mkdir()
        (tmp_path / "items" / "my-essay.yaml").write_text(ESSAY, encoding="utf-8")
        monkeypatch.chdir(folder)
        monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
        assert b2b.answer("my-essay").view.mode == "preview"


class TestRespond:
    @pytest.mark.usefixtures("lesson_folder")
    @pytest.mark.parametrize(
        "typed",
        [
            {"첨단 기술": ["CTO", "연구소장"]},
            {"Advanced technology": ["cto", "Research head"]},
            {"tech": {"chief technology officer": 1, "head of R&D": 1}},
        ],
    )
    def test_names_of_either_language_are_understood(self, saved, typed):
        b2b.respond("mx-cells", typed)
        assert saved().value["cells"] == {"tech": {"cto": 1, "rnd_head": 1}}

    @pytest.mark.usefixtures("lesson_folder")
    def test_every_alias_of_every_person_is_understood(self, saved):
        for member in benefits().members:
            b2b.respond("mx-cells", {"tech": dict.fromkeys(member.aliases, 1)})
            assert saved().value["cells"] == {"tech": {member.id: 1}}

    @pytest.mark.usefixtures("lesson_folder")
    def test_a_new_answer_takes_the_old_ones_place(self, saved):
        b2b.respond("mx-cells", {"tech": ["CTO"], "quality": ["COO"]})
        b2b.respond("mx-cells", {"tech": ["CIO"]})
        assert saved().value["cells"] == {"tech": {"cio": 1}}

    @pytest.mark.usefixtures("lesson_folder")
    def test_a_first_guess_is_kept_and_judged_at_the_end_of_the_lesson(self, saved, lang, capsys):
        b2b.respond("mx-warmup", {"on_time": ["PM"]})
        b2b.respond("mx-warmup", {"on_time": ["PM"]})
        assert NOTES.guess_kept[lang] in capsys.readouterr().out
        assert saved("mx-warmup").tries, "kept, though nothing is said of it"
        guess = b2b.practice("mx-warmup")
        said = guess._check({})["feedback"]
        assert (said["stage"], said["parts"], said["big"]) == ("kept", {}, "")
        last = b2b.practice("mx-pairs")
        last._save({}, tried=Outcome(1, ()))
        assert guess._check({})["feedback"]["stage"] == "whole"
        b2b.respond("mx-warmup", {"on_time": ["PM"]})
        assert NOTES.guess_kept[lang] not in capsys.readouterr().out

    @pytest.mark.usefixtures("lesson_folder")
    def test_with_the_answer_it_is_told_when_it_comes_back(self, lang):
        exercise = b2b.practice("mx-scm")
        exercise._save({}, tried=Outcome(0.2, ()))
        told = exercise._answer({})["told"]
        assert (
            told
            == {
                "ko": "이 문제가 묻는 것은 내일 다시 나옵니다.",
                "en": "What this exercise asks comes back tomorrow.",
            }[lang]
        )
        long = b2b.practice("mx-both")  # which no review asks
        long._save({}, tried=Outcome(0.2, ()))
        assert long._answer({})["told"] == ""

    @pytest.mark.usefixtures("lesson_folder")
    def test_practice_tells_the_reasons_and_counts_the_try(self, saved, lang, capsys):
        b2b.practice("mx-pairs")._save({}, tried=Outcome(1, ()))  # the lesson is behind her
        b2b.respond("mx-warmup", {"on_time": ["PM"]})
        reason = next(i.reason for i in benefits().benefit("on_time").members if i.member == "pm")
        assert reason[lang] not in capsys.readouterr().out, "not after a first failed try"
        b2b.respond("mx-warmup", {"on_time": ["PM", "CFO"]})
        assert reason[lang] in capsys.readouterr().out
        assert len(saved("mx-warmup").tries) == 2

    @pytest.mark.usefixtures("assignment")
    def test_a_graded_answer_is_saved_and_not_judged(self, saved, lang, capsys):
        b2b.respond("mx-cells", {"on_time": ["PM"]})
        printed = capsys.readouterr().out
        assert saved().value["cells"] == {"on_time": {"pm": 1}}
        assert saved().face == face_hash(KIND.face(BANK["mx-cells"], lang))
        for interest in benefits().benefit("on_time").members:
            assert interest.reason[lang] not in printed
        assert saved().tries == ()

    @pytest.mark.usefixtures("lesson_folder")
    @pytest.mark.parametrize("item", BANK)
    def test_the_printed_form_can_be_copied_filled_in_and_handed_in(
        self, saved, lang, capsys, item
    ):
        b2b.template(item)
        call = ast.parse(capsys.readouterr().out).body[0].value
        assert ast.unparse(call.func) == "b2b.respond"
        name, form = map(ast.literal_eval, call.args)
        face = KIND.face(BANK[item], lang)
        model = KIND.model_answer(face, KIND.key(BANK[item]))
        b2b.respond(name, fill_in(face, form, model))
        assert saved(item).tries[-1].fraction == 1.0


def fill_in(face, form, model):
    """The form with the model answer's names at its places, in the order it prints them."""
    slots = face.columns if face.form == "right" else face.rows
    people = {c.id: c.name for c in (*face.columns, *face.text_columns, *face.column_choices)}
    benefit = {c.id: c.name for c in face.row_choices}

    def one(slot):
        named = {
            people[model["columns"].get(column, column)]: mark
            for column, mark in model["cells"].get(slot, {}).items()
        }
        return {
            "cells": lambda: named,
            "both": lambda: {benefit[model["rows"][slot]]: named},
            "left": lambda: benefit[model["rows"][slot]],
            "right": lambda: people[model["columns"][slot]],
        }[face.form]()

    return {name: one(slot.id) for name, slot in zip(form, slots, strict=True)}


def test_the_package_offers_the_verbs_and_nothing_else():
    assert sorted(b2b.__all__) == [
        "again",
        "answer",
        "debrief",
        "figure",
        "gain",
        "more",
        "practice",
        "progress",
        "respond",
        "template",
        "test",
        "today",
    ]
    for verb in b2b.__all__:
        assert getattr(b2b, verb).__doc__


class TestAVersionSetAside:
    """Who answers by typing is told of it too, and sees it: it can be typed again."""

    def test_it_is_printed_with_its_sentence(self, lesson_folder, lang, saved, capsys):
        names = {"ko": {"첨단 기술": ["CTO"]}, "en": {"Advanced technology": ["CTO"]}}
        b2b.respond("mx-cells", names[lang])
        path = lesson_folder / "responses" / "mx-cells.json"
        content = json.loads(path.read_bytes()) | {"face": "0" * 64, "meaning": "0" * 64}
        path.write_text(json.dumps(content), "utf-8")
        capsys.readouterr()
        b2b.respond("mx-cells", {})
        told = capsys.readouterr().out
        assert {"ko": "따로 두었습니다", "en": "set aside"}[lang] in told
        assert "CTO" in told
        assert saved().kept[0].value == content["value"]


def test_a_lesson_copied_within_a_working_copy_keeps_its_answers_and_says_where_they_are(
    lesson_folder, lang, monkeypatch
):
    (lesson_folder / ".b2bcourse.json").write_text("{}", "utf-8")
    b2b.respond("mx-cells", {"tech": ["CTO"]})
    copied = lesson_folder / "copy (1)"
    copied.mkdir()
    monkeypatch.chdir(copied)
    exercise = b2b.practice("mx-cells")
    assert exercise.face.lang == lang
    assert exercise.value["cells"] == {"tech": {"cto": 1}}
    assert str(lesson_folder) in exercise.view.notes[0]
    assert not (copied / "responses").exists()


NEAREST = {"ko": "비슷한 이름: {}", "en": "Nearest: {}"}


class TestMistyped:
    """A wrong name is told with the nearest, and a wrong shape with an example of the right one."""

    @pytest.mark.parametrize(
        ("call", "near"),
        [
            (lambda: b2b.practice("mx-cels"), "mx-cells"),
            (lambda: b2b.template("mx-cels"), "mx-cells"),
            (lambda: b2b.respond("mx-cels", {}), "mx-cells"),
            (lambda: b2b.figure("benefit_matrix"), "benefit-matrix"),
            (lambda: b2b.more("02-decision-unt"), "02-decision-unit"),
            (lambda: b2b.test("pree"), "pre"),
        ],
        ids=["practice", "template", "respond", "figure", "more", "test"],
    )
    @pytest.mark.usefixtures("lesson_folder")
    def test_the_nearest_name_is_told(self, lang, capsys, call, near):
        assert call() is None
        assert NEAREST[lang].format(near) in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("item", "typed", "near"),
        [
            ("mx-cells", {"Cost savng": ["CFO"]}, {"ko": "", "en": "Cost saving"}),
            ("or-ten-steps", ["Negotiatoin"], {"ko": "", "en": "Negotiation"}),
            ("ma-flow", {"가치제인": [1]}, {"ko": "가치제안", "en": ""}),
        ],
        ids=["matrix", "ordering", "matching"],
    )
    @pytest.mark.usefixtures("lesson_folder")
    def test_so_is_the_nearest_row_or_card(self, lang, capsys, item, typed, near):
        b2b.respond(item, typed)
        assert near[lang] in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("item", "typed"),
        [
            ("mx-cells", 3),
            ("mx-cells", {"tech": 3}),
            ("mx-both", {"r1": 3}),
            ("or-ten-steps", 3),
            ("ma-flow", 3),
            ("ch-pilots", {"a": 1}),
            ("al-portfolio", 3),
            ("al-schedule", 3),
            ("es-meeting", 3),
            ("sim-tutorial", 3),
        ],
    )
    @pytest.mark.usefixtures("lesson_folder")
    def test_a_wrong_shape_is_told_with_an_example_that_can_be_read(self, capsys, item, typed):
        b2b.respond(item, typed)
        told = capsys.readouterr().out
        assert f"b2b.respond('{item}', " in told
        example = ast.literal_eval(told[told.index(f"'{item}', ") + len(item) + 4 :].strip()[:-1])
        capsys.readouterr()
        b2b.respond(item, example)
        assert "b2b.respond(" not in capsys.readouterr().out


def test_a_question_of_a_test_that_is_answered_by_typing_keeps_its_reasons_to_itself(
    lesson_folder, capsys, lang
):
    from b2bcourse.context import practice_item
    from b2bcourse.facts.lessons import form, gains
    from b2bcourse.responses import histories

    item = practice_item(form(gains(), "pre")[0])
    for option in item.options:
        b2b.respond(item.id, option.text[lang])
    told = capsys.readouterr().out
    assert item.options[0].text[lang] in told
    assert not [one for one in item.options if one.reason[lang] in told]
    assert len(histories(lesson_folder)[item.id]) == len(item.options)
