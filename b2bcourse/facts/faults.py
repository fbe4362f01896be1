"""Why a file could not be opened or read, in both languages.

The system and the JSON reader say it in English alone, which in a Korean sentence helps nobody.
"""

from __future__ import annotations

import errno
import re
from typing import Final

import msgspec
from msgspec import Struct

from b2bcourse.facts.reading import read_words
from b2bcourse.facts.text import Text

_FIELD: Final = re.compile(r"at `\$\.?([^`]+)`")


class FaultsWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every reason by name; a missing or unknown one is an error when the file is read."""

    system: dict[str, Text]
    other: Text
    unknown: Text
    truncated: Text
    no_text: Text
    deep: Text
    no_json: Text
    no_object: Text
    field: Text


WORDS: Final = read_words(__package__, FaultsWords, name="faults")


def of_system(error: OSError) -> Text:
    """Why the system could not open, read or write a file.

    Args:
        error: what it said. An error that it does not know is called by its name, by which
            whoever looks after the machine can find it.
    """
    if error.errno is None:
        return WORDS.unknown
    name = errno.errorcode.get(error.errno, str(error.errno))
    return WORDS.system.get(name) or WORDS.other.format(name=name)


def of_json(error: Exception) -> Text:
    """Why bytes are not the JSON that they should be.

    Args:
        error: what msgspec, or Python's own reader, said of them.
    """
    if isinstance(error, RecursionError):
        return WORDS.deep
    if isinstance(error, msgspec.ValidationError):
        field = _FIELD.search(str(error))
        return WORDS.field.format(field=field[1]) if field else WORDS.no_object
    if isinstance(error, UnicodeDecodeError) or "utf-8" in str(error).lower():
        return WORDS.no_text
    return WORDS.truncated if "truncated" in str(error) else WORDS.no_json
