"""What all pages of a learner have: working copies, language, addresses, the reader's own time."""

from __future__ import annotations

import os
import zoneinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from jupyter_server.base.handlers import JupyterHandler

from b2bcourse.context import ContextError, read_index
from b2bcourse.facts import LANGS
from b2bcourse.learner.laid import Ledger
from b2bcourse.serving.framing import framing
from b2bcourse.serving.learner.calm import Site
from b2bcourse.serving.learner.exchange import Exchange
from b2bcourse.serving.learner.home import notebook_of
from b2bcourse.serving.learner.keeping import Keeper

if TYPE_CHECKING:
    from datetime import tzinfo

    from b2bcourse.facts import Lang

_CHOICE: Final = "b2bcourse-lang"
_ZONE: Final = "b2bcourse-zone"
_DAYS: Final = 365
_LONGEST: Final = 64
"""No zone has a longer name."""
ALONE: Final = os.environ.get("B2BCOURSE_ALONE") == "1"
"""Whether a hub says that its user is in no class: graded work stays with classes, since feedback
with as many tries as one likes would give away everybody's key.
"""


class LearnerPage(JupyterHandler):
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
    def content_security_policy(self) -> str:
        """As the server has it; where she has a host of her own on a hub, beside a notebook too."""
        return framing(super().content_security_policy)

    @property
    def site(self) -> Site:
        """The server's addresses, and what is known of the reader."""
        told = unquote(self.get_cookie(_ZONE) or "")[:_LONGEST]
        return Site(
            self.base_url,
            self.xsrf_form_html(),
            _zone(told),
            told,
            panel=bool(self.get_argument("panel", "")),
            again=self.request.method == "GET",
        )

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
        """A folder of an assignment below the server's root, a copy as well; None for any other."""
        found = (self.root / asked).resolve()
        if not found.is_relative_to(self.root) or notebook_of(found) is None:
            return None
        try:
            index = read_index(found)
        except ContextError:
            return None
        return found if index and index.assignment else None

    def below(self, path: Path) -> str:
        """A path below the server's root, with ``/`` between its parts."""
        return "" if path == self.root else path.relative_to(self.root).as_posix()


def _weight(part: list[str]) -> float:
    try:
        return float(part[1]) if len(part) > 1 else 1.0
    except ValueError:
        return 0.0


def _zone(told: str) -> tzinfo | None:
    """The zone of a name; None for one that is not known here, and for none."""
    try:
        return zoneinfo.ZoneInfo(told) if told else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def configured(root: Path) -> tuple[Exchange | None, str]:
    """The exchange, and why it is not known although one is meant."""
    try:
        return Exchange.configured(root), ""
    except Exception as error:  # noqa: BLE001 - settings are a program of somebody else's
        return None, str(error)
