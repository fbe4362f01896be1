"""What a student wrote as Markdown, made into what a gradebook's notebook may hold.

formgrader and nbgrader's feedback render what stands in a notebook, on pages from which grades
can be changed. So a text is rendered once here, by the renderer that they use, cleaned by a
sanitizer's allow-list, and written down so that rendering it again changes nothing (`inert`).
Formulas stand as they were typed: a dollar is more often money, and TeX has commands that act.
Pure.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import nh3
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from b2bcourse.facts import Text
from b2bcourse.grading.inert import in_attribute, in_text, inert, whole
from b2bcourse.grading.pictures import as_address, named
from b2bcourse.grading.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from b2bcourse.facts import Lang

MAX_TEXT: Final = 100_000
"""Characters; a longer text is shown as it was typed."""
MAX_ADDRESSES: Final = 50_000
"""Characters of link addresses in a text: one may be referred to a thousand times."""

# The renderer's time grows with the square of these. Nobody writes so many in earnest.
_FORMULA: Final = re.compile(r"\\\\[\[(]|\\begin\{")
_MAX_FORMULAS: Final = 40
_STRESS: Final = re.compile(r"[*_]+")
_MAX_STRESS: Final = 1_000
_GAP: Final = re.compile(r"[^\S\n]{400}")

_SIMPLE_TAGS: Final = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "br", "hr", "blockquote", "code"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "small", "sub", "sup", "kbd", "q"),
}
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"alt"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style"},
}
FOLLOWED: Final = re.compile(r"(?:https?://|mailto:)[^\s\\]+", re.IGNORECASE)
"""The addresses that a link may lead to: none beside the page, for students' files lie there."""

_OTHER_TAG: Final = re.compile(
    rf"<(?!/?(?:{'|'.join(sorted(_SIMPLE_TAGS))})[ \t]*/?>)", re.IGNORECASE
)
_ANY_TAG: Final = re.compile(r"<[^>]*>")


def stored(text: str, attachments: Mapping[str, object] | None = None, lang: Lang = "ko") -> str:
    """What a student wrote as Markdown, as what may be put into a notebook's Markdown cell.

    Args:
        text: anything; what would take the renderer too long is shown as it was typed.
        attachments: the cell's attachments as handed in: name to MIME type to base64.
        lang: the language of the notes that stand where a picture cannot be shown.

    Returns:
        One line of HTML; rendering it as Markdown gives it back.
    """
    if len(text) > MAX_TEXT:
        return as_written(text)
    html = made(text, Written(attachments or {}, lang), _CLEANER)
    return as_written(text) if html is None else f"<div>{html}</div>"


def as_written(text: str) -> str:
    """A text that must not be read as Markdown: each character as it was typed."""
    return f"<div><pre><code>{in_text(whole(text))}</code></pre></div>"


def as_typed(text: str) -> str:
    """A text from a plain field: its characters, line breaks and paragraphs as they were typed."""
    parts = re.split(r"\n\s*\n", whole(text).strip("\n"))
    lines = (("<br>".join(in_text(_spaced(line)) for line in part.split("\n"))) for part in parts)
    return f"<div>{''.join(f'<p>{each}</p>' for each in lines)}</div>"


def _spaced(line: str) -> str:
    """A line in which several spaces stay several, as a page shows it."""
    line = line.replace("\t", "    ").replace("  ", "\u00a0 ")
    return f"\u00a0{line[1:]}" if line[:1] == " " else line


def headed(name: str) -> str:
    """A heading of the kit's above one of several texts in a cell."""
    return f"<div><p><strong>{in_text(name)}</strong></p></div>"


def noted(text: str) -> str:
    """What the kit tells the grader above a text; told from it by its form (`texts`)."""
    return f"<div><p><small>{in_text(' '.join(whole(text).split()))}</small></p></div>"


def joined(texts: Sequence[str]) -> str:
    """Several stored texts for one cell, with a line between them."""
    return "\n<hr>\n".join(texts)


def made(text: str, renderer: Written, clean: nh3.Cleaner) -> str | None:
    """The inert HTML of a text.

    Args:
        text: Markdown.
        renderer: what renders it, new for each text.
        clean: the sanitizer.

    Returns:
        One line; None where it cannot be made in bounded time and depth.
    """
    text = whole(text)
    if _takes_long(text):
        return None
    try:
        html = MarkdownWithMath(renderer=renderer).render(text).strip("\n")
        return inert(_settled(html, clean), renderer.picture)
    except Exception:  # noqa: BLE001 - whatever a renderer stumbles over is shown as typed
        return None


def cleaner(
    pictures: set[str], check: Callable[[str, str, str], str | None] | None = None
) -> nh3.Cleaner:
    """A sanitizer that lets pass what Markdown makes, and of links those that lead elsewhere.

    Args:
        pictures: the attributes of a picture that pass.
        check: a last look at an attribute (tag, name, value): its value, or None to take it out.
            With it relative addresses get so far.
    """
    return nh3.Cleaner(
        tags=_SIMPLE_TAGS | {"a", "img", "pre"},
        clean_content_tags=set(),
        attributes={**_ATTRIBUTES, "img": pictures},
        attribute_filter=check,
        url_schemes={"http", "https", "mailto"} | ({"data"} if check else set()),
        url_relative="pass_through" if check else "deny",
        filter_style_properties={"text-align"},
        set_tag_attribute_values={"a": {"target": "_blank"}},
        link_rel="noopener noreferrer",
    )


_CLEANER: Final = cleaner({"alt"})


class Written(IPythonRenderer):  # type: ignore[misc,unused-ignore]
    """nbconvert's renderer; a student's HTML is shown as text, but for simple tags.

    Args:
        attachments: the cell's attachments.
        lang: the language of notes.
    """

    def __init__(self, attachments: Mapping[str, object], lang: Lang) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self._attachments, self._lang = attachments, lang
        self._room = MAX_ADDRESSES
        self._pictures: list[tuple[str, str]] = []
        self._drawn: set[str] = set()

    def block_html(self, html: str) -> str:
        return f"<div>{self.inline_html(html.strip())}</div>\n"

    def inline_html(self, html: str) -> str:
        return _OTHER_TAG.sub("&lt;", html)

    def block_code(self, code: str, info: str | None = None) -> str:
        del info  # no colours: some languages' patterns take minutes over a page of brackets
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def task_list_item(self, text: str, *, checked: bool = False) -> str:
        """A line of a list to be ticked; a real box would be one of formgrader's fields."""
        return f"<li>{'☑' if checked else '☐'} {text}</li>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        self._room -= len(url) + len(title or "")
        if self._room < 0:
            return text
        address = unescape(url)
        if not FOLLOWED.fullmatch(address):
            told = escape(unquote(address))
            return text if text == told else f"{text} ({told})"
        html: str = super().link(text, url, title)
        return html

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture's number in the picture's place: its address passes no sanitizer."""
        alt = unescape(_ANY_TAG.sub("", text)) or title or ""
        self._pictures.append((unescape(url), alt))
        return f'<img alt="{len(self._pictures) - 1}">'

    def picture(self, attributes: Mapping[str, str]) -> str:
        """What is shown for a picture: itself, or a note why not.

        Args:
            attributes: of the ``img`` that stands for it.
        """
        url, alt = self._pictures[int(attributes["alt"])]
        address = self._address(url)
        if isinstance(address, Text):
            return self._note(address, alt, url)
        return f'<img src="{address}" alt="{in_attribute(alt)}">'

    def beside(self, url: str) -> str | Text:
        """The address of a picture that is not in the notebook, or the note in its place."""
        del url
        return WORDS.picture_elsewhere

    def _address(self, url: str) -> str | Text:
        if not url.startswith(("attachment:", "data:")):
            return self.beside(url)
        found = named(self._attachments, url)
        if found is None:
            return WORDS.picture_gone
        if url in self._drawn:
            return WORDS.picture_again
        self._drawn.add(url)
        return as_address(found) or WORDS.picture_unfit

    def _note(self, note: Text, alt: str, url: str) -> str:
        name = "" if url.startswith("data:") else unquote(url.removeprefix("attachment:"))
        told = " ".join(dict.fromkeys(filter(None, (alt, name))))
        return f"<em>{in_text(note[self._lang].format(name=told[:300]))}</em>"


def _takes_long(text: str) -> bool:
    return bool(
        _GAP.search(text)
        or len(_FORMULA.findall(text)) > _MAX_FORMULAS
        or len(_STRESS.findall(text)) > _MAX_STRESS
    )


def _settled(html: str, clean: nh3.Cleaner) -> str:
    """Cleaned until that changes nothing: what a browser will read is what was cleaned."""
    for _ in range(4):
        html, before = clean.clean(html), html
        if html == before:
            return html
    raise ValueError("read anew it is another tree each time")
