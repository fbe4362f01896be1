"""Reading what a student handed in: a size limit first, no link followed, no device opened."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from b2bcourse.facts import Text
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
        raise ResponseError(_NOT_A_FILE)
    try:
        return read_bounded(home / f"{item_id}.json", MAX_RESPONSE_BYTES)
    except FileNotFoundError:
        return None
    except NotAFileError as error:
        raise ResponseError(_NOT_A_FILE) from error
    except TooLargeError as error:
        raise ResponseError(too_large(error.size)) from error
    except OSError as error:
        raise ResponseError(_UNREADABLE.format(detail=error.strerror or "")) from error


_NOT_A_FILE: Final = Text(
    ko="보통 파일이 아니라 링크나 폴더여서 읽지 않았습니다.",
    en="This is a link or a folder, not a file of its own, so it was not read.",
)
_UNREADABLE: Final = Text(
    ko="파일을 열 수 없습니다({detail}).",
    en="The file cannot be opened ({detail}).",
)
