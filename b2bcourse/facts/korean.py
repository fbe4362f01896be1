"""Korean as it is said: particles that follow the last sound of a word, and sums of money.

Templates ask for what bends by a spec, ``"{name:을를}"``, and never write it themselves: a name
that is filled in later may end in any sound.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_NONE: Final = ""
_RIEUL: Final = "ㄹ"
_OTHER: Final = "closed"

# How the Korean names of letters and digits end (에이, 엘, 엠 …; 영, 일, 이 …).
_LETTERS: Final = {"L": _RIEUL, "R": _RIEUL, "M": _OTHER, "N": _OTHER}
_DIGITS: Final = {
    "0": _OTHER,
    "1": _RIEUL,
    "3": _OTHER,
    "6": _OTHER,
    "7": _RIEUL,
    "8": _RIEUL,
}
# Units are read in full: 퍼센트, 미터, 킬로그램 …
_UNITS: Final = {"kg": _OTHER, "g": _OTHER, "mg": _OTHER, "%": _NONE, "℃": _NONE, "°": _NONE}
# English words are said by their sound, not letter by letter: 이메일, 팀, 플랜, 마케팅, 스펙.
_WORD_ENDS: Final = (
    (re.compile(r"(?:l|le)$"), _RIEUL),
    (re.compile(r"(?:[mn]e?|ng)$"), _OTHER),
    (re.compile(r"(?:[^aeiou]|^)[aeiou](?:[ckpb]|ck)$"), _OTHER),
)

_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_SILENT: Final = " \t»«\"'”’」』)].,!?…:;"
_LAST_UNIT: Final = re.compile(r"[0-9]\s?(kg|mg|g|m|cm|mm|km)$")
_LAST_WORD: Final = re.compile(r"[A-Za-z]+$")

# After a final consonant, and after a vowel.
_PAIRS: Final = {
    "은는": ("은", "는"),
    "이가": ("이", "가"),
    "을를": ("을", "를"),
    "와과": ("과", "와"),
    "이라": ("이라", "라"),
    "이라는": ("이라는", "라는"),
    "이며": ("이며", "며"),
    "이나": ("이나", "나"),
}
_TOWARDS: Final = "으로"
_MILLION_WON: Final = "백만원"

SPECS: Final = (*_PAIRS, _TOWARDS)
"""What a template may ask for after a name; ``백만원`` besides, after a number of millions."""


def final_sound(word: str) -> str:
    """How a word ends when it is read out: on a vowel (empty), on ㄹ, or on another consonant.

    Brackets with what they hold, closing quotes and stops are not read.
    """
    spoken = _BRACKETS.sub("", word).rstrip(_SILENT) or word.rstrip(_SILENT)
    last = spoken[-1:]
    if "가" <= last <= "힣":
        return _of_syllable(last)
    if unit := _LAST_UNIT.search(spoken):
        return _UNITS.get(unit.group(1), _NONE)
    if found := _LAST_WORD.search(spoken):
        return _of_latin(found.group())
    return _DIGITS.get(last, _NONE)


def _of_syllable(syllable: str) -> str:
    final = (ord(syllable) - ord("가")) % 28
    return _NONE if final == 0 else _RIEUL if final == 8 else _OTHER  # noqa: PLR2004 - ㄹ


def _of_latin(word: str) -> str:
    if word.isupper() or len(word) == 1:
        return _LETTERS.get(word[-1].upper(), _NONE)
    return next((sound for ends, sound in _WORD_ENDS if ends.search(word.casefold())), _NONE)


def ends_closed(word: str) -> bool:
    """Whether ``word`` is read with a final consonant."""
    return final_sound(word) != _NONE


def particle(word: str, spec: str) -> str:
    """The particle of a pair (``은는``, ``을를`` …, ``으로``) that follows ``word``."""
    sound = final_sound(word)
    if spec == _TOWARDS:
        return "으로" if sound == _OTHER else "로"
    closed, open_ = _PAIRS[spec]
    return open_ if sound == _NONE else closed


class Name(str):
    """A name that takes its particle in a format string: ``"{name:을를}"``."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if spec in SPECS:
            return f"{self!s}{particle(self, spec)}"
        if spec == _MILLION_WON:
            return won(as_number(str(self)) * 1_000_000)
        return format(str(self), spec)


def unstopped(text: str) -> str:
    """A sentence as it is named inside another one: without the stop at its end."""
    return text.rstrip().rstrip(".。").rstrip()


def quoted(text: str) -> Name:
    """A title, or a card with a sentence on it, as it stands inside a sentence: ``«…»``."""
    return Name(f"«{unstopped(text)}»")


_STEPS: Final = ((10**12, "조"), (10**8, "억"), (10**4, "만"))


def won(amount: Decimal | int) -> str:
    """A sum of money as Koreans say it: 2,800만 원, 1억 1,300만 원, −50만 원, 9,500원."""
    whole = int(Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP))
    rest, said = abs(whole), []
    for step, name in _STEPS:
        count, rest = divmod(rest, step)
        if count:
            said.append(f"{count:,}{name}")
    sign = "−" if whole < 0 else ""
    if rest or not said:
        return f"{sign}{' '.join([*said, f'{rest:,}'])}원"
    return f"{sign}{' '.join(said)} 원"


_UNITS_OF_MONEY: Final = {
    "천 원": 10**3,
    "만 원": 10**4,
    "백만 원": 10**6,
    "천만 원": 10**7,
    "억 원": 10**8,
}


def in_won(number: str, unit: str) -> str:
    """A number of a unit of money, said as one sum; empty where the unit is of another kind.

    ``28`` of ``백만 원`` is 2,800만 원: nobody says 28백만 원.
    """
    worth = _UNITS_OF_MONEY.get(unit)
    return won(as_number(number) * worth) if worth else ""


def as_number(text: str) -> Decimal:
    """A number as it is written for a reader, with commas and a real minus sign."""
    return Decimal(text.replace("−", "-").replace(",", ""))
