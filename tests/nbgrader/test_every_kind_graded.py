"""Every kind's samples get the same points from the pure function, typed, and from autograde."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from held import Course
from practice_bank import PRACTICE
from spelling import spelled

from b2bcourse.authoring.writing import new_assignment
from b2bcourse.context import bank_folder, read_index, released_face
from b2bcourse.facts import LANGS
from b2bcourse.items import ItemError, ResponseError, agreement, face_hash, kind_of
from b2bcourse.items.base import holds_answer
from b2bcourse.items.response import MAX_RESPONSE_BYTES, decode_response
from b2bcourse.responses import Store

BANK = {name: item for name, item in PRACTICE.items() if item.kind != "essay"}
ESSAY = "es-meeting"
POINTS = 10.0


def one_of_each() -> list[str]:
    """The first item of every kind and form in the bank that is graded by itself alone."""
    first: dict[tuple[str, str], str] = {}
    for name, item in BANK.items():
        form = getattr(item, "form", "") or ("evidence" if getattr(item, "evidence", False) else "")
        if not agreement.wanted(kind_of(item.kind).key(item)):
            first.setdefault((item.kind, form), name)
    return sorted(first.values())


CHOSEN = one_of_each()


def samples(item: str) -> list:
    return list(kind_of(BANK[item].kind).samples(BANK[item]))


MOST = max(len(samples(item)) for item in CHOSEN)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A class whose student n hands in the n-th sample of every item."""
    repo = tmp_path_factory.mktemp("kinds-repo")
    (repo / "solutions" / "items").mkdir(parents=True)
    files = []
    for item in CHOSEN:
        file = repo / "solutions" / "items" / f"{item}.yaml"
        shutil.copyfile(bank_folder() / file.name, file)
        files.append(file)
    for lang in LANGS:
        new_assignment("kinds", files, [POINTS] * len(files), repo / "solutions" / lang, lang)
    course = Course(tmp_path_factory.mktemp("kinds"), repo, assignment="kinds")
    course.generate()
    for number in range(MOST):
        folder = course.folder("submitted", f"s{number}")
        shutil.copytree(course.root / "release" / "kinds", folder)
        (folder / "responses").mkdir(exist_ok=True)
        for item in CHOSEN:
            given = samples(item)
            write(folder, item, given[number % len(given)].value)
    course.ok(course.autograde())
    return course


def write(folder: Path, item: str, value: object) -> None:
    """A response file as it would lie in a submission, whatever its value is."""
    face = kind_of(BANK[item].kind).face(BANK[item], "ko")
    response = {
        "schema": 1,
        "item": item,
        "kind": BANK[item].kind,
        "value": value,
        "revision": 1,
        "time": "2026-11-22T05:00:00+00:00",
        "face": face_hash(face),
    }
    text = json.dumps(response, ensure_ascii=False)
    assert len(text) < MAX_RESPONSE_BYTES
    (folder / "responses" / f"{item}.json").write_text(text, "utf-8")


@pytest.mark.parametrize("item", CHOSEN)
def test_autograde_gives_every_sample_its_points(graded: Course, item: str) -> None:
    for number, sample in enumerate(samples(item)):
        points = graded.points(f"s{number}")[item]
        if not is_read(graded, f"s{number}", item):
            assert points == (None if holds_answer(sample.value) else 0), sample.name
            continue
        assert points == pytest.approx(
            POINTS * sample.fraction, abs=POINTS * sample.tolerance + 1e-6
        ), sample.name


def is_read(course: Course, student: str, item: str) -> bool:
    """Whether a file is a response; what is none waits for a person if anything is in it."""
    path = course.folder("submitted", student) / "responses" / f"{item}.json"
    try:
        decode_response(path.read_bytes())
    except ResponseError:
        return False
    return True


@pytest.mark.parametrize("lang", LANGS)
def test_an_essay_goes_the_same_way_and_waits_for_a_person(lang: str, tmp_path: Path) -> None:
    repo = tmp_path / "repo"
    (repo / "solutions" / "items").mkdir(parents=True)
    file = repo / "solutions" / "items" / f"{ESSAY}.yaml"
    shutil.copyfile(bank_folder() / file.name, file)
    new_assignment("kinds", [file], [POINTS], repo / "solutions" / lang, lang)
    course = Course(tmp_path, repo, lang, assignment="kinds")
    course.generate()
    for student, value in (("ann", {"text": "one\ntwo"}), ("bob", {})):
        folder = course.folder("submitted", student)
        shutil.copytree(course.root / "release" / "kinds", folder)
        index = read_index(folder)
        assert index is not None
        Store(folder, released_face(folder, index, ESSAY)).save(value)
    course.ok(course.autograde())
    assert course.points("ann") == {ESSAY: None}
    assert course.points("bob") == {ESSAY: 0}
    assert "one<br>two" in course.said("ann")


TYPED = [item for item in CHOSEN if BANK[item].kind != "simulation"]
"""A game's lines are typed back turn by turn in tests/items/test_simulation_kind.py."""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("item", TYPED)
def test_a_typed_answer_gets_what_the_same_marks_get(item: str, lang: str, tmp_path: Path) -> None:
    kind = kind_of(BANK[item].kind)
    face, key = kind.face(BANK[item], lang), kind.key(BANK[item])
    for sample in samples(item):
        if sample.name.startswith("malformed") or not isinstance(sample.value, dict):
            continue
        marked_fraction = kind.score(face, key, sample.value).fraction
        try:
            typed = kind.parse(face, spelled(face, sample.value))
        except ResponseError:  # what cannot be typed must earn nothing when it is marked either
            assert marked_fraction == 0, sample.name
            continue
        store = Store(tmp_path, face)
        saved = store.save(kind.replacing(face, typed)).response
        assert saved is not None
        typed_fraction = kind.score(face, key, saved.value).fraction
        assert typed_fraction == pytest.approx(marked_fraction), sample.name


@pytest.mark.parametrize("item", CHOSEN)
def test_a_face_in_a_release_holds_no_key(graded: Course, item: str) -> None:
    released = graded.root / "release" / "kinds" / "items" / f"{item}.json"
    face = kind_of(BANK[item].kind).face(BANK[item], "ko")
    text = released.read_text("utf-8")
    assert json.loads(text)["id"] == face.id
    for word in ("required", "verdict", "reason", "solution", "misconception", "counts_as"):
        assert f'"{word}"' not in text


def test_a_kind_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("schema: 1\nid: x\nkind: riddle\n", "utf-8")
    with pytest.raises(ItemError, match="riddle"):
        new_assignment("a", [file], [], tmp_path, "ko")
