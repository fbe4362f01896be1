"""Bringing a class back: nothing is written over, and nobody gets another's files."""

from __future__ import annotations

import datetime as dt
import grp
import os
import pwd
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from b2bcourse.hub.accounts import program
from b2bcourse.operating.accounts import account
from b2bcourse.operating.backup import databases
from b2bcourse.operating.backup.manifest import DUMPS, NAME, SCHEMA, Account, Manifest
from b2bcourse.operating.backup.words import WORDS
from b2bcourse.operating.base import OperatingError

_SYSTEM: Final = 1000


@dataclass
class Restored:
    """What came back.

    Attributes:
        made: when it was saved.
        hub: the hub's folder.
        count: how many entries.
        new: accounts that were made for it.
        differing: what is not as it was saved, with what differs.
    """

    made: str
    hub: str
    count: int = 0
    new: list[str] = field(default_factory=list)
    differing: list[tuple[str, str]] = field(default_factory=list)


def manifest_of(file: Path) -> Manifest:
    """What a back-up says of itself.

    Raises:
        OperatingError: it is none, is broken, or was made by a newer release.
    """
    try:
        with tarfile.open(file, "r:gz") as archive:
            first = archive.next()
            said = archive.extractfile(first) if first is not None and first.name == NAME else None
            found = msgspec.json.decode(said.read() if said else b"", type=Manifest)
    except (OSError, tarfile.TarError, EOFError, msgspec.DecodeError) as error:
        raise OperatingError(WORDS.no_backup.format(file=file, detail=error)) from error
    if found.schema > SCHEMA:
        raise OperatingError(WORDS.newer.format(file=file))
    return found


def restore(
    file: Path, only: Sequence[Path] = (), *, make_accounts: bool = False, aside: bool = False
) -> Restored:
    """Put a back-up's files where they were, with owners by name, modes and times.

    Args:
        file: the back-up.
        only: files or folders of it; default: all of it.
        make_accounts: make accounts that are missing, with their old numbers where these are free.
        aside: rename what is in the way, instead of refusing.

    Raises:
        OperatingError: an account is missing or another's, something is in the way, or the file
            is broken. Nothing has been changed then.
    """
    manifest = manifest_of(file)
    done = Restored(manifest.made, manifest.hub)
    with tarfile.open(file, "r:gz") as archive:
        members = _wanted(archive, file, only)
        targets = [path.absolute() for path in only] or [Path(root) for root in manifest.roots]
        missing = _missing(manifest, members, make_accounts=make_accounts)
        _refuse_in_the_way(targets, aside=aside)
        done.new = [_make(each) for each in missing]
        _move_aside(targets)
        # By an attribute, as 3.11.2 has no argument for it; the file is root's own.
        archive.extraction_filter = lambda member, _path: member
        archive.extractall("/", members=members)  # noqa: S202
        done.count = len(members)
        done.differing = list(_differences(members))
        if not only:
            _bring_databases(archive, manifest)
    return done


def _wanted(archive: tarfile.TarFile, file: Path, only: Sequence[Path]) -> list[tarfile.TarInfo]:
    try:
        everything = [
            each for each in archive if each.name != NAME and not each.name.startswith(DUMPS)
        ]
    except (OSError, tarfile.TarError, EOFError) as error:
        raise OperatingError(WORDS.no_backup.format(file=file, detail=error)) from error
    if not only:
        return everything
    found = []
    for path in only:
        name = str(path.absolute()).lstrip("/")
        own = [each for each in everything if each.name == name or each.name.startswith(f"{name}/")]
        if not own:
            raise OperatingError(WORDS.not_in_it.format(path=path))
        found += own
    return found


def _missing(
    manifest: Manifest, members: Sequence[tarfile.TarInfo], *, make_accounts: bool
) -> list[Account]:
    """The accounts to make; a file of one that is not there would be theirs who have its number."""
    owners = {each.uname for each in members}
    wanted = [each for each in manifest.accounts if each.name in owners]
    for each in wanted:
        here = account(each.name)
        if here is not None and here.pw_dir != each.home:
            raise OperatingError(WORDS.account_other.format(name=each.name, home=each.home))
    missing = [each for each in wanted if account(each.name) is None]
    made = {each.name for each in missing} | {each.group for each in missing}
    unknown = _strangers(members) - made
    if unknown or (missing and not make_accounts):
        names = ", ".join(sorted({*unknown, *(each.name for each in missing)}))
        raise OperatingError(WORDS.no_accounts.format(names=names))
    return missing


def _strangers(members: Sequence[tarfile.TarInfo]) -> set[str]:
    """Owners and groups that the machine does not know, and numbers that are somebody's by now."""
    users = {each.uname for each in members if each.uname and account(each.uname) is None}
    groups = {each.gname for each in members if each.gname and not _is_group(each.gname)}
    taken = {each.uid for each in members if not each.uname and not _free(each.uid)}
    return users | groups | set(map(str, taken))


def _is_group(name: str) -> bool:
    try:
        grp.getgrnam(name)
    except KeyError:
        return False
    return True


def _make(wanted: Account) -> str:
    """An account as it was, with a group of its own; its number is another one if that is taken."""
    numbers = ["--uid", str(wanted.uid)] if _free(wanted.uid) and wanted.uid >= _SYSTEM else []
    done = subprocess.run(  # noqa: S603 - the system's own program, no shell
        [
            *(program("useradd"), *numbers, "--no-create-home", "--home-dir", wanted.home),
            *("--user-group", "--shell", wanted.shell, wanted.name),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        detail = done.stderr.strip()
        raise OperatingError(WORDS.account_not_made.format(name=wanted.name, detail=detail))
    return wanted.name


def _free(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return True
    return False


def _occupied(path: Path) -> bool:
    if path.is_dir() and not path.is_symlink():
        return any(path.iterdir())
    return path.exists() or path.is_symlink()


def _refuse_in_the_way(targets: Sequence[Path], *, aside: bool) -> None:
    # Through a link of a student's root would write wherever it leads.
    linked = [str(path) for path in targets if path.parent.resolve() != path.parent]
    if linked:
        raise OperatingError(WORDS.linked.format(folders=", ".join(linked)))
    there = [str(path) for path in targets if _occupied(path)]
    if there and not aside:
        raise OperatingError(WORDS.in_the_way.format(folders=", ".join(there)))


def _move_aside(targets: Sequence[Path]) -> None:
    now = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    for path in targets:
        if _occupied(path):
            path.rename(path.with_name(f"{path.name}.before-restore-{now}"))


def _differences(members: Sequence[tarfile.TarInfo]) -> Iterator[tuple[str, str]]:
    """Look at everything again: owner, mode, size and time, as they were saved."""
    for each in members:
        path = Path("/", each.name)
        try:
            seen = path.lstat()
        except OSError as error:
            yield str(path), error.strerror or str(error)
            continue
        owner = account(each.uname)
        if owner is not None and seen.st_uid != owner.pw_uid:
            yield str(path), each.uname
        elif not each.issym() and (seen.st_mode & 0o7777) != each.mode:
            yield str(path), f"{each.mode:04o}"
        elif each.isreg() and seen.st_size != each.size:
            yield str(path), f"{each.size}"
        elif not each.issym() and abs(seen.st_mtime - float(each.mtime)) > 0.001:  # noqa: PLR2004
            yield str(path), f"{each.mtime}"


def _bring_databases(archive: tarfile.TarFile, manifest: Manifest) -> None:
    for dump in manifest.dumps:
        said = archive.extractfile(dump.entry)
        with tempfile.NamedTemporaryFile() as file:
            file.write(said.read() if said else b"")
            file.flush()
            os.fsync(file.fileno())
            databases.bring_back(databases.gradebook_of(Path(dump.course)), Path(file.name))
