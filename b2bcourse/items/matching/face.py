"""The face of a matching: what a student sees, in one language, without the key."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.items.authored import shown_of_all
from b2bcourse.items.base import FaceBase
from b2bcourse.items.matching.authored import Category, MatchingItem, Side
from b2bcourse.items.matching.key import card_slots


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """A category or a side; ``also`` holds other spellings, for answers in text."""

    id: str
    name: str
    also: tuple[str, ...] = ()


class CardFace(Struct, frozen=True, forbid_unknown_fields=True):
    """A card; with a ``side`` it can only lie there."""

    id: str
    text: str
    side: str = ""


class Face(FaceBase, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a student sees of a matching. ``heading`` says which list the categories are.

    With ``evidence`` the case's paragraphs are numbered lines, and each card is to be placed and
    shown by lines.
    """

    kind: Literal["matching"] = "matching"
    heading: str
    several: bool
    evidence: bool = False
    categories: tuple[Named, ...]
    cards: tuple[CardFace, ...]
    sides: tuple[Named, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Every place: a category, or ``category/side``."""
        if not self.sides:
            return tuple(category.id for category in self.categories)
        return tuple(f"{c.id}/{side.id}" for c in self.categories for side in self.sides)

    def allowed(self, card: CardFace) -> tuple[str, ...]:
        """The places an answer may give a card; the open ones too, where nothing is judged."""
        return tuple(p for p in self.places if not card.side or p.endswith(f"/{card.side}"))

    def offered(self, card: CardFace) -> tuple[str, ...]:
        """The places that the task offers for a card."""
        return tuple(place for place in self.allowed(card) if place not in self.open)

    @property
    def lines(self) -> range:
        """The numbers of the lines that can be cited; none where no evidence is asked for."""
        return range(1, len(self.case) + 1) if self.evidence else range(0)

    def place_name(self, place: str) -> str:
        """How a place is called: ``Value proposition / Vendor``."""
        category, _, side = place.partition("/")
        names = [c.name for c in self.categories if c.id == category]
        names += [s.name for s in self.sides if s.id == side]
        return " / ".join(names)


def face(item: MatchingItem, lang: Lang) -> Face:
    """The face of an item in one language."""
    lang = item.spoken(lang)
    return Face(
        **shown_of_all(item, lang),
        heading=item.heading[lang],
        several=item.several,
        evidence=item.evidence,
        categories=tuple(_named(category, lang) for category in item.categories),
        sides=tuple(_named(side, lang) for side in item.sides),
        open=item.open,
        cards=tuple(
            CardFace(slot, card.text[lang], card.side) for slot, card in card_slots(item).items()
        ),
    )


def _named(named: Category | Side, lang: Lang) -> Named:
    other: Text = named.name
    also = (other.en if lang == "ko" else other.ko, *named.aliases)
    return Named(named.id, named.name[lang], also)
