"""A due date means what the instructor said; more time can be given before anything is there."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import tiny

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.holding.dates import dates_of, extend, local, set_due, when, zone_named
from b2bcourse.grading.holding.extensions import (
    FILE,
    extension,
    extensions,
    extensions_of,
    forget,
    grant,
)
from b2bcourse.grading.holding.roster import Named, take_in


def _utc(*parts):
    """A time as nbgrader keeps it: in UTC, without a zone."""
    return dt.datetime(*parts, tzinfo=dt.UTC).replace(tzinfo=None)


SEOUL = ZoneInfo("Asia/Seoul")
DUE = _utc(2026, 12, 7, 14, 59)
LATER = _utc(2026, 12, 9, 9)


class TestATime:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("2026-12-07", DUE),
            ("2026-12-07 23:59", DUE),
            (" 2026-12-07T18:00 ", _utc(2026, 12, 7, 9)),
            ("2026-12-07 18:00+00:00", _utc(2026, 12, 7, 18)),
            ("2026-12-07 18:00+09:00", _utc(2026, 12, 7, 9)),
        ],
    )
    def test_it_is_told_in_the_instructors_zone_and_kept_in_utc(self, said, meant):
        assert when(said, SEOUL) == meant

    @pytest.mark.parametrize("said", ["tomorrow", "7.12.2026", "2026-13-01", ""])
    def test_what_cannot_be_read_is_refused_with_an_example(self, said):
        with pytest.raises(GradingError, match="2026-12-07"):
            when(said, SEOUL)

    def test_it_is_told_with_its_zone(self):
        assert local(DUE, SEOUL) == "2026-12-07 23:59 KST"

    def test_an_unknown_zone_is_refused(self):
        assert zone_named("") is None
        with pytest.raises(GradingError, match="Asia/Seoul"):
            zone_named("Asia/Soul")


class TestADueDate:
    def test_it_is_set_shown_and_taken_back(self, course):
        set_due(course, tiny.ASSIGNMENT, DUE)
        assert [(each.assignment, each.due) for each in dates_of(course)] == [("tiny", DUE)]
        set_due(course, tiny.ASSIGNMENT, None)
        assert dates_of(course)[0].due is None

    def test_a_slip_of_the_pen_makes_no_second_assignment(self, course):
        with pytest.raises(GradingError, match="There are: tiny"):
            set_due(course, "tinny", DUE)
        with course.gradebook() as gradebook:
            assert gradebook.assignments == []


class TestAnExtension:
    @pytest.fixture
    def with_ann(self, course):
        take_in(course, [Named("ann")])
        set_due(course, tiny.ASSIGNMENT, DUE)
        return course

    def test_it_can_be_granted_before_anything_is_handed_in(self, with_ann):
        extend(with_ann, tiny.ASSIGNMENT, "ann", LATER)
        assert dates_of(with_ann)[0].extensions == {"ann": LATER}
        with with_ann.gradebook() as gradebook:
            assert gradebook.find_assignment(tiny.ASSIGNMENT).submissions == []

    def test_who_has_handed_in_has_it_at_once_and_loses_it_when_it_is_taken_back(self, with_ann):
        with with_ann.gradebook() as gradebook:
            gradebook.add_submission(tiny.ASSIGNMENT, "ann", timestamp=LATER)
        extend(with_ann, tiny.ASSIGNMENT, "ann", LATER)
        assert late(with_ann, "ann") == 0
        extend(with_ann, tiny.ASSIGNMENT, "ann", None)
        assert late(with_ann, "ann") == (LATER - DUE).total_seconds()

    def test_it_keeps_its_hour_when_the_due_date_moves(self, with_ann):
        with with_ann.gradebook() as gradebook:
            gradebook.add_submission(tiny.ASSIGNMENT, "ann", timestamp=LATER)
        extend(with_ann, tiny.ASSIGNMENT, "ann", LATER)
        set_due(with_ann, tiny.ASSIGNMENT, DUE - dt.timedelta(days=3))
        assert late(with_ann, "ann") == 0
        set_due(with_ann, tiny.ASSIGNMENT, LATER + dt.timedelta(days=3))
        assert late(with_ann, "ann") == 0

    def test_an_unknown_student_is_refused(self, with_ann):
        with pytest.raises(GradingError, match="is not in the gradebook"):
            extend(with_ann, tiny.ASSIGNMENT, "anne", LATER)

    def test_what_is_no_later_is_refused(self, with_ann):
        with pytest.raises(GradingError, match="Name a later time"):
            extend(with_ann, tiny.ASSIGNMENT, "ann", DUE)

    def test_where_nothing_is_due_nothing_is_extended(self, with_ann):
        set_due(with_ann, tiny.ASSIGNMENT, None)
        with pytest.raises(GradingError, match="Set one first"):
            extend(with_ann, tiny.ASSIGNMENT, "ann", LATER)


class TestTheFileOfExtensions:
    def test_what_is_granted_is_read_again(self, tmp_path):
        grant(tmp_path, "a1", "ann", LATER)
        grant(tmp_path, "a2", "ann", LATER)
        grant(tmp_path, "a1", "가람", DUE)
        assert extensions_of(tmp_path, "a1") == {"ann": LATER, "가람": DUE}
        forget(tmp_path, "ann")
        assert extensions(tmp_path) == {"a1": {"가람": DUE}}

    def test_a_broken_one_is_told_by_name(self, tmp_path):
        (tmp_path / FILE).write_text("{", "utf-8")
        with pytest.raises(GradingError, match=FILE):
            extensions_of(tmp_path, "a1")

    def test_nothing_due_or_nothing_later_is_no_extension(self):
        assert extension(None, LATER) is None
        assert extension(LATER, DUE) is None
        assert extension(DUE, LATER) == LATER - DUE


def late(course, student):
    with course.gradebook() as gradebook:
        return gradebook.find_submission(tiny.ASSIGNMENT, student).total_seconds_late
