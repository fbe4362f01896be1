"""Whether a folder in the exchange was put there by the student it names.

nbgrader's submit runs as the student, so on a machine where every student has an account the
folder belongs to who handed it in. Where that is not so, its owner says nothing: on one's own
computer, in containers in which everybody is the same user, where root or the instructor has put
the folders there, or where students' ids are no accounts.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def forger(folder: Path, student: str, others: Collection[str] = ()) -> str:
    """The account that handed in a folder in another student's name; empty where there is none.

    Args:
        folder: the folder in the exchange; a link's own owner counts.
        student: the student it names.
        others: the ids of the course's students.

    Returns:
        The owner's name, where the student has another account, or has none while the owner is a
        student of the course.
    """
    if sys.platform == "win32":
        return ""
    owner = folder.lstat().st_uid
    if owner in {0, os.geteuid()}:
        return ""
    name, account = _name(owner), _number(student)
    if name == student or account == owner:
        return ""
    if account is not None or name in others:
        return name
    return ""


def _name(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _number(name: str) -> int | None:
    import pwd

    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        return None
