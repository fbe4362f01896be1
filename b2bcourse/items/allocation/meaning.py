"""What the ids in an answer to an allocation mean, so that an answer is not read as another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import table

if TYPE_CHECKING:
    from b2bcourse.items.allocation.face import Face


def meanings(face: Face) -> dict[str, str]:
    """Every id that an answer may hold, and what it says on the face, with its unit."""
    rows = {f"row {row.id}": row.name for row in face.rows}
    fields = {f"field {one.id}": f"{one.name}\n{one.unit}" for one in face.fields}
    slots = {f"slot {number}": "" for number in range(1, len(face.rows) + 1)} if face.line else {}
    return rows | fields | slots


def ids_in(value: Any) -> set[str]:
    """The ids that an answer holds, named as in `meanings`."""
    numbers, order = (table(table(value).get(name)) for name in ("numbers", "order"))
    found = {f"row {row}" for row in (*numbers, *order.values())}
    found |= {f"field {name}" for cells in numbers.values() for name in table(cells)}
    return found | {f"slot {slot}" for slot in order}
