"""Which line of a YAML file a message is about."""

from __future__ import annotations

import re
from typing import Final

import yaml

from b2bcourse.facts.reading import LOADER

_PATH: Final = re.compile(r"(?:\$\.?)?([a-z_]+(?:\[\d+\]|\.[a-z_]+)*)")
_STEP: Final = re.compile(r"[a-z_]+|\[\d+\]")
_UNKNOWN: Final = re.compile(r"unknown field `(\w+)`")


def line_of(text: str, message: str) -> int:
    """The line, from 1, of the field that a message names.

    Args:
        text: the YAML file.
        message: an error that names a field, as ``at `$.rows[2].name` `` or ``rows[2].card: ...``.

    Returns:
        The field's line, or that of the nearest one above it that is there; 1 if none is named.
    """
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return mark.line + 1 if mark else 1
    line = 1
    for step in _steps(message):
        found = _below(node, step)
        if found is None:
            break
        line, node = found
    return line


def _steps(message: str) -> list[str]:
    """The field's path as single steps: ``rows``, ``[2]``, ``name``."""
    at = re.search(r"at `(\$[^`]*)`", message)
    place = at.group(1).removeprefix("$").removeprefix(".") if at else ""
    if not at:
        named = _PATH.match(message)
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
