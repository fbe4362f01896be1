"""The sentences that are told while JupyterLab runs."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class Lines(Struct, frozen=True, forbid_unknown_fields=True):
    """The lines that a working copy and a preview say differently."""

    folder: Text
    stop: Text
    stopped: Text


class LabWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    working_copy: Lines
    preview: Lines
    address: Text
    late: Text
    not_started: Text
    broke_off: Text


WORDS: Final = read_words(__package__, LabWords)
