"""What a hub keeps of somebody, as one archive that she may have."""

from __future__ import annotations

import json
import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.operating.accounts import account
from b2bcourse.operating.backup.places import within
from b2bcourse.operating.base import OperatingError
from b2bcourse.operating.persons import hub_user
from b2bcourse.operating.persons.keeping import export_course, kept, lines_about
from b2bcourse.operating.persons.words import WORDS

if TYPE_CHECKING:
    from b2bcourse.facts import Lang
    from b2bcourse.hub.settings import Hub

_AS_IT_IS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


def export(hub: Hub, name: str, out: Path, lang: Lang) -> Path:
    """Write home, courses, the hub's record and log lines into a zip file that only root can read.

    Args:
        hub: the hub.
        name: the account.
        out: the archive; one that is there is never overwritten.
        lang: the language of what is said of it.

    Raises:
        OperatingError: nothing is kept, or ``out`` exists.
    """
    found = kept(hub, name)
    if not found:
        raise OperatingError(WORDS.nothing.format(name=name))
    if out.exists():
        raise OperatingError(WORDS.exists.format(file=out))
    listed = "\n".join(f"- {each.told[lang]}: {each.place}" for each in found)
    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with (
        os.fdopen(handle, "wb") as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive,
    ):
        archive.writestr("README.txt", WORDS.about[lang].format(name=name, listed=listed))
        record = hub_user.user_of(hub, name)
        archive.writestr("hub.json", json.dumps(record, ensure_ascii=False, indent=1))
        archive.writestr("log-lines.txt", "".join(_lines(hub, name)))
        _put_courses(hub, name, archive)
        _put_home(hub, name, archive)
    return out


def _lines(hub: Hub, name: str) -> Iterator[str]:
    for log in sorted(hub.state.glob("*.log*")):
        yield from lines_about(log, name)


def _put_courses(hub: Hub, name: str, archive: zipfile.ZipFile) -> None:
    """Each course's own archive, made by its owner in a folder that only she and root can enter."""
    for course in hub.settings.courses:
        with tempfile.TemporaryDirectory(prefix="b2bcourse-") as scratch:
            owner = account(course.grader)
            if owner is not None:
                os.chown(scratch, owner.pw_uid, owner.pw_gid)
            made = Path(scratch, "export.zip")
            if export_course(course, name, made):
                archive.writestr(f"course-{course.id}.zip", made.read_bytes())


def _put_home(hub: Hub, name: str, archive: zipfile.ZipFile) -> None:
    """The files of a home; a link is not followed, nor one that takes a file's place meanwhile."""
    who = account(name)
    if who is None:
        return
    home = Path(who.pw_dir)
    for path, held in within(home, hub.state):
        if held is None:
            continue
        try:
            handle = os.open(path.name, _AS_IT_IS, dir_fd=held)
        except OSError:  # a link, a socket, or gone by now
            continue
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            continue
        with os.fdopen(handle, "rb") as file:
            archive.writestr(f"home/{path.relative_to(home).as_posix()}", file.read())
