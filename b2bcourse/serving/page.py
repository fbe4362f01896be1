"""A page as it is sent: a frame, its data and sentences, and the names of what was built for it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import msgspec
from tornado import web

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.facts.text import spoken
from b2bcourse.serving.base import GraderHandler

if TYPE_CHECKING:
    from b2bcourse.facts import Lang

TYPES: Final = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}

_PAGE: Final = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{base}/built/{name}.css?v={css}">
<script type="module" src="{base}/built/{name}.js?v={js}"></script>
<script type="application/json" id="b2b-page">{data}</script>
</head>
<body><main id="b2b-main"></main></body>
</html>
"""


def page(name: str, lang: Lang, title: str, base: str, data: dict[str, Any]) -> str:
    """A page.

    Args:
        name: what it is called: its script, style sheet and sentences bear this name.
        lang: its language.
        title: the window's.
        base: the address under which its parts are found.
        data: what its script needs; its sentences are added as ``words``.
    """
    told = msgspec.json.encode({**data, "lang": lang, "words": words(name, lang)}).decode()
    return _PAGE.format(
        lang=lang,
        title=escape(title),
        base=escape(base),
        name=name,
        css=_built(f"{name}.css")[1],
        js=_built(f"{name}.js")[1],
        data=told.replace("<", "\\u003c"),  # nothing in it may end the script's element
    )


@lru_cache
def words(name: str, lang: Lang) -> dict[str, str]:
    """The sentences of a page in one language; its script asks for them by name."""
    return spoken(read_words(__package__, dict[str, Text], name), lang)


@lru_cache
def _built(name: str) -> tuple[bytes, str]:
    """A built file and what tells it from its other versions."""
    data = (resources.files(__package__) / "pages" / "built" / name).read_bytes()
    return data, hashlib.sha256(data).hexdigest()[:12]


class BuiltHandler(GraderHandler):
    """What was built for the pages: scripts and style sheets of the package."""

    @web.authenticated
    def get(self, name: str, ending: str) -> None:
        try:
            data, _version = _built(f"{name}.{ending}")
        except FileNotFoundError as error:
            raise web.HTTPError(404) from error
        self.set_header("Content-Type", TYPES[ending])
        self.set_header("Cache-Control", "private, max-age=31536000, immutable")
        self.finish(data)
