"""The addresses of the first page, of fetching, of handing in and of what comes back."""

from __future__ import annotations

import asyncio
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, authenticated

from b2bcourse.context import ContextError, language, read_index
from b2bcourse.facts import LANGS
from b2bcourse.items.response import FOLDER
from b2bcourse.learner.carrying import CarryError, pack, packed_languages, unpack
from b2bcourse.learner.laid import Ledger
from b2bcourse.learner.working_copy import ASSIGNMENTS
from b2bcourse.serving.learner import carry_page, hand_in_page, home_page
from b2bcourse.serving.learner.calm import Site
from b2bcourse.serving.learner.exchange import Exchange, ExchangeDownError
from b2bcourse.serving.learner.hand_in import file_of, hand_in, made, make_file
from b2bcourse.serving.learner.home import Handed, assignments_in, home, notebook_of
from b2bcourse.serving.learner.keeping import Keeper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.learner.carrying import Brought
    from b2bcourse.serving.learner.hand_in_page import Way

_CHOICE: Final = "b2bcourse-lang"
_DAYS: Final = 365
ALONE: Final = os.environ.get("B2BCOURSE_ALONE") == "1"
"""Whether a hub says that its user is in no class: graded work stays with classes, since feedback
with as many tries as one likes would give away everybody's key.
"""


class _Page(JupyterHandler):
    """What all pages have: one keeper of working copies, one language, one set of addresses."""

    @property
    def root(self) -> Path:
        """The folder that the server serves."""
        return Path(self.contents_manager.root_dir).resolve()

    @property
    def keeper(self) -> Keeper:
        """The keeper of this server's copies."""
        found = self.settings.get("b2bcourse_keeper")
        if not isinstance(found, Keeper) or found.root != self.root:
            found = Keeper(self.root, Ledger.of_user(), assignments=not ALONE)
            self.settings["b2bcourse_keeper"] = found
        return found

    @property
    def site(self) -> Site:
        """The server's addresses."""
        return Site(self.base_url, self.xsrf_form_html())

    def lang(self, asked: str = "") -> Lang:
        """What is asked for, which is her choice then; else her choice; else that of her only
        copy, what a hub or her computer says, her browser's.
        """
        there = self.keeper.laid
        only = there[0] if len(there) == 1 else ""
        told = os.environ.get("B2BCOURSE_LANG", "")
        for name in (asked, self.get_cookie(_CHOICE) or "", only, told, *self._accepted()):
            if name in LANGS:
                chosen: Lang = "ko" if name == "ko" else "en"
                if name == asked:
                    self.set_cookie(
                        _CHOICE, name, path=self.base_url, expires_days=_DAYS, samesite="Lax"
                    )
                return chosen
        return self.keeper.languages[0]

    def _accepted(self) -> list[str]:
        """The browser's languages, as it prefers them."""
        said = self.request.headers.get("Accept-Language", "")
        parts = [one.split(";q=") for one in said.split(",")]
        known = [(_weight(part), part[0].strip()[:2].casefold()) for part in parts]
        return [name for weight, name in sorted(known, key=lambda one: -one[0]) if weight]

    def show(self, page: str) -> None:
        """Answer with a page, which is never kept: it tells what is now."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(page)

    def folder(self, asked: str) -> Path | None:
        """A folder of an assignment below the server's root; None for any other."""
        found = (self.root / asked).resolve()
        if not found.is_relative_to(self.root) or notebook_of(found) is None:
            return None
        try:
            index = read_index(found)
        except ContextError:
            return None
        return found if index and index.assignment == found.name else None

    def below(self, path: Path) -> str:
        """A path below the server's root, with ``/`` between its parts."""
        return "" if path == self.root else path.relative_to(self.root).as_posix()


def _weight(part: list[str]) -> float:
    try:
        return float(part[1]) if len(part) > 1 else 1.0
    except ValueError:
        return 0.0


class HomeHandler(_Page):
    """``GET home``, ``GET home/ko``: the first page; with a language, that is chosen."""

    @authenticated
    async def get(self, asked: str | None = None) -> None:
        """Answer with the page, once the working copy is as it should be."""
        lang, site = self.lang(asked or ""), self.site
        self.show(await asyncio.to_thread(self._home, lang, site))

    def _home(self, lang: Lang, site: Site) -> str:
        keeper = self.keeper
        kept = keeper.keep(lang)
        copy = kept.folder.resolve() if kept.folder else self.root
        exchange, down = _exchange(self.root)
        own = {} if ALONE else dict(assignments_in(copy))
        found: list[tuple[str, Path | None]] = list(own.items())
        handed: Mapping[str, Handed] = {name: made(folder)[0] for name, folder in own.items()}
        if exchange:
            try:
                found, handed = exchange.assignments(), exchange.handed()
            except ExchangeDownError as error:
                found, handed, down = [], {}, str(error)
        around = home_page.Around(
            kept=kept,
            copy=self.below(copy),
            other=len(keeper.languages) > 1,
            course=exchange is not None,
            older={name: len(older(copy, name, folder)) for name, folder in found if folder}
            if exchange
            else {},
            down=down,
            alone=ALONE,
        )
        return home_page.html(home(copy, lang, found, handed), around, site, self.root)


def _exchange(root: Path) -> tuple[Exchange | None, str]:
    """The exchange, and why it is not known although one is meant."""
    try:
        return Exchange.configured(root), ""
    except Exception as error:  # noqa: BLE001 - settings are a program of somebody else's
        return None, str(error)


def older(copy: Path, assignment: str, folder: Path) -> list[Path]:
    """The answers in a working copy's own assignment that the fetched folder does not have."""
    source = copy / ASSIGNMENTS / assignment / FOLDER
    if source.parent.resolve() == folder.resolve():
        return []
    there = sorted(source.glob("*.json"))
    if any((folder / FOLDER / path.name).exists() for path in there):
        return []  # she has taken them, or begun anew
    return [path for path in there if path.is_file() and not path.is_symlink()]


class _Deed(_Page):
    """A deed with an assignment of the configured course, after which the first page is shown."""

    @authenticated
    async def post(self) -> None:
        """Do it."""
        exchange, why = await asyncio.to_thread(_exchange, self.root)
        if exchange is None:
            raise HTTPError(404, why or None)
        name = self.get_body_argument("assignment")
        try:
            await asyncio.to_thread(self.do, exchange, name)
        except ExchangeDownError as error:
            raise HTTPError(502, str(error)) from error
        self.redirect(self.site.page("home"))

    def do(self, exchange: Exchange, name: str) -> None:
        """What the deed is."""
        raise NotImplementedError


class FetchHandler(_Deed):
    """``POST fetch``: an assignment is fetched."""

    def do(self, exchange: Exchange, name: str) -> None:
        """Fetch what is released, and nothing else."""
        if name not in {one for one, _ in exchange.assignments()}:
            raise HTTPError(404)
        exchange.fetch(name)


class BringHandler(_Deed):
    """``POST bring``: answers of an older copy go into the fetched folder; the old ones stay."""

    def do(self, exchange: Exchange, name: str) -> None:
        """Copy what the fetched folder does not have."""
        folders = {one: folder for one, folder in exchange.assignments() if folder}
        if name not in folders:
            raise HTTPError(404)
        folder = folders[name]
        kept = self.keeper.keep(language(folder))
        if kept.folder is None:
            raise HTTPError(404)
        into = folder / FOLDER
        into.mkdir(exist_ok=True)
        for path in older(kept.folder, name, folder):
            shutil.copy2(path, into / path.name)


class FeedbackHandler(_Deed):
    """``GET feedback``: a page that came back; ``POST``: fetch it."""

    def do(self, exchange: Exchange, name: str) -> None:
        """Fetch all feedback to an assignment."""
        exchange.fetch_feedback(name)

    @property
    def content_security_policy(self) -> str:
        """What somebody else has written reaches nothing of this server."""
        return f"{super().content_security_policy}; sandbox allow-scripts allow-popups"

    @authenticated
    async def get(self) -> None:
        """Answer with the page, which lies beside the assignment that was handed in."""
        found = (self.root / self.get_query_argument("path")).resolve()
        parts = found.relative_to(self.root).parts if found.is_relative_to(self.root) else ()
        if "feedback" not in parts or found.suffix != ".html" or not found.is_file():
            raise HTTPError(404)
        self.show(await asyncio.to_thread(found.read_text, "utf-8"))


class HandInHandler(_Page):
    """``GET handin``: what would be handed in; ``POST``: hand it in, or make a file."""

    @authenticated
    async def get(self) -> None:
        """Answer with the page."""
        self.show(await asyncio.to_thread(self._told, self.get_query_argument("folder")))

    @authenticated
    async def post(self) -> None:
        """Hand in what lies there now, and tell what was taken."""
        asked = self.get_body_argument("folder")
        failed = await asyncio.to_thread(self._hand_in, asked)
        if failed:
            self.set_status(502)
            self.show(await asyncio.to_thread(self._told, asked, failed))
        else:
            self.redirect(self.site.page("handin", folder=asked))

    def _told(self, asked: str, failed: str = "") -> str:
        folder, site = self.folder(asked), self.site
        if folder is None:
            self.set_status(404)
            return hand_in_page.nothing(self.lang(), site)
        lang = language(folder)
        exchange, _ = self._way(folder)
        handed, size = made(folder)
        if exchange:
            try:
                handed, size = exchange.handed().get(folder.name, Handed()), 0
            except ExchangeDownError as error:
                failed = failed or _refused(error, lang)
        told = hand_in(folder, handed, size)
        way: Way = hand_in_page.Way(exchange is not None, failed)
        return hand_in_page.html(told, folder, self.root, way, lang, site)

    def _hand_in(self, asked: str) -> str:
        folder = self.folder(asked)
        if folder is None:
            raise HTTPError(404)
        lang = language(folder)
        exchange, _ = self._way(folder)
        try:
            if exchange:
                exchange.submit(folder.name)
            else:
                make_file(folder)
        except ExchangeDownError as error:
            return _refused(error, lang)
        except OSError as error:
            return hand_in_page.WORDS.not_made[lang].format(detail=error)
        return ""

    def _way(self, folder: Path) -> tuple[Exchange | None, str]:
        """The exchange that a folder was fetched from; none where it goes by a file."""
        exchange, why = _exchange(self.root)
        if exchange and exchange.folder(folder.name).resolve() == folder:
            return exchange, why
        return None, why


def _refused(error: Exception, lang: Lang) -> str:
    return hand_in_page.WORDS.refused[lang].format(detail=error)


class HandInFileHandler(_Page):
    """``GET handin-file``: the file that was made."""

    @authenticated
    async def get(self) -> None:
        """Answer with the file."""
        folder = self.folder(self.get_query_argument("folder"))
        if folder is None or not file_of(folder).is_file():
            raise HTTPError(404)
        self.set_header("Content-Type", "application/zip")
        self.set_attachment_header(file_of(folder).name)
        self.finish(await asyncio.to_thread(file_of(folder).read_bytes))


class CarryHandler(_Page):
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


class CarryFileHandler(_Page):
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
    yield "home(?:/(ko|en))?", HomeHandler, {}
    yield "fetch", FetchHandler, {}
    yield "bring", BringHandler, {}
    yield "feedback", FeedbackHandler, {}
    yield "handin", HandInHandler, {}
    yield "handin-file", HandInFileHandler, {}
    yield "carry", CarryHandler, {}
    yield "carry-file", CarryFileHandler, {}
