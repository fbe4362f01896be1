"""The key of a choice question: what each option is worth, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from b2bcourse.items.choice.authored import GUESSED, worth_alone
from b2bcourse.items.mixing import mixed

if TYPE_CHECKING:
    from b2bcourse.facts import Text
    from b2bcourse.items.choice.authored import ChoiceItem, Option


class ChoiceKey(Struct, frozen=True):
    """What is right in a choice question, and why.

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
        right=tuple(option.id for option in item.options if option.verdict == "right"),
        parts={option.id: option.part for option in item.options if option.part},
        accepted=frozenset(
            option.id for option in item.options if option.verdict == "accepted" and item.several
        ),
        reasons={option.id: option.reason for option in item.options},
        misconceptions={
            option.id: option.misconception for option in item.options if option.misconception
        },
    )


def shown(item: ChoiceItem) -> tuple[Option, ...]:
    """The options in the order in which they are shown, the same on every machine.

    The item's id mixes them unless the author keeps the order. What earns alone as
    much as a guess may not never stands first, so that always taking the first option does not pay.
    """
    if item.keep_order:
        return item.options
    shuffled = mixed(item.id, item.options, lambda option: option.id)
    first = next(option for option in shuffled if worth_alone(item, option) < GUESSED)
    return (first, *(option for option in shuffled if option is not first))
