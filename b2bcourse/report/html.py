"""What the parts of the report's page share: escaped text, numbers, drawn marks, sections."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from b2bcourse.render.look import TONES, marked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.facts import Lang

MARK_SIZE: Final = 13


def text(words: str) -> str:
    """Plain text as HTML."""
    return escape(words, quote=False)


def attribute(words: str) -> str:
    """Plain text as the value of an attribute in double quotes."""
    return escape(words)


def one(number: float) -> str:
    """Points where a class is read: one decimal, and a real minus sign."""
    return f"{number:.1f}".replace("-", "−")


def two(number: float) -> str:
    """A coefficient: two decimals."""
    return f"{number:.2f}".replace("-", "−")


def full(number: float) -> str:
    """Points that a thing is worth: no idle decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def mark(name: str) -> str:
    """A mark of ``look.json``, in its colour; its word stands beside it or in a legend."""
    shape = marked(name, f"var(--{TONES[name]})")
    return (
        f'<svg class="mark" width="{MARK_SIZE}" height="{MARK_SIZE}" viewBox="0 0 16 16" '
        f'aria-hidden="true">{shape}</svg>'
    )


def section(head: str, body: str, name: str, *, rest: str = "") -> str:
    """A part of the page under its head, which is a sentence with the finding.

    Args:
        head: plain text.
        body: HTML.
        name: the section's class.
        rest: HTML after the head on its line.
    """
    return f'<section class="{name}"><h2>{text(head)}{rest}</h2>{body}</section>'


def note(*sentences: str) -> str:
    """Small print; nothing where there is nothing to say."""
    said = " ".join(sentence for sentence in sentences if sentence)
    return f'<p class="note">{text(said)}</p>' if said else ""


def listed(names: Iterable[str]) -> str:
    """Names with commas between."""
    return ", ".join(names)


def capital(sentence: str, lang: Lang) -> str:
    """A sentence that begins a line."""
    return sentence[:1].upper() + sentence[1:] if lang == "en" else sentence


def command(line: str) -> str:
    """A command to type: a saved file opens nothing by itself."""
    return f"<code>{text(line)}</code>"
