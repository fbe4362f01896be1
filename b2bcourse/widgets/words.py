"""The words of the widgets, one block a language."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path

from b2bcourse.facts import Lang
from b2bcourse.facts.reading import read_yaml


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    path = Path(str(resources.files(__package__))) / "words.yaml"
    return read_yaml(path, dict[str, dict[str, str]])


def words(lang: Lang) -> dict[str, str]:
    """Every word of the widgets in one language, by name."""
    return _words()[lang]
