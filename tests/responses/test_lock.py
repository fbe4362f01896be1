"""Locks of kernels that share a home and nothing else, of dead ones, and of other people."""

import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from b2bcourse.responses import lock as module
from b2bcourse.responses.lock import Lock, LockedError, LockFolderError, lock_path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.lock"


def held_by(path, **changes):
    """A lock left by a holder that is this process but for the changes."""
    with Lock(path, 0):
        owner = module._read(path)
    path.write_bytes(msgspec.json.encode(replace(owner, word="theirs", **changes)))


class TestHolding:
    def test_one_at_a_time(self, path):
        with Lock(path, 0) as first:
            with pytest.raises(LockedError), Lock(path, 0.05):
                pass
            assert first.is_mine()
        assert not path.exists()

    def test_one_that_was_not_taken_is_nobodys(self, path):
        assert not Lock(path, 0).is_mine()
        with Lock(path, 0) as lock:
            pass
        assert not lock.is_mine()

    def test_threads_take_turns(self, path):
        inside, most = [], []

        def work():
            for _ in range(20):
                with Lock(path, 20):
                    inside.append(1)
                    most.append(len(inside))
                    inside.pop()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert max(most) == 1
        assert len(most) == 80

    def test_who_has_lost_it_knows_and_does_not_take_anothers_away(self, path):
        lock = Lock(path, 0)
        with lock:
            held_by_another = path.read_bytes().replace(b'"word":"', b'"word":"x')
            path.write_bytes(held_by_another)
            assert not lock.is_mine()
        assert path.read_bytes() == held_by_another

    def test_a_disk_that_is_full_leaves_no_lock_behind(self, path, monkeypatch):
        def refuse(_descriptor, _data):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(module.os, "write", refuse)
        with pytest.raises(OSError, match="No space"), Lock(path, 0):
            pass
        assert not path.exists()


class TestLeftOver:
    def test_a_process_that_was_killed_holding_it_frees_it_at_once(self, path):
        code = (
            "import os, sys\nfrom pathlib import Path\n"
            "from b2bcourse.responses.lock import Lock\n"
            "with Lock(Path(sys.argv[1]), 0): os.kill(os.getpid(), 9)"
        )
        subprocess.run([sys.executable, "-c", code, str(path)], check=False)
        assert path.exists()
        with Lock(path, 0) as lock:
            assert lock.is_mine()

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
    def test_so_does_one_whose_end_nobody_has_asked_for(self, path):
        """A container without a first process that reaps keeps the dead for ever."""
        child = os.fork()
        if not child:
            Lock(path, 0).__enter__()
            os._exit(9)
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)  # it has ended, and stays as it is
        try:
            with Lock(path, 0) as lock:
                assert lock.is_mine()
        finally:
            os.waitpid(child, 0)

    @pytest.mark.parametrize(
        "changes", [{"began": 5.0}, {"boot": "another"}, {"process": 2**22 - 1}], ids=str
    )
    def test_so_does_one_whose_number_another_process_has_now(self, path, changes):
        held_by(path, **changes)
        with Lock(path, 0) as lock:
            assert lock.is_mine()

    def test_one_that_lives_keeps_it_however_old_it_is(self, path, monkeypatch):
        monkeypatch.setattr(module, "LEFT_OVER", 0.02)
        held_by(path)
        os.utime(path, (1, 1))
        with pytest.raises(LockedError), Lock(path, 0.2):
            pass

    @pytest.mark.parametrize("content", [None, b"", b"{"], ids=["of another host", "empty", "cut"])
    def test_one_of_which_nothing_can_be_known_waits_until_it_has_not_changed(
        self, path, monkeypatch, content
    ):
        monkeypatch.setattr(module, "LEFT_OVER", 0.2)
        held_by(path, host="elsewhere/1") if content is None else path.write_bytes(content)
        started = time.monotonic()
        with Lock(path, 5) as lock:
            assert lock.is_mine()
        assert time.monotonic() - started >= 0.2

    def test_one_of_another_host_that_changes_is_held(self, path, monkeypatch):
        monkeypatch.setattr(module, "LEFT_OVER", 0.3)
        held_by(path, host="elsewhere/1")
        stop = threading.Event()

        def refresh():
            while not stop.wait(0.05):
                os.utime(path)

        thread = threading.Thread(target=refresh)
        thread.start()
        with pytest.raises(LockedError), Lock(path, 1):
            pass
        stop.set()
        thread.join()

    def test_of_several_that_wait_one_wins_at_a_time(self, path):
        held_by(path, began=5.0)
        inside, most = [], []

        def work():
            with Lock(path, 20):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.01)
                inside.pop()

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert most == [1] * 8


class TestWhere:
    def test_in_the_users_own_data_folder_whatever_the_temporary_one_is(
        self, tmp_path, monkeypatch
    ):
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        first = lock_path(Path("/course/responses/a.json"))
        monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path / "elsewhere"))
        assert lock_path(Path("/course/responses/a.json")) == first
        assert first.parent == tmp_path / "data" / "b2bcourse" / "locks"
        assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700

    @pytest.fixture
    def homeless(self, tmp_path, monkeypatch):
        """Nothing can be made in the home: a file lies where its folder would be."""
        (tmp_path / "home").write_text("no folder", "utf-8")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
        monkeypatch.setattr(
            module.platformdirs, "user_data_path", lambda *_a, **_k: tmp_path / "home"
        )
        (tmp_path / "tmp").mkdir()
        monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path / "tmp"))
        return tmp_path / "tmp"

    def test_without_a_home_in_a_temporary_folder_all_kernels_agree_on(self, homeless):
        paths = {lock_path(Path("/course/responses/a.json")) for _ in range(3)}
        assert len(paths) == 1
        [folder] = homeless.iterdir()
        assert folder.name != f"b2bcourse-{os.getuid()}"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_one_that_others_can_write_or_a_link_is_not_trusted(self, homeless, tmp_path):
        (homeless / "b2bcourse-0").mkdir(mode=0o777)
        (homeless / "b2bcourse-0").chmod(0o777)
        (tmp_path / "trap").mkdir(mode=0o700)
        (homeless / "b2bcourse-1").symlink_to(tmp_path / "trap")
        used = lock_path(Path("/course/responses/a.json")).parent
        assert used.name not in {"b2bcourse-0", "b2bcourse-1"}

    @pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="needs root")
    def test_nor_is_one_that_another_user_made(self, homeless):
        (homeless / "b2bcourse-0").mkdir(mode=0o700)
        os.chown(homeless / "b2bcourse-0", 12345, 12345)
        assert lock_path(Path("/course/responses/a.json")).parent.name != "b2bcourse-0"

    def test_where_there_is_no_place_at_all_the_folder_is_named(self, homeless):
        homeless.rmdir()
        with pytest.raises(LockFolderError) as told:
            lock_path(Path("/course/responses/a.json"))
        assert told.value.folder == homeless


WRITER = """
import sys, tempfile
from pathlib import Path
tempfile.tempdir = sys.argv[2]
from b2bcourse.context import practice_item
from b2bcourse.items import kind_of
from b2bcourse.responses import Store
store = Store(Path(sys.argv[1]), kind_of("matrix").face(practice_item("mx-cells"), "en"))
for k in range(60):
    store.save({"cells": {sys.argv[3]: {f"c{k}": 1}}})
"""


def test_two_kernels_that_share_the_home_but_no_temporary_folder_lose_no_mark(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    children = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(tmp_path / name), name])
        for name in ("one", "two")
    ]
    assert [child.wait() for child in children] == [0, 0]
    raw = msgspec.json.decode((tmp_path / "responses" / "mx-cells.json").read_bytes())
    assert sum(len(row) for row in raw["value"]["cells"].values()) == 120
