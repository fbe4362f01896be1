"""The working copies below a server's root: found, laid where there is none, refreshed once."""

from __future__ import annotations

import contextlib
import errno
from threading import Lock
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.context import MANIFEST, language
from b2bcourse.course_files import course_root
from b2bcourse.facts import LANGS
from b2bcourse.learner.laid import Ledger
from b2bcourse.learner.news import News, taken
from b2bcourse.learner.working_copy import laid, refresh

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.facts import Lang

FOLDER: Final = "b2b-course"
"""Where a server lays the course that serves something else, such as a hub's home folder."""


class Kept(Struct, frozen=True):
    """A working copy as it is now.

    Attributes:
        folder: where it lies; None where it cannot be laid and was not there.
        lang: its language.
        news: what has changed in it since it was last looked at.
        full: whether a full disk kept something from being laid.
        failed: why else something could not be laid; empty if all could.
    """

    folder: Path | None
    lang: Lang
    news: News
    full: bool = False
    failed: str = ""


class Keeper:
    """Keeps the working copies of one server; each is refreshed once while the server runs.

    Args:
        root: the folder that the server serves.
        ledger: where it is noted what was laid.
        assignments: whether copies hold graded work.
    """

    def __init__(self, root: Path, ledger: Ledger, *, assignments: bool = True) -> None:
        self.root, self.ledger, self.assignments = root, ledger, assignments
        self._kept: dict[Lang, Kept] = {}
        self._one_at_a_time = Lock()

    @property
    def languages(self) -> tuple[Lang, ...]:
        """The languages in which there can be a copy here."""
        return (language(self.root),) if (self.root / MANIFEST).is_file() else LANGS

    @property
    def home(self) -> Path:
        """The folder that holds the copies, or is the only one."""
        return self.root if (self.root / MANIFEST).is_file() else self._home()

    @property
    def laid(self) -> tuple[Lang, ...]:
        """The languages in which there is a copy already."""
        return tuple(one for one in self.languages if (self._home() / one / MANIFEST).is_file())

    def keep(self, lang: Lang) -> Kept:
        """The copy in a language, laid or refreshed; in the root's own where the root is one."""
        with self._one_at_a_time:
            meant = lang if lang in self.languages else self.languages[0]
            found = self._kept.get(meant)
            if found is None or found.full or found.failed:
                found = self._refreshed(meant)
                self._kept[meant] = found
            return found

    def there(self, lang: Lang) -> Path | None:
        """The copy in a language that is there already; nothing is laid."""
        folder = self.root if (self.root / MANIFEST).is_file() else self._home() / lang
        return folder if (folder / MANIFEST).is_file() else None

    def _refreshed(self, lang: Lang) -> Kept:
        is_copy = (self.root / MANIFEST).is_file()
        if is_copy and self.root.name != lang:  # it goes by a name of the learner's own
            return Kept(self.root, lang, News())
        folder = self.root if is_copy else self._home() / lang
        before = folder.is_dir()
        try:
            done = refresh(course_root(), folder.parent, lang, assignments=self.assignments)
            self.ledger.record(done.folder, laid(done))
        except OSError as error:
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            there = folder if any(folder.glob("*.ipynb")) else None
            return Kept(there, lang, News(), full, "" if full else str(error))
        told = News.of(done) if before else News()
        with contextlib.suppress(OSError):  # what is told twice harms nobody
            told += taken(folder)
        return Kept(folder, lang, told)

    def _home(self) -> Path:
        """The folder that holds the copies."""
        beside = any((self.root / lang / MANIFEST).is_file() for lang in LANGS)
        return self.root if beside else self.root / FOLDER
