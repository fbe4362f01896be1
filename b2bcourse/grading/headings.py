"""At a release: exercises stand under their items' titles as they are now; nothing goes out old."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from b2bcourse.facts.korean import quoted
from b2bcourse.grading.base import KIT, GradingError, KitPreprocessor, keys_folder_of
from b2bcourse.grading.keys import Keys, KeysError
from b2bcourse.grading.release import released_hashes
from b2bcourse.grading.words import WORDS
from b2bcourse.items import face_hash
from b2bcourse.items.heading import READS, followed, item_of

if TYPE_CHECKING:
    from nbformat import NotebookNode


class FollowTitles(KitPreprocessor):
    """Takes headings from the items; first in ``c.GenerateAssignment.preprocessors``.

    A heading of the author's own stays, and a line tells when the item's title has changed since.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        for cell in nb.cells:
            item = item_of(cell.metadata.get(KIT))
            if item and item in self.keys():
                self._follow(cell, item)
        return nb, resources

    def _follow(self, cell: NotebookNode, item: str) -> None:
        keys = self.keys()
        title = keys.item(item).title[keys.lang]
        about = dict(cell.metadata[KIT])
        found = followed(cell.source, about, title)
        if found.own and about.get(READS) != title:
            said = WORDS.own_heading[keys.lang].format(
                item=item, was=quoted(found.was), title=quoted(title)
            )
            self.log.warning("%s", said)
        cell.source, cell.metadata[KIT] = found.source, found.about


def stale(keys: Keys, release: Path) -> list[str]:
    """The items of a generated release that ask something else by now, or cannot be read.

    Args:
        keys: the course's items.
        release: the folder that is handed out.
    """
    return [name for name, was in released_hashes(release).items() if _now(keys, name) != was]


def refuse_stale(keys: Keys, release: Path, assignment: str) -> None:
    """Refuse to hand out a release that is older than its items.

    Raises:
        GradingError: it names the items, and the command that generates it again.
    """
    if found := stale(keys, release):
        raise GradingError(
            WORDS.stale_release.format(assignment=assignment, items=", ".join(found))
        )


def refuse_stale_action(action: Any) -> None:
    """The same for an action of nbgrader's exchange, in a course of the kit.

    Raises:
        GradingError: see `refuse_stale`.
    """
    folder = keys_folder_of(action.config)
    if not folder:
        return
    coursedir = action.coursedir
    name = coursedir.assignment_id
    release = Path(coursedir.format_path(coursedir.release_directory, ".", name))
    refuse_stale(Keys(Path(folder)), release, name)


def _now(keys: Keys, item: str) -> str:
    try:
        return face_hash(keys.asked(item).face)
    except KeysError:
        return ""
