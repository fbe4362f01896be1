"""Every fact that the course teaches: its name, one sentence, and the document that it is from."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

from msgspec import Struct, structs

from b2bcourse.facts.benefits import benefits
from b2bcourse.facts.reading import DataError, read_yaml
from b2bcourse.facts.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Group = Literal[
    "dmp_phases",
    "dmp_steps",
    "roles",
    "exchange",
    "benefits",
    "ten_steps",
    "value_steps",
    "selection",
]
Topic = Literal["process", "unit", "exchange", "matrix", "ten_steps", "value_cycle", "selection"]
TOPICS: Final[tuple[Topic, ...]] = get_args(Topic)
"""The files of facts, in the order in which the lessons take them up."""

NO_TEXT: Final = Text(ko="", en="")


class Statement(Struct, frozen=True, forbid_unknown_fields=True):
    """One fact.

    A main fact is a member of a ``group``; a detail of it names it in ``part_of``. ``name`` is the
    document's, where it has one. ``inference`` marks what the document does not say in so many
    words.
    """

    id: str
    section: str
    text: Text
    name: Text = NO_TEXT
    group: Group | Literal[""] = ""
    part_of: str = ""
    inference: bool = False
    topic: Topic | Literal[""] = ""
    source: str = ""


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """The facts of one topic, all from one document."""

    schema: Literal[1]
    source: str
    facts: tuple[Statement, ...]


@lru_cache(maxsize=1)
def statements() -> Mapping[str, Statement]:
    """All facts by id, topic by topic and in each document's order; read once.

    Raises:
        DataError: an id stands twice, or a fact is part of one that there is not.
    """
    folder = Path(str(resources.files("b2bcourse.facts"))) / "statements"
    found: dict[str, Statement] = {}
    for topic in TOPICS:
        path = folder / f"{topic}.yaml"
        _take(found, _of_topic(read_yaml(path, _File), topic), path)
    return MappingProxyType(found)


def group(name: Group) -> tuple[Statement, ...]:
    """The members of a group of main facts, in their document's order."""
    return tuple(fact for fact in statements().values() if fact.group == name)


def _of_topic(file: _File, topic: Topic) -> Iterable[Statement]:
    """The facts of a file, each with its topic and source; a benefit takes its name along."""
    names = {benefit.fact: benefit.name for benefit in benefits().benefits}
    for fact in file.facts:
        name = names.get(fact.id, fact.name)
        yield structs.replace(fact, topic=topic, source=file.source, name=name)


def _take(found: dict[str, Statement], facts: Iterable[Statement], path: Path) -> None:
    for fact in facts:
        if fact.id in found:
            raise DataError(f"{path}: the fact {fact.id!r} stands twice")
        if fact.part_of and fact.part_of not in found:
            raise DataError(f"{path}: {fact.id!r}: no fact {fact.part_of!r} before it")
        found[fact.id] = fact
