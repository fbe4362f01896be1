"""A second look on the page of handing in: a line under each item, and the way to send it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from msgspec import Struct

from b2bcourse.items.asking import MAX_SAID
from b2bcourse.serving.learner.asking import file_of, waits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from b2bcourse.serving.learner.calm import Site
    from b2bcourse.serving.learner.hand_in import HandIn
    from b2bcourse.serving.learner.standing import Standing


class Asking(Struct, frozen=True):
    """What must be known to ask.

    Attributes:
        told: the page's data.
        where: the assignment's folder below the server's root.
        course: whether it goes through an exchange.
        typed: by item, what could not be kept just now, as it was typed.
        site: the server's addresses.
    """

    told: HandIn
    where: str
    course: bool
    typed: dict[str, str]
    site: Site

    @property
    def goes_alone(self) -> bool:
        """Whether a request is sent by itself: through an exchange, when the work is settled."""
        return self.course and self.told.is_settled


def request(one: Standing, ask: Asking, say: Callable[[str], str]) -> str:
    """What stands under an item: what is asked, and the field for it.

    There is nothing to be looked at again before something was handed in.
    """
    if ask.told.handed.when is None and one.asked is None and one.item not in ask.typed:
        return ""
    typed = ask.typed.get(one.item)
    text = typed if typed is not None else one.asked.text if one.asked else ""
    about = escape(f"{say('ask')}: {one.title}")
    name = f"said-{one.item}"
    deed = escape(ask.site.page("ask"))
    return (
        f'<div class="more">{_said(one, ask, say)}<details id="ask-{one.item}"'
        f"{' open' if typed is not None else ''}>"
        f'<summary aria-label="{about}">{escape(say("ask"))}</summary>'
        f'<form method="post" action="{deed}" target="_self">{ask.site.hidden()}'
        f'<input type="hidden" name="folder" value="{escape(ask.where)}">'
        f'<input type="hidden" name="item" value="{escape(one.item)}">'
        f'<label for="{name}">{escape(say("ask_label").format(max=MAX_SAID))}</label>'
        f'<textarea id="{name}" name="said" maxlength="{MAX_SAID}">\n{escape(text)}</textarea>'
        f'<button class="go is-plain">{escape(say("send" if ask.goes_alone else "keep"))}</button>'
        "</form></details></div>"
    )


def _said(one: Standing, ask: Asking, say: Callable[[str], str]) -> str:
    if one.asked is None or not one.asked.text:
        return ""
    name = "asked_gone"
    if waits(one.asked, ask.told.handed):
        name = "asked_not_sent" if ask.goes_alone else "asked_next" if ask.course else "asked_file"
    return f'<p class="said">{escape(say(name))} {escape(one.asked.text)}</p>'


def requests(ask: Asking, folder: Path, say: Callable[[str], str]) -> str:
    """The way in which requests are sent by themselves, where some wait; else nothing."""
    count = len(ask.told.waiting)
    if ask.goes_alone:
        words = say("send_all").format(n=count)
        button = ask.site.button("ask-send", words, kind="go", folder=ask.where)
        return f"<p>{button}</p>" if count else ""
    if ask.course or ask.told.handed.when is None:
        return ""
    made = _made(ask, folder, say)
    if not count:
        return made
    button = ask.site.button("ask-send", say("ask_make"), kind="go is-plain", folder=ask.where)
    return f"<p>{escape(say('ask_file'))}</p><p>{button}</p>{made}"


def _made(ask: Asking, folder: Path, say: Callable[[str], str]) -> str:
    """The link to the file of requests that was made last."""
    path = file_of(folder)
    if not path.is_file():
        return ""
    kilo = max(1, round(path.stat().st_size / 1000))
    words = say("download").format(file=path.name, size=f"{kilo} kB")
    address = ask.site.page("handin-file", folder=ask.where, what="asked")
    return f'<p><a href="{escape(address)}" download target="_self">{escape(words)}</a></p>'
