"""What is seen of a machine: plain facts, without an opinion and without a sentence.

Facts are gathered by `gather` and judged by `checks`, so that a test can plant every fault without
breaking a machine.
"""

from __future__ import annotations

import stat
from typing import Final

from msgspec import Struct

_READ: Final = stat.S_IROTH
_PASS: Final = stat.S_IXOTH


class Place(Struct, frozen=True):
    """A file or a folder, and what others may do with it.

    Attributes:
        path: absolute.
        mode: its permissions; None where it does not exist or cannot be looked at.
        owner: whose it is, by name.
        reached: whether every folder above lets others through.
        folder: whether it is one.
    """

    path: str
    mode: int | None = None
    owner: str = ""
    reached: bool = True
    folder: bool = True

    @property
    def exists(self) -> bool:
        return self.mode is not None

    @property
    def open_to_others(self) -> bool:
        """Whether somebody without a right of her own can read it, or enter it."""
        wanted = _READ | _PASS if self.folder else _READ
        return self.exists and self.reached and bool((self.mode or 0) & wanted)


class Need(Struct, frozen=True):
    """A library that the kit wants: which versions, and which one is installed, if any."""

    name: str
    wanted: str
    found: str | None
    fits: bool


class Extension(Struct, frozen=True):
    """An extension of JupyterLab: whether it is installed, and what of it has been switched off."""

    name: str
    found: bool
    disabled: tuple[str, ...] = ()


class Font(Struct, frozen=True):
    """A font of the kit's figures: whether it is there and has Hangul."""

    path: str
    hangul: bool


class Environment(Struct, frozen=True):
    """The Python environment that students are given.

    Attributes:
        python: its version.
        wanted: the versions that the kit runs on.
        python_fits: whether the one is among the others.
        closed: what on the way to it, or in it, other users may not read or pass.
        servers: extensions of the Jupyter server, and whether each is on; None is not installed.
        solutions: the graded keys beside an editable install.
    """

    python: str
    wanted: str
    python_fits: bool
    needs: tuple[Need, ...]
    fonts: tuple[Font, ...]
    extensions: tuple[Extension, ...]
    servers: dict[str, bool | None]
    korean: bool
    closed: tuple[Place, ...] = ()
    solutions: Place | None = None


class Disk(Struct, frozen=True):
    """The room on the disk of one place, in bytes, and the share of file entries still free."""

    path: str
    free: int
    entries_free: float = 1.0


class Exchange(Struct, frozen=True):
    """The folder for handing out and in that some settings name.

    Attributes:
        root: the folder; None where none is named.
        file: the settings that name it.
        faults: what `b2bcourse.grading.holding.exchange` finds wrong, in both languages.
        place: the folder as it is.
        inbound: where a course's students put their work, if it is there yet.
    """

    root: str | None
    file: str | None = None
    faults: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    inbound: Place | None = None


class CourseSeen(Struct, frozen=True):
    """A course folder, with what its settings say.

    Attributes:
        error: why it cannot be opened, in both languages.
        timezone: nbgrader's ``Exchange.timezone``.
        secrets: what students must not read.
    """

    root: str
    error: tuple[str, str] | None = None
    timezone: str = "UTC"
    exchange: Exchange | None = None
    secrets: tuple[Place, ...] = ()
    disk: Disk | None = None


class Tried(Struct, frozen=True):
    """What really happened when another user tried.

    Attributes:
        user: who tried.
        imported: the error of loading the kit; empty where it worked.
        home: the error of writing 2 MB at home; empty where it worked.
        tmp: the same in the folder for temporary files.
        read: which of the secrets could be read.
    """

    user: str
    imported: str = ""
    home: str = ""
    tmp: str = ""
    read: tuple[str, ...] = ()


class Home(Struct, frozen=True):
    """A person's home on the machine, and whether its group is her own and nobody else's."""

    user: str
    place: Place
    private: bool = True


class Hub(Struct, frozen=True):
    """What a JupyterHub needs: programs with their versions (None is missing), and its secrets."""

    programs: dict[str, str | None]
    old: tuple[str, ...] = ()
    secrets: tuple[Place, ...] = ()


class Machine(Struct, frozen=True):
    """Everything that was looked at."""

    environment: Environment
    exchange: Exchange
    disks: tuple[Disk, ...]
    tmp: Place
    zone: str
    zones: bool
    homes: tuple[Home, ...] = ()
    home_mode: str = ""
    courses: tuple[CourseSeen, ...] = ()
    tried: Tried | None = None
    hub: Hub | None = None
    settings_error: str = ""
