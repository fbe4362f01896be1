"""What feedback of all kinds is made of: plain data that widgets and `render` show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from b2bcourse.items.base import Read

if TYPE_CHECKING:
    from b2bcourse.items.base import FaceBase, Outcome


class Line(Struct, frozen=True):
    """A verdict in words, and the reason for it."""

    lead: str
    text: str = ""


class PartFeedback(Struct):
    """What is said of one part of an answer.

    Attributes:
        state: a verdict, or ``left`` for what was rightly left alone.
        lines: the verdict in words, each with its reason.
        score: what the part earned, as shown; empty where it is not counted.
        read: where to read again, if anywhere.
        missing: how many it lacks, where that is told in place of a score.
    """

    state: str
    lines: list[Line] = []
    score: str = ""
    read: Read | None = None
    missing: int = 0


class Feedback(Struct, kw_only=True):
    """What is said of an answer; a kind may add fields of its own.

    Attributes:
        fraction: what the answer is worth, from 0 to 1.
        big: the result in a word or two.
        text: the sentence beside it.
        counts: whether ``big`` counts right answers, and is no sum of money or points.
        stage: ``first`` after a first failed check, when only one's own is judged and how much is
            missing; ``whole`` after it, with all that was missed; empty where nothing is staged.
        tries: how many tries it took; filled in by who knows.
        notes: what could not be used in the answer, and the like.
        parts: what is said of each part of the answer.
    """

    fraction: float
    big: str
    text: str
    counts: bool = True
    stage: str = ""
    tries: str = ""
    notes: list[str] = []
    parts: dict[str, PartFeedback] = {}


def notes_of(face: FaceBase, outcome: Outcome) -> list[str]:
    """What an outcome tells of an answer, in the language of its face."""
    return [note[face.lang] for note in outcome.notes]


def framed(
    face: FaceBase,
    outcome: Outcome,
    big: str,
    text: str,
    parts: dict[str, PartFeedback] | None = None,
    *,
    counts: bool = True,
) -> Feedback:
    """Feedback on an outcome, of a kind that adds no fields of its own: see `Feedback`."""
    return Feedback(
        fraction=outcome.fraction,
        big=big,
        text=text,
        counts=counts,
        notes=notes_of(face, outcome),
        parts=parts or {},
    )
