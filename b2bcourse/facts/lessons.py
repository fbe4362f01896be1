"""The lessons: titles, minutes, objectives, and the practice items that serve them."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal

from msgspec import Struct

from b2bcourse.facts.reading import read_yaml
from b2bcourse.facts.text import Text


class Objective(Struct, frozen=True, forbid_unknown_fields=True):
    """What one can do after a lesson, and the practice items that show it."""

    id: str
    text: Text
    items: tuple[str, ...]


class Lesson(Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson; its id is its notebook's name, ``minutes`` what it takes with all practice."""

    id: str
    title: Text
    minutes: int
    objectives: tuple[Objective, ...]

    @property
    def number(self) -> str:
        """The lesson's number as it stands in its name."""
        return self.id.partition("-")[0]

    @property
    def items(self) -> tuple[str, ...]:
        """Every practice item of the lesson, each once."""
        return tuple(dict.fromkeys(item for goal in self.objectives for item in goal.items))


class _Lessons(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    lessons: tuple[Lesson, ...]


@lru_cache(maxsize=1)
def lessons() -> tuple[Lesson, ...]:
    """The lessons in their order, read once."""
    path = Path(str(resources.files("b2bcourse.facts"))) / "lessons.yaml"
    return read_yaml(path, _Lessons).lessons
