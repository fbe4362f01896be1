"""After the game: what was believed and what was true, where value arose, what mattered most."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct, structs

from b2bcourse.facts import Lang
from b2bcourse.simulation.engine import ENGINE, replay, step
from b2bcourse.simulation.measures import finished, reading
from b2bcourse.simulation.moves import FREE, STEPS, Move, moves_of, read_move
from b2bcourse.simulation.policies import TEXTBOOK, play_turn
from b2bcourse.simulation.score import points, result
from b2bcourse.simulation.state import Event, Note, Person, State
from b2bcourse.simulation.view import notches
from b2bcourse.simulation.words import (
    WORDS,
    benefit_name,
    event_text,
    event_words,
    move_text,
    person_name,
    say,
)

TURNING_POINTS: Final = 3
TRIED: Final = 48
"""So many single moves are left out at most, one replay each."""
_MATTERS: Final = 1.0
_TOLD: Final = 3
_GONE: Final = frozenset({"lost", "bankrupt", "given_up"})
_LESSONS: Final = {
    1: "05-ten-steps-to-the-offer",
    2: "02-decision-unit",
    3: "05-ten-steps-to-the-offer",
    4: "05-ten-steps-to-the-offer",
    5: "04-benefit-matrix",
    6: "06-ten-steps-from-feedback",
    7: "06-ten-steps-from-feedback",
    8: "06-ten-steps-from-feedback",
    9: "06-ten-steps-from-feedback",
    10: "06-ten-steps-from-feedback",
}
_LESSON_OF: Final = {
    "credit": "08-choosing-customers",
    "give_up": "08-choosing-customers",
    "reassure": "02-decision-unit",
    "demo": "02-decision-unit",
    "reference": "02-decision-unit",
    "expand": "07-value-cycle",
}
_FACTS: Final = {
    "search": "ten.1.3",
    "credit": "sel.1.3",
    "map": "msg.5",
    "partner": "ten.2.4",
    "give_up": "ten.2.4",
    "probe": "ten.3.1",
    "relay": "ten.4.2",
    "offer": "mx.2",
    "demo": "msg.4",
    "reference": "msg.3",
    "reassure": "msg.5",
    "answer": "ten.6.1",
    "negotiate": "ten.7.1",
    "test": "ten.8.1",
    "contract": "ten.8.5",
    "accept": "ten.9.3",
    "decline": "ten.9.3",
    "care": "ten.10.1",
    "watch": "ten.10.1",
    "fix": "ten.10.4",
    "expand": "vc.6.1",
    "note": "mx.2",
}
_TRUST_WORTH: Final = 5
"""So many points of trust count as one million won where the two are shown as one."""


class Change(Struct, frozen=True):
    """A game replayed with one thing changed in a turn, and the points that the change is worth."""

    turn: int
    move: Move | None
    instead: tuple[Move, ...]
    gain: float


def debrief(
    name: str, seed: int, turns: Sequence[Any], lang: Lang, engine: int = ENGINE
) -> dict[str, Any]:
    """Everything that a page after the game shows, as plain data.

    Args:
        name: the scenario.
        seed: the game's seed.
        turns: the turns played, as in a journal.
        lang: the language of all texts.
        engine: the version of the rules.
    """
    states = replay(name, seed, turns, engine)
    played = list(turns)[: len(states) - 1]
    end, found = states[-1], changes(states, played)
    told = [_turning_point(states, change, lang) for change in found]
    return {
        "title": end.data.title[lang],
        "turn": len(played),
        "result": result(end, lang),
        "people": _people(end, lang),
        "value": [_value(before, after, lang) for before, after in pairwise(states)],
        "turning_points": told,
        "accounts": [_account(end, account, lang) for account in end.accounts],
        "lessons": _lessons(states, told, lang),
        "questions": [say(WORDS.talk[each], lang) for each in _questions(end)],
        "reasons": [_reason(turn) for turn in played],
    }


def changes(states: Sequence[State], turns: Sequence[Any]) -> list[Change]:
    """The changes of one decision that would have moved the score most, in the order of turns.

    A move is left out or done the other way, and a turn is played once as the textbook would have;
    everything else stays as it was, luck included. What must be done in any case (looking into a
    customer, tests, the contract) is not tried: that it matters goes without saying.
    """
    if len(states) == 1:
        return []
    before = _total(states[-1])
    found = [*_otherwise(states, turns, before), *_by_the_book(states, turns, before)]
    chosen: list[Change] = []
    for change in sorted(found, key=lambda change: -abs(change.gain)):
        fresh = all(_differ(change, each) for each in chosen)
        if fresh and abs(change.gain) >= _MATTERS and len(chosen) < TURNING_POINTS:
            chosen.append(change)
    return sorted(chosen, key=lambda change: change.turn)


def _differ(one: Change, other: Change) -> bool:
    """Two changes of the same turn, or of the same kind, would tell the same story twice."""
    return one.turn != other.turn and _kind(one) != _kind(other)


def _kind(change: Change) -> str:
    return change.move.do if change.move else "turn"


def _total(state: State) -> float:
    return sum(points(state).values())


def _otherwise(states: Sequence[State], turns: Sequence[Any], before: float) -> list[Change]:
    """The game with one of its moves done otherwise, for as many moves as there is time to try."""
    spots = [
        (number, at, move)
        for number, turn in enumerate(turns)
        for at, raw in enumerate(moves_of(turn) or [])
        if (move := read_move(raw)) is not None and move.do in _CHOICES
    ]
    found = []
    for number, at, move in spots[:: max(1, -(-len(spots) // TRIED))]:
        moves = list(moves_of(turns[number]) or [])
        other = _other_way(move)
        changed = [*moves[:at], *other, *moves[at + 1 :]]
        end = _played(states[number], [changed, *turns[number + 1 :]])
        found.append(Change(number + 1, move, other, _total(end) - before))
    return found


_CHOICES: Final = frozenset(
    {
        "map",
        "partner",
        "give_up",
        "relay",
        "offer",
        "demo",
        "reference",
        "reassure",
        "answer",
        "accept",
        "decline",
        "care",
        "watch",
        "fix",
        "expand",
    }
)
_FLIPPED: Final = {
    "answer": {"honest": "promise", "promise": "honest"},
    "fix": {"joint": "alone", "alone": "joint"},
}
_ORDERS: Final = {"accept": "decline", "decline": "accept"}


def _other_way(move: Move) -> tuple[Move, ...]:
    """The move done the other way; nothing where the other way is to leave it."""
    if move.do in _FLIPPED and move.how in _FLIPPED[move.do]:
        return (structs.replace(move, how=_FLIPPED[move.do][move.how]),)
    if move.do in _ORDERS:
        return (structs.replace(move, do=_ORDERS[move.do]),)
    return ()


def _by_the_book(states: Sequence[State], turns: Sequence[Any], before: float) -> list[Change]:
    """The game with one turn as the textbook would have played it."""
    found = []
    for number in range(len(turns)):
        book = play_turn(states[number], TEXTBOOK)
        end = _played(states[number], [book, *turns[number + 1 :]])
        timed = tuple(move for move in book if move.do not in FREE)
        found.append(Change(number + 1, None, timed, _total(end) - before))
    return found


def _played(state: State, turns: Sequence[Any]) -> State:
    for turn in turns:
        state, _ = step(state, turn)
    return finished(state)


def _turning_point(states: Sequence[State], change: Change, lang: Lang) -> dict[str, Any]:
    data = states[0].data
    gain = round(change.gain)
    about = change.move or (change.instead[0] if change.instead else None)
    step_number = STEPS[about.do] if about else 1
    do = about.do if about else "search"
    other = "; ".join(move_text(data, each, lang) for each in change.instead[:_TOLD])
    instead = other or say(WORDS.instead_nothing, lang)
    move = move_text(data, change.move, lang) if change.move else say(WORDS.whole_turn, lang)
    which = "book" if not change.move else "other" if change.instead else "without"
    told = WORDS.point[f"{which}_{'worse' if gain < 0 else 'better'}"]
    text = say(told, lang, n=str(abs(gain)), move=move, instead=instead, turn=str(change.turn))
    return {
        "turn": change.turn,
        "move": move,
        "instead": instead,
        "gain": gain,
        "text": text,
        "lesson": _LESSON_OF.get(do, _LESSONS[step_number]),
        "fact": _FACTS[do],
    }


def _people(state: State, lang: Lang) -> list[dict[str, Any]]:
    """Everybody at the customers that were looked into, believed against true."""
    return [
        _person(state, name, who, lang)
        for name, account in state.accounts.items()
        if account.time
        for who in account.people
    ]


def _person(state: State, name: str, who: str, lang: Lang) -> dict[str, Any]:
    person = state.accounts[name].people[who]
    true = Note(person.roles, person.wishes, person.fear)
    return {
        "account": name,
        "account_name": state.about(name).name[lang],
        "person": who,
        "name": person_name(state.data, name, who, lang),
        "title": state.data.person(name, who).title[lang],
        "met": person.met,
        "believed": _noted(person.note),
        "true": _noted(true),
        "believed_text": _note_text(person.note, lang),
        "true_text": _note_text(true, lang),
        "verdict": verdict(person),
        "support": notches(person.support),
        "lesson": "02-decision-unit",
    }


def verdict(person: Person) -> str:
    """Whether a person was read right, partly, wrong, or not noted."""
    if not person.note:
        return "not noted"
    if (person.note.roles, set(person.note.interests), person.note.fear) == (
        person.roles,
        set(person.wishes),
        person.fear,
    ):
        return "right"
    return "partly" if reading(person) else "wrong"


def _noted(note: Note) -> dict[str, Any]:
    return {"roles": list(note.roles), "interests": list(note.interests), "fear": note.fear}


def _note_text(note: Note, lang: Lang) -> str:
    parts = [
        ", ".join(say(WORDS.role[role], lang) for role in note.roles),
        ", ".join(benefit_name(benefit, lang) for benefit in note.interests),
        say(WORDS.fear[note.fear], lang) if note.fear else "",
    ]
    return " · ".join(filter(None, parts))


def _trust(state: State) -> int:
    return sum(account.trust for account in state.accounts.values() if account.status not in _GONE)


def _value(before: State, after: State, lang: Lang) -> dict[str, Any]:
    money, trust = after.profit - before.profit, _trust(after) - _trust(before)
    accounts = {
        name: account.profit - before.accounts[name].profit
        for name, account in after.accounts.items()
    }
    return {
        "turn": before.turn,
        "money": money,
        "trust": trust,
        "worth": money + trust // _TRUST_WORTH,
        "text": _loudest(after, lang),
        "accounts": {name: amount for name, amount in accounts.items() if amount},
    }


_WEIGHT: Final = {
    "signed": 9,
    "lost_rival": 9,
    "lost_defect": 9,
    "bankrupt": 9,
    "promise_found": 8,
    "claims_found": 8,
    "delivered": 7,
    "late": 7,
    "expanded": 7,
    "agreed": 6,
    "agreed_sour": 6,
    "refused_gate": 6,
    "refused_decider": 6,
    "refused_buyer": 6,
    "refused_user": 6,
    "refused_value": 6,
    "refused_short": 6,
    "refused_weak": 6,
    "defect": 6,
    "attacked": 6,
    "spec_dump": 5,
    "illegal": 5,
    "test_too_weak": 5,
    "shuts_gate": 5,
    "stopped": 4,
    "sours": 4,
    "touched": 3,
    "test_passed": 3,
    "reassured": 3,
    "untouched": 2,
    "met": 1,
}


def _loudest(state: State, lang: Lang) -> str:
    """The event of a turn that says most about it."""
    if not state.happened:
        return say(WORDS.quiet_turn, lang)
    return event_text(state.data, max(state.happened, key=_loudness), lang)


def _loudness(event: Event) -> int:
    return _WEIGHT.get(event.name, 0)


def _account(state: State, name: str, lang: Lang) -> dict[str, Any]:
    account, data = state.accounts[name], state.about(name)
    status = say(WORDS.state[account.status], lang)
    return {
        "id": name,
        "name": data.name[lang],
        "state": account.status,
        "state_name": status,
        "money": account.profit,
        "time": account.time,
        "trust": account.trust // 10,
        "hidden": {
            "price": account.price,
            "service": account.service,
            "target": account.target,
            "short": account.short,
            "hazard": account.hazard,
        },
        "text": say(WORDS.account_sum, lang, days=str(account.time), money=str(account.profit)),
    }


def _lessons(
    states: Sequence[State], told: Sequence[dict[str, Any]], lang: Lang
) -> list[dict[str, str]]:
    """The lessons to read again: those of the turning points, then those of what went wrong."""
    why: dict[str, str] = {each["lesson"]: each["text"] for each in told}
    for state in states:
        for event in state.happened:
            words = event_words()[event.name]
            if words.tone == "bad":
                why.setdefault(words.lesson, event_text(state.data, event, lang))
    return [
        {"id": lesson, "title": say(WORDS.lesson[lesson[:2]], lang), "why": why[lesson]}
        for lesson in sorted(why)
    ]


def _questions(state: State) -> list[str]:
    """What to talk about after the game; always the same three and two that fit how it went."""
    statuses = {account.status for account in state.accounts.values()}
    fitting = {
        "lost": "lost",
        "bankrupt": "bankrupt",
        "signed": "signed",
        "given_up": "left",
    }
    found = [fitting[status] for status in sorted(statuses) if status in fitting]
    return ["first", "person", "gate", *found[:2]]


def _reason(turn: Any) -> str:
    why = turn.get("why") if isinstance(turn, dict) else ""
    return why if isinstance(why, str) else ""
