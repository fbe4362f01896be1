"""The page on which a learner takes home what she wrote, or brings it back, as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from b2bcourse.learner.carrying import WORDS
from b2bcourse.serving.learner.calm import frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bcourse.facts import Lang
    from b2bcourse.serving.learner.calm import Site


def html(lang: Lang, site: Site, told: Sequence[str] = (), *, bad: bool = False) -> str:
    """The page.

    Args:
        lang: its language.
        site: the server's addresses.
        told: what has just been done, or why it could not be.
        bad: whether it could not.
    """
    kind, role = (" is-bad", "alert") if bad else ("", "status")
    lines = "".join(f"<p>{escape(line)}</p>" for line in told)
    news = f'<div class="news{kind}" role="{role}">{lines}</div>' if told else ""
    bar = f'<a href="{escape(site.page("home"))}">{escape(WORDS.home[lang])}</a>'
    body = (
        f'<h1>{escape(WORDS.title[lang])}</h1>{news}<section aria-labelledby="take">'
        f'<h2 id="take">{escape(WORDS.take_home[lang])}</h2>'
        f"<p>{escape(WORDS.take_told[lang])}</p>"
        f'<p><a class="go" href="{escape(site.page("carry-file"))}">{escape(WORDS.take[lang])}</a>'
        '</p></section><section aria-labelledby="bring">'
        f'<h2 id="bring">{escape(WORDS.bring[lang])}</h2>'
        f"<p>{escape(WORDS.bring_told[lang])}</p>"
        f'<form method="post" enctype="multipart/form-data" action="{escape(site.page("carry"))}">'
        f"{site.form}<p><label>{escape(WORDS.file[lang])} "
        '<input type="file" name="file" accept=".zip" required></label></p>'
        f'<p><button class="go is-plain">{escape(WORDS.bring_button[lang])}</button></p></form>'
        "</section>"
    )
    return frame(lang, WORDS.title[lang], bar, body, site)
