"""A figure as a notebook shows it: a picture that carries its alternative text. No Matplotlib."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

INCHES: Final = 8.0
"""How wide every figure is."""

_CSS_WIDTH: Final = round(INCHES * 96)

_FOLDED: Final = "font-size: 14px; max-width: 48em; line-height: 1.5"

_DARK: Final = (
    '<style>[data-jp-theme-light="false"] .b2b-figure '
    "{ filter: invert(0.927) hue-rotate(180deg) }</style>"
)
"""White paper becomes the dark theme's #131313, ink light, and the accent stays blue."""


class PictureWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said beside every figure."""

    in_words: Text


WORDS: Final = read_words(__package__, PictureWords, "picture")


@dataclass(frozen=True)
class Picture:
    """A figure as a notebook shows it.

    Args:
        alt: all that the picture says, a sentence a line; the first is its title.
        lang: the language of both.
        png: the picture's bytes.
    """

    alt: str
    lang: Lang
    png: bytes

    @cached_property
    def base64(self) -> str:
        """The picture's bytes as text."""
        return base64.b64encode(self.png).decode("ascii")

    @property
    def title(self) -> str:
        """What the picture shows, in one sentence."""
        return self.alt.partition("\n")[0]

    @cached_property
    def html(self) -> str:
        """The picture as one ``img`` that shrinks with the window, and turns dark with JupyterLab.

        A screen reader says an ``alt`` in one breath: so it holds the title alone, and all that the
        picture says can be unfolded below it, sentence by sentence, by anybody.
        Its paper is white wherever no theme is known: on paper, in an exported or feedback page.
        """
        return (
            f'{_DARK}<img class="b2b-figure" src="data:image/png;base64,{self.base64}" '
            f'alt="{escape(self.title)}" lang="{self.lang}" '
            f'width="{_CSS_WIDTH}" style="max-width: 100%; height: auto; background: #ffffff">'
            f"{self._in_words()}"
        )

    def _in_words(self) -> str:
        sentences = "".join(f"<p>{escape(line)}</p>" for line in self.alt.split("\n"))
        summary = f"<summary>{escape(WORDS.in_words[self.lang])}</summary>"
        return f'<details lang="{self.lang}" style="{_FOLDED}">{summary}{sentences}</details>'

    def _repr_mimebundle_(
        self,
        include: Iterable[str] | None = None,  # noqa: ARG002 - IPython's signature
        exclude: Iterable[str] | None = None,  # noqa: ARG002
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """HTML for its alternative text; the PNG for what shows no HTML, such as a PDF export.

        JupyterLab 4.6 gives an ``image/png`` no alternative text, whatever its metadata say
        (nbconvert does): so the picture stands in both.
        """
        data = {"text/html": self.html, "image/png": self.base64, "text/plain": self.alt}
        return data, {"image/png": {"alt": self.title, "width": _CSS_WIDTH}}

    def __repr__(self) -> str:
        return self.alt
