"""Handing in: what is answered, what would be taken, and the one file for a teacher or an LMS.

The grader's side tells what is taken. It is loaded when it is asked: no lesson waits for it.
"""

from __future__ import annotations

import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.serving.learner.asking import waiting
from b2bcourse.serving.learner.home import Handed, title_of
from b2bcourse.serving.learner.standing import standings

if TYPE_CHECKING:
    from b2bcourse.facts import Text
    from b2bcourse.items.response import SecondLook
    from b2bcourse.serving.learner.standing import Standing

IGNORED: Final = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "items")
"""What needs not be handed in: the class's own copy of the questions is with the teacher."""


class HandIn(Struct, frozen=True):
    """What stands on an assignment's page of handing in.

    Attributes:
        name: the assignment's name.
        title: its title.
        items: its items as far as they have come.
        left: what would not be taken, in words.
        handed: the last hand-in.
        later: the titles of the items that were saved after it.
        size: how many bytes it had; 0 where that is not known.
        due: when it is due; None where nobody says.
    """

    name: str
    title: str
    items: tuple[Standing, ...]
    left: tuple[Text, ...]
    handed: Handed
    later: tuple[str, ...] = ()
    size: int = 0
    due: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether it has been due."""
        return self.due is not None and datetime.now(UTC) > self.due

    @property
    def is_settled(self) -> bool:
        """Whether it has been due and something was handed in, which counts then."""
        return self.is_over and self.handed.when is not None

    @property
    def waiting(self) -> dict[str, SecondLook]:
        """The requests for a second look that have still to go off, by item."""
        return waiting(self.items, self.handed)


def hand_in(folder: Path, handed: Handed, size: int = 0, due: datetime | None = None) -> HandIn:
    """What is to be told of a folder before it is handed in.

    Args:
        folder: the student's folder of an assignment.
        handed: what is known of the last hand-in.
        size: its size in bytes.
        due: when it is due.

    Raises:
        ContextError: what came with the assignment is damaged.
    """
    from b2bcourse.grading.taking import left_out_of

    items = standings(folder)
    return HandIn(
        name=folder.name,
        title=title_of(folder),
        items=items,
        left=tuple(one.found for one in left_out_of(folder, IGNORED)),
        handed=handed,
        later=tuple(one.title for one in items if _is_later(one.saved, handed.when)),
        size=size,
        due=due,
    )


def _is_later(saved: str, when: datetime | None) -> bool:
    try:
        return bool(saved and when and datetime.fromisoformat(saved) > when)
    except (ValueError, TypeError):  # no time, or one without a zone
        return False


def file_of(folder: Path) -> Path:
    """Where the file lies that is made of a folder: beside it, out of what is handed in."""
    from b2bcourse.grading.zips import HANDED_IN

    return folder.with_name(HANDED_IN.format(assignment=folder.name))


def made(folder: Path) -> tuple[Handed, int]:
    """What is known of the file that was made last, and its size; nothing before the first."""
    try:
        found = file_of(folder).stat()
    except OSError:
        return Handed(), 0
    return Handed(datetime.fromtimestamp(found.st_mtime, UTC)), found.st_size


def make_file(folder: Path) -> Path:
    """Make the one file: the notebooks at its top, beside them the answers.

    Raises:
        OSError: it cannot be written.
    """
    from b2bcourse.grading.taking import take

    target = file_of(folder)
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        with tempfile.TemporaryDirectory() as scratch:
            clean = Path(scratch) / folder.name
            take(folder, clean, IGNORED)
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
                for path in sorted(clean.rglob("*")):
                    if path.is_file():
                        archive.write(path, path.relative_to(clean).as_posix())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return target
