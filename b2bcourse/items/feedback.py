"""What feedback of all kinds is made of: plain data that widgets and `render` show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from b2bcourse.items.base import FaceBase, Outcome, Read

Feedback = dict[str, Any]
Line = dict[str, str]


def framed(face: FaceBase, outcome: Outcome, big: str, text: str, **parts: Any) -> Feedback:
    """Feedback with the parts that a kind has; how many tries it took is filled in later.

    Args:
        face: the item's face.
        outcome: what `score` made of the answer.
        big: the result in a word or two.
        text: the sentence beside it.
        parts: what is said of each part of the answer, none if left out.
    """
    return {
        "fraction": outcome.fraction,
        "big": big,
        "text": text,
        "tries": "",
        "notes": [note[face.lang] for note in outcome.notes],
        **(parts or {"parts": {}}),
    }


def sentence(lead: str, text: str = "") -> Line:
    """A verdict in words, and the reason for it."""
    return {"lead": lead, "text": text}


def of_part(
    state: str, lines: list[Line], score: str = "", read: Read | None = None
) -> dict[str, Any]:
    """What is said of one part of an answer, with the place to read again if there is one."""
    told: dict[str, Any] = {"state": state, "score": score, "lines": lines}
    return told | ({"read": link(read)} if read else {})


def link(read: Read) -> dict[str, str]:
    """Where to read again."""
    return {"label": read.label, "href": read.href}
