"""The lessons: titles, minutes, objectives, practice items, facts; and what the tests measure."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from b2bcourse.facts.reading import read_yaml
from b2bcourse.facts.text import Text


class Objective(Struct, frozen=True, forbid_unknown_fields=True):
    """What one can do after a lesson, and the practice items that show it."""

    id: str
    text: Text
    items: tuple[str, ...]


class Lesson(Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson; its id is its notebook's name, ``minutes`` what it takes with all practice.

    ``more`` are the items that have no cell of their own in the notebook and stand in its list of
    further practice; ``teaches`` names, for a cell of the notebook, the facts that the cell tells.
    """

    schema: Literal[1]
    id: str
    title: Text
    minutes: int
    objectives: tuple[Objective, ...]
    more: tuple[str, ...] = ()
    teaches: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The lesson's number as it stands in its name."""
        return self.id.partition("-")[0]

    @property
    def items(self) -> tuple[str, ...]:
        """Every practice item of the lesson, each once."""
        return tuple(dict.fromkeys(item for goal in self.objectives for item in goal.items))


@lru_cache(maxsize=1)
def lessons() -> tuple[Lesson, ...]:
    """The lessons in their order, read once: one file a lesson, named as its notebook."""
    folder = Path(str(resources.files("b2bcourse.facts"))) / "outlines"
    return tuple(read_yaml(path, Lesson) for path in sorted(folder.glob("*.yaml")))


class Gain(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked before the course and after it: two parallel items, ``pre`` and ``post``.

    ``lesson`` is where it is learnt.
    """

    id: str
    text: Text
    lesson: str
    pre: str
    post: str


class _Gains(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    gains: tuple[Gain, ...]


@lru_cache(maxsize=1)
def gains() -> tuple[Gain, ...]:
    """What the first lesson's test and the last one's measure, in their order, read once."""
    path = Path(str(resources.files("b2bcourse.facts"))) / "gains.yaml"
    return read_yaml(path, _Gains).gains
