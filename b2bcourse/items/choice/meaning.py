"""What the ids in an answer to a choice mean, so that an answer is not read as another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import table

if TYPE_CHECKING:
    from b2bcourse.items.choice.face import Face


def meanings(face: Face) -> dict[str, str]:
    """Every id that an answer may hold, and what it says on the face."""
    return {f"option {option.id}": option.text for option in face.options}


def ids_in(value: Any) -> set[str]:
    """The ids that an answer holds, named as in `meanings`."""
    return {f"option {option}" for option in table(table(value).get("chosen"))}
