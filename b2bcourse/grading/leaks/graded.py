"""A graded item as the leak search knows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from b2bcourse.items.kind import Kind

Run = tuple[re.Pattern[str], re.Pattern[str]]
"""Patterns for a run of ids, and for one of them."""


@dataclass(frozen=True)
class Graded:
    """An autograded item as the leak search knows it."""

    item_id: str
    kind_id: str
    kind: Kind[Any, Any, Any]
    faces: tuple[Any, ...]
    key: Any
    fields: frozenset[str]
    people: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    required: frozenset[str]
    heads: frozenset[str]
    key_fields: frozenset[str]
    names: Mapping[str, str]
    authored: Mapping[str, str]
    places: Mapping[str, str]
    run: Run | None
    weak: bool
