"""What gives a matching away: where its cards belong, and which lines show it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

from b2bcourse.items.matching.face import Face
from b2bcourse.items.matching.key import MatchingKey
from b2bcourse.items.secret import SecretBase, are_weak, fold, named_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bcourse.items.matching.key import CardKey
    from b2bcourse.items.secret import Value

_LINES: Final = ("evidence", "lines")
_CARD: Final = ("id", "card")


class Secret(SecretBase[Face, MatchingKey]):
    """What would give a matching away. No face shows the authors' ids of its cards."""

    also_called: ClassVar[frozenset[str]] = frozenset({"required", "evidence", "places"})

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The cards by slot, by text in either language, and by their authors' ids."""
        authored = {fold(name): slot for name, slot in self._authored.items()}
        return named_parts(*(face.cards for face in self.faces)) | authored

    @cached_property
    def weak(self) -> bool:
        """Slots are short in every matching; it is the authors' ids that tell."""
        return are_weak(self._authored)

    def spelled(self, table: dict[str, Any]) -> Iterator[Any]:
        """Marks by card, without the name of the field that they belong in."""
        yield {"places": table}

    def key_data(self, value: Value, *, named: bool) -> Iterator[str]:
        """Besides the item and its key: where cards belong, or which lines show it."""
        yield from super().key_data(value, named=named)
        if (named or not self.weak) and self._tells_cards(value):
            yield "where cards belong"

    @cached_property
    def _authored(self) -> dict[str, str]:
        """The authors' ids of the cards, and the slots that stand for them on the face."""
        return {card.card: slot for slot, card in self.key.cards.items() if card.card}

    @cached_property
    def _place_names(self) -> dict[str, str]:
        """What the places go by, folded, and their ids."""
        named: dict[str, str] = {}
        for face in self.faces:
            named |= {fold(place): place for place in face.places}
            for category in face.categories:
                if category.id in face.places:
                    names = (category.name, *category.also)
                    named |= {fold(name): category.id for name in names}
        return named

    def _tells_cards(self, value: Value) -> bool:
        """Whether a table or list says where cards belong, or which lines show it."""
        if isinstance(value, dict) and any(self._tells_card(value, name) for name in _CARD):
            return True
        table = self._table(value)
        needed = self.key.needed
        places = sum(self._places(told) == set(needed[c].required) for c, told in table.items())
        lines = sum(_shows(needed[c], _lines(told)) for c, told in table.items())
        return places >= max(2, len(needed) / 2) or lines >= max(2, len(table) / 2)

    def _tells_card(self, value: dict[str, Any], name: str) -> bool:
        """Whether a table is one card's: its id, and where it belongs or which lines show it.

        Another item may have a card of the same id: all that it says must be so of this one.
        """
        slot = self._authored.get(value[name]) if isinstance(value.get(name), str) else None
        card = self.key.cards.get(slot) if slot else None
        if slot is None or card is None or not self._says_the_same(slot, value.get("text")):
            return False
        told = [_lines(value[field]) == set(card.lines) for field in _LINES if field in value]
        if "required" in value:
            told.append(self._places(value["required"]) == set(card.required))
        return bool(card.required) and bool(told) and all(told)

    def _says_the_same(self, slot: str, text: Any) -> bool:
        said = text.values() if isinstance(text, dict) else [text]
        return text is None or any(self.known_as(one) == slot for one in said)

    def _table(self, value: Value) -> dict[str, Any]:
        """What a table or a list of entries says of each card that belongs somewhere."""
        if not isinstance(value, dict):
            entries = [part for part in value if isinstance(part, dict)]
            value = {str(part.get("id", part.get("card"))): part for part in entries}
        found = {self.known_as(name): _of_card(told) for name, told in value.items()}
        for name, cards in value.items():
            place = self._places(name)
            for card in cards if place and isinstance(cards, list | tuple) else ():
                found[self.known_as(card)] = list(place)
        return {slot: told for slot, told in found.items() if slot in self.key.needed}

    def _places(self, told: Any) -> set[str]:
        """The places that are named; none where a name is none."""
        names = [one for one in _listed(told) if isinstance(one, str) and not one.isdigit()]
        found = {self._place_names.get(fold(name), "") for name in names}
        return set() if "" in found else found


def _of_card(told: Any) -> Any:
    """The places and lines in what stands beside a card, as one list."""
    if not isinstance(told, dict):
        return told
    named = [told[field] for field in ("required", *_LINES) if field in told]
    if not named:
        return [name for name, mark in told.items() if mark]
    return [one for part in named for one in (part if isinstance(part, list | tuple) else [part])]


def _listed(told: Any) -> list[Any]:
    if isinstance(told, dict):
        return [name for name, mark in told.items() if mark]
    return list(told) if isinstance(told, list | tuple | set | frozenset) else [told]


def _lines(told: Any) -> set[int]:
    return {int(str(one)) for one in _listed(told) if type(one) is int or str(one).isdecimal()}


def _shows(card: CardKey, lines: set[int]) -> bool:
    return bool(lines & card.lines) and lines <= card.lines | card.lines_accepted
