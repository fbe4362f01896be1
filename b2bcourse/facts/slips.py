"""What goes wrong where a sentence is put together: a form left open, a stop in the middle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from b2bcourse.facts.text import Lang

_PARTICLES: Final = "은|는|이|가|을|를|과|와|으로|로|보다|에게|에서"
_AFTER: Final = r"(?=[\s,.·)]|$)"
_BOTH: Final = (
    (re.compile(r"\{[a-z_]*(?:![rs])?(?::[^{}]*)?\}"), "a place that nothing fills"),
    (re.compile(r"(?<!\.)\.\.(?!\.)|[.!?]»?\s\.(?!\.)"), "two stops"),
    (re.compile(r"(?<!\.)[.][»”]\s?[.]"), "a stop before and after the closing quote"),
    (re.compile(r"«»|“”"), "quotes with nothing in them"),
)
_KOREAN: Final = (
    (
        re.compile(rf"[가-힣][.!?][»”\"]?(?:{_PARTICLES}){_AFTER}"),
        "a particle after a stop",
    ),
    (
        re.compile(r"\((?:이|가|은|는|을|를|과|와|으)\)|[가-힣]\((?:이)\)(?:라|나|며)"),
        "two particles to choose from",
    ),
    (re.compile(r"[0-9]{2}(?:백만|천만|천|백) ?원|[0-9]백만 ?원"), "28백만 원 is said 2,800만 원"),
)
_ENGLISH: Final = (
    (re.compile(r"[0-9] ?(?:%(?<= %)|per ?cent\b)"), "a percentage is written 6%"),
    (re.compile(r"(?<![0-9,.#])[1-9][0-9]{4,}(?![0-9])"), "thousands are written 12,000"),
)
# A syllable with a final consonant has 1 to 27 after it; those forms follow a vowel alone.
_AFTER_VOWEL: Final = re.compile(rf"([가-힣])(?:를|와){_AFTER}")


def slips(text: str, lang: Lang) -> list[str]:
    """What is wrong with a sentence's form, each with the words where it is.

    Args:
        text: a sentence as a reader gets it, or several.
        lang: its language.
    """
    found = [
        f"{said}: «{_near(text, hit)}»"
        for pattern, said in (*_BOTH, *(_KOREAN if lang == "ko" else _ENGLISH))
        for hit in pattern.finditer(text)
    ]
    if lang == "ko":
        found += [
            f"a particle that does not fit: «{_near(text, hit)}»"
            for hit in _AFTER_VOWEL.finditer(text)
            if (ord(hit.group(1)) - ord("가")) % 28
        ]
    return found


def _near(text: str, hit: re.Match[str]) -> str:
    return text[max(0, hit.start() - 12) : hit.end() + 12].replace("\n", " ")
