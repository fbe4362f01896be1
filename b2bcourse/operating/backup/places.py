"""What of a hub is saved: all that cannot be made anew from the kit."""

from __future__ import annotations

import grp
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.hub.settings import CONFIG, FILE
from b2bcourse.operating.accounts import account, people
from b2bcourse.operating.backup.manifest import Account

if TYPE_CHECKING:
    import pwd
    from collections.abc import Iterator

    from b2bcourse.hub.settings import Hub

_PASSED: Final = {".cache", ".npm", "Trash", "__pycache__"}
"""Folders in homes that programs fill again by themselves."""

_LOGS: Final = ".log"


def roots(hub: Hub) -> list[Path]:
    """The folders and files that are saved whole; none lies in another.

    Environment, programs and settings by role are made again by ``b2bcourse hub --prepare``.
    """
    own = [hub.folder / FILE, hub.folder / CONFIG, hub.state, hub.exchange]
    courses = [Path(one.folder) for one in hub.settings.courses]
    homes = [Path(one.pw_dir) for one in persons(hub)]
    found = {path.absolute() for path in [*own, *courses, *homes] if path.exists()}
    return sorted(path for path in found if not found & set(path.parents))


def persons(hub: Hub) -> list[pwd.struct_passwd]:
    """The accounts that use a hub, its graders included.

    Where the hub makes accounts those of its own; else every person's on the machine.
    """
    homes = hub.settings.homes
    found = {
        one.pw_name: one
        for one in people()
        if not homes or Path(one.pw_dir).is_relative_to(Path(homes).absolute())
    }
    for course in hub.settings.courses:
        grader = account(course.grader)
        if grader is not None:
            found[grader.pw_name] = grader
    return [found[name] for name in sorted(found)]


def accounts(hub: Hub) -> tuple[Account, ...]:
    """The same accounts, as they must be where their files come back."""
    return tuple(
        Account(
            one.pw_name,
            one.pw_uid,
            one.pw_gid,
            grp.getgrgid(one.pw_gid).gr_name,
            one.pw_dir,
            one.pw_shell,
        )
        for one in persons(hub)
    )


def above(root: Path, hub: Hub) -> Iterator[Path]:
    """The folders between a hub's and a root: their modes and owners are saved too."""
    yield from (each for each in reversed(root.parents) if each.is_relative_to(hub.folder))


def within(root: Path, state: Path) -> Iterator[tuple[Path, int | None]]:
    """A root and all in it, folders before what they hold, each with its folder held open.

    No link is followed, also none that is put into a folder's place meanwhile: a student may do
    in her home what she likes, and it is root who reads there.
    """
    yield root, None
    if root.is_symlink() or not root.is_dir():
        return
    for at, folders, files, handle in os.fwalk(root, follow_symlinks=False):
        folders[:] = sorted(name for name in folders if name not in _PASSED)
        for name in (*folders, *sorted(files)):
            path = Path(at, name)
            if not (path.suffix == _LOGS and path.parent == state):
                yield path, handle
