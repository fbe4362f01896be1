"""The sentences that feedback on a matching is made of."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_yaml


class MatchingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    meaning: Text
    right: Text
    wrong: Text
    missed: Text
    accepted: Text
    open_cell: Text
    free: Text
    decoy_right: Text
    not_attempted: Text
    own_right: Text
    own_wrong: Text
    own_accepted: Text
    missing_count: Text
    summary: Text
    lines_right: Text
    lines_partly: Text
    lines_wrong: Text
    lines_missed: Text
    summary_open: Text
    bad_value: Text
    bad_card: Text
    bad_place: Text
    bad_mark: Text
    bad_more: Text
    typed_cards: Text
    typed_lines: Text
    typed_several: Text
    typed_open: Text
    typed_shape: Text
    typed_side: Text
    typed_unknown_card: Text
    typed_unknown_line: Text
    typed_unknown_place: Text
    cites: Text
    nobody: Text
    left: Text
    undescribed: Text


WORDS: Final = read_yaml(Path(str(resources.files(__package__))) / "words.yaml", MatchingWords)
