"""What the ids in an answer to a matching mean, so that an answer is not read as another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import table

if TYPE_CHECKING:
    from b2bcourse.items.matching.face import Face


def meanings(face: Face) -> dict[str, str]:
    """Every id that an answer may hold, and what it says on the face."""
    cards = {f"card {card.id}": card.text for card in face.cards}
    allowed = (place for card in face.cards for place in face.allowed(card))
    places = {f"place {place}": face.place_name(place) for place in allowed}
    lines = {f"line {number}": face.case[number - 1] for number in face.lines}
    return cards | places | lines


def ids_in(value: Any) -> set[str]:
    """The ids that an answer holds, named as in `meanings`."""
    places, lines = (table(table(value).get(name)) for name in ("places", "lines"))
    found = {f"card {card}" for card in (*places, *lines)}
    found |= {f"place {place}" for marks in places.values() for place in table(marks)}
    return found | {f"line {number}" for marks in lines.values() for number in table(marks)}
