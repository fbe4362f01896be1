"""A student's server and an instructor's course, through a real exchange."""

import json

import pytest
import tiny

from b2bcourse.learner.laid import Ledger
from b2bcourse.learner.working_copy import ASSIGNMENTS
from b2bcourse.serving.learner.exchange import Exchange, ExchangeDownError
from b2bcourse.serving.learner.hand_in import hand_in
from b2bcourse.serving.learner.home import home
from b2bcourse.serving.learner.pages import older

NAME = tiny.ASSIGNMENT


@pytest.fixture
def student(tmp_path, new, monkeypatch):
    """The folder of a student's server, whose settings name the course's exchange."""
    new.release()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    root = tmp_path / "student"
    root.mkdir()
    exchange, cache = str(new.exchange), str(tmp_path / "own cache")
    course = new.config.CourseDirectory.course_id
    (root / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = {course!r}\n"
        f"c.Exchange.root = {exchange!r}\nc.Exchange.cache = {cache!r}\n",
        "utf-8",
    )
    return root


@pytest.fixture
def exchange(student):
    return Exchange.configured(student)


def answered(course, folder):
    for item in course.items():
        tiny.write_response(folder, item, tiny.model_response(course.keys, item))


def state(exchange):
    row = home(exchange.root, "ko", exchange.assignments(), exchange.handed()).assignments[0]
    return row.state


def test_without_a_course_in_the_settings_there_is_no_exchange(tmp_path):
    assert Exchange.configured(tmp_path) is None


def test_what_is_released_waits_to_be_fetched(exchange):
    assert exchange.assignments() == [(NAME, None)]
    assert state(exchange) == "not fetched"


def test_what_was_fetched_may_come_alive(exchange, student):
    folder = exchange.fetch(NAME)
    assert folder == student / NAME
    assert all(Ledger.of_user().holds(path) for path in folder.glob("*.ipynb"))
    assert state(exchange) == "not begun"


def test_handed_in_it_is_with_the_teacher_and_again_it_is_the_later_one(exchange, new):
    folder = exchange.fetch(NAME)
    answered(new, folder)
    exchange.submit(NAME)
    first = exchange.handed()[NAME].when
    assert state(exchange) == "handed in"
    exchange.submit(NAME)
    assert exchange.handed()[NAME].when > first
    new.config.ExchangeCollect.check_owner = False
    new.ok(new.api.collect(NAME))
    (taken,) = (new.root / "submitted").glob(f"*/{NAME}")
    assert {path.stem for path in (taken / "responses").glob("*.json")} == set(new.items())


def test_what_was_saved_after_handing_in_is_told(exchange, new):
    folder = exchange.fetch(NAME)
    answered(new, folder)
    exchange.submit(NAME)
    assert hand_in(folder, exchange.handed()[NAME]).later == ()
    item = new.items()[0]
    path = folder / "responses" / f"{item}.json"
    content = json.loads(path.read_bytes()) | {"time": "2999-01-01T00:00:00+00:00"}
    path.write_text(json.dumps(content), "utf-8")
    told = hand_in(folder, exchange.handed()[NAME])
    assert told.later == tuple(one.title for one in told.items if one.item == item)


def test_feedback_comes_back_to_who_handed_in(exchange, new, student):
    folder = exchange.fetch(NAME)
    answered(new, folder)
    exchange.submit(NAME)
    assert not exchange.handed()[NAME].ready
    new.ok(new.api.collect(NAME))
    new.ok(new.autograde())
    new.feedback()
    new.ok(new.api.release_feedback(NAME))
    assert exchange.handed()[NAME].ready
    exchange.fetch_feedback(NAME)
    handed = exchange.handed()[NAME]
    assert not handed.ready
    assert "<html" in (student / handed.feedback).read_text("utf-8")
    assert state(exchange) == "feedback"


def test_an_exchange_that_says_no_is_told_in_its_own_words(exchange):
    with pytest.raises(ExchangeDownError, match="Assignment not found"):
        exchange.fetch("nothing-of-that-name")


def test_answers_of_an_older_copy_are_offered_until_there_are_own_ones(exchange, new, tmp_path):
    folder = exchange.fetch(NAME)
    before = tmp_path / "copy" / ASSIGNMENTS / NAME
    before.mkdir(parents=True)
    answered(new, before)
    found = older(tmp_path / "copy", NAME, folder)
    assert {path.stem for path in found} == set(new.items())
    tiny.write_response(folder, new.items()[0], tiny.model_response(new.keys, new.items()[0]))
    assert older(tmp_path / "copy", NAME, folder) == []
