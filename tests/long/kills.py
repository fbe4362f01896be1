"""Ten thousand kills at random moments of a save: no answer that was told as saved is lost.

It takes minutes, so it is run by `make long` only; ``B2BCOURSE_KILLS=500`` makes it shorter. Each
writer is forked from this warm process, saves one answer after the other, tells of each that was
saved, and is killed.
"""

import os
import random
import signal
import time

import pytest
from msgspec import structs

from b2bcourse.context import practice_item
from b2bcourse.items import kind_of
from b2bcourse.items.response import decode_response
from b2bcourse.responses import Store, lock
from b2bcourse.responses import store as module

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked"),
]
KILLS = int(os.environ.get("B2BCOURSE_KILLS", "10000"))
FACE = kind_of("matrix").face(practice_item("mx-cells"), "en")
SLOTS = [(f"row{row}", f"c{column}") for row in range(10) for column in range(10)]


def whole(n):
    """One number in many cells: a file with two different numbers would be torn."""
    cells = {}
    for row, column in SLOTS:
        cells.setdefault(row, {})[column] = n
    return {"cells": cells}


def writer(store, first):
    """Forks a process that saves ``first`` and all that follow; what it tells, and who it is."""
    told, tell = os.pipe()
    child = os.fork()
    if child:
        os.close(tell)
        return child, told
    try:
        n = first
        os.write(tell, b"begun\n")
        while True:
            store.save(whole(n))
            os.write(tell, b"%d\n" % n)
            n += 1
    finally:
        os._exit(1)


def heard(told, line):
    """Waits until a writer has told ``line``."""
    for byte in line:
        assert os.read(told, 1)[0] == byte, "it ended by itself: a save failed"


def killed(child, told):
    """The numbers that it told as saved before it was killed."""
    os.kill(child, signal.SIGKILL)
    _, how = os.waitpid(child, 0)
    assert os.WIFSIGNALED(how), "it ended by itself: a save failed"
    with os.fdopen(told, "rb") as file:
        return [int(line) for line in file.read().split()]


def on_disk(store):
    """The number in every cell of the file."""
    value = decode_response(store.path.read_bytes()).value
    [number] = {value["cells"][row][column] for row, column in SLOTS}
    return number


def nobodys(store):
    """Whether a lock was left of which nothing can be known: that is waited for, for 10 seconds.

    Its holder was killed between making the file and writing into it.
    """
    path = store._lock().path
    left = (path, path.with_name(f"{path.name}.taking"))
    return any(one.exists() and not one.stat().st_size for one in left)


def seconds_of_a_save(store):
    began = time.monotonic()
    for _ in range(20):
        store.save(whole(1))
    return (time.monotonic() - began) / 20


def test_no_answer_is_lost(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    store, chance = Store(tmp_path, FACE), random.Random(10_000)
    save = seconds_of_a_save(store)
    began, saved, losses, taken, most, last = time.monotonic(), 0, 0, 0, 0, 1
    lock_file = store._lock().path
    for _ in range(KILLS):
        acknowledged, wait = [last], nobodys(store)
        child, told = writer(store, last + 1)
        heard(told, b"begun\n")
        if wait:
            heard(told, b"%d\n" % (last + 1))
            acknowledged.append(last + 1)
        time.sleep(chance.uniform(0.0, 3 * save))
        acknowledged += killed(child, told)
        last = on_disk(store)
        losses += last not in {acknowledged[-1], acknowledged[-1] + 1}
        saved += len(acknowledged) - 1
        taken += lock_file.exists()
        most = max(most, len(list(store.path.parent.iterdir())))
    seconds = time.monotonic() - began
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{KILLS} kills, {saved} saves told, {losses} lost, {taken} locks left behind, at most "
            f"{most} files at a time, {seconds:.0f} s, load {os.getloadavg()[0]:.1f}"
        )
    assert losses == 0
    self_cleaning(store, monkeypatch)


def self_cleaning(store, monkeypatch):
    """The next save sweeps what the dead have left; their locks hold nobody up."""
    monkeypatch.setattr(module, "_STALE_SECONDS", 0.0)
    monkeypatch.setattr(lock, "LEFT_OVER", 0.0)
    path = store._lock().path
    path.unlink(missing_ok=True)
    lock._write(path, structs.replace(lock._me(), began=5.0))
    store.save(whole(1))
    assert [path.name for path in store.path.parent.iterdir()] == ["mx-cells.json"]
    assert list(path.parent.iterdir()) == []
