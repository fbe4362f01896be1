"""One way to judge: an answer, and what the student said elsewhere where that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items import agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items import AnyKind
    from b2bcourse.items.authored import ItemBase
    from b2bcourse.items.base import FaceBase, Outcome


def judge(
    kind: AnyKind,
    face: FaceBase,
    key: Any,
    value: Any,
    others: Iterable[ItemBase] = (),
    said: Mapping[str, Any] | None = None,
) -> Outcome:
    """What an answer is worth: the same for widget, text mode, command, autograde and report.

    Args:
        kind: the item's kind.
        face: its face.
        key: its key.
        value: the answer, any JSON.
        others: the items that it is held against: see `agreement.wanted`. Of most there are none.
        said: the student's answers to these, by item; one that cannot be read is absent.
    """
    return kind.score(face, key, value, agreement.context(others, said or {}))
