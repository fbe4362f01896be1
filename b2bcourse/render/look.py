"""Colours and marks, for pages made here and for those that a browser draws: one file for both.

It is JSON, since the browser's modules are built from it too (``browser/build.mjs``).
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final, Literal

_LOOK: Final[dict[str, Any]] = json.loads(
    (files(__package__) / "look.json").read_text(encoding="utf-8")
)

COLOURS: Final[dict[str, str]] = _LOOK["colours"]["light"]
"""Colours on white paper by their meaning."""

DARK: Final[dict[str, str]] = _LOOK["colours"]["dark"]
"""The same on black, for pages of their own that follow the reader's theme."""

TONES: Final[dict[str, str]] = _LOOK["tones"]
"""The meaning of each mark's colour."""


def marked(name: str, colour: str) -> str:
    """A mark's shapes in a colour, for a box of 16 by 16.

    Args:
        name: a mark of ``look.json``.
        colour: as CSS names it.
    """
    solid = f'fill="{colour}" stroke="none"'
    shapes = str(_LOOK["marks"][name]).replace('class="is-solid"', solid)
    return f'<g fill="none" stroke="{colour}">{shapes}</g>'


def every_colour(theme: Literal["light", "dark"]) -> dict[str, str]:
    """Colours by their meaning on light or on dark paper, for a page that follows the reader's."""
    return dict(_LOOK["colours"][theme])
