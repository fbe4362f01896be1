"""What gives an allocation away: its best plans as numbers or in order, its best value, a trap."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

from b2bcourse.items.allocation.face import Face
from b2bcourse.items.allocation.key import AllocationKey
from b2bcourse.items.allocation.value import HUGE, clean, json_number
from b2bcourse.items.orders import Run, in_slots, orders_in, run_of, runs_in
from b2bcourse.items.secret import SecretBase, named_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from b2bcourse.items.secret import Value

_SOLUTION: Final = frozenset({"best", "plans", "traps", "why", "bar"})
_TRAP: Final = frozenset({"value", "worth", "breaks", "near"})


class Secret(SecretBase[Face, AllocationKey]):
    """What would give an allocation away."""

    also_called: ClassVar[frozenset[str]] = frozenset({"best", "plan", "traps", "순서"})

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The rows by id, and by name in either language."""
        return named_parts(*(face.rows for face in self.faces))

    def answers(self, value: Value, *, named: bool) -> Iterator[Any]:
        """Rows chosen or in order, and numbers by row: as texts, or by a row's own name."""
        yield from super().answers(value, named=named)
        if named or not self.weak:
            yield from self._told(value)

    def run_together(self, text: str, *, named: bool) -> Iterator[Any]:
        """Rows whose ids follow each other."""
        if named or not self.weak:
            for run in runs_in(self._run, text):
                yield from self._told(run)

    def key_data(self, value: Value, *, named: bool) -> Iterator[str]:
        """Besides the item and its key: a plan of the key, a part of the solution."""
        yield from super().key_data(value, named=named)
        if isinstance(value, dict) and named and self._tells_solution(value):
            yield "its solution"

    @cached_property
    def _run(self) -> Run:
        return run_of(self.names.values())

    def _told(self, value: Value) -> Iterator[Any]:
        for order in orders_in(value, self.known_as):
            yield from self._plans(order)
        if isinstance(value, dict) and (table := self._amounts(value)):
            yield {"numbers": table}

    def _plans(self, order: Sequence[str]) -> Iterator[Any]:
        face = self.faces[0]
        if face.line:
            yield in_slots(order)
        elif len(face.fields) == 1:
            yield {"numbers": {row: {face.fields[0].id: 1} for row in order}}

    def _amounts(self, value: dict[str, Any]) -> dict[str, dict[str, float]]:
        """Numbers by row, as a plan of the key has them: as texts, or by a row's own name."""
        fields = self.faces[0].fields
        found: dict[str, dict[str, float]] = {}
        for name, content in value.items():
            row = self.known_as(name)
            bare = not isinstance(content, dict) and len(fields) == 1
            numbers = _numbers({fields[0].id: content} if bare else content) if row else {}
            if not numbers:
                return {}
            found[row] = numbers
        return found

    def _tells_solution(self, value: dict[str, Any]) -> bool:
        """Whether a table is a part of the solution: its best value, or a trap.

        Such numbers are in other items too: only a file that names the item tells its own.
        """
        if set(value) <= _SOLUTION and _same(value.get("best"), self.key.best):
            return True
        if "plan" not in value or not _TRAP & set(value):
            return False
        told = self._as_plans(value["plan"])
        return any(trap.plan in told for trap in self.key.traps)

    def _as_plans(self, raw: Any) -> list[Any]:
        """A raw plan as plans of the key."""
        if isinstance(raw, dict) and "amounts" in raw:
            raw = raw.get("order") or raw["amounts"]
        guesses: list[Any] = []
        if isinstance(raw, list | tuple):
            order = [self.known_as(name) for name in raw]
            guesses = list(self._plans(order)) if order and all(order) else []
        elif isinstance(raw, dict) and (table := self._amounts(raw)):
            guesses = [{"numbers": table}]
        return [clean(self.faces[0], guess)[0].plan for guess in guesses]


def _numbers(cells: Any) -> dict[str, float]:
    """The numbers of a table; none where one of them is no number."""
    cells = cells if isinstance(cells, dict) else {}
    read = {field: _number(cell) for field, cell in cells.items()}
    found = {field: number for field, number in read.items() if number is not None}
    return found if len(found) == len(read) else {}


def _number(raw: Any) -> float | None:
    try:
        number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    except (InvalidOperation, TypeError, ValueError):
        return None
    if not number.is_finite() or abs(number) >= HUGE:
        return None
    return json_number(number)


def _same(raw: Any, number: Decimal) -> bool:
    found = _number(raw)
    return found is not None and Decimal(repr(found)) == number
