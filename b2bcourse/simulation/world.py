"""What happens between two turns, engine 1: talk at the customer, the factory, rivals, luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.simulation.acts import AGENT_SHARE, RELAYED, ask, earn
from b2bcourse.simulation.chance import between, happens
from b2bcourse.simulation.state import Account, Event, Order, State

if TYPE_CHECKING:
    from b2bcourse.simulation.numbers import Numbers

SPEAKS: Final = 8
"""The support from which a person speaks for us (or, below minus this, against us) to others."""
NEGLECTED: Final = 3
"""So many turns without a word invite the competitor."""
SHAKY: Final = 30
"""Trust under which a competitor attacks even an account that is looked after."""
LOST: Final = 15
ENTRY_BARRIER: Final = 3
"""So many deliveries on time in a row make it hard for others to come in."""
PENALTY: Final = 8
"""Being late costs one part in so many."""
DEADLY_DEFECT: Final = 3
EXPANDED_BY: Final = 3


class Passing:
    """One account while a turn passes, and what it has to tell."""

    def __init__(self, state: State, name: str, events: list[Event]) -> None:
        self.state, self.name, self._events = state, name, events
        self.account: Account = state.accounts[name]
        self.data = state.about(name)

    @property
    def numbers(self) -> Numbers:
        """What the rules of this game say where versions differ."""
        return self.state.numbers

    def say(self, name: str, person: str = "", **values: int | str) -> None:
        """Report an event at this account."""
        self._events.append(Event(name, self.name, person, tuple(values.items())))

    def lucky(self, per_mille: int, what: str) -> bool:
        """Whether something comes about at this account in this turn."""
        return happens(per_mille, self.state.seed, self.state.turn, self.name, what)


def turn_passes(state: State, touched: frozenset[str], events: list[Event]) -> None:
    """Everything between two turns; ``touched`` names the accounts where something was done."""
    passing = [Passing(state, name, events) for name in state.accounts]
    for each in passing:
        if each.account.alive:
            _live(each, touched)
    _produce(state, {each.name: each for each in passing})
    for each in passing:
        if each.account.alive:
            _fortune(each)
        if each.account.status == "signed":
            _order(each)
    resources = state.data.resources
    state.turn += 1
    state.time, state.people = resources.time, resources.people
    state.capacity = resources.capacity


def _live(each: Passing, touched: frozenset[str]) -> None:
    each.account.quiet = 0 if each.name in touched else each.account.quiet + 1
    _develop(each)
    _question(each)
    _worry(each)
    _talk(each)
    _lapse(each)


def _develop(each: Passing) -> None:
    due = [turn for turn in each.account.relays if turn <= each.state.turn + 1]
    if due:
        each.account.performance += RELAYED * len(due)
        each.account.relays = tuple(t for t in each.account.relays if t not in due)
        each.say("developed", n=each.account.performance)


def _question(each: Passing) -> None:
    account = each.account
    if account.question:
        account.trusts(-4)
        each.say("still_waiting")
    elif account.cut >= 0 and not account.asked and each.data.asks:
        account.question, account.asked = ask(each.state, each.name), True
        each.say(f"asked_{account.question}")


def _worry(each: Passing) -> None:
    """The nearer the change, the greater a fear that nobody has answered."""
    if each.account.cut < 0 or each.account.status == "signed":
        return
    for name, person in each.account.people.items():
        if not person.fear or person.reassured:
            continue
        before = person.support
        person.warm(-1)
        if "gatekeeper" in person.roles:  # whoever keeps the gate does not open it in fear
            person.support = min(person.support, -1)
            if before >= 0:
                each.say("shuts_gate", name)


def _talk(each: Passing) -> None:
    """Who is convinced carries it to those who listen, gate or no gate."""
    people = each.account.people
    before = {name: person.support for name, person in people.items()}
    for person in each.data.people:
        for voice in person.ear:
            if abs(before[voice]) >= SPEAKS:
                people[person.id].warm(1 if before[voice] > 0 else -1)


def _lapse(each: Passing) -> None:
    stale = each.account.orders
    if stale:
        each.account.orders = ()
        each.account.trusts(-6)
        each.say("lapsed", n=len(stale))


def _produce(state: State, passing: dict[str, Passing]) -> None:
    """The factory makes what is due first; tests have had their share of the capacity already."""
    waiting = sorted(
        (order.due, name, order.id)
        for name, account in state.accounts.items()
        for order in account.making
    )
    for _due, name, number in waiting:
        account = state.accounts[name]
        order = next(each for each in account.making if each.id == number)
        made = min(order.left, state.capacity)
        state.capacity -= made
        rest = tuple(each for each in account.making if each.id != number)
        left = Order(order.id, order.units, order.due, order.left - made)
        account.making = (*rest, left) if left.left else rest
        if not left.left:
            _deliver(passing[name], order)


def _deliver(each: Passing, order: Order) -> None:
    account, data = each.account, each.data
    revenue = order.units * data.unit_price * (100 - account.agreed) // 100
    late = order.due < each.state.turn
    if late:
        revenue -= revenue // PENALTY
        account.trusts(-10)
        account.on_time = 0
    else:
        account.trusts(5)
        account.on_time += 1
    spent = order.units * data.unit_cost + account.visits
    if account.partner == "agent":
        spent += revenue * AGENT_SHARE // 100
    account.delivered += 1
    earn(each.state, account, revenue - spent)
    if each.numbers.unpaid:
        account.unpaid = (*account.unpaid, (each.state.turn, revenue))
    each.say("late" if late else "delivered", n=order.units, money=revenue - spent)
    numbers = each.numbers
    if not account.defect and each.lucky(numbers.defects[account.skipped], "defect"):
        account.defect = 1
        account.trusts(-numbers.defect_trust)
        earn(each.state, account, -(revenue // numbers.rework))
        each.say("defect", n=revenue // numbers.rework)


def _fortune(each: Passing) -> None:
    account = each.account
    if account.hazard and each.lucky(account.hazard, "bankrupt"):
        account.status = "bankrupt"
        account.orders = account.making = ()
        _unpaid(each)
        return
    if account.sour and account.status == "signed":
        account.trusts(-4)
        each.say("sours")
    if account.defect:
        _defect(each)
    if account.alive:
        _rival(each)


def _unpaid(each: Passing) -> None:
    """Who fails no longer pays for what was delivered last."""
    since = each.state.turn - each.numbers.unpaid
    lost = sum(revenue for turn, revenue in each.account.unpaid if turn > since)
    if not lost:
        each.say("bankrupt")
        return
    earn(each.state, each.account, -lost)
    each.say("bankrupt_owing", n=lost)


def _defect(each: Passing) -> None:
    account = each.account
    if account.defect > DEADLY_DEFECT:
        _lose(each, "lost_defect")
    elif account.defect > 1:
        account.trusts(-8)
        each.say("defect_waits")
    account.defect += 1


def _rival(each: Passing) -> None:
    account, turn = each.account, each.state.turn
    if account.status == "open":
        if account.quiet >= NEGLECTED and account.step > 1:
            account.trusts(-4)
            for person in account.people.values():
                person.warm(-1)
            each.say("neglected")
        return
    inviting = account.quiet >= NEGLECTED or account.trust < SHAKY
    chance = 500 if inviting else each.numbers.bought if account.bought else 0
    if not chance or not each.lucky(chance, "rival"):
        return
    if account.watched >= turn:
        each.say("parried")
        return
    harm = 8 + 6 * account.rival
    account.trusts(-(harm // 2 if account.on_time >= ENTRY_BARRIER else harm))
    each.say("attacked")
    if account.trust < LOST:
        _lose(each, "lost_rival")


def _lose(each: Passing, why: str) -> None:
    each.account.status = "lost"
    each.account.orders = each.account.making = ()
    each.say(why)


def _order(each: Passing) -> None:
    """Every other turn a customer who has signed orders."""
    state, account = each.state, each.account
    if (state.turn - account.signed) % 2 or state.turn >= state.data.turns:
        return
    account.ordered += 1
    key = (state.seed, account.ordered, each.name)
    least, most = each.data.order
    units = between(least, most, *key, "units") + (EXPANDED_BY if account.expanded else 0)
    due = state.turn + between(1, 3, *key, "due")
    account.orders = (Order(account.ordered, units, due, units),)
    each.say("ordered", n=units, due=due - state.turn)
