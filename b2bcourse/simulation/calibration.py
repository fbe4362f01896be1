"""Holding the game against itself: the norms of every seed, and how far ways of playing get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, structs

from b2bcourse.simulation.engine import ENGINE, begin, step
from b2bcourse.simulation.measures import PARTS
from b2bcourse.simulation.moves import COSTS
from b2bcourse.simulation.policies import TEXTBOOK, Style, play, styled
from b2bcourse.simulation.reference import ON_FILE, POLICIES, Norms, norm, policy
from b2bcourse.simulation.score import points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from b2bcourse.simulation.state import State

EXPLOITS: Final = {
    "promises everything": structs.replace(TEXTBOOK, honest=False),
    "claims what is not so": structs.replace(TEXTBOOK, truthful=False),
    "skips pilots": structs.replace(TEXTBOOK, pilots=False),
    "pushes one-sided deals": structs.replace(TEXTBOOK, aim=7),
    "signs and leaves": structs.replace(TEXTBOOK, serve=False),
    "works everywhere": structs.replace(TEXTBOOK, focus=4, credit=False),
    "cuts deep as well": structs.replace(TEXTBOOK, cut=15),
    "never meets twice": structs.replace(TEXTBOOK, meets=1),
    "answers no worry": structs.replace(TEXTBOOK, reassure=False),
}
"""The textbook's way with one lesson left out or turned round."""


class Row(Struct, frozen=True):
    """How a way of playing does in a scenario: mean and its standard error, of 100."""

    scenario: str
    policy: str
    mean: float
    error: float
    parts: dict[str, float]


def make_norms(
    name: str,
    report: Callable[[int, int], None] = lambda _done, _of: None,
    seeds: int = ON_FILE,
) -> Norms:
    """The norms of a scenario for every seed on file; ``report`` hears how many are done."""
    found = []
    for seed in range(seeds):
        found.append(norm(name, seed))
        report(seed + 1, seeds)
    return Norms(name, ENGINE, tuple(found))


def row(name: str, label: str, games: Iterable[State]) -> Row:
    """Mean score and parts of some games."""
    earned = [points(game) for game in games]
    totals = [sum(each.values()) for each in earned]
    count = len(totals)
    mean = sum(totals) / count
    spread = sum((each - mean) ** 2 for each in totals) / max(1, count - 1)
    parts = {part: sum(each[part] for each in earned) / count for part in PARTS}
    return Row(name, label, mean, (spread / count) ** 0.5, parts)


def table(name: str, seeds: Iterable[int], labels: Iterable[str] = POLICIES) -> list[Row]:
    """How the policies do in a scenario."""
    listed = list(seeds)
    return [
        row(name, label, (play(name, seed, policy(label, name, seed))[0] for seed in listed))
        for label in labels
    ]


def exploits(name: str, seeds: Iterable[int]) -> list[Row]:
    """How those do who leave one lesson of the textbook out."""
    listed = list(seeds)
    return [
        row(name, label, (play(name, seed, styled(style))[0] for seed in listed))
        for label, style in EXPLOITS.items()
    ]


def repeated(name: str, seeds: Iterable[int]) -> Row:
    """The best that repeating one move, turn after turn, gets anywhere."""
    listed = list(seeds)
    rows = [
        row(name, f"only {move['do']}", (_repeat(name, seed, move) for seed in listed))
        for move in single_moves(name)
    ]
    return max(rows, key=lambda each: each.mean)


def _repeat(name: str, seed: int, move: dict[str, Any]) -> State:
    state = begin(name, seed)
    while not state.over:
        state, _ = step(state, [move] * 8)
    return state


def single_moves(name: str) -> list[dict[str, Any]]:
    """One move of every kind for the first customer and the first of its people."""
    account = next(iter(begin(name, 0).accounts.items()))
    fields: dict[str, Any] = {
        "person": next(iter(account[1].people)),
        "what": "price",
        "fear": "job",
        "cut": 5,
        "visits": 2,
        "opening": 2,
        "reserve": 15,
        "order": 1,
        "persons": list(account[1].people)[:3],
        "roles": ["user"],
        "messages": [{"person": each, "benefit": "cost_saving"} for each in account[1].people][:3],
    }
    found = []
    for cost_name in COSTS:
        do, _, variant = cost_name.partition(" ")
        chosen = {"how": variant or "honest", "which": variant}
        found.append({"do": do, "account": account[0], **fields, **chosen})
    return found


def climbed(name: str, seeds: Iterable[int], judged_on: Iterable[int]) -> tuple[Style, Row]:
    """The best exploit that a search finds: a style that keeps one lesson turned round.

    From each of `EXPLOITS`, all other traits are changed one at a time as long as it pays on the
    seeds of the search; the best of what is found is then played on the seeds it is judged on.
    """
    listed, judging = list(seeds), list(judged_on)
    found = {_climb(name, listed, start) for start in EXPLOITS.values()}
    rows = [
        (style, row(name, "exploit", (play(name, seed, styled(style))[0] for seed in judging)))
        for style in sorted(found, key=repr)
    ]
    return max(rows, key=lambda pair: pair[1].mean)


def _climb(name: str, seeds: list[int], style: Style) -> Style:
    pinned = {trait for trait in _CHANGES if getattr(style, trait) != getattr(TEXTBOOK, trait)}
    if "aim" in pinned:
        pinned.add("cut")  # the cut on offer bounds how low one can open

    def tried(each: Style) -> Row:
        return row(name, "exploit", (play(name, seed, styled(each))[0] for seed in seeds))

    best = tried(style)
    for trait, values in _CHANGES.items():
        for value in values if trait not in pinned else ():
            other = structs.replace(style, **{trait: value})
            gained = tried(other) if other != style else best
            if gained.mean > best.mean:
                style, best = other, gained
    return style


_CHANGES: Final[dict[str, tuple[Any, ...]]] = {
    "focus": (1, 2, 3, 4),
    "credit": (True, False),
    "meets": (0, 1, 2),
    "needs": (True, False),
    "messages": ("wish", "dump", "none"),
    "offers": (1, 2, 3, 4),
    "demo": (True, False),
    "reference": (True, False),
    "reassure": (True, False),
    "honest": (True, False),
    "cut": (0, 5, 10, 15),
    "aim": (0, 2, 3, 4, 6),
    "pilots": (True, False),
    "serve": (True, False),
    "truthful": (True, False),
    "notes": (True, False),
}
