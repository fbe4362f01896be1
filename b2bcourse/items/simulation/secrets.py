"""What gives a game away: a journal that plays it well, as it is saved or as it is typed."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

import msgspec

from b2bcourse.items.secret import SecretBase
from b2bcourse.items.simulation.face import Face, SimulationKey
from b2bcourse.items.simulation.typed import is_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.items.secret import Value

_SIGNS: Final = re.compile(r"[\"'`<>{}\[\]]+")
"""What may stand around a line where it is quoted."""

_FEWEST: Final = 3
"""So many turns in a row are a game; one or two are an example."""


class Secret(SecretBase[Face, SimulationKey]):
    """What would give a game away: its rules are public, how it is played well is not."""

    also_called: ClassVar[frozenset[str]] = frozenset({"decisions", "turns"})

    def earns(self, answer: Any) -> float:
        """What fraction a journal earns; to play one over takes a while, so each is once."""
        try:
            told = msgspec.json.encode(answer, order="deterministic")
        except (TypeError, ValueError, RecursionError):
            return 0.0
        if told not in self._earned:
            self._earned[told] = super().earns(answer)
        return self._earned[told]

    @cached_property
    def _earned(self) -> dict[bytes, float]:
        return {}

    def answers(self, value: Value, *, named: bool) -> Iterator[Any]:
        """Turns as they are saved, with or without their marks, and turns as they are typed."""
        yield from super().answers(value, named=named)
        turns = value if isinstance(value, list) else value.get("turns")
        if not isinstance(turns, list) or len(turns) < _FEWEST:
            return
        if all(isinstance(turn, str) for turn in turns):
            yield from self.typed(turns)
        elif all(isinstance(turn, dict) and "decisions" in turn for turn in turns):
            head = self.kind.blank(self.faces[0])
            if isinstance(value, dict):
                head |= {name: value[name] for name in head.keys() & value.keys() - {"turns"}}
            yield self.kind.merge(head, {"turns": turns})

    def run_together(self, text: str, *, named: bool) -> Iterator[Any]:
        """The lines of a text that are turns as they are typed."""
        lines = [part for line in text.splitlines() if "|" in line for part in _SIGNS.split(line)]
        turns = [line for line in lines if "|" in line and is_turn(self.faces[0], line)]
        if len(turns) >= _FEWEST:
            yield from self.typed(turns)
