"""The due date that students read is the gradebook's, wherever an assignment lies for them."""

import datetime as dt
import json
import shutil

import pytest
import tiny
from nbgrader.apps import NbGraderAPI

from b2bcourse.grading.holding.dates import extend, set_due
from b2bcourse.grading.holding.due_file import FILE, due_in
from b2bcourse.grading.holding.handout import for_students
from b2bcourse.grading.holding.roster import Named, take_in
from b2bcourse.grading.opening import open_course

DUE = dt.datetime(2026, 12, 7, 14, 59, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 12, 9, 9, tzinfo=dt.UTC)


def naive(when):
    return when.replace(tzinfo=None)


@pytest.fixture
def out(tmp_path, make_course):
    """A course with an exchange of its own."""
    return make_course(exchange=tmp_path / "exchange")


def released(course):
    api = NbGraderAPI(config=course.config)
    for step in (api.generate_assignment, api.release_assignment):
        done = step(tiny.ASSIGNMENT)
        assert done["success"], done
    return outbound(course)


def outbound(course):
    home = course.root.parent / "exchange" / course.directory.course_id / "outbound"
    return home / tiny.ASSIGNMENT


def test_a_release_says_when_it_is_due(out):
    set_due(out, tiny.ASSIGNMENT, naive(DUE))
    folder = released(out)
    assert due_in(folder) == DUE
    assert due_in(out.folder("release", tiny.ASSIGNMENT)) == DUE
    assert (folder / "items" / FILE).stat().st_mode & 0o444 == 0o444


def test_without_a_due_date_there_is_no_file(out):
    folder = released(out)
    assert due_in(folder) is None
    assert not (folder / "items" / FILE).exists()


def test_a_date_that_is_set_moved_or_taken_back_reaches_what_has_been_handed_out(out):
    folder = released(out)
    for due in (DUE, LATER, None):
        assert set_due(out, tiny.ASSIGNMENT, due and naive(due)) == []
        assert due_in(folder) == due


def test_a_date_changed_elsewhere_is_told_at_the_next_collect(out):
    folder = released(out)
    with out.gradebook() as gradebook:
        gradebook.update_or_create_assignment(tiny.ASSIGNMENT, duedate=naive(DUE))
        gradebook.db.commit()
    NbGraderAPI(config=out.config).collect(tiny.ASSIGNMENT)
    assert due_in(folder) == DUE


def test_more_time_for_one_is_told_to_nobody_else(out):
    folder = released(out)
    set_due(out, tiny.ASSIGNMENT, naive(DUE))
    take_in(out, [Named("secret-ann")])
    before = sorted((path, path.read_bytes()) for path in folder.rglob("*") if path.is_file())
    extend(out, tiny.ASSIGNMENT, "secret-ann", naive(LATER))
    set_due(out, tiny.ASSIGNMENT, naive(DUE))
    NbGraderAPI(config=out.config).collect(tiny.ASSIGNMENT)
    after = sorted((path, path.read_bytes()) for path in folder.rglob("*") if path.is_file())
    assert after == before


def test_an_exchange_that_cannot_be_written_is_told_with_its_folder(out, monkeypatch):
    folder = released(out)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("b2bcourse.grading.holding.published.put", refuse)
    stale = set_due(out, tiny.ASSIGNMENT, naive(DUE))
    assert (folder / "items", "Permission denied") in stale


def test_the_archive_for_an_lms_says_it_too(course, tmp_path):
    done = NbGraderAPI(config=course.config).generate_assignment(tiny.ASSIGNMENT)
    assert done["success"], done
    set_due(course, tiny.ASSIGNMENT, naive(DUE))
    made = for_students(open_course(course.root), tmp_path / "out", assignments=[tiny.ASSIGNMENT])
    shutil.unpack_archive(made.folder / f"{tiny.ASSIGNMENT}.zip", tmp_path / "there")
    assert due_in(tmp_path / "there" / tiny.ASSIGNMENT) == DUE


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"due": "soon"}', '{"schema": 2, "due": "2026-12-07T00:00:00Z"}']
)
def test_what_cannot_be_read_is_no_due_date(tmp_path, text):
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / FILE).write_text(text, "utf-8")
    assert due_in(tmp_path) is None


def test_a_time_with_another_zone_is_the_same_moment(tmp_path):
    (tmp_path / "items").mkdir()
    told = {"due": "2026-12-07T23:59:00+09:00", "schema": 1}
    (tmp_path / "items" / FILE).write_text(json.dumps(told), "utf-8")
    assert due_in(tmp_path) == DUE
