"""What may come of a plan: a thousand futures, drawn once, the same for every plan and reader.

Each chance of an item comes true in as many futures as it should, so that the mean of a plan's
futures is its expected value; which futures these are is drawn from the item's seed. The draws
travel in the face: Python and JavaScript add up the same numbers, and neither draws its own.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.items.allocation.key import number_in, rules_of
from b2bcourse.simulation.chance import draw, splitmix64

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.allocation.authored import AllocationItem, Term

FUTURES: Final = 1000
"""How many futures are drawn."""
_TENTH: Final = FUTURES // 10
_PLACES: Final = 9  # sums of tenths are not what they seem; more than any author writes


class Chance(Struct, frozen=True, forbid_unknown_fields=True):
    """An amount that one of ``field`` brings where it comes true.

    ``when`` holds a bit for every future, the first one in the highest bit of the first of its
    hexadecimal digits.
    """

    field: str
    amount: float
    when: str


class Outcomes(Struct, frozen=True, forbid_unknown_fields=True):
    """By row: what one of a field brings for sure, what it may bring, and its expected value."""

    futures: int
    sure: dict[str, dict[str, float]]
    chances: dict[str, tuple[Chance, ...]]
    expected: dict[str, dict[str, float]]


class Spread(Struct, frozen=True):
    """A plan's expected value, and how its futures lie around it.

    Eight of ten futures lie from ``low`` to ``high``; ``losses`` counts those below nought.
    """

    expected: Decimal
    low: Decimal
    high: Decimal
    losses: int


Amounts = dict[str, dict[str, Decimal]]


def outcomes_of(item: AllocationItem) -> Outcomes | None:
    """The futures of an item that asks for them."""
    if item.outcomes is None:
        return None
    gains = rules_of(item).gains
    sure = {row.id: dict.fromkeys(item.fields, Decimal(0)) for row in item.rows}
    chances: dict[str, list[Chance]] = {row.id: [] for row in item.rows}
    for row, certain in sure.items():
        for number, term in enumerate(item.worth.terms):
            field = term.variable or item.fields[0]
            amount, chance = _parts(item, term, row)
            if term.cost:
                certain[field] -= number_in(item, term.cost, row)
            if chance is None:
                certain[field] += amount
            else:
                count = round(chance * FUTURES)
                when = _drawn(draw(item.outcomes.seed, row, number), count)
                chances[row].append(Chance(field, float(amount), when))
    return Outcomes(
        FUTURES,
        _floats(sure),
        {row: tuple(each) for row, each in chances.items()},
        _floats(gains),
    )


def _floats(table: Amounts) -> dict[str, dict[str, float]]:
    return {
        row: {field: float(number) for field, number in cells.items()}
        for row, cells in table.items()
    }


def _parts(item: AllocationItem, term: Term, row: str) -> tuple[Decimal, Decimal | None]:
    """A term's amount if all goes well, and the chance of that; None where nothing is chance."""
    assert item.outcomes  # asked only of an item that has them
    amounts: list[Decimal] = []
    chances: list[Decimal] = []
    for factor in term.gain:
        column = factor if isinstance(factor, str) else factor.column
        number = number_in(item, column, row)
        if not isinstance(factor, str) and factor.one_minus:
            number = 1 - number
        (chances if column in item.outcomes.chances else amounts).append(number)
    chance = prod(chances, start=Decimal(1)) if chances else None
    return prod(amounts, start=Decimal(1)), chance


@lru_cache(maxsize=256)
def _drawn(state: int, count: int) -> str:
    """``count`` of the futures, as bits in hexadecimal digits."""
    lots = []
    for future in range(FUTURES):
        state, lot = splitmix64(state)
        lots.append((lot, future))
    taken = {future for _, future in sorted(lots)[:count]}
    bits = "".join("1" if future in taken else "0" for future in range(FUTURES))
    return f"{int(bits, 2):0{FUTURES // 4}x}"


def futures(outcomes: Outcomes, amounts: Mapping[str, Mapping[str, Decimal]]) -> list[Decimal]:
    """What a plan brings in every future, the least first."""
    filled = [(row, f, float(n)) for row, cells in amounts.items() for f, n in cells.items() if n]
    found = [sum((outcomes.sure[row][field] * n for row, field, n in filled), 0.0)]
    found *= outcomes.futures
    for row, field, n in filled:
        for chance in outcomes.chances[row]:
            if chance.field == field:
                for future in _ones(chance.when):
                    found[future] += chance.amount * n
    return sorted(_decimal(value) for value in found)


@lru_cache(maxsize=256)
def _ones(when: str) -> tuple[int, ...]:
    bits = f"{int(when, 16):0{len(when) * 4}b}"
    return tuple(at for at, bit in enumerate(bits) if bit == "1")


def spread(outcomes: Outcomes, amounts: Mapping[str, Mapping[str, Decimal]]) -> Spread:
    """How the futures of a plan lie."""
    values = futures(outcomes, amounts)
    expected = sum(
        outcomes.expected[row][f] * float(n)
        for row, cells in amounts.items()
        for f, n in cells.items()
    )
    return Spread(
        _decimal(expected),
        values[_TENTH],
        values[-1 - _TENTH],
        sum(value < 0 for value in values),
    )


def given_up(
    outcomes: Outcomes, rows: Iterable[str], amounts: Mapping[str, Mapping[str, Decimal]]
) -> tuple[str, Decimal] | None:
    """The best row that gets nothing, and what one of it would bring; None if none would."""
    left = [row for row in rows if not any(amounts.get(row, {}).values())]
    worths = [(max(outcomes.expected[row].values()), row) for row in left]
    most = max((worth for worth, _ in worths), default=0.0)
    if most <= 0:
        return None
    return next(row for worth, row in worths if worth == most), _decimal(most)


def _decimal(number: float) -> Decimal:
    return Decimal(repr(round(number, _PLACES)))
