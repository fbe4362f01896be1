"""Exercises as data: faces, keys and pure scores, one module a kind."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, cast

import msgspec

from b2bcourse.facts.reading import DataError, read_raw
from b2bcourse.items.base import (
    ID_PATTERN,
    FaceBase,
    ItemError,
    Kind,
    Outcome,
    Part,
    ResponseError,
    face_bytes,
    face_hash,
)
from b2bcourse.items.response import Response

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
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
]


def kind_of(name: str) -> Kind:
    """The verbs of the kind called ``name``: the module `b2bcourse.items.<name>`.

    Raises:
        ItemError: there is no such kind.
    """
    if name.isidentifier() and not name.startswith("_"):
        module_name = f"b2bcourse.items.{name}"
        try:
            module = importlib.import_module(module_name)
        except ModuleNotFoundError as error:
            if error.name != module_name:
                raise
        else:
            if hasattr(module, "Face"):  # what all kinds share lies beside them
                return cast("Kind", module)
    raise ItemError(f"there is no kind of item called {name!r}")


def load_item(path: Path) -> Any:
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
        item = kind_of(raw["kind"]).load(raw, str(path))
    except DataError as error:
        raise ItemError(str(error)) from error
    if not ID_PATTERN.fullmatch(item.id):
        raise ItemError(f"{path}: id {item.id!r}: use lower-case letters, digits and hyphens only")
    if item.id != path.stem:
        raise ItemError(f"{path}: id {item.id!r} must be the file's name, {path.stem!r}")
    return item


def load_bank(folder: Path) -> dict[str, Any]:
    """All items of a folder by id, in the order of their file names."""
    return {path.stem: load_item(path) for path in sorted(folder.glob("*.yaml"))}


def decode_face(data: bytes) -> Any:
    """A face from its file's bytes, strictly: an unknown field is an error.

    Raises:
        ItemError: not a face of any kind.
    """
    try:
        raw = msgspec.json.decode(data)
        if not isinstance(raw, dict) or not isinstance(raw.get("kind"), str):
            raise ItemError("not an item's face: no field 'kind'")
        return msgspec.convert(raw, kind_of(raw["kind"]).Face, strict=True)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ItemError(f"not an item's face: {error}") from error
