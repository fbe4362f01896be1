"""Cases made from a seed: one best plan, known traps, and the same everywhere."""

import itertools

import pytest

from b2bcourse.authoring.guessing import ITEM_LIMIT, guessed
from b2bcourse.authoring.writing import new_case
from b2bcourse.items import ItemError, kind_of, load_item
from b2bcourse.items.allocation.cases import SHAPES, WORDS, made_case
from b2bcourse.items.allocation.key import grid, rules_of
from b2bcourse.items.allocation.plan import Plan, stand

pytest.importorskip("scipy")
KIND = kind_of("allocation")
CASES = [("portfolio", 2), ("portfolio", 4), ("visits", 1), ("schedule", 1), ("schedule", 2)]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def case(request):
    """A made-up case, loaded as any authored item is."""
    shape, seed = request.param
    return KIND.load(made_case(f"made-{seed}", shape, seed), "made")


def every_plan(item):
    """All plans there are, feasible or not: jobs in the order of due dates, which is best."""
    rules, field = rules_of(item), item.fields[0]
    cells = [[(row.id, n) for n in grid(item, row.id)[field]] for row in item.rows]
    for chosen in itertools.product(*cells):
        amounts = {row: {field: n} for row, n in chosen if n}
        jobs = sorted(amounts, key=lambda job: rules.jobs[job].due) if item.line else ()
        yield Plan(amounts, tuple(jobs))


def test_complete_search_finds_the_same_best_plan_and_no_other(case):
    rules = rules_of(case)
    stood = [(stand(rules, plan), plan) for plan in every_plan(case)]
    worths = [(standing.worth, plan) for standing, plan in stood if standing.feasible]
    best = max(worth for worth, _ in worths)
    [only] = [plan for worth, plan in worths if worth == best]
    answers = KIND.key(case)
    assert best == answers.best
    assert all(plan.same_as(only) for plan in answers.plans)


def test_every_trap_can_be_carried_out_and_is_worse(case):
    rules, answers = rules_of(case), KIND.key(case)
    for trap in answers.traps:
        standing = stand(rules, trap.plan)
        assert standing.feasible
        assert standing.worth < answers.best


def test_guessing_does_not_pay(case):
    assert guessed(case).best < ITEM_LIMIT


def test_the_reference_that_loses_at_first_is_worth_taking():
    item = KIND.load(made_case("x", "portfolio", 3), "made")
    first = next(column.values for column in item.columns if column.id == "first")
    [reference] = [row for row, value in first.items() if value < 0]
    plans = KIND.key(item)
    assert reference in plans.plans[0].amounts
    refusing = plans.traps[list(WORDS.shapes["portfolio"].traps).index("reference")]
    assert reference not in refusing.plan.amounts


def test_the_same_seed_makes_the_same_case_and_another_seed_another():
    one, again, other = (made_case("x", "visits", seed) for seed in (5, 5, 6))
    assert one == again
    assert one["columns"] != other["columns"]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_written_is_an_item_that_says_how_it_was_made(tmp_path, shape):
    path = new_case(shape, 1, "my-case", tmp_path)
    text = path.read_text("utf-8")
    assert f"--seed 1 --shape {shape}" in text
    assert "&id" not in text
    assert load_item(path).id == "my-case"


def test_an_unknown_shape_lists_those_there_are(tmp_path):
    with pytest.raises(ItemError, match="portfolio, visits, schedule"):
        new_case("cube", 1, "my-case", tmp_path)
