"""The frame of a learner's pages: one bar, one page, nothing of JupyterLab."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote

from msgspec import Struct

from b2bcourse.render.look import every_colour

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from b2bcourse.facts import Lang

Mark = Literal["full", "half", "none", "tick"]

_HERE: Final = Path(str(resources.files(__package__)))
_SCRIPTS: Final = ("zone.js", "deeds.js", "panel.js")
_SCRIPT: Final = "".join(f"(() => {{{(_HERE / name).read_text('utf-8')}}})();" for name in _SCRIPTS)
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
        zone: the reader's time zone; None where only the server's own is known.
        told: the zone's name as the reader's browser has told it; empty before.
        panel: whether the page stands beside an assignment, in a frame of its own.
        again: whether the page may be asked for once more, in the reader's own time.
    """

    base: str
    form: str
    zone: tzinfo | None = None
    told: str = ""
    panel: bool = False
    again: bool = False

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
            f'<form method="post" action="{escape(self.page(deed))}" target="_self">'
            f"{self.hidden()}{fields}"
            f'<button class="{kind}">{escape(words)}</button></form>'
        )

    def hidden(self) -> str:
        """The fields that every form on this page has to hold, as HTML."""
        beside = '<input type="hidden" name="panel" value="1">' if self.panel else ""
        return f"{self.form}{beside}"


def frame(lang: Lang, title: str, bar: str, body: str, site: Site, unreached: str = "") -> str:
    """A whole page.

    Args:
        lang: its language.
        title: what stands in the tab.
        bar: what stands in the bar, as HTML; beside an assignment there is none.
        body: what stands under it, as HTML.
        site: the server's addresses, and what is known of the reader.
        unreached: what is said where a deed cannot reach the server.
    """
    kind = ' class="is-panel"' if site.panel else ""
    # A link in a frame leads the whole window on; a form stays in it.
    base = '<base target="_top">' if site.panel else ""
    head = "" if site.panel else f'<header class="bar"><div>{bar}</div></header>'
    return (
        f'<!doctype html><html lang="{lang}"{_told(site)}><head><meta charset="utf-8">{base}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{escape(title)}</title><style>{_style()}</style>'
        f'</head><body{kind} data-unreached="{escape(unreached)}">{head}'
        f"<main>{body}</main><script>{_SCRIPT}</script></body></html>"
    )


def _told(site: Site) -> str:
    """What the page's script compares with the reader's own time zone."""
    away = datetime.now(UTC).astimezone(site.zone).utcoffset()
    minutes = round((away or timedelta()).total_seconds() / 60)
    again = " data-again" if site.again else ""
    return again + (
        f' data-base="{escape(site.base)}" data-zone="{escape(site.told)}" data-offset="{minutes}"'
    )


@cache
def _style() -> str:
    """The colours that every exercise has, light and dark, and the pages' own rules."""
    light, dark = (
        ";".join(f"--{name}:{colour}" for name, colour in every_colour(theme).items())
        for theme in ("light", "dark")
    )
    return (
        f":root{{--paper:#fff;{light}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--paper:#111;{dark}}}}}"
        f"{(_HERE / 'calm.css').read_text('utf-8')}"
    )


def mark(kind: Mark, told: str = "") -> str:
    """A mark; ears hear what is told, or nothing where words stand beside it."""
    heard = f'role="img" aria-label="{escape(told)}"' if told else 'aria-hidden="true"'
    return f'<svg class="{kind}" viewBox="0 0 12 12" {heard}>{_SHAPES[kind]}</svg>'


def day(
    when: datetime, say: Callable[[str], str], name: str = "day", zone: tzinfo | None = None
) -> str:
    """A day in words, in the reader's own time.

    Args:
        when: the time.
        say: the sentence of a name in her language.
        name: the sentence: ``day``, ``day_time`` or ``day_zone``.
        zone: the reader's; None takes the server's own.
    """
    own = when.astimezone(zone)
    return say(name).format(
        month=say("months").split()[own.month - 1],
        day=own.day,
        weekday=say("weekdays").split()[own.weekday()],
        time=f"{own:%H:%M}",
        zone=own.tzname(),
    )
