"""What the ids in an answer to a game mean, so that an answer is not read as another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import table

if TYPE_CHECKING:
    from b2bcourse.items.simulation.face import Face


def meanings(face: Face) -> dict[str, str]:
    """The territory that is played; which engine plays it stands in the journal itself."""
    return {f"scenario {face.scenario}": ""}


def ids_in(value: Any) -> set[str]:
    """The territory of a journal, named as in `meanings`."""
    played = table(value).get("scenario")
    return set() if played is None else {f"scenario {played}"}
