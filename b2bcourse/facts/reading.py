"""Strict reading of the course's YAML: every error names the file, the field and the remedy."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import yaml

from b2bcourse.facts.yaml_words import yaml_mistake

T = TypeVar("T")

# The C loader is ten times as fast; PyYAML's wheels bring it, a build from source may not.
LOADER: Final[type[Any]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DataError(ValueError):
    """A file of the course's data that cannot be used; the message names file and field."""


def read_raw(path: Path) -> Any:
    """What stands in a YAML file, as plain lists, dicts and scalars.

    Raises:
        DataError: the file is missing or is not YAML; the message names the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    try:
        return yaml.load(data, Loader=LOADER)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line, said = yaml_mistake(data.decode("utf-8", "replace"), error)
        raise DataError(f"{path}: not valid YAML: line {line}: {said}") from error


def convert(raw: Any, type_: type[T], where: object) -> T:
    """``raw`` checked against a type; nothing is coerced. ``where`` names the file in messages.

    Raises:
        DataError: a field is missing, unknown or of another type.
    """
    try:
        return msgspec.convert(raw, type_, strict=True)
    except (msgspec.ValidationError, TypeError) as error:
        raise DataError(f"{where}: {error}") from error


def read_yaml(path: Path, type_: type[T]) -> T:
    """A YAML file as a typed value; see `read_raw` and `convert` for what it raises."""
    return convert(read_raw(path), type_, path)


def read_words(package: str, type_: type[T], name: str = "words") -> T:
    """The sentences that a package's modules say, from ``<name>.yaml`` beside them.

    No sentence stands in code: each is a name in a frozen struct and a line of YAML, with ``ko``
    and ``en`` together. Only what is asked for by name alone (by a browser) needs no struct.

    Args:
        package: the package, as its modules know it by ``__package__``.
        type_: a frozen struct with a `Text` for each sentence; none may be missing or unknown.
        name: the file's name without its ending.
    """
    return read_yaml(Path(str(resources.files(package))) / f"{name}.yaml", type_)
