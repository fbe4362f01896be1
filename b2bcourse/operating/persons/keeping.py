"""Every place on a hub's machine that keeps something of a person, found by looking."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts import LANGS, Text
from b2bcourse.hub.accounts import program, runtime_folder
from b2bcourse.hub.settings import FILE
from b2bcourse.operating.accounts import PEOPLE, account, people
from b2bcourse.operating.backup.places import within
from b2bcourse.operating.base import OperatingError
from b2bcourse.operating.owners import as_owner
from b2bcourse.operating.persons import hub_user
from b2bcourse.operating.persons.words import WORDS

if TYPE_CHECKING:
    import pwd

    from b2bcourse.hub.settings import Hub, HubCourse

_NAME: Final = re.compile(r"[a-z_][a-z0-9_.-]{0,31}")
_MEGABYTE: Final = 1_000_000
_MODULE: Final = "b2bcourse.operating.persons.course"


@dataclass(frozen=True)
class Kept:
    """One place.

    Attributes:
        place: a file, a folder, or the hub's interface.
        told: what is there.
        stays: it names others too, or is a log; a person must look at it.
    """

    place: str
    told: Text
    stays: bool = False


def kept(hub: Hub, name: str) -> list[Kept]:
    """What a hub keeps of somebody: home, sockets, courses, exchange, the hub itself, logs.

    Raises:
        OperatingError: that is no name, the hub does not answer, or a course cannot be opened.
    """
    if not _NAME.fullmatch(name):
        raise OperatingError(WORDS.bad_name.format(name=name))
    who = account(name)
    return [
        *(_at_home(hub, who) if who is not None else ()),
        *(each for course in hub.settings.courses for each in _in_course(hub, course, name)),
        *_in_hub(hub, name),
        *_named(hub, name),
        *_in_logs(hub, name),
    ]


def _at_home(hub: Hub, who: pwd.struct_passwd) -> Iterator[Kept]:
    home = Path(who.pw_dir)
    if home.is_dir():
        files = [path for path, _ in within(home, hub.state) if path.is_file()]
        size = sum(path.lstat().st_size for path in files) / _MEGABYTE
        yield Kept(str(home), WORDS.home.format(count=len(files), size=f"{size:.1f}"))
    sockets = runtime_folder(who.pw_uid)
    if sockets.is_dir():
        yield Kept(str(sockets), WORDS.runtime)


def _in_course(hub: Hub, course: HubCourse, name: str) -> Iterator[Kept]:
    for place in handed_in(hub, course, name):
        yield Kept(str(place), WORDS.exchange)
    for trace in _said(course, "show", name):
        if trace["what"] == "exchange":
            continue
        told = Text(*(trace[lang] for lang in LANGS))
        stays = trace["what"] == "mentioned"
        yield Kept(trace["place"], WORDS.course.format(course=course.id, told=told), stays)


def _said(course: HubCourse, action: str, name: str, *more: str) -> list[dict[str, str]]:
    folder = Path(course.folder)
    if not folder.is_dir():
        return []
    done = as_owner(folder, _MODULE, action, str(folder), name, *more)
    if done.error:
        raise OperatingError(WORDS.course_unread.format(folder=folder, why=done.error))
    return list(json.loads(done.said))


def export_course(course: HubCourse, name: str, out: Path) -> bool:
    """Write what a course keeps into an archive, as the course's owner; whether there is any."""
    _said(course, "export", name, str(out))
    return out.is_file()


def handed_in(hub: Hub, course: HubCourse, name: str) -> list[Path]:
    """Somebody's folders in a course's ``inbound``; only root sees and may delete them."""
    inbound = hub.exchange / course.id / "inbound"
    found = inbound.iterdir() if inbound.is_dir() else ()
    return sorted(path for path in found if path.name.rsplit("+", 3)[0] == name)


def _in_hub(hub: Hub, name: str) -> Iterator[Kept]:
    found: dict[str, Any] | None = hub_user.user_of(hub, name)
    if found is not None:
        groups = ", ".join(sorted(found.get("groups") or ())) or "-"
        active = str(found.get("last_activity") or "-")[:10]
        yield Kept(hub.api, WORDS.hub.format(groups=groups, active=active))


def _named(hub: Hub, name: str) -> Iterator[Kept]:
    lists = [(*each.students, *each.instructors) for each in hub.settings.courses]
    if any(name in names for names in [*lists, hub.settings.admins]):
        yield Kept(str(hub.folder / FILE), WORDS.named, stays=True)


def _in_logs(hub: Hub, name: str) -> Iterator[Kept]:
    for file in sorted(hub.state.glob("*.log*")):
        lines = lines_about(file, name)
        if lines:
            yield Kept(str(file), WORDS.log.format(count=len(lines)), stays=True)


def lines_about(file: Path, name: str) -> list[str]:
    """The lines of a log that name somebody."""
    whole = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    with file.open(encoding="utf-8", errors="replace") as lines:
        return [line for line in lines if whole.search(line)]


def delete(hub: Hub, name: str) -> list[Kept]:
    """Delete all of it: the hub's record first, so that nobody logs in meanwhile; then look again.

    Raises:
        OperatingError: it is no person's account, its processes run, or a part does not answer.
    """
    who = account(name)
    refuse_others(hub, name)
    hub_user.forget(hub, name)
    for course in hub.settings.courses:
        _said(course, "delete", name)
        for place in handed_in(hub, course, name):
            shutil.rmtree(place)
    if who is not None:
        shutil.rmtree(runtime_folder(who.pw_uid), ignore_errors=True)
        _remove_account(who)
    return [each for each in kept(hub, name) if not each.stays]


def refuse_others(hub: Hub, name: str) -> None:
    """Only a person's own account is deleted, with a home that holds nobody else's.

    Raises:
        OperatingError: it is the system's, a course's grader, or shares its home.
    """
    who = account(name)
    if who is None:
        return
    graders = {course.grader for course in hub.settings.courses}
    home = Path(who.pw_dir)
    others = [Path(one.pw_dir) for one in people() if one.pw_name != who.pw_name]
    shared = any(other == home or other.is_relative_to(home) for other in others)
    if who.pw_uid not in PEOPLE or who.pw_name in graders or shared:
        raise OperatingError(WORDS.no_person.format(name=who.pw_name))


def _remove_account(who: pwd.struct_passwd) -> None:
    done = subprocess.run(  # noqa: S603 - the system's own program, no shell
        [program("userdel"), "--remove", who.pw_name], capture_output=True, text=True, check=False
    )
    if account(who.pw_name) is not None:
        detail = done.stderr.strip()
        raise OperatingError(WORDS.running.format(name=who.pw_name, detail=detail))
