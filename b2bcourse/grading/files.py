"""Where answers and notebooks lie in what a student handed in, and how much of them is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.grading.words import WORDS
from b2bcourse.items.base import ResponseError
from b2bcourse.responses import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

RESPONSES: Final = FOLDER
MAX_NOTEBOOK_BYTES: Final = 8 * 1024 * 1024


def answers_of(folder: Path) -> Path:
    """The folder of answers in a handed-in folder; there may be none.

    Raises:
        ResponseError: it is a link, or no folder.
    """
    home = folder / RESPONSES
    if home.is_symlink() or (home.exists() and not home.is_dir()):
        raise ResponseError(WORDS.not_a_file)
    return home
