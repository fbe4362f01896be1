"""The marks that begin a cell or stand as an answer, and what they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from b2bcourse.authoring.sheets.words import MARKS

if TYPE_CHECKING:
    from b2bcourse.facts import Lang

_AFTER: Final = re.compile(r"[\s:.,)–—-]+|$")


def sign(name: str, lang: Lang) -> str:
    """The sign that is written for a meaning."""
    return MARKS[name][lang][0]


def meant_by(said: str, lang: Lang) -> tuple[str, str]:
    """What a cell's first sign means, and what stands behind it.

    Returns:
        ``primary``, ``secondary``, ``either``, ``none``, ``unsure``, or empty where it begins with
        none of their signs; and the rest of the text.
    """
    folded = said.casefold()
    for signs, meaning in _longest_first(lang):
        # A sign is a sign only where it ends: «오늘» is no circle, «Overall» no O.
        if folded.startswith(signs.casefold()) and (after := _AFTER.match(said, len(signs))):
            return meaning, said[after.end() :].strip()
    return "", said


def _longest_first(lang: Lang) -> list[tuple[str, str]]:
    every = [(one, name) for name, signs in MARKS.items() for one in signs[lang]]
    return sorted(every, key=lambda pair: -len(pair[0]))
