"""The addresses that a learner's page asks."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError, authenticated

from b2bcourse.learner.laid import Ledger
from b2bcourse.serving.framing import may_be_framed
from b2bcourse.serving.learner.alive import kernel_environment
from b2bcourse.serving.learner.lesson import Page, page
from b2bcourse.serving.learner.pages import handlers as pages

if TYPE_CHECKING:
    from collections.abc import Iterator


class LessonHandler(APIHandler):
    """``GET lesson?path=…``: whether a notebook may come alive, and what its bar shows."""

    @authenticated
    async def get(self) -> None:
        """Answer with a `Page`; a notebook that is not the course's is only told apart."""
        # Files are read and folders looked through: not while others wait for this server.
        told = await asyncio.to_thread(self._page, self.get_query_argument("path"))
        self.set_header("Cache-Control", "no-store")
        self.finish(msgspec.json.encode(told))

    def _page(self, asked: str) -> Page:
        notebook = self._file(asked)
        if notebook is None:
            return Page(ours=False)
        root = Path(self.contents_manager.root_dir).absolute()
        environ = kernel_environment(self.kernel_spec_manager)
        told = page(notebook, root, Ledger.of_user(), environ)
        return msgspec.structs.replace(told, beside=may_be_framed(self.content_security_policy))

    def _file(self, asked: str) -> Path | None:
        """The file of a path as the server's own contents name it; none where there are no files.

        Raises:
            HTTPError: it leads out of the server's folder.
        """
        find = getattr(self.contents_manager, "_get_os_path", None)
        if find is None:
            return None
        try:
            found = Path(find(asked.strip("/")))
        except ValueError as error:  # a null byte, which no file's name has
            raise HTTPError(404) from error
        return found if found.is_file() and found.suffix == ".ipynb" else None


def handlers() -> Iterator[tuple[str, type, dict[str, Any]]]:
    """Address, handler and what it is given, for `b2bcourse.serving`."""
    yield "lesson", LessonHandler, {}
    yield from pages()
