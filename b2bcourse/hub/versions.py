"""The environments of a hub, one for each state of the kit, and the link that says which is new.

An environment is never changed once somebody runs it: a new one is made beside it, and the link is
switched when it works. Who has a server keeps the old one until the next start; nothing is mixed.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from b2bcourse.hub.settings import Hub

VERSIONS: Final = "versions"
_NAME: Final = 12


def folder_of(hub: Hub, state: str) -> Path:
    """Where the environment of a state of the kit lies, or will lie."""
    # Resolved, as its programs name their interpreter by its whole path.
    return (hub.folder / VERSIONS).resolve() / state[:_NAME]


def switch(hub: Hub, to: Path) -> None:
    """Make an environment the one that every new server starts with, in one step."""
    link = hub.folder / "env"
    new = link.with_name(".env.new")
    new.unlink(missing_ok=True)
    inside = to.is_relative_to(hub.folder)
    new.symlink_to(to.relative_to(hub.folder) if inside else to)
    new.replace(link)


def sweep(hub: Hub) -> list[Path]:
    """Remove environments that nobody runs, but for the newest and the one before it."""
    home = hub.folder / VERSIONS
    there = [each for each in home.iterdir() if not each.is_symlink()] if home.is_dir() else []
    made = sorted(there, key=lambda each: each.stat().st_mtime)
    kept = {hub.environment, *[each for each in made if each != hub.environment][-1:]}
    removed = [each for each in made if each not in kept and not any(_runs(each))]
    for each in removed:
        shutil.rmtree(each)
    return removed


def _runs(environment: Path) -> Iterator[int]:
    """The processes that were started from an environment."""
    inside = f"{environment}{os.sep}"
    for process in psutil.process_iter(["cmdline"]):
        if any(word.startswith(inside) for word in process.info["cmdline"] or ()):
            yield process.pid
