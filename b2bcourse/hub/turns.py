"""Turns in starting servers: many at once on a few cores, and each would wait for all."""

from __future__ import annotations

import asyncio


class Turns:
    """So many servers start at once; who comes later waits in the order of coming."""

    def __init__(self, at_once: int) -> None:
        self._free, self._waiting = asyncio.Semaphore(at_once), 0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return self._waiting

    async def take(self) -> None:
        """Wait for a turn."""
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1

    def give_back(self) -> None:
        """The turn is somebody else's."""
        self._free.release()
