"""What a disk does to a file that is being saved, and what is said when it refuses."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from b2bcourse.facts import Text
from b2bcourse.responses.lock import LockedError, LockFolderError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

PASSING: Final = 2.0
"""So many seconds a passing fault is tried again."""

_PASSING: Final = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ESTALE, errno.ETXTBSY})
_FIRST_PAUSE: Final = 0.01
_LAST_PAUSE: Final = 0.2


def persistent(do: Callable[[], T]) -> T:
    """What ``do`` returns; a fault that may pass is tried again for two seconds.

    A virus scanner or a program that syncs a folder holds a file for a moment; a network disk
    hiccups. A folder that cannot be written or a full disk will not change so soon.
    """
    deadline, pause = time.monotonic() + PASSING, _FIRST_PAUSE
    while True:
        try:
            return do()
        except OSError as error:
            if not passes(error) or time.monotonic() >= deadline:
                raise
        time.sleep(pause)
        pause = min(2 * pause, _LAST_PAUSE)


def passes(error: OSError) -> bool:
    """Whether a fault may be over in a moment."""
    return error.errno in _PASSING or (
        error.errno in {errno.EACCES, errno.EPERM} and _may_write(error)
    )


def _may_write(error: OSError) -> bool:
    """Whether the folder of a file that was refused can be written: then only the file is held."""
    name = error.filename2 or error.filename
    return name is not None and os.access(Path(os.fsdecode(name)).parent, os.W_OK)


def sync_folder(folder: Path) -> None:
    """Make the replaced name itself durable; Windows cannot open folders and needs not."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:  # some network file systems refuse; the file itself is on disk
        return
    finally:
        os.close(descriptor)


def why(error: OSError, path: Path) -> Text:
    """Why a file could not be used and what to do, in a student's words."""
    if isinstance(error, LockedError):
        return Text(
            ko="저장되지 않음: 다른 창이 같은 답안을 쓰고 있습니다. 잠시 뒤 다시 표시하십시오.",
            en="Not saved: another window is writing this answer. Try again in a moment.",
        )
    if isinstance(error, LockFolderError):
        return Text(
            ko=f"저장되지 않음: {error.folder} 폴더에 쓸 수 없습니다({error.strerror}). "
            "이 컴퓨터를 관리하는 분에게 알리십시오.",
            en=f"Not saved: {error.folder} cannot be written ({error.strerror}). "
            "Tell whoever looks after this computer.",
        )
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Text(
            ko="저장되지 않음: 디스크가 가득 찼습니다. 파일을 지운 뒤 다시 표시하십시오. "
            "전에 저장한 답은 그대로 있습니다.",
            en="Not saved: the disk is full. Free some space and mark again. "
            "The answer saved before is untouched.",
        )
    if passes(error):
        return Text(
            ko="저장되지 않음: 다른 프로그램이 이 파일을 잠시 붙잡고 있습니다. 잠시 뒤 다시 "
            "표시하십시오. 전에 저장한 답은 그대로 있습니다.",
            en="Not saved: another program is holding this file for a moment. Mark again shortly. "
            "The answer saved before is untouched.",
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Text(
            ko=f"저장되지 않음: 이 폴더에 쓸 수 없습니다({path.parent.parent.name}). "
            "쓸 수 있는 폴더로 복사한 뒤 여십시오.",
            en=f"Not saved: this folder cannot be written ({path.parent.parent.name}). "
            "Copy it to a folder of your own and open it there.",
        )
    return Text(
        ko=f"저장되지 않음: {error.strerror or error}. 이 셀을 다시 실행하십시오.",
        en=f"Not saved: {error.strerror or error}. Run this cell again.",
    )
