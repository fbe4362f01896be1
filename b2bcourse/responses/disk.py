"""What a disk does to a file that is being saved, and what is said when it refuses."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from filelock import Timeout

from b2bcourse.facts import Text


def lock_folder() -> Path:
    """This user's folder for locks, on the machine's own disk."""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    folder = Path(tempfile.gettempdir()) / f"b2bcourse-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


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
    if isinstance(error, Timeout):
        return Text(
            ko="저장되지 않음: 다른 창이 같은 답안을 쓰고 있습니다. 잠시 뒤 다시 표시하십시오.",
            en="Not saved: another window is writing this answer. Try again in a moment.",
        )
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Text(
            ko="저장되지 않음: 디스크가 가득 찼습니다. 파일을 지운 뒤 다시 표시하십시오. "
            "전에 저장한 답은 그대로 있습니다.",
            en="Not saved: the disk is full. Free some space and mark again. "
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
