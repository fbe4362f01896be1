"""Exercises as data: faces, keys and pure scores, one module a kind."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from b2bcourse.facts.reading import DataError, read_raw
from b2bcourse.items.base import (
    ID_PATTERN,
    FaceBase,
    ItemError,
    Outcome,
    Part,
    ResponseError,
    face_bytes,
    face_hash,
    refuse,
)
from b2bcourse.items.kind import VERBS, Kind
from b2bcourse.items.one_language import folder_language, in_one_language
from b2bcourse.items.response import Response

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.items.authored import ItemBase

    AnyKind = Kind[Any, Any, Any]

__all__ = [
    "KINDS",
    "FaceBase",
    "ItemError",
    "Kind",
    "Outcome",
    "Part",
    "Response",
    "ResponseError",
    "decode_face",
    "face_bytes",
    "face_hash",
    "kind_of",
    "load_bank",
    "load_item",
    "look_beside",
]


KINDS: Final = ["allocation", "choice", "essay", "matching", "matrix", "ordering", "simulation"]
"""The table of kinds: each has a module here, one in `render` and one in `widgets`."""


@cache
def kind_of(name: str) -> AnyKind:
    """The verbs of the kind called ``name``.

    Raises:
        ItemError: there is no such kind, or its module lacks one of a kind's verbs.
    """
    if name not in KINDS:
        raise ItemError(f"there is no kind of item called {name!r}; there are: {', '.join(KINDS)}")
    module = importlib.import_module(f"b2bcourse.items.{name}")
    if not isinstance(module, Kind):
        lacking = sorted(verb for verb in VERBS if not hasattr(module, verb))
        raise ItemError(f"the kind {name!r} lacks: {', '.join(lacking)}")
    return module


def authored_type(kind: str) -> type[ItemBase]:
    """What an author writes of an item of a kind, as a type.

    Raises:
        ItemError: there is no such kind.
    """
    found: type[ItemBase] = getattr(kind_of(kind), f"{kind.capitalize()}Item")
    return found


def load_item(path: Path) -> ItemBase:
    """The item authored in a YAML file.

    Args:
        path: a file named after the item's id.

    Raises:
        ItemError: the message names file, field and what would be right.
    """
    try:
        raw = read_raw(path)
        if not isinstance(raw, dict) or not isinstance(raw.get("kind"), str):
            raise ItemError(f"{path}: an item needs a field 'kind', such as 'kind: matrix'")
        if "lang" not in raw and (lang := folder_language(path.parent)) is not None:
            raw = in_one_language(raw, authored_type(raw["kind"]), lang)
        look_beside(path.parent, raw["kind"])
        item: ItemBase = kind_of(raw["kind"]).load(raw, str(path))
    except DataError as error:
        raise ItemError(str(error)) from error
    refuse(str(path), id_problems(item.id, path))
    return item


def look_beside(folder: Path, kind: str) -> None:
    """Let an item use what lies beside a folder of items: a game, a scenario of its author's."""
    if kind == "simulation":
        from b2bcourse.simulation.scenario import look_beside as look

        look(folder)


def id_problems(item: str, path: Path) -> list[str]:
    """What is wrong with an item's id, which is its file's name too."""
    if not ID_PATTERN.fullmatch(item):
        return [f"id {item!r}: use lower-case letters, digits and hyphens only"]
    if item != path.stem:
        return [f"id {item!r} must be the file's name, {path.stem!r}"]
    return []


def load_bank(folder: Path) -> dict[str, ItemBase]:
    """All items of a folder by id, in the order of their file names."""
    return {path.stem: load_item(path) for path in sorted(folder.glob("*.yaml"))}


def decode_face(data: bytes) -> FaceBase:
    """A face from its file's bytes, strictly: an unknown field is an error.

    Raises:
        ItemError: not a face of any kind.
    """
    try:
        raw = msgspec.json.decode(data)
        if not isinstance(raw, dict) or not isinstance(raw.get("kind"), str):
            raise ItemError("not an item's face: no field 'kind'")
        face: FaceBase = msgspec.convert(raw, kind_of(raw["kind"]).Face, strict=True)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ItemError(f"not an item's face: {error}") from error
    return face
