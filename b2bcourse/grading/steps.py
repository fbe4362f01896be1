"""How long jobs tell where they are."""

from __future__ import annotations

from collections.abc import Callable

OnStep = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done, and of how many."""


def silent(what: str, done: int, total: int) -> None:
    """Tell nothing."""
