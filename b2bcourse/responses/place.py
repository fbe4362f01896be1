"""Whose answer lies where, in a word: a browser keeps by it what is not saved yet."""

from __future__ import annotations

import getpass
import hashlib
import os
from typing import TYPE_CHECKING

from b2bcourse.context import where_it_is

if TYPE_CHECKING:
    from pathlib import Path


def place(path: Path) -> str:
    """The word for an answer's file, which tells nobody where that is."""
    where = where_it_is(path.parent.parent)
    return hashlib.sha256("\n".join((learner(), *where, path.name)).encode()).hexdigest()[:32]


def learner() -> str:
    """Who answers: the hub's name for the user, else the machine's; empty if there is none."""
    try:
        return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return ""
