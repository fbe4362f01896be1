"""The sentences that are said of a journal."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class SimulationWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    summary: Text
    not_attempted: Text
    unfinished: Text
    part_right: Text
    bad_value: Text
    bad_scenario: Text
    bad_seed: Text
    other_seed: Text
    bad_engine: Text
    edited: Text
    illegal: Text
    typed_intro: Text
    typed_learner: Text
    typed_moves: Text
    typed_people: Text
    typed_benefits: Text
    typed_example_why: Text
    typed_shape: Text
    typed_unknown: Text
    typed_missing: Text
    typed_no_why: Text


WORDS: Final = read_words(__package__, SimulationWords)
