"""Two users on one computer: nobody's lock stops the other, nobody's answer reaches the other's file."""

import errno
import json
import os
import shutil
import signal
import stat
import tempfile
import time
import traceback
from pathlib import Path

import pytest

from b2bcourse.context import practice_item
from b2bcourse.items import kind_of
from b2bcourse.items.response import decode_response
from b2bcourse.responses import SaveError, Store, disk, store
from b2bcourse.responses import lock as locks

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root can work as two users in turn",
)
FACE = kind_of("matrix").face(practice_item("mx-cells"), "en")
MINE, THEIRS = {"cells": {"tech": {"cfo": 1}}}, {"cells": {"tech": {"cto": 1}}}


class User:
    """A user of the computer with a home, as whom something can be done."""

    def __init__(self, number, home):
        self.number, self.home = number, home
        home.mkdir(mode=0o700)
        os.chown(home, number, number)

    def does(self, what, *args, umask=0o022):
        """What ``what`` returns or the sentence it fails with, in a process of this user's."""
        return self.begins(what, *args, umask=umask)()

    def begins(self, what, *args, umask=0o022):
        """The same while others do something else; what is returned waits for its end."""
        hear, say = os.pipe()
        child = os.fork()
        if not child:
            os.close(hear)
            try:
                self._become(umask)
                told = what(*args)
            except SaveError as error:
                told = error.text.en
            except Exception:  # noqa: BLE001 - told by the test
                told = traceback.format_exc()
            os.write(say, json.dumps(told).encode())
            os._exit(0)
        os.close(say)

        def end():
            with os.fdopen(hear, "rb") as file:
                told = file.read()
            os.waitpid(child, 0)
            return json.loads(told) if told else None

        return end

    def _become(self, umask):
        os.umask(umask)
        os.setgroups([])
        os.setgid(self.number)
        os.setuid(self.number)
        os.environ["HOME"] = str(self.home)
        for name in [name for name in os.environ if name.startswith("XDG_")]:
            del os.environ[name]
        os.chdir("/")


@pytest.fixture
def place():
    """A folder that every user can come to."""
    folder = Path(tempfile.mkdtemp(prefix="two-users-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def users(place):
    return User(63_001, place / "gaon"), User(63_002, place / "seho")


@pytest.fixture
def shared(place):
    folder = place / "shared"
    (folder / "responses").mkdir(parents=True)
    for each in (folder, folder / "responses"):
        each.chmod(0o777)
    return folder


def save(folder, patch):
    return Store(folder, FACE).save(patch).response.value["cells"]


def read(folder):
    found = Store(folder, FACE).read()
    return {
        "cells": found.response and found.response.value["cells"],
        "notes": [note.en for note in found.notes],
    }


def wait_for(path):
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline, path
        time.sleep(0.002)


def refuse_links(*_names, **_options):
    raise PermissionError(errno.EPERM, "Operation not permitted")


def killed_holding_the_lock(folder):
    Store(folder, FACE)._lock().__enter__()
    os.kill(os.getpid(), signal.SIGKILL)


def on_disk(folder):
    return decode_response((folder / "responses" / "mx-cells.json").read_bytes()).value["cells"]


class TestOwnFolders:
    def test_each_has_their_own_answer_and_their_own_locks(self, users):
        one, other = users
        assert one.does(save, one.home, MINE) == MINE["cells"]
        assert other.does(save, other.home, THEIRS) == THEIRS["cells"]
        assert (on_disk(one.home), on_disk(other.home)) == (MINE["cells"], THEIRS["cells"])
        for user in users:
            folder = user.home / ".local" / "share" / "b2bcourse" / "locks"
            assert folder.stat().st_uid == user.number
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_a_folder_of_the_others_is_told_as_one_that_cannot_be_written(self, users, place):
        one, other = users
        folder = place / "ones"
        folder.mkdir()
        os.chown(folder, one.number, one.number)
        assert "cannot be written (ones)" in other.does(save, folder, THEIRS)
        one.does(save, folder, MINE)
        assert f"another user ({one.number})" in other.does(save, folder, THEIRS)
        assert on_disk(folder) == MINE["cells"]


class TestSharedFolder:
    def test_who_answers_first_keeps_the_answer_and_the_other_is_told_whose_it_is(
        self, users, shared
    ):
        one, other = users
        assert one.does(save, shared, MINE) == MINE["cells"]
        assert "belongs to another user" in other.does(save, shared, THEIRS)
        assert on_disk(shared) == MINE["cells"]
        assert one.does(save, shared, {"cells": {"quality": {"cfo": 1}}}).keys() == {
            "tech",
            "quality",
        }

    @pytest.mark.parametrize("links", [True, False], ids=["links", "a disk without links"])
    def test_of_two_first_saves_at_once_one_is_the_answer_and_the_other_is_told(
        self, users, shared, place, links
    ):
        one, other = users
        waits, goes = place / "waits", place / "goes"
        place.chmod(0o777)

        def save_slowly():
            """One save that is held up just before its file gets its name."""
            step = store.create

            def held_up(*names):
                waits.touch()
                wait_for(goes)
                step(*names)

            store.create = held_up
            if not links:
                os.link = refuse_links
            return save(shared, MINE)

        slow = one.begins(save_slowly)
        wait_for(waits)
        assert other.does(save, shared, THEIRS) == THEIRS["cells"]
        goes.touch()
        assert f"another user ({other.number})" in slow()
        assert on_disk(shared) == THEIRS["cells"]
        assert [path.name for path in (shared / "responses").iterdir()] == ["mx-cells.json"]

    def test_whoever_is_told_saved_is_who_is_on_disk_however_the_two_meet(self, users, place):
        start = place / "start"
        for turn in range(20):
            folder = place / f"turn-{turn}"
            folder.mkdir()
            (folder / "responses").mkdir()
            for each in (folder, folder / "responses"):
                each.chmod(0o777)

            def both(mark, folder=folder):
                wait_for(start)
                return save(folder, mark)

            ends = [
                user.begins(both, mark) for user, mark in zip(users, (MINE, THEIRS), strict=True)
            ]
            start.touch()
            told = [end() for end in ends]
            start.unlink()
            saved = [value for value in told if isinstance(value, dict)]
            assert saved == [on_disk(folder)], told
            assert len([value for value in told if "belongs to another user" in value]) == 1

    def test_a_broken_file_of_the_others_is_told_as_theirs_to_who_looks(self, users, shared):
        one, other = users
        one.does(save, shared, MINE)
        (shared / "responses" / "mx-cells.json").write_bytes(b"broken")
        found = other.does(read, shared)
        assert "belongs to another user" in found["notes"][0]
        assert [path.name for path in (shared / "responses").iterdir()] == ["mx-cells.json"]

    def test_who_looks_on_is_told_before_the_first_mark(self, users, shared):
        one, other = users
        one.does(save, shared, MINE)
        assert one.does(read, shared)["notes"] == []
        assert "belongs to another user" in other.does(read, shared)["notes"][0]

    def test_one_that_cannot_be_read_is_told_at_once_as_what_it_is(self, users, shared):
        one, other = users
        one.does(save, shared, MINE, umask=0o077)
        for told in (other.does(save, shared, THEIRS), other.does(read, shared)["notes"][0]):
            assert "belongs to another user" in told

    def test_a_broken_file_of_the_others_is_not_set_aside(self, users, shared):
        one, other = users
        one.does(save, shared, MINE)
        (shared / "responses" / "mx-cells.json").write_bytes(b"broken")
        assert "belongs to another user" in other.does(save, shared, THEIRS)
        assert [path.name for path in (shared / "responses").iterdir()] == ["mx-cells.json"]

    def test_a_lock_that_the_other_left_holds_nobody_up(self, users, shared):
        one, other = users
        one.does(killed_holding_the_lock, shared)
        assert other.does(save, shared, THEIRS) == THEIRS["cells"]

    def test_what_root_has_restored_is_the_users_own(self, users, shared):
        one, _ = users
        save(shared, MINE)
        assert (shared / "responses" / "mx-cells.json").stat().st_uid == 0
        assert one.does(save, shared, {"cells": {"tech": {"cfo": None}}}) == {}

    def test_a_disk_that_calls_all_files_one_users_is_no_other_user(self, users, shared):
        one, other = users
        one.does(save, shared, MINE)

        def squashed():
            disk._owner_of_new = lambda _folder: one.number
            return save(shared, THEIRS)

        assert other.does(squashed)["tech"] == {"cfo": 1, "cto": 1}


class TestTemporaryFolder:
    """Where a home cannot be written, locks lie in a temporary folder that others can write too."""

    @pytest.fixture
    def temporary(self, place):
        folder = place / "tmp"
        folder.mkdir()
        folder.chmod(0o1777)
        return folder

    def homeless(self, user):
        os.chown(user.home, 0, 0)
        user.home.chmod(0o555)

    def saves(self, temporary, folder):
        tempfile.tempdir = str(temporary)
        return save(folder, THEIRS), str(locks.lock_path(folder).parent)

    def test_folders_and_links_that_the_other_has_made_beforehand_stop_nobody(
        self, users, temporary, shared
    ):
        one, other = users
        self.homeless(other)

        def plant():
            for name in ("b2bcourse-0", "b2bcourse-63002", "b2bcourse-seho", "b2bcourse"):
                (temporary / name).mkdir()
                (temporary / name).chmod(0o777)
            (temporary / "b2bcourse-1").symlink_to(one.home)

        one.does(plant)
        saved, folder = other.does(self.saves, temporary, shared)
        assert saved == THEIRS["cells"]
        assert Path(folder).stat().st_uid == other.number
        assert other.does(self.saves, temporary, shared) == [saved, folder], "the same one again"

    def test_where_there_is_none_at_all_its_name_is_told(self, users, temporary, shared):
        one, _ = users
        self.homeless(one)
        temporary.chmod(0o755)
        told = one.does(self.saves, temporary, shared)
        assert str(temporary) in told
        assert "whoever looks after this computer" in told
