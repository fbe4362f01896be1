"""The marks that begin a cell or stand as an answer, and what they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from b2bcourse.authoring.sheets.words import MARKS

if TYPE_CHECKING:
    from b2bcourse.facts import Lang

_AFTER: Final = re.compile(r"[\s:.,)–—-]+|$")
_JOINED: Final = re.compile(r"(?=[가-힣(«\"'])")
_WORD: Final = re.compile(r"[가-힣]|[a-z]{2}")


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
        if folded.startswith(signs.casefold()) and (after := _end_of(signs, said)):
            return meaning, said[after.end() :].strip()
    return "", said


def _end_of(signs: str, said: str) -> re.Match[str] | None:
    """Where a sign ends that begins a text: «O까닭» begins with one, «Overall» does not."""
    after = _AFTER.match(said, len(signs))
    joined = None if _WORD.match(signs) else _JOINED.match(said, len(signs))
    return after or joined


def _longest_first(lang: Lang) -> list[tuple[str, str]]:
    every = [(one, name) for name, signs in MARKS.items() for one in signs[lang]]
    return sorted(every, key=lambda pair: -len(pair[0]))
