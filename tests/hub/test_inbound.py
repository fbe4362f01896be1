"""Handing in where every container is the same user: by mounts, tried with mounts where one is root."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from b2bcourse.hub import inbound
from b2bcourse.hub.inbound import OWN, bring

HANDED = "minji+a1+2026-12-01 03:00:00 UTC+abc"


@pytest.fixture
def course(tmp_path):
    (tmp_path / OWN).mkdir()
    return tmp_path


def hand_in(course, student="minji", name=HANDED, text="hers"):
    folder = course / OWN / student / name
    (folder / "responses").mkdir(parents=True)
    (folder / "responses" / "one.json").write_text(text)
    return folder


def there(course):
    return sorted(path.name for path in (course / "inbound").iterdir())


def test_what_was_handed_in_is_there_for_nbgrader_as_a_copy(course):
    folder = hand_in(course)
    assert bring(course).new == [HANDED]
    copy = course / "inbound" / HANDED / "responses" / "one.json"
    (folder / "responses" / "one.json").write_text("changed afterwards")
    assert bring(course).new == []
    assert copy.read_text() == "hers"
    assert there(course) == [HANDED]


def test_a_submission_in_anothers_name_is_refused_and_told_once_a_round(course):
    hand_in(course, "jun")
    done = bring(course)
    assert there(course) == []
    assert done.refused == {f"jun/{HANDED}": "in another's name"}


@pytest.mark.parametrize("name", ["x", "minji+a1", "..+a1+2026-12-01 03:00:00 UTC", "minji+a1+now"])
def test_a_name_that_nbgrader_would_not_give_is_refused(course, name):
    hand_in(course, "minji", name)
    bring(course)
    assert there(course) == []


def test_no_link_is_followed(course, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("key")
    folder = hand_in(course)
    (folder / "link").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    (course / OWN / "minji" / HANDED.replace("03:", "04:")).symlink_to(tmp_path)
    (course / OWN / "jun").symlink_to(course / OWN / "minji")
    bring(course)
    assert there(course) == [HANDED]
    copied = [path.name for path in (course / "inbound" / HANDED).rglob("*")]
    assert sorted(copied) == ["one.json", "responses"]


def test_too_much_is_refused_and_leaves_nothing(course, monkeypatch):
    monkeypatch.setattr(inbound, "_MOST_BYTES", 2)
    hand_in(course)
    done = bring(course)
    assert there(course) == []
    assert "bytes" in done.refused[f"minji/{HANDED}"]


def test_what_breaks_off_is_begun_again(course):
    hand_in(course)
    half = course / "inbound" / f".{HANDED}.tmp"
    half.mkdir(parents=True)
    (half / "half").touch()
    bring(course)
    assert there(course) == [HANDED]
    assert not (course / "inbound" / HANDED / "half").exists()


# As the containers of deploy/kubernetes have it: one user, and mounts of one's own.
POD = """
set -e
mount -t tmpfs -o mode=0777 tmpfs "$SEEN"
mkdir -p "$SEEN/c/outbound" "$SEEN/c/feedback" "$SEEN/c/inbound"
mount --bind "$ALL/c/outbound" "$SEEN/c/outbound" && mount -o remount,bind,ro "$SEEN/c/outbound"
mount --bind "$ALL/c/feedback" "$SEEN/c/feedback" && mount -o remount,bind,ro "$SEEN/c/feedback"
mount --bind "$ALL/c/inbound-of/$WHO" "$SEEN/c/inbound"
mount -t tmpfs tmpfs "$ALL"
exec setpriv --reuid=1000 --regid=1000 --clear-groups -- sh -c "$1"
"""


@pytest.fixture
def pods():
    """An exchange as course.yaml's first container makes it, and what a student's container sees."""
    home = Path(tempfile.mkdtemp(prefix="b2bt-pods-"))
    home.chmod(0o755)
    for name, owner, mode in [
        ("all/c", 1001, 0o755),
        ("all/c/outbound", 1001, 0o755),
        ("all/c/feedback", 1001, 0o711),
        ("all/c/inbound", 1001, 0o700),
        ("all/c/inbound-of", 0, 0o755),
        ("all/c/inbound-of/minji", 1000, 0o755),
        ("all/c/inbound-of/jun", 1000, 0o755),
        ("seen", 0, 0o755),
    ]:
        (home / name).mkdir(parents=True, exist_ok=True)
        os.chown(home / name, owner, owner)
        (home / name).chmod(mode)
    (home / "all/c/outbound/a1").mkdir()
    (home / "all/c/outbound/a1/a1.ipynb").write_text("{}")
    (home / "all/c/feedback/0123abc.html").write_text("hers")
    yield home
    shutil.rmtree(home)


def in_pod(home, who, script):
    return subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "sh", "-c", POD, "sh", script],
        env={**os.environ, "ALL": str(home / "all"), "SEEN": str(home / "seen"), "WHO": who},
        capture_output=True,
        text=True,
        check=False,
    )


def able():
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    tried = ["unshare", "--mount", "--propagation", "private", "mount", "-t", "tmpfs", "t", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(os.name == "nt" or not able(), reason="needs root and mounts of its own")
class TestTwoContainersOfOneUser:
    def test_hers_is_what_she_puts_there_and_nothing_of_anothers_is_seen(self, pods):
        folder = "minji+a1+2026-12-01 03:00:00 UTC"
        done = in_pod(
            pods, "minji", f"cp -r $SEEN/c/outbound/a1 '{pods}/seen/c/inbound/{folder}' && ls $SEEN"
        )
        assert done.returncode == 0, done.stderr
        seen = in_pod(pods, "jun", "find $SEEN $ALL -name '*minji*'; ls -A $SEEN/c/inbound")
        assert seen.stdout == ""
        assert bring(pods / "all" / "c").new == [folder]

    @pytest.mark.parametrize(
        "tried",
        [
            "touch $SEEN/c/outbound/mine",
            "mv $SEEN/c/outbound $SEEN/c/away",
            "rm $SEEN/c/outbound/a1/a1.ipynb",
            "ls $SEEN/c/feedback",
            "touch $SEEN/c/feedback/x",
            "ls $ALL/c",
        ],
    )
    def test_is_refused(self, pods, tried):
        done = in_pod(pods, "jun", tried)
        assert done.returncode != 0, done.stdout
        assert (pods / "all/c/outbound/a1/a1.ipynb").exists()

    def test_a_page_of_feedback_is_read_by_who_knows_its_name(self, pods):
        assert in_pod(pods, "minji", "cat $SEEN/c/feedback/0123abc.html").stdout == "hers"
