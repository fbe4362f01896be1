"""The moves there are to choose from, and a turn that is being planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import to_builtins

from b2bcourse.facts import Lang, benefits
from b2bcourse.simulation.engine import pay, trouble
from b2bcourse.simulation.moves import (
    COSTS,
    FREE,
    MESSAGES,
    MOST_CUT,
    MOST_VISITS,
    PROBES,
    STEPS,
    TRY_OUT,
    VARIANT,
    Cost,
    Move,
    cost,
    moves_of,
    read_move,
)
from b2bcourse.simulation.scenario import FEARS, TESTS
from b2bcourse.simulation.view import resources
from b2bcourse.simulation.words import WORDS, move_text, person_name, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from b2bcourse.simulation.state import State

_ONCE: Final = frozenset({"search", "credit"})
"""Moves that a second time in one turn could only waste: not offered again once planned."""
_VAGUE: Final = frozenset({"no_account", "no_person", "unclear", "unreadable", "not_asked"})


def legal(state: State, lang: Lang, planned: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """The moves that can be made now, with what each costs and asks for.

    Args:
        state: the game before this turn.
        lang: the language of labels.
        planned: the moves already planned for this turn.

    Returns:
        Templates in the order of the ten steps: ``move`` can be sent as it is where ``fields`` is
        empty, else its fields are to be filled in.
    """
    budget, moves = plan(state, planned)
    done = {_key(move) for move in moves if move.do in _ONCE}
    options = (move for move in _options(budget, moves) if _key(move) not in done)
    found = [_template(budget, moves, move, lang) for move in options]
    return sorted(found, key=lambda each: int(each["step"]))


def swaps(state: State, lang: Lang, planned: Sequence[Any]) -> list[dict[str, Any]]:
    """The moves for which only the plan leaves too little, with what would have to go for each.

    A decision hurts only while the other good thing is in sight.

    Args:
        state: the game before this turn.
        lang: the language of labels.
        planned: the moves already planned for this turn.

    Returns:
        Templates as of `legal`; ``swap`` has the place in the plan of the move that would leave
        it (``out``) and a sentence that names it (``text``). None where the plan is unsound.
    """
    budget, moves = plan(state, planned)
    if len(moves) < len(planned):
        return []
    shorter = _without_each(state, moves)
    there = {_key(move) for move in (*moves, *_options(budget, moves))}
    found = []
    for move in _options(state, ()):
        short = trouble(budget, move, moves) in {"unaffordable", "too_many"}
        out = _in_the_way(shorter, moves, move) if short and _key(move) not in there else None
        if out is None:
            continue
        template = _template(*shorter[out], move=move, lang=lang)
        text = say(WORDS.swap, lang, move=move_text(state.data, moves[out], lang))
        found.append({**template, "swap": {"out": out, "text": text}})
    return sorted(found, key=lambda each: int(each["step"]))


def _without_each(state: State, planned: Sequence[Move]) -> dict[int, tuple[State, list[Move]]]:
    """By place: what the plan would leave without that move, where the rest stays sound."""
    found = {}
    for out in range(len(planned)):
        rest = [each for at, each in enumerate(planned) if at != out]
        budget, moves = state.copied(), list[Move]()
        for each in rest:
            if trouble(budget, each, moves):
                break
            pay(budget, each)
            moves.append(each)
        if len(moves) == len(rest):
            found[out] = budget, moves
    return found


def _in_the_way(
    shorter: Mapping[int, tuple[State, list[Move]]], planned: Sequence[Move], move: Move
) -> int | None:
    """Which planned move makes room for another by leaving: of those the one that costs least time.

    Of equals it is the last; `None` where no single one makes room.
    """
    makes_room = [out for out, (budget, rest) in shorter.items() if not trouble(budget, move, rest)]
    return min(makes_room, key=lambda out: (cost(planned[out]).time, -out), default=None)


def _key(move: Move) -> tuple[str, str, str, int]:
    """What tells a move of a list from another: of its fields only those that count."""
    counts = _SENT.get(move.do, ())
    person, order = "person" in counts, "order" in counts
    return move.do, move.account, move.person if person else "", move.order if order else 0


def plan(state: State, planned: Sequence[Any]) -> tuple[State, list[Move]]:
    """The resources left, and the moves that are sound, up to the first that is not."""
    budget = state.copied()
    moves: list[Move] = []
    for raw in planned:
        move = read_move(raw)
        if move is None or trouble(budget, move, moves):
            break
        pay(budget, move)
        moves.append(move)
    return budget, moves


def preview(state: State, decisions: Any, lang: Lang) -> dict[str, Any]:
    """A turn that is being planned: each move in words, its cost, what is wrong, what is left."""
    budget, moves, told, sound = state.copied(), list[Move](), [], True
    for raw in moves_of(decisions) or ():
        move = read_move(raw)
        wrong = trouble(budget, move, moves)
        if move is None or wrong:
            sound = False
        else:
            pay(budget, move)
            moves.append(move)
        told.append(_planned(state, move, wrong, lang))
    return {"moves": told, "resources": resources(budget, lang), "ok": sound}


def _planned(state: State, move: Move | None, wrong: str, lang: Lang) -> dict[str, Any]:
    if move is None or wrong in _VAGUE:
        text = say(WORDS.said["unreadable"], lang)
    else:
        text = move_text(state.data, move, lang)
    return {
        "text": text,
        "cost": to_builtins(Cost() if move is None else cost(move)),
        "problem": say(WORDS.problem[wrong], lang) if wrong else "",
    }


def _options(state: State, planned: Sequence[Move]) -> Iterator[Move]:
    """Every move that is possible, one a kind and account, person or order."""
    for name in state.accounts:
        for do in STEPS:
            for move in _candidates(state, name, do, planned):
                chosen = _sound(state, move, planned)
                if chosen is not None:
                    yield chosen


def _candidates(state: State, name: str, do: str, planned: Sequence[Move]) -> Iterator[Move]:
    account = state.accounts[name]
    if do in {"map", "reference", "reassure", "note"}:
        yield from (Move(do, name, person=person) for person in account.people)
    elif do in {"accept", "decline"}:
        yield from (Move(do, name, order=order.id) for order in account.orders)
    elif do == "offer":
        yield Move(do, name, cut=max(0, account.cut), visits=max(0, account.visits))
    elif do == "demo":
        yield Move(do, name, persons=tuple(account.people)[:1])
    elif do == "negotiate":
        cut = next((m.cut for m in reversed(planned) if (m.do, m.account) == ("offer", name)), 0)
        cut = max(0, cut, account.cut)
        yield Move(do, name, opening=cut, reserve=cut)
    else:
        yield Move(do, name)


def _sound(state: State, move: Move, planned: Sequence[Move]) -> Move | None:
    """The move with the first choice of its variant that is possible; `None` if none is."""
    for each in _variants(move):
        if not trouble(state, each, planned):
            return each
    return None


def _variants(move: Move) -> Iterator[Move]:
    options = {
        "test": [{"which": test} for test in TESTS],
        "fix": [{"how": "joint"}, {"how": "alone"}],
        "partner": [{"how": "agent"}, {"how": "consortium"}],
        "probe": [{"what": what} for what in PROBES],
        "answer": [{"how": "honest"}, {"how": "promise"}],
        "reassure": [{"fear": fear} for fear in FEARS],
    }
    for chosen in options.get(move.do, [{}]):
        yield Move(**{**_plain(move), **chosen})


def _plain(move: Move) -> dict[str, Any]:
    return {field: getattr(move, field) for field in move.__struct_fields__}


def _template(state: State, planned: Sequence[Move], move: Move, lang: Lang) -> dict[str, Any]:
    who = person_name(state.data, move.account, move.person, lang) if move.person else ""
    again = move.do == "map" and state.accounts[move.account].people[move.person].met
    label = WORDS.do["map_again" if again else move.do]
    return {
        "move": _sent(move),
        "label": say(label, lang, person=who, order=move.order),
        "step": STEPS[move.do],
        "account": move.account,
        "person": move.person,
        "free": move.do in FREE,
        "cost": to_builtins(cost(move)),
        "fields": _fields(state, move, planned, lang),
    }


_SENT: Final = {
    "map": ("person",),
    "partner": ("how",),
    "probe": ("what",),
    "demo": ("persons",),
    "offer": ("cut", "visits", "messages"),
    "reference": ("person",),
    "reassure": ("person", "fear"),
    "answer": ("how",),
    "negotiate": ("opening", "reserve"),
    "test": ("which",),
    "accept": ("order",),
    "decline": ("order",),
    "fix": ("how",),
    "note": ("person", "roles", "interests", "fear"),
}


def _sent(move: Move) -> dict[str, Any]:
    """A move as JSON, with the fields that count."""
    fields = ("do", "account", *_SENT.get(move.do, ()))
    plain: dict[str, Any] = to_builtins(move)
    return {field: plain[field] for field in fields}


def _fields(state: State, move: Move, planned: Sequence[Move], lang: Lang) -> list[dict[str, Any]]:
    people = list(state.accounts[move.account].people)
    if move.do == "offer":
        agreed = state.accounts[move.account].agreed
        low, high = (agreed, agreed) if agreed >= 0 else (0, MOST_CUT)
        return [
            _number("cut", high, "%", lang, low),
            _number("visits", MOST_VISITS, say(WORDS.unit["visits"], lang), lang),
            {
                "name": "messages",
                "label": say(WORDS.field["messages"], lang),
                "kind": "messages",
                "max": MESSAGES,
                "persons": people,
                "benefits": [benefit.id for benefit in benefits().benefits],
            },
        ]
    if move.do == "negotiate":
        low = move.opening  # what was offered already
        reserve = _number("reserve", MOST_CUT, "%", lang, low)
        return [_number("opening", MOST_CUT, "%", lang, low), {**reserve, "least": "opening"}]
    if move.do == "demo":
        return [
            {
                "name": "persons",
                "label": say(WORDS.field["persons"], lang),
                "kind": "persons",
                "min": 1,
                "max": TRY_OUT,
                "options": _named(state, move.account, people, lang),
            }
        ]
    if move.do == "note":
        return [
            {
                "name": "roles",
                "label": say(WORDS.field["roles"], lang),
                "kind": "several",
                "max": 6,
            },
            {
                "name": "interests",
                "label": say(WORDS.field["interests"], lang),
                "kind": "several",
                "max": 10,
            },
            {"name": "fear", "label": say(WORDS.field["worry"], lang), "kind": "one"},
        ]
    return _choice_of_variant(state, move, planned, lang)


def _choice_of_variant(
    state: State, move: Move, planned: Sequence[Move], lang: Lang
) -> list[dict[str, Any]]:
    field = {"probe": "what", "answer": "how", "reassure": "fear", **VARIANT}.get(move.do)
    if field is None:
        return []
    open_ = [each for each in _variants(move) if not trouble(state, each, planned)]
    options = [
        {
            "id": getattr(each, field),
            "name": _variant_name(each, field, lang),
            "cost": to_builtins(cost(each)),
        }
        for each in open_
    ]
    return [
        {"name": field, "label": say(WORDS.field[field], lang), "kind": "one", "options": options}
    ]


def _variant_name(move: Move, field: str, lang: Lang) -> str:
    value = getattr(move, field)
    if move.do == "partner":
        return say(WORDS.partner[value], lang)
    named = {"which": WORDS.test, "what": WORDS.what, "fear": WORDS.calm}
    return say(named.get(field, WORDS.how)[value], lang)


def _number(name: str, most: int, unit: str, lang: Lang, least: int = 0) -> dict[str, Any]:
    return {
        "name": name,
        "label": say(WORDS.field[name], lang),
        "kind": "number",
        "min": least,
        "max": most,
        "unit": unit,
    }


def _named(state: State, account: str, people: Sequence[str], lang: Lang) -> list[dict[str, str]]:
    return [{"id": each, "name": person_name(state.data, account, each, lang)} for each in people]


def costs() -> dict[str, dict[str, int]]:
    """What every move costs, by name; a move with variants has one entry each."""
    return {name: to_builtins(price) for name, price in COSTS.items()}
