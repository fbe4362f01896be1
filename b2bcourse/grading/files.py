"""Reading what a student handed in: a size limit first, no link followed, no device opened."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING, Final

from b2bcourse.course_files import renamed
from b2bcourse.grading.words import WORDS
from b2bcourse.items.base import ResponseError
from b2bcourse.items.response import MAX_RESPONSE_BYTES, too_large
from b2bcourse.responses import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

RESPONSES: Final = FOLDER
MAX_NOTEBOOK_BYTES: Final = 8 * 1024 * 1024

# O_NONBLOCK keeps a named pipe from hanging a class's run; Windows has neither flag.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


class NotAFileError(OSError):
    """A link, a folder or a device where a file of its own was expected."""


class TooLargeError(OSError):
    """A file beyond its limit; ``size`` in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a regular file that is no larger than ``limit``.

    Raises:
        FileNotFoundError: nothing is there.
        NotAFileError: the path is a link, a folder or a device.
        TooLargeError: the file is larger; nothing of it has been read.
        OSError: it cannot be read.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise NotAFileError(str(path))
    descriptor = os.open(path, _FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotAFileError(str(path))
        if status.st_size > limit:
            raise TooLargeError(status.st_size)
        return file.read(limit + 1)


def read_answer(folder: Path, item_id: str) -> bytes | None:
    """The response file of an item in a handed-in folder.

    Args:
        folder: the folder that holds the notebook and ``responses``.
        item_id: a well-formed item id.

    Returns:
        The file's bytes, or None where the student answered nothing.

    Raises:
        ResponseError: the file is too large, no regular file, or cannot be read.
    """
    home = folder / RESPONSES
    if home.is_symlink() or (home.exists() and not home.is_dir()):
        raise ResponseError(WORDS.not_a_file)
    try:
        return _first_of(home, (item_id, *renamed().older(item_id)))
    except NotAFileError as error:
        raise ResponseError(WORDS.not_a_file) from error
    except TooLargeError as error:
        raise ResponseError(too_large(error.size)) from error
    except OSError as error:
        raise ResponseError(WORDS.unreadable.format(detail=error.strerror or "")) from error


def _first_of(home: Path, names: tuple[str, ...]) -> bytes | None:
    """The first file there is: an older copy of the assignment may call the item otherwise."""
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            return read_bounded(home / f"{name}.json", MAX_RESPONSE_BYTES)
    return None
