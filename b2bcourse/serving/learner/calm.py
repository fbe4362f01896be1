"""The frame of a learner's pages: one bar, one page, nothing of JupyterLab."""

from __future__ import annotations

from html import escape
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from b2bcourse.facts import Lang

Mark = Literal["full", "half", "none", "tick"]

_HERE: Final = Path(str(resources.files(__package__)))
_STYLE: Final = (_HERE / "calm.css").read_text("utf-8")
_SHAPES: Final[dict[Mark, str]] = {
    "full": '<circle cx="6" cy="6" r="4.5" fill="currentColor"/>',
    "half": '<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.2"/>'
    '<path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor"/>',
    "none": '<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.2"/>',
    "tick": '<path d="M1.5 6.5l3 3 6-7" fill="none" stroke="currentColor" stroke-width="1.8"/>',
}


class Site(Struct, frozen=True):
    """The addresses of a server.

    Attributes:
        base: what stands before every address, with a slash at either end.
        form: the field that every form has to hold, as HTML.
    """

    base: str
    form: str

    def lesson(self, path: str) -> str:
        """Where JupyterLab opens a file below the server's root."""
        return f"{self.base}lab/tree/{quote(path)}"

    def page(self, name: str, **asked: str) -> str:
        """A page of the kit."""
        query = "&".join(f"{key}={quote(value, safe='')}" for key, value in asked.items())
        return f"{self.base}b2bcourse/{name}" + (f"?{query}" if query else "")

    @property
    def lab(self) -> str:
        """JupyterLab with all its tools."""
        return f"{self.base}lab"

    def button(self, deed: str, words: str, *, kind: str = "link", **told: str) -> str:
        """A form of one button, which does something at ``deed``."""
        fields = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in told.items()
        )
        return (
            f'<form method="post" action="{escape(self.page(deed))}">{self.form}{fields}'
            f'<button class="{kind}">{escape(words)}</button></form>'
        )


def frame(lang: Lang, title: str, bar: str, body: str) -> str:
    """A whole page.

    Args:
        lang: its language.
        title: what stands in the tab.
        bar: what stands in the bar, as HTML.
        body: what stands under it, as HTML.
    """
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{escape(title)}</title><style>{_STYLE}</style>'
        f'</head><body><header class="bar"><div>{bar}</div></header>'
        f"<main>{body}</main></body></html>"
    )


def mark(kind: Mark, told: str = "") -> str:
    """A mark; ears hear what is told, or nothing where words stand beside it."""
    heard = f'role="img" aria-label="{escape(told)}"' if told else 'aria-hidden="true"'
    return f'<svg class="{kind}" viewBox="0 0 12 12" {heard}>{_SHAPES[kind]}</svg>'


def day(when: datetime, say: Callable[[str], str], name: str = "day") -> str:
    """A day in words, in the reader's own time.

    Args:
        when: the time.
        say: the sentence of a name in her language.
        name: the sentence: ``day`` or ``day_time``.
    """
    own = when.astimezone()
    return say(name).format(
        month=say("months").split()[own.month - 1],
        day=own.day,
        weekday=say("weekdays").split()[own.weekday()],
        time=f"{own:%H:%M}",
    )
