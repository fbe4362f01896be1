"""The words of static tables."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_yaml


class RenderWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every word by name; a missing or unknown one is an error when the file is read."""

    static: Text
    row: Text
    card: Text
    main: Text
    also: Text
    mark: Text
    right: Text
    partly: Text
    wrong: Text
    missed: Text
    accepted: Text
    not_attempted: Text
    nothing: Text
    unnamed: Text
    read_again: Text


WORDS: Final = read_yaml(Path(str(resources.files(__package__))) / "words.yaml", RenderWords)
