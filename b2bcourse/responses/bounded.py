"""Reading a file of unknown make: a size limit first, no link followed, no device opened."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

READING: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
"""How a file of unknown make is opened.

O_NONBLOCK keeps a named pipe from hanging a class's run; Windows has neither it nor links by
default, and reads text unless it is told not to.
"""


class NotAFileError(OSError):
    """A link, a folder or a device where a file of its own was expected."""


class TooLargeError(OSError):
    """A file beyond its limit; ``size`` in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


def read_bounded(path: Path | str, limit: int) -> bytes:
    """The bytes of a regular file that is no larger than ``limit``.

    Raises:
        FileNotFoundError: nothing is there.
        NotAFileError: the path is a link, a folder or a device.
        TooLargeError: the file is larger; nothing of it has been read.
        OSError: it cannot be read.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise NotAFileError(str(path))
    descriptor = os.open(path, READING)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotAFileError(str(path))
        if status.st_size > limit:
            raise TooLargeError(status.st_size)
        return file.read(limit + 1)
