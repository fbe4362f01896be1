"""What the board tells beside the bare state: moods, what was said, the road, the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.simulation.acts import AGREES
from b2bcourse.simulation.voices import voice
from b2bcourse.simulation.words import WORDS, clues, person_name, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.simulation.state import Account, Person, State

LEANS: Final = 3
"""The support from which a person leans to one side."""
_BEGINS: Final = date(2026, 9, 7)
"""The Monday on which every game begins; only its month is shown."""
_TURN: Final = timedelta(days=14)
_SPOKE: Final = (
    "shuts_gate",
    "stopped",
    "touched",
    "reassured",
    "reassured_wrongly",
    "untouched",
    "heard",
    "reference_counts",
    "tried",
    "met_again",
    "met",
)
"""The events after which a person has something to say, the most telling first."""


def mood(person: Person, lang: Lang) -> str:
    """How a person who was met looks at us, in a word; empty for one who was not."""
    if not person.met:
        return ""
    if person.stopped_us and person.support < 0:
        return say(WORDS.mood["shut"], lang)
    if person.met > 1 and person.fear and not person.reassured and person.support < LEANS:
        return say(WORDS.mood["worried"], lang)
    bands = ((AGREES, "won"), (LEANS, "warm"), (1 - LEANS, "even"), (1 - AGREES, "cool"))
    name = next((name for least, name in bands if person.support >= least), "against")
    return say(WORDS.mood[name], lang)


def quote(state: State, account: str, person: str, lang: Lang) -> str:
    """What a person who was met says now; empty where nothing is to be heard."""
    here = state.accounts[account].people[person]
    if not here.met:
        return ""
    own = voice(state, account, person)
    if here.support >= AGREES and own.warm is not None:
        return f"«{own.warm[lang]}»"
    if here.support <= -LEANS and own.cold is not None:
        return f"«{own.cold[lang]}»"
    heard = [clue["text"] for clue in clues(state, account, person, lang) if clue["kind"] == "wish"]
    return heard[-1] if heard else ""


def said(state: State, account: str, lang: Lang) -> dict[str, str] | None:
    """Who spoke at a customer last turn, and in what words; `None` where nobody did."""
    spoke = [
        (_SPOKE.index(event.name), event.person)
        for event in state.happened
        if event.account == account and event.person and event.name in _SPOKE
    ]
    for _, person in sorted(spoke):
        text = quote(state, account, person, lang)
        if text:
            about = state.data.person(account, person)
            return {
                "person": person,
                "name": person_name(state.data, account, person, lang),
                "title": about.title[lang],
                "text": text,
            }
    return None


def road(state: State, account: str, lang: Lang) -> list[dict[str, Any]]:
    """The ten steps at a customer: walked, skipped, where one stands, or ahead."""
    here = state.accounts[account]
    done = {_number(step) for step in here.steps_right} | {_number(s) for s in here.steps_wrong}
    skipped = {number for number in range(1, here.step) if number not in done}
    skipped -= _needless(state, account)
    return [
        {
            "number": number,
            "name": say(WORDS.short[name], lang),
            "state": "skipped"
            if number in skipped
            else "now"
            if number == here.step
            else "walked"
            if number < here.step
            else "ahead",
        }
        for number, name in enumerate(WORDS.short, start=1)
    ]


_OF_STEP: Final = {
    "search": 1,
    "map": 2,
    "needs": 3,
    "relay": 4,
    "offer": 5,
    "feedback": 6,
    "negotiate": 7,
    "test": 8,
    "contract": 9,
    "order": 9,
    "care": 10,
}


def _number(step: str) -> int:
    return _OF_STEP[step.partition(" ")[0]]


def _needless(state: State, account: str) -> set[int]:
    """Steps that this customer does not need, as far as one can know."""
    here, data = state.accounts[account], state.about(account)
    known = "performance" in here.probed
    needless = set() if known and here.performance < here.target else {4}
    if not data.asks or not here.asked:
        needless.add(6)
    if not data.tests:
        needless.add(8)
    return needless


def relations(state: State, account: str, lang: Lang) -> list[dict[str, str]]:
    """The lines of a customer's map, as far as one has learnt of them.

    A line from the empty name is our own: whom we met, whom oftenest and best, and who holds us
    back. The others lead from who listens to who is listened to.
    """
    people = state.accounts[account].people
    closest = _closest(people)
    own = [
        _line("", name, "holds", say(WORDS.tie["holds"], lang))
        if _holds_back(here)
        else _line("", name, "closest", say(WORDS.tie["met"], lang, n=here.met))
        if name == closest
        else _line("", name, "met", "")
        for name, here in people.items()
        if here.met or _holds_back(here)
    ]
    ears = [
        _line(name, ear, "listens", say(WORDS.tie["listens"], lang))
        for name, here in people.items()
        if here.met > 1
        for ear in state.data.person(account, name).ear
    ]
    return [*own, *ears]


def _holds_back(person: Person) -> bool:
    """Whether this person is known to have stopped us and has not been won over since."""
    return person.stopped_us and (not person.met or person.support < 0)


def _closest(people: Mapping[str, Person]) -> str:
    """Who was met more often than once and speaks best of us; empty where nobody is near."""
    near = [name for name, here in people.items() if here.met > 1 and here.support > 0]
    return max(near, key=lambda name: people[name].support, default="")


def _line(source: str, target: str, kind: str, text: str) -> dict[str, str]:
    return {"from": source, "to": target, "kind": kind, "text": text}


def promises(account: Account, lang: Lang) -> str:
    """What was promised beyond what is so and has not come out yet; empty where nothing was."""
    return say(WORDS.promised, lang, n=account.promises) if account.promises else ""


def calendar(state: State, lang: Lang) -> dict[str, Any]:
    """The months of the game by turn, and what is due when."""
    turns = state.data.turns
    months = [(_BEGINS + (turn - 1) * _TURN).month for turn in range(1, turns + 1)]
    dues = [
        {"turn": order.due, "account": name, "own": True, "text": _due(state, name, lang)}
        for name, account in state.accounts.items()
        for order in account.making
        if state.turn <= order.due <= turns
    ]
    coming = [
        {"turn": turn, "account": name, "own": False, "text": _ready(state, name, lang)}
        for name, account in state.accounts.items()
        for turn in account.relays
        if state.turn <= turn <= turns
    ]
    return {
        "months": [
            {"turn": turn, "name": say(WORDS.month[str(month)], lang)}
            for turn, month in enumerate(months, start=1)
            if turn == 1 or month != months[turn - 2]
        ],
        "dues": sorted((*dues, *coming), key=lambda each: each["turn"]),
    }


def _due(state: State, account: str, lang: Lang) -> str:
    return say(WORDS.due, lang, account=state.about(account).name[lang])


def _ready(state: State, account: str, lang: Lang) -> str:
    return say(WORDS.ready, lang, account=state.about(account).name[lang])


def initials(name: str, lang: Lang) -> str:
    """What stands in a person's circle: the given name, or two initials."""
    if lang == "ko":
        return name[1:] if len(name) > 2 else name  # noqa: PLR2004 - a name without its surname
    return "".join(part[0] for part in name.replace("-", " ").split()[:2])
