"""What a game was worth: 0 to 100, in five parts, against its own seed's baseline and best game."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts import Lang
from b2bcourse.simulation.chance import fnv1a
from b2bcourse.simulation.measures import PARTS, finished, measure, share
from b2bcourse.simulation.reference import norm_of
from b2bcourse.simulation.words import WORDS, say, step_name

if TYPE_CHECKING:
    from b2bcourse.simulation.reference import Norm
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
    """The score in parts, each explained in the numbers that the player has seen, as plain data."""
    end = finished(state)
    earned = points(end)
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
                "text": _WHY[part](end, norm_of(end), lang),
            }
            for part, most in PARTS.items()
        ],
    }


def _profit(end: State, norm: Norm, lang: Lang) -> str:
    best, base = norm.best.profit, norm.base.profit
    return say(WORDS.why["profit"], lang, raw=end.profit, base=base, best=best)


def _trust(end: State, _norm: Norm, lang: Lang) -> str:
    customers = [(name, a) for name, a in end.accounts.items() if a.status == "signed"]
    if not customers:
        return say(WORDS.why["trust_none"], lang)
    told = ", ".join(f"{end.about(name).name[lang]} {a.trust_of_5}" for name, a in customers)
    return say(WORDS.why["trust"], lang, customers=told)


def _reading(end: State, _norm: Norm, lang: Lang) -> str:
    people = [person for a in end.accounts.values() for person in a.people.values()]
    noted = [person for person in people if person.note]
    if not noted:
        return say(WORDS.why["reading_none"], lang)
    return say(
        WORDS.why["reading"],
        lang,
        n=len(noted),
        roles=sum(set(each.note.roles) == set(each.roles) for each in noted),
        wishes=sum(set(each.note.interests) == set(each.wishes) for each in noted),
        fears=sum(each.note.fear == each.fear for each in noted),
    )


def _order(end: State, _norm: Norm, lang: Lang) -> str:
    steps = sum(len(account.steps_right) for account in end.accounts.values())
    early = "; ".join(
        f"{end.about(name).name[lang]} {', '.join(step_name(s, lang) for s in a.steps_wrong)}"
        for name, a in end.accounts.items()
        if a.steps_wrong
    )
    told = say(WORDS.why["order"], lang, n=steps)
    return f"{told} {say(WORDS.why['order_early'], lang, steps=early)}" if early else told


def _resources(end: State, norm: Norm, lang: Lang) -> str:
    days = end.data.turns * end.data.resources.time
    spent = sum(a.time for a in end.accounts.values() if a.status == "signed")
    best = round(norm.best.resources * days / 1000)
    return say(WORDS.why["resources"], lang, all=days, n=spent, best=best)


_WHY: Final = {
    "profit": _profit,
    "trust": _trust,
    "reading": _reading,
    "order": _order,
    "resources": _resources,
}
