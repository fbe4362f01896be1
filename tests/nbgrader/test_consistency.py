"""The capstone's plan is graded against the student's own map, whoever runs the notebook."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import tiny
from held import Course

from b2bcourse.authoring.writing import new_assignment
from b2bcourse.context import bank_folder
from b2bcourse.facts import LANGS
from b2bcourse.items import face_hash, kind_of, load_item

ITEMS = ["cap-map", "cap-matrix", "cap-moves", "cap-visits", "cap-messages", "cap-value"]
POINTS = 10.0
STUDENTS = ("right", "other-map", "no-map", "broken-map", "nothing")


def response(item: str, value: object) -> dict[str, object]:
    """A response as the widget would have saved it."""
    authored = load_item(bank_folder() / f"{item}.yaml")
    face = kind_of(authored.kind).face(authored, "ko")
    return {
        "schema": 1,
        "item": item,
        "kind": authored.kind,
        "value": value,
        "revision": 1,
        "time": "2026-11-22T05:00:00+00:00",
        "face": face_hash(face),
    }


def model(item: str) -> dict[str, object]:
    authored = load_item(bank_folder() / f"{item}.yaml")
    kind = kind_of(authored.kind)
    return kind.model_answer(kind.face(authored, "ko"), kind.key(authored))


def other_map() -> dict[str, object]:
    """The right map, but for the buyer, who is taken for the one who decides."""
    key = kind_of("matching").key(load_item(bank_folder() / "cap-map.yaml"))
    slots = {card.card: slot for slot, card in key.cards.items()}
    value = model("cap-map")
    value["places"] |= {
        slots["pi"]: {"decider": 1},
        slots["woo"]: {"user": 1},
        slots["guk"]: {"user": 1},
    }
    return value


def hand_in(course: Course, student: str) -> None:
    folder = course.folder("submitted", student)
    shutil.copytree(course.root / "release" / course.assignment, folder)
    for item in ITEMS if student != "nothing" else ():
        tiny.write_response(folder, item, response(item, model(item)))
    map_file = folder / "responses" / "cap-map.json"
    if student == "other-map":
        tiny.write_response(folder, "cap-map", response("cap-map", other_map()))
    elif student == "no-map":
        map_file.unlink()
    elif student == "broken-map":
        map_file.write_text('{"schema": 1, "item": ', "utf-8")


def generated(factory: pytest.TempPathFactory, students: tuple[str, ...]) -> Course:
    """A course with these students' submissions."""
    repo = factory.mktemp("repo")
    files = []
    (repo / "solutions" / "items").mkdir(parents=True)
    for item in ITEMS:
        files.append(repo / "solutions" / "items" / f"{item}.yaml")
        shutil.copyfile(bank_folder() / f"{item}.yaml", files[-1])
    for lang in LANGS:
        new_assignment("plan", files, [POINTS] * len(files), repo / "solutions" / lang, lang)
    course = Course(factory.mktemp("course"), repo, assignment="plan")
    course.generate()
    for student in students:
        hand_in(course, student)
    return course


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A class graded by the kit's preprocessors."""
    course = generated(tmp_path_factory, STUDENTS)
    course.ok(course.autograde())
    return course


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A class graded by nbgrader's own Execute."""
    course = generated(tmp_path_factory, STUDENTS[:3])
    course.keep_execute()
    course.ok(course.autograde())
    return course


@pytest.fixture(params=["kit", "stock"])
def graded(request: pytest.FixtureRequest) -> Course:
    """Both of them, one after the other."""
    course: Course = request.getfixturevalue(request.param)
    return course


def test_right_answers_that_agree_get_full_marks(graded: Course) -> None:
    assert graded.points("right") == pytest.approx(dict.fromkeys(ITEMS, POINTS))


def test_a_right_plan_that_contradicts_ones_own_map_loses_the_share_for_agreement(
    graded: Course,
) -> None:
    points = graded.points("other-map")
    assert 0 < points["cap-map"] < POINTS
    assert POINTS * 0.7 <= points["cap-moves"] < POINTS
    assert points["cap-value"] == pytest.approx(POINTS * (0.7 + 0.3 * 2 / 3))
    assert points["cap-messages"] == pytest.approx(POINTS)
    assert "결정권자로 본 사람: 피재훈 대리" in graded.autograded("other-map")


def test_without_a_map_only_that_share_is_lost(graded: Course) -> None:
    points = graded.points("no-map")
    assert points["cap-map"] == 0
    assert points["cap-moves"] == pytest.approx(POINTS * 0.7)
    assert points["cap-visits"] == pytest.approx(POINTS * 0.8)
    assert points["cap-messages"] == pytest.approx(POINTS)
    assert "«달무리유업의 지도»에 읽을 수 있는 답이 없어" in graded.autograded("no-map")


def test_a_broken_map_waits_counts_as_none_elsewhere_and_stops_nothing(kit: Course) -> None:
    assert kit.points("broken-map") == {**kit.points("no-map"), "cap-map": None}


def test_nothing_handed_in_is_worth_nothing(kit: Course) -> None:
    assert set(kit.points("nothing").values()) == {0.0}


def test_feedback_names_ones_own_answers_and_no_reason_of_the_key(kit: Course) -> None:
    kit.feedback("other-map")
    page = re.sub(r"\s+", " ", kit.page("other-map"))
    assert "승낙을 구하는 사람: 우연희 전무, 국민호 상무" in page
    item = load_item(Path(kit.root) / "items" / "cap-moves.yaml")
    for rule in item.consistent:
        assert rule.reason.ko not in page
