"""What a check says, in the author's language.

The code says its findings in English, in the shape of a sentence with places in it. Here stands
each of these sentences beside its Korean one; a test holds that none is missing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from b2bcourse.facts import Lang

_PLACE: Final = re.compile(
    r"(?P<place>[a-z_]+(?:\[\d+\]|\.[a-z_]+)*(?:,? '[^']*')?(?:, [a-z_ ]+)*(?:, '[^']*')?): "
)
_OPEN: Final = re.compile(r"\{\w+\}")
_GAP: Final = re.compile(r"\\\{(\w+)\\\}")


class Sentences(Struct, frozen=True, forbid_unknown_fields=True):
    """The findings: what may stand behind another one, and all others."""

    meant: Text
    listed: Text
    sentences: tuple[Text, ...]


@cache
def sentences() -> Sentences:
    """Read when something is to be told."""
    return read_words(__package__, Sentences, "findings")


@cache
def _special_first() -> list[Text]:
    """The more a sentence says by itself, the sooner it is asked whether it is meant."""
    return sorted(sentences().sentences, key=lambda each: -len(_OPEN.sub("", each.en)))


def told(text: str, lang: Lang) -> str:
    """A finding in a language; what has no sentence there stays as it is.

    Args:
        text: ``field: what is wrong``, as the code says it.
        lang: the author's language.
    """
    if lang == "en":
        return text
    place = _PLACE.match(text)
    if place is not None and (said := _said(text[place.end() :], lang)) is not None:
        return f"{place['place']}: {said}"
    whole = _said(text, lang)
    if whole is not None:
        return whole
    for found in re.finditer(": ", text):  # a field that is none may be called anything
        if (said := _said(text[found.end() :], lang)) is not None:
            return f"{text[: found.end()]}{said}"
    return text


def _said(text: str, lang: Lang) -> str | None:
    words = sentences()
    for behind in (words.meant, words.listed):
        found = _pattern(f"{{said}}{behind.en}").fullmatch(text)
        if found is not None and (said := _said(found["said"], lang)) is not None:
            more = {name: Name(value) for name, value in found.groupdict().items()}
            return said + behind[lang].format(**more)
    for sentence in _special_first():
        found = _pattern(sentence.en).fullmatch(text)
        if found is not None:
            gaps = {name: _inner(value, lang) for name, value in found.groupdict().items()}
            return sentence[lang].format(**gaps)
    return None


def _inner(value: str, lang: Lang) -> Name:
    """What fills a gap; it may be a sentence of its own."""
    return Name(_said(value, lang) or value)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def gap(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.+?)"

    escaped = re.escape(template)
    return re.compile(_GAP.sub(gap, escaped), re.DOTALL)
