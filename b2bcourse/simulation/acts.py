"""What each move does, engine 1. A move's consequences follow what the course teaches.

All functions change the copy of the state they are given and report events; every number is whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.facts import benefits
from b2bcourse.simulation.chance import happens, pick
from b2bcourse.simulation.moves import MESSAGES, Move
from b2bcourse.simulation.state import Account, Event, Note, Order, Person, State

if TYPE_CHECKING:
    from collections.abc import Callable

WISH: Final = 9
"""What a message about a wish does for a person's support; lesser interests have less."""
GAIN: Final = 4
"""The warmth from which a benefit is seen as one's own gain."""
RELAYED: Final = 5
RELAY_TURNS: Final = 2
AGREES: Final = 10
"""The support from which a decider says yes."""
AGENT_SHARE: Final = 5
"""Per cent of the revenue that an agent takes."""
DEEP: Final = 4
"""A cut so far beyond what purchasing must reach that the whole house hears of it."""
ENOUGH_ALONE: Final = 8
"""A cut so far beyond it that the price alone is a gain, whatever else was said."""
QUESTIONS: Final = ("price", "service", "capacity", "roadmap")


class Act:
    """A move being carried out: the state it changes and what it has to tell."""

    def __init__(self, state: State, move: Move, events: list[Event]) -> None:
        self.state, self.move, self._events = state, move, events
        self.account: Account = state.accounts[move.account]
        self.data = state.about(move.account)

    @property
    def person(self) -> Person:
        """The person the move is about."""
        return self.account.people[self.move.person]

    def say(self, name: str, person: str = "", **values: int | str) -> None:
        """Report an event at this account."""
        self._events.append(Event(name, self.move.account, person, tuple(values.items())))

    def say_at(self, account: str, name: str, **values: int | str) -> None:
        """Report an event at another account."""
        self._events.append(Event(name, account, "", tuple(values.items())))

    def key(self, *more: int | str) -> tuple[int | str, ...]:
        """What a draw of this move at this account in this turn is asked by."""
        return (self.state.turn, self.move.account, self.move.do, *more)

    def blocked(self, name: str) -> bool:
        """Whether a gatekeeper keeps us from this person; it shows who does."""
        gate = self.account.gate()
        if not gate or name == gate or "decider" not in self.account.people[name].roles:
            return False
        self.shut_by(gate)
        self.say("stopped", gate, whom=name)
        return True

    def shut_by(self, gate: str) -> None:
        """It shows who has stopped us."""
        if gate:
            self.account.people[gate].stopped_us = True


def right(account: Account, step: str) -> None:
    """A step of the process done in its place, counted once."""
    if step not in account.steps_right and step not in account.steps_wrong:
        account.steps_right = (*account.steps_right, step)


def wrong(account: Account, step: str) -> None:
    """A step done before what it rests on, counted once."""
    if step not in account.steps_wrong:
        account.steps_wrong = (*account.steps_wrong, step)


def in_order(account: Account, step: str, *, ready: bool) -> None:
    """Count a step as in order or not."""
    (right if ready else wrong)(account, step)


def search(act: Act) -> None:
    """Step 1: the field of use, the suppliers and their weak spots."""
    act.account.status = "open"
    right(act.account, "search")
    act.say("searched")


def credit(act: Act) -> None:
    """A credit check shows how likely the customer is to fail."""
    act.account.credit = True
    act.say("credit_bad" if act.account.hazard >= RISKY else "credit_good")


RISKY: Final = 20
"""Chances of bankruptcy in a thousand a turn from which a credit check warns."""


def map_person(act: Act) -> None:
    """Step 2: meet a person and listen."""
    if act.blocked(act.move.person):
        return
    act.person.met += 1
    act.person.warm(2 if act.person.met == 1 else 1)
    met = sum(1 for person in act.account.people.values() if person.met)
    if met >= len(act.account.people) // 2:
        right(act.account, "map")
    act.say("met" if act.person.met == 1 else "met_again", act.move.person)


def partner(act: Act) -> None:
    """Step 2: an agent or a consortium where our own conditions fall short."""
    how = act.account.partner = act.move.how
    act.say("partner_fits" if act.account.short == how else "partner_idle", how=how)


def give_up(act: Act) -> None:
    """Step 2: leave a customer boldly, for good."""
    act.account.status = "given_up"
    act.account.orders = act.account.making = ()
    act.say("gave_up")


def probe(act: Act) -> None:
    """Step 3: what price, what service, what performance the customer needs."""
    act.account.probed = (*act.account.probed, act.move.what)
    in_order(act.account, "needs", ready="map" in act.account.steps_right)
    here = act.account
    values = {"price": here.price, "service": here.service, "performance": here.target}
    act.say(f"probed_{act.move.what}", n=values[act.move.what])
    if act.move.what == "service" and here.short:
        act.say("short_seen", how=here.short)


def relay(act: Act) -> None:
    """Step 4: pass the need to development; the product is better two turns later."""
    act.account.relays = (*act.account.relays, act.state.turn + RELAY_TURNS)
    right(act.account, "relay")
    act.say("relayed")


def offer(act: Act) -> None:
    """Step 5: price, service, and messages to persons."""
    account, move = act.account, act.move
    in_order(account, "offer", ready={"price", "service"} <= set(account.probed))
    account.cut, account.visits = move.cut, move.visits
    _quotation(act)
    if len(move.messages) > MESSAGES:
        act.say("spec_dump")
        for person in {message.person for message in move.messages}:
            account.people[person].warm(-3)
        return
    for message in move.messages:
        if not act.blocked(message.person):
            _message(act, message.person, message.benefit)


def _quotation(act: Act) -> None:
    """What the bare terms do: they please once, and alone they only invite a lower price."""
    account, move = act.account, act.move
    if not move.messages and not account.offers:
        account.room += 1
        act.say("price_only")
    if not account.offers and move.cut >= account.price:
        deep = move.cut >= account.price + DEEP
        for name in account.having("buyer"):
            account.people[name].warm(9 if deep else 5)
        for name in account.having("decider") if deep else ():
            account.people[name].warm(2)
        if deep:
            _heard(act)
        act.say("price_deep" if deep else "price_reaches")
    if not account.offers and move.visits >= account.service:
        for name in account.having("user"):
            account.people[name].warm(3)
    account.offers += 1


def _heard(act: Act) -> None:
    """The word of a deep cut goes round: whoever has not agreed yet asks for more."""
    for name, other in act.state.accounts.items():
        if name == act.move.account or not other.alive or other.agreed >= 0:
            continue
        more = other.price + act.state.numbers.heard
        if more == other.price:
            continue
        other.price = more
        act.say_at(name, "heard_price", n=more)


def _message(act: Act, name: str, benefit: str) -> None:
    person = act.account.people[name]
    if benefit in person.told:
        act.say("told_again", name, benefit=benefit)
        return
    person.told = (*person.told, benefit)
    warmth = WISH if benefit in person.wishes else dict(person.interests).get(benefit, -3)
    person.warm(warmth)
    person.gains = person.gains or warmth >= GAIN
    told = {WISH: "touched", -3: "untouched"}.get(warmth, "heard")
    act.say(told, name, benefit=benefit)
    if benefit not in act.state.data.vendor.strengths and warmth > 0:
        act.account.false_claims = (*act.account.false_claims, (name, benefit))


def demo(act: Act) -> None:
    """Step 5: users and influencers try it themselves; others only watch."""
    for name in dict.fromkeys(filter(None, act.move.persons)):
        person = act.account.people[name]
        if act.blocked(name):
            continue
        if person.tried:
            act.say("tried_again", name)
        elif {"user", "influencer"} & set(person.roles):
            person.warm(7)
            act.say("tried", name)
        else:
            person.warm(1)
            act.say("watched", name)
        person.tried = True


def reference(act: Act) -> None:
    """A comparable customer's story; it is the deciders whom it convinces."""
    name, person = act.move.person, act.person
    if act.blocked(name):
        return
    if "decider" in person.roles and not person.referred:
        person.warm(8 + fame(act.state))
        act.say("reference_counts", name)
    else:
        person.warm(0 if person.referred else 1)
        act.say("reference_idle", name)
    person.referred = True


def fame(state: State) -> int:
    """What the customers served so far are worth as references."""
    served = [name for name, account in state.accounts.items() if account.delivered]
    return min(6, sum(state.about(name).fame for name in served))


def reassure(act: Act) -> None:
    """Answer a person's worry; the answer to another worry makes it no better."""
    person = act.person
    if person.fear and person.fear == act.move.fear and not person.reassured:
        person.reassured = True
        person.warm(10)
        act.say("reassured", act.move.person)
    else:
        person.warm(-2)
        act.say("reassured_wrongly", act.move.person)


def answer(act: Act) -> None:
    """Step 6: answer the customer's question as it is, or promise more than is true."""
    account = act.account
    account.question = ""
    right(account, "feedback")
    if act.move.how == "promise":
        account.promises += 1
        for person in account.people.values():
            person.warm(2)
        act.say("promised")
        return
    account.trusts(8)
    if happens(400, act.state.seed, "truth", act.move.account):
        for name in account.having("buyer"):
            account.people[name].warm(-1)
        act.say("honest_hard")
    else:
        act.say("honest")


def settled(account: Account, visits: int) -> int:
    """The price cut that is fair to both; visits beyond the need stand for price."""
    return max(0, account.price - max(-2, min(2, visits - account.service)))


def negotiate(act: Act) -> None:
    """Step 7: both open away from where they would settle and meet in the middle."""
    account, move = act.account, act.move
    answered = "feedback" in account.steps_right or not act.data.asks
    in_order(account, "negotiate", ready="price" in account.probed and answered)
    fair = settled(account, account.visits)
    bluff = 0 if {"price", "service"} <= set(account.probed) else 3
    if move.opening < fair - 2 * account.room:
        account.trusts(-8)
        act.say("insulted", n=move.opening)
        return
    theirs = fair + account.room + bluff
    agreed = max(fair - 2, (move.opening + theirs + 1) // 2)
    if agreed > move.reserve:
        account.trusts(-2)
        act.say("no_meeting", n=theirs)
        return
    account.agreed, account.cut = agreed, agreed
    account.bought = bool(act.state.numbers.bought) and agreed >= account.price + DEEP
    account.sour = agreed < fair
    for name in account.having("buyer"):
        account.people[name].warm(-2 if account.sour else 2)
    act.say("agreed_sour" if account.sour else "agreed", n=agreed)
    if not act.data.tests:
        contract(act)


def test(act: Act) -> None:
    """Step 8: pilots in their order, mass production, audit."""
    account, which = act.account, act.move.which
    _count_skipped(act, which)
    trouble = _test_trouble(act, which)
    liked = [*account.having("influencer"), *account.having("user")]
    if trouble:
        account.failed = which
        account.trusts(-4)
        for name in dict.fromkeys(liked):
            account.people[name].warm(-3)
        act.say(trouble, test=which)
        return
    account.passed, account.failed = (*account.passed, which), ""
    account.trusts(3)
    for name in dict.fromkeys(liked):
        account.people[name].warm(2)
    act.say("test_passed", test=which)


def _count_skipped(act: Act, which: str) -> None:
    account, asked = act.account, act.data.tests
    before = asked[: asked.index(which)]
    skipped = len([each for each in before if each not in account.passed])
    account.skipped = max(account.skipped, skipped)
    in_order(account, f"test {which}", ready=not skipped)


def _test_trouble(act: Act, which: str) -> str:
    """What goes wrong in a test; empty if it is passed."""
    account = act.account
    allowed = {"pilot1": 5}.get(which, 0)
    if account.performance + allowed < account.target:
        return "test_too_weak"
    if which == "mass" and account.promises:
        account.promises = 0
        account.trusts(-25)
        for name in account.having("decider"):
            account.people[name].warm(-6)
        return "promise_found"
    if which == "audit" and account.false_claims:
        _claims_found(account)
        return "claims_found"
    return ""


def _claims_found(account: Account) -> None:
    """Who was told what we cannot give takes it back, twice over."""
    for name, _benefit in account.false_claims:
        account.people[name].warm(-2 * WISH)
        account.people[name].gains = False
        account.trusts(-15)
    account.false_claims = ()


def contract(act: Act) -> None:
    """The formal contract, after the audit: the buyer signs what the deciders have agreed to."""
    account = act.account
    reason, who = refusal(act)
    if reason:
        act.say(reason, who)
        return
    if account.promises or account.false_claims:  # where no test came before the contract
        account.promises = 0
        _claims_found(account)
        account.trusts(-10)
        act.say("found_after")
    account.status, account.signed = "signed", act.state.turn
    right(account, "contract")
    paid = act.data.signing * (100 - account.agreed) // 100
    earn(act.state, account, paid)
    act.say("signed", n=paid)


def refusal(act: Act) -> tuple[str, str]:
    """Why the customer does not sign, and who stands in the way; two empty texts if it does."""
    account = act.account
    people = account.people
    gate = account.gate()
    for reason, holds in {
        "refused_short": account.short and account.partner != account.short,
        "refused_weak": account.performance < account.target,
        "refused_gate": gate,
        "refused_value": not valued(account),
    }.items():
        if holds:
            act.shut_by(gate if reason == "refused_gate" else "")
            return reason, gate if reason == "refused_gate" else ""
    for role, least in (("buyer", 0), ("user", -8)):
        for name in account.having(role):
            if people[name].support < least:
                return f"refused_{role}", name
    deciders = account.having("decider")
    coolest = min(deciders, key=lambda name: people[name].support)
    if people[coolest].support < 0 or max(people[name].support for name in deciders) < AGREES:
        return "refused_decider", coolest
    return "", ""


def valued(account: Account) -> bool:
    """Whether value has been created: half of the people see a gain, or the price alone is one."""
    seen = sum(person.gains for person in account.people.values())
    return seen >= len(account.people) // 2 or account.agreed >= account.price + ENOUGH_ALONE


def earn(state: State, account: Account, amount: int) -> None:
    """Book what comes in or goes out; a loss is booked in full, but the purse stops at nothing."""
    state.money = max(0, state.money + amount)
    state.profit += amount
    account.profit += amount


def lead(state: State, units: int) -> int:
    """The lead time of an order in turns: what waits before it, and itself, over the capacity."""
    waiting = sum(order.left for account in state.accounts.values() for order in account.making)
    return -(-(waiting + units) // state.data.resources.capacity)


def accept(act: Act) -> None:
    """Step 9: take an order on; whether lead time fits the due date is ours to check."""
    order = _taken(act)
    turns = lead(act.state, order.units)
    left = order.due - act.state.turn + 1
    in_order(act.account, "order", ready=turns <= left)
    act.account.making = (*act.account.making, order)
    act.say("accepted" if turns <= left else "accepted_tight", n=order.units, lead=turns, due=left)


def decline(act: Act) -> None:
    """Step 9: leave an order that cannot be made in time."""
    order = _taken(act)
    hopeless = lead(act.state, order.units) > order.due - act.state.turn + 1
    act.account.trusts(-1 if hopeless else -5)
    act.say("declined" if hopeless else "declined_needlessly", n=order.units)


def _taken(act: Act) -> Order:
    order = next(order for order in act.account.orders if order.id == act.move.order)
    act.account.orders = tuple(each for each in act.account.orders if each is not order)
    return order


def care(act: Act) -> None:
    """Step 10: look after the account."""
    act.account.trusts(5)
    right(act.account, "care")
    act.say("cared")


def watch(act: Act) -> None:
    """Step 10: see the competitor's next move before it comes."""
    act.account.watched = act.state.turn + 3
    act.say("watching", n=act.account.rival)


def fix(act: Act) -> None:
    """Step 10: a defect, dealt with together or alone."""
    account = act.account
    if act.move.how == "joint":
        account.defect = 0
        account.trusts(8)
        act.say("fixed_together")
    elif happens(500, act.state.seed, *act.key()):
        account.defect = 0
        act.say("fixed_alone")
    else:
        account.trusts(-4)
        act.say("not_fixed")


def expand(act: Act) -> None:
    """Value kept becomes value expanded: the next need of the same customer."""
    if act.account.trust < OPEN_MINDED:
        act.say("not_open")
        return
    act.account.expanded = True
    paid = act.data.signing // 2
    earn(act.state, act.account, paid)
    act.say("expanded", n=paid)


OPEN_MINDED: Final = 50
"""The trust from which a customer tells what it tells nobody else."""


def note(act: Act) -> None:
    """What the player believes about a person; no event, since nothing happens."""
    move = act.move
    order = [benefit.id for benefit in benefits().benefits]
    act.person.note = Note(
        roles=tuple(dict.fromkeys(move.roles)),
        interests=tuple(sorted(set(move.interests), key=order.index)),
        fear=move.fear,
    )


def ask(state: State, name: str) -> str:
    """The question that a customer comes back with after an offer."""
    return pick(QUESTIONS, state.seed, "question", name)


ACTS: Final[dict[str, Callable[[Act], None]]] = {
    "search": search,
    "credit": credit,
    "map": map_person,
    "partner": partner,
    "give_up": give_up,
    "probe": probe,
    "relay": relay,
    "offer": offer,
    "demo": demo,
    "reference": reference,
    "reassure": reassure,
    "answer": answer,
    "negotiate": negotiate,
    "test": test,
    "contract": contract,
    "accept": accept,
    "decline": decline,
    "care": care,
    "watch": watch,
    "fix": fix,
    "expand": expand,
    "note": note,
}
