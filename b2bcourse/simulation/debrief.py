"""After the game: what was believed and what was true, where value arose, what mattered most."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from b2bcourse.facts import Lang
from b2bcourse.simulation.engine import ENGINE, replay
from b2bcourse.simulation.measures import reading
from b2bcourse.simulation.moves import FREE, STEPS, Move, moves_of, read_move
from b2bcourse.simulation.score import result
from b2bcourse.simulation.state import Event, Note, Person, State
from b2bcourse.simulation.styles import style_of, style_text
from b2bcourse.simulation.turning import LUCKS, Change, deciding
from b2bcourse.simulation.view import notches
from b2bcourse.simulation.words import (
    WORDS,
    benefit_name,
    event_text,
    event_words,
    moves_text,
    person_name,
    say,
)

_TOLD: Final = 2
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
    end, style = states[-1], style_of(states, played)
    decided = deciding(states, played, style)
    score = result(end, lang)
    shown = [
        _turning_point(states, played, each, score["points"], lang) for each in decided.changes
    ]
    told = [each for each in shown if each["told"]]
    done = any(moves_of(turn) for turn in played)
    return {
        "title": end.data.title[lang],
        "turn": len(played),
        "result": score,
        "headline": _headline(str(len(told)) if done else "none", score, lang),
        "rest": _rest(len(played) - len(told), len(played), lang) if done else "",
        "style": style_text(style, lang),
        "compared": say(WORDS.compared, lang, style=style_text(style, lang), n=LUCKS),
        "line": [round(each, 1) for each in decided.line],
        "people": _people(end, lang),
        "value": [_value(before, after, lang) for before, after in pairwise(states)],
        "turning_points": shown if done else [],
        "accounts": [_account(end, account, lang) for account in end.accounts],
        "lessons": _lessons(states, told, lang),
        "questions": [say(WORDS.talk[each], lang) for each in _questions(end)],
        "reasons": [_reason(turn) for turn in played],
    }


def _headline(found: str, score: dict[str, Any], lang: Lang) -> str:
    """What was found, with the score: the title of the page."""
    return say(WORDS.headline[found], lang, points=score["points"], of=score["of"])


def _rest(turns: int, played: int, lang: Lang) -> str:
    """What cannot be told."""
    words = WORDS.rest_all if turns == played else WORDS.rest
    return say(words, lang, n=turns) if turns else ""


def _turning_point(
    states: Sequence[State], turns: Sequence[Any], change: Change, points: int, lang: Lang
) -> dict[str, Any]:
    """A turn that decided the game, or one of which that cannot be told.

    The ends of the other game lie as far from the player's own as the compared ends from each
    other: both were played on in the same way.
    """
    data = states[0].data
    gain = round(change.gain)
    which, moves, others = _told_as(change, turns[change.turn - 1])
    about = (others or moves)[0]
    move, instead = moves_text(data, moves[:_TOLD], lang), moves_text(data, others[:_TOLD], lang)
    better = f"{which}_{'worse' if gain < 0 else 'better'}"
    values = {"n": abs(gain), "move": move, "instead": instead, "turn": change.turn}
    lost = change.told and gain > 0
    hindsight = "cannot" if not change.told else "lost" if lost else "kept"
    return {
        "turn": change.turn,
        "told": change.told,
        "move": move,
        "instead": instead,
        "gain": gain,
        "end": _of_100(points + gain),
        "low": _of_100(points + change.low),
        "high": _of_100(points + change.high),
        "lead": say(WORDS.lead[hindsight], lang, **values),
        "text": say(WORDS.point[better], lang, **values) if change.told else "",
        "came": _came(states, change, lang),
        "hindsight": say(WORDS.hindsight[hindsight], lang, n=abs(gain)),
        "reason": _reason(turns[change.turn - 1]),
        "lesson": _LESSON_OF.get(about.do, _LESSONS[STEPS[about.do]]) if lost else "",
        "fact": _FACTS[about.do],
    }


def _told_as(change: Change, turn: Any) -> tuple[str, tuple[Move, ...], tuple[Move, ...]]:
    """How a change is told, what was done, and what would have been done in its place.

    Of a turn by the book only what differs from the turn as it was played is told.
    """
    if change.move is not None:
        return ("other" if change.instead else "without"), (change.move,), change.instead
    done = [move for raw in moves_of(turn) or () if (move := read_move(raw)) is not None]
    new = tuple(move for move in change.instead if move not in done)
    if new:
        return "book", (), new
    spare = tuple(move for move in done if move not in change.instead and move.do not in FREE)
    return ("without", spare, ()) if spare else ("book", (), change.instead)


def _of_100(points: float) -> int:
    return max(0, min(100, round(points)))


def _came(states: Sequence[State], change: Change, lang: Lang) -> str:
    """What came of a turn, or of a move at its customer: the loudest that happened."""
    happened = [
        event
        for event in states[change.turn].happened
        if change.move is None or event.account == change.move.account
    ]
    if not happened:
        return ""
    return event_text(states[0].data, max(happened, key=_loudness), lang)


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
        "read": {
            "roles": set(person.note.roles) == set(person.roles),
            "interests": set(person.note.interests) == set(person.wishes),
            "fear": person.note.fear == person.fear,
        },
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
    return sum(each.trust_of_5 for each in state.accounts.values() if each.status not in _GONE)


def _value(before: State, after: State, lang: Lang) -> dict[str, Any]:
    accounts = {
        name: account.profit - before.accounts[name].profit
        for name, account in after.accounts.items()
    }
    return {
        "turn": before.turn,
        "money": after.profit - before.profit,
        "trust": _trust(after) - _trust(before),
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
        "trust": account.trust_of_5,
        "hidden": {
            "price": account.price,
            "service": account.service,
            "target": account.target,
            "short": account.short,
            "hazard": account.hazard,
        },
        "text": say(WORDS.account_sum, lang, days=account.time, money=account.profit),
    }


def _lessons(
    states: Sequence[State], told: Sequence[dict[str, Any]], lang: Lang
) -> list[dict[str, str]]:
    """The lessons to read again: where points were lost, then where something went wrong."""
    why: dict[str, str] = {each["lesson"]: each["text"] for each in told if each["lesson"]}
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
