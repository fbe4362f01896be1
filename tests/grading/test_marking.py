"""What a graded cell says beside its points."""

import json
import shutil

import pytest
import tiny
from msgspec.structs import replace

from b2bcourse.context import bank_folder, practice_item
from b2bcourse.course_files import renamed, solutions_root
from b2bcourse.grading import answers
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.marking import mark
from b2bcourse.items import choice, face_hash
from b2bcourse.items.standing import meaning


def marked(tmp_path, item, value, lang="en"):
    """The mark of one answer to a bank item that is held as a graded one."""
    items, folder = tmp_path / "items", tmp_path / "submitted"
    items.mkdir()
    folder.mkdir()
    (items / "course.json").write_text(json.dumps({"schema": 1, "lang": lang}), "utf-8")
    shutil.copyfile(bank_folder() / f"{item}.yaml", items / f"{item}.yaml")
    keys = Keys(items)
    tiny.write_response(folder, item, tiny.response(keys, item, value))
    return mark(keys, item, folder, 10)


def test_what_a_plan_is_worth_is_not_called_right(tmp_path):
    text = marked(tmp_path, "al-visits", {"numbers": {"a": {"visits": 1}}}).text
    assert "9 million won 2 of 10 points." in text


def test_a_count_of_marks_is(tmp_path):
    right = choice.key(practice_item("ch-risks")).right[0]
    text = marked(tmp_path, "ch-risks", {"chosen": {right: 1}}).text
    assert "1 / 2 right." in text


def test_a_file_that_the_disk_will_not_give_is_told_and_waits_for_a_person(tmp_path, monkeypatch):
    def refuse(*_args):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(answers, "read_answer", refuse)
    found = marked(tmp_path, "ch-risks", {"chosen": {"x": "y"}})
    assert (found.points, found.waiting) == (0, True)
    assert "cannot be opened (the disk fails)" in found.message


def course_with(tmp_path, item):
    """The keys of a course that holds one of the kit's own graded items, and a student's folder."""
    items, folder = tmp_path / "items", tmp_path / "submitted"
    items.mkdir()
    folder.mkdir()
    (items / "course.json").write_text(json.dumps({"schema": 1, "lang": "ko"}), "utf-8")
    shutil.copyfile(solutions_root() / "items" / f"{item}.yaml", items / f"{item}.yaml")
    return Keys(items), folder


def answered(keys, name, **changes):
    """What an older release saved of a right answer."""
    question = keys.question(name)
    value = question.kind.model_answer(question.face, question.key)
    return tiny.response(keys, name, value) | changes


def test_the_first_line_names_the_exercise_and_the_points(tmp_path):
    found = marked(tmp_path, "ch-risks", {"chosen": {"bankrupt": 1}})
    title = Keys(tmp_path / "items").question("ch-risks").face.title
    assert found.message.startswith(f"{title}: ")


@pytest.mark.parametrize("item", ["matrix-people", "value-cold", "matrix-folders", "steps-road"])
def test_an_answer_saved_under_the_items_old_name_counts(tmp_path, item):
    keys, folder = course_with(tmp_path, item)
    [old] = renamed().older(item)
    face = replace(keys.question(item).face, id=old)
    tiny.write_response(folder, old, answered(keys, item, item=old, face=face_hash(face)))
    assert mark(keys, item, folder, 10).points == 10


def test_one_saved_under_another_items_name_does_not(tmp_path):
    keys, folder = course_with(tmp_path, "matrix-people")
    tiny.write_response(folder, "a2-people", answered(keys, "matrix-people", item="a2-week"))
    assert mark(keys, "matrix-people", folder, 10).points == 0


class TestAnOlderFace:
    """Its hash differs; whether the answer is still one to the exercise, its ids must tell."""

    def test_where_the_ids_meant_the_same_nothing_is_lost_and_nothing_said(self, tmp_path):
        keys, folder = course_with(tmp_path, "value-cold")
        says = meaning(keys.question("value-cold").face)
        content = answered(keys, "value-cold", schema=2, face="0" * 64, meaning=says)
        tiny.write_response(folder, "value-cold", content)
        found = mark(keys, "value-cold", folder, 10)
        assert (found.points, found.waiting) == (10, False)
        assert len(found.message.splitlines()) == 1

    def test_where_they_meant_something_else_it_waits(self, tmp_path):
        keys, folder = course_with(tmp_path, "matrix-people")
        content = answered(keys, "matrix-people", schema=2, face="0" * 64, meaning="0" * 64)
        tiny.write_response(folder, "matrix-people", content)
        found = mark(keys, "matrix-people", folder, 10)
        assert (found.points, found.waiting) == (0, True)
        assert "아직 채점하지 않았습니다" in found.message
        assert "<table" in found.html

    def test_where_its_ids_are_no_more_it_is_shown_as_it_lies_on_disk(self, tmp_path):
        keys, folder = course_with(tmp_path, "matrix-people")
        gone = {"cells": {"a-row-of-before": {"<b>": 1}}}
        content = answered(keys, "matrix-people", schema=2, face="0" * 64, meaning="0" * 64)
        tiny.write_response(folder, "matrix-people", content | {"value": gone})
        found = mark(keys, "matrix-people", folder, 10)
        assert found.waiting
        assert json.loads(found.text) == gone
        assert found.html.startswith("<pre>")
        assert "&lt;b&gt;" in found.html

    def test_without_a_digest_a_matrix_whose_ids_all_exist_is_graded(self, tmp_path):
        keys, folder = course_with(tmp_path, "matrix-people")
        content = answered(keys, "matrix-people", face="0" * 64)
        tiny.write_response(folder, "matrix-people", content)
        assert mark(keys, "matrix-people", folder, 10).points == 10

    def test_without_a_digest_options_wait_for_a_person(self, tmp_path):
        keys, folder = course_with(tmp_path, "value-cold")
        tiny.write_response(folder, "value-cold", answered(keys, "value-cold", face="0" * 64))
        assert mark(keys, "value-cold", folder, 10).waiting

    def test_an_empty_one_is_simply_not_answered(self, tmp_path):
        keys, folder = course_with(tmp_path, "value-cold")
        content = answered(keys, "value-cold", face="0" * 64, value={"chosen": {}})
        tiny.write_response(folder, "value-cold", content)
        found = mark(keys, "value-cold", folder, 10)
        assert not found.waiting
        assert "답하지 않았습니다" in found.message


def test_an_answer_that_breaks_the_score_stops_no_run_and_is_told(tmp_path, monkeypatch):
    keys, folder = course_with(tmp_path, "matrix-people")
    tiny.write_response(folder, "matrix-people", answered(keys, "matrix-people"))

    def break_down(*_args, **_options):
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(keys.question("matrix-people").kind, "score", break_down)
    found = mark(keys, "matrix-people", folder, 10)
    assert found.points == 0
    assert "강사에게 알리십시오" in found.message
    assert "ZeroDivisionError" in found.trouble


class TestFilesThatCannotBeUsed:
    """Where an answer may be, a person looks; where none can be, that is said."""

    @pytest.fixture
    def handed(self, tmp_path):
        keys, folder = course_with(tmp_path, "matrix-people")

        def write(data):
            path = folder / "responses" / "matrix-people.json"
            path.parent.mkdir()
            if data is not None:
                path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
            return mark(keys, "matrix-people", folder, 10)

        write.keys, write.folder = keys, folder
        return write

    def test_one_of_a_newer_release_waits(self, handed):
        found = handed(answered(handed.keys, "matrix-people", schema=99))
        assert (found.points, found.waiting) == (0, True)
        assert "99" in found.message

    def test_one_of_a_newer_release_in_another_form_waits_too(self, handed):
        found = handed({"schema": 99, "item": "matrix-people", "kind": "matrix"})
        assert (found.points, found.waiting) == (0, True)

    def test_nothing_handed_in_is_not_answered(self, handed):
        found = handed(None)
        assert (found.points, found.waiting) == (0, False)
        assert "답하지 않았습니다" in found.message

    @pytest.mark.parametrize("data", [b"", {"value": {}}, {"value": {"cells": {}}}])
    def test_an_empty_file_or_answer_waits_for_nobody(self, handed, data):
        found = handed(data)
        assert (found.points, found.waiting) == (0, False)

    @pytest.mark.parametrize("data", [b"{", b"[]", b"\xff\xfe", b'{"value": {"cells": 3}'])
    def test_one_that_may_hold_an_answer_waits(self, handed, data):
        found = handed(data)
        assert (found.points, found.waiting) == (0, True)

    def test_a_link_is_no_answer(self, handed, tmp_path):
        place = handed.folder / "responses"
        place.mkdir()
        (place / "matrix-people.json").symlink_to(tmp_path / "items" / "course.json")
        found = mark(handed.keys, "matrix-people", handed.folder, 10)
        assert (found.points, found.waiting) == (0, False)

    def test_one_that_goes_while_it_is_scored_waits_without_being_shown(self, handed, monkeypatch):
        read, times = answers.read_answer, []

        def once(*args, **options):
            times.append(1)
            if len(times) > 1:
                raise OSError(5, "Input/output error")
            return read(*args, **options)

        def break_down(*_args, **_options):
            raise ZeroDivisionError("by nothing")

        monkeypatch.setattr(answers, "read_answer", once)
        monkeypatch.setattr(handed.keys.question("matrix-people").kind, "score", break_down)
        found = handed(answered(handed.keys, "matrix-people"))
        assert (found.points, found.waiting, found.html) == (0, True, "")
