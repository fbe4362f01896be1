"""Whatever was once told as saved is in the file or set aside in it, whatever windows and kernels do.

A machine takes random steps: it marks, types and takes away in several pages of several kernels,
whose messages come late, twice, in another order or not at all, and whose kernels die, also in the
midst of a save. After each step everything that any kernel has ever told as saved must be there,
unless who wrote over it had been told of it before.

``B2BCOURSE_EXAMPLES=2000`` makes it look longer.
"""

import contextlib
import errno
import itertools
import os
import shutil
import tempfile
from copy import deepcopy
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from b2bcourse.context import practice_item
from b2bcourse.items import kind_of
from b2bcourse.items.response import decode_response
from b2bcourse.responses import Store
from b2bcourse.responses import lock as locks
from b2bcourse.responses import store as store_module
from b2bcourse.widgets.base import PROTOCOL
from b2bcourse.widgets.exercise import Exercise

ITEMS = {
    "mx-cells": [("cells", "tech", "cfo"), ("cells", "tech", "cto"), ("cells", "quality", "cfo")],
    "ex-diary": [("order", "1"), ("order", "2"), ("order", "3")],
    "es-meeting": [("text",), ("self", "asks")],
}
EXAMPLES = int(os.environ.get("B2BCOURSE_EXAMPLES", "100"))


class Killed(BaseException):
    """The process is no more: nothing that comes after is done."""


def leaves(value, path=()):
    for name, content in value.items():
        if isinstance(content, dict):
            yield from leaves(content, (*path, name))
        elif content not in (None, ""):
            yield (*path, name), content


def put(into, path, data):
    for name in path[:-1]:
        into = into.setdefault(name, {})
    into[path[-1]] = data


def part(value, path):
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


class Page:
    """What a view in a browser remembers, as the browser's own store does."""

    numbers = itertools.count(1_000, 1_000)  # each page begins later than the one before

    def __init__(self, kernel):
        self.kernel = kernel
        self.born = self.n = next(Page.numbers)
        self.base = deepcopy(kernel.exercise.view.value)
        self.seen = set(leaves(self.base))  # all it has been told, or has entered itself
        self.unsaved = {}  # path -> [data, was, number of the first message with it]
        self.heard = []  # replies on their way to it
        self.offer = kernel.exercise.view.offer

    def enter(self, path, data):
        was = self.unsaved[path][1] if path in self.unsaved else part(self.base, path)
        self.unsaved[path] = [data, was, None]
        self.seen.add((path, data))

    def message(self, do):
        self.n += 1
        for entry in self.unsaved.values():
            entry[2] = entry[2] or self.n
        sent = {"do": do, "n": self.n, "from": self.born, "p": PROTOCOL, "patch": {}, "was": {}}
        for path, (data, was, _) in self.unsaved.items():
            put(sent["patch"], path, data)
            put(sent["was"], path, was)
        if do in {"put_back", "leave"}:  # of what it shows, whatever has been set aside since
            sent |= {"kept": self.offer.get("id"), "saw": deepcopy(self.base)}
        return sent, frozenset(self.seen)

    def hear(self, reply):
        if reply["did"] == "saved":
            done = [
                path
                for path, entry in self.unsaved.items()
                if (entry[2] or reply["n"] + 1) <= reply["n"]
            ]
            for path in done if self.born < reply["n"] <= self.n else []:
                del self.unsaved[path]
        if "value" in reply:
            self.base = reply["value"]
            self.offer = reply.get("offer", self.offer)
            self.seen |= set(leaves(self.base))


class Kernel:
    """An exercise as a cell makes it, and the pages that show it."""

    def __init__(self, folder, item):
        face = kind_of(item.kind).face(item, "en")
        self.exercise = Exercise(face, Store(folder, face, item), item)
        self.exercise.view.send = self._send
        self.pages, self.said = [], []

    def _send(self, content):
        self.said.append(deepcopy(content))

    def handle(self, message):
        """What it says to a message, and what its views are shown after it."""
        self.said = []
        self.exercise.view._handle_custom_msg(deepcopy(message), [])
        self.said.append({"did": "shown", "value": deepcopy(self.exercise.view.value)})
        for page in self.pages:
            page.heard += deepcopy(self.said)
        return self.said

    def die(self):
        """Its process is gone: whoever finds its lock can know that."""
        lock = self.exercise.store._lock().path
        with contextlib.suppress(FileNotFoundError):
            owner = msgspec.json.decode(lock.read_bytes(), type=locks.Owner)
            lock.write_bytes(msgspec.json.encode(replace(owner, began=5.0)))


@contextlib.contextmanager
def killed_at_the_replace(after):
    """A process that is killed just before, or just after, the new file takes the old one's place."""
    replace, create, unlink, dead = Path.replace, store_module.create, Path.unlink, []

    def killed(step):
        def stop(path, target):
            if after:
                step(path, target)
            dead.append(path)
            raise Killed

        return stop

    def only_the_living(path, **options):
        if not dead:
            unlink(path, **options)

    with (
        patch.object(Path, "replace", killed(replace)),
        patch.object(store_module, "create", killed(create)),
        patch.object(Path, "unlink", only_the_living),
        contextlib.suppress(Killed),
    ):
        yield


@contextlib.contextmanager
def full_disk():
    def refuse(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with patch.object(os, "fsync", refuse):
        yield


SOME = st.integers(0, 99)


class Windows(RuleBasedStateMachine):
    """Pages and kernels on one answer."""

    @initialize(name=st.sampled_from(sorted(ITEMS)))
    def begin(self, name):
        self.folder = Path(tempfile.mkdtemp(prefix="model-"))
        self.name, self.item = name, practice_item(name)
        self.kernels, self.network, self.owed, self.opened = [], [], set(), 0
        self.run()

    def teardown(self):
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    @property
    def pages(self):
        return [page for kernel in self.kernels for page in kernel.pages]

    def pick(self, some, number):
        return some[number % len(some)]

    def data(self, path, number):
        if self.name == "ex-diary":
            face = kind_of("ordering").face(self.item, "en")
            return self.pick([card.id for card in face.cards][:4], number)
        return (
            f"text {number}"
            if path == ("text",)
            else number % 3
            if path[0] == "self"
            else 1 + number % 2
        )

    # ------------------------------------------------------------ what students do

    @rule(page=SOME, path=SOME, number=SOME, send=st.booleans())
    def enter(self, page, path, number, send):
        page, path = self.pick(self.pages, page), self.pick(ITEMS[self.name], path)
        data = self.data(path, number)
        if path[0] == "order":  # a card that is picked up leaves its place
            for slot, card in list(leaves(self.shown(page))):
                if card == data and slot != path:
                    page.enter(slot, None)
        page.enter(path, data)
        if send:
            self.send(page, "change")

    def shown(self, page):
        value = deepcopy(page.base)
        for path, (data, _, _) in page.unsaved.items():
            put(value, path, data)
        return value

    @rule(page=SOME, path=SOME)
    def take_away(self, page, path):
        page, path = self.pick(self.pages, page), self.pick(ITEMS[self.name], path)
        page.enter(path, "" if path == ("text",) else None)
        self.send(page, "change")

    @rule(page=SOME, do=st.sampled_from(["check", "put_back", "leave", "look"]))
    def press(self, page, do):
        page = self.pick(self.pages, page)
        if do != "look":
            self.send(page, do)
        elif not page.unsaved:
            self.network.append(
                (page, {"do": "look", "n": 0, "from": page.born, "p": PROTOCOL}, frozenset())
            )

    def send(self, page, do):
        self.network.append((page, *page.message(do)))

    @rule(kernel=SOME)
    def reload(self, kernel):
        kernel = self.pick(self.kernels, kernel)
        kernel.pages.pop(0)
        self.open(kernel)

    @rule(kernel=SOME)
    def second_tab(self, kernel):
        self.open(self.pick(self.kernels, kernel))

    @precondition(lambda self: len(self.kernels) < 3)
    @rule()
    def second_kernel(self):
        self.run()

    def run(self):
        self.kernels.append(Kernel(self.folder, self.item))
        self.open(self.kernels[-1])

    def open(self, kernel):
        kernel.pages.append(Page(kernel))
        self.opened += 1

    # ------------------------------------------------------------ what happens to messages

    @precondition(lambda self: self.network)
    @rule(number=SOME, again=st.booleans())
    def deliver(self, number, again):
        """Any message may come next: in another order, late, and twice."""
        at = number % len(self.network)
        page, message, seen = self.network[at] if again else self.network.pop(at)
        if page.kernel in self.kernels:
            self.written(message, seen)
            self.tell(page.kernel, message)

    @precondition(lambda self: self.network)
    @rule(number=SOME)
    def lose(self, number):
        self.network.pop(number % len(self.network))

    @rule(page=SOME, all_of_them=st.booleans())
    def hear(self, page, all_of_them):
        page = self.pick(self.pages, page)
        while page.heard:
            page.hear(page.heard.pop(0))
            if not all_of_them:
                break

    @precondition(lambda self: self.network)
    @rule(number=SOME)
    def deliver_to_a_full_disk(self, number):
        page, message, _ = self.network.pop(number % len(self.network))
        if page.kernel in self.kernels:
            with full_disk():
                self.tell(page.kernel, message)

    # ------------------------------------------------------------ what happens to kernels

    @precondition(lambda self: self.network)
    @rule(number=SOME, after=st.booleans())
    def kill_in_a_save(self, number, after):
        page, message, seen = self.network.pop(number % len(self.network))
        if page.kernel in self.kernels:
            if after:
                self.written(message, seen)
            with killed_at_the_replace(after):
                page.kernel.handle(message)
            self.end(page.kernel)

    @rule(kernel=SOME)
    def kill(self, kernel):
        self.end(self.pick(self.kernels, kernel))

    def end(self, kernel):
        """The kernel dies; who sees «not saved» runs the cell again, in another kernel."""
        kernel.die()
        self.kernels.remove(kernel)
        if not self.kernels:
            self.run()

    # ------------------------------------------------------------ what must be so

    def written(self, message, seen):
        """Who writes over what it had been told of may do so."""
        patch = message.get("patch", {})
        paths = {
            path
            for path in ITEMS[self.name]
            if part(patch, path[:-1]) and path[-1] in part(patch, path[:-1])
        }
        moved = {data for path, data in leaves(patch) if path[0] == "order"}
        self.owed -= {
            (path, data) for path, data in self.owed & seen if path in paths or data in moved
        }

    def tell(self, kernel, message):
        told = kernel.handle(message)
        failed = any(one["did"] == "failed" for one in told)  # then what it shows is what it showed
        for one in told:
            if one["did"] == "saved" or (one["did"] == "shown" and not failed):
                self.owed |= set(leaves(one["value"]))

    def on_disk(self):
        path = self.kernels[0].exercise.store.path
        return decode_response(path.read_bytes()) if path.exists() else None

    @invariant()
    def whatever_was_told_as_saved_is_there(self):
        if not getattr(self, "owed", None):
            return
        found = self.on_disk()
        there = set(leaves(found.value)).union(*(leaves(kept.value) for kept in found.kept))
        assert not self.owed - there

    @invariant()
    def one_page_alone_is_told_of_no_second_version(self):
        if getattr(self, "opened", 0) == 1 and (found := self.on_disk()):
            assert not found.kept

    @invariant()
    def a_card_lies_in_one_place(self):
        if getattr(self, "name", "") == "ex-diary" and (found := self.on_disk()):
            cards = [card for _, card in leaves(found.value)]
            assert len(cards) == len(set(cards))


Windows.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.usefixtures("kernels_apart")
class TestWindowsAndKernels(Windows.TestCase):
    """No sequence of what windows and kernels do loses an answer that was told as saved."""
