"""Korean particles that depend on how the word before them ends (은/는, 이/가, 을/를)."""

from __future__ import annotations

import re
from typing import Final

# Latin letters and digits whose Korean name ends in a consonant (엘, 엠, 엔, 알; 영, 일, 삼, ...).
_CLOSED: Final = frozenset("LMNRlmnr013678")
_BRACKETS: Final = re.compile(r"\([^)]*\)")
_PAIRS: Final = {"은는": ("은", "는"), "이가": ("이", "가"), "을를": ("을", "를")}


def ends_closed(word: str) -> bool:
    """Whether ``word`` is read with a final consonant; brackets and what they hold are skipped."""
    spoken = _BRACKETS.sub("", word).rstrip(" »\"'.") or word
    last = spoken[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28 != 0
    return last in _CLOSED


class Name(str):
    """A name that takes its particle in a format string: ``"{name:을를}"``."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if spec in _PAIRS:
            closed, open_ = _PAIRS[spec]
            return f"{self!s}{closed if ends_closed(self) else open_}"
        return format(str(self), spec)
