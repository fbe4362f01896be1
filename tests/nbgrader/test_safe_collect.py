"""Collecting from an exchange in which students can put anything."""

import shutil

import pytest
import tiny
from held import Course

from b2bcourse.grading.leaks.search import find_leaks, read_secrets


@pytest.fixture(scope="module")
def collected(tmp_path_factory, repo):
    """Handed in past nbgrader's own submit, straight into the exchange."""
    course = Course(tmp_path_factory.mktemp("collect"), repo)
    course.generate()
    course.release()
    for name in ("link", "broken", "bare", "huge", "zoe"):
        hand_in(course, name)
    link = inbound(course, "link")
    (link / "mine.html").symlink_to(course.root / "items" / f"{tiny.CELLS}.yaml")
    (link / "keys").symlink_to(course.root / "items")
    (inbound(course, "broken") / "gone").symlink_to("/nowhere")
    (inbound(course, "broken") / "timestamp.txt").write_text("long ago", "utf-8")
    (inbound(course, "bare") / "tiny.ipynb").unlink()
    (inbound(course, "bare") / "submission_secret.txt").unlink()
    with (inbound(course, "huge") / "big.bin").open("wb") as file:
        file.truncate(60_000_000)
    course.ok(course.api.collect(course.assignment))
    course.ok(course.autograde())
    course.feedback()
    course.ok(course.api.release_feedback(course.assignment))
    return course


def inbound(course, name):
    time = "2026-11-22 05:03:11.000000 UTC"
    return course.exchange / course.root.name / "inbound" / f"{name}+{tiny.ASSIGNMENT}+{time}+rnd"


def hand_in(course, name):
    folder = course.submission(name)
    shutil.move(folder, inbound(course, name))
    (inbound(course, name) / "timestamp.txt").write_text("2026-11-22 05:03:11.000000 UTC", "utf-8")
    (inbound(course, name) / "submission_secret.txt").write_text("s" + name, "utf-8")


def test_a_link_to_the_keys_is_left_behind(collected, repo):
    secrets = read_secrets(repo / "solutions")
    assert not (collected.folder("submitted", "link") / "mine.html").exists()
    published = collected.exchange / collected.root.name / "feedback"
    assert find_leaks(published, secrets, released=False) == []
    assert sorted(published.iterdir())


@pytest.mark.parametrize("name", ["link", "broken", "bare", "zoe"])
def test_everyone_is_graded(collected, name):
    assert collected.points(name)[tiny.CELLS] == 10.0


def test_a_missing_notebook_is_put_in_as_released(collected):
    assert (collected.folder("submitted", "bare") / "tiny.ipynb").is_file()


def test_an_unreadable_time_is_taken_from_the_exchange(collected):
    stamp = collected.folder("submitted", "broken") / "timestamp.txt"
    assert stamp.read_text("utf-8").startswith("2026-11-22")


def test_too_large_a_submission_does_not_stop_the_others(collected):
    assert not (collected.folder("submitted", "huge") / "big.bin").exists()
    assert collected.points("huge")[tiny.CELLS] == 0.0
