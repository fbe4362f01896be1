"""A choice question as its author writes it: both languages, every option with its reason."""

from __future__ import annotations

from math import comb
from typing import Any, Final, Literal

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.items.authored import ItemBase, load_as, twice
from b2bcourse.items.base import ID_PATTERN

GUESSED: Final = 0.25
"""Who guesses must earn less than this fraction of any item."""

ALL_TICKED: Final = 0.1
"""Who ticks everything must earn less than this fraction."""


class Option(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One option: its text, what the key says of it, and why; its id is the author's alone.

    ``accepted`` costs and earns nothing; in a single choice it is a half-right option instead and
    ``part`` is the fraction it earns. ``misconception`` is told who goes wrong here again.
    """

    id: str
    text: Text
    verdict: Literal["right", "accepted", "wrong"]
    reason: Text
    part: float = 0.0
    misconception: Text | None = None


class ChoiceItem(ItemBase, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A question with options to choose from: one of them, or several."""

    kind: Literal["choice"]
    several: bool
    options: tuple[Option, ...]
    keep_order: bool = False


def load(raw: Any, where: str) -> ChoiceItem:
    """A choice question: see `load_as`."""
    return load_as(raw, ChoiceItem, _problems, where)


def _problems(item: ChoiceItem) -> list[str]:
    return [*_id_problems(item), *_verdict_problems(item)] or _guess_problems(item)


def worth_alone(item: ChoiceItem, option: Option) -> float:
    """What choosing this option and no other earns, from 0 to 1."""
    if option.verdict == "right":
        return 1.0 / sum(each.verdict == "right" for each in item.options)
    return option.part


def chance(item: ChoiceItem) -> float:
    """What somebody earns on average who chooses blindly.

    In a single choice: one option at random. With several: every option by the toss of a coin, so
    of r right and w wrong options the mean of max(0, right - wrong) / r over all ways to choose.
    """
    if not item.several:
        return sum(worth_alone(item, option) for option in item.options) / len(item.options)
    right = sum(option.verdict == "right" for option in item.options)
    wrong = sum(option.verdict == "wrong" for option in item.options)
    gained = sum(
        (hits - slips) * comb(right, hits) * comb(wrong, slips)
        for hits in range(right + 1)
        for slips in range(min(hits, wrong + 1))
    )
    ways = 2.0 ** (right + wrong)
    return gained / ways / right


def _id_problems(item: ChoiceItem) -> list[str]:
    ids = [option.id for option in item.options]
    found = twice("options", ids)
    for name in ids:
        if not ID_PATTERN.fullmatch(name):
            found.append(f"options, {name!r}: use lower-case letters, digits and hyphens only")
    texts = [option.text for option in item.options]
    return found + [
        f"options, {option.id!r}: another option says the same"
        for number, option in enumerate(item.options)
        if option.text in texts[:number]
    ]


def _verdict_problems(item: ChoiceItem) -> list[str]:
    right = sum(option.verdict == "right" for option in item.options)
    found = []
    if item.several and not right:
        found.append("options: with 'several: true' at least one must be right")
    if not item.several and right != 1:
        found.append(f"options: {right} are right; in a single choice exactly one must be")
    for option in item.options:
        where = f"options, {option.id!r}, part"
        half = option.verdict == "accepted" and not item.several
        if half and not 0 < option.part < 1:
            found.append(f"{where}: accepted in a single choice means a part of it, such as 0.5")
        if option.part and not half:
            found.append(f"{where}: only an accepted option of a single choice has a part")
    return found


def _guess_problems(item: ChoiceItem) -> list[str]:
    """What makes guessing pay; only asked of an item that is sound otherwise."""
    earned = chance(item)
    if earned >= GUESSED:
        said = (
            f"options: a random guess earns {earned:.0%} on average, but must stay under "
            f"{GUESSED:.0%}; add wrong options (a single choice needs five or more)"
        )
        return [said]
    right = sum(option.verdict == "right" for option in item.options)
    wrong = sum(option.verdict == "wrong" for option in item.options)
    if item.several and (right - wrong) / right >= ALL_TICKED:
        return [f"options: {wrong} wrong ones for {right} right ones; ticking all would pay"]
    if item.keep_order and worth_alone(item, item.options[0]) >= GUESSED:
        return ["options: the first one shown is right; with 'keep_order' put another one first"]
    return []
