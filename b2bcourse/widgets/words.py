"""The words of the widgets: what all kinds share, and each kind's own."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path

from b2bcourse.facts import Lang
from b2bcourse.facts.reading import read_yaml


@lru_cache
def words(lang: Lang, kind: str = "") -> dict[str, str]:
    """The shared words in one language, and those of a kind, by name.

    They stand in ``words.yaml`` and ``<kind>.yaml`` beside this module, one block a language.
    """
    return {**_read("words")[lang], **(_read(kind).get(lang, {}) if kind else {})}


@lru_cache
def _read(name: str) -> dict[str, dict[str, str]]:
    path = Path(str(resources.files(__package__))) / f"{name}.yaml"
    return read_yaml(path, dict[str, dict[str, str]]) if path.is_file() else {}
