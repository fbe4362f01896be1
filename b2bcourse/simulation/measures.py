"""What a game was worth, measured: money, trust, reading, order, use of one's days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.simulation.engine import step

if TYPE_CHECKING:
    from b2bcourse.simulation.state import Person, State

PARTS: Final = {"profit": 40, "trust": 20, "reading": 20, "order": 10, "resources": 10}
"""The parts and the points each can earn; together 100."""


class Raw(Struct, frozen=True, array_like=True):
    """A game's measures: million won, points of trust, of reading, steps, thousandths of time."""

    profit: int
    trust: int
    reading: int
    order: int
    resources: int


def measure(state: State) -> Raw:
    """A game's measures as it stands."""
    data, accounts = state.data, state.accounts.values()
    customers = [account for account in accounts if account.status == "signed"]
    days = data.turns * data.resources.time
    steps = sum(len(each.steps_right) - 2 * len(each.steps_wrong) for each in accounts)
    return Raw(
        profit=state.profit,
        trust=sum(each.trust for each in customers),
        reading=sum(reading(person) for each in accounts for person in each.people.values()),
        order=max(0, steps),
        resources=1000 * sum(each.time for each in customers) // days,
    )


def reading(person: Person) -> int:
    """What a note on a person is worth: a point for all that is right, one less for all else."""
    note = person.note
    roles = _right(note.roles, person.roles)
    wishes = _right(note.interests, person.wishes)
    fear = int(note.fear == person.fear) - int(note.fear != person.fear) if note.fear else 0
    return max(0, roles) + max(0, wishes) + max(0, fear)


def _right(noted: tuple[str, ...], true: tuple[str, ...]) -> int:
    return sum(1 if each in true else -1 for each in noted)


def finished(state: State) -> State:
    """The game played to its end with nothing done in the turns that are left."""
    while not state.over:
        state, _ = step(state, [])
    return state


def share(raw: int, base: int, best: int) -> float:
    """How far a measure has come from the baseline to the best, from 0 to 1."""
    if best <= base:
        return 1.0 if raw >= best and raw > 0 else 0.0
    return min(1.0, max(0.0, (raw - base) / (best - base)))
