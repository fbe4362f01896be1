"""When an assignment is due, as its folder tells a student: one small file beside the faces.

It stands in UTC, and is shown in the reader's own time. No file, no due date.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "due_date.json"
"""In ``items/``; no item can be called so, for no id has an underscore."""

_MAX_BYTES: Final = 4096


class Due(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When everybody's work is due, with its zone."""

    due: datetime
    schema: Literal[1] = 1


def encoded(due: Due) -> bytes:
    """A due date as its file's bytes, in UTC."""
    plain = msgspec.structs.replace(due, due=due.due.astimezone(UTC))
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"


def due_in(folder: Path) -> datetime | None:
    """When an assignment is due, by its folder; None where it does not say, or not legibly.

    Args:
        folder: of an assignment, fetched or released.
    """
    path = folder / "items" / FILE
    try:
        if path.is_symlink() or path.stat().st_size > _MAX_BYTES:
            return None
        found = msgspec.json.decode(path.read_bytes(), type=Due).due
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
