"""What of a course's items came with the kit, so that an instructor's own edits are told apart."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from b2bcourse.grading.files import put
from b2bcourse.grading.release import index_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHIPPED_FILE: Final = "shipped.json"
"""Beside the keys, in a file of its own: an older kit reads ``course.json`` strictly."""


def digest(text: str) -> str:
    """The SHA-256 of an item's text; an editor's line endings are no edit."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()


def shipped(items: Path) -> dict[str, str]:
    """Item id to the digest of what the kit last put there; a course made before has none."""
    try:
        content = json.loads((items / SHIPPED_FILE).read_bytes())
        return {str(name): str(known) for name, known in content["items"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}  # what is not known is asked about, never overwritten


def record(items: Path, texts: Mapping[str, str]) -> None:
    """Note that the kit put these texts there, by item id; what else is noted stays."""
    known = shipped(items) | {name: digest(text) for name, text in texts.items()}
    content = {"schema": 1, "items": dict(sorted(known.items()))}
    put(items / SHIPPED_FILE, index_bytes(content))
