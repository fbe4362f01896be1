"""What a player may see of a game, in one language: no more than has been found out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts import Lang, benefits
from b2bcourse.simulation import board
from b2bcourse.simulation.acts import AGREES, RISKY, lead
from b2bcourse.simulation.scenario import FEARS, ROLES
from b2bcourse.simulation.score import result
from b2bcourse.simulation.words import (
    WORDS,
    benefit_name,
    clues,
    event_text,
    event_words,
    person_name,
    say,
)

if TYPE_CHECKING:
    from b2bcourse.simulation.state import Account, Event, Order, Person, State

STEP_NAMES: Final = (
    "search",
    "contact",
    "needs",
    "develop",
    "offer",
    "feedback",
    "negotiate",
    "test",
    "order",
    "account",
)


def view(state: State, lang: Lang) -> dict[str, Any]:
    """All that a player may see, as plain data; see ``docs/simulation.md`` for every field.

    Args:
        state: the game.
        lang: the language of all texts.
    """
    data = state.data
    return {
        "scenario": data.id,
        "title": data.title[lang],
        "intro": [paragraph[lang] for paragraph in data.intro],
        "seed": state.seed,
        "engine": state.engine,
        "lang": lang,
        "turn": min(state.turn, data.turns),
        "turns": data.turns,
        "over": state.over,
        "vendor": {
            "name": data.vendor.name[lang],
            "strengths": [_benefit(name, lang) for name in data.vendor.strengths],
        },
        "resources": resources(state, lang),
        "steps": [_step(number, lang) for number in range(1, len(STEP_NAMES) + 1)],
        "calendar": board.calendar(state, lang),
        "accounts": [_account(state, name, lang) for name in state.accounts],
        "happened": [told(state, event, lang) for event in state.happened],
        "choices": choices(state, lang),
        "result": result(state, lang) if state.over else None,
    }


def resources(state: State, lang: Lang) -> list[dict[str, Any]]:
    """What is left of each resource and how much there is."""
    of = state.data.resources
    return [
        {
            "id": name,
            "name": say(WORDS.resource[name], lang),
            "unit": state.data.unit[lang] if name == "capacity" else say(WORDS.unit[name], lang),
            "left": getattr(state, name),
            "of": max(getattr(of, name), getattr(state, name)),
        }
        for name in ("time", "people", "money", "capacity")
    ]


def told(state: State, event: Event, lang: Lang) -> dict[str, str]:
    """An event as the board shows it."""
    words = event_words()[event.name]
    return {
        "text": event_text(state.data, event, lang),
        "tone": words.tone,
        "account": event.account,
        "person": event.person,
        "fact": words.fact,
        "lesson": words.lesson,
    }


def choices(state: State, lang: Lang) -> dict[str, list[dict[str, Any]]]:
    """What notes, messages and answers to worries can name."""
    ours = state.data.vendor.strengths
    return {
        "roles": [{"id": role, "name": say(WORDS.role[role], lang)} for role in ROLES],
        "benefits": [
            {"id": each.id, "name": each.name[lang], "ours": each.id in ours}
            for each in benefits().benefits
        ],
        "fears": [
            {"id": fear, "name": say(WORDS.fear[fear], lang), "answer": say(WORDS.calm[fear], lang)}
            for fear in FEARS
        ],
    }


def _benefit(name: str, lang: Lang) -> dict[str, str]:
    return {
        "id": name,
        "name": benefit_name(name, lang),
        "text": benefits().benefit(name).point[lang],
    }


def _step(number: int, lang: Lang) -> dict[str, Any]:
    name = STEP_NAMES[number - 1]
    return {
        "id": name,
        "number": number,
        "name": say(WORDS.step[name], lang),
        "short": say(WORDS.short[name], lang),
    }


def _account(state: State, name: str, lang: Lang) -> dict[str, Any]:
    account, data = state.accounts[name], state.about(name)
    reached = STEP_NAMES[account.step - 1] if account.step else ""
    opened = account.status != "closed"
    return {
        "id": name,
        "name": data.name[lang],
        "about": data.about[lang],
        "size": data.size,
        "size_name": say(WORDS.size[data.size], lang),
        "state": account.status,
        "state_name": say(WORDS.state[account.status], lang),
        "trust": account.trust_of_5,
        "step": account.step,
        "step_name": say(WORDS.step[reached], lang) if reached else say(WORDS.no_step, lang),
        "facts": _facts(state, name, lang),
        "people": [_person(state, name, each, lang) for each in account.people] if opened else [],
        "people_count": len(account.people),
        "question": _question(account, lang),
        "orders": [_order(state, order, lang) for order in account.orders],
        "making": [_making(state, order, lang) for order in account.making],
        "tests": _tests(state, name, lang),
        "offer": _terms(account.cut, account.visits),
        "agreed": _terms(account.agreed, account.visits),
        "defect": account.defect > 0,
        "quiet": account.quiet,
        "road": board.road(state, name, lang),
        "said": board.said(state, name, lang),
        "promised": board.promises(account, lang),
        "relations": board.relations(state, name, lang) if opened else [],
    }


def _terms(cut: int, visits: int) -> dict[str, int] | None:
    return {"cut": cut, "visits": visits} if cut >= 0 else None


def _question(account: Account, lang: Lang) -> dict[str, str] | None:
    if not account.question:
        return None
    return {"id": account.question, "text": say(WORDS.question[account.question], lang)}


def _facts(state: State, name: str, lang: Lang) -> list[dict[str, Any]]:
    account, data = state.accounts[name], state.about(name)
    known = {
        "suppliers": data.suppliers[lang] if account.status != "closed" else "",
        "volume": _volume(state, name, lang) if account.status != "closed" else "",
        "credit": _credit(account, lang),
        "price": say(WORDS.is_price, lang, n=account.price) if "price" in account.probed else "",
        "service": say(WORDS.is_service, lang, n=account.service)
        if "service" in account.probed
        else "",
        "performance": _performance(account, lang),
        "partner": _conditions(account, lang),
        "offer": _said_terms(account.cut, account.visits, lang),
        "agreed": _said_terms(account.agreed, account.visits, lang),
    }
    return [
        {
            "id": each,
            "label": say(WORDS.fact[each], lang),
            "text": text or say(WORDS.unknown, lang),
            "known": bool(text),
        }
        for each, text in known.items()
        if text or each not in {"offer", "agreed"}
    ]


def _volume(state: State, name: str, lang: Lang) -> str:
    data = state.about(name)
    low, high = data.order
    return say(
        WORDS.is_volume,
        lang,
        low=low,
        high=high,
        unit=state.data.unit[lang],
        price=data.unit_price,
        cost=data.unit_cost,
        signing=data.signing,
    )


def _said_terms(cut: int, visits: int, lang: Lang) -> str:
    return say(WORDS.is_terms, lang, cut=cut, visits=visits) if cut >= 0 else ""


def _credit(account: Account, lang: Lang) -> str:
    if not account.credit:
        return ""
    return say(WORDS.credit_risky if account.hazard >= RISKY else WORDS.credit_safe, lang)


def _performance(account: Account, lang: Lang) -> str:
    if "performance" not in account.probed:
        return ""
    return say(WORDS.is_performance, lang, target=account.target, ours=account.performance)


def _conditions(account: Account, lang: Lang) -> str:
    known = "service" in account.probed
    if account.partner:
        fits = known and account.partner == account.short
        how = say(WORDS.partner[account.partner], lang)
        return say(WORDS.conditions_fixed if fits else WORDS.conditions_partner, lang, how=how)
    if not known:
        return ""
    if not account.short:
        return say(WORDS.conditions_fit, lang)
    return say(WORDS.conditions_short, lang, how=say(WORDS.partner[account.short], lang))


def _person(state: State, name: str, person: str, lang: Lang) -> dict[str, Any]:
    here: Person = state.accounts[name].people[person]
    data = state.data.person(name, person)
    return {
        "id": person,
        "name": person_name(state.data, name, person, lang),
        "title": data.title[lang],
        "met": here.met,
        "support": notches(here.support) if here.met else None,
        "initials": board.initials(data.name[lang], lang),
        "mood": board.mood(here, lang),
        "quote": board.quote(state, name, person, lang),
        "clues": clues(state, name, person, lang),
        "listens_to": list(data.ear) if here.met > 1 else [],
        "told": list(here.told),
        "noted": {
            "roles": list(here.note.roles),
            "interests": list(here.note.interests),
            "fear": here.note.fear,
        },
    }


def notches(support: int) -> int:
    """Support as the board shows it, from -2 (firmly against us) to 2 (a decider says yes)."""
    size = sum(abs(support) >= least for least in (board.LEANS, AGREES))
    return size if support > 0 else -size


def _order(state: State, order: Order, lang: Lang) -> dict[str, Any]:
    due, turns = order.due - state.turn + 1, lead(state, order.units)
    unit = state.data.unit[lang]
    return {
        "id": order.id,
        "units": order.units,
        "due": due,
        "lead": turns,
        "text": say(WORDS.order_text, lang, units=order.units, unit=unit, lead=turns, due=due),
    }


def _making(state: State, order: Order, lang: Lang) -> dict[str, Any]:
    due, unit = order.due - state.turn + 1, state.data.unit[lang]
    text = say(WORDS.making_text, lang, left=order.left, units=order.units, unit=unit, due=due)
    return {"id": order.id, "units": order.units, "left": order.left, "due": due, "text": text}


def _tests(state: State, name: str, lang: Lang) -> list[dict[str, str]]:
    account, found = state.accounts[name], []
    fresh = True
    for test in state.about(name).tests:
        if test in account.passed:
            status = "passed"
        elif test == account.failed:
            status, fresh = "failed", False
        else:
            status, fresh = ("next" if fresh else "later"), False
        found.append(
            {
                "id": test,
                "name": say(WORDS.test[test], lang),
                "what": say(WORDS.what[test], lang),
                "state": status,
            }
        )
    return found
