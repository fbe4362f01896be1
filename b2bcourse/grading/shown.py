"""What formgrader and feedback pages show: all Markdown cleaned, nothing loaded from elsewhere.

The second guard, at reading: for what an instructor wrote, comments, and notebooks that were
graded before `written` was there. What `written` made passes unchanged.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import pass_context

from b2bcourse.grading.inert import in_attribute
from b2bcourse.grading.written import FOLLOWED, Written, as_written, cleaner, made

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from b2bcourse.facts import Lang, Text

TEMPLATES: Final = Path(__file__).parent / "pages"
"""Found before nbgrader's own: pages without the MathJax that nbconvert asks a server for."""

_DRAWN: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}")
_LEADS_AWAY: Final = re.compile(r"[/\\]|[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def set_pages(c: Any, lang: Lang) -> None:
    """Set nbconvert up for formgrader and for feedback.

    Args:
        c: traitlets' configuration.
        lang: the language of notes on a page.
    """
    from nbgrader.server_extensions.formgrader import handlers

    c.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), handlers.template_path]
    c.HTMLExporter.filters = {"markdown2html": _markdown2html(lang)}


def shown(text: str, attachments: Mapping[str, object] | None = None, lang: Lang = "ko") -> str:
    """The Markdown of any cell as HTML for a page on which grades are given or read.

    Args:
        text: Markdown with HTML in it; of this what is on the sanitizer's list stays.
        attachments: the cell's attachments.
        lang: the language of notes.
    """
    html = made(text, _OnPage(attachments or {}, lang), _CLEANER)
    return as_written(text) if html is None else html


def _markdown2html(lang: Lang) -> Callable[[Any, str], str]:
    """The filter through which both pages send every Markdown cell and every comment."""

    @pass_context
    def markdown2html(context: Any, source: str) -> str:
        return shown(source, context.get("cell", {}).get("attachments"), lang)

    return markdown2html


class _OnPage(Written):
    """HTML is left to the sanitizer, and pictures that lie beside the notebook are shown."""

    def block_html(self, html: str) -> str:
        return html + "\n"

    def inline_html(self, html: str) -> str:
        return html

    def picture(self, attributes: Mapping[str, str]) -> str:
        source = attributes.get("src")
        if source is None:
            return super().picture(attributes)
        address = source if _DRAWN.fullmatch(source) else in_attribute(source)
        return f'<img src="{address}" alt="{in_attribute(attributes.get("alt", ""))}">'

    def beside(self, url: str) -> str | Text:
        return in_attribute(url) if _lies_beside(url) else super().beside(url)


def _lies_beside(url: str) -> bool:
    return not _LEADS_AWAY.match(url) and ".." not in url


def _check(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("img", "src"):
        return value if _DRAWN.fullmatch(value) or _lies_beside(value) else None
    if (tag, name) == ("a", "href"):
        return value if FOLLOWED.fullmatch(value) else None
    return value


_CLEANER: Final = cleaner({"alt", "src"}, _check)
