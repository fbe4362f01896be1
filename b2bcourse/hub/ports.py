"""Ports of this machine that nobody listens on."""

from __future__ import annotations

import socket
from typing import Final

_MOST: Final = 65_535


def free_ports(*wanted: int) -> tuple[int, ...]:
    """For each wanted port the same one, or the next that is free; none twice."""
    found: list[int] = []
    for port in wanted:
        candidate = port
        while candidate in found or is_taken(candidate):
            candidate += 1
            if candidate > _MOST:
                raise OSError(f"no port from {port} on is free")
        found.append(candidate)
    return tuple(found)


def is_taken(port: int) -> bool:
    """Whether anything listens on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
