"""What the bar above a lesson or an assignment shows: where one is, and the way on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.lessons import form, gains, lessons
from b2bcourse.facts.reading import read_words
from b2bcourse.learner.progress import item_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from b2bcourse.facts import Lang
    from b2bcourse.facts.lessons import Lesson
    from b2bcourse.items.response import Try
    from b2bcourse.learner.progress import ItemState

Mark = Literal["right", "half", "not yet"]
_MARKS: Final[dict[ItemState, Mark]] = {
    "first try": "right",
    "done": "right",
    "to review": "half",
    "under way": "half",
    "not yet": "not yet",
}
_TITLE: Final = re.compile(r"^#[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_SITTING: Final = "sitting-"
"""How the ids of the cells begin at which a sitting does; see `b2bcourse.authoring.sittings`."""
_SECTION: Final = re.compile(r"^##[ \t]+\S", re.MULTILINE)


class BarWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What the bar says, by name."""

    back: Text
    next: Text
    home: Text
    hand_in: Text
    language: Text
    tools: Text
    calm: Text
    where: Text
    answered: Text
    to_review: Text
    marks: Text
    asleep: Text
    wake: Text
    unlike: Text
    open: Text
    unsaved: Text
    again: Text
    lost: Text
    reach: Text


WORDS: Final = read_words(__package__, BarWords, "bar")


class Way(Struct, frozen=True):
    """A neighbouring lesson: its notebook's name, its number, what leads there in words."""

    name: str
    number: str
    title: str


class Exercise(Struct, frozen=True):
    """One mark in the bar: its cell, and how far it is."""

    cell: str
    mark: Mark


class Bar(Struct, frozen=True):
    """The bar: title, neighbours, and a group of marks for each part of the notebook."""

    title: str
    back: Way | None
    next: Way | None
    parts: tuple[tuple[Exercise, ...], ...]
    told: str


class Told(Struct, frozen=True):
    """A cell of the notebook as the bar sees it: its id, its text, and the item that it asks."""

    id: str
    text: str
    item: str = ""


def bar(name: str, cells: Sequence[Told], tries: Mapping[str, Sequence[Try]], lang: Lang) -> Bar:
    """The bar of a notebook.

    Args:
        name: the notebook's name without its ending.
        cells: its cells in their order.
        tries: item id to the tries of its response, for all items that have an answer.
        lang: the language.
    """
    known = list(lessons())
    at = next((at for at, lesson in enumerate(known) if lesson.id == name), None)
    parts = tuple(_parts(cells, tries))
    return Bar(
        title=_heading(cells) if at is None else f"{known[at].number} {known[at].title[lang]}",
        back=_way(known, at - 1, lang) if at else None,
        next=None if at is None else _way(known, at + 1, lang),
        parts=parts,
        told=told([one.mark for part in parts for one in part], lang),
    )


def told(marks: Sequence[Mark], lang: Lang) -> str:
    """In words how many exercises are answered, and how many are worth another look."""
    if not marks:
        return ""
    review = marks.count("half")
    said = WORDS.answered[lang].format(all=len(marks), answered=len(marks) - marks.count("not yet"))
    return said + (WORDS.to_review[lang].format(n=review) if review else "")


def _heading(cells: Iterable[Told]) -> str:
    found = (_TITLE.search(cell.text) for cell in cells if not cell.item)
    return next((match[1] for match in found if match), "")


def _way(known: Sequence[Lesson], at: int, lang: Lang) -> Way | None:
    if at >= len(known):
        return None
    lesson = known[at]
    return Way(f"{lesson.id}.ipynb", lesson.number, lesson.title[lang])


def _parts(
    cells: Sequence[Told], tries: Mapping[str, Sequence[Try]]
) -> Iterable[tuple[Exercise, ...]]:
    """The exercises, a group for each sitting; where there are none, for what stands under each
    heading of the second order.
    """
    begins = any(cell.id.startswith(_SITTING) for cell in cells)
    guesses = {guess for lesson in lessons() for guess in lesson.guesses}
    asked = {*form(gains(), "pre"), *form(gains(), "post"), *guesses}
    group: list[Exercise] = []
    for cell in cells:
        if cell.item:
            group.append(Exercise(cell.id, _mark(cell.item, tries, measuring=cell.item in asked)))
        elif group and (cell.id.startswith(_SITTING) if begins else _SECTION.search(cell.text)):
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def _mark(item: str, tries: Mapping[str, Sequence[Try]], *, measuring: bool) -> Mark:
    """A disc is for what was right and unaided."""
    known = tries.get(item, ())
    return _MARKS[item_state(known, begun=item in tries, measuring=measuring)]
