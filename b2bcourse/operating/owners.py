"""Reading a course as its owner: ``nbgrader_config.py`` is a program, and root must not run it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from b2bcourse.operating.accounts import owner_of, run_as


@dataclass(frozen=True)
class Said:
    """What came of it: JSON, or the last line of what went wrong."""

    said: str = ""
    error: str = ""


def as_owner(folder: Path, module: str, *arguments: str) -> Said:
    """Run one of the kit's modules as the owner of a folder.

    Args:
        folder: whose owner it is; who cannot change users must own it.
        module: a module that prints JSON.
        arguments: what it is given.
    """
    if not folder.is_dir():
        return Said(error=f"{folder}: {os.strerror(2)}")
    owner = owner_of(folder)
    if owner is None:
        return Said(error=f"{folder}: {folder.stat().st_uid} has no account")
    if os.geteuid() not in {0, owner.pw_uid}:
        return Said(error=f"{folder}: {os.strerror(13)}")
    done = run_as(owner, [sys.executable, "-m", module, *arguments])
    if done.returncode:
        return Said(error=(done.stderr.strip().splitlines() or ["?"])[-1])
    return Said(done.stdout)
