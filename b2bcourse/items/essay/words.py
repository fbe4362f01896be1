"""The sentences that feedback on an essay is made of."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class EssayWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    own: Text
    model: Text
    guide: Text
    judged_by: Text
    length: Text
    no_text: Text
    by_person: Text
    too_short: Text
    to_compare: Text
    own_judgement: Text
    own_so_far: Text
    chosen: Text
    not_chosen: Text
    bad_text: Text
    too_long: Text
    only_begun: Text
    bad_criterion: Text
    bad_level: Text
    typed_levels: Text
    typed_text: Text
    typed_criterion: Text
    typed_level: Text


WORDS: Final = read_words(__package__, EssayWords)
