"""An ordering as its author writes it: both languages, with the key."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from msgspec import Struct

from b2bcourse.facts import LANGS, Text
from b2bcourse.items.agreement import Rule, problems
from b2bcourse.items.authored import ItemBase, load_as, twice
from b2bcourse.items.ordering.pairs import Pairs, closure

Mode = Literal["sequence", "cycle"]

FEWEST: Final = 3
MOST: Final = 16
"""More cards than this nobody can oversee on one screen."""

_ID: Final = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """A card, and why it stands where it stands (of a decoy: why it stands nowhere).

    ``person`` names whom the card is about, the same in all items of a case.
    """

    id: str
    text: Text
    reason: Text
    aliases: tuple[str, ...] = ()
    person: str = ""


class Mistake(Struct, frozen=True, forbid_unknown_fields=True):
    """What to tell who puts ``then`` before ``first``; the misconception from the second time."""

    first: str
    then: str
    reason: Text
    misconception: Text | None = None


class OrderingItem(ItemBase, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An ordering exercise as authored.

    ``order`` puts all cards in one right order; ``before`` says only what must come before what.
    ``agreement`` of its points are for what ``consistent`` asks.
    """

    kind: Literal["ordering"]
    cards: tuple[Card, ...]
    mode: Mode = "sequence"
    order: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    decoys: tuple[Card, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    consistent: tuple[Rule, ...] = ()
    agreement: float = 0.2


def load(raw: Any, where: str) -> OrderingItem:
    """An ordering: see `load_as`."""
    return load_as(raw, OrderingItem, _problems, where)


def given_pairs(item: OrderingItem) -> Pairs:
    """The pairs as authored: neighbours of ``order``, or ``before``."""
    return frozenset(zip(item.order, item.order[1:], strict=False)) | frozenset(item.before)


def _problems(item: OrderingItem) -> list[str]:
    return (
        _card_problems(item)
        or _order_problems(item)
        or [*_mistake_problems(item), *_rule_problems(item)]
    )


def _rule_problems(item: OrderingItem) -> list[str]:
    if not item.consistent:
        return []
    found = problems(item.consistent, item.agreement, ("first then",))
    if item.mode == "cycle":
        found.append("consistent: a cycle has no first and last")
    if not any(card.person for card in item.cards):
        found.append("consistent: say with 'person' whom a card is about")
    return found


def _card_problems(item: OrderingItem) -> list[str]:
    everything = (*item.cards, *item.decoys)
    ids = [card.id for card in everything]
    found = [
        f"cards: id {name!r}: use lower-case letters, digits and single hyphens or underscores"
        for name in ids
        if not _ID.fullmatch(name)
    ]
    found += twice("cards", ids)
    if not FEWEST <= len(item.cards) <= len(everything) <= MOST:
        found.append(f"cards: give {FEWEST} cards or more, and no more than {MOST} with decoys")
    for lang in LANGS:
        texts = [card.text[lang] for card in everything]
        found += [
            f"cards: the text {text!r} stands on two cards"
            for text in sorted(set(texts))
            if texts.count(text) > 1
        ]
    return found


def _order_problems(item: OrderingItem) -> list[str]:
    cards = {card.id for card in item.cards}
    if bool(item.order) == bool(item.before):
        return ["give 'order' (all cards in one order) or 'before' (what before what), not both"]
    if item.mode == "cycle" and item.before:
        return ["before: a cycle has no first and last; give 'order'"]
    if item.order and (set(item.order) != cards or len(item.order) != len(cards)):
        return ["order: name every card of 'cards' once, and no decoy"]
    named = {name for pair in item.before for name in pair}
    if named - cards:
        return [f"before: no card {name!r}" for name in sorted(named - cards)]
    pairs = closure(given_pairs(item))
    if any(first == then for first, then in pairs):
        around = ", ".join(sorted(first for first, then in pairs if first == then))
        return [f"before: these cards would come before themselves: {around}"]
    unbound = cards - {name for pair in pairs for name in pair}
    return [
        f"before: {name!r} stands in no pair, so its place cannot be judged"
        for name in sorted(unbound)
    ]


def _mistake_problems(item: OrderingItem) -> list[str]:
    pairs = closure(given_pairs(item))
    found = []
    for number, mistake in enumerate(item.mistakes):
        forward = (mistake.first, mistake.then) in pairs
        turned = item.mode == "cycle" and (mistake.then, mistake.first) in pairs
        if not (forward or turned):
            found.append(
                f"mistakes[{number}]: {mistake.first!r} need not come before {mistake.then!r}"
            )
    return found
