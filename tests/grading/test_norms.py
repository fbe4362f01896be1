"""A student's own game is searched for once, and its norm lies beside the course from then on."""

import json

import pytest

from b2bcourse import simulation as sim
from b2bcourse.grading import norms
from b2bcourse.grading.norms import FILE, norms_beside
from b2bcourse.simulation import reference

SEED = 9_876


@pytest.fixture(autouse=True)
def _nothing_searched(monkeypatch):
    monkeypatch.setattr(reference, "_SEARCHED", {})


@pytest.fixture
def count(monkeypatch):
    """How often a norm is searched for."""
    found = []
    search = reference.norm
    monkeypatch.setattr(reference, "norm", lambda *what: found.append(what) or search(*what))
    return found


def points():
    return sim.points(sim.begin("tutorial", SEED))


def a_new_run(monkeypatch):
    monkeypatch.setattr(reference, "_SEARCHED", {})


def test_the_next_run_searches_no_more(tmp_path, monkeypatch, count):
    with norms_beside(tmp_path):
        first = points()
    a_new_run(monkeypatch)
    with norms_beside(tmp_path):
        assert points() == first
    assert len(count) == 1
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_a_dry_run_writes_nothing(tmp_path):
    with norms_beside(tmp_path, write=False):
        points()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "torn",
    [b"", b"{", b'{"version": "0", "norms": {}}', b'{"version": 1}', b"\xff" * 9, b"[]"],
)
def test_a_file_that_is_torn_foreign_or_older_is_made_anew(tmp_path, monkeypatch, torn, count):
    with norms_beside(tmp_path):
        first = points()
    whole = json.loads((tmp_path / FILE).read_bytes())
    (tmp_path / FILE).write_bytes(torn)
    a_new_run(monkeypatch)
    with norms_beside(tmp_path):
        assert points() == first
    assert len(count) == 2
    assert json.loads((tmp_path / FILE).read_bytes()) == whole


def test_what_cannot_be_written_is_searched_for_again(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(norms, "put", full)
    with norms_beside(tmp_path):
        assert points()
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_was_stopped_leaves_what_it_found(tmp_path):
    def stopped():
        with norms_beside(tmp_path):
            points()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert (tmp_path / FILE).is_file()


def test_a_scenario_that_was_changed_has_other_norms(tmp_path, monkeypatch, count):
    with norms_beside(tmp_path):
        points()
        monkeypatch.setattr(reference, "_digest", lambda _name: "changed")
        points()
    assert len(count) == 2
