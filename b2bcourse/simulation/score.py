"""What a game was worth: 0 to 100, in five parts, against its own seed's baseline and best game."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from b2bcourse.facts import Lang
from b2bcourse.simulation.chance import fnv1a
from b2bcourse.simulation.engine import step
from b2bcourse.simulation.scenario import SHIPPED, digest_of, file_of
from b2bcourse.simulation.words import WORDS, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.simulation.state import Person, State

PARTS: Final = {"profit": 40, "trust": 20, "reading": 20, "order": 10, "resources": 10}
"""The parts and the points each can earn; together 100."""

SEEDS: Final = 200
"""Seeds from 0 up for which baseline and best game are on file; students' seeds are among them."""


class Raw(Struct, frozen=True, array_like=True):
    """A game's measures: million won, points of trust, of reading, steps, thousandths of time."""

    profit: int
    trust: int
    reading: int
    order: int
    resources: int


class Norm(Struct, frozen=True, array_like=True):
    """What a seed's score is measured between; ``style`` and ``focus`` name the best game found."""

    base: Raw
    best: Raw
    style: int
    focus: int


class Norms(Struct, frozen=True):
    """The norms of a scenario under one version of the rules, a seed each from 0."""

    scenario: str
    engine: int
    seeds: tuple[Norm, ...]


def seed_for(name: str) -> int:
    """A student's own seed: the same for the same name on every machine."""
    return fnv1a(unicodedata.normalize("NFC", name).strip().casefold()) % SEEDS


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


def norms(name: str, engine: int) -> Norms | None:
    """The norms on file for a scenario; `None` where there are none for that version.

    An author's own are those of her scenario as it now is: a change of it needs new ones.
    """
    if name in _TRIED:
        return _TRIED[name]
    path = norms_file(name, engine)
    return _norms(path) if path.is_file() else None


@lru_cache(maxsize=16)
def _norms(path: Path) -> Norms:
    return msgspec.json.decode(path.read_bytes(), type=Norms)


def norms_file(name: str, engine: int) -> Path:
    """Where a scenario's norms lie; an author's own are named by the digest of the scenario."""
    if name in SHIPPED:
        folder = Path(str(resources.files("b2bcourse.simulation"))) / "norms"
        return folder / f"{name}-{engine}.json"
    path = file_of(name)
    return path.with_name(f"{path.stem}-{engine}-{digest_of(path)}.json")


_TRIED: Final[dict[str, Norms]] = {}


@contextmanager
def trying(found: Norms) -> Iterator[None]:
    """Hold games against norms of a few seeds only, to see how a scenario plays."""
    _TRIED[found.scenario] = found
    try:
        yield
    finally:
        del _TRIED[found.scenario]


def forget_norms() -> None:
    """Read norms anew: their files have changed."""
    _norms.cache_clear()


def norm_of(state: State) -> Norm:
    """The norm of a game's seed; a seed outside the range has that of its remainder."""
    found = norms(state.scenario, state.engine)
    if found is None:
        return Norm(Raw(0, 0, 0, 0, 0), Raw(100, 100, 20, 20, 500), 0, 0)
    return found.seeds[state.seed % len(found.seeds)]


def share(raw: int, base: int, best: int) -> float:
    """How far a measure has come from the baseline to the best, from 0 to 1."""
    if best <= base:
        return 1.0 if raw >= best and raw > 0 else 0.0
    return min(1.0, max(0.0, (raw - base) / (best - base)))


def points(state: State) -> dict[str, float]:
    """The points of each part; a game that is not finished counts as if nothing more were done."""
    end = finished(state)
    raw, norm = measure(end), norm_of(end)
    return {
        part: most * share(getattr(raw, part), getattr(norm.base, part), getattr(norm.best, part))
        for part, most in PARTS.items()
    }


def result(state: State, lang: Lang) -> dict[str, Any]:
    """The score in parts, each explained, as plain data."""
    end = finished(state)
    raw, norm, earned = measure(end), norm_of(end), points(end)
    return {
        "points": round(sum(earned.values())),
        "of": sum(PARTS.values()),
        "finished": state.over,
        "parts": [
            {
                "id": part,
                "name": say(WORDS.part[part], lang),
                "points": round(earned[part], 1),
                "of": most,
                "text": say(
                    WORDS.why[part],
                    lang,
                    raw=str(getattr(raw, part)),
                    base=str(getattr(norm.base, part)),
                    best=str(getattr(norm.best, part)),
                ),
            }
            for part, most in PARTS.items()
        ],
    }
