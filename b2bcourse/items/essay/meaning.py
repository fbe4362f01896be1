"""What the ids in an answer to an essay mean, so that an answer is not read as another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import table

if TYPE_CHECKING:
    from b2bcourse.items.essay.face import Face


def meanings(face: Face) -> dict[str, str]:
    """Every id that an answer may hold, and what it says on the face, level by level."""
    return {f"criterion {one.id}": "\n".join((one.text, *one.levels)) for one in face.rubric}


def ids_in(value: Any) -> set[str]:
    """The ids that an answer holds, named as in `meanings`."""
    return {f"criterion {name}" for name in table(table(value).get("self"))}
