"""Where answers and notebooks lie in what was handed in, how much is read, and how one writes."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from b2bcourse.responses import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

RESPONSES: Final = FOLDER
MAX_SUBMISSION_KB: Final = 20_000
"""All that one student may hand in for an assignment; a KB is 1,000 bytes, as nbgrader counts."""
MAX_FILE_KB: Final = 8_000
"""One file beside the notebook and the answers, which may take all the room there is."""
MAX_NOTEBOOK_BYTES: Final = 1_000 * MAX_SUBMISSION_KB


def legible(name: str) -> str:
    """A file's name that can be written anywhere, without effect on a terminal.

    What was written in another encoding, controls and marks of direction are shown as unknown.
    """
    if name.isprintable():  # as nearly every name is
        return name
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def put(path: Path, data: bytes) -> None:
    """Write a file so that whoever reads it finds the old bytes or the new ones, whole."""
    scratch = path.with_name(f".{path.name}.tmp")  # a dot-file is no item and is never released
    with scratch.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, scratch)
    scratch.replace(path)
