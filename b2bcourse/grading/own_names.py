"""The kit's items under the names that a course made before has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from b2bcourse.course_files import renamed
from b2bcourse.facts.reading import LOADER
from b2bcourse.items import ItemError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator


def own_names(item: str, present: Container[str]) -> tuple[str, ...]:
    """What a course calls an item of the kit, its name today first; nothing if it lacks it.

    Args:
        item: the kit's id.
        present: the course's ids.
    """
    return tuple(name for name in (item, *renamed().older(item)) if name in present)


def own_assignments(assignment: str, present: Container[str]) -> tuple[str, ...]:
    """What a course calls an assignment of the kit, as `own_names` does for items."""
    older = (old for old, new in renamed().assignments.items() if new == assignment)
    return tuple(name for name in (assignment, *older) if name in present)


def under(own: str, text: str, present: Container[str]) -> str:
    """An item of the kit as a course has it: under the course's name, and naming its items.

    Only the names are touched, so comments and layout stay the author's.

    Args:
        own: the item's id in the course.
        text: the kit's YAML.
        present: the course's ids.

    Raises:
        ItemError: the names cannot be put in without changing what the text says.
    """
    before = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader

    def name(item: str) -> str:
        return own if item == before["id"] else _beside(own, item, present)

    written = _rewritten(text, name)
    if yaml.load(written, Loader=LOADER) != _renamed_in(before, name):  # noqa: S506
        raise ItemError(f"{own}: write its id and the items it names on lines of their own")
    return written


def _beside(own: str, item: str, present: Container[str]) -> str:
    """What an item of the course calls another: an old name beside an old name."""
    names = own_names(item, present)
    if not names:
        return item
    return names[-1] if own in renamed().items else names[0]


def _rewritten(text: str, name: Callable[[str], str]) -> str:
    spans = {(n.start_mark.index, n.end_mark.index): n.value for n in _names(text)}
    for (start, end), old in sorted(spans.items(), reverse=True):
        if name(old) != old:
            text = text[:start] + name(old) + text[end:]
    return text


def _names(text: str) -> Iterator[Any]:
    """The nodes of an item's text that hold an item's id: its own, and those of its rules."""
    root = yaml.compose(text, Loader=LOADER)
    yield from _fields(root, "id")
    for rules in _fields(root, "consistent"):
        for rule in rules.value:
            yield from _fields(rule, "item")


def _fields(node: Any, name: str) -> Iterator[Any]:
    if isinstance(node, yaml.MappingNode):
        yield from (value for key, value in node.value if key.value == name)


def _renamed_in(raw: dict[str, Any], name: Callable[[str], str]) -> dict[str, Any]:
    """What the text must say afterwards."""
    meant = {**raw, "id": name(raw["id"])}
    if rules := raw.get("consistent"):
        meant["consistent"] = [{**rule, "item": name(rule["item"])} for rule in rules]
    return meant
