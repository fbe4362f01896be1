"""Ways of playing: the naive ones, what the course teaches, and variants to search among.

All of them see only what a player sees: who was met, what was found out, how people look at us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import Final

from msgspec import Struct, structs

from b2bcourse.facts import benefits
from b2bcourse.simulation.acts import AGREES, OPEN_MINDED, RELAYED, RISKY, lead, valued
from b2bcourse.simulation.chance import between, draw
from b2bcourse.simulation.engine import ENGINE, begin, pay, step, trouble
from b2bcourse.simulation.moves import COSTS, PROBES, Message, Move
from b2bcourse.simulation.scenario import FEARS, ROLES
from b2bcourse.simulation.state import Account, Person, State

Turn = list[Move]

_CONTENT: Final = 90
"""A customer who trusts us that much needs no visit every turn."""


class Style(Struct, frozen=True, kw_only=True):
    """How somebody sells.

    Attributes:
        focus: at how many customers at once.
        credit: checks credit and leaves who may fail.
        meets: how often each person is met.
        needs: finds out price, service and performance, relays it, brings in a partner.
        messages: what persons are told: their wishes, everything at once, or nothing.
        offers: how many offers with messages are made.
        demo, reference, reassure, notes: whether these are used.
        honest: answers questions as things are.
        cut: the price cut offered: 0, or as deep as given.
        aim: how far below the fair price negotiation opens; the reserve lies above it.
        pilots: runs all tests asked for; else skips what can be skipped.
        serve: checks due dates, cares, mends, expands.
        truthful: tells only of benefits there are.
    """

    focus: int = 2
    credit: bool = True
    meets: int = 2
    needs: bool = True
    messages: str = "wish"
    offers: int = 3
    demo: bool = True
    reference: bool = True
    reassure: bool = True
    notes: bool = True
    honest: bool = True
    cut: int = 0
    aim: int = 3
    pilots: bool = True
    serve: bool = True
    truthful: bool = True
    sells: bool = True


TEXTBOOK: Final = Style()
NAIVE: Final = {
    "price-only": Style(
        focus=2,
        credit=False,
        meets=0,
        needs=False,
        messages="none",
        offers=1,
        reference=False,
        reassure=False,
        notes=False,
        cut=15,
        aim=0,
        serve=False,
    ),
    "spec-dump": Style(
        focus=3,
        credit=False,
        meets=1,
        needs=False,
        messages="dump",
        offers=3,
        reference=False,
        reassure=False,
        notes=False,
        aim=0,
        serve=False,
        truthful=False,
    ),
    "relationship-only": Style(
        focus=4,
        credit=False,
        meets=2,
        needs=False,
        messages="none",
        offers=1,
        reference=False,
        notes=False,
        cut=5,
        aim=0,
        serve=True,
    ),
    "mapping-only": Style(focus=4, credit=False, meets=2, needs=False, sells=False),
}


class Planner:
    """A turn being planned: what is left, and the moves so far."""

    def __init__(self, state: State) -> None:
        self.state, self.budget, self.moves = state, state.copied(), list[Move]()

    def add(self, move: Move) -> bool:
        """Add a move if it is possible."""
        if trouble(self.budget, move, self.moves):
            return False
        pay(self.budget, move)
        self.moves.append(move)
        return True

    def done(self, do: str, account: str) -> bool:
        """Whether such a move is in the plan."""
        return any(each.do == do and each.account == account for each in self.moves)


def play_turn(state: State, style: Style, order: Sequence[str] = ()) -> Turn:
    """The moves of a style in a turn; ``order`` ranks the customers, else the style does."""
    plan = Planner(state)
    for name in _targets(state, style, order):
        for move in _wanted(state, name, style, plan):
            plan.add(move)
    return plan.moves


def _targets(state: State, style: Style, order: Sequence[str]) -> list[str]:
    """The customers to work at this turn: those that have signed, then the most promising."""
    alive = [n for n, account in state.accounts.items() if account.status in {"closed", "open"}]
    signed = [n for n, account in state.accounts.items() if account.status == "signed"]
    if order:
        ranked = [name for name in order if name in alive]
        return [*signed, *ranked[: max(1, style.focus - len(signed) // 2)]]
    if style.credit and state.turn == 1:
        return alive
    safe = [name for name in alive if not _risky(state.accounts[name])]
    ranked = sorted(safe, key=lambda name: -promise(state, name)) if style.credit else alive
    return [*signed, *ranked[: style.focus]]


def _risky(account: Account) -> bool:
    return account.credit and account.hazard >= RISKY


def promise(state: State, name: str) -> int:
    """What a customer may bring in the turns left, per day that it will take.

    A big house takes more days: more people to meet, more tests. Part of each turn goes elsewhere.
    """
    data, account = state.about(name), state.accounts[name]
    days = 3 * len(data.people) + 2 * len(data.tests) + 8 - account.time
    signing = state.turn + days * 3 // (2 * state.data.resources.time) + 1
    orders = max(0, (state.data.turns - signing) // 2)
    margin = data.unit_price * 93 - 100 * data.unit_cost
    gain = 100 * data.signing + orders * margin * sum(data.order) // 2
    return gain // max(6, days) if signing <= state.data.turns else 0


def _wanted(state: State, name: str, style: Style, plan: Planner) -> Iterator[Move]:
    """What a style would do at a customer, in the order of the process."""
    account = state.accounts[name]
    if account.status == "closed":
        yield Move("search", name)
        if style.credit:
            yield Move("credit", name)
        return
    if style.notes:
        yield from _notes(name, account)
    if account.status == "signed":
        yield from _served(state, name, style)
        return
    yield from _met(name, account, style)
    if not style.sells:
        return
    if style.needs:
        yield from _needs(name, account)
    elif account.failed:
        yield from _mended(name, account)
    yield from _persuade(state, name, style, plan)
    yield from _close(state, name, style)


def _notes(name: str, account: Account) -> Iterator[Move]:
    """Write down what a person has shown: roles and a wish at first, all of it the second time."""
    for who, person in account.people.items():
        if not person.met:
            continue
        wishes = person.wishes if person.met > 1 else person.wishes[:1]
        fear = person.fear if person.met > 1 else ""
        if (person.roles, wishes, fear) != structs.astuple(person.note):
            yield Move("note", name, person=who, roles=person.roles, interests=wishes, fear=fear)


def _met(name: str, account: Account, style: Style) -> Iterator[Move]:
    gate = any(person.stopped_us for person in account.people.values()) and account.gate()
    for visit in range(style.meets):
        for who, person in account.people.items():
            shut = gate and person.met and "decider" in person.roles
            if person.met == visit and not shut and _worth_meeting(person, visit):
                yield Move("map", name, person=who)


def _worth_meeting(person: Person, visit: int) -> bool:
    """Everybody once; again who has a say or may stand in the way."""
    return not visit or bool({"decider", "buyer", "gatekeeper", "user"} & set(person.roles))


def _needs(name: str, account: Account) -> Iterator[Move]:
    for what in ("service", "price", "performance"):
        yield Move("probe", name, what=what)
    coming = account.performance + RELAYED * len(account.relays)
    if "performance" in account.probed and coming < account.target:
        yield Move("relay", name)
    if "service" in account.probed and account.short and not account.partner:
        yield Move("partner", name, how=account.short)


def _mended(name: str, account: Account) -> Iterator[Move]:
    """What even those do who ask for no needs, once a test has failed."""
    yield Move("probe", name, what="performance")
    coming = account.performance + RELAYED * len(account.relays)
    if "performance" in account.probed and coming < account.target:
        yield Move("relay", name)


def _persuade(state: State, name: str, style: Style, plan: Planner) -> Iterator[Move]:
    account, people = state.accounts[name], state.accounts[name].people
    if style.reassure:
        for who, person in people.items():
            if person.met > 1 and person.fear and not person.reassured:
                yield Move("reassure", name, person=who, fear=person.fear)
    if account.question:
        yield Move("answer", name, how="honest" if style.honest else "promise")
    yield from _offers(state, name, style)
    shown = account.cut >= 0 or plan.done("offer", name)
    if style.demo and shown and not _won_over(account):
        hands = [who for who, person in people.items() if _tries(person)]
        if hands:
            yield Move("demo", name, persons=tuple(hands[:3]))
    if style.reference and account.cut >= 0:
        for who in _met_having(account, "decider"):
            if not people[who].referred and people[who].support < AGREES:
                yield Move("reference", name, person=who)


def _tries(person: Person) -> bool:
    return person.met > 0 and not person.tried and bool({"user", "influencer"} & set(person.roles))


def _met_having(account: Account, role: str) -> list[str]:
    return [who for who in account.having(role) if account.people[who].met]


def _offers(state: State, name: str, style: Style) -> Iterator[Move]:
    account = state.accounts[name]
    ready = {"price", "service"} <= set(account.probed) if style.needs else True
    met = sum(person.met > 0 for person in account.people.values())
    known = not style.meets or met * 2 >= len(account.people)
    if not ready or not known or account.offers >= style.offers:
        return
    messages = _messages(state, account, style)
    if account.cut >= 0 and (not messages or _won_over(account)):
        return
    cut = account.cut if account.agreed >= 0 else style.cut
    visits = account.service if "service" in account.probed else 2
    yield Move("offer", name, cut=cut, visits=visits, messages=messages)


def _won_over(account: Account) -> bool:
    """Whether nobody who has been met and has a say needs more words."""
    needed = {"decider": AGREES, "buyer": 3}
    return valued(account) and all(
        account.people[who].support >= least
        for role, least in needed.items()
        for who in account.having(role)
    )


def _messages(state: State, account: Account, style: Style) -> tuple[Message, ...]:
    if style.messages == "none":
        return ()
    if style.messages == "dump":
        people = list(account.people)
        ours = state.data.vendor.strengths
        return tuple(Message(people[i % len(people)], ours[i % len(ours)]) for i in range(6))
    found = []
    for role in ("decider", "buyer", "gatekeeper", "influencer", "user", "initiator"):
        for who in account.having(role):
            found += [Message(who, benefit) for benefit in _fitting(state, account, who, style)]
    first = sorted(dict.fromkeys(found), key=lambda each: account.people[each.person].gains)
    return tuple(first)[:3]


def _fitting(state: State, account: Account, who: str, style: Style) -> list[str]:
    """What to tell a person: the wishes heard, as far as they can be met."""
    person = account.people[who]
    heard = person.wishes if person.met > 1 else person.wishes[: person.met]
    known = [*heard, *(dict(person.interests) if person.met > 1 else ())]
    can = state.data.vendor.strengths if style.truthful else [b.id for b in benefits().benefits]
    return [each for each in known if each in can and each not in person.told]


def _close(state: State, name: str, style: Style) -> Iterator[Move]:
    account = state.accounts[name]
    if account.agreed < 0:
        if not _may_negotiate(state, account, style):
            return
        fair = max(0, account.price - max(-2, min(2, account.visits - account.service)))
        opening = max(0, fair - style.aim, account.cut) if style.needs else style.cut
        yield Move("negotiate", name, opening=opening, reserve=min(20, opening + 8))
    tests = state.about(name).tests
    fit = account.performance >= account.target or "performance" not in account.probed
    for test in tests:
        skipped = not style.pilots and test in {"pilot2", "pilot3"}
        if test not in account.passed and not skipped and (fit or test == "pilot1"):
            yield Move("test", name, which=test)
    if not style.needs or _won_over(account) or state.turn >= state.data.turns - 1:
        yield Move("contract", name)


def _may_negotiate(state: State, account: Account, style: Style) -> bool:
    if account.cut < 0 or not style.needs:
        return account.cut >= 0
    last = state.turn >= state.data.turns - 1
    keen = any(account.people[who].support >= AGREES - 4 for who in account.having("decider"))
    return keen or last


def _served(state: State, name: str, style: Style) -> Iterator[Move]:
    account = state.accounts[name]
    if account.defect and style.serve:
        yield Move("fix", name, how="joint")
    for order in account.orders:
        fits = lead(state, order.units) <= order.due - state.turn + 1
        yield Move("accept" if fits or not style.serve else "decline", name, order=order.id)
    if style.serve:
        if account.trust >= OPEN_MINDED:
            yield Move("expand", name)
        if account.quiet > 0 or account.trust < _CONTENT:
            yield Move("care", name)


def random_turn(state: State, salt: int) -> Turn:
    """Moves drawn blindly; what is not possible is drawn again a few times."""
    plan = Planner(state)
    key = (state.seed, "random", salt, state.turn)
    for number in range(between(3, 30, *key)):
        plan.add(_random_move(state, draw(*key, number)))
    return plan.moves


def _random_move(state: State, luck: int) -> Move:
    """A move with all its fields filled in blindly."""
    names, kinds = list(state.accounts), list(COSTS)
    name = names[luck % len(names)]
    do, _, variant = kinds[(luck >> 8) % len(kinds)].partition(" ")
    people = list(state.accounts[name].people)
    known = [benefit.id for benefit in benefits().benefits]
    person, benefit = people[(luck >> 16) % len(people)], known[(luck >> 24) % len(known)]
    answer = ("honest", "promise")[luck >> 62 & 1]
    return Move(
        do,
        name,
        person=person,
        what=PROBES[(luck >> 32) % len(PROBES)],
        how=variant or answer,
        which=variant,
        fear=FEARS[(luck >> 36) % len(FEARS)],
        cut=(luck >> 40) % 21,
        visits=(luck >> 45) % 7,
        opening=(luck >> 50) % 10,
        reserve=10 + (luck >> 54) % 11,
        order=1 + (luck >> 58) % 4,
        messages=(Message(person, benefit),),
        persons=(person,),
        roles=(ROLES[(luck >> 60) % len(ROLES)],),
        interests=(benefit,),
    )


Policy = Callable[[State], Turn]


def styled(style: Style, order: Sequence[str] = ()) -> Policy:
    """A style as a policy."""
    return lambda state: play_turn(state, style, order)


def play(name: str, seed: int, policy: Policy, engine: int = ENGINE) -> tuple[State, list[Turn]]:
    """A whole game under a policy: its end, and the moves turn by turn."""
    state, turns = begin(name, seed, engine), []
    while not state.over:
        turn = policy(state)
        turns.append(turn)
        state, _ = step(state, turn)
    return state, turns


def orders_of(state: State, limit: int = 3) -> list[tuple[str, ...]]:
    """All orders in which some customers can be worked at, without those that may well fail.

    A game that was lucky with a customer near bankruptcy is no game to measure others by.
    """
    names = [name for name, account in state.accounts.items() if account.hazard < RISKY]
    most = min(limit, len(names))
    return [order for size in range(1, most + 1) for order in permutations(names, size)]


VARIANTS: Final = tuple(
    structs.replace(TEXTBOOK, credit=False, aim=aim, offers=offers)
    for aim in (2, 3, 4)
    for offers in (3, 2)
)
"""The honest styles among which the reference is searched, for every order of customers."""
