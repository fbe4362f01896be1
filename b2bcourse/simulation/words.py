"""The simulation's sentences, and how an event, a move, a clue is said in a language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from b2bcourse.facts import Lang, Text, benefits
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import read_words
from b2bcourse.simulation.chance import pick
from b2bcourse.simulation.voices import voice, wish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from b2bcourse.simulation.moves import Move
    from b2bcourse.simulation.scenario import Scenario
    from b2bcourse.simulation.state import Event, State

Tone = Literal["good", "bad", "news"]


class EventWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How an event is told: good for us, bad or just news; the fact behind it, its lesson."""

    tone: Tone
    fact: str
    lesson: str
    text: Text


class Clues(Struct, frozen=True, forbid_unknown_fields=True):
    """Signs of a role and of a fear."""

    roles: dict[str, tuple[Text, ...]]
    fears: dict[str, tuple[Text, ...]]


class GameWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; what the game names by its own ids comes in families."""

    step: dict[str, Text]
    short: dict[str, Text]
    resource: dict[str, Text]
    unit: dict[str, Text]
    role: dict[str, Text]
    fear: dict[str, Text]
    calm: dict[str, Text]
    test: dict[str, Text]
    what: dict[str, Text]
    partner: dict[str, Text]
    size: dict[str, Text]
    state: dict[str, Text]
    fact: dict[str, Text]
    question: dict[str, Text]
    do: dict[str, Text]
    said: dict[str, Text]
    how: dict[str, Text]
    field: dict[str, Text]
    problem: dict[str, Text]
    part: dict[str, Text]
    why: dict[str, Text]
    lesson: dict[str, Text]
    talk: dict[str, Text]
    point: dict[str, Text]
    mood: dict[str, Text]
    tie: dict[str, Text]
    month: dict[str, Text]
    promised: Text
    swap: Text
    due: Text
    ready: Text
    style: dict[str, Text]
    headline: dict[str, Text]
    lead: dict[str, Text]
    hindsight: dict[str, Text]
    rest: Text
    rest_all: Text
    compared: Text
    no_step: Text
    unknown: Text
    credit_safe: Text
    credit_risky: Text
    is_volume: Text
    is_price: Text
    is_service: Text
    is_performance: Text
    is_terms: Text
    conditions_fit: Text
    conditions_short: Text
    conditions_partner: Text
    conditions_fixed: Text
    listens: Text
    stopped_before: Text
    no_fear: Text
    order_text: Text
    making_text: Text
    quiet_turn: Text
    account_sum: Text


_COUNTED: Final = "#"


class Noun(Name):
    """A name with its Korean particle; a number among them counts things, as a `Count` does."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return _counted(self, spec) if spec.startswith(_COUNTED) else super().__format__(spec)


class Count(int):
    """A number that counts things: ``"{n:#visit}"`` is «1 visit» or «2 visits».

    In Korean it takes what a `Name` takes: ``"{n:백만원}"`` is a sum of money.
    """

    def __format__(self, spec: str) -> str:
        if spec.startswith(_COUNTED):
            return _counted(self, spec)
        return format(Name(int(self)), spec)


def _counted(number: object, spec: str) -> str:
    ending = "" if str(number) == "1" else "s"
    return f"{number!s} {spec.removeprefix(_COUNTED)}{ending}"


WORDS: Final = read_words(__package__, GameWords)


@lru_cache(maxsize=1)
def event_words() -> dict[str, EventWords]:
    """Every event by name."""
    return read_words(__package__, dict[str, EventWords], "events")


@lru_cache(maxsize=1)
def _clues() -> Clues:
    return read_words(__package__, Clues, "clues")


def say(text: Text, lang: Lang, **values: object) -> str:
    """A sentence in one language, its places filled.

    In Korean names take their particles, in English what is counted takes its plural.
    """
    return text[lang].format(**{key: _bending(value) for key, value in values.items()})


def _bending(value: object) -> object:
    if isinstance(value, str):
        return Noun(value)
    return Count(value) if isinstance(value, int) else value


def step_name(step: str, lang: Lang) -> str:
    """A step as `State` counts it: one of the ten, or one of the tests."""
    what, _, which = step.partition(" ")
    return say(WORDS.test[which] if which else WORDS.step[_STEP[what]], lang)


_STEP: Final = {
    "search": "search",
    "map": "contact",
    "needs": "needs",
    "relay": "develop",
    "offer": "offer",
    "feedback": "feedback",
    "negotiate": "negotiate",
    "contract": "order",
    "order": "order",
    "care": "account",
}


def benefit_name(name: str, lang: Lang) -> str:
    """A benefit's name."""
    return benefits().benefit(name).name[lang]


def person_name(data: Scenario, account: str, person: str, lang: Lang) -> str:
    """A person's name."""
    return data.person(account, person).name[lang]


def event_text(data: Scenario, event: Event, lang: Lang) -> str:
    """An event as a sentence."""
    values: dict[str, object] = {
        key: Noun(_value(data, event, key, value, lang)) for key, value in event.values
    }
    values["unit"] = Noun(data.unit[lang])
    if event.account:
        values["account"] = Noun(data.account(event.account).name[lang])
    if event.person:
        values["person"] = Noun(person_name(data, event.account, event.person, lang))
    return event_words()[event.name].text[lang].format(**values)


def _value(data: Scenario, event: Event, key: str, value: int | str, lang: Lang) -> str:
    if key == "whom":
        return person_name(data, event.account, str(value), lang)
    if key == "benefit":
        return benefit_name(str(value), lang)
    if key == "how":
        return say(WORDS.partner[str(value)], lang)
    if key in {"test", "problem"}:
        family = WORDS.test if key == "test" else WORDS.problem
        return say(family[str(value)], lang)
    return str(value)


def move_text(data: Scenario, move: Move, lang: Lang) -> str:
    """A move in words, with the customer before it."""
    return f"{data.account(move.account).name[lang]}: {_said(data, move, lang)}"


def _said(data: Scenario, move: Move, lang: Lang) -> str:
    values: dict[str, Any] = {
        "cut": move.cut,
        "visits": move.visits,
        "opening": move.opening,
        "reserve": move.reserve,
        "order": move.order,
        "messages": _messages(data, move, lang),
        "persons": ", ".join(_who(data, move, each, lang) for each in move.persons if each),
        "person": _who(data, move, move.person, lang),
        "fear": _one_of(WORDS.fear, move.fear, lang),
        "test": _one_of(WORDS.test, move.which, lang),
        "what": _one_of(WORDS.what, move.what, lang),
        "how": _one_of(WORDS.partner if move.do == "partner" else WORDS.how, move.how, lang),
    }
    return say(WORDS.said[move.do], lang, **values)


def moves_text(data: Scenario, moves: Sequence[Move], lang: Lang) -> str:
    """Moves in words, each customer named once."""
    told: dict[str, list[str]] = {}
    for move in moves:
        told.setdefault(data.account(move.account).name[lang], []).append(_said(data, move, lang))
    return "; ".join(f"{account}: {', '.join(said)}" for account, said in told.items())


def _one_of(family: Mapping[str, Text], name: str, lang: Lang) -> str:
    """A word of a family; a field that the move has no use for may hold anything."""
    return say(family[name], lang) if name in family else ""


def _who(data: Scenario, move: Move, person: str, lang: Lang) -> str:
    """A person's name; whom the firm does not have goes by what was written."""
    people = {each.id: each.name for each in data.account(move.account).people}
    return people[person][lang] if person in people else person


def _messages(data: Scenario, move: Move, lang: Lang) -> str:
    names = {benefit.id: benefit.name[lang] for benefit in benefits().benefits}
    told = [
        f"{_who(data, move, each.person, lang)} «{names.get(each.benefit, each.benefit)}»"
        for each in move.messages
    ]
    return f" ({', '.join(told)})" if told else ""


def clues(state: State, name: str, person: str, lang: Lang) -> list[dict[str, str]]:
    """What a person has shown so far, as far as met."""
    account = state.accounts[name]
    met, data = account.people[person].met, state.data.person(name, person)
    found: list[dict[str, str]] = []
    if met:
        found += [{"kind": "role", "text": text} for text in _role_clues(state, name, person, lang)]
        found += _wish_clues(state, name, person, 1, lang)
    if met > 1:
        found += _wish_clues(state, name, person, 0, lang)
        found.append({"kind": "fear", "text": _fear_clue(state, name, person, lang)})
        if data.ear:
            who = ", ".join(person_name(state.data, name, ear, lang) for ear in data.ear)
            found.append({"kind": "ear", "text": say(WORDS.listens, lang, who=who)})
    if account.people[person].stopped_us:
        found.append({"kind": "role", "text": say(WORDS.stopped_before, lang)})
    return found


def _role_clues(state: State, name: str, person: str, lang: Lang) -> list[str]:
    told = state.data.person(name, person).tells
    if told is not None:
        return [told[lang]]
    roles = state.accounts[name].people[person].roles
    key = (state.seed, name, person)
    own = voice(state, name, person).roles
    return [(own.get(role) or pick(_clues().roles[role], *key, role))[lang] for role in roles]


def _wish_clues(
    state: State, name: str, person: str, first: int, lang: Lang
) -> list[dict[str, str]]:
    """The first wish is told at the first meeting, what is left at the second."""
    wishes = state.accounts[name].people[person].wishes
    told = wishes[:1] if first else wishes[1:]
    return [{"kind": "wish", "text": f"«{_wish(state, name, person, w, lang)}»"} for w in told]


def _wish(state: State, name: str, person: str, benefit: str, lang: Lang) -> str:
    own = wish(state, name, person, benefit)
    return (own or benefits().benefit(benefit).card)[lang]


def _fear_clue(state: State, name: str, person: str, lang: Lang) -> str:
    fear = state.accounts[name].people[person].fear
    if not fear:
        return say(WORDS.no_fear, lang)
    own = voice(state, name, person).fears.get(fear)
    return (own or pick(_clues().fears[fear], state.seed, name, person, "sign"))[lang]
