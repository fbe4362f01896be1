"""Which exchange a course hands out through, and whether students can use it.

nbgrader falls back on one folder for the whole machine, and makes it where it may. A course of the
kit hands out and collects only where somebody has named the folder: in the course's own settings,
or in the machine's. Without one it works as well, by zip files through an LMS.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nbgrader.exchange.default import (
    Exchange,
    ExchangeList,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
)

from b2bcourse.facts.faults import of_system
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.holding.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from b2bcourse.facts import Text

FALLBACK: Final = Path(str(Exchange.class_traits()["root"].default_value))
"""Where nbgrader looks if nobody names a folder."""

_SETTINGS: Final = "nbgrader_config"
_FOR_ALL: Final = 0o777
_MADE: Final = 0o1777
"""Open to all, as nbgrader wants it; the sticky bit keeps everybody from moving a course away."""

_INBOUND: Final = stat.S_IWOTH | stat.S_IXOTH
"""What others may do in ``inbound``: put something in; not see what lies there."""

_SEEN: Final = stat.S_IROTH | stat.S_IXOTH


class Named:
    """An action that refuses an exchange that nobody named."""

    def start(self) -> Any:
        if not named_in(self) and not _ours(self):
            text = WORDS.no_exchange.format(fallback=FALLBACK)
            self.fail(f"{text.ko}\n{text.en}")  # type: ignore[attr-defined]
        return super().start()  # type: ignore[misc]


class NamedRelease(Named, ExchangeReleaseAssignment):
    """Stock ``release_assignment``, through a folder that somebody named, of what is not old.

    What is released says when it is due. In ``inbound`` students may put something, and move
    nothing that another has put there.
    """

    def start(self) -> Any:
        from b2bcourse.grading.headings import refuse_stale_action

        try:
            refuse_stale_action(self)
        except GradingError as error:
            self.fail(f"{error.text.ko}\n{error.text.en}")
        return super().start()

    def copy_files(self) -> None:
        super().copy_files()
        tell_due(self)

    def init_dest(self) -> None:
        super().init_dest()
        inbound = Path(self.inbound_path)
        if inbound.stat().st_uid == os.geteuid():
            inbound.chmod(_mode(inbound) | stat.S_ISVTX)


class NamedFeedback(Named, ExchangeReleaseFeedback):
    """Stock ``release_feedback``, through a folder that somebody named."""


class NamedList(Named, ExchangeList):
    """Stock ``list``, in a folder that somebody named; formgrader asks it what is released."""


def tell_due(action: Any) -> None:
    """Let what is handed out say when it is due by the gradebook as it is now."""
    from b2bcourse.grading.holding.published import due_of, publish

    directory = action.coursedir
    assignment = directory.assignment_id
    due = due_of(directory, assignment)
    for folder, why in publish(directory, action.config, assignment, due):
        action.log.warning("%s: %s", folder, why)


def named_in(action: Any) -> bool:
    """Whether any setting names the exchange's folder for an action."""
    return any("root" in action.config.get(name, {}) for name in type(action).section_names())


def _ours(action: Any) -> bool:
    """Whether the course already is in the folder that nbgrader falls back on.

    A course that was handed out there before the kit asked for a name goes on there.
    """
    course_id = action.coursedir.course_id
    home = Path(action.root, course_id)
    return bool(course_id) and home.is_dir() and home.stat().st_uid == os.geteuid()


@dataclass(frozen=True)
class InForce:
    """The exchange that a course uses.

    Attributes:
        root: its folder; None where nobody has named one.
        file: the settings that name it.
        course_id: the name that the course has in it.
    """

    root: Path | None
    file: Path | None
    course_id: str = ""

    def told(self) -> Text:
        """Which exchange is in force, in a sentence."""
        if self.root is None:
            return WORDS.exchange_none.format(fallback=FALLBACK)
        return WORDS.exchange.format(root=self.root, file=self.file)


def in_force(course: Path | None = None, course_id: str = "") -> InForce:
    """The exchange named by a course's settings, or else by the user's or the machine's.

    Args:
        course: a course folder; None asks what holds before there is one.
        course_id: the course's name in the exchange.
    """
    from jupyter_core.paths import jupyter_config_path

    for folder in [*([str(course)] if course else []), *jupyter_config_path()]:
        for settings, file in _read(folder):
            if root := settings.Exchange.get("root"):
                return InForce(Path(root), Path(file), course_id)
    return InForce(None, None, course_id)


def _read(folder: str) -> Iterator[tuple[Any, str]]:
    """The settings of nbgrader in a folder; ``.json`` counts more than ``.py``, as for Jupyter."""
    from nbgrader.apps.baseapp import NbGrader

    found = NbGrader._load_config_files(  # noqa: SLF001 - as nbgrader itself reads them
        _SETTINGS, path=[folder], raise_config_file_errors=True
    )
    yield from reversed(list(found))


def make(root: Path) -> None:
    """Make an exchange's folder, for everybody, as nbgrader would at the first release.

    Raises:
        GradingError: it may not be made there.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        if root.stat().st_uid == os.geteuid():
            root.chmod(_MADE)
    except OSError as error:
        detail = of_system(error)
        raise GradingError(WORDS.exchange_not_made.format(root=root, detail=detail)) from error


def faults(exchange: InForce, course: Path | None = None) -> list[Text]:
    """What keeps students from fetching or handing in through an exchange, each with its remedy.

    Args:
        exchange: the exchange.
        course: the course folder, in which an exchange must not lie.
    """
    root = exchange.root
    if root is None:
        return []
    if sys.platform == "win32":
        return [WORDS.exchange_windows]
    if not root.is_absolute():
        return [WORDS.exchange_relative.format(root=root)]
    if course is not None and root.resolve().is_relative_to(course.resolve()):
        return [WORDS.exchange_inside.format(root=root)]
    if not root.is_dir():
        return [WORDS.exchange_missing.format(root=root)]
    home = root / exchange.course_id if exchange.course_id else None
    return [
        *_not_reached(root),
        *_not_open(root),
        *(_within(home) if home is not None and home.is_dir() else ()),
    ]


def _not_reached(root: Path) -> Iterable[Text]:
    closed = [each for each in root.parents if not _mode(each) & stat.S_IXOTH]
    return [WORDS.exchange_closed.format(folder=each) for each in closed]


def _not_open(root: Path) -> Iterable[Text]:
    if _mode(root) & _FOR_ALL != _FOR_ALL:
        yield WORDS.exchange_mode.format(folder=root, mode=f"{_mode(root):04o}", wanted="0777")


def _within(home: Path) -> Iterator[Text]:
    """What is wrong in a course's own part of the exchange."""
    if home.stat().st_uid != os.geteuid():
        yield WORDS.exchange_taken.format(folder=home)
        return
    inbound, outbound = home / "inbound", home / "outbound"
    if inbound.is_dir():
        mode = _mode(inbound)
        if mode & _INBOUND != _INBOUND:
            yield WORDS.exchange_mode.format(folder=inbound, mode=f"{mode:04o}", wanted="2733")
        elif mode & stat.S_IROTH:
            yield WORDS.inbound_seen.format(folder=inbound, mode=f"{mode:04o}")
    for folder in (home, outbound):
        if folder.is_dir() and _mode(folder) & _SEEN != _SEEN:
            mode_told = f"{_mode(folder):04o}"
            yield WORDS.exchange_mode.format(folder=folder, mode=mode_told, wanted="0755")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
