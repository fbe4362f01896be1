"""What a back-up says of itself, in its first entry."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

NAME: Final = "b2bcourse-backup.json"
DUMPS: Final = "b2bcourse-backup/"
SCHEMA: Final = 1


class Account(Struct, frozen=True):
    """An account whose files are in a back-up, as it must be on the machine they come back to."""

    name: str
    uid: int
    gid: int
    group: str
    home: str
    shell: str


class Dump(Struct, frozen=True):
    """A gradebook that is on a server: whose course, and the entry that holds its rows."""

    course: str
    entry: str


class Manifest(Struct, frozen=True):
    """A back-up.

    Attributes:
        made: when, UTC.
        version: the kit's.
        hub: the hub's folder.
        roots: the folders that are in it whole.
        accounts: whose files are in it.
        dumps: gradebooks that are on a server.
    """

    made: str
    version: str
    hub: str
    roots: tuple[str, ...]
    accounts: tuple[Account, ...]
    dumps: tuple[Dump, ...] = ()
    schema: int = SCHEMA
