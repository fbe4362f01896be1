"""The face of an ordering: what a student sees, in one language, without the key."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from b2bcourse.facts import Lang
from b2bcourse.items.authored import shown_of_all
from b2bcourse.items.base import FaceBase
from b2bcourse.items.mixing import mixed
from b2bcourse.items.ordering.authored import Card, Mode, OrderingItem
from b2bcourse.items.ordering.chance import zero_point
from b2bcourse.items.ordering.key import OrderingKey, key
from b2bcourse.items.ordering.reading import raw_score

_UNTOLD: Final = 0.1
"""What the cards as they lie in the tray may earn, from either end."""
_TRIES: Final = 200


class CardFace(Struct, frozen=True, forbid_unknown_fields=True):
    """A card; ``spellings`` are what else it may be called when an answer is typed."""

    id: str
    text: str
    spellings: tuple[str, ...] = ()


class Face(FaceBase, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a student sees of an ordering: as many slots as real cards, and the tray."""

    kind: Literal["ordering"] = "ordering"
    mode: Mode
    slots: int
    cards: tuple[CardFace, ...]

    @property
    def spare(self) -> int:
        """How many cards are left over."""
        return len(self.cards) - self.slots


def face(item: OrderingItem, lang: Lang) -> Face:
    """The face of an item in one language."""
    lang = item.spoken(lang)
    cards = {card.id: card for card in (*item.cards, *item.decoys)}
    return Face(
        **shown_of_all(item, lang),
        mode=item.mode,
        slots=len(item.cards),
        cards=tuple(_card(cards[name], lang) for name in _tray(key(item))),
    )


def _card(card: Card, lang: Lang) -> CardFace:
    other = card.text["en" if lang == "ko" else "ko"]
    return CardFace(card.id, card.text[lang], (other, *card.aliases))


def _tray(compiled: OrderingKey) -> list[str]:
    """The cards in an order that the item's id decides, the same on every machine.

    A shuffle that lies nearly right by accident is passed over: moving the cards across as they
    lie, or from the other end, must earn next to nothing.
    """
    names = [*compiled.cards, *compiled.decoys]
    size = len(compiled.cards)
    zero = zero_point(compiled.order, compiled.readings, len(compiled.decoys))
    limit = zero + _UNTOLD * (1 - zero)
    tray: list[str] = []
    for number in range(_TRIES):
        tray = mixed(compiled.item, names, str, str(number))
        ends = tray[:size], tray[::-1][:size]
        if max(raw_score(compiled, placed) for placed in ends) <= limit:
            break
    return tray
