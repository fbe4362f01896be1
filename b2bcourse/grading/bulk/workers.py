"""A batch shared out among the machine's cores.

Each worker is a copy of this process (a fork), grades its share and sends what it found through a
pipe. A worker that outlives the run finds the pipe closed and ends; one that dies is told.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.bulk.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

One = TypeVar("One")
Made = TypeVar("Made")

_ALONE: Final = 16
"""So few are done sooner by this process than shared out."""
_MOST: Final = 8


def shared_out(do: Callable[[One], Made], every: Sequence[One]) -> Iterator[tuple[int, Made]]:
    """What ``do`` makes of each, with its place, in whatever order it is done.

    Args:
        do: run in a copy of this process; what it makes can be pickled.
        every: what is shared out.

    Raises:
        GradingError: a worker has died.
        Exception: what ``do`` raises.
    """
    number = min(_cores(), _MOST)
    with _no_looking_back():
        if number == 1 or len(every) < _ALONE or not hasattr(os, "fork"):
            yield from ((place, do(one)) for place, one in enumerate(every))
        else:
            yield from _by_workers(do, every, number)


@contextlib.contextmanager
def _no_looking_back() -> Iterator[None]:
    """Let the garbage collector pass over all that start-up made: it is needed to the end.

    Else each of its rounds reads half a million objects again, and in a forked worker that copies
    the memory in which they lie.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _by_workers(
    do: Callable[[One], Made], every: Sequence[One], number: int
) -> Iterator[tuple[int, Made]]:
    context = multiprocessing.get_context("fork")
    workers: dict[Connection, BaseProcess] = {}
    for first in range(number):
        ours, theirs = context.Pipe(duplex=False)
        share = range(first, len(every), number)
        arguments = (do, every, share, theirs, [ours, *workers])
        workers[ours] = context.Process(target=_work, args=arguments, daemon=True)
        workers[ours].start()
        theirs.close()
    try:
        yield from _received(workers)
    finally:
        for worker in workers.values():
            worker.terminate()
            worker.join()


def _received(workers: dict[Connection, BaseProcess]) -> Iterator[tuple[int, Any]]:
    open_ = set(workers)
    while open_:
        for pipe in cast("list[Connection]", wait(list(open_))):
            try:
                message = pipe.recv()
            except EOFError as error:
                raise GradingError(WORDS.worker_died) from error
            if message is None:
                open_.remove(pipe)
            elif isinstance(message, BaseException):
                raise message
            else:
                yield message


def _work(
    do: Callable[[One], Made],
    every: Sequence[One],
    share: range,
    pipe: Connection,
    others: list[Connection],
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started the run ends it
    for other in others:
        other.close()  # else a pipe whose reader has gone would stay open
    try:
        for place in share:
            pipe.send((place, do(every[place])))
        pipe.send(None)
    except BrokenPipeError:
        return
    except Exception as error:  # noqa: BLE001 - it is raised where the run is
        pipe.send(error)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
