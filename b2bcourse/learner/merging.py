"""Two sets of practice answers in one working copy, brought together when the learner says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.context import (
    ContextError,
    answers_home,
    language,
    practice_item,
    read_index,
    second_answers,
)
from b2bcourse.items import kind_of
from b2bcourse.learner.words import WORDS
from b2bcourse.responses import FOLDER, SaveError, Store
from b2bcourse.responses.reading import REVIEWS

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.facts import Text
    from b2bcourse.items.authored import ItemBase

MERGED: Final = "merged"
"""In ``responses/``: where files lie whose answers are in another folder now."""


class Merged(Struct, frozen=True):
    """What was brought together: where to, how many answers, and what could not be."""

    source: Path
    target: Path
    count: int
    both: int
    left: tuple[tuple[str, Text], ...] = ()

    @property
    def text(self) -> Text:
        """What is told of it."""
        return WORDS.merged.format(
            count=self.count,
            target=self.target,
            both=self.both,
            aside=self.source / FOLDER / MERGED,
        )


def merge_answers(folder: Path) -> Merged:
    """Bring the practice answers of a folder into the next set above it in the working copy.

    Raises:
        ContextError: there are no two sets, or the answers are an assignment's.
        OSError: a file cannot be moved aside.
    """
    folder = folder.absolute()
    if answers_home(folder) != folder or not any((folder / FOLDER).glob("*.json")):
        raise ContextError(WORDS.nothing_to_merge.format(folder=folder))
    target = second_answers(folder)
    if target is None:
        raise ContextError(WORDS.nowhere_to_merge.format(folder=folder))
    for place in (folder, target):
        index = read_index(place)
        if index is not None and index.assignment:
            raise ContextError(WORDS.graded.format(folder=place))
    merged, reviews = _merge(folder, target), merge_reviews(folder, target)
    return Merged(
        folder,
        target,
        merged.count + reviews.count,
        merged.both + reviews.both,
        (*merged.left, *reviews.left),
    )


def merge_reviews(folder: Path, target: Path) -> Merged:
    """Bring the answers of reviews into those of another folder; a lesson's answer is none of them.

    Args:
        folder: the folder with ``reviews`` in it, or without.
        target: the folder that shall have them.
    """
    if not any((folder / REVIEWS / FOLDER).glob("*.json")):
        return Merged(folder, target, 0, 0)
    (target / REVIEWS).mkdir(exist_ok=True)
    return _merge(folder / REVIEWS, target / REVIEWS)


def _merge(folder: Path, target: Path) -> Merged:
    count, both, left = 0, 0, []
    for path in sorted((folder / FOLDER).glob("*.json")):
        if "." in path.stem:  # set aside earlier, and no answer
            continue
        try:
            both += _take_in(practice_item(path.stem, folder), folder, target)
        except (ContextError, SaveError) as error:
            left.append((path.stem, error.text))
        else:
            count += 1
    return Merged(folder, target, count, both, tuple(left))


def _take_in(item: ItemBase, folder: Path, target: Path) -> bool:
    """One item's answer; whether the two differed."""
    face = kind_of(item.kind).face(item, language(target))
    return Store(folder, face, item).hand_over(Store(target, face, item), MERGED)
