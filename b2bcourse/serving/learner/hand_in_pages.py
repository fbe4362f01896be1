"""The addresses of handing in, and of asking for a second look."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, authenticated

from b2bcourse.context import ContextError, language, read_index
from b2bcourse.responses import SaveError
from b2bcourse.serving.learner import asking, hand_in_page
from b2bcourse.serving.learner.base import LearnerPage, configured
from b2bcourse.serving.learner.exchange import ExchangeDownError
from b2bcourse.serving.learner.hand_in import file_of, hand_in, made, make_file
from b2bcourse.serving.learner.home import Handed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.serving.learner.exchange import Exchange
    from b2bcourse.serving.learner.hand_in import HandIn
    from b2bcourse.serving.learner.hand_in_page import Way


class _HandInPage(LearnerPage):
    """What the pages about one assignment's hand-in share."""

    async def answer(self, asked: str, failed: str, typed: dict[str, str] | None = None) -> None:
        """To a form: the page anew, or where something failed, the page with what it was."""
        if failed:
            self.set_status(502)
            self.show(await asyncio.to_thread(self.told, asked, failed, typed))
        elif self.site.panel:
            self.redirect(self.site.page("handin", folder=asked, panel="1"))
        else:
            self.redirect(self.site.page("handin", folder=asked))

    def told(self, asked: str, failed: str = "", typed: dict[str, str] | None = None) -> str:
        """The page of an assignment as it is now."""
        folder, site = self.folder(asked), self.site
        if folder is None:
            self.set_status(404)
            return hand_in_page.nothing(self.lang(), site)
        lang = language(folder)
        if original := self.original(folder):
            self.set_status(404)
            return hand_in_page.copied(folder, original, self.root, lang, site)
        exchange = self.way(folder)
        told, down = self.standing(folder, exchange)
        failed = failed or (_refused(down, lang) if down else "")
        way: Way = hand_in_page.Way(exchange is not None, failed, typed or {})
        return hand_in_page.html(told, folder, self.root, way, lang, site)

    def standing(
        self, folder: Path, exchange: Exchange | None
    ) -> tuple[HandIn, ExchangeDownError | None]:
        """How an assignment stands, and why the exchange could not be asked."""
        from b2bcourse.grading.holding.due_file import due_in

        if exchange is None:
            handed, size = made(folder)
            return hand_in(folder, handed, size, due_in(folder)), None
        down = None
        try:
            sent = exchange.handed().get(folder.name, Handed())
        except ExchangeDownError as error:
            sent, down = Handed(), error
        return hand_in(folder, sent, due=exchange.due(folder.name)), down

    def original(self, folder: Path) -> Path | None:
        """The fetched folder of which another one is a copy; from that alone one hands in."""
        index = read_index(folder)
        exchange, _ = configured(self.root)
        if index is None or exchange is None or index.assignment == folder.name:
            return None
        fetched = exchange.folder(index.assignment)
        return fetched if fetched.is_dir() and fetched.is_relative_to(self.root) else None

    def way(self, folder: Path) -> Exchange | None:
        """The exchange that a folder was fetched from; none where it goes by a file."""
        exchange, _ = configured(self.root)
        if exchange and exchange.folder(folder.name).resolve() == folder:
            return exchange
        return None


class HandInHandler(_HandInPage):
    """``GET handin``: what would be handed in; ``POST``: hand it in, or make a file."""

    @authenticated
    async def get(self) -> None:
        """Answer with the page."""
        self.show(await asyncio.to_thread(self.told, self.get_query_argument("folder")))

    @authenticated
    async def post(self) -> None:
        """Hand in what lies there now, and tell what was taken."""
        asked, late = self.get_body_argument("folder"), bool(self.get_body_argument("late", ""))
        await self.answer(asked, await asyncio.to_thread(self._hand_in, asked, late=late))

    def _hand_in(self, asked: str, *, late: bool) -> str:
        folder = self.folder(asked)
        if folder is None or self.original(folder):
            raise HTTPError(404)
        lang = language(folder)
        exchange = self.way(folder)
        try:
            if exchange is None:
                make_file(folder)
            elif not late and self.standing(folder, exchange)[0].is_settled:
                # From a page of before: what came in time must not be lost to what came late.
                return hand_in_page.WORDS.not_late[lang]
            else:
                exchange.submit(folder.name)
        except ExchangeDownError as error:
            return _refused(error, lang)
        except OSError as error:
            return hand_in_page.WORDS.not_made[lang].format(detail=error)
        return ""


class AskHandler(_HandInPage):
    """``POST ask``: a second look is asked for, and sent by itself where the work is settled."""

    @authenticated
    async def post(self) -> None:
        """Keep the sentence; where that fails the page comes back with what was typed."""
        asked, item = self.get_body_argument("folder"), self.get_body_argument("item")
        said = self.get_body_argument("said", "", strip=False)
        kept, failed = await asyncio.to_thread(self._ask, asked, item, said)
        await self.answer(asked, failed, None if kept else {item: said})

    def _ask(self, asked: str, item: str, said: str) -> tuple[bool, str]:
        """Whether it was kept, and what went wrong."""
        folder = self.folder(asked)
        if folder is None:
            raise HTTPError(404)
        lang, words = language(folder), hand_in_page.WORDS
        try:
            asking.keep(folder, item, said)
        except asking.NoItemError:
            return False, words.no_item[lang]
        except (SaveError, ContextError) as error:
            return False, words.not_kept[lang].format(detail=error.text[lang])
        exchange = self.way(folder)
        told, down = self.standing(folder, exchange)
        if exchange is None or down is not None or not told.is_settled:
            return True, ""
        return True, _send(self, folder, exchange)


class AskSendHandler(_HandInPage):
    """``POST ask-send``: requests that wait are sent by themselves, or put into a file."""

    @authenticated
    async def post(self) -> None:
        """Send them."""
        asked = self.get_body_argument("folder")
        await self.answer(asked, await asyncio.to_thread(self._send, asked))

    def _send(self, asked: str) -> str:
        folder = self.folder(asked)
        if folder is None:
            raise HTTPError(404)
        return _send(self, folder, self.way(folder))


def _send(page: _HandInPage, folder: Path, exchange: Exchange | None) -> str:
    """Send what waits; what went wrong, in words."""
    lang, words = language(folder), hand_in_page.WORDS
    told, _ = page.standing(folder, exchange)
    if not told.waiting:
        return ""
    try:
        if exchange is None:
            asking.make_file(folder, file_of(folder), told.waiting)
        elif told.is_settled:
            asking.send(exchange, folder, told.waiting)
    except ExchangeDownError as error:
        return words.not_sent[lang].format(detail=error)
    except SaveError as error:  # they went off; that they did could not be noted
        return words.not_kept[lang].format(detail=error.text[lang])
    except (OSError, ValueError) as error:  # a file that is none any more among them
        return words.not_made[lang].format(detail=error)
    return ""


def _refused(error: Exception, lang: Lang) -> str:
    return hand_in_page.WORDS.refused[lang].format(detail=error)


class HandInFileHandler(LearnerPage):
    """``GET handin-file``: the file that was made, or with ``what=asked`` that of requests."""

    @authenticated
    async def get(self) -> None:
        """Answer with the file."""
        folder = self.folder(self.get_query_argument("folder"))
        of = asking.file_of if self.get_query_argument("what", "") == "asked" else file_of
        if folder is None or not of(folder).is_file():
            raise HTTPError(404)
        self.set_header("Content-Type", "application/zip")
        self.set_attachment_header(of(folder).name)
        self.finish(await asyncio.to_thread(of(folder).read_bytes))


def handlers() -> Iterator[tuple[str, type, dict[str, Any]]]:
    """Address, handler and what it is given, for `b2bcourse.serving`."""
    yield "handin", HandInHandler, {}
    yield "handin-file", HandInFileHandler, {}
    yield "ask", AskHandler, {}
    yield "ask-send", AskSendHandler, {}
