"""Times on a feedback page."""

import datetime as dt
import time

import pytest

from b2bcourse.grading.feedback.times import day, late_by, when


@pytest.fixture
def _in_seoul(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_in_seoul")
def test_a_time_is_told_on_the_clock_of_who_makes_the_page_with_its_zone():
    utc = dt.datetime(2026, 11, 27, 13, 40)  # noqa: DTZ001 - as nbgrader keeps it
    assert when(utc, "ko") == "11월 27일 22:40 KST"
    assert when(utc, "en") == "27 Nov 22:40 KST"
    assert day(utc, "ko") == "11월 27일"
    assert day(utc, "en") == "27 Nov"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(1, "1분"), (61, "2분"), (3600, "1시간"), (3601, "2시간"), (86400, "1일"), (90000, "2일")],
)
def test_how_late_is_told_in_the_largest_unit_and_what_is_begun_counts(seconds, told):
    assert late_by(seconds, "ko") == told
