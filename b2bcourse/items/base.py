"""What every kind of item shares: faces, responses, outcomes, and the verbs of a kind."""

from __future__ import annotations

import hashlib
import math
import re
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec import Struct

from b2bcourse.facts.text import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SCHEMA: Final = 1
ID_PATTERN: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DONE: Final = 0.9
"""The fraction from which a try counts as done: a slip in a large matrix is no gap."""

_LONG: Final = 40  # characters of what a student wrote, told in a note
_HUGE: Final = 10**15

Value = dict[str, Any]
"""An answer: JSON, in the shape of its kind."""

Verdict = Literal["right", "partly", "wrong", "missed", "accepted", "not attempted"]


class ItemError(ValueError):
    """An item that cannot be used; the message names file, item, field and remedy.

    ``problems`` are all that is wrong with it, without the file's name, where more than the
    message's one could be found.
    """

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


def refuse(where: str, problems: Iterable[str]) -> None:
    """Refuse an item that has problems.

    Raises:
        ItemError: it has; the message tells the first, and ``problems`` has all of them.
    """
    found = tuple(problems)
    if found:
        raise ItemError(f"{where}: {found[0]}", found)


class ResponseError(ValueError):
    """A response that cannot be used, said in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Read(Struct, frozen=True, forbid_unknown_fields=True):
    """Where to read again: a label and a link relative to the lessons."""

    label: str
    href: str


class FaceBase(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a student sees of an item, in one language; no key in it."""

    schema: Literal[1] = SCHEMA
    id: str
    kind: str
    lang: Lang
    title: str
    task: str
    case: tuple[str, ...] = ()
    read: Read | None = None


AGREEMENT: Final = "="
"""Begins the id of a part that judges agreement with another answer: ``=1`` for the first rule."""


class Part(Struct, frozen=True):
    """One judged part of an answer. ``earned`` may be negative: a wrong mark costs."""

    id: str
    verdict: Verdict
    earned: float = 0.0
    possible: float = 0.0


class Outcome(Struct, frozen=True):
    """What an answer is worth: a fraction from 0 to 1, and a verdict for each part.

    ``notes`` tell what could not be used in the answer.
    """

    fraction: float
    parts: tuple[Part, ...] = ()
    notes: tuple[Text, ...] = ()


class Sample(Struct, frozen=True):
    """An answer with the fraction that it must get; every kind brings its own."""

    name: str
    value: Any
    fraction: float
    tolerance: float = 1e-9


Guess = Literal["random", "all", "none", "first"]
"""How one answers without having read the question: at random, everything, nothing, or always
the first that is offered."""


def merge_parts(value: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """``value`` with the leaves of ``patch`` put in; a leaf that is ``None`` is taken away.

    What the patch does not name stays, so that two open notebooks do not undo each other. A part
    that is left with nothing in it is dropped.

    Args:
        value: nested dicts, an answer as it is.
        patch: nested dicts of the same shape, only what changes.
    """
    merged = dict(value)
    for name, content in patch.items():
        if isinstance(content, dict):
            before = merged.get(name)
            merged[name] = merge_parts(before if isinstance(before, dict) else {}, content)
            if not merged[name]:
                del merged[name]
        elif content is None:
            merged.pop(name, None)
        else:
            merged[name] = content
    return merged


def holds_answer(value: Any) -> bool:
    """Is there an answer anywhere in a value? What was taken back leaves empty places behind."""
    return any(map(holds_answer, value.values())) if isinstance(value, dict) else bool(value)


def not_right(outcome: Outcome) -> tuple[str, ...]:
    """Ids of the parts of an outcome that were wrong or missed."""
    return tuple(part.id for part in outcome.parts if part.verdict in {"wrong", "missed"})


def attempted(outcome: Outcome) -> bool:
    """Whether anything was answered at all."""
    return any(part.verdict != "not attempted" for part in outcome.parts)


def clamp(fraction: float) -> float:
    """``fraction`` as a plain float from 0 to 1; anything that is no number is 0."""
    value = float(fraction)
    return min(1.0, max(0.0, value)) if math.isfinite(value) else 0.0


def face_bytes(face: FaceBase) -> bytes:
    """A face as the JSON file that lies beside a notebook; the same face, the same bytes."""
    return msgspec.json.format(msgspec.json.encode(face), indent=1) + b"\n"


def face_hash(face: FaceBase) -> str:
    """The SHA-256 of a face, hexadecimal; a response records the face it answers."""
    return hashlib.sha256(msgspec.json.encode(face, order="deterministic")).hexdigest()


def table(raw: object) -> dict[str, Any]:
    """``raw`` if it is a table, else an empty one: what students wrote may have any shape."""
    return raw if isinstance(raw, dict) else {}


def short(what: object) -> str:
    """``what`` in a few characters; containers may nest too deep, integers be too long to print."""
    if isinstance(what, dict | list):
        return "{…}" if isinstance(what, dict) else "[…]"
    if isinstance(what, int) and abs(what) >= _HUGE:
        return "…"
    text = " ".join(str(what).split())
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def check_id(item_id: str) -> str:
    """``item_id`` if it is a well-formed item id.

    Raises:
        ItemError: it is not lower-case letters, digits and single hyphens.
    """
    if not ID_PATTERN.fullmatch(item_id):
        raise ItemError(f"item id {item_id!r}: use lower-case letters, digits and hyphens only")
    return item_id
