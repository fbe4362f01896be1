"""What a game was worth: 0 to 100, in five parts, against its own seed's baseline and best game."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts import Lang
from b2bcourse.simulation.chance import fnv1a
from b2bcourse.simulation.measures import PARTS, finished, measure, share
from b2bcourse.simulation.reference import norm_of
from b2bcourse.simulation.words import WORDS, say

if TYPE_CHECKING:
    from b2bcourse.simulation.state import State

SEEDS: Final = 10_000
"""So many seeds a student's own is drawn from."""


def seed_for(name: str, item: str = "") -> int:
    """A student's own seed for an item: the same for the same name on every machine.

    Another item draws another seed, so that nobody has played in practice what is graded.
    """
    told = f"{item}\n{unicodedata.normalize('NFC', name).strip().casefold()}"
    return fnv1a(told) % SEEDS


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
