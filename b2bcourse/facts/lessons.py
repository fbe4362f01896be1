"""The lessons: titles, minutes, objectives, practice items, facts; and what the tests measure."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from b2bcourse.facts.reading import read_yaml
from b2bcourse.facts.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable


class Objective(Struct, frozen=True, forbid_unknown_fields=True):
    """What one can do after a lesson, and the practice items that show it."""

    id: str
    text: Text
    items: tuple[str, ...]


class Sitting(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a lesson that is whole in itself and takes fifteen to twenty minutes.

    Attributes:
        begins: the cell of the notebook that it begins with.
        minutes: how long it takes.
        items: its exercises.
        take: the one line to take along.
        recall: what is asked first of who comes back; of the first sitting nothing.
    """

    begins: str
    minutes: int
    items: tuple[str, ...]
    take: Text
    recall: Text | None = None


class Lesson(Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson; its id is its notebook's name, ``minutes`` what it takes with all practice.

    ``guesses`` are the items that ask before anything is taught: no answer to them is a failure.
    ``more`` are the items that have no cell of their own in the notebook and stand in its list of
    further practice; ``again`` are items of earlier lessons that it asks once more;
    ``sittings`` are its parts; ``teaches`` names, for a cell of the notebook, the facts that the
    cell tells.
    """

    schema: Literal[1]
    id: str
    title: Text
    minutes: int
    objectives: tuple[Objective, ...]
    guesses: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    sittings: tuple[Sitting, ...] = ()
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


When = Literal["pre", "post"]


class Earlier(Struct, frozen=True, forbid_unknown_fields=True):
    """The question of an objective in either test as the tests once were."""

    pre: str
    post: str


class Gain(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked before the course and after it: the questions of either test, all alike.

    ``lesson`` is where it is learnt.
    """

    id: str
    text: Text
    lesson: str
    pre: tuple[str, ...]
    post: tuple[str, ...]
    earlier: Earlier

    def questions(self, when: When, *, earlier: bool = False) -> tuple[str, ...]:
        """The ids of its questions in a test, or in that test as it was."""
        if earlier:
            return (getattr(self.earlier, when),)
        asked: tuple[str, ...] = getattr(self, when)
        return asked


class _Gains(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[2]
    gains: tuple[Gain, ...]


@lru_cache(maxsize=1)
def gains() -> tuple[Gain, ...]:
    """What the first lesson's test and the last one's measure, in their order, read once."""
    path = Path(str(resources.files("b2bcourse.facts"))) / "gains.yaml"
    return read_yaml(path, _Gains).gains


def form(of: Iterable[Gain], when: When, *, earlier: bool = False) -> tuple[str, ...]:
    """The questions of a test in their order: the first of every objective, then the second.

    Whoever stops early has then been asked about most objectives once, not about few twice.
    """
    rounds = zip_longest(*(one.questions(when, earlier=earlier) for one in of))
    return tuple(item for asked in rounds for item in asked if item is not None)
