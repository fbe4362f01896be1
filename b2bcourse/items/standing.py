"""Whether an answer on disk is an answer to the exercise as it is now.

Ids alone do not tell: an option called ``b`` may have become another one. So a response records a
digest of the ids and what they said; only where that differs is the answer no longer the present
one. All else of a face may change: its title, its task, its story, a unit's decimals.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from b2bcourse.course_files import renamed
from b2bcourse.items import face_hash, kind_of
from b2bcourse.items.once import made_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from b2bcourse.items.base import FaceBase
    from b2bcourse.items.response import Response


@made_once
def meaning(face: FaceBase) -> str:
    """A digest of what gives the ids of an answer to ``face`` their meaning, hexadecimal."""
    said = [face.kind, sorted(kind_of(face.kind).meanings(face).items())]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def fits(face: FaceBase, value: Any) -> bool:
    """Whether every id in a value exists on a face."""
    kind = kind_of(face.kind)
    return kind.ids_in(value) <= kind.meanings(face).keys()


def is_present(
    response: Response, face: FaceBase, others: Callable[[], Iterable[FaceBase]] | None = None
) -> bool:
    """Whether an answer is one to ``face`` as it now is.

    Args:
        response: the answer as it lies on disk.
        face: the face that is shown.
        others: the same item's faces in other languages, where they are known; asked only when
            needed, since they cost time to make.

    Returns:
        True for the very same face, under whatever name it was answered, and for any face whose
        ids mean the same. A file of schema 1 holds no such digest: then it is enough that every
        id exists, but for options, whose ids said nothing lasting.
    """
    if _same(response, face):
        return True
    if any(_same(response, other) for other in (others() if others else ())):
        return True
    if response.meaning or response.kind == "choice":
        return False
    return fits(face, response.value)


def _same(response: Response, face: FaceBase) -> bool:
    if response.meaning and response.meaning == meaning(face):
        return True
    return is_of(response, face)


def is_of(response: Response, face: FaceBase) -> bool:
    """Whether an answer was last saved under this very face, whatever that was called then."""
    names = (face.id, *renamed().older(face.id))
    hashes = (face_hash(msgspec.structs.replace(face, id=name)) for name in names)
    return response.face in hashes
