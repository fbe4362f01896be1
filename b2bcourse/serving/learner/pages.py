"""The addresses of a learner's own pages, and of what their forms do."""

from __future__ import annotations

import asyncio
import errno
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from tornado.web import HTTPError, authenticated

from b2bcourse.context import language
from b2bcourse.items.response import FOLDER
from b2bcourse.learner import declined
from b2bcourse.learner.working_copy import ASSIGNMENTS
from b2bcourse.serving.learner import grades_page, home_page
from b2bcourse.serving.learner.base import ALONE, LearnerPage, configured
from b2bcourse.serving.learner.carry_pages import handlers as carry_pages
from b2bcourse.serving.learner.exchange import ExchangeDownError
from b2bcourse.serving.learner.grades import grades
from b2bcourse.serving.learner.hand_in import made
from b2bcourse.serving.learner.hand_in_pages import handlers as hand_in_pages
from b2bcourse.serving.learner.home import assignments_in, home, is_damaged
from b2bcourse.serving.learner.read_links import language_of, linked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.grading.feedback.points import Fed
    from b2bcourse.serving.learner.calm import Site
    from b2bcourse.serving.learner.exchange import Exchange
    from b2bcourse.serving.learner.home import Handed


class HomeHandler(LearnerPage):
    """``GET home``, ``GET home/ko``: the first page; with a language, that is chosen."""

    @authenticated
    async def get(self, asked: str | None = None) -> None:
        """Answer with the page, once the working copy is as it should be."""
        lang, site = self.lang(asked or ""), self.site
        self.show(await asyncio.to_thread(home_told, self, lang, site))


def home_told(page: LearnerPage, lang: Lang, site: Site, failed: str = "") -> str:
    """The first page as it is now.

    Args:
        page: whoever asks.
        lang: the language.
        site: the server's addresses.
        failed: what went wrong just now, in words.
    """
    keeper = page.keeper
    kept = keeper.keep(lang)
    copy = kept.folder.resolve() if kept.folder else page.root
    exchange, down = configured(page.root)
    found, handed, due, more = assignments_of(exchange, copy)
    around = home_page.Around(
        kept=kept,
        copy=page.below(copy),
        other=len(keeper.languages) > 1,
        course=exchange is not None,
        older=_offers(copy, found) if exchange else {},
        down=down or more,
        failed=failed,
        fed=_fed(handed, page.root),
        alone=ALONE,
    )
    now = datetime.now(UTC).astimezone(site.zone)
    return home_page.html(home(copy, lang, found, handed, due, now), around, site, page.root)


def _fed(handed: Mapping[str, Handed], root: Path) -> dict[str, Fed]:
    """The points that came back, as far as the pages tell them."""
    from b2bcourse.grading.feedback.points import points_in

    pages = {name: root / one.feedback for name, one in handed.items() if one.feedback}
    return {name: fed for name, page in pages.items() if (fed := points_in(page))}


def assignments_of(
    exchange: Exchange | None, copy: Path
) -> tuple[list[tuple[str, Path | None]], Mapping[str, Handed], dict[str, datetime], str]:
    """All assignments there are, what is known of each one's hand-ins, and when each is due.

    Args:
        exchange: the configured course's, from which alone assignments come then.
        copy: the working copy.

    Returns:
        The names with their folders; hand-ins; due dates; why the exchange cannot be reached.
    """
    from b2bcourse.grading.holding.due_file import due_in

    if exchange is None:
        own: list[tuple[str, Path | None]] = [] if ALONE else list(assignments_in(copy))
        there = {name: folder for name, folder in own if folder}
        dated = {name: due_in(folder) for name, folder in there.items()}
        handed = {name: made(folder)[0] for name, folder in there.items()}
        return own, handed, {name: one for name, one in dated.items() if one}, ""
    try:
        found, sent = exchange.assignments(), exchange.handed()
    except ExchangeDownError as error:
        return [], {}, {}, str(error)
    known = {name: exchange.due(name) for name, _ in found}
    return found, sent, {name: one for name, one in known.items() if one}, ""


def _offers(copy: Path, found: list[tuple[str, Path | None]]) -> dict[str, int]:
    return {
        name: len(older(copy, name, folder))
        for name, folder in found
        if folder and not declined.holds(folder)
    }


def older(copy: Path, assignment: str, folder: Path) -> list[Path]:
    """The answers in a working copy's own assignment that the fetched folder does not have."""
    source = copy / ASSIGNMENTS / assignment / FOLDER
    if source.parent.resolve() == folder.resolve():
        return []
    there = sorted(source.glob("*.json"))
    if any((folder / FOLDER / path.name).exists() for path in there):
        return []  # she has taken them, or begun anew
    return [path for path in there if path.is_file() and not path.is_symlink()]


class GradesHandler(LearnerPage):
    """``GET grades``: all own grades in one place."""

    @authenticated
    async def get(self) -> None:
        """Answer with the page."""
        self.show(await asyncio.to_thread(grades_told, self, self.lang(), self.site))


def grades_told(page: LearnerPage, lang: Lang, site: Site, failed: str = "") -> str:
    """The page of one's own grades as it is now."""
    kept = page.keeper.keep(lang)
    copy = kept.folder.resolve() if kept.folder else page.root
    exchange, down = configured(page.root)
    found, handed, _, more = assignments_of(exchange, copy)
    folders = [(name, folder) for name, folder in found if folder]
    told = grades(lang, folders, handed, page.root)
    return grades_page.html(told, site, failed or down or more)


class _Deed(LearnerPage):
    """A deed with an assignment of the configured course, after which a page is shown."""

    failed: ClassVar[str]
    """The sentence on home that says it failed."""

    @authenticated
    async def post(self) -> None:
        """Do it; what goes wrong is said on the page that was left, in words."""
        to_grades = self.get_body_argument("to", "") == "grades"
        name, lang, site = self.get_body_argument("assignment"), self.lang(), self.site
        failed = await asyncio.to_thread(self._done, name, lang)
        if not failed:
            self.redirect(self.site.page("grades" if to_grades else "home"))
            return
        self.set_status(502)
        shown = grades_told if to_grades else home_told
        self.show(await asyncio.to_thread(shown, self, lang, site, failed))

    def _done(self, name: str, lang: Lang) -> str:
        """What went wrong, in words; empty if nothing did."""
        say = home_page.sayer(lang)
        exchange, why = configured(self.root)
        if exchange is None:
            return say("exchange_down").format(detail=why) if why else say("gone")
        try:
            self.do(exchange, name)
        except LookupError:
            return say("gone")
        except ExchangeDownError as error:
            return say("full") if error.full else say(self.failed).format(detail=error)
        except OSError as error:
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            return say("full") if full else say(self.failed).format(detail=error)
        return ""

    def do(self, exchange: Exchange, name: str) -> None:
        """What the deed is.

        Raises:
            LookupError: there is no such assignment.
            ExchangeDownError, OSError: it could not be done.
        """
        raise NotImplementedError


class FetchHandler(_Deed):
    """``POST fetch``: an assignment is fetched."""

    failed = "fetch_failed"

    def do(self, exchange: Exchange, name: str) -> None:
        """Fetch what is released, and nothing else; what another window has fetched is there."""
        folder = dict(exchange.assignments())[name]
        if folder is None:
            exchange.fetch(name)
        elif is_damaged(folder):
            exchange.fetch_again(name)


class BringHandler(_Deed):
    """``POST bring``: answers of an older copy go into the fetched folder; the old ones stay.

    With ``no`` it is noted that she does not want them, and nothing is offered again.
    """

    failed = "bring_failed"

    def do(self, exchange: Exchange, name: str) -> None:
        """Copy what the fetched folder does not have."""
        folder = dict(exchange.assignments())[name]
        if folder is None:
            raise LookupError(name)
        if self.get_body_argument("no", ""):
            declined.note(folder)
            return
        kept = self.keeper.keep(language(folder))
        if kept.folder is None:
            raise LookupError(name)
        into = folder / FOLDER
        into.mkdir(exist_ok=True)
        for path in older(kept.folder, name, folder):
            shutil.copy2(path, into / path.name)


class FeedbackHandler(_Deed):
    """``GET feedback``: a page that came back; ``POST``: fetch it."""

    failed = "feedback_failed"

    def do(self, exchange: Exchange, name: str) -> None:
        """Fetch all feedback to an assignment."""
        exchange.fetch_feedback(name)

    @property
    def content_security_policy(self) -> str:
        """What somebody else has written reaches nothing of this server."""
        if self.request.method != "GET":  # what a deed shows is a page of this server's own
            return str(super().content_security_policy)
        return f"{super().content_security_policy}; sandbox allow-scripts allow-popups"

    @authenticated
    async def get(self) -> None:
        """Answer with the page, which lies beside the assignment that was handed in."""
        found = (self.root / self.get_query_argument("path")).resolve()
        parts = found.relative_to(self.root).parts if found.is_relative_to(self.root) else ()
        if "feedback" not in parts or found.suffix != ".html" or not found.is_file():
            raise HTTPError(404)
        self.show(await asyncio.to_thread(self._linked, found))

    def _linked(self, path: Path) -> str:
        page = path.read_text("utf-8")
        copy = self.keeper.there(language_of(page))
        return linked(page, copy, lambda lesson: self.site.lesson(self.below(lesson)))


def handlers() -> Iterator[tuple[str, type, dict[str, Any]]]:
    """Address, handler and what it is given, for `b2bcourse.serving`."""
    yield "home(?:/(ko|en))?", HomeHandler, {}
    yield "grades", GradesHandler, {}
    yield "fetch", FetchHandler, {}
    yield "bring", BringHandler, {}
    yield "feedback", FeedbackHandler, {}
    yield from hand_in_pages()
    yield from carry_pages()
