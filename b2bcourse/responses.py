"""Where a response lives: one JSON file an item, beside the notebook, never lost.

A save takes a lock, reads the file, puts only the changed parts in, writes a temporary file,
forces it to disk and puts it in the old one's place in one step. So a kill at any moment leaves
the old answer or the new one; two kernels do not undo each other; a full disk or a read-only
folder leaves the old answer and says so.

Locks lie outside the assignment folder, on the machine's own disk: they never travel with a
submission, and they work where home folders are on NFS, whose own locks cannot be relied on.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.items import kind_of
from b2bcourse.items.base import ResponseError, check_id, not_right
from b2bcourse.items.response import (
    MAX_RESPONSE_BYTES,
    SCHEMA,
    Response,
    Try,
    decode_response,
    too_large,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from b2bcourse.items.base import Outcome

FOLDER: Final = "responses"
LOCK_SECONDS: Final = 5.0
_STALE_SECONDS: Final = 60.0


class SaveError(OSError):
    """A response could not be saved; the answer on disk is as it was. Said in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Loaded(Struct, frozen=True):
    """What was found on disk, and what the student must be told about it."""

    response: Response | None
    notes: tuple[Text, ...] = ()


class Store:
    """The response file of one item.

    Args:
        folder: the notebook's folder; the file is ``folder/responses/<item>.json``.
        item: the item's id.
        kind: the item's kind, which knows how to merge parts.
        face: the hash of the face that is answered.
    """

    def __init__(self, folder: Path, item: str, kind: str, face: str) -> None:
        self.item, self.kind, self.face = check_id(item), kind, face
        self.path = folder.absolute() / FOLDER / f"{item}.json"

    def read(self) -> Loaded:
        """The answer on disk. A file that is none is set aside under a dated name, not lost."""
        try:
            with self._lock():
                return self._load()
        except OSError as error:
            return Loaded(None, (_why(error, self.path),))

    def save(self, patch: Mapping[str, Any], *, tried: Outcome | None = None) -> Loaded:
        """Put the parts of ``patch`` into the answer on disk.

        Args:
            patch: the changed parts, in the kind's shape; ``None`` takes a part away.
            tried: the outcome, where the student checked a practice answer; it joins the history.

        Returns:
            The answer as it now lies on disk, and notes for the student.

        Raises:
            SaveError: nothing was written; the message says why and what to do.
        """
        try:
            self.path.parent.mkdir(exist_ok=True)
            with self._lock():
                self._sweep()
                old = self._load()
                response = self._next(old.response, patch, tried)
                self._write(_encoded(response))
        except SaveError:
            raise
        except OSError as error:
            raise SaveError(_why(error, self.path)) from error
        return Loaded(response, old.notes)

    def _next(
        self, old: Response | None, patch: Mapping[str, Any], tried: Outcome | None
    ) -> Response:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        before = old.value if old else {}
        tries = old.tries if old else ()
        if tried is not None:
            tries = (*tries, Try(now, tried.fraction, not_right(tried)))
        return Response(
            schema=SCHEMA,
            item=self.item,
            kind=self.kind,
            value=kind_of(self.kind).merge(before, patch),
            revision=(old.revision if old else 0) + 1,
            time=now,
            face=self.face,
            tries=tries,
        )

    def _load(self) -> Loaded:
        try:
            return Loaded(read_response(self.path, self.item, self.kind))
        except FileNotFoundError:
            return Loaded(None)
        except ResponseError as error:
            return Loaded(None, (self._set_aside(error.text),))

    def _set_aside(self, why: Text) -> Text:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        aside = self.path.with_name(f"{self.item}.{stamp}.unreadable.json")
        self.path.rename(aside)
        return Text(
            ko=f"{why.ko} 그 파일은 지우지 않고 {FOLDER}/{aside.name}(으)로 옮겨 두었습니다. "
            "답을 다시 표시하십시오.",
            en=f"{why.en} It was not deleted but set aside as {FOLDER}/{aside.name}. "
            "Please answer again.",
        )

    def _write(self, data: bytes) -> None:
        """Replace the file in one step, with everything on disk before the step."""
        temporary = self.path.with_name(f".{self.item}.{secrets.token_hex(4)}.tmp")
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(self.path.parent)

    def _sweep(self) -> None:
        """Take away temporary files that a killed kernel left behind."""
        for left in self._temporary():
            try:
                if datetime.now(UTC).timestamp() - left.stat().st_mtime > _STALE_SECONDS:
                    left.unlink()
            except OSError:  # another kernel swept it, or it is not ours to sweep
                continue

    def _temporary(self) -> Iterator[Path]:
        return self.path.parent.glob(f".{self.item}.*.tmp")

    def _lock(self) -> FileLock:
        name = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:32]
        return FileLock(_lock_folder() / f"{name}.lock", timeout=LOCK_SECONDS)


def read_response(path: Path, item: str, kind: str) -> Response:
    """The response to an item from a file, wherever that lies.

    Raises:
        ResponseError: it is no response, or one to another item.
        OSError: it cannot be read.
    """
    response = decode_response(read_limited(path))
    if (response.item, response.kind) != (item, kind):
        raise ResponseError(
            Text(
                ko=f"다른 문제({response.item})의 답안 파일입니다.",
                en=f"The file holds an answer to another item ({response.item}).",
            )
        )
    return response


def histories(folder: Path) -> dict[str, tuple[Try, ...]]:
    """The tries of every response beside a notebook, by item; unreadable files are passed over."""
    found = {}
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            response = decode_response(read_limited(path))
        except (OSError, ResponseError):
            continue
        if response.item == path.stem:
            found[response.item] = response.tries
    return found


def values(folder: Path, items: Iterable[Any]) -> dict[str, Any]:
    """The values of several responses, by item; what cannot be read is left out.

    Args:
        folder: where the responses lie.
        items: the items that are asked for; anything with ``id`` and ``kind``.
    """
    found = {}
    for item in items:
        path = folder / f"{item.id}.json"
        try:
            found[item.id] = read_response(path, item.id, item.kind).value
        except (OSError, ResponseError):
            continue
    return found


def read_limited(path: Path) -> bytes:
    """A response file's bytes; what is too large is not read, a link is not followed.

    Raises:
        FileNotFoundError: there is none.
        OSError: it cannot be read.
        ResponseError: it is too large, a link or no file at all.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise ResponseError(
            Text(ko="답안이 보통 파일이 아닙니다.", en="The answer is not a plain file.")
        )
    with path.open("rb") as file:
        data = file.read(MAX_RESPONSE_BYTES + 1)
    if len(data) > MAX_RESPONSE_BYTES:
        raise ResponseError(too_large(path.stat().st_size))
    return data


def _encoded(response: Response) -> bytes:
    """A response as its file's bytes; what could not be read again must not be written."""
    try:
        data = msgspec.json.format(msgspec.json.encode(response), indent=1) + b"\n"
        decode_response(data)
    except ResponseError as error:
        detail = error.text
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        detail = Text(ko=f"{error}.", en=f"{error}.")
    else:
        return data
    raise SaveError(Text(ko=f"저장되지 않음: {detail.ko}", en=f"Not saved: {detail.en}"))


def _lock_folder() -> Path:
    """This user's folder for locks, on the machine's own disk."""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    folder = Path(tempfile.gettempdir()) / f"b2bcourse-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _sync_folder(folder: Path) -> None:
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


def _why(error: OSError, path: Path) -> Text:
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
