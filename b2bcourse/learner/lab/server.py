"""A JupyterLab that was started here: whether it is up, where it answers, how it is stopped."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from jupyter_core.paths import jupyter_runtime_dir

from b2bcourse.learner.lab.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from b2bcourse.facts import Text

_WINDOWS: Final = os.name == "nt"
_LAST_LINES: Final = 12
_POLL: Final = 0.1
_GRACE: Final = 10.0
"""Seconds that JupyterLab gets to end its kernels."""


class LabError(RuntimeError):
    """JupyterLab did not start or broke off: in both languages, and the end of its log."""

    def __init__(self, text: Text, log: Path) -> None:
        super().__init__(text.en)
        self.text, self.lines = text, last_lines(log)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Whoever ends this program, by Ctrl-C or a closed window, ends JupyterLab with it."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # No handler, as after `nohup`: what is ignored stays so.
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    meant = [name for name in names if before[name] is not signal.SIG_IGN]
    for name in meant:
        signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        yield
    finally:
        for name in meant:
            signal.signal(getattr(signal, name), before[name])


@contextlib.contextmanager
def running(
    command: list[str], environment: dict[str, str], log: Path, cwd: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that writes into ``log``, asks nobody anything, and is gone afterwards."""
    # The log names the token: it is its owner's only. Two servers on one folder append to one log.
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        server = subprocess.Popen(  # noqa: S603
            command,
            env=environment,
            cwd=cwd,
            stdin=subprocess.DEVNULL,  # nobody asks "Shutdown this Jupyter server (y/[n])?"
            stdout=file,
            stderr=file,
            # Ctrl-C comes to this program alone, which passes it on once and in order.
            start_new_session=not _WINDOWS,
        )
        try:
            yield server
        finally:
            _stop(server)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End a server; a second Ctrl-C meanwhile is no reason to leave kernels behind."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        if not _WINDOWS:  # there, Ctrl-C reaches it by itself, and `terminate` would kill it
            server.terminate()
        for harder in (server.terminate, server.kill):
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(_GRACE)
                return
            harder()
        server.wait()
    finally:
        signal.signal(signal.SIGINT, before)


def wait_up(
    server: subprocess.Popen[bytes],
    root: Path,
    log: Path,
    *,
    patience: float = 30.0,
    late: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Wait until a server answers.

    Args:
        server: the server, just started.
        root: its root folder.
        log: its log.
        patience: the seconds after which `late` is called.
        late: says that it takes long; called once.

    Returns:
        What the server says of itself: its real ``url`` and its ``token`` among other things.

    Raises:
        LabError: it ended before it answered.
    """
    begun, told = time.monotonic(), False
    while server.poll() is None:
        for info in _infos():
            if _is_of(info, server.pid, root) and answers(info["url"], info["token"]):
                return info
        if not told and time.monotonic() - begun > patience:
            told = True
            late()
        time.sleep(_POLL)
    raise LabError(WORDS.not_started, log)


def _infos() -> Iterator[dict[str, Any]]:
    """What running servers have written down about themselves."""
    for path in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
        with contextlib.suppress(OSError, ValueError):  # just gone, or only half written
            yield json.loads(path.read_bytes())


def around(folder: Path) -> Iterator[dict[str, Any]]:
    """The servers of this user that run now and have a folder under their root."""
    for info in _infos():
        root = Path(str(info.get("root_dir") or os.sep))
        if folder.is_relative_to(root) and answers(info["url"], info["token"]):
            yield info


def _is_of(info: dict[str, Any], pid: int, root: Path, *, windows: bool = _WINDOWS) -> bool:
    """Is this the server that was started as ``pid``?

    An environment's Python on Windows starts another one, which has an id of its own.
    """
    return info["pid"] == pid or (windows and Path(info["root_dir"]) == root)


def fetched(info: dict[str, Any], page: str) -> bytes:
    """What a running server answers whoever holds its token; nothing where it has no such page."""
    try:
        with _direct(info["token"]).open(f"{info['url'].rstrip('/')}{page}", timeout=30) as found:
            return bytes(found.read())
    except OSError:
        return b""


def _direct(token: str) -> urllib.request.OpenerDirector:
    """A proxy of the firm's network has no business between a computer and itself."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    direct.addheaders = [("Authorization", f"token {token}")]
    return direct


def answers(url: str, token: str = "") -> bool:
    """Does anything answer at an address? Whether it says yes or no does not matter."""
    try:
        _direct(token).open(f"{url}api/status", timeout=2).close()
    except urllib.error.HTTPError as error:
        error.close()
    except urllib.error.URLError as error:
        return isinstance(error.reason, ssl.SSLError)  # with a certificate of the reader's own
    except OSError:
        return False
    return True


def address(info: dict[str, Any], page: str) -> str:
    """The address of a page, whole, so that a click on it is enough."""
    query = f"?{urlencode({'token': info['token']})}" if info["token"] else ""
    return f"{info['url'].rstrip('/')}{page}{query}"


def last_lines(log: Path, count: int = _LAST_LINES) -> list[str]:
    """How a log ends."""
    return log.read_text("utf-8", errors="replace").splitlines()[-count:]
