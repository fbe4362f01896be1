"""How much of an exercise is told when: a first failed check judges what is there, and no more.

The whole answer comes with the second failed try, with a right one, or on asking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.base import attempted
from b2bcourse.items.feedback import Feedback
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bcourse.items.base import FaceBase, Outcome
    from b2bcourse.items.kind import Kind
    from b2bcourse.items.response import Try

FAILED: Final = 2
"""After so many tries that were not wholly right nothing is held back any longer."""
FIRST: Final = "first"
WHOLE: Final = "whole"
KEPT: Final = "kept"


def kept(face: FaceBase) -> Feedback:
    """What is said of a first guess before its lesson: that it is kept, and no verdict."""
    return Feedback(fraction=0, big="", text=NOTES.guess_kept[face.lang], counts=False, stage=KEPT)


def told(
    kind: Kind[Any, Any, Any],
    face: Any,
    key: Any,
    outcome: Outcome,
    value: Any,
    tries: Sequence[Try] = (),
) -> Feedback:
    """What practice says of an answer, as far as it is time to say it.

    Args:
        kind: the item's kind.
        face: the item's face.
        key: its key.
        outcome: what ``score`` made of the answer.
        value: the answer.
        tries: all tries on file, the one that is told included.

    Returns:
        Feedback with its ``stage``.
    """
    again = frozenset(part for one in tries[:-1] for part in one.wrong)
    failed = sum(one.fraction < 1 for one in tries)
    if outcome.fraction < 1 and attempted(outcome) and failed < FAILED:
        feedback = kind.staged(face, key, outcome, value, again)
        feedback.stage = FIRST
        return feedback
    feedback = kind.explain(face, key, outcome, value, again)
    feedback.stage = WHOLE
    return feedback
