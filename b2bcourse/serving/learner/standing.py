"""How far an answer has come, each kind in its own measure; nothing is judged, no key is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from b2bcourse.authoring.cells import called
from b2bcourse.context import code_cells, read_index, released_face
from b2bcourse.items.base import ResponseError, holds_answer
from b2bcourse.items.response import FOLDER, SecondLook
from b2bcourse.items.standing import is_present
from b2bcourse.responses import read_answer
from b2bcourse.simulation.scenario import scenario

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Unit = Literal["rows", "columns", "places", "cards", "turns", "characters", "chosen", "unread"]
State = Literal["answered", "half", "not yet"]


class Count(Struct, frozen=True):
    """What of an item is answered: how much of how much, and of what.

    Attributes:
        done: how many parts have an answer.
        all: how many there are; 0 where there is no such number, as of an essay's characters.
        unit: what is counted.
    """

    done: int
    all: int
    unit: Unit

    @property
    def state(self) -> State:
        """Whether it is answered, half answered or not yet."""
        if not self.done:
            return "not yet"
        return "answered" if self.done >= self.all else "half"


class Standing(Struct, frozen=True):
    """One item of an assignment as far as its student has come.

    ``saved`` is when its answer was last saved (ISO 8601, UTC); empty if it was not. ``asked`` is
    the request that a person looks at it again.
    """

    item: str
    title: str
    count: Count
    saved: str = ""
    asked: SecondLook | None = None


def standings(folder: Path) -> tuple[Standing, ...]:
    """The items of a student's folder of an assignment, in the order in which they are asked.

    Raises:
        ContextError: what came with the assignment is damaged.
    """
    index = read_index(folder)
    if index is None:
        return ()
    asked = [item for item in _asked(folder) if item in index.items]
    order = [*asked, *(item for item in index.items if item not in asked)]
    return tuple(_standing(folder, released_face(folder, index, item)) for item in order)


def _asked(folder: Path) -> list[str]:
    """The items in the order in which the folder's notebooks ask them."""
    sources = (text for path in sorted(folder.glob("*.ipynb")) for text in code_cells(path))
    calls = (called(text) for text in sources)
    return list(dict.fromkeys(call[1] for call in calls if call and call[0] == "answer"))


def _standing(folder: Path, face: Any) -> Standing:
    title = str(face.title)
    try:
        response = read_answer(folder / FOLDER, face.id, face.kind)
    except (ResponseError, OSError):  # there is something, which grading will show to a person
        return Standing(face.id, title, Count(1, 2, "unread"))
    if response is None or not is_present(response, face):
        return Standing(face.id, title, counted(face, {}))
    return Standing(
        face.id, title, counted(face, response.value), response.time, response.second_look
    )


def counted(face: Any, value: Any) -> Count:
    """How much of an item an answer answers.

    Args:
        face: what is asked.
        value: any JSON; what is no answer counts as none.
    """
    raw = value if isinstance(value, dict) else {}
    return _KINDS[face.kind](face, raw)


def _table(raw: Any, name: str) -> dict[str, Any]:
    found = raw.get(name) if isinstance(raw, dict) else None
    return found if isinstance(found, dict) else {}


def _matrix(face: Any, raw: Any) -> Count:
    cells, rows, columns = (_table(raw, name) for name in ("cells", "rows", "columns"))
    if face.form == "right":
        return _of([bool(columns.get(one.id)) for one in face.columns], "columns")
    marks, names = face.form in {"cells", "both"}, face.form in {"left", "both"}
    done = [
        (not marks or holds_answer(cells.get(one.id))) and (not names or bool(rows.get(one.id)))
        for one in face.rows
    ]
    return _of(done, "rows")


def _ordering(face: Any, raw: Any) -> Count:
    order = _table(raw, "order")
    return _of([bool(order.get(str(n))) for n in range(1, face.slots + 1)], "places")


def _choice(face: Any, raw: Any) -> Count:
    chosen = sum(bool(mark) for mark in _table(raw, "chosen").values())
    return Count(chosen, 0 if face.several else 1, "chosen")


def _matching(face: Any, raw: Any) -> Count:
    places, lines = _table(raw, "places"), _table(raw, "lines")
    done = [
        holds_answer(places.get(card.id))
        and (not face.evidence or holds_answer(lines.get(card.id)))
        for card in face.cards
    ]
    return _of(done, "cards")


def _essay(face: Any, raw: Any) -> Count:
    del face
    text = raw.get("text")
    return Count(len(text.strip()) if isinstance(text, str) else 0, 0, "characters")


def _allocation(face: Any, raw: Any) -> Count:
    del face
    kept = _table(raw, "order") or _table(raw, "numbers")
    return Count(sum(holds_answer(one) for one in kept.values()), 0, "chosen")


def _simulation(face: Any, raw: Any) -> Count:
    turns = raw.get("turns")
    played = len(turns) if isinstance(turns, list) else 0
    return Count(played, scenario(face.scenario).turns, "turns")


def _of(parts: list[bool], unit: Unit) -> Count:
    return Count(sum(parts), len(parts), unit)


_KINDS: Final[dict[str, Callable[[Any, Any], Count]]] = {
    "matrix": _matrix,
    "ordering": _ordering,
    "choice": _choice,
    "matching": _matching,
    "essay": _essay,
    "allocation": _allocation,
    "simulation": _simulation,
}
