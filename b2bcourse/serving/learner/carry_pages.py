"""What she wrote, to take home as one file and to bring back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, authenticated

from b2bcourse.learner.carrying import CarryError, pack, packed_languages, unpack
from b2bcourse.serving.learner import carry_page
from b2bcourse.serving.learner.base import LearnerPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.learner.carrying import Brought


class CarryHandler(LearnerPage):
    """``GET carry``: what she wrote, to take home or to bring back; ``POST``: bring it back."""

    @authenticated
    async def get(self) -> None:
        """Answer with the page."""
        self.show(carry_page.html(self.lang(), self.site))

    @authenticated
    async def post(self) -> None:
        """Add what was sent to what is here, and tell what became of it."""
        sent = self.request.files.get("file")
        lang = self.lang()
        if not sent:
            raise HTTPError(400)
        try:
            done = await asyncio.to_thread(self._bring, sent[0]["body"])
        except (CarryError, OSError) as error:
            told = error.text[lang] if isinstance(error, CarryError) else str(error)
            self.set_status(400 if isinstance(error, CarryError) else 507)
            self.show(carry_page.html(lang, self.site, [told], bad=True))
            return
        self.show(carry_page.html(lang, self.site, done.told(lang), bad=bool(done.left)))

    def _bring(self, data: bytes) -> Brought:
        """Both languages' copies are laid first, if something in either is brought."""
        for lang in packed_languages(data):
            self.keeper.keep(lang)
        return unpack(data, self.keeper.home)


class CarryFileHandler(LearnerPage):
    """``GET carry-file``: the file to take home."""

    @authenticated
    async def get(self) -> None:
        """Answer with the file; with the page, where nothing was written yet."""
        try:
            data = await asyncio.to_thread(pack, self.keeper.home)
        except CarryError as error:
            lang = self.lang()
            self.show(carry_page.html(lang, self.site, [error.text[lang]], bad=True))
            return
        self.set_header("Content-Type", "application/zip")
        self.set_attachment_header(f"b2b-course-{datetime.now(UTC):%Y-%m-%d}.zip")
        self.finish(data)


def handlers() -> Iterator[tuple[str, type, dict[str, Any]]]:
    """Address, handler and what it is given, for `b2bcourse.serving`."""
    yield "carry", CarryHandler, {}
    yield "carry-file", CarryFileHandler, {}
