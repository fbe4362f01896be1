"""Pairs with more equal mistakes than chance gives: to look at, never to accuse by.

The class is shuffled: each student keeps the number of mistakes, and each mistake the number of
students who made it. What pairs share in such a class they share by chance. A pair is told only
where not one in a hundred shuffled classes has any pair that stands out as much, so that looking
at all pairs at once costs no false alarms (Westfall and Young's max-T).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from b2bcourse.items.simulation.journal import read as read_journal
from b2bcourse.report.marks import exercise_of, moves_of, wrong_marks
from b2bcourse.simulation import step
from b2bcourse.simulation.reference import POLICIES, policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from b2bcourse.report.seen import Answer, ClassSeen, Exercise, Pupil

    Table = NDArray[np.bool_]
    Counts = NDArray[np.int64]

FEWEST: Final = 6
"""Fewer equal mistakes are never told."""
CLASSES: Final = 499
_CLASSES_OF_MANY: Final = 199
_MANY: Final = 60
ONE_IN: Final = 100
SHOWN: Final = 3
_ROUNDS: Final = 2
"""So often everybody trades mistakes with somebody between one shuffled class and the next."""
_FIRST_ROUNDS: Final = 60
_LEAST_VARIANCE: Final = 0.25


@dataclass(frozen=True)
class Pair:
    """Two students with equal mistakes.

    Attributes:
        one, other: who.
        common: how many mistakes both made.
        of: how many each made.
        exercise: the exercise with most of them.
        usual: how many other pairs share on average, and the most.
        counts: how many pairs share so many, by number.
    """

    one: Pupil
    other: Pupil
    common: int
    of: tuple[int, int]
    exercise: Exercise
    usual: tuple[float, int]
    counts: Mapping[int, int]


@dataclass(frozen=True)
class SameGame:
    """Students whose games are equal move for move."""

    exercise: Exercise
    pupils: tuple[Pupil, ...]


@dataclass(frozen=True)
class BuiltIn:
    """A game that is played as one of the kit's own policies would, from the first turn on.

    ``policy`` is its name; the policies are public, as the whole game is.
    """

    exercise: Exercise
    pupil: Pupil
    policy: str


def pairs(seen: ClassSeen) -> list[Pair]:
    """The pairs that stand out, the most equal first."""
    marks = [(pupil, wrong_marks(pupil, seen.exercises)) for pupil in seen.present]
    # An order that depends on what was answered alone: the same class gives the same page,
    # whatever its students are called.
    made = sorted((one for one in marks if one[1]), key=lambda one: sorted(one[1]))
    found = standing_out([mistakes for _, mistakes in made])
    shared = _shared([mistakes for _, mistakes in made])
    told = [_pair(seen, made[i], made[j], shared, found) for i, j in found]
    return sorted(told, key=lambda pair: (-pair.common, pair.one.name, pair.other.name))


def same_games(seen: ClassSeen) -> list[SameGame]:
    """Games that several students played alike from the first move to the last."""
    found = []
    for exercise in seen.exercises:
        if exercise.question and exercise.question.item.kind == "simulation":
            alike: dict[str, list[Pupil]] = {}
            for pupil, answer in seen.scored(exercise):
                alike.setdefault(moves_of(answer), []).append(pupil)
            found += [
                SameGame(exercise, tuple(pupils))
                for moves, pupils in alike.items()
                if moves and len(pupils) > 1
            ]
    return found


def built_in_games(seen: ClassSeen) -> list[BuiltIn]:
    """Games that a policy of the kit's own plays: somebody has had a program play."""
    return [
        BuiltIn(exercise, pupil, name)
        for exercise in seen.exercises
        if exercise.question and exercise.question.item.kind == "simulation"
        for pupil, answer in seen.scored(exercise)
        if moves_of(answer) and (name := _policy_of(answer))
    ]


def _policy_of(answer: Answer) -> str:
    """The name of the policy whose game it is; empty where it is nobody's."""
    journal, _ = read_journal(answer.value)
    assert journal is not None  # `moves_of` has read it
    for name in POLICIES:
        play = policy(name, journal.scenario, journal.seed)
        if all(
            step(before, play(before))[0] == after for before, after in pairwise(journal.states)
        ):
            return name
    return ""


def standing_out(mistakes: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """The pairs of places in a list of students' mistakes that share more than chance gives.

    Args:
        mistakes: what each student got wrong.
    """
    table = _table(mistakes)
    if len(mistakes) < 2 or _most(table) < FEWEST:  # noqa: PLR2004 - a pair
        return []
    shuffled = _shuffled_counts(table)
    mean, variance = shuffled.mean(axis=0), shuffled.var(axis=0)
    scale = np.sqrt(np.maximum(variance, _LEAST_VARIANCE))
    places = np.triu_indices(len(mistakes), 1)
    observed = _scored(_common(table)[places][None, :], mean, scale)[0]
    highest = _scored(shuffled, mean, scale).max(axis=1)
    as_high = (highest[None, :] >= observed[:, None]).sum(axis=1)
    rare = (as_high + 1) / (len(highest) + 1) < 1 / ONE_IN
    chosen = np.flatnonzero(rare & (observed > 0))
    return [(int(places[0][at]), int(places[1][at])) for at in chosen]


def _scored(counts: Counts, mean: Counts, scale: Counts) -> NDArray[np.float64]:
    """How far pairs stand out; those that share too few to be told not at all."""
    far: NDArray[np.float64] = np.where(counts >= FEWEST, (counts - mean) / scale, 0.0)
    return far


def _table(mistakes: Sequence[frozenset[str]]) -> Table:
    """Students by the mistakes that any two of them may share; one's own tell nothing of pairs."""
    made_by = Counter(name for made in mistakes for name in made)
    names = sorted(name for name, count in made_by.items() if count > 1)
    rows = [[name in made for name in names] for made in mistakes]
    return np.array(rows, dtype=bool).reshape(len(mistakes), len(names))


def _common(table: Table) -> Counts:
    # Whole numbers in floating point: the library that multiplies them is many times as fast.
    number = table.astype(np.float32)
    made: Counts = np.rint(number @ number.T).astype(np.int64)
    return made


def _most(table: Table) -> int:
    common = _common(table)
    np.fill_diagonal(common, 0)
    return int(common.max())


def _shuffled_counts(table: Table) -> Counts:
    """What every pair shares, in each of many shuffled classes."""
    chance = np.random.default_rng(_seed(table))
    classes = CLASSES if len(table) <= _MANY else _CLASSES_OF_MANY
    places = np.triu_indices(len(table), 1)
    current, counts = table.copy(), []
    for number in range(classes):
        for _ in range(_ROUNDS if number else _FIRST_ROUNDS):
            current = _traded(current, chance)
        counts.append(_common(current)[places].astype(np.int16))
    return np.array(counts)


def _seed(table: Table) -> int:
    digest = hashlib.sha256(repr(table.shape).encode() + np.packbits(table).tobytes()).digest()
    return int.from_bytes(digest[:8], "big")


def _traded(table: Table, chance: np.random.Generator) -> Table:
    """Everybody trades with one other: what only one of two has is dealt out between them anew.

    Each keeps as many as before, and each mistake stays as frequent: Strona and others' curveball
    (2014), all pairs at once.
    """
    order = chance.permutation(len(table))
    half = len(order) // 2
    one, other = order[:half], order[half : 2 * half]
    first, second = table[one], table[other]
    differ = first ^ second
    # Of the lots of what they differ in the first takes the lowest, as many as it had.
    lots = np.where(differ, chance.random(differ.shape), 2.0)
    mine = (first & ~second).sum(axis=1)
    ranked = np.column_stack([np.full(half, -1.0), np.sort(lots, axis=1)])
    dealt = lots <= ranked[np.arange(half), mine][:, None]
    traded = table.copy()
    traded[one] = np.where(differ, dealt, first)
    traded[other] = np.where(differ, ~dealt, second)
    return traded


def _shared(mistakes: Sequence[frozenset[str]]) -> dict[tuple[int, int], int]:
    common = _common(_table(mistakes)) if mistakes else np.zeros((0, 0), dtype=np.int64)
    return {(i, j): int(common[i, j]) for i, j in combinations(range(len(mistakes)), 2)}


def _pair(
    seen: ClassSeen,
    one: tuple[Pupil, frozenset[str]],
    other: tuple[Pupil, frozenset[str]],
    shared: Mapping[tuple[int, int], int],
    found: Sequence[tuple[int, int]],
) -> Pair:
    common = one[1] & other[1]
    numbers = Counter(exercise_of(mark) for mark in common)
    most = min(numbers, key=lambda number: (-numbers[number], number))
    usual = [count for pair, count in shared.items() if pair not in found]
    first, second = sorted((one, other), key=lambda each: each[0].name)
    return Pair(
        one=first[0],
        other=second[0],
        common=len(common),
        of=(len(first[1]), len(second[1])),
        exercise=next(each for each in seen.exercises if each.number == most),
        usual=(sum(usual) / len(usual), max(usual)) if usual else (0.0, 0),
        counts=Counter(usual),
    )
