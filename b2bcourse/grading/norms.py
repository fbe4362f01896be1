"""What students' own games are held against, kept beside the course from one run to the next.

To search for it takes a quarter of a second a seed, and every student has a seed of her own. The
file may be thrown away at any time; what is torn, foreign or of another version is made anew.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

import b2bcourse
from b2bcourse.grading.files import put
from b2bcourse.responses.bounded import read_bounded
from b2bcourse.simulation.reference import Norm, remember, searched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE: Final = ".b2bcourse-norms.json"
_MOST_BYTES: Final = 8_000_000


class _Kept(Struct, frozen=True, forbid_unknown_fields=True):
    """The file: the version that searched, and the norms by what they belong to."""

    version: str
    norms: dict[str, Norm]


@contextmanager
def norms_beside(course: Path, *, write: bool = True) -> Iterator[None]:
    """Use the norms that lie beside a course, and leave there what was searched for meanwhile.

    Args:
        course: the course folder.
        write: whether anything may be written.
    """
    path = course / FILE
    before = _read(path)
    remember(before)
    try:
        yield
    finally:
        now = searched()
        if write and now.keys() - before.keys():
            kept = _Kept(b2bcourse.__version__, {**before, **now})
            with suppress(OSError):  # then the next run searches again
                put(path, msgspec.json.encode(kept))
                path.chmod(0o600)


def _read(path: Path) -> dict[str, Norm]:
    try:
        kept = msgspec.json.decode(read_bounded(path, _MOST_BYTES), type=_Kept)
    except (OSError, ValueError):
        return {}
    return kept.norms if kept.version == b2bcourse.__version__ else {}
