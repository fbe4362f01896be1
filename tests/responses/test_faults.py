"""What disks and other programs do while an answer is saved: each fault once."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from msgspec import structs

from b2bcourse.context import practice_item
from b2bcourse.items import kind_of
from b2bcourse.items.response import ResponseError, decode_response
from b2bcourse.responses import SaveError, Store, disk, histories
from b2bcourse.responses import lock as locks
from b2bcourse.responses import store as module
from b2bcourse.responses.disk import passes, persistent, sync_folder, why
from b2bcourse.responses.lock import Lock, LockedError, LockFolderError

FACE = kind_of("matrix").face(practice_item("mx-cells"), "en")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, FACE)


def mark(row="tech"):
    return {"cells": {row: {"cfo": 1}}}


class TestPassingFaults:
    def fault(self, number, path, times):
        """Something that fails so often and then works."""
        left = [OSError(number, os.strerror(number), str(path))] * times

        def do():
            if left:
                raise left.pop()
            return "done"

        return do

    @pytest.mark.parametrize("number", [errno.EBUSY, errno.ESTALE, errno.EACCES, errno.EPERM])
    def test_one_that_passes_is_tried_again(self, tmp_path, number):
        assert persistent(self.fault(number, tmp_path / "a", 3)) == "done"

    def test_one_that_lasts_is_given_up_after_a_while_and_told_as_passing(
        self, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(disk, "PASSING", 0.05)
        with pytest.raises(OSError, match="busy") as told:
            persistent(self.fault(errno.EBUSY, tmp_path / "a", 99))
        assert "잠시 붙잡고" in why(told.value, tmp_path / "a" / "b").ko
        assert "for a moment" in why(told.value, tmp_path / "a" / "b").en

    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
    def test_one_that_will_not_pass_is_told_at_once(self, tmp_path, number):
        do = self.fault(number, tmp_path / "a", 1)
        with pytest.raises(OSError):
            persistent(do)
        assert do() == "done"

    def test_a_folder_that_cannot_be_written_is_no_passing_fault(self, tmp_path, monkeypatch):
        monkeypatch.setattr(disk.os, "access", lambda *_: False)
        assert not passes(OSError(errno.EACCES, "denied", str(tmp_path / "a")))
        assert not passes(OSError(errno.EACCES, "denied"))

    def test_where_no_lock_can_be_made_its_folder_is_named(self, tmp_path):
        error = LockFolderError(OSError(errno.ENOSPC, "No space left"), tmp_path)
        assert str(tmp_path) in why(error, tmp_path / "a" / "b").ko
        assert str(tmp_path) in why(error, tmp_path / "a" / "b").en


class TestOtherUsersFiles:
    """As users that are real: test_two_users.py."""

    @pytest.fixture
    def file(self, tmp_path, monkeypatch):
        """A file of user 7, looked at by user 8."""
        path = tmp_path / "a.json"
        path.touch()
        monkeypatch.setattr(disk.os, "geteuid", lambda: 8)
        monkeypatch.setattr(Path, "lstat", lambda _path: SimpleNamespace(st_uid=7))
        monkeypatch.setattr(disk, "_owner_of_new", lambda _folder: 8)
        return path

    def test_one_is_told_with_its_users_name_and_is_no_passing_fault(self, file, monkeypatch):
        monkeypatch.setattr(Path, "owner", lambda _path: "gaon")
        error = PermissionError(errno.EACCES, "denied", str(file))
        assert not passes(error)
        assert "gaon" in why(error, file).ko
        assert "gaon" in why(error, file).en

    def test_or_with_its_number(self, file, monkeypatch):
        def nameless(_path):
            raise KeyError(7)

        monkeypatch.setattr(Path, "owner", nameless)
        assert "(7)" in disk.anothers(file).en

    def test_where_all_new_files_are_that_users_it_is_ones_own(self, file, monkeypatch):
        monkeypatch.setattr(disk, "_owner_of_new", lambda _folder: 7)
        assert not disk.is_anothers(file)

    def test_without_users_nothing_is_another_users(self, file, monkeypatch):
        monkeypatch.delattr(disk.os, "geteuid")
        assert not disk.is_anothers(file)

    def test_what_is_not_there_is_nobodys(self, tmp_path, monkeypatch):
        monkeypatch.setattr(disk.os, "geteuid", lambda: 8)
        assert not disk.is_anothers(tmp_path / "none")

    def test_who_can_make_no_file_there_is_who_they_are(self, tmp_path):
        assert disk._owner_of_new(tmp_path / "none") == os.geteuid()
        assert disk._owner_of_new(tmp_path) == os.geteuid()

    def test_it_is_neither_written_nor_shown_as_ones_own(self, store, monkeypatch):
        store.save(mark())
        monkeypatch.setattr(module, "is_anothers", lambda _path: True)
        with pytest.raises(SaveError, match="another user"):
            store.save(mark("quality"))
        assert "다른 사용자" in store.read().notes[0].ko


class TestFolders:
    def test_one_that_cannot_be_opened_needs_no_sync(self, tmp_path):
        sync_folder(tmp_path / "not there")

    def test_one_whose_file_system_refuses_is_left(self, tmp_path, monkeypatch):
        def refuse(_descriptor):
            raise OSError(errno.EINVAL, "Invalid argument")

        monkeypatch.setattr(disk.os, "fsync", refuse)
        sync_folder(tmp_path)


class TestLostLocks:
    def test_a_lock_taken_away_before_the_last_step_is_taken_again(self, store, monkeypatch):
        asked = []

        def lost_once(lock):
            asked.append(lock)
            return len(asked) > 1

        monkeypatch.setattr(Lock, "is_mine", lost_once)
        assert store.save(mark()).response.value["cells"] == {"tech": {"cfo": 1}}
        assert [path.name for path in store.path.parent.iterdir()] == ["mx-cells.json"]

    def test_one_that_is_taken_away_each_time_is_told(self, store, monkeypatch):
        monkeypatch.setattr(Lock, "is_mine", lambda _lock: False)
        monkeypatch.setattr(Lock, "__exit__", lambda lock, *_: lock.path.unlink(missing_ok=True))
        with pytest.raises(SaveError, match="another window"):
            store.save(mark())
        assert list(store.path.parent.iterdir()) == []

    def test_while_a_file_is_set_aside_another_may_hold_the_lock(self, store, monkeypatch):
        store.save(mark())
        store.path.write_text("no answer", "utf-8")
        monkeypatch.setattr(module, "LOCK_SECONDS", 0.05)
        with Lock(locks.lock_path(store.path), 1):
            assert "another window" in store.read().notes[0].en
        assert "set aside" in store.read().notes[0].en

    def test_windows_refuses_a_lock_that_is_being_taken_away(self, tmp_path, monkeypatch):
        path, plain, asked = tmp_path / "a.lock", locks._make, []

        def refuse(name, data):
            if name == path and not asked:
                asked.append(name)
                path.touch()
                raise PermissionError(errno.EACCES, "denied", str(name))
            path.unlink(missing_ok=True)
            plain(name, data)

        monkeypatch.setattr(locks, "_make", refuse)
        without_links(monkeypatch)
        with Lock(path, 1) as lock:
            assert lock.is_mine()

    def test_a_disk_without_links_has_locks_too(self, tmp_path, monkeypatch):
        without_links(monkeypatch)
        with Lock(tmp_path / "a.lock", 1) as lock:
            assert lock.is_mine()
            with pytest.raises(LockedError), Lock(tmp_path / "a.lock", 0):
                pass
        assert list(tmp_path.iterdir()) == []

    def test_a_network_disk_may_call_a_lock_taken_that_it_has_just_given(
        self, tmp_path, monkeypatch
    ):
        plain = os.link

        def done_twice(here, there):
            plain(here, there)
            plain(here, there)

        monkeypatch.setattr(locks.os, "link", done_twice)
        with Lock(tmp_path / "a.lock", 0) as lock:
            assert lock.is_mine()

    def test_what_was_written_for_a_lock_by_a_killed_process_is_swept(self, tmp_path):
        left = tmp_path / "a.lock.word.new"
        for made, when in ((left, 1), (tmp_path / "a.lock", 1)):
            made.touch()
            os.utime(made, (when, when))
        locks._sweep(tmp_path / "a.lock")
        assert [path.name for path in tmp_path.iterdir()] == ["a.lock"]

    def test_a_folder_of_locks_that_refuses_is_no_lock_that_is_held(self, tmp_path, monkeypatch):
        def refuse(name, *_options):
            raise PermissionError(errno.EACCES, "denied", str(name))

        monkeypatch.setattr(locks.os, "open", refuse)
        with pytest.raises(PermissionError), Lock(tmp_path / "a.lock", 1):
            pass


def without_links(monkeypatch):
    def refuse(_here, _there):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(locks.os, "link", refuse)


class TestTakingAway:
    def test_one_takes_away_while_another_does_not(self, tmp_path):
        with locks._only_one(tmp_path / "a") as first:
            assert first
            with locks._only_one(tmp_path / "a") as second:
                assert not second

    def test_one_that_died_while_taking_away_is_forgotten(self, tmp_path):
        (tmp_path / "a").touch()
        os.utime(tmp_path / "a", (1, 1))
        with locks._only_one(tmp_path / "a") as alone:
            assert alone

    def test_one_that_is_known_to_be_dead_is_forgotten_at_once(self, tmp_path):
        locks._write(tmp_path / "a", structs.replace(locks._me(), began=5.0))
        with locks._only_one(tmp_path / "a") as alone:
            assert alone

    def test_what_another_has_taken_away_already_is_gone(self, tmp_path):
        assert not locks._take_away(tmp_path / "gone")

    def test_one_that_vanishes_while_it_is_watched_is_not_left_over(self, tmp_path):
        assert not locks._Watched().unchanged(tmp_path / "gone", None)

    def test_a_folder_that_vanishes_is_nobodys(self, tmp_path):
        assert not locks._is_own(tmp_path / "gone")


class TestOtherMachines:
    def test_a_process_that_may_not_be_looked_at_is_alive(self, tmp_path, monkeypatch):
        def refuse(_process):
            raise psutil.AccessDenied

        with Lock(tmp_path / "a.lock", 0):
            owner = locks._read(tmp_path / "a.lock")
            monkeypatch.setattr(locks.psutil, "Process", refuse)
            assert not locks._is_gone(owner)

    def test_without_linuxs_own_files_host_and_boot_are_known_too(self, monkeypatch):
        def refuse(*_args, **_options):
            raise OSError

        monkeypatch.setattr(Path, "stat", refuse)
        monkeypatch.setattr(Path, "read_text", refuse)
        assert locks._host.__wrapped__() == locks.platform.node()
        assert locks._boot.__wrapped__().isdigit()

    def test_a_home_that_cannot_be_written_is_none(self, tmp_path, monkeypatch):
        monkeypatch.setattr(locks.platformdirs, "user_data_path", lambda *_a, **_k: tmp_path)
        monkeypatch.setattr(locks.os, "access", lambda *_: False)
        monkeypatch.setattr(locks.tempfile, "tempdir", str(tmp_path))
        assert locks.lock_path(tmp_path / "x").parent.name.startswith("b2bcourse-")


class TestWhatIsLeftBehind:
    def test_a_file_that_another_kernel_swept_meanwhile_stops_nothing(self, store, monkeypatch):
        store.save(mark())
        left = store.path.with_name(".mx-cells.dead.tmp")
        monkeypatch.setattr(Store, "_temporary", lambda _store: iter([left]))
        assert store.save(mark("quality")).response.revision == 2

    def test_an_answer_without_a_date_is_offered_with_what_stands_there(self, store):
        store.save(mark())
        store.path.write_bytes(
            store.path.read_bytes().replace(
                decode_response(store.path.read_bytes()).time.encode(), b"some day"
            )
        )
        other = Store(store.path.parent.parent, kind_of("matrix").face(changed(), "en"))
        assert "some day" in other.read().offer.text.en

    def test_histories_pass_over_what_is_none(self, store):
        store.save(mark())
        (store.path.parent / "broken.json").write_text("{", "utf-8")
        assert list(histories(store.path.parent.parent)) == ["mx-cells"]


def changed():
    """``mx-cells`` with its first row called otherwise."""
    from msgspec.structs import replace

    item = practice_item("mx-cells")
    first = item.rows[0]
    return replace(item, rows=(replace(first, **renamed_row(first)), *item.rows[1:]))


def renamed_row(row):
    from b2bcourse.facts import Text

    return {"name": Text(ko="다른 혜택", en="Another benefit")} if hasattr(row, "name") else {}


@pytest.mark.parametrize("part", [5, [], "x"])
def test_a_try_that_is_no_table_is_no_answer(part):
    data = (
        b'{"schema":2,"item":"a","kind":"matrix","value":{},"revision":1,"time":"","face":"",'
        b'"tries":[%s]}' % str(part).replace("'", '"').encode()
    )
    with pytest.raises(ResponseError):
        decode_response(data)


class TestAFirstFile:
    """It gets its name in one step, and never that of another file, on every kind of disk."""

    @pytest.fixture
    def written(self, tmp_path):
        made = tmp_path / ".a.tmp"
        made.write_bytes(b"mine")
        return made

    @pytest.fixture(params=["links", "no links"])
    def disks(self, request, monkeypatch):
        if request.param == "no links":
            without_links(monkeypatch)

    @pytest.mark.usefixtures("disks")
    def test_where_no_file_is_it_is_made(self, written, tmp_path):
        disk.create(written, tmp_path / "a.json")
        assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
        assert (tmp_path / "a.json").read_bytes() == b"mine"

    @pytest.mark.usefixtures("disks")
    def test_another_one_stays_as_it_is(self, written, tmp_path):
        (tmp_path / "a.json").write_bytes(b"theirs")
        with pytest.raises(FileExistsError):
            disk.create(written, tmp_path / "a.json")
        assert (tmp_path / "a.json").read_bytes() == b"theirs"

    def test_a_network_disk_may_call_a_name_taken_that_it_has_just_given(
        self, written, tmp_path, monkeypatch
    ):
        plain = os.link

        def done_twice(here, there):
            plain(here, there)
            plain(here, there)

        monkeypatch.setattr(disk.os, "link", done_twice)
        disk.create(written, tmp_path / "a.json")
        assert [path.name for path in tmp_path.iterdir()] == ["a.json"]

    def test_where_renaming_never_replaces_it_is_renamed(self, written, tmp_path, monkeypatch):
        monkeypatch.setattr(disk, "RENAMING_REFUSES", True)
        monkeypatch.setattr(disk.os, "link", lambda *_names: pytest.fail("no link is needed"))
        disk.create(written, tmp_path / "a.json")
        assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
