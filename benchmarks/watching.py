"""When a file on disk gets new content, as another process sees it."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

LOOK_EVERY: Final = 0.0005


@dataclass(frozen=True)
class Seen:
    """A new content: when it was seen, and when the file system says it came to its place (ms)."""

    at: float
    placed: float


class Watcher:
    """Looks at one JSON file until its content is another and whole.

    Args:
        file: it need not exist yet.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._last, self._before = _signature(file), _content(file)
        self._seen: Seen | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def wait(self, seconds: float = 10.0) -> Seen | None:
        """What was seen; `None` if nothing new came in time."""
        self._thread.join(seconds)
        self._stop.set()
        return self._seen

    def _look(self) -> None:
        while not self._stop.is_set():
            now = _signature(self.file)
            if now != self._last:
                content, self._last = _content(self.file), now
                if content is not None and content != self._before:
                    self._seen = Seen(time.time() * 1000, now[0] / 1e6)
                    return
            time.sleep(LOOK_EVERY)


def _signature(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError:
        return (0,)
    # The change time is when a file written elsewhere was put in this one's place.
    return found.st_ctime_ns, found.st_ino, found.st_size


def _content(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
