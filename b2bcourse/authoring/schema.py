"""JSON Schemas of authored items, for editors that complete and check while one writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from b2bcourse.items import kind_of
from b2bcourse.items.base import ItemError

if TYPE_CHECKING:
    from pathlib import Path


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind's authored items, made from its types.

    Raises:
        ItemError: there is no such kind.
    """
    authored = getattr(kind_of(kind), f"{kind.capitalize()}Item", None)
    if authored is None:
        raise ItemError(f"items of the kind {kind!r} are not written as YAML")
    made = msgspec.json.schema(authored)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind, **made}


def write_schema(folder: Path, kind: str) -> Path:
    """Put a kind's schema beside items, as ``.schema/<kind>.json``.

    Returns:
        The schema's file.
    """
    path = folder / ".schema" / f"{kind}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(schema(kind), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path
