"""One learner, two copies: what was tried in either language counts in both, each answer stays."""

import pytest

from b2bcourse.context import MANIFEST
from b2bcourse.items.response import Response, Try, encode_response
from b2bcourse.learner.both import has_other, other_copy, tries_of_both

ITEM = "dmp-meaning"


@pytest.fixture
def copies(tmp_path):
    for lang in ("ko", "en"):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / MANIFEST).write_text("{}", "utf-8")
    return tmp_path


def tried(copy, day, fraction=1.0, item=ITEM):
    when = f"2026-11-{day:02d}T09:00:00+00:00"
    path = copy / "responses" / f"{item}.json"
    path.parent.mkdir(exist_ok=True)
    one = Response(2, item, "choice", {}, 1, when, "", tries=(Try(when, fraction),))
    path.write_bytes(encode_response(one))
    return path


def test_the_tries_of_both_stand_in_the_order_of_time(copies):
    tried(copies / "ko", 9, 1.0)
    tried(copies / "en", 2, 0.5)
    for lang in ("ko", "en"):
        assert [one.fraction for one in tries_of_both(copies / lang)[ITEM]] == [0.5, 1.0]


def test_no_answer_goes_from_one_to_the_other(copies):
    path = tried(copies / "ko", 9)
    before = path.read_bytes()
    assert has_other(copies / "en")
    assert not has_other(copies / "ko")
    assert path.read_bytes() == before
    assert not (copies / "en" / "responses").exists()


def test_a_folder_beside_that_is_no_copy_is_nobodys(copies):
    tried(copies / "ko", 9)
    (copies / "ko" / MANIFEST).unlink()
    assert other_copy(copies / "en") is None
    assert tries_of_both(copies / "en") == {}
    assert tries_of_both(copies / "ko").keys() == {ITEM}, "a copy of one's own needs no other"


def test_a_copy_of_another_name_has_its_own_alone(tmp_path):
    folder = tmp_path / "mine (1)"
    folder.mkdir()
    (folder / MANIFEST).write_text("{}", "utf-8")
    assert other_copy(folder) is None
