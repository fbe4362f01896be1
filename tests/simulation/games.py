"""Games to test with: moves that may be anything, states to begin from."""

from hypothesis import strategies as st

from b2bcourse import simulation as sim
from b2bcourse.facts import benefits
from b2bcourse.simulation.moves import COSTS
from b2bcourse.simulation.scenario import FEARS, ROLES, TESTS

SCENARIOS = sim.scenarios()
LONG = ("software", "parts", "kitchens", "boilers")

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def moves(draw, scenario):
    """A well-formed move; whether it can be made is another question."""
    data = sim.scenario(scenario)
    account = draw(st.sampled_from(data.accounts))
    people = st.sampled_from([person.id for person in account.people])
    known = st.sampled_from([benefit.id for benefit in benefits().benefits])
    name = draw(st.sampled_from(sorted(COSTS)))
    do, _, variant = name.partition(" ")
    return {
        "do": do,
        "account": account.id,
        "person": draw(people),
        "what": draw(st.sampled_from(["price", "service", "performance"])),
        "how": variant or draw(st.sampled_from(["honest", "promise"])),
        "which": variant or draw(st.sampled_from(TESTS)),
        "fear": draw(st.sampled_from(FEARS)),
        "cut": draw(st.integers(0, 20)),
        "visits": draw(st.integers(0, 6)),
        "opening": draw(st.integers(0, 20)),
        "reserve": draw(st.integers(0, 20)),
        "order": draw(st.integers(1, 4)),
        "persons": draw(st.lists(people, max_size=3)),
        "messages": draw(
            st.lists(st.fixed_dictionaries({"person": people, "benefit": known}), max_size=6)
        ),
        "roles": draw(st.lists(st.sampled_from(ROLES), max_size=2)),
        "interests": draw(st.lists(known, max_size=2)),
    }


def turns(scenario, most=6):
    """Some turns of well-formed moves."""
    turn = st.lists(moves(scenario), max_size=6)
    return st.lists(turn, min_size=1, max_size=most)


def played(name, seed, *steps):
    """The state after some turns."""
    return sim.replay(name, seed, list(steps))[-1]


def names(state):
    """The names of what happened last."""
    return [event.name for event in state.happened]


def ready(name="software", account="mir", seed=1):
    """A game at a customer that has been looked into, with plenty of everything."""
    state = sim.begin(name, seed).copied()
    here = state.accounts[account]
    here.status, here.step, here.question, here.asked = "open", 1, "", True
    here.short = ""
    state.time, state.people, state.money, state.capacity = 40, 20, 200, 40
    return state, here


def close(here):
    """Let all be done but what a test is about: everybody for us, terms agreed, tests passed."""
    for person in here.people.values():
        person.support, person.gains, person.reassured = 15, True, True
    here.performance = here.target
    here.probed = ("price", "service", "performance")
    here.cut, here.visits, here.agreed = here.price, here.service, here.price


def first_having(here, role, alone=False):
    """Somebody with a role, or with no other."""
    return next(
        name
        for name, person in here.people.items()
        if role in person.roles and (not alone or len(person.roles) == 1)
    )


def do(state, do, account="mir", **fields):
    """Play a turn of one move; the new state and the names of what happened."""
    after, events = sim.step(state, [{"do": do, "account": account, **fields}])
    return after, [event.name for event in events]
