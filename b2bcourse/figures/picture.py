"""A figure as a notebook shows it: a picture that carries its alternative text. No Matplotlib."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts import Lang

if TYPE_CHECKING:
    from collections.abc import Iterable

INCHES: Final = 8.0
"""How wide every figure is."""

_CSS_WIDTH: Final = round(INCHES * 96)

_DARK: Final = (
    '<style>[data-jp-theme-light="false"] .b2b-figure '
    "{ filter: invert(0.927) hue-rotate(180deg) }</style>"
)
"""White paper becomes the dark theme's #131313, ink light, and the accent stays blue."""


@dataclass(frozen=True)
class Picture:
    """A figure as a notebook shows it.

    Args:
        alt: all that the picture says, in words.
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

    @cached_property
    def html(self) -> str:
        """The picture as one ``img`` that shrinks with the window, and turns dark with JupyterLab.

        Its paper is white wherever no theme is known: on paper, in an exported or feedback page.
        """
        return (
            f'{_DARK}<img class="b2b-figure" src="data:image/png;base64,{self.base64}" '
            f'alt="{escape(self.alt)}" lang="{self.lang}" '
            f'width="{_CSS_WIDTH}" style="max-width: 100%; height: auto; background: #ffffff">'
        )

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
        return data, {"image/png": {"alt": self.alt, "width": _CSS_WIDTH}}

    def __repr__(self) -> str:
        return self.alt
