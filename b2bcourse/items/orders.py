"""Orders that somebody tells without the shape of an answer: lists, tables, runs of ids in a text.

What an order means as an answer is the kind's business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

FEWEST: Final = 3
"""A sequence of fewer cards tells nothing."""

_BETWEEN: Final = r"[^\w]{1,24}(?:\d{1,2}[^\w]{1,24})?"

Run = tuple[re.Pattern[str], re.Pattern[str]]
"""Patterns for a run of ids, and for one of them."""


def run_of(names: Iterable[str], fewest: int = FEWEST, *, any_case: bool = False) -> Run:
    """Patterns for a run of so many ids or more, and for one id."""
    flags = re.IGNORECASE if any_case else 0
    ids = sorted(set(names), key=len, reverse=True)
    one = rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in ids)})(?![\w-])"
    run = rf"{one}(?:{_BETWEEN}{one}){{{fewest - 1},}}"
    return re.compile(run, flags), re.compile(one, flags)


def runs_in(run: Run, text: str) -> Iterator[list[str]]:
    """Every run of ids in a text, whatever signs and numbers stand between them."""
    whole, one = run
    for found in whole.finditer(text):
        yield one.findall(found[0])


def in_slots(order: Sequence[str]) -> dict[str, Any]:
    """An order as a response's value has it, by the number of the slot."""
    return {"order": {str(slot): name for slot, name in enumerate(order, start=1)}}


def orders_in(
    value: Any, known: Callable[[Any], str], *, tables: bool = False
) -> Iterator[list[str]]:
    """The ids in the orders that a list or a table may mean.

    Args:
        value: entries in order, a table of slot and name, or of name and slot.
        known: the id of what goes by a name; empty where there is none.
        tables: whether a table that only keeps its names in order tells one as well.
    """
    for names in _spelled(value, tables=tables):
        order = [known(name) for name in names]
        if len(order) >= FEWEST and all(order):
            yield list(dict.fromkeys(order))


def _spelled(value: Any, *, tables: bool) -> list[list[Any]]:
    if isinstance(value, list | tuple):
        return [[part.get("id") if isinstance(part, dict) else part for part in value]]
    if all(str(name).isdigit() for name in value):
        return [[value[name] for name in sorted(value, key=lambda name: int(str(name)))]]
    if all(type(place) is int for place in value.values()):
        return [sorted(value, key=value.__getitem__)]
    return [list(value)] if tables else []
