"""What a review asks: the items of the lessons, by the fact that each asks first."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal

from msgspec import Struct

from b2bcourse.facts.reading import read_yaml


class Reviews(Struct, frozen=True, forbid_unknown_fields=True):
    """By fact, the items that ask it; what is ``left_out`` takes a sitting of its own."""

    schema: Literal[1]
    left_out: tuple[str, ...]
    facts: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def reviews() -> Reviews:
    """What a review asks, read once."""
    path = Path(str(resources.files("b2bcourse.facts"))) / "reviews.yaml"
    return read_yaml(path, Reviews)
