"""Which facts are taught, tested and drawn: the facts against lessons, practice and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field
from rich.table import Column, Table

from b2bcourse.authoring.catalogue import catalogue
from b2bcourse.authoring.words import WORDS
from b2bcourse.facts.lessons import form, gains, lessons
from b2bcourse.facts.statements import TOPICS, Statement, statements
from b2bcourse.facts.text import Lang

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ENOUGH_ITEMS: Final = 3
ENOUGH_KINDS: Final = 2
"""A main fact is met again and again, and never in one form only."""


class Use(Struct, frozen=True):
    """That something in a file names facts: a lesson's cell, an item or a figure."""

    file: str
    name: str
    facts: tuple[str, ...]
    kind: str = ""


class Uses(Struct, frozen=True):
    """Everything in the course that names facts.

    ``graded`` items are looked at for facts that there are not; nobody practises by them.
    ``asked`` are the items again, each under the name of a lesson that asks it.
    """

    cells: tuple[Use, ...] = ()
    items: tuple[Use, ...] = ()
    graded: tuple[Use, ...] = ()
    figures: tuple[Use, ...] = ()
    asked: tuple[Use, ...] = ()


class Covered(Struct, frozen=True):
    """One fact: the lessons' cells that teach it, the items that test it, the figures of it.

    An item on a detail is an item on the main fact too: it cannot be answered without it. ``later``
    counts the lessons after the first that teaches it in which it is asked again.
    """

    fact: Statement
    lessons: dict[str, list[str]] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    later: int = 0

    @property
    def once(self) -> bool:
        """Is this a main fact that no lesson after its own asks again?"""
        return bool(self.fact.group) and not self.later

    @property
    def few(self) -> bool:
        """Is this a main fact with too few items, or with items of one kind only?"""
        return bool(self.fact.group) and (
            len(self.items) < ENOUGH_ITEMS or len(self.kinds) < ENOUGH_KINDS
        )


class Coverage(Struct, frozen=True):
    """Every fact with its uses, and where a fact is named that there is not."""

    facts: tuple[Covered, ...]
    unknown: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many facts there are, are taught, are tested; how many main ones lack items."""
        return {
            "facts": len(self.facts),
            "taught": sum(bool(one.lessons) for one in self.facts),
            "tested": sum(bool(one.items) for one in self.facts),
            "few": sum(one.few for one in self.facts),
            "once": sum(one.once for one in self.facts),
        }

    @property
    def complete(self) -> bool:
        """Is every fact taught and tested, and every main one often enough and in time?"""
        return not self.unknown and all(
            one.lessons and one.items and not one.few and not one.once for one in self.facts
        )


def coverage() -> Coverage:
    """The course as it stands."""
    entries = [(bool(entry["graded"]), _of_item(entry)) for entry in catalogue()]
    return assembled(
        Uses(
            cells=tuple(_cells()),
            items=tuple(use for graded, use in entries if not graded),
            graded=tuple(use for graded, use in entries if graded),
            figures=tuple(_figures()),
            asked=tuple(_asked({use.name: use for _, use in entries})),
        )
    )


def assembled(uses: Uses) -> Coverage:
    """The uses, fact by fact."""
    known = statements()
    everything = (*uses.cells, *uses.items, *uses.graded, *uses.figures)
    return Coverage(
        tuple(_covered(fact, uses) for fact in known.values()),
        tuple(
            f"{use.file}: {use.name}: no fact {name!r}"
            for use in everything
            for name in use.facts
            if name not in known
        ),
    )


def plain(found: Coverage) -> dict[str, Any]:
    """A coverage as plain data, for machines."""
    return {
        "totals": found.counts,
        "facts": [
            {
                "id": one.fact.id,
                "topic": one.fact.topic,
                "group": one.fact.group,
                "part_of": one.fact.part_of,
                "lessons": one.lessons,
                "items": list(one.items),
                "kinds": list(one.kinds),
                "figures": list(one.figures),
                "too_few_items": one.few,
                "later_lessons": one.later,
            }
            for one in found.facts
        ],
        "unknown": list(found.unknown),
    }


def tables(found: Coverage, lang: Lang) -> Iterator[Table]:
    """One table a topic; a hyphen is nothing, «1/3» is one where three are asked for."""
    for topic in TOPICS:
        fact, says, *counts = (head[lang] for head in WORDS.heads)
        table = Table(
            Column(fact, no_wrap=True),
            Column(says, no_wrap=True, overflow="ellipsis", ratio=1),
            *(Column(head, no_wrap=True, justify="right") for head in counts),
            title=WORDS.topics[topic][lang],
            title_justify="left",
            title_style="bold",
            box=None,
            header_style="dim",
            pad_edge=False,
            expand=True,
        )
        for one in found.facts:
            if one.fact.topic == topic:
                table.add_row(*_row(one, lang))
        yield table


def totals(found: Coverage, lang: Lang) -> str:
    """The counts in one line."""
    return WORDS.totals[lang].format(**found.counts)


def _of_item(entry: dict[str, Any]) -> Use:
    folder = "solutions/items" if entry["graded"] else "b2bcourse/bank"
    name = entry["id"]
    return Use(f"{folder}/{name}.yaml", name, tuple(entry["facts"]), entry["kind"])


def _cells() -> Iterator[Use]:
    for lesson in lessons():
        file = f"b2bcourse/facts/outlines/{lesson.id}.yaml"
        for cell, facts in lesson.teaches.items():
            yield Use(file, f"{lesson.id}/{cell}", facts)


def _asked(items: Mapping[str, Use]) -> Iterator[Use]:
    """Every item under the name of each lesson that asks it; a test asks before it is taught."""
    tests = {*form(gains(), "pre"), *form(gains(), "post")}
    for lesson in lessons():
        for item in (*lesson.items, *lesson.again):
            if item not in tests:
                yield Use(items[item].file, lesson.id, items[item].facts)


def _figures() -> Iterator[Use]:
    """What each figure says it shows; one that says nothing shows no fact."""
    from b2bcourse.figures.words import WORDS

    for name, words in WORDS.figures.items():
        yield Use("b2bcourse/figures/words.yaml", name, tuple(words.get("facts", ())))


def _covered(fact: Statement, uses: Uses) -> Covered:
    places: dict[str, list[str]] = {}
    for cell in _naming(uses.cells, {fact.id}):
        lesson, _, place = cell.name.partition("/")
        places.setdefault(lesson, []).append(place)
    details = {one.id for one in statements().values() if one.part_of == fact.id}
    items = list(_naming(uses.items, {fact.id, *details}))
    asking = {use.name for use in _naming(uses.asked, {fact.id, *details})}
    return Covered(
        fact,
        places,
        tuple(item.name for item in items),
        tuple(sorted({item.kind for item in items})),
        tuple(figure.name for figure in _naming(uses.figures, {fact.id})),
        sum(bool(places) and lesson > min(places) for lesson in asking),
    )


def _naming(uses: Iterable[Use], facts: set[str]) -> Iterator[Use]:
    return (use for use in uses if facts & set(use.facts))


def _row(one: Covered, lang: Lang) -> tuple[str, ...]:
    main = bool(one.fact.group)
    says = one.fact.name[lang] or one.fact.text[lang]
    numbers = [lesson.partition("-")[0] for lesson in one.lessons]
    return (
        one.fact.id if main or not one.fact.part_of else f"  {one.fact.id}",
        says,
        " ".join(numbers) or "-",
        _counted(one.later, 1),
        _counted(len(one.items), ENOUGH_ITEMS if main else 1),
        _counted(len(one.kinds), ENOUGH_KINDS if main else 1),
        _counted(len(one.figures), 1),
    )


def _counted(count: int, enough: int) -> str:
    if not count:
        return "-"
    return str(count) if count >= enough else f"{count}/{enough}"
