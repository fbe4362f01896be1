"""Where each answer of a handed-in folder is, and how it is read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from b2bcourse.course_files import renamed
from b2bcourse.grading.words import WORDS
from b2bcourse.items import kind_of
from b2bcourse.items.base import ResponseError
from b2bcourse.items.standing import is_present
from b2bcourse.responses import read_answer, read_response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Any

    from b2bcourse.facts import Lang
    from b2bcourse.items.authored import ItemBase
    from b2bcourse.items.response import Response


@dataclass(frozen=True)
class Answers:
    """The answers of a handed-in folder.

    Attributes:
        home: the folder in which answers belong; there may be none.
        found: by item, the file that holds its answer, where that is another.
    """

    home: Path
    found: Mapping[str, Path] = field(default_factory=dict)

    def path(self, item: str) -> Path:
        """The file of an answer, whether it is there or not."""
        if item in self.found:
            return self.found[item]
        names = (item, *renamed().older(item))
        paths = [self.home / f"{name}.json" for name in names]
        return next((path for path in paths if os.path.lexists(path)), paths[0])

    def read(self, item: str, kind: str) -> Response | None:
        """The response to an item; None where nothing was answered.

        Raises:
            ResponseError: it is no response, or one to another item; or what lies where the
                folder of answers belongs is none.
            OSError: it cannot be read.
        """
        if item in self.found:
            return read_response(self.found[item], item, kind)
        if self.home.is_symlink() or (self.home.exists() and not self.home.is_dir()):
            raise ResponseError(WORDS.not_a_file)
        return read_answer(self.home, item, kind)

    def values(self, items: Iterable[ItemBase], lang: Lang) -> dict[str, Any]:
        """The values of several responses, by item; what cannot be read, or is old, is left out."""
        found = {}
        for item in items:
            try:
                response = self.read(item.id, item.kind)
            except (OSError, ResponseError):
                continue
            if response and is_present(response, kind_of(item.kind).face(item, lang)):
                found[item.id] = response.value
        return found
