"""Where a feedback page says to read again: a link, if that lesson lies below the server's root.

A page that was sent knows no lesson beside it, so it names it in words. Shown by the learner's own
server, the same words lead there.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from b2bcourse.facts import Lang

_PLACE: Final = re.compile(r'<p class="read" data-read="([^"<>]*)">([^<]*)</p>')
_LESSON: Final = re.compile(r"([0-9a-z-]+\.ipynb)(?:#(.*))?")
"""A lesson's file and a heading in it: no folder, so that a page leads nowhere else."""
_LANG: Final = re.compile(r'<html lang="(ko|en)"')


def language_of(page: str) -> Lang:
    """The language in which a feedback page is written."""
    found = _LANG.search(page)
    return "ko" if found is not None and found[1] == "ko" else "en"


def linked(page: str, copy: Path | None, address: Callable[[Path], str]) -> str:
    """A feedback page, each of its places to read again as a link.

    Args:
        page: the page as it was sent; somebody else has written it.
        copy: the learner's own copy of the lessons; None where there is none.
        address: where a lesson's file opens.

    Returns:
        The page; where the copy has no such lesson, the words stay words.
    """
    if copy is None:
        return page

    def link(found: re.Match[str]) -> str:
        place = _LESSON.fullmatch(unescape(found[1]))
        if place is None or not (copy / place[1]).is_file():
            return found[0]
        heading = f"#{quote(place[2])}" if place[2] else ""
        where = escape(address(copy / place[1]) + heading)
        return f'<p class="read"><a href="{where}">{found[2]}</a></p>'

    return _PLACE.sub(link, page)
