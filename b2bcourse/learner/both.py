"""What a learner has tried in both languages' copies: one learner, two copies of the same course.

Each copy keeps its own answers. What was learnt was learnt, in whichever language: progress and
what comes back are told from the tries of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bcourse.context import MANIFEST
from b2bcourse.facts import LANGS
from b2bcourse.responses import histories

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.items.response import Try


def other_copy(copy: Path) -> Path | None:
    """The copy in the other language, which lies beside; `None` where there is none."""
    if copy.name not in LANGS or not (copy / MANIFEST).is_file():
        return None
    [other] = [lang for lang in LANGS if lang != copy.name]
    found = copy.with_name(other)
    return found if (found / MANIFEST).is_file() else None


def tries_of_both(copy: Path) -> dict[str, tuple[Try, ...]]:
    """The tries of a copy's items and of the same items in the other language, first to last.

    Args:
        copy: the folder in which the answers of one language lie.
    """
    found, other = histories(copy), other_copy(copy)
    for item, tries in (histories(other) if other else {}).items():
        every = (*found.get(item, ()), *tries)
        found[item] = tuple(sorted(every, key=lambda one: one.time))
    return found


def has_other(copy: Path) -> bool:
    """Whether anything was tried in the other language that this copy does not hold itself."""
    other = other_copy(copy)
    return other is not None and any(histories(other).values())
