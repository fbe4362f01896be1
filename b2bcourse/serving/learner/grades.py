"""A student's own grades: what feedback pages say that came back, and nothing else.

A page carries its points in one line of its head (`grading.feedback.points`); no key is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from b2bcourse.grading.feedback.points import Fed, points_in
from b2bcourse.serving.learner.home import Handed, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from b2bcourse.facts import Lang


class Graded(Struct, frozen=True):
    """One assignment with what came back last.

    Attributes:
        name: the assignment's.
        title: its title.
        folder: where it lies, below the server's root; empty where it lies elsewhere.
        handed: its hand-ins and feedback.
        fed: the points; None where a page came back that tells none, as of another course's kit.
    """

    name: str
    title: str
    folder: str
    handed: Handed
    fed: Fed | None = None


class Grades(Struct, frozen=True):
    """All own grades, in the order of the assignments."""

    lang: Lang
    rows: tuple[Graded, ...]

    @property
    def points(self) -> float:
        """The sum of what was given."""
        return sum(row.fed.points for row in self.rows if row.fed)

    @property
    def maximum(self) -> float:
        """Of how many points that is: those of what is graded."""
        return sum(row.fed.maximum for row in self.rows if row.fed)


def grades(
    lang: Lang, folders: Iterable[tuple[str, Path]], handed: Mapping[str, Handed], root: Path
) -> Grades:
    """A student's own grades.

    Args:
        lang: the language.
        folders: the assignments that lie here, by name.
        handed: what is known of hand-ins, by the assignment's name.
        root: the folder that the server serves.
    """
    rows = [
        _graded(name, folder, handed[name], root)
        for name, folder in folders
        if name in handed and (handed[name].feedback or handed[name].ready)
    ]
    return Grades(lang, tuple(sorted(rows, key=lambda row: (len(row.title), row.title))))


def _graded(name: str, folder: Path, handed: Handed, root: Path) -> Graded:
    fed = points_in(root / handed.feedback) if handed.feedback else None
    where = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else ""
    return Graded(name, title_of(folder), where, handed, fed)
