"""A course read for the report: the gradebook for points, what was handed in for answers."""

import datetime as dt

import pytest
import tiny
from classes import NOW, utc

from b2bcourse.facts import Text
from b2bcourse.grading import troubles
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.opening import open_course
from b2bcourse.grading.records import records_of
from b2bcourse.report.reading import read_class
from b2bcourse.report.scores import scores

WHEN = utc(2026, 11, 27, 14, 0)
HALF = {"cells": {"quality": {"miru": 1}}}


def read(held, assignment=tiny.ASSIGNMENT):
    return read_class(open_course(held.root), assignment, NOW)


def pupil(seen, name):
    return next(each for each in seen.pupils if each.id == name)


def hand_in(held, student, **answers):
    full = {tiny.CELLS: held.model(tiny.CELLS), tiny.BOTH: held.model(tiny.BOTH)}
    held.collect(student, full | answers)


def test_the_gradebooks_points_count(held):
    hand_in(held, "kim")
    held.grade("kim", {tiny.CELLS: 9.0, tiny.BOTH: 6.0}, WHEN, essay=5.0)
    found = pupil(read(held), "kim").answers
    assert [found[item].points for item in tiny.POINTS] == [9.0, 6.0, 5.0]
    assert [found[item].waits for item in tiny.POINTS] == [False, False, False]


def test_an_answer_that_todays_key_gives_other_points_is_told(held):
    hand_in(held, "kim")
    held.grade("kim", {tiny.CELLS: 9.0, tiny.BOTH: 6.0}, WHEN)
    found = pupil(read(held), "kim").answers
    assert [found[item].moved for item in tiny.POINTS] == [True, False, False]


def test_an_essay_that_nobody_read_has_no_points_and_is_left_out_of_sums(held):
    for student, essay in (("kim", 5.0), ("lee", None)):
        hand_in(held, student)
        held.grade(student, {tiny.CELLS: 10.0, tiny.BOTH: 6.0}, WHEN, essay=essay)
    seen = read(held)
    assert pupil(seen, "lee").answers[tiny.ESSAY].points is None
    assert [one.id for one in seen.counted] == [tiny.CELLS, tiny.BOTH]
    assert (seen.maximum, [one.id for one in seen.left_out]) == (16.0, [tiny.ESSAY])


def test_what_was_collected_and_not_graded_is_scored_by_the_same_key(held):
    hand_in(held, "kim")
    found = pupil(read(held), "kim").answers
    assert [found[item].points for item in (tiny.CELLS, tiny.BOTH)] == [10.0, 6.0]
    assert found[tiny.ESSAY].waits


@pytest.mark.parametrize(
    ("content", "state"),
    [('{"schema": 1, "it', "unread"), (None, "blank"), ({"cells": {}}, "scored")],
)
def test_what_could_be_done_with_an_answer_is_told(held, content, state):
    hand_in(held, "kim")
    path = held.root / "submitted" / "kim" / tiny.ASSIGNMENT / "responses" / f"{tiny.CELLS}.json"
    path.unlink()
    if content is not None:
        held.collect("kim", {tiny.CELLS: content})
    held.grade("kim", {tiny.CELLS: 0.0, tiny.BOTH: 6.0}, WHEN)
    answer = pupil(read(held), "kim").answers[tiny.CELLS]
    assert answer.state == state


def test_an_unreadable_answer_has_no_points_until_it_is_graded_or_seen(held):
    hand_in(held, "kim", **{tiny.CELLS: "{"})
    assert pupil(read(held), "kim").answers[tiny.CELLS].points is None
    held.grade("kim", {tiny.CELLS: None, tiny.BOTH: 6.0}, WHEN)
    with held.gradebook() as gradebook:
        waiting = gradebook.find_grade(tiny.CELLS, tiny.ASSIGNMENT, tiny.ASSIGNMENT, "kim")
        waiting.needs_manual_grade = True
        gradebook.db.commit()
    answer = pupil(read(held), "kim").answers[tiny.CELLS]
    assert (answer.state, answer.points, answer.waits) == ("unread", None, True)


def test_report_and_export_say_what_the_gradebook_holds_of_a_seen_answer(held):
    hand_in(held, "kim", **{tiny.CELLS: "{"})
    held.grade("kim", {tiny.CELLS: 0.0, tiny.BOTH: 6.0}, WHEN, essay=5.0)  # as «seen» leaves it
    answer = pupil(read(held), "kim").answers[tiny.CELLS]
    (score,) = scores(records_of(open_course(held.root), tiny.ASSIGNMENT))
    assert (answer.points, answer.waits) == (0.0, False)
    assert (score.items[tiny.CELLS], score.total) == (0.0, 11.0)


def test_what_a_person_must_still_look_at_is_no_number_in_report_and_export(held):
    hand_in(held, "kim")
    held.grade("kim", {tiny.CELLS: 10.0, tiny.BOTH: 6.0}, WHEN, essay=5.0)
    with held.gradebook() as gradebook:
        called = gradebook.find_grade(tiny.CELLS, tiny.ASSIGNMENT, tiny.ASSIGNMENT, "kim")
        called.needs_manual_grade = True
        gradebook.db.commit()
    (score,) = scores(records_of(open_course(held.root), tiny.ASSIGNMENT))
    assert pupil(read(held), "kim").answers[tiny.CELLS].points is None
    assert (score.items[tiny.CELLS], score.total) == (None, None)


def test_a_person_who_has_judged_an_unreadable_answer_is_believed(held):
    hand_in(held, "kim", **{tiny.CELLS: "{"})
    held.grade("kim", {tiny.CELLS: 0.0, tiny.BOTH: 6.0}, WHEN)
    with held.gradebook() as gradebook:
        found = gradebook.find_grade(tiny.CELLS, tiny.ASSIGNMENT, tiny.ASSIGNMENT, "kim")
        found.manual_score = 4.0
        gradebook.db.commit()
    assert pupil(read(held), "kim").answers[tiny.CELLS].points == 4.0


def test_who_is_enrolled_and_handed_nothing_in_is_seen(held):
    held.enrol("park", first_name="도윤", last_name="박")
    seen = read(held)
    assert [(each.name, each.handed_in) for each in seen.pupils] == [("박도윤", False)]
    assert seen.due == dt.datetime(2026, 11, 27, 23, 59, tzinfo=NOW.tzinfo)


def test_the_assignment_before_and_the_last_trace_are_known(held):
    held.hold("aaa-first", due=utc(2026, 11, 1))
    held.grade("kim", {tiny.CELLS: 5.0, tiny.BOTH: 3.0}, utc(2026, 10, 30), "aaa-first", 4.0)
    seen = read(held)
    assert seen.before == "aaa-first"
    assert pupil(seen, "kim").before == pytest.approx(12 / 24)
    assert pupil(seen, "kim").trace.assignment == "aaa-first"


def test_a_wish_for_a_second_look_is_read_of_answers_and_essays(held):
    for item in (tiny.CELLS, tiny.ESSAY):
        value = held.model(tiny.CELLS) if item == tiny.CELLS else {"text": "글", "self": {}}
        file = tiny.response(held.keys, item, value) | {
            "schema": 2,
            "second_look": {"time": "2026-11-28T00:00:00+00:00", "text": "다시 보아 주십시오"},
        }
        folder = held.root / "submitted" / "kim" / tiny.ASSIGNMENT
        folder.mkdir(parents=True, exist_ok=True)
        tiny.write_response(folder, item, file)
    found = pupil(read(held), "kim").answers
    assert found[tiny.CELLS].asked == found[tiny.ESSAY].asked == "다시 보아 주십시오"
    assert found[tiny.BOTH].asked is None


def test_troubles_that_nobody_has_seen_are_counted(held):
    made = [
        troubles.Trouble(
            student="kim",
            what="unread",
            file=name,
            found=Text("", name),
            done=Text("", ""),
            todo=Text("", ""),
        )
        for name in ("a", "b")
    ]
    troubles.record(held.root, tiny.ASSIGNMENT, "kim", "collect", made)
    troubles.see(held.root, tiny.ASSIGNMENT, "kim", made[:1], "me")
    held.collect("kim", {})
    seen = read(held)
    assert seen.troubles == (1, 2)
    assert pupil(seen, "kim").troubles == 1


def test_an_assignment_that_there_is_not_is_refused(held):
    with pytest.raises(GradingError):
        read(held, "nothing")


def test_a_key_that_cannot_be_used_is_named_and_nothing_is_reported(held):
    path = held.root / "items" / f"{tiny.CELLS}.yaml"
    path.write_text(path.read_text("utf-8").replace("form: cells", "form: celz"), "utf-8")
    with pytest.raises(GradingError, match="celz"):
        read(held)


def test_an_assignment_is_called_by_its_first_heading(held):
    assert read(held).title == "과제"


def test_hostile_responses_stop_nobodys_report(held):
    deep = "[" * 100_000
    for number, content in enumerate([deep, "\x00", '{"value": NaN}', "[]", '{"schema": 1e999}']):
        hand_in(held, f"s{number}", **{tiny.CELLS: content})
    outside = held.root.parent / "secret.json"
    outside.write_text("{}")
    folder = held.collect("link", {})
    (folder / "responses").mkdir()
    (folder / "responses" / f"{tiny.CELLS}.json").symlink_to(outside)
    seen = read(held)
    assert {each.answers[tiny.CELLS].state for each in seen.present} == {"unread"}
