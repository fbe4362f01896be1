"""What test-wise guessers earn: they know how questions are made and nothing of what they ask.

Each way of guessing looks at an option's place, length, words or id. On questions that are fair in
form none of them earns more than chance, and none earns less: a way that never hits tells what to
strike out.
"""

from __future__ import annotations

import re
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.facts.reading import read_words
from b2bcourse.facts.text import LANGS, Lang
from b2bcourse.items import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from b2bcourse.items.choice import ChoiceItem, Face

ERRORS: Final = 2.0
"""So many standard errors a way of guessing may lie from chance, over all single choices."""
ASSIGNMENT_LIMIT: Final = 0.15
"""What a way of guessing may earn of an assignment's points."""
TEST_MARGIN: Final = 0.05
"""So far above chance a way of guessing may come in a test that shows a gain."""
SEVERAL_LIMIT: Final = 0.15
"""What ticking all that sounds good may earn on average where several options are right."""
SOUNDS_GOOD: Final = "all that sound good"
_PLACES: Final = 7


class _Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    ko: tuple[str, ...]
    en: tuple[str, ...]

    def found(self, text: str, lang: Lang) -> list[str]:
        """Which of the phrases stand in a text."""
        if lang == "ko":
            return [phrase for phrase in self.ko if phrase in text]
        return [one for one in self.en if re.search(rf"\b{one}\b", text, re.IGNORECASE)]

    def counted(self, text: str, lang: Lang) -> int:
        """How many of the phrases stand in a text."""
        return len(self.found(text, lang))


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    absolute: _Phrases
    qualifier: _Phrases
    harsh: _Phrases


WORDS: Final = read_words(__package__, _Words, "testwise")


class Earned(Struct, frozen=True):
    """What a way of guessing earns over many single choices, beside chance.

    ``error`` is one standard error of what chance earns by the same number of options.
    """

    way: str
    items: int
    earned: float
    chance: float
    error: float

    @property
    def pays(self) -> bool:
        """Whether it lies further from chance than chance itself would take it."""
        return abs(self.earned - self.chance) > ERRORS * self.error + 1e-9


def ways() -> tuple[str, ...]:
    """The names of all ways of guessing."""
    return tuple(_WAYS)


def picked(face: Face, way: str) -> tuple[int, ...]:
    """The places of the options between which somebody wavers who guesses in that way."""
    return tuple(_WAYS[way](face))


def earned_by(item: ChoiceItem, way: str, lang: Lang) -> float | None:
    """What a way of guessing earns on a choice question; `None` where it has nothing to go by.

    In a single choice it is the mean over the options picked; of several, all of them are ticked.
    """
    kind = kind_of("choice")
    face, key = kind.face(item, lang), kind.key(item)
    places = picked(face, way)
    if not places:
        return None
    tries = [places] if item.several else [(place,) for place in places]
    scores = [
        kind.score(face, key, {"chosen": {face.options[place].id: 1 for place in tried}}).fraction
        for tried in tries
    ]
    return float(sum(scores) / len(scores))


def table(items: Iterable[ChoiceItem], lang: Lang) -> list[Earned]:
    """Every way of guessing over all single choices among the items, in one language."""
    singles = [item for item in items if not item.several]
    return [_over(singles, way, lang) for way in ways()]


def tables(items: Sequence[ChoiceItem]) -> dict[str, list[Earned]]:
    """`table` in each language."""
    return {lang: table(items, lang) for lang in LANGS}


def sounding_good(items: Iterable[ChoiceItem], lang: Lang) -> dict[str, float]:
    """What ticking all that sounds good earns on each question with several right options."""
    return {item.id: earned_by(item, SOUNDS_GOOD, lang) or 0.0 for item in items if item.several}


def of_points(
    points: Mapping[str, float], items: Mapping[str, Any], blind: Mapping[str, float], lang: Lang
) -> dict[str, float]:
    """What each way earns of an assignment's or a test's points.

    Args:
        points: item ids to their points; a way earns nothing of what a person grades.
        items: the authored items by id.
        blind: what a blind guess earns on each item, on average; that is what the ways earn
            where a way has nothing to go by: all but choice questions.
        lang: the language they are read in.
    """
    whole = sum(points.values())
    return {
        way: sum(worth * _earned(items[name], way, blind, lang) for name, worth in points.items())
        / whole
        for way in ways()
    }


def _earned(item: Any, way: str, blind: Mapping[str, float], lang: Lang) -> float:
    got = earned_by(item, way, lang) if item.kind == "choice" else None
    return blind.get(item.id, 0.0) if got is None else got


def _over(singles: Sequence[ChoiceItem], way: str, lang: Lang) -> Earned:
    earned, chance, variance, number = 0.0, 0.0, 0.0, 0
    for item in singles:
        got = earned_by(item, way, lang)
        if got is None:
            continue
        earned += got
        mean, spread = _by_chance(item, len(picked(kind_of("choice").face(item, lang), way)))
        chance, variance, number = chance + mean, variance + spread, number + 1
    count = max(1, number)
    return Earned(way, number, earned / count, chance / count, sqrt(variance) / count)


def _by_chance(item: ChoiceItem, picks: int) -> tuple[float, float]:
    """Mean and variance of what so many options, drawn blindly, are worth on average."""
    worth = [1.0 if one.verdict == "right" else one.part for one in item.options]
    number = len(worth)
    mean = sum(worth) / number
    spread = sum((each - mean) ** 2 for each in worth) / number
    return mean, spread / picks * (number - picks) / (number - 1)


def _most(face: Face, measure: Callable[[str], int]) -> list[int]:
    """The places of the options that have most of something, all of them where they are alike."""
    found = [measure(option.text) for option in face.options]
    return [place for place, each in enumerate(found) if each == max(found)]


def _place(number: int) -> Callable[[Face], list[int]]:
    return lambda face: [number] if number < len(face.options) else []


def _others(pick: Callable[[Face], list[int]]) -> Callable[[Face], list[int]]:
    """Strikes out what another way picks and wavers between the rest."""

    def rest(face: Face) -> list[int]:
        struck = pick(face)
        return [place for place in range(len(face.options)) if struck and place not in struck]

    return rest


def _without(face: Face, phrases: _Phrases) -> list[int]:
    return _most(face, lambda text: -phrases.counted(text, face.lang))


def _longest_careful(face: Face) -> list[int]:
    """The longest of the options without an absolute word."""
    careful = _without(face, WORDS.absolute)
    longest = max(len(face.options[place].text) for place in careful)
    return [place for place in careful if len(face.options[place].text) == longest]


def _called(face: Face, name: str) -> list[int]:
    return [place for place, option in enumerate(face.options) if option.id == name]


def _sounding_good(face: Face) -> list[int]:
    """Every option with no absolute and no harsh word; the least harsh where there is none."""
    harsh = [
        WORDS.absolute.counted(option.text, face.lang) + WORDS.harsh.counted(option.text, face.lang)
        for option in face.options
    ]
    return [place for place, each in enumerate(harsh) if each == min(harsh)]


_WAYS: Final[dict[str, Callable[[Face], list[int]]]] = {
    **{f"place {number + 1}": _place(number) for number in range(_PLACES)},
    "last place": lambda face: [len(face.options) - 1],
    **{f"not place {number + 1}": _others(_place(number)) for number in range(_PLACES)},
    "longest": lambda face: _most(face, len),
    "shortest": lambda face: _most(face, lambda text: -len(text)),
    "not longest": _others(lambda face: _most(face, len)),
    "not shortest": _others(lambda face: _most(face, lambda text: -len(text))),
    "no absolute word": lambda face: _without(face, WORDS.absolute),
    "longest without one": _longest_careful,
    "most qualified": lambda face: _most(
        face, lambda text: WORDS.qualifier.counted(text, face.lang)
    ),
    "first id": lambda face: _called(face, min(o.id for o in face.options)),
    "last id": lambda face: _called(face, max(o.id for o in face.options)),
    SOUNDS_GOOD: _sounding_good,
}
