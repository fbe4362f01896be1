"""Which line of a YAML file a message is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml

from b2bcourse.facts.reading import LOADER
from b2bcourse.facts.yaml_words import yaml_mistake

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH: Final = re.compile(r"(?:\$\.?)?([a-z_]+(?:\[\d+\]|\.[a-z_]+)*)")
_STEP: Final = re.compile(r"[a-z_]+|\[\d+\]")
_UNKNOWN: Final = re.compile(r"unknown field `(\w+)`")
_VALUE: Final = re.compile(r"'([^']+)'")


def line_of(text: str, message: str) -> int:
    """The line, from 1, of the field that a message names.

    Args:
        text: the YAML file.
        message: an error that names a field, as ``at `$.rows[2].name` `` or ``rows[2].card: ...``;
            a value in 'quotes' that stands below that field is looked for there.

    Returns:
        The field's line, or that of the nearest one above it that is there; 1 if none is named.
    """
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        return yaml_mistake(text, error)[0]
    line = 1
    for step in _steps(message):
        found = _below(node, step)
        if found is None:
            break
        line, node = found
    return _line_of_value(node, message) or line


def repeated(text: str) -> list[tuple[int, str]]:
    """Fields that stand twice in one place, of which YAML keeps the last without a word.

    Args:
        text: a YAML file that can be read.

    Returns:
        The line and the name of each repetition.
    """
    return list(_repeated(yaml.compose(text, Loader=LOADER)))


def _repeated(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                yield key.start_mark.line + 1, str(key.value)
            seen.add(str(key.value))
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated(value)


def _steps(message: str) -> list[str]:
    """The field's path as single steps: ``rows``, ``[2]``, ``name``."""
    at = re.search(r"at `(\$[^`]*)`", message)
    place = at.group(1).removeprefix("$").removeprefix(".") if at else ""
    if not at:
        named = PATH.match(message)
        place = named.group(1) if named else ""
    unknown = _UNKNOWN.search(message)
    return _STEP.findall(place) + ([unknown.group(1)] if unknown else [])


def _below(node: yaml.Node | None, step: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and step.startswith("["):
        number = int(step.strip("[]"))
        if number < len(node.value):
            value = node.value[number]
            return value.start_mark.line + 1, value
    return None


def _line_of_value(node: yaml.Node | None, message: str) -> int:
    """The line of a value that a message quotes, of the second one if it «stands twice»; or 0."""
    twice = "twice" in message
    for value in _VALUE.findall(message):
        lines = [
            line
            for line, name, said in _values(node)
            if said == value and (name == "id" or not twice)
        ]
        if lines:
            return lines[-1 if twice else 0]
    return 0


def _values(node: yaml.Node | None, name: str = "") -> Iterator[tuple[int, str, str]]:
    """Line, field and text of every single value below a node."""
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.line + 1, name, str(node.value)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _values(value, str(key.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _values(value, name)
