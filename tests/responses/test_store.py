"""A response is never lost: kills, two kernels, full disks, closed folders and broken files."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from b2bcourse.context import practice_item
from b2bcourse.items import ItemError, face_hash, kind_of
from b2bcourse.items.base import Outcome, Part
from b2bcourse.items.response import MAX_RESPONSE_BYTES, decode_response
from b2bcourse.responses import SaveError, Store
from b2bcourse.responses import store as module

FACE = kind_of("matrix").face(practice_item("mx-cells"), "en")


def mark(row="tech", column="cfo", mark=1):
    return {"cells": {row: {column: mark}}}


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, FACE)


def on_disk(store):
    return decode_response(store.path.read_bytes())


def names(store):
    return sorted(path.name for path in store.path.parent.iterdir())


class TestSaving:
    def test_a_first_save_makes_the_file_beside_the_notebook(self, store, tmp_path):
        store.save(mark())
        assert store.path == tmp_path / "responses" / "mx-cells.json"
        found = on_disk(store)
        assert found.value["cells"] == {"tech": {"cfo": 1}}
        assert (found.item, found.kind, found.face) == ("mx-cells", "matrix", face_hash(FACE))
        assert found.revision == 1

    def test_a_save_adds_to_what_is_there_and_counts_up(self, store):
        store.save(mark("tech"))
        store.save(mark("quality"))
        store.save(mark("tech", mark=None))
        assert on_disk(store).value["cells"] == {"quality": {"cfo": 1}}
        assert on_disk(store).revision == 3

    def test_what_was_saved_is_read_again(self, store, tmp_path):
        saved = store.save(mark())
        loaded = Store(tmp_path, FACE).read()
        assert loaded.response == saved.response
        assert loaded.notes == ()

    def test_where_nothing_was_saved_nothing_is_made(self, store):
        assert store.read().response is None
        assert not store.path.parent.exists()

    def test_tries_are_kept_in_order(self, store):
        wrong = Part("tech/cfo", "wrong", -1.0)
        store.save({}, tried=Outcome(0.25, (wrong, Part("tech/cto", "right", 1.0, 1.0))))
        store.save({}, tried=Outcome(0.5))
        store.save(mark())
        tries = on_disk(store).tries
        assert [(t.fraction, t.wrong) for t in tries] == [(0.25, ("tech/cfo",)), (0.5, ())]

    def test_the_file_is_readable_json_with_time_and_no_stray_file_beside_it(self, store):
        store.save({"rows": {"r1": "연구소장"}})
        raw = json.loads(store.path.read_text(encoding="utf-8"))
        assert raw["time"].endswith("+00:00")
        assert "연구소장" in store.path.read_text(encoding="utf-8")
        assert names(store) == ["mx-cells.json"]

    @pytest.mark.parametrize("bad", ["../x", "A", "", "a/b", ".."])
    def test_an_item_cannot_lead_out_of_the_folder(self, tmp_path, bad):
        with pytest.raises(ItemError):
            Store(tmp_path, replace(FACE, id=bad))

    def test_an_answer_too_large_to_be_read_again_is_not_saved(self, store):
        store.save(mark())
        huge = {"rows": {f"row-{n}": "x" * 40 for n in range(MAX_RESPONSE_BYTES // 40)}}
        with pytest.raises(SaveError) as told:
            store.save(huge)
        assert "너무 큽니다" in told.value.text.ko
        assert "too large" in told.value.text.en
        assert store.read().response.value["cells"] == {"tech": {"cfo": 1}}
        assert names(store) == ["mx-cells.json"]

    @pytest.mark.parametrize(
        "patch",
        [{"rows": {"r1": object()}}, {"rows": {"r1": 10**5000}}, {"rows": {"r1": "\ud800"}}],
        ids=["an object", "a huge number", "half a character"],
    )
    def test_a_patch_that_no_json_can_hold_is_told_and_changes_nothing(self, store, patch):
        store.save(mark())
        before = store.path.read_bytes()
        with pytest.raises(SaveError):
            store.save(patch)
        assert store.path.read_bytes() == before
        assert names(store) == ["mx-cells.json"]


class TestTwoKernels:
    def test_two_stores_on_one_file_do_not_undo_each_other(self, tmp_path):
        first, second = (Store(tmp_path, FACE) for _ in range(2))
        first.read()
        second.read()
        first.save(mark("tech"))
        second.save(mark("quality"))
        first.save(mark("custom"))
        assert set(on_disk(first).value["cells"]) == {"tech", "quality", "custom"}

    def test_two_that_have_come_by_different_links_wait_for_each_other(self, tmp_path):
        folder, link = tmp_path / "folder", tmp_path / "link"
        (folder / "responses").mkdir(parents=True)
        link.symlink_to(folder)
        assert Store(folder, FACE)._lock().path == Store(link, FACE)._lock().path

    def test_two_processes_on_one_file_lose_no_mark(self, tmp_path):
        writers = [start_child(WRITER, tmp_path, f"row{n}") for n in range(2)]
        assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
        found = on_disk(Store(tmp_path, FACE))
        assert found.value["cells"] == {f"row{n}": {f"c{k}": 1 for k in range(15)} for n in (0, 1)}
        assert found.revision == 30

    def test_threads_of_one_process_lose_no_mark(self, tmp_path):
        def write(row):
            store = Store(tmp_path, FACE)
            for k in range(10):
                store.save(mark(row, f"c{k}"))

        threads = [threading.Thread(target=write, args=(f"row{n}",)) for n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = on_disk(Store(tmp_path, FACE))
        assert sum(len(marks) for marks in found.value["cells"].values()) == 30


class TestUnseen:
    """What a window had not seen is set aside before it is written over."""

    def kept(self, folder, item, *saves):
        authored = practice_item(item)
        store = Store(folder, kind_of(authored.kind).face(authored, "en"), authored)
        for save in saves:
            store.save(**save)
        return [kept.value for kept in on_disk(store).kept]

    def test_where_a_card_leaves_the_place_that_another_window_gave_it(self, tmp_path):
        first, second = {"order": {"2": "fifty"}}, {"order": {"1": "fifty"}}
        assert self.kept(tmp_path, "ex-diary", {"patch": first}, {"patch": second, "was": {}}) == [
            first
        ]

    def test_the_lowest_of_several_levels_is_an_answer_too(self, tmp_path):
        lowest, higher = {"self": {"asks": 0}}, {"self": {"asks": 2}}
        [kept] = self.kept(tmp_path, "es-meeting", {"patch": lowest}, {"patch": higher, "was": {}})
        assert kept["self"] == {"asks": 0}

    def test_what_a_page_has_put_itself_is_seen_though_it_was_not_told_yet(self, tmp_path):
        first, second = {"text": "a"}, {"text": "ab"}
        told_late = {"patch": second, "was": {"text": ""}, "mine": first}
        assert not self.kept(tmp_path, "es-meeting", {"patch": first}, told_late)

    def test_a_version_put_back_takes_the_place_of_none_that_is_lost(self, tmp_path):
        authored = practice_item("es-meeting")
        store = Store(tmp_path, kind_of("essay").face(authored, "en"), authored)
        store.save({"text": "mine"})
        store.save({"text": None, "self": {"asks": 0}}, was={})
        store.put_back(store.read().offer.id)
        assert on_disk(store).value["text"] == "mine"
        assert [kept.value["self"] for kept in on_disk(store).kept] == [{"asks": 0}]


class TestDecisions:
    """The student decides about the version that a page shows, whatever has come to be since."""

    @pytest.fixture
    def store(self, tmp_path):
        authored = practice_item("es-meeting")
        return Store(tmp_path, kind_of("essay").face(authored, "en"), authored)

    def third_window(self, store):
        """Two versions were shown; then a third window set one more aside. The one that was shown."""
        store.save({"text": "first"})
        store.save({"text": "second"}, was={})
        shown = store.read().offer
        store.save({"text": "third"}, was={})
        return shown

    def test_put_back_takes_the_one_that_was_shown_though_a_newer_is_offered(self, store):
        shown = self.third_window(store)
        assert store.read().offer.id != shown.id
        found = store.put_back(shown.id)
        assert (found.response.value["text"], found.told) == ("first", None)

    def test_what_stands_there_unseen_by_then_is_offered_in_its_turn(self, store):
        shown = self.third_window(store)
        found = store.put_back(shown.id, was={"text": "second"})
        assert found.offer.kept.value["text"] == "third"
        assert {kept.value["text"] for kept in found.response.kept} == {"second", "third"}

    def test_what_was_seen_is_offered_no_more(self, store):
        store.save({"text": "first"})
        store.save({"text": "second"}, was={})
        found = store.put_back(store.read().offer.id, was={"text": "second"})
        assert found.offer is None
        assert [kept.value["text"] for kept in found.response.kept] == ["second"]

    def test_leaving_it_leaves_the_newer_offered(self, store):
        shown = self.third_window(store)
        found = store.leave(shown.id)
        assert found.response.value["text"] == "third"
        assert found.offer.kept.value["text"] == "second"

    @pytest.mark.parametrize("decide", ["put_back", "leave"])
    def test_one_that_was_decided_about_elsewhere_is_told_gone_and_nothing_is_written(
        self, store, decide
    ):
        shown = self.third_window(store)
        store.leave(shown.id)
        before = store.path.read_bytes()
        found = getattr(store, decide)(shown.id)
        assert "already decided" in found.told.en
        assert store.path.read_bytes() == before
        assert found.response.value["text"] == "third"


class TestWithoutACommonLock:
    """Kernels that share a folder, but neither a home nor a temporary folder."""

    @pytest.fixture
    def stores(self, tmp_path, monkeypatch):
        """Two stores of one answer, each with locks of its own."""
        numbers = iter(range(1000))
        monkeypatch.setattr(module, "lock_path", lambda _: tmp_path / f"lock-{next(numbers)}")
        return [Store(tmp_path, FACE) for _ in range(2)]

    def meanwhile(self, monkeypatch, act):
        """``act`` happens once, after an answer was read and before it is written."""
        todo, plain = [act], os.fsync

        def fsync(descriptor):
            while todo:
                todo.pop()()
            plain(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)

    @pytest.mark.parametrize("before", [None, mark("digital")], ids=["first", "later"])
    def test_what_the_other_wrote_meanwhile_is_read_again_and_both_stay(
        self, stores, monkeypatch, before
    ):
        one, other = stores
        if before:
            one.save(before)
        self.meanwhile(monkeypatch, lambda: other.save(mark("quality")))
        saved = one.save(mark("tech"))
        assert {"tech", "quality"} <= saved.response.value["cells"].keys()
        assert on_disk(one) == saved.response
        assert names(one) == ["mx-cells.json"]

    def test_a_file_that_was_taken_away_meanwhile_is_made_anew_with_all_it_held(
        self, stores, monkeypatch
    ):
        one, _ = stores
        one.save(mark("quality"))
        self.meanwhile(monkeypatch, one.path.unlink)
        one.save(mark("tech"))
        assert on_disk(one).value["cells"].keys() == {"quality", "tech"}

    def test_at_the_very_last_moment_too(self, stores, monkeypatch):
        one, other = stores
        plain, todo = module.create, [lambda: other.save(mark("quality"))]

        def create(*names):
            while todo:
                todo.pop()()
            plain(*names)

        monkeypatch.setattr(module, "create", create)
        assert one.save(mark("tech")).response.value["cells"].keys() == {"tech", "quality"}
        assert names(one) == ["mx-cells.json"]

    def test_a_broken_file_of_another_user_is_left_alone_by_who_looks(self, stores, monkeypatch):
        one, _ = stores
        one.save(mark("quality"))
        one.path.write_bytes(b"broken")
        monkeypatch.setattr(module, "is_anothers", lambda _path: True)
        assert "another user" in one.read().notes[0].en
        assert names(one) == ["mx-cells.json"]

    def test_what_was_unreadable_is_set_aside_and_the_answer_made_in_its_place(self, stores):
        one, _ = stores
        one.save(mark("quality"))
        one.path.write_bytes(b"broken")
        saved = one.save(mark("tech"))
        assert (saved.response.value["cells"].keys(), len(saved.notes)) == ({"tech"}, 1)
        assert len(names(one)) == 2


WRITER = """
import sys
from pathlib import Path
from b2bcourse.context import practice_item
from b2bcourse.items import kind_of
from b2bcourse.responses import Store
face = kind_of("matrix").face(practice_item("mx-cells"), "en")
store = Store(Path(sys.argv[1]), face)
for k in range(15):
    store.save({"cells": {sys.argv[2]: {f"c{k}": 1}}})
"""

# Writes one number into many cells at once: a file with two different numbers would be torn.
ENDLESS = """
import itertools, sys
from pathlib import Path
from b2bcourse.context import practice_item
from b2bcourse.items import kind_of
from b2bcourse.responses import Store
face = kind_of("matrix").face(practice_item("mx-cells"), "en")
store = Store(Path(sys.argv[1]), face)
for n in itertools.count(int(sys.argv[2])):
    store.save({"cells": {f"row{r}": {f"c{c}": n for c in range(30)} for r in range(30)}})
    print(n, flush=True)
"""


def start_child(code, *args, **options):
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.Popen(command, text=True, **options)


def test_a_kill_at_any_moment_leaves_the_old_answer_or_the_new(tmp_path):
    store, last, chance = Store(tmp_path, FACE), 1, random.Random(7)
    for _ in range(6):
        child = start_child(ENDLESS, tmp_path, last, stdout=subprocess.PIPE)
        told = [int(child.stdout.readline())]
        time.sleep(chance.uniform(0.0, 0.04))
        child.send_signal(signal.SIGKILL)
        told += [int(line) for line in child.stdout.read().split()]
        child.stdout.close()
        child.wait()
        found = {n for marks in on_disk(store).value["cells"].values() for n in marks.values()}
        assert len(found) == 1, "the file holds one save, whole"
        assert found <= {told[-1], told[-1] + 1}, "the last one told as saved, or the one after"
        last = found.pop() + 1
    assert store.save(mark("after", mark=1)).notes == (), "a lock left by the dead holds nobody up"


def run_out(error_number):
    def refuse(*_args, **_options):
        raise OSError(error_number, os.strerror(error_number))

    return refuse


class TestTrouble:
    @pytest.fixture
    def small_disk(self, tmp_path):
        """A real file system of 64 kB."""
        disk = tmp_path / "disk"
        disk.mkdir()
        mounted = (
            subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)],
                capture_output=True,
                check=False,
            )
            if hasattr(os, "getuid") and os.getuid() == 0
            else None
        )
        if mounted is None or mounted.returncode:
            pytest.skip("needs root and the right to mount a small disk")
        yield disk
        subprocess.run(["umount", "-l", str(disk)], check=True)

    def test_a_disk_that_is_really_full_leaves_the_old_answer(self, small_disk):
        store = Store(small_disk, FACE)
        store.save(mark())
        before = store.path.read_bytes()
        filler = small_disk / "filler"
        with pytest.raises(OSError, match="No space"):
            filler.write_bytes(b"x" * 128 * 1024)
        self.fails(store, before, "디스크가 가득", "the disk is full")
        filler.unlink()
        assert store.save(mark("quality")).response.value["cells"].keys() == {"tech", "quality"}

    def test_a_folder_that_is_really_read_only_is_told(self, small_disk):
        store = Store(small_disk, FACE)
        store.save(mark())
        before = store.path.read_bytes()
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        assert store.read().response.value["cells"] == {"tech": {"cfo": 1}}
        self.fails(store, before, "쓸 수 없습니다", "cannot be written")

    @pytest.mark.parametrize(
        ("number", "korean", "english"),
        [
            (errno.ENOSPC, "디스크가 가득", "the disk is full"),
            (errno.EDQUOT, "디스크가 가득", "the disk is full"),
            (errno.EROFS, "쓸 수 없습니다", "cannot be written"),
            (errno.EACCES, "쓸 수 없습니다", "cannot be written"),
            (errno.EIO, "저장되지 않음", "Not saved"),
        ],
    )
    def test_a_disk_that_refuses_leaves_the_old_answer(
        self, store, monkeypatch, number, korean, english
    ):
        store.save(mark())
        before = store.path.read_bytes()
        monkeypatch.setattr(os, "fsync", run_out(number))
        self.fails(store, before, korean, english)

    @pytest.mark.parametrize("call", ["replace", "open"])
    def test_so_does_one_that_refuses_at_another_step(self, store, monkeypatch, call):
        store.save(mark())
        before = store.path.read_bytes()
        plain = getattr(Path, call)

        def refuse(path, *args, **options):
            if path.suffix == ".tmp":
                raise OSError(errno.EROFS, "Read-only file system")
            return plain(path, *args, **options)

        monkeypatch.setattr(Path, call, refuse)
        self.fails(store, before, "쓸 수 없습니다", "cannot be written")

    def test_a_folder_that_cannot_be_made_is_told(self, store, monkeypatch):
        monkeypatch.setattr(Path, "mkdir", run_out(errno.EACCES))
        with pytest.raises(SaveError) as told:
            store.save(mark())
        assert "쓸 수 없습니다" in told.value.text.ko
        assert "Copy it to a folder of your own" in told.value.text.en

    def test_a_file_where_the_folder_should_be_is_told(self, store):
        store.path.parent.write_text("in the way")
        with pytest.raises(SaveError, match="Not saved"):
            store.save(mark())
        assert store.read().notes[0].ko.startswith("저장되지 않음")

    def fails(self, store, before, korean, english):
        with pytest.raises(SaveError) as told:
            store.save(mark("quality"))
        assert korean in told.value.text.ko
        assert english in told.value.text.en
        assert store.path.read_bytes() == before
        assert names(store) == ["mx-cells.json"]


class TestBrokenFiles:
    def good(self, **changes):
        return json.dumps(
            {
                "schema": 1,
                "item": "mx-cells",
                "kind": "matrix",
                "value": {"cells": {}},
                "revision": 1,
                "time": "",
                "face": face_hash(FACE),
                **changes,
            }
        ).encode()

    @pytest.mark.parametrize("how", ["read", "save"])
    @pytest.mark.parametrize(
        ("content", "korean"),
        [
            (b"", "읽을 수 없습니다"),
            (b'{"schema": 1, "item": "mx-c', "읽을 수 없습니다"),
            (b"\x00" * 900, "읽을 수 없습니다"),
            (b"a photograph", "읽을 수 없습니다"),
            (b"[" * 100_000, "읽을 수 없습니다"),
            (b" " * (MAX_RESPONSE_BYTES + 1), "너무 큽니다"),
            ("schema 0", "읽을 수 없습니다"),
            ("other item", "다른 문제(mx-left)"),
            ("other kind", "다른 문제"),
        ],
        ids=["empty", "truncated", "zeros", "text", "brackets", "large", "schema", "item", "kind"],
    )
    def test_a_file_that_is_no_answer_is_set_aside_with_its_date(self, store, how, content, korean):
        changes = {
            "schema 0": {"schema": 0},
            "other item": {"item": "mx-left"},
            "other kind": {"kind": "choice"},
        }
        data = content if isinstance(content, bytes) else self.good(**changes[content])
        store.path.parent.mkdir()
        store.path.write_bytes(data)
        loaded = store.read() if how == "read" else store.save(mark())
        aside = [name for name in names(store) if name.endswith(".unreadable.json")]
        assert len(aside) == 1
        assert time.strftime("%Y%m", time.gmtime()) in aside[0]
        assert (store.path.parent / aside[0]).read_bytes() == data
        assert korean in loaded.notes[0].ko
        assert aside[0] in loaded.notes[0].ko
        assert aside[0] in loaded.notes[0].en
        assert store.path.exists() == (how == "save")

    def test_two_broken_files_are_both_kept(self, store):
        store.path.parent.mkdir()
        for content in (b"first", b"second"):
            store.path.write_bytes(content)
            store.read()
        assert len(names(store)) == 2

    def test_work_goes_on_after_a_broken_file(self, store):
        store.path.parent.mkdir()
        store.path.write_bytes(b"broken")
        store.save(mark())
        assert store.read().notes == ()
        assert store.read().response.revision == 1

    def test_a_link_is_set_aside_and_what_it_points_to_is_left_alone(self, store, tmp_path):
        target = tmp_path / "elsewhere.json"
        target.write_bytes(self.good())
        store.path.parent.mkdir()
        store.path.symlink_to(target)
        loaded = store.save(mark())
        assert "보통 파일이 아닙니다" in loaded.notes[0].ko
        assert target.read_bytes() == self.good()
        assert not store.path.is_symlink()

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_pipe_or_a_folder_in_its_place_does_not_hang_or_crash(self, store):
        store.path.parent.mkdir()
        os.mkfifo(store.path)
        assert "plain file" in store.read().notes[0].en
        store.path.mkdir()
        assert "plain file" in store.save(mark()).notes[0].en

    def test_what_a_killed_kernel_left_behind_is_swept_once_it_is_old(self, store):
        store.save(mark())
        old, new, other = (
            store.path.with_name(name)
            for name in (".mx-cells.0000.tmp", ".mx-cells.1111.tmp", ".mx-left.0000.tmp")
        )
        for left in (old, new, other):
            left.write_bytes(b"half")
        for left in (old, other):
            os.utime(left, (time.time() - 3600,) * 2)
        store.save(mark("quality"))
        assert not old.exists()
        assert new.exists(), "another kernel may be writing it this moment"
        assert other.exists(), "another item's"


class TestLocks:
    def test_locks_do_not_lie_in_the_assignments_folder(self, store, tmp_path):
        store.save(mark())
        store.read()
        inside = [path.name for path in tmp_path.rglob("*")]
        assert sorted(inside) == ["mx-cells.json", "responses"]

    def test_a_lock_held_by_another_process_is_told_and_not_waited_for_forever(
        self, store, monkeypatch
    ):
        store.save(mark())
        monkeypatch.setattr(module, "LOCK_SECONDS", 0.05)
        with held_elsewhere(store):
            with pytest.raises(SaveError) as told:
                store.save(mark("quality"))
            loaded = store.read()
        assert "다른 창이" in told.value.text.ko
        assert "another window" in told.value.text.en
        assert loaded.response.value["cells"] == {"tech": {"cfo": 1}}  # reading waits for nobody
        assert on_disk(store).value["cells"] == {"tech": {"cfo": 1}}
        assert store.save(mark("quality")).response.revision == 2

    def test_other_items_are_not_held_up(self, store, tmp_path, monkeypatch):
        monkeypatch.setattr(module, "LOCK_SECONDS", 0.05)
        with held_elsewhere(store):
            other = Store(tmp_path, replace(FACE, id="mx-left"))
            assert other.save({"rows": {"r1": "tech"}}).response.revision == 1


HOLDER = """
import sys
from pathlib import Path
from b2bcourse.responses.lock import Lock
with Lock(Path(sys.argv[1]), 1):
    print("held", flush=True)
    sys.stdin.readline()
"""


class held_elsewhere:  # noqa: N801 - reads like a sentence after `with`
    """Another process holds a store's lock."""

    def __init__(self, store):
        self.lock = store._lock().path

    def __enter__(self):
        self.child = start_child(HOLDER, self.lock, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.child.stdout.readline() == "held\n"

    def __exit__(self, *_error):
        self.child.communicate("go\n")
