"""The key of a choice question: what each option is worth, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from b2bcourse.items.choice.places import face_id

if TYPE_CHECKING:
    from b2bcourse.facts import Text
    from b2bcourse.items.choice.authored import ChoiceItem


class ChoiceKey(Struct, frozen=True):
    """What is right in a choice question, and why; options are called as on the face.

    Attributes:
        right: ids of the options to choose.
        parts: half-right options of a single choice, with the fraction they earn.
        accepted: options that neither earn nor cost.
        reasons: why each option is what it is.
        misconceptions: what to tell who goes wrong at an option a second time.
    """

    item: str
    several: bool
    right: tuple[str, ...]
    parts: dict[str, float]
    accepted: frozenset[str]
    reasons: dict[str, Text]
    misconceptions: dict[str, Text]


def key(item: ChoiceItem) -> ChoiceKey:
    """The key of an item, in both languages."""
    return ChoiceKey(
        item=item.id,
        several=item.several,
        right=tuple(face_id(option) for option in item.options if option.verdict == "right"),
        parts={face_id(option): option.part for option in item.options if option.part},
        accepted=frozenset(
            face_id(option)
            for option in item.options
            if option.verdict == "accepted" and item.several
        ),
        reasons={face_id(option): option.reason for option in item.options},
        misconceptions={
            face_id(option): option.misconception for option in item.options if option.misconception
        },
    )
