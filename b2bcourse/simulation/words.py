"""The simulation's sentences, and how an event, a move, a clue is said in a language."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from b2bcourse.facts import Lang, Text, benefits
from b2bcourse.facts.korean import Name, ends_closed
from b2bcourse.facts.reading import read_yaml
from b2bcourse.simulation.chance import pick

if TYPE_CHECKING:
    from b2bcourse.simulation.moves import Move
    from b2bcourse.simulation.scenario import Scenario
    from b2bcourse.simulation.state import Account, Event, State

Tone = Literal["good", "bad", "news"]

_FOLDER: Final = Path(str(resources.files("b2bcourse.simulation")))
_RIEUL: Final = 8


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


class Noun(Name):
    """A name that takes 와/과 and (으)로 too: ``"{name:와과}"``, ``"{name:으로}"``."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if spec == "와과":
            return f"{self!s}{'과' if ends_closed(self) else '와'}"
        if spec == "으로":
            last = self[-1:]
            rieul = "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 == _RIEUL
            return f"{self!s}{'으로' if ends_closed(self) and not rieul else '로'}"
        return super().__format__(spec)


@lru_cache(maxsize=1)
def _words() -> dict[str, Text]:
    return read_yaml(_FOLDER / "words.yaml", dict[str, Text])


@lru_cache(maxsize=1)
def event_words() -> dict[str, EventWords]:
    """Every event by name."""
    return read_yaml(_FOLDER / "events.yaml", dict[str, EventWords])


@lru_cache(maxsize=1)
def _clues() -> Clues:
    return read_yaml(_FOLDER / "clues.yaml", Clues)


def say(name: str, lang: Lang, **values: object) -> str:
    """A sentence of ``words.yaml``, its places filled."""
    nouns = {key: Noun(v) if isinstance(v, str) else v for key, v in values.items()}
    return _words()[name][lang].format(**nouns)


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
        return say(f"partner_{value}", lang)
    if key in {"test", "problem"}:
        return say(f"{key}_{value}", lang)
    return str(value)


def move_text(data: Scenario, move: Move, lang: Lang) -> str:
    """A move in words, with the customer before it."""
    account = data.account(move.account).name[lang]
    named = {"person": move.person, "fear": move.fear, "test": move.which}
    values: dict[str, Any] = {
        "cut": move.cut,
        "visits": move.visits,
        "opening": move.opening,
        "reserve": move.reserve,
        "order": move.order,
        "messages": _messages(data, move, lang),
        "persons": ", ".join(
            person_name(data, move.account, each, lang) for each in move.persons if each
        ),
        "person": person_name(data, move.account, move.person, lang) if move.person else "",
        "fear": say(f"fear_{move.fear}", lang) if named["fear"] else "",
        "test": say(f"test_{move.which}", lang) if move.which else "",
        "what": say(f"what_{move.what}", lang) if move.what else "",
        "how": _how(move, lang),
    }
    return f"{account}: {say(f'said_{move.do}', lang, **values)}"


def _how(move: Move, lang: Lang) -> str:
    if not move.how:
        return ""
    return say(f"partner_{move.how}" if move.do == "partner" else f"how_{move.how}", lang)


def _messages(data: Scenario, move: Move, lang: Lang) -> str:
    told = []
    for message in move.messages:
        who = person_name(data, move.account, message.person, lang)
        told.append(f"{who} «{benefit_name(message.benefit, lang)}»")
    return f" ({', '.join(told)})" if told else ""


def clues(state: State, name: str, person: str, lang: Lang) -> list[dict[str, str]]:
    """What a person has shown so far, as far as met."""
    account = state.accounts[name]
    met, data = account.people[person].met, state.data.person(name, person)
    found: list[dict[str, str]] = []
    if met:
        found += [{"kind": "role", "text": text} for text in _role_clues(state, name, person, lang)]
        found += _wish_clues(account, person, 1, lang)
    if met > 1:
        found += _wish_clues(account, person, 0, lang)
        found.append({"kind": "fear", "text": _fear_clue(state, name, person, lang)})
        if data.ear:
            who = ", ".join(person_name(state.data, name, ear, lang) for ear in data.ear)
            found.append({"kind": "ear", "text": say("listens", lang, who=who)})
    if account.people[person].stopped_us:
        found.append({"kind": "role", "text": say("stopped_before", lang)})
    return found


def _role_clues(state: State, name: str, person: str, lang: Lang) -> list[str]:
    told = state.data.person(name, person).tells
    if told is not None:
        return [told[lang]]
    roles = state.accounts[name].people[person].roles
    key = (state.seed, name, person)
    return [pick(_clues().roles[role], *key, role)[lang] for role in roles]


def _wish_clues(account: Account, person: str, first: int, lang: Lang) -> list[dict[str, str]]:
    """The first wish is told at the first meeting, what is left at the second."""
    wishes = account.people[person].wishes
    told = wishes[:1] if first else wishes[1:]
    return [{"kind": "wish", "text": f"«{benefits().benefit(w).card[lang]}»"} for w in told]


def _fear_clue(state: State, name: str, person: str, lang: Lang) -> str:
    fear = state.accounts[name].people[person].fear
    if not fear:
        return say("no_fear", lang)
    return pick(_clues().fears[fear], state.seed, name, person, "sign")[lang]
