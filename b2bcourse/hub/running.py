"""A hub's processes, run and watched from one terminal: proxy, graders, hub."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import signal
import subprocess
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.hub import accounts
from b2bcourse.hub.base import WORDS, HubError
from b2bcourse.hub.ports import is_taken
from b2bcourse.hub.settings import CONFIG, FILE
from b2bcourse.hub.tokens import PROXY, Tokens, value
from b2bcourse.learner.lab.server import last_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from b2bcourse.facts import Text
    from b2bcourse.hub.settings import Hub

_POLL: Final = 0.3
_PATIENCE: Final = 120.0
_GRACE: Final = 15.0
_MOST_STARTS: Final = 5
"""A part that ends so often by itself will not do better the next time."""


class Part(Struct, frozen=True):
    """One process of a hub.

    Attributes:
        name: what it is called, in its log's name as well.
        command: what is run.
        user: as whom.
        environment: what it is told beside what everybody is.
        port: where it listens.
    """

    name: str
    command: tuple[str, ...]
    user: str
    environment: dict[str, str]
    port: int


def parts(hub: Hub) -> tuple[Part, ...]:
    """The processes of a hub, in the order in which they start."""
    settings, python = hub.settings, str(hub.python)
    file = str(hub.folder / FILE)
    token = value(Tokens.of(hub).proxy)
    proxy = Part(
        "proxy",
        (python, "-m", "b2bcourse.hub.proxy", file),
        "nobody",
        {PROXY: token},
        settings.port,
    )
    main = Part(
        "hub",
        (python, "-m", "jupyterhub", "-f", str(hub.folder / CONFIG)),
        "root",
        {},
        settings.hub_port,
    )
    graders = (
        Part(
            course.id,
            (python, "-m", "b2bcourse.hub.grader", file, course.id),
            course.grader,
            {},
            course.port,
        )
        for course in settings.courses
    )
    return (proxy, *graders, main)


class Running:
    """The processes of one hub, started by this program and ended by it.

    Args:
        hub: the hub, prepared.
    """

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.parts = parts(hub)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._starts: dict[str, int] = {}

    def log(self, name: str) -> Path:
        """What a part has said."""
        return self.hub.state / f"{name}.log"

    def start(self) -> None:
        """Start all and wait until the hub answers through the proxy.

        Raises:
            HubError: a port is taken, or a part ends instead of answering.
        """
        for part in self.parts:
            if is_taken(part.port):
                raise HubError(WORDS.port_taken.format(port=part.port, file=self.hub.folder / FILE))
        for part in self.parts:
            self._start(part)
        self.wait_ready()

    def _start(self, part: Part) -> None:
        account = pwd.getpwnam(part.user)
        accounts.make_runtime_folder(account.pw_uid)
        own = {"HOME": account.pw_dir, "USER": part.user, "LOGNAME": part.user, "TZ": "UTC"}
        path = os.pathsep.join([str(self.hub.environment / "bin"), os.environ["PATH"]])
        kept = {name: text for name in ("LANG", "LC_ALL") if (text := os.environ.get(name))}
        handle = os.open(self.log(part.name), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        groups = os.getgrouplist(part.user, account.pw_gid)
        with os.fdopen(handle, "ab") as log:
            self.processes[part.name] = subprocess.Popen(  # noqa: S603
                part.command,
                user=account.pw_uid,
                group=account.pw_gid,
                extra_groups=groups,
                env={**kept, **own, "PATH": path, **part.environment},
                cwd="/" if part.user == "nobody" else account.pw_dir,
                umask=0o022 if part.user == "root" else 0o027,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C comes to this program alone
            )

    def wait_ready(self) -> None:
        """Wait until a page of the hub comes through the proxy, and each grader answers.

        The hub looks for the graders only now and then, and until it has found one who opens
        formgrader is told that there is no such page: the proxy must know the way to each.
        """
        wanted = [f"{self.hub.settings.address}/hub/login"]
        wanted += [
            f"http://127.0.0.1:{one.port}{one.prefix}api/status"
            for one in self.hub.settings.courses
        ]
        begun = time.monotonic()
        while wanted:
            wanted = [url for url in wanted if not _answers(url)]
            wanted += [] if wanted else self._unreached()
            ended = [name for name, each in self.processes.items() if each.poll() is not None]
            if ended or time.monotonic() - begun > _PATIENCE:
                name = ended[0] if ended else "hub"
                raise self._broke_off(name)
            time.sleep(_POLL if wanted else 0)

    def _unreached(self) -> list[str]:
        """The graders' addresses of which the proxy does not know the way yet."""
        request = urllib.request.Request(f"{self.hub.proxy_api}/routes")  # noqa: S310
        request.add_header("Authorization", f"token {value(Tokens.of(self.hub).proxy)}")
        with _direct().open(request, timeout=5) as answer:
            known = [str(route).rstrip("/") for route in json.loads(answer.read())]
        ways = {one.prefix.rstrip("/"): one.port for one in self.hub.settings.courses}
        return [
            f"http://127.0.0.1:{port}{way}/api/status"
            for way, port in ways.items()
            if not any(route.endswith(way) for route in known)
        ]

    def watch(self, tell: Callable[[Text], None]) -> None:
        """Until this program is ended: a part that ends by itself is started again.

        Raises:
            HubError: it ends again and again.
        """
        while True:
            for part in self.parts:
                if self.processes[part.name].poll() is None:
                    continue
                again = self._starts.get(part.name, 0) + 1
                self._starts[part.name] = again
                if again > _MOST_STARTS:
                    raise self._broke_off(part.name)
                tell(WORDS.again.format(name=part.name))
                time.sleep(1)
                self._start(part)
            time.sleep(_POLL)

    def _broke_off(self, name: str) -> HubError:
        log = self.log(name)
        said = "\n".join(last_lines(log)) if log.is_file() else ""
        return HubError(WORDS.broke_off.format(name=name, log=log, said=said))

    def stop(self) -> None:
        """End the users' servers, then the hub, the graders and the proxy."""
        with contextlib.suppress(OSError, ValueError):
            stop_servers(self.hub)
        for part in reversed(self.parts):
            process = self.processes.get(part.name)
            if process is not None:
                _end(process)


def stop_servers(hub: Hub) -> list[str]:
    """End every user's server through the hub, as its pages would; whose they were.

    Raises:
        OSError: the hub does not answer.
    """
    running = [user["name"] for user in _asked(hub, "GET", "/users?state=active")]
    for name in running:
        _asked(hub, "DELETE", f"/users/{name}/server")
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and _asked(hub, "GET", "/users?state=active"):
        time.sleep(_POLL)
    return running


def _asked(hub: Hub, method: str, address: str) -> Any:
    request = urllib.request.Request(f"{hub.api}{address}", method=method)  # noqa: S310
    request.add_header("Authorization", f"token {value(Tokens.of(hub).upkeep)}")
    with _direct().open(request, timeout=60) as answer:
        body = answer.read()
    return json.loads(body) if body else None


def _answers(url: str) -> bool:
    try:
        _direct().open(url, timeout=5).close()
    except urllib.error.HTTPError as error:
        error.close()
        return error.code < 500  # noqa: PLR2004
    except OSError:
        return False
    return True


def _direct() -> urllib.request.OpenerDirector:
    """A proxy of the network has no business between a computer and itself."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _end(process: subprocess.Popen[bytes]) -> None:
    for harder in (process.terminate, process.kill):
        if process.poll() is None:
            harder()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE)


@contextlib.contextmanager
def running(hub: Hub) -> Iterator[Running]:
    """A hub that answers, and is gone afterwards whatever happens."""
    made = Running(hub)
    try:
        made.start()
        yield made
    finally:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C leaves nothing
        try:
            made.stop()
        finally:
            signal.signal(signal.SIGINT, before)
