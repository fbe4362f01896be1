"""HTML written down so that Markdown finds nothing in it to read, and no program a formula."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Picture = Callable[[Mapping[str, str]], str]

MAX_DEPTH: Final = 60

_VOID: Final = {"br", "hr", "img"}
_READ: Final = re.compile(r"[^\w ]|_|(?<= ) ")
_STARTS_FORMULA: Final = "$\\"
_NO_CHARACTER: Final = 0xFFFD
_HALF: Final = re.compile("[\ud800-\udfff]")


def inert(html: str, picture: Picture) -> str:
    """A cleaned tree in one line.

    Args:
        html: HTML as a sanitizer has written it: whole tags, no script, style or comment.
        picture: what stands for an ``img``, from its attributes.

    Returns:
        The same tree; outside tags, letters, digits and single spaces only, all else as numbers.

    Raises:
        ValueError: it is nested more deeply than `MAX_DEPTH`.
    """
    writer = _Writer(picture)
    writer.feed(html)
    writer.close()
    return "".join(writer.parts)


def in_text(text: str) -> str:
    """A text to stand between tags."""
    return _READ.sub(_in_text, text)


def in_attribute(text: str) -> str:
    """A text to stand in an attribute's quotes."""
    return _READ.sub(_entity, text)


def whole(text: str) -> str:
    """A text without halves of characters, which JSON can tell and no file can hold."""
    text = _HALF.sub(chr(_NO_CHARACTER), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Writer(HTMLParser):
    def __init__(self, picture: Picture) -> None:
        super().__init__(convert_charrefs=True)
        self._picture = picture
        self._depth = 0
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.parts.append(self._picture(given))
            return
        self._depth += tag not in _VOID
        if self._depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
        told = "".join(f' {name}="{in_attribute(value)}"' for name, value in given.items())
        self.parts.append(f"<{tag}{told}>")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(in_text(data))


def _in_text(found: re.Match[str]) -> str:
    entity = _entity(found)
    # Programs look for a formula's beginning and end within one text node.
    return f"<span>{entity}</span>" if found[0] in _STARTS_FORMULA else entity


def _entity(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"&#{code if _has_number(code) else _NO_CHARACTER};"


def _has_number(code: int) -> bool:
    """Whether HTML can name a character by its number and means that one by it."""
    control = code < ord(" ") and chr(code) not in "\t\n"
    taken_for_others = 0x7F <= code <= 0x9F  # noqa: PLR2004 - read as those of Windows-1252
    none = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004
    return not (control or taken_for_others or none)
