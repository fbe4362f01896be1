"""JSON Schemas of authored items, for editors that complete and check while one writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import msgspec

from b2bcourse.items import authored_type

if TYPE_CHECKING:
    from pathlib import Path


_STRING: Final = {"type": "string"}
_PLAIN: Final[dict[str, list[dict[str, Any]]]] = {
    "Text": [_STRING],
    "Paragraphs": [_STRING, {"type": "array", "items": _STRING}],
}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind's authored items, made from its types.

    Raises:
        ItemError: there is no such kind.
    """
    made = msgspec.json.schema(authored_type(kind))
    known = made["$defs"]
    for name, plain in _PLAIN.items():  # in an item of one language texts stand plainly
        if name in known:
            known[name] = {"anyOf": [*plain, known[name]]}
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
