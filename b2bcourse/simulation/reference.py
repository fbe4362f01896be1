"""What a seed's game is held against: a baseline, and the best game that a search finds for it."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from b2bcourse.simulation.engine import ENGINE, begin
from b2bcourse.simulation.measures import PARTS, Raw, finished, measure, share
from b2bcourse.simulation.policies import (
    NAIVE,
    TEXTBOOK,
    VARIANTS,
    Policy,
    Style,
    orders_of,
    play,
    random_turn,
    styled,
)
from b2bcourse.simulation.scenario import SHIPPED, digest_of, file_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bcourse.simulation.state import State

ON_FILE: Final = 200
"""Seeds from 0 up for which baseline and best game lie on file: those of the calibration."""


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


def norm(name: str, seed: int, engine: int = ENGINE) -> Norm:
    """The baseline and the best game found for a seed.

    The baseline of each part is the better of selling by price alone and doing nothing. The best
    game is, of all variants of the textbook and all orders of the sound customers, the one that
    comes nearest to the best that any of them reaches in every part.
    """
    start = begin(name, seed, engine)

    def ended(style: Style, order: tuple[str, ...] = ()) -> Raw:
        return measure(play(name, seed, styled(style, order), engine)[0])

    base = _better(ended(NAIVE["price-only"]), measure(finished(start)))
    orders = orders_of(start)
    games = [
        (ended(style, order), at, place)
        for at, style in enumerate(VARIANTS)
        for place, order in enumerate(orders)
    ]
    ideal = Raw(*(max(getattr(raw, part) for raw, _, _ in games) for part in PARTS))
    best, style, focus = max(games, key=lambda game: _worth(game[0], base, ideal))
    return Norm(base, best, style, focus)


def _better(one: Raw, other: Raw) -> Raw:
    return Raw(*(max(getattr(one, part), getattr(other, part)) for part in PARTS))


def _worth(raw: Raw, base: Raw, ideal: Raw) -> float:
    return sum(
        most * share(getattr(raw, part), getattr(base, part), getattr(ideal, part))
        for part, most in PARTS.items()
    )


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


def _digest(name: str) -> str:
    """What tells an author's scenario as it now is from what it was; the course's own stay."""
    if name in SHIPPED:
        return ""
    return digest_of(file_of(name))


_TRIED: Final[dict[str, Norms]] = {}
_SEARCHED: Final[dict[str, Norm]] = {}
_MOST_SEARCHED: Final = 20_000


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
    """The norm of a game's own seed: from the file, else searched for, and kept while this runs."""
    found = norms(state.scenario, state.engine)
    if found is not None and state.seed < len(found.seeds):
        return found.seeds[state.seed]
    key = f"{state.scenario} {_digest(state.scenario)} {state.engine} {state.seed}"
    if key not in _SEARCHED:
        if len(_SEARCHED) >= _MOST_SEARCHED:
            _SEARCHED.clear()
        _SEARCHED[key] = norm(state.scenario, state.seed, state.engine)
    return _SEARCHED[key]


def searched() -> dict[str, Norm]:
    """The norms that were searched for while this runs, by what they belong to."""
    return dict(_SEARCHED)


def remember(found: Mapping[str, Norm]) -> None:
    """Take norms that were searched for earlier, so that nobody has to wait for them again.

    Args:
        found: norms as `searched` gave them, of this very version of the kit.
    """
    _SEARCHED.update(found)


def reference(name: str, seed: int) -> Policy:
    """The best game found by search for a scenario and seed."""
    start = begin(name, seed)
    best = norm_of(start)
    return styled(VARIANTS[best.style], orders_of(start)[best.focus])


def policy(name: str, scenario: str, seed: int) -> Policy:
    """The policy of that name.

    Raises:
        KeyError: there is none.
    """
    if name == "random":
        return lambda state: random_turn(state, 1)
    if name == "reference":
        return reference(scenario, seed)
    return styled({"textbook": TEXTBOOK, **NAIVE}[name])


POLICIES: Final = ("random", *NAIVE, "textbook", "reference")
