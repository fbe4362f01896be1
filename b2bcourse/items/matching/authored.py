"""A matching exercise as its author writes it: both languages, key included."""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from b2bcourse.facts import Text
from b2bcourse.items.agreement import Rule, problems
from b2bcourse.items.authored import ItemBase, load_as, twice
from b2bcourse.items.matching.words import WORDS

_FEWEST_LINES: Final = 5
"""With fewer lines citing one at random would be no guess."""


class Category(Struct, frozen=True, forbid_unknown_fields=True):
    """What cards are put to: a role, a step, a stage.

    ``meaning`` is told as the last hint only: beside the cards it would give the answers away.
    """

    id: str
    name: Text
    meaning: Text | None = None
    aliases: tuple[str, ...] = ()


class Side(Struct, frozen=True, forbid_unknown_fields=True):
    """A column of a two-sided matching, such as the vendor's."""

    id: str
    name: Text
    aliases: tuple[str, ...] = ()


class Mistake(Struct, frozen=True, forbid_unknown_fields=True):
    """A likely wrong place of a card, why it is wrong, and what to tell the second time."""

    category: str
    reason: Text
    misconception: Text | None = None


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """A card, where it belongs and why.

    A card that requires nothing is a decoy: it belongs nowhere. If it may also lie anywhere
    (``accepted`` names every category), nothing is asked of it. ``evidence`` are the lines of the
    case, from 1, of which any shows where the card belongs; ``evidence_accepted`` cost nothing.
    ``reasons`` are of single places: where a card belongs to two, one reason for both would give
    the second away to whoever found the first.
    ``person`` names whom the card is about, the same in all items of a case.
    """

    id: str
    text: Text
    reason: Text
    reasons: dict[str, Text] = {}
    side: str = ""
    required: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    evidence: tuple[int, ...] = ()
    evidence_accepted: tuple[int, ...] = ()
    person: str = ""


class MatchingItem(ItemBase, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A matching exercise as authored; docs/items.md explains every field.

    ``agreement`` of its points are for what ``consistent`` asks.
    """

    kind: Literal["matching"]
    heading: Text
    categories: tuple[Category, ...]
    cards: tuple[Card, ...]
    several: bool = False
    evidence: bool = False
    sides: tuple[Side, ...] = ()
    open: tuple[str, ...] = ()
    consistent: tuple[Rule, ...] = ()
    agreement: float = 0.3

    @property
    def places(self) -> tuple[str, ...]:
        """Every place there is: a category, or ``category/side`` where there are sides."""
        if not self.sides:
            return tuple(category.id for category in self.categories)
        return tuple(f"{c.id}/{side.id}" for c in self.categories for side in self.sides)

    def offered(self, card: Card) -> tuple[str, ...]:
        """The places that a card may be put to: none that is open, none of another side."""
        return tuple(
            place
            for place in self.places
            if place not in self.open and (not card.side or place.endswith(f"/{card.side}"))
        )

    def named(self, card: Card, name: str) -> tuple[str, ...]:
        """The places meant by ``name``: a place, or a category alone for all its sides."""
        if name in self.places:
            return (name,)
        return tuple(p for p in self.offered(card) if p.partition("/")[0] == name)


def load(raw: Any, where: str) -> MatchingItem:
    """A matching; the categories' meanings become its last hint: see `load_as`."""
    item = load_as(raw, MatchingItem, _problems, where)
    return replace(item, hints=(*item.hints, *_meanings(item)))


def _meanings(item: MatchingItem) -> tuple[Text, ...]:
    told = [(c.name, c.meaning) for c in item.categories if c.meaning]
    if not told:
        return ()
    return (
        Text(
            ko="\n".join(WORDS.meaning.ko.format(name=n.ko, meaning=m.ko) for n, m in told),
            en="\n".join(WORDS.meaning.en.format(name=n.en, meaning=m.en) for n, m in told),
        ),
    )


def _problems(item: MatchingItem) -> list[str]:
    return [
        *_ids("categories", [category.id for category in item.categories]),
        *_ids("cards", [card.id for card in item.cards]),
        *(_ids("sides", [side.id for side in item.sides]) if item.sides else []),
        *_open_problems(item),
        *_evidence_problems(item),
        *_person_problems(item),
        *(problem for card in item.cards for problem in _card_problems(item, card)),
        *([] if any(card.required for card in item.cards) else ["cards: none belongs anywhere"]),
    ]


def _ids(what: str, ids: list[str]) -> list[str]:
    if len(ids) < 2:  # noqa: PLR2004 - with one there is nothing to choose
        return [f"{what}: at least two are needed"]
    found = twice(what, ids)
    return found + [f"{what}: {name!r} holds a '/'; leave it out" for name in ids if "/" in name]


def _open_problems(item: MatchingItem) -> list[str]:
    if item.open and not item.sides:
        return ["open: only a matching with sides has cells to leave open"]
    return [
        f"open: no {name!r}; there are: {', '.join(item.places)}"
        for name in item.open
        if name not in item.places
    ]


def _evidence_problems(item: MatchingItem) -> list[str]:
    """What would make citing lines impossible, or worth nothing."""
    count = len(item.case.ko)
    cited = {card.id: {*card.evidence, *card.evidence_accepted} for card in item.cards}
    if not item.evidence:
        return [
            f"cards, {name!r}, evidence: write evidence: true for the item"
            for name, lines in cited.items()
            if lines
        ]
    if item.sides:
        return ["evidence: a matching with sides cannot ask for it"]
    if count != len(item.case.en) or count < _FEWEST_LINES:
        return [f"case: evidence needs {_FEWEST_LINES} lines or more, as many in each language"]
    found = [
        f"cards, {card.id!r}, evidence: name the lines that show it"
        for card in item.cards
        if card.required and not card.evidence
    ]
    for name, lines in cited.items():
        if wrong := sorted(line for line in lines if not 1 <= line <= count):
            found.append(f"cards, {name!r}, evidence: there is no line {wrong[0]}; 1 to {count}")
        if 2 * len(lines) > count:
            found.append(f"cards, {name!r}, evidence: more than half of all lines; any would do")
    return found


def _person_problems(item: MatchingItem) -> list[str]:
    """Persons that stand on two cards, and rules that name what the item has not."""
    people = [card.person for card in item.cards if card.person]
    found = [
        f"cards: the person {name!r} stands on two cards"
        for name in sorted(set(people))
        if people.count(name) > 1
    ]
    if not item.consistent:
        return found
    found += problems(item.consistent, item.agreement, ("", "place category", "card category"))
    cards = {card.id for card in item.cards}
    for number, rule in enumerate(item.consistent):
        where = f"consistent[{number}]"
        if rule.place and rule.place not in item.places:
            found.append(f"{where}, place: no {rule.place!r}; there are: {', '.join(item.places)}")
        if rule.card and rule.card not in cards:
            found.append(f"{where}, card: no {rule.card!r}; there are: {', '.join(sorted(cards))}")
        if not rule.card and not people:
            found.append(f"{where}: say with 'person' whom each card is about")
    return found


def _card_problems(item: MatchingItem, card: Card) -> list[str]:
    where = f"cards, {card.id!r}"
    sides = [side.id for side in item.sides]
    if card.side and card.side not in sides:
        return [f"{where}, side: no {card.side!r}; there are: {', '.join(sides) or 'none'}"]
    right = [*card.required, *card.accepted]
    named = [*right, *(mistake.category for mistake in card.mistakes)]
    found = [
        f"{where}: no place {name!r}; there are: {', '.join(item.offered(card))}"
        for name in named
        if not set(item.named(card, name)) & set(item.offered(card))
    ]
    found += [
        f"{where}, required: {name!r} is several places; write 'category/side'"
        for name in card.required
        if len(item.named(card, name)) > 1
    ]
    found += [
        f"{where}, reasons: {name!r} is neither required nor accepted; tell it under mistakes"
        for name in card.reasons
        if name not in right
    ]
    return found or _unfair(item, card, where)


def _unfair(item: MatchingItem, card: Card, where: str) -> list[str]:
    """What would let somebody earn points without knowing, or ask what nobody can do."""
    required = {place for name in card.required for place in item.named(card, name)}
    accepted = {place for name in card.accepted for place in item.named(card, name)}
    mistakes = {place for m in card.mistakes for place in item.named(card, m.category)}
    wrong = set(item.offered(card)) - required - accepted
    found = []
    if clash := sorted(required & accepted | mistakes & (required | accepted)):
        found.append(f"{where}: {', '.join(clash)} cannot be right and something else too")
    if len(required) > 1 and not item.several:
        found.append(f"{where}, required: a card stands in one place only; write several: true")
    if len(wrong) < len(required):
        found.append(f"{where}: fewer wrong places than right ones; all ticked would earn points")
    return found
