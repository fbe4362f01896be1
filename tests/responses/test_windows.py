"""What is another on Windows, as far as it can be tried elsewhere: names of files, and files that are held."""

import os
import re
from pathlib import Path, PureWindowsPath

import pytest
from msgspec.structs import replace

import b2bcourse
from b2bcourse.context import practice_item
from b2bcourse.items import kind_of
from b2bcourse.items.response import MAX_RESPONSE_BYTES
from b2bcourse.responses import SaveError, Store, disk
from b2bcourse.responses import lock as locks
from b2bcourse.responses.bounded import read_bounded
from b2bcourse.responses.lock import Lock, LockedError, lock_path

PACKAGE = Path(b2bcourse.__file__).parent
LONGEST = 259  # characters of a whole path, unless somebody has changed the machine's settings
FOLDER = r"C:\Users\a-rather-long-name-of-a-user\OneDrive - A University\Documents\b2b-course"
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def refused(name):
    """Why Windows would not have a file or folder of this name; empty if it would."""
    if found := re.search(r'[<>:"/\\|?*\x00-\x1f]', name):
        return f"{found[0]!r} stands in it"
    if name != name.rstrip(". "):
        return "it ends in a stop or a space"
    return "it is a device's" if DEVICES.fullmatch(name) else ""


def shipped():
    """Every file that comes to a learner, by where it then lies."""
    root = PACKAGE.parent
    for folder in ("b2bcourse", "notebooks", "exercises"):
        files = (path for path in (root / folder).rglob("*") if path.is_file())
        yield from (file.relative_to(root) for file in files if "__pycache__" not in file.parts)


@pytest.fixture
def face():
    return kind_of("matrix").face(practice_item("mx-cells"), "en")


@pytest.fixture
def store(tmp_path, face):
    return Store(tmp_path, face)


def mark(row="tech"):
    return {"cells": {row: {"cfo": 1}}}


class TestNames:
    @pytest.mark.parametrize(
        ("name", "is_refused"),
        [
            ("04-benefit-matrix.ipynb", False),
            (".mx-cells.1a2b.tmp", False),
            ("console.json", False),
            ("con.json", True),
            ("LPT1", True),
            ("12:30.json", True),
            ("a.", True),
        ],
    )
    def test_the_rules_tell_them_apart(self, name, is_refused):
        assert bool(refused(name)) is is_refused

    def test_whatever_comes_to_a_learner_can_lie_there(self):
        found = list(shipped())
        assert len(found) > 500
        assert {
            str(path): why for path in found for part in path.parts if (why := refused(part))
        } == {}

    def test_no_two_differ_by_capitals_alone(self):
        seen = {}
        for path in shipped():
            assert seen.setdefault(PureWindowsPath(path), path) == path

    def test_no_path_of_a_working_copy_is_too_long(self):
        for path in shipped():
            if path.parts[0] != "b2bcourse":
                assert len(str(PureWindowsPath(FOLDER, *path.parts))) <= LONGEST

    def test_whatever_a_save_makes_can_lie_there(self, store, monkeypatch):
        made = []
        whole = Path.open

        def watched(path, mode="r", *rest, **more):
            made.extend([path.name] if "x" in mode else [])
            return whole(path, mode, *rest, **more)

        monkeypatch.setattr(Path, "open", watched)
        store.save(mark())
        store.path.write_bytes(b"{")
        assert store.read().notes  # it is set aside
        store.save(mark())
        big = {"cells": {"tech": {f"n{n}": 1 for n in range(MAX_RESPONSE_BYTES // 40)}}}
        for _ in range(2):
            store.save(big, was={})
            store.save(mark(), was=mark("cost"))
        names = {path.name for path in store.path.parent.iterdir()} | set(made)
        assert any(".unreadable." in name for name in names)
        assert any(name.endswith(".tmp") for name in names)
        assert {name: why for name in names if (why := refused(name))} == {}

    def test_so_can_locks_whatever_the_folder_is_called(self, tmp_path):
        path = lock_path(tmp_path / "C: <my> folder?" / "mx-cells.json")
        assert refused(path.name) == ""
        with Lock(path, 0):
            names = [one.name for one in path.parent.glob(f"{path.name}*")]
        assert names
        assert not any(map(refused, names))


class TestHeldFiles:
    """A virus scanner, or whoever reads a file, keeps others from taking it away for a moment."""

    @pytest.fixture
    def held(self, monkeypatch):
        """Makes a way of `Path` be refused so often for files of a name, then done."""

        def hold(way, ending, times):
            real, left = getattr(Path, way), [None] * times

            def refusing(path, *rest, **more):
                if path.name.endswith(ending) and left:
                    left.pop()
                    raise PermissionError(13, "The process cannot access the file", str(path))
                return real(path, *rest, **more)

            monkeypatch.setattr(Path, way, refusing)
            return left

        return hold

    def test_a_lock_that_is_read_as_it_is_let_go_is_gone_all_the_same(self, tmp_path, held):
        path = tmp_path / "a.lock"
        with Lock(path, 0):
            left = held("unlink", "a.lock", 3)
        assert left == []
        assert not path.exists()

    def test_one_that_cannot_be_read_for_a_moment_is_still_ones_own(self, tmp_path, held):
        with Lock(tmp_path / "a.lock", 0) as lock:
            held("read_bytes", "a.lock", 3)
            assert lock.is_mine()

    def test_a_scanner_in_a_lock_that_is_being_made_costs_nobody_the_lock(self, tmp_path, held):
        path = tmp_path / "a.lock"
        held("unlink", ".new", 1)
        with Lock(path, 0) as lock:
            assert lock.is_mine()
            with pytest.raises(LockedError), Lock(path, 0.01):
                pass
        assert not path.exists()

    def test_what_stays_behind_of_it_is_swept_by_a_later_one(self, tmp_path, held, monkeypatch):
        path = tmp_path / "a.lock"
        held("unlink", ".new", 1)
        with Lock(path, 0):
            [behind] = tmp_path.glob("*.new")
            owner = locks._read(path)
        os.utime(behind, (0, 0))
        monkeypatch.setattr(
            locks, "_is_gone", lambda found: found is not None and found.word == "x"
        )
        locks._make(path, locks.msgspec.json.encode(replace(owner, word="x")))
        with Lock(path, 1):
            pass
        assert not behind.exists()


class TestRenaming:
    """There, renaming a file never puts it over another one; replacing does."""

    @pytest.fixture(autouse=True)
    def _refuses(self, monkeypatch):
        real = Path.rename

        def rename(path, target):
            if Path(target).exists():
                raise FileExistsError(17, "The file exists", str(target))
            return real(path, target)

        monkeypatch.setattr(disk, "RENAMING_REFUSES", True)
        monkeypatch.setattr(Path, "rename", rename)
        monkeypatch.setattr(os, "link", lambda *_: pytest.fail("no disk of Windows' needs links"))

    @pytest.fixture(autouse=True)
    def _locks(self, monkeypatch):
        """A lock is made by a link where there are some, else by making its file."""
        monkeypatch.setattr(
            locks, "_write", lambda path, owner: locks._make(path, locks.msgspec.json.encode(owner))
        )

    def test_the_first_save_makes_the_file_and_the_next_replaces_it(self, store):
        store.save(mark())
        store.save(mark("cost"))
        assert set(store.read().response.value["cells"]) == {"tech", "cost"}

    def test_a_first_save_never_lies_over_anothers(self, tmp_path):
        (tmp_path / "mine.tmp").write_bytes(b"mine")
        (tmp_path / "a.json").write_bytes(b"theirs")
        with pytest.raises(FileExistsError):
            disk.create(tmp_path / "mine.tmp", tmp_path / "a.json")
        assert (tmp_path / "a.json").read_bytes() == b"theirs"

    def test_a_file_that_is_none_is_set_aside(self, store):
        store.save(mark())
        store.path.write_bytes(b"{")
        store.save(mark())
        assert len(list(store.path.parent.glob("*.unreadable.json"))) == 1

    def test_what_windows_lacks_is_not_asked_of_it(self, store, monkeypatch):
        for name in ("getuid", "geteuid"):
            monkeypatch.delattr(os, name, raising=False)
        store.save(mark())
        assert read_bounded(store.path, MAX_RESPONSE_BYTES).startswith(b"{")
        assert not store.read().notes


def test_a_folder_that_cannot_be_written_is_told_there_too(store, monkeypatch):
    monkeypatch.setattr(disk, "PASSING", 0.05)

    def refuse(*_rest, **_more):
        raise PermissionError(13, "Access is denied", str(store.path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SaveError) as told:
        store.save(mark())
    assert told.value.text.ko
