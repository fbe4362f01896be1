"""What the ids in an answer to an ordering mean, so that an answer is not read as another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import table

if TYPE_CHECKING:
    from b2bcourse.items.ordering.face import Face


def meanings(face: Face) -> dict[str, str]:
    """Every id that an answer may hold, and what it says on the face."""
    slots = {f"slot {number}": "" for number in range(1, face.slots + 1)}
    return slots | {f"card {card.id}": card.text for card in face.cards}


def ids_in(value: Any) -> set[str]:
    """The ids that an answer holds, named as in `meanings`."""
    order = table(table(value).get("order"))
    return {f"slot {slot}" for slot in order} | {f"card {card}" for card in order.values()}
