"""A sentence in the course's two languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import asdict

Lang = Literal["ko", "en"]
LANGS: Final[tuple[Lang, ...]] = ("ko", "en")


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """One text, written in Korean and written in English; neither translates the other."""

    ko: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.ko if lang == "ko" else self.en

    def format(self, **values: object) -> Text:
        """Both languages with their ``{placeholders}`` filled; a text fills in its own of each."""
        return Text(*(self[lang].format(**_in(lang, values)) for lang in LANGS))


def _in(lang: Lang, values: Mapping[str, object]) -> dict[str, object]:
    return {name: one[lang] if isinstance(one, Text) else one for name, one in values.items()}


def as_lang(name: str) -> Lang:
    """``name`` as a language of the course.

    Raises:
        ValueError: the course is not written in that language.
    """
    if name not in LANGS:
        raise ValueError(f"language {name!r}: the course is written in {', '.join(LANGS)}")
    return name


def spoken(words: Struct | Mapping[str, Text], lang: Lang) -> dict[str, str]:
    """The sentences of a struct, or those read by name, in one language: what a browser is sent."""
    named = words if isinstance(words, Mapping) else asdict(words)
    return {name: text[lang] for name, text in named.items()}
