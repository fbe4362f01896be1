"""What is wrong with a machine, judged from what was seen of it; pure, one function a subject."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from b2bcourse.facts import Text
from b2bcourse.operating.doctor.seen import CourseSeen, Disk, Exchange, Machine, Place
from b2bcourse.operating.doctor.words import WORDS, Said

State = Literal["fine", "remark", "fault"]

MEGABYTE: Final = 1_000_000
LOW: Final = 200 * MEGABYTE
"""Below this a class cannot work: answers, kernels' files and nbgrader's copies need room."""
SCARCE: Final = 2_000 * MEGABYTE
_ENTRIES: Final = 0.02
_MANAGER: Final = "@jupyter-widgets/jupyterlab-manager"
_WIDGETS: Final = (_MANAGER, "anywidget")
_FOR_TMP: Final = 0o1777
_OTHERS: Final = 0o007
_GROUP_OR_OTHERS: Final = 0o077


@dataclass(frozen=True)
class Finding:
    """One sentence of the doctor's.

    Attributes:
        check: the subject, a word for scripts.
        state: ``fault`` must be mended, a ``remark`` should be known.
        text: what was found.
        remedy: how to mend it.
    """

    check: str
    state: State
    text: Text
    remedy: Text | None = None


def examine(machine: Machine) -> list[Finding]:
    """Every subject in its order; one that is in order has one finding that says so."""
    return [finding for check in CHECKS for finding in check(machine)]


def _fault(check: str, said: Said, **values: object) -> Finding:
    return Finding(check, "fault", said.text.format(**values), said.remedy.format(**values))


def _remark(check: str, said: Said, **values: object) -> Finding:
    return Finding(check, "remark", said.text.format(**values), said.remedy.format(**values))


def _fine(check: str, text: Text, **values: object) -> Finding:
    return Finding(check, "fine", text.format(**values))


def _or_fine(found: list[Finding], fine: Finding) -> list[Finding]:
    return found or [fine]


def versions(machine: Machine) -> list[Finding]:
    """Python, and every library that the kit's own record asks for."""
    seen, found = machine.environment, []
    if not seen.python_fits:
        found.append(_fault("versions", WORDS.old_python, found=seen.python, wanted=seen.wanted))
    for need in seen.needs:
        values = {"name": need.name, "wanted": need.wanted, "found": need.found or ""}
        if need.found is None:
            found.append(_fault("versions", WORDS.no_library, **values))
        elif not need.fits:
            found.append(_fault("versions", WORDS.old_library, **values))
    fine = _fine("versions", WORDS.versions_fine, python=seen.python, count=len(seen.needs))
    return _or_fine(found, fine)


def fonts(machine: Machine) -> list[Finding]:
    """Figures are drawn with the kit's own fonts; without Hangul a test cell would lose points."""
    bad = [font.path for font in machine.environment.fonts if not font.hangul]
    found = [_fault("fonts", WORDS.no_hangul, file=path) for path in bad]
    return _or_fine(found, _fine("fonts", WORDS.fonts_fine))


def widgets(machine: Machine) -> list[Finding]:
    """Without the widget manager an exercise is a line of text and no more."""
    return _extensions(machine, "widgets", in_group=True)


def extensions(machine: Machine) -> list[Finding]:
    """All other extensions of JupyterLab, and the Jupyter server's."""
    found = [
        finding
        for finding in _extensions(machine, "extensions", in_group=False)
        if finding.state != "fine"
    ]
    for name, on in machine.environment.servers.items():
        if on is None:
            found.append(_fault("extensions", WORDS.no_server_extension, name=name))
        elif not on:
            found.append(_fault("extensions", WORDS.server_extension_off, name=name))
    if not machine.environment.korean:
        found.append(_fault("extensions", WORDS.no_korean))
    return _or_fine(found, _fine("extensions", WORDS.extensions_fine))


def _extensions(machine: Machine, check: str, *, in_group: bool) -> list[Finding]:
    found = []
    for each in machine.environment.extensions:
        if (each.name in _WIDGETS) is not in_group:
            continue
        if not each.found:
            found.append(_fault(check, WORDS.no_extension, name=each.name))
        elif each.disabled:
            off = ", ".join(each.disabled)
            found.append(_fault(check, WORDS.extension_off, name=each.name, off=off))
    return _or_fine(found, _fine(check, WORDS.widgets_fine))


def config(machine: Machine) -> list[Finding]:
    """Settings that cannot be read, of the machine and of each course."""
    found = []
    if machine.settings_error:
        found.append(_fault("config", WORDS.bad_settings, detail=machine.settings_error))
    for course in machine.courses:
        if course.error is not None:
            why = Text(*course.error)
            found.append(_fault("config", WORDS.no_course, folder=course.root, why=why))
    return _or_fine(found, _fine("config", WORDS.config_fine, count=len(machine.courses)))


def exchange(machine: Machine) -> list[Finding]:
    """One folder for all, open for handing in, and shut against moving what others handed in."""
    named = [machine.exchange, *(c.exchange for c in machine.courses if c.exchange is not None)]
    found = [finding for each in _once(named) for finding in _one_exchange(each)]
    for course in machine.courses:
        found += _same(machine.exchange, course)
    roots = {each.root for each in named if each.root is not None}
    if not roots:
        return [_remark("exchange", WORDS.no_exchange)]
    return _or_fine(found, _fine("exchange", WORDS.exchange_fine, root=", ".join(sorted(roots))))


def _once(named: list[Exchange]) -> Iterator[Exchange]:
    """Each folder once, with the course's own part where a course names it."""
    inside = {each.root for each in named if each.inbound is not None}
    seen: set[tuple[str | None, Place | None]] = set()
    for each in named:
        doubled = each.inbound is None and each.root in inside
        if not doubled and (each.root, each.inbound) not in seen:
            seen.add((each.root, each.inbound))
            yield each


def _one_exchange(each: Exchange) -> Iterator[Finding]:
    for ko, en in each.faults:
        yield Finding("exchange", "fault", Text(ko, en))
    for place in (each.place, each.inbound):
        if place is not None and place.exists and not (place.mode or 0) & stat.S_ISVTX:
            mode = place.mode or 0
            wanted = f"{mode | stat.S_ISVTX:04o}"
            values = {"folder": place.path, "mode": f"{mode:04o}", "wanted": wanted}
            yield _fault("exchange", WORDS.not_sticky, **values)


def _same(everybodys: Exchange, course: CourseSeen) -> list[Finding]:
    own = course.exchange
    if own is None or own.root == everybodys.root or own.root is None:
        return []
    values = {"course": course.root, "own": own.root, "file": own.file or ""}
    if everybodys.root is None:
        return [_remark("exchange", WORDS.only_courses, **values)]
    others = {"others": everybodys.root, "others_file": everybodys.file or ""}
    return [_fault("exchange", WORDS.not_the_same, **values, **others)]


def time(machine: Machine) -> list[Finding]:
    """Times are kept in UTC by nbgrader; the machine's own zone only shows in its logs."""
    found = []
    for course in machine.courses:
        if course.timezone != "UTC":
            values = {"course": course.root, "zone": course.timezone}
            found.append(_fault("time", WORDS.not_utc, **values))
    if not machine.zones:
        found.append(_fault("time", WORDS.no_zones))
    if machine.zone not in {"UTC", "Etc/UTC", "GMT"}:
        found.append(_remark("time", WORDS.other_zone, zone=machine.zone))
    return _or_fine(found, _fine("time", WORDS.time_fine))


def disk(machine: Machine) -> list[Finding]:
    """Room on every disk that answers, work and copies go to; a quota shows when one writes."""
    disks = [*machine.disks, *(c.disk for c in machine.courses if c.disk is not None)]
    found = [finding for each in disks for finding in _one_disk(each)]
    if machine.tried is not None and machine.tried.home:
        values = {"user": machine.tried.user, "why": machine.tried.home}
        found.append(_fault("disk", WORDS.home_not_written, **values))
    least = min((each.free for each in disks), default=0)
    return _or_fine(found, _fine("disk", WORDS.disk_fine, free=_gigabytes(least)))


def _one_disk(each: Disk) -> Iterator[Finding]:
    values = {"folder": each.path, "free": _gigabytes(each.free)}
    if each.free < LOW:
        yield _fault("disk", WORDS.disk_full, **values)
    elif each.free < SCARCE:
        yield _remark("disk", WORDS.disk_scarce, **values)
    if each.entries_free < _ENTRIES:
        yield _fault("disk", WORDS.no_entries, **values)


def _gigabytes(free: int) -> str:
    return f"{free / 1000 / MEGABYTE:.1f}"


def tmp(machine: Machine) -> list[Finding]:
    """Kernels and nbgrader put files into the folder for temporary ones."""
    place, found = machine.tmp, []
    if not place.exists:
        found.append(_fault("tmp", WORDS.no_tmp, folder=place.path))
    elif (place.mode or 0) & _FOR_TMP != _FOR_TMP:
        values = {"folder": place.path, "mode": f"{place.mode or 0:04o}"}
        found.append(_fault("tmp", WORDS.tmp_mode, **values))
    if machine.tried is not None and machine.tried.tmp:
        values = {"user": machine.tried.user, "why": machine.tried.tmp}
        found.append(_fault("tmp", WORDS.tmp_not_written, **values))
    return _or_fine(found, _fine("tmp", WORDS.tmp_fine))


def other_user(machine: Machine) -> list[Finding]:
    """Whether somebody else can run this environment: by its modes, and by really trying."""
    found = [
        _fault("other-user", WORDS.closed, place=each.path, mode=f"{each.mode or 0:04o}")
        for each in machine.environment.closed
    ]
    tried = machine.tried
    if tried is None:
        return [*found, _remark("other-user", WORDS.not_tried)]
    if tried.imported and not found:
        found.append(_fault("other-user", WORDS.not_run, user=tried.user, why=tried.imported))
    return _or_fine(found, _fine("other-user", WORDS.other_user_fine, user=tried.user))


def keys(machine: Machine) -> list[Finding]:
    """Whether keys, gradebooks or the hub's secrets can be read by who must not."""
    found = []
    solutions = machine.environment.solutions
    if solutions is not None and solutions.open_to_others:
        found.append(_fault("keys", WORDS.solutions_open, folder=solutions.path))
    for course in machine.courses:
        names = [place.path for place in course.secrets if place.open_to_others]
        if names:
            values = {"folder": course.root, "names": ", ".join(names)}
            found.append(_fault("keys", WORDS.course_open, **values))
    found += [
        _fault("keys", WORDS.hub_secret_open, file=place.path)
        for place in (machine.hub.secrets if machine.hub else ())
        if place.open_to_others
    ]
    read = machine.tried.read if machine.tried else ()
    if read and not found:
        values = {"user": machine.tried.user if machine.tried else "", "names": ", ".join(read)}
        found.append(_fault("keys", WORDS.keys_read, **values))
    return _or_fine(found, _fine("keys", WORDS.keys_fine))


def homes(machine: Machine) -> list[Finding]:
    """Homes that others can look into, and how the next one will be made."""
    opened = [
        home
        for home in machine.homes
        if (home.place.mode or 0) & (_OTHERS if home.private else _GROUP_OR_OTHERS)
    ]
    found = []
    if opened:
        folders = " ".join(home.place.path for home in opened)
        values = {"count": len(opened), "folders": folders}
        found.append(_fault("homes", WORDS.homes_open, **values))
    if machine.home_mode and int(machine.home_mode, 8) & _OTHERS:
        found.append(_remark("homes", WORDS.home_mode, mode=machine.home_mode))
    return _or_fine(found, _fine("homes", WORDS.homes_fine, count=len(machine.homes)))


def hub(machine: Machine) -> list[Finding]:
    """The programs of a JupyterHub, where one was asked for."""
    if machine.hub is None:
        return []
    missing = [name for name, version in machine.hub.programs.items() if version is None]
    found = [_fault("hub", WORDS.no_program[name], name=name) for name in missing]
    found += [
        _fault("hub", WORDS.old_program, name=name, found=machine.hub.programs[name] or "")
        for name in machine.hub.old
    ]
    told = ", ".join(f"{name} {version}" for name, version in machine.hub.programs.items())
    return _or_fine(found, _fine("hub", WORDS.hub_fine, programs=told))


CHECKS: Final[tuple[Callable[[Machine], list[Finding]], ...]] = (
    versions,
    other_user,
    extensions,
    widgets,
    fonts,
    config,
    exchange,
    time,
    disk,
    tmp,
    keys,
    homes,
    hub,
)
