"""A batch shared out among processes."""

import os
import signal
import subprocess
import sys
import time

import pytest

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.bulk import workers
from b2bcourse.grading.bulk.workers import shared_out

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes to fork")
EVERY = list(range(50))


@pytest.fixture(autouse=True)
def _three_cores(monkeypatch):
    monkeypatch.setattr(workers, "_cores", lambda: 3)


def test_each_is_done_once_and_more_than_one_process_has_worked():
    made = dict(shared_out(lambda each: (each * 2, os.getpid()), EVERY))
    assert {place: twice for place, (twice, _) in made.items()} == {n: n * 2 for n in EVERY}
    assert {who for _, who in made.values()} & {os.getpid()} == set()
    assert len({who for _, who in made.values()}) == 3


def test_a_few_are_done_by_this_process():
    assert {who for _, who in shared_out(lambda _: os.getpid(), EVERY[:5])} == {os.getpid()}


def test_on_one_core_all_are_done_by_this_process(monkeypatch):
    monkeypatch.setattr(workers, "_cores", lambda: 1)
    assert {who for _, who in shared_out(lambda _: os.getpid(), EVERY)} == {os.getpid()}


def test_what_goes_wrong_in_a_worker_is_raised_here():
    with pytest.raises(OSError, match="disk is full"):
        list(shared_out(_full, EVERY))


def _full(each):
    if each == 30:
        raise OSError(28, "disk is full")
    return each


def test_a_worker_that_is_killed_is_told():
    with pytest.raises(GradingError, match="has died"):
        list(shared_out(lambda each: each == 30 and os.kill(os.getpid(), signal.SIGKILL), EVERY))


ORPHANS = """
import os, sys, time
from b2bcourse.grading.bulk import workers
workers._cores = lambda: 3

def slow(each):
    time.sleep(0.05)
    return os.getpid()

for place, who in workers.shared_out(slow, list(range(2000))):
    print(who, flush=True)
"""


def test_a_run_that_is_killed_leaves_no_process_behind():
    run = subprocess.Popen([sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, text=True)
    found = {int(run.stdout.readline()) for _ in range(12)}
    run.kill()
    run.wait()
    run.stdout.close()
    for _ in range(600):
        if not any(_is_alive(who) for who in found):
            return
        time.sleep(0.1)
    pytest.fail(f"still there: {[who for who in found if _is_alive(who)]}")


def _is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = f"/proc/{process}/stat"
    if os.path.exists(status):  # noqa: PTH110
        with open(status) as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    return True
