"""A second look asked for after the due date: a sentence comes, answers and time stay."""

import datetime as dt
import hashlib
import json
import os
import shutil
import zipfile

import pytest
import tiny
from held import Course, write_essay

from b2bcourse.grading import second_looks
from b2bcourse.grading.essays import essay_of
from b2bcourse.grading.holding.dates import set_due
from b2bcourse.grading.holding.traces import traces
from b2bcourse.grading.opening import open_course
from b2bcourse.grading.records import records_of
from b2bcourse.grading.second_looks import Asked, Request, encoded
from b2bcourse.grading.troubles import troubles_of
from b2bcourse.report.reading import read_class

IN_TIME = "2026-11-22 05:03:11.000000 UTC"
AFTER = "2026-11-25 05:03:11.000000 UTC"
LATER_STILL = "2026-11-26 05:03:11.000000 UTC"
DUE = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC).replace(tzinfo=None)
NOW = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
SAID = "셋째 줄의 까닭을 다시 보아 주십시오."


@pytest.fixture
def course(tmp_path, repo):
    """Somebody has handed in before the due date."""
    made = Course(tmp_path, repo)
    made.generate()
    made.release()
    folder = made.submission("kim")
    write_essay(folder, "글입니다.")
    send(made, "kim", IN_TIME, folder)
    made.ok(made.api.collect(made.assignment))
    set_due(open_course(made.root), made.assignment, DUE)
    return made


def send(course, student, time, folder):
    """As nbgrader's submit puts a folder into the exchange."""
    home = course.exchange / course.root.name / "inbound"
    target = home / f"{student}+{course.assignment}+{time}+rnd"
    shutil.move(folder, target)
    (target / "timestamp.txt").write_text(time, "utf-8")
    (target / "submission_secret.txt").write_text(f"s{student}{time}", "utf-8")
    return target


def ask(course, tmp_path, items=None, time=AFTER, student="kim", data=None):
    folder = tmp_path / "asking"
    folder.mkdir()
    wanted = {tiny.CELLS: SAID} if items is None else items
    asked = {name: Asked(text) for name, text in wanted.items()}
    made = encoded(Request(course.assignment, asked)) if data is None else data
    (folder / second_looks.FILE).write_bytes(made)
    return send(course, student, time, folder)


def collect(course):
    """``nbgrader collect --update``."""
    course.ok(course.api.collect(course.assignment, update=True))


def bytes_in(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def handed_in(course, student="kim"):
    records = records_of(open_course(course.root), course.assignment)
    [record] = [each for each in records.students if each.student == student]
    return record


def asked(course, item=tiny.CELLS, student="kim"):
    seen = read_class(open_course(course.root), course.assignment, NOW)
    [pupil] = [each for each in seen.pupils if each.id == student]
    return pupil.answers[item].asked


def test_the_submission_its_time_and_its_lateness_stay_byte_for_byte(course, tmp_path):
    course.ok(course.autograde())
    before, record = bytes_in(course.folder("submitted", "kim")), handed_in(course)
    ask(course, tmp_path)
    collect(course)
    assert bytes_in(course.folder("submitted", "kim")) == before
    course.ok(course.autograde())
    after = handed_in(course)
    assert (after.handed_in, after.late, after.grades) == (
        record.handed_in,
        record.late,
        record.grades,
    )
    assert after.late == 0.0


def test_who_grades_sees_the_sentence_in_the_report_and_beside_the_essay(course, tmp_path):
    course.ok(course.autograde())
    ask(course, tmp_path, {tiny.CELLS: SAID, tiny.ESSAY: "둘째 문단입니다."})
    collect(course)
    assert asked(course) == SAID
    assert asked(course, tiny.ESSAY) == "둘째 문단입니다."
    assert asked(course, tiny.BOTH) is None
    found = essay_of(open_course(course.root), course.assignment, tiny.ESSAY, "kim")
    assert found.asked == "둘째 문단입니다."


@pytest.mark.parametrize("student", ["lee", "김나래"])
def test_a_request_without_any_submission_before_it_makes_none(course, tmp_path, student):
    ask(course, tmp_path, student=student)
    collect(course)
    assert not course.folder("submitted", student).exists()
    assert not (course.root / "submitted" / student).exists()
    said = second_looks.asked_of(course.root, course.assignment, student)
    assert said[tiny.CELLS][0].text == SAID


def test_it_stays_whatever_is_handed_in_or_asked_later(course, tmp_path):
    ask(course, tmp_path)
    collect(course)
    ask(course, tmp_path, {tiny.CELLS: "둘째 부탁"}, LATER_STILL)
    collect(course)
    collect(course)
    assert asked(course) == f"{SAID}\n둘째 부탁"
    folder = course.root / "again"
    shutil.copytree(course.folder("submitted", "kim"), folder)
    send(course, "kim", "2026-11-27 05:03:11.000000 UTC", folder)
    collect(course)
    assert asked(course) == f"{SAID}\n둘째 부탁"


def test_with_answers_beside_it_a_file_of_that_name_is_only_a_file(course, tmp_path):
    folder = tmp_path / "whole"
    shutil.copytree(course.folder("submitted", "kim"), folder)
    (folder / second_looks.FILE).write_bytes(encoded(Request("tiny", {tiny.CELLS: Asked("x")})))
    send(course, "kim", AFTER, folder)
    collect(course)
    stamp = course.folder("submitted", "kim") / "timestamp.txt"
    assert stamp.read_text("utf-8") == AFTER


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"assignment": 1}', b"\xff", b"[" * 100_000, b" " * 300_000]
)
def test_a_request_that_cannot_be_read_takes_no_answers_place_and_waits_for_a_person(
    course, tmp_path, data
):
    before = bytes_in(course.folder("submitted", "kim"))
    ask(course, tmp_path, data=data)
    collect(course)
    assert bytes_in(course.folder("submitted", "kim")) == before
    [trouble] = [each for each, _ in troubles_of(course.root, course.assignment)]
    assert (trouble.what, trouble.waits, trouble.student) == ("unread", True, "kim")
    assert (course.root / trouble.kept).read_bytes() == data


def test_a_link_in_its_place_is_not_followed(course, tmp_path):
    target = ask(course, tmp_path)
    (target / second_looks.FILE).unlink()
    (target / second_looks.FILE).symlink_to(course.root / "items" / f"{tiny.CELLS}.yaml")
    before = bytes_in(course.folder("submitted", "kim"))
    collect(course)
    assert bytes_in(course.folder("submitted", "kim")) == before
    [trouble] = [each for each, _ in troubles_of(course.root, course.assignment)]
    assert (trouble.what, trouble.kept) == ("unread", "")


def test_an_item_that_is_not_asked_is_told_and_the_rest_taken(course, tmp_path):
    ask(course, tmp_path, {"../keys": "x", "nothing-such": "y", tiny.CELLS: SAID})
    collect(course)
    said = second_looks.asked_of(course.root, course.assignment, "kim")
    assert list(said) == [tiny.CELLS]
    told = [each for each, _ in troubles_of(course.root, course.assignment)]
    assert [each.what for each in told] == ["unmatched", "unmatched"]
    assert not any(each.waits for each in told)


def test_of_a_sentence_without_end_and_with_odd_characters_a_bounded_plain_one_stays(
    course, tmp_path
):
    ask(course, tmp_path, {tiny.CELLS: "\u202e\x1b[2J" + "긴 말 " * 9_000})
    collect(course)
    said = asked(course)
    assert len(said) <= 500
    assert said.startswith("[2J긴 말")
    assert "\u202e" not in said


def test_a_request_under_anothers_name_is_refused(course, tmp_path):
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can be two users")
    target = ask(course, tmp_path, student="root")
    os.chown(target, 65534, 65534)
    collect(course)
    assert second_looks.asked_of(course.root, course.assignment, "root") == {}
    told = [each for each, _ in troubles_of(course.root, course.assignment)]
    assert [(each.student, each.what) for each in told] == [("root", "refused")]


def test_it_is_among_what_is_kept_of_a_person(course, tmp_path):
    ask(course, tmp_path)
    collect(course)
    found = [trace.place for trace in traces(open_course(course.root), "kim")]
    assert second_looks.path_of(course.root, course.assignment, "kim") in found


class TestFromAnLms:
    @pytest.fixture
    def archive(self, course):
        home = course.root / "downloaded" / course.assignment / "archive"
        home.mkdir(parents=True)
        return home

    def packed(self, course, path, *, answers=None):
        """The file that a student's page makes: the sentences, and the answers of the last one."""
        with zipfile.ZipFile(path, "w") as archive:
            request = Request(course.assignment, {tiny.CELLS: Asked(SAID)})
            archive.writestr(second_looks.FILE, encoded(request))
            if answers is not None:
                notebook = course.root / "release" / course.assignment / "tiny.ipynb"
                archive.write(notebook, "tiny.ipynb")
                archive.writestr(f"responses/{tiny.CELLS}.json", json.dumps(answers))

    def test_answers_that_are_here_stay_and_the_sentence_is_taken(self, course, archive):
        from test_safe_collect import zip_collect

        before = bytes_in(course.folder("submitted", "kim"))
        with course.api.gradebook as gradebook:
            gradebook.update_or_create_student("kim", lms_user_id="1187")
        path = archive / "kim_1187_2_tiny.second-look.b2b.zip"
        other = tiny.response(course.keys, tiny.CELLS, {"cells": {}})
        self.packed(course, path, answers=other)
        zip_collect(course)
        assert bytes_in(course.folder("submitted", "kim")) == before
        assert asked(course) == SAID

    def test_where_there_is_nothing_yet_the_answers_in_it_are_taken(self, course, archive):
        from test_safe_collect import zip_collect

        answers = tiny.response(course.keys, tiny.CELLS, {"cells": {}})
        self.packed(course, archive / "lee_2002_2_tiny.second-look.b2b.zip", answers=answers)
        zip_collect(course)
        names = set(bytes_in(course.folder("submitted", "2002")))
        assert names == {"tiny.ipynb", f"responses/{tiny.CELLS}.json"}
        assert asked(course, student="2002") == SAID

    def test_beside_a_whole_file_only_the_sentence_is_taken(self, course, archive):
        from test_safe_collect import zip_collect

        answers = tiny.response(course.keys, tiny.CELLS, {"cells": {}})
        self.packed(course, archive / "lee_2002_2_tiny.second-look.b2b.zip", answers=answers)
        with zipfile.ZipFile(archive / "lee_2002_1_tiny.b2b.zip", "w") as whole:
            whole.write(course.root / "release" / course.assignment / "tiny.ipynb", "tiny.ipynb")
        zip_collect(course)
        assert set(bytes_in(course.folder("submitted", "2002"))) == {"tiny.ipynb"}
        assert asked(course, student="2002") == SAID
