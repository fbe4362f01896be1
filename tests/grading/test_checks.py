"""The instructor's side, checked before the first submission is touched."""

import json
import shutil

import pytest
import tiny

from b2bcourse.grading.checks import faults_of
from b2bcourse.grading.course import copy_items
from b2bcourse.grading.keys import Keys, KeysError
from b2bcourse.grading.release import index_bytes, index_of
from b2bcourse.items import face_bytes


@pytest.fixture
def course(tmp_path, repo):
    """Keys of the test's own, and a release made from them."""
    items, release = tmp_path / "items", tmp_path / "release"
    copy_items(repo / "solutions", items, "ko")
    (release / "items").mkdir(parents=True)
    keys = Keys(items)
    ids = [tiny.CELLS, tiny.BOTH, tiny.ESSAY]
    (release / "items" / "index.json").write_bytes(index_bytes(index_of(keys, "tiny", ids)))
    for item in ids:
        (release / "items" / f"{item}.json").write_bytes(face_bytes(keys.asked(item).face))
    return items, release


@pytest.fixture
def faults(course):
    def found(notebook=None):
        items, release = course
        return faults_of(Keys(items), {"tiny": notebook or plain()}, release)

    return found


def plain():
    return json.loads(json.dumps(tiny.source_notebook()))


def change(course, item, old, new):
    path = course[0] / f"{item}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_where_all_is_well_there_is_none(faults):
    assert faults() == {}


def test_a_missing_key_names_its_file(course, faults):
    (course[0] / f"{tiny.CELLS}.yaml").unlink()
    [(item, told)] = faults().items()
    assert item == tiny.CELLS
    assert f"{tiny.CELLS}.yaml" in told.en


def test_a_typo_names_the_field(course, faults):
    change(course, tiny.CELLS, "counts_as: [cfo]", "counts_az: [cfo]")
    assert "counts_az" in faults()[tiny.CELLS].en


def test_an_essay_whose_rubric_cannot_be_used_is_told_too(course, faults):
    change(course, tiny.ESSAY, "points_share: 1.0", "points_share: 0.4")
    assert list(faults()) == [tiny.ESSAY]


def test_an_essay_of_the_instructors_own_needs_no_key(course, faults):
    (course[0] / f"{tiny.ESSAY}.yaml").unlink()
    assert faults() == {}


@pytest.mark.parametrize("points", ["ten", None, -1, float("nan"), float("inf"), True])
def test_points_must_be_a_number(faults, points):
    notebook = plain()
    notebook["cells"][2]["metadata"]["nbgrader"]["points"] = points
    assert list(faults(notebook)) == [tiny.CELLS]


def test_a_question_that_asks_something_else_is_told(course, faults):
    change(course, tiny.CELLS, "- id: sora", "- id: sorah")
    assert "asks something else" in faults()[tiny.CELLS].en


def test_a_title_or_a_reason_may_be_put_better(course, faults):
    change(course, tiny.CELLS, "작은 회사의 네 사람", "작은 회사의 사람 넷")
    change(course, tiny.CELLS, "counts_as: [cfo]", "counts_as: [finance]")
    assert faults() == {}


def test_a_release_that_is_gone_or_damaged_tells_nothing_of_its_own(course, faults):
    items, release = course
    (release / "items" / "index.json").write_text("{", "utf-8")
    assert faults() == {}
    shutil.rmtree(release)
    assert faults_of(Keys(items), {"tiny": plain()}, None) == {}


def test_without_a_language_nothing_can_be_graded(course, faults):
    (course[0] / "course.json").unlink()
    with pytest.raises(KeysError, match=r"course\.json"):
        faults()
