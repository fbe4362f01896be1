"""The points of a feedback page in one line of its head, for a list of all that came back.

They are those that the page shows, and come from the page alone: no answer, no key.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, Literal

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "b2b-points"
"""The name of the ``meta`` in a page's head."""
_HEAD: Final = 256 * 1024
"""So many bytes of a page are looked through for it."""


class Got(msgspec.Struct, frozen=True):
    """One exercise: ``points`` is None as long as nothing was given, which is not 0."""

    id: str
    title: str
    maximum: float
    points: float | None = None


class Fed(msgspec.Struct, frozen=True):
    """What one page gives.

    Attributes:
        points: the sum that counts, a penalty taken off.
        maximum: of how many, what is not graded yet left out.
        exercises: in the page's order.
        penalty: points taken off for being late.
    """

    points: float
    maximum: float
    exercises: tuple[Got, ...]
    penalty: float = 0.0
    schema: Literal[1] = 1


def told(fed: Fed) -> str:
    """The points as the content of the ``meta``; the page's template escapes it."""
    return msgspec.json.encode(fed).decode()


def points_in(page: Path) -> Fed | None:
    """The points of a page; None where it tells none that can be read.

    Args:
        page: a feedback page's file.
    """
    try:
        with page.open("rb") as file:
            text = file.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return None
    reader = _Reader()
    reader.feed(text)
    try:
        return msgspec.json.decode(reader.content, type=Fed) if reader.content else None
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None


class _Reader(HTMLParser):
    """Finds the line in a page's head; what a student wrote stands in its body."""

    def __init__(self) -> None:
        super().__init__()
        self.content = ""
        self._over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._over = self._over or tag == "body"
        told_ = dict(attrs)
        if tag == "meta" and told_.get("name") == NAME and not self._over:
            self.content = self.content or told_.get("content") or ""
