"""A submission read as a whole: the same for nbgrader's autograde and the kit's own grading."""

import json
import shutil

import pytest
import tiny

from b2bcourse.facts import Text
from b2bcourse.grading.put_down import put_down
from b2bcourse.grading.reading import grade_submission, read_submission
from b2bcourse.grading.seen import unseen
from b2bcourse.grading.standing import Standing, settled
from b2bcourse.grading.troubles import see, troubles_of, waiting

STUB = "여기에 답을 쓰십시오."
TEXT = "한결에게 먼저 갑니다."


def notebook(essay=STUB):
    made = json.loads(json.dumps(tiny.source_notebook()))
    made["cells"][-1]["source"] = essay
    return made


@pytest.fixture
def folder(tmp_path, keys):
    """The whole folder as a student hands it in, with the model's answers."""
    made = tmp_path / "submitted" / "ann" / "tiny"
    made.mkdir(parents=True)
    (made / "items").mkdir()
    (made / "items" / f"{tiny.CELLS}.json").write_text("{}", "utf-8")
    write(made / "tiny.ipynb", notebook())
    for item in (tiny.CELLS, tiny.BOTH):
        tiny.write_response(made, item, tiny.model_response(keys, item))
    return made


@pytest.fixture
def grade(keys, folder):
    def graded(released=None, **more):
        return grade_submission(
            keys,
            released or {"tiny": notebook()},
            folder,
            assignment="tiny",
            student="ann",
            lang="ko",
            **more,
        )

    return graded


def write(path, content):
    path.write_text(json.dumps(content), "utf-8")


def points(graded):
    return {item: marked.points for item, marked in graded.marks.items()}


def test_a_good_one_has_marks_and_no_troubles(grade):
    graded = grade()
    assert points(graded) == {tiny.CELLS: 10.0, tiny.BOTH: 6.0}
    assert (graded.troubles, graded.waiting) == ([], {})
    assert graded.notebooks["tiny"]["cells"] == notebook()["cells"]


def test_what_was_released_is_not_changed(grade, folder):
    write(folder / "tiny.ipynb", notebook(TEXT))
    released = {"tiny": notebook()}
    grade(released)
    assert released == {"tiny": notebook()}


def test_nothing_at_all_is_read_too(keys, tmp_path):
    graded = grade_submission(
        keys, {"tiny": notebook()}, tmp_path / "none", assignment="a", student="s", lang="en"
    )
    assert [trouble.what for trouble in graded.troubles] == ["unread"]
    assert tiny.ESSAY in graded.waiting


def test_without_keys_the_texts_are_read(folder):
    tiny.write_response(folder, tiny.ESSAY, {"value": {"text": TEXT}})
    read = read_submission(
        None, {"tiny": notebook()}, folder, assignment="a", student="s", lang="ko"
    )
    assert TEXT.rstrip(".") in read.notebooks["tiny"]["cells"][-1]["source"]


def test_a_fault_of_the_instructors_stops_its_item_alone(grade):
    graded = grade(faults={tiny.CELLS: Text("열쇠", "key")})
    assert graded.marks[tiny.CELLS].stopped
    assert "열쇠" not in graded.marks[tiny.CELLS].message
    assert graded.marks[tiny.BOTH].points == 6.0


class TestSeveralNotebooks:
    """An assignment of two notebooks; each file is known by its cells."""

    def released(self):
        one, other = notebook(), notebook()
        one["cells"] = one["cells"][:3]
        other["cells"] = other["cells"][3:]
        return {"one": one, "two": other}

    def test_names_that_changed_places_change_nothing(self, grade, folder):
        (folder / "tiny.ipynb").unlink()
        released = self.released()
        write(folder / "first.ipynb", released["two"] | {"cells": notebook(TEXT)["cells"][3:]})
        write(folder / "second.ipynb", released["one"])
        graded = grade(self.released())
        assert "갑니다" in graded.notebooks["two"]["cells"][-1]["source"]
        assert [t.waits for t in graded.troubles] == [False, False]

    def test_one_that_is_missing_is_graded_as_released(self, grade, folder):
        (folder / "tiny.ipynb").unlink()
        write(folder / "one.ipynb", self.released()["one"])
        graded = grade(self.released())
        assert graded.notebooks["two"]["cells"] == self.released()["two"]["cells"]
        assert points(graded) == {tiny.CELLS: 10.0, tiny.BOTH: 6.0}


class TestTwoOfOneNotebook:
    def test_texts_of_both_are_shown(self, grade, folder):
        write(folder / "tiny.ipynb", notebook("하나"))
        write(folder / "tiny-Copy1.ipynb", notebook("둘"))
        source = grade().notebooks["tiny"]["cells"][-1]["source"]
        assert "하나" in source
        assert "둘" in source

    def test_a_copy_that_says_nothing_else_is_not_told(self, grade, folder):
        shutil.copyfile(folder / "tiny.ipynb", folder / "tiny-Copy1.ipynb")
        assert grade().troubles == []

    def test_a_broken_one_beside_a_good_one_is_told_and_costs_nothing(self, grade, folder):
        write(folder / "tiny-Copy1.ipynb", notebook(TEXT))
        (folder / "tiny.ipynb").write_text("{", "utf-8")
        graded = grade()
        assert "unread" in [trouble.what for trouble in graded.troubles]
        assert "갑니다" in graded.notebooks["tiny"]["cells"][-1]["source"]


class TestAnswersElsewhere:
    def test_the_later_of_two_counts_whichever_folder_it_is_in(self, grade, folder, keys):
        wrong = tiny.response(keys, tiny.CELLS, {"cells": {}})
        other = folder / "responses (1)"
        other.mkdir()
        for time, expected in (("2026-12-01", 0.0), ("2026-01-01", 10.0)):
            write(other / f"{tiny.CELLS}.json", wrong | {"time": time})
            graded = grade()
            assert graded.marks[tiny.CELLS].points == expected
            assert [t.what for t in graded.troubles if t.waits] == ["unmatched"]
            assert tiny.CELLS in graded.waiting

    def test_the_same_answer_twice_is_not_told(self, grade, folder):
        shutil.copytree(folder / "responses", folder / "responses (1)")
        assert grade().troubles == []

    def test_a_readable_one_counts_where_the_one_in_its_place_is_broken(self, grade, folder):
        shutil.copytree(folder / "responses", folder / "responses (1)")
        (folder / "responses" / f"{tiny.CELLS}.json").write_text("{", "utf-8")
        graded = grade()
        assert graded.marks[tiny.CELLS].points == 10.0
        assert [t.what for t in graded.troubles if t.waits] == ["unread"]

    def test_a_broken_one_elsewhere_is_told(self, grade, folder):
        (folder / f"{tiny.CELLS} (1).json").write_text("{", "utf-8")
        assert [(t.what, t.item) for t in grade().troubles] == [("unread", tiny.CELLS)]


class TestWhatStands:
    """The gradebook's cell after grading, and after somebody has looked."""

    def test_points_as_nbgrader_gives_them(self, grade):
        now = Standing(10.0, waits=False)
        assert settled(tiny.CELLS, Standing(None, waits=False), now, grade(), ()) == now

    def test_a_stopped_item_keeps_what_it_had(self, grade):
        graded = grade(faults={tiny.CELLS: Text("", "")})
        for before in (Standing(7.0, waits=False), Standing(None, waits=True, manual=3.0)):
            assert settled(tiny.CELLS, before, Standing(0.0, waits=False), graded, ()) == before

    def test_a_stopped_item_without_any_waits(self, grade):
        graded = grade(faults={tiny.CELLS: Text("", "")})
        before = Standing(None, waits=False)
        after = settled(tiny.CELLS, before, Standing(0.0, waits=False), graded, ())
        assert after == Standing(None, waits=True)

    def test_an_unread_answer_waits_and_is_nothing_once_seen(self, grade, folder):
        (folder / "responses" / f"{tiny.CELLS}.json").write_text("{", "utf-8")
        graded, before, now = grade(), Standing(None, waits=False), Standing(0.0, waits=False)
        assert settled(tiny.CELLS, before, now, graded, {tiny.CELLS}) == Standing(None, waits=True)
        assert settled(tiny.CELLS, before, now, graded, ()) == Standing(0.0, waits=False)


class TestPutDown:
    def test_originals_are_kept_aside_byte_for_byte(self, grade, folder, tmp_path):
        path = folder / "responses" / f"{tiny.CELLS}.json"
        path.write_bytes(b'{"cut')
        [told] = put_down(tmp_path, "tiny", "ann", folder, grade().troubles)
        assert (tmp_path / told.kept).read_bytes() == b'{"cut'
        assert troubles_of(tmp_path, "tiny") == [(told, None)]

    def test_another_file_of_that_name_is_kept_beside_the_first(self, grade, folder, tmp_path):
        path = folder / "responses" / f"{tiny.CELLS}.json"
        for content in (b"{1", b"{2", b"{2"):
            path.write_bytes(content)
            put_down(tmp_path, "tiny", "ann", folder, grade().troubles)
        kept = tmp_path / "troubles" / "tiny" / "ann.kept" / "responses"
        assert sorted(path.read_bytes() for path in kept.iterdir()) == [b"{1", b"{2"]

    def test_what_was_seen_calls_nobody_until_it_changes(self, grade, folder, tmp_path):
        path = folder / "responses" / f"{tiny.CELLS}.json"
        path.write_bytes(b"{1")
        put_down(tmp_path, "tiny", "ann", folder, grade().troubles)
        assert unseen(tmp_path, "tiny", "ann", grade()) == {tiny.CELLS}
        see(tmp_path, "tiny", "ann", waiting(tmp_path, "tiny", "ann"), "kim")
        assert unseen(tmp_path, "tiny", "ann", grade()) == frozenset()
        path.write_bytes(b"{2")
        put_down(tmp_path, "tiny", "ann", folder, grade().troubles)
        assert unseen(tmp_path, "tiny", "ann", grade()) == {tiny.CELLS}

    def test_no_name_of_a_file_leads_out(self, folder, tmp_path):
        from b2bcourse.grading.put_down import keep_aside

        source = folder / "tiny.ipynb"
        kept = keep_aside(tmp_path, "tiny", "ann", source, "../../../x.ipynb")
        assert kept == "troubles/tiny/ann.kept/x.ipynb"
