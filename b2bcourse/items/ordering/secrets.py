"""What gives an ordering away: its cards in order, in whatever shape, and what precedes what."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.ordering.face import Face
from b2bcourse.items.ordering.key import OrderingKey
from b2bcourse.items.ordering.pairs import closure
from b2bcourse.items.orders import Run, in_slots, orders_in, run_of, runs_in
from b2bcourse.items.secret import SecretBase, fold, named_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bcourse.items.secret import Value

_LONG_ENOUGH: Final = 2
"""More folded letters than this, and a card's words are looked for in prose."""


class Secret(SecretBase[Face, OrderingKey]):
    """What would give an ordering away."""

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The cards by id, and by text in either language."""
        return named_parts(*(face.cards for face in self.faces))

    def answers(self, value: Value, *, named: bool) -> Iterator[Any]:
        """The cards in the order of a list, a table, or a table's own names."""
        yield from super().answers(value, named=named)
        if named or not self.weak:
            yield from map(in_slots, orders_in(value, self.known_as, tables=True))

    def run_together(self, text: str, *, named: bool) -> Iterator[Any]:
        """The cards in the order in which their ids follow each other."""
        if named or not self.weak:
            for run in runs_in(self._run, text):
                yield from map(in_slots, orders_in(run, self.known_as))

    def written(self, folded: str, *, named: bool) -> Iterator[Any]:
        """The cards in the order in which their own words follow each other."""
        for face, words in zip(self.faces, self._words, strict=True):
            at = {card: folded.find(said) for card, said in words.items()}
            order = sorted((card for card in at if at[card] >= 0), key=at.__getitem__)
            if len(order) >= face.slots - 1:
                yield in_slots([card for card in order if card in self.key.cards])

    def key_data(self, value: Value, *, named: bool) -> Iterator[str]:
        """Besides the item and its key: pairs that say what comes before what."""
        yield from super().key_data(value, named=named)
        if isinstance(value, list) and self._tells_pairs(value):
            yield "what comes before what"

    @cached_property
    def _run(self) -> Run:
        return run_of(self.names.values())

    @cached_property
    def _words(self) -> list[dict[str, str]]:
        """What each card says, folded, by language."""
        return [
            {c.id: fold(c.text) for c in face.cards if len(fold(c.text)) > _LONG_ENOUGH}
            for face in self.faces
        ]

    def _tells_pairs(self, value: list[Any]) -> bool:
        """Whether a list says what comes before what, for most cards."""
        pairs = [pair for pair in value if isinstance(pair, list | tuple) and len(pair) == 2]  # noqa: PLR2004
        known = [tuple(self.known_as(name) for name in pair) for pair in pairs]
        told = closure((a, b) for a, b in known if a and b)
        enough = self.key.count / 2
        return any(len(told & each) >= enough > len(told - each) for each in self.key.readings)
