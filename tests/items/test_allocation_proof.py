"""What the bank's allocations say is best is best: by integer programming and by complete search."""

import itertools
from fractions import Fraction
from functools import cache

import pytest
from practice_bank import PRACTICE

from b2bcourse.items import ItemError, kind_of

KIND = kind_of("allocation")
BANK = {name: item for name, item in PRACTICE.items() if item.kind == "allocation"}
pytestmark = pytest.mark.parametrize("item", BANK.values(), ids=BANK)


# An arithmetic of its own, on the raw file's numbers, so that it can catch a slip in the kind's.


def column(item, name):
    found = next(column for column in item.columns if column.id == name)
    scale = 100 if found.percent else 1
    return {row: Fraction(str(value)) / scale for row, value in found.values.items()}


def per_one(item, row):
    """What one of each variable brings in a row."""
    brings = dict.fromkeys(item.fields, Fraction(0))
    for term in item.worth.terms:
        product = Fraction(1)
        for factor in term.gain:
            name = factor if isinstance(factor, str) else factor.column
            value = column(item, name)[row]
            product *= 1 - value if getattr(factor, "one_minus", False) else value
        cost = column(item, term.cost)[row] if term.cost else 0
        brings[term.variable or item.fields[0]] += product - cost
    return brings


def keeps_limits(item, plan, uses):
    for limit in item.limits:
        used = sum(
            uses[limit.id, variable, row] * amounts[variable]
            for row, amounts in plan.items()
            for variable in limit.uses
        )
        if limit.most is not None and used > Fraction(str(limit.most)):
            return False
        if limit.least is not None and used < Fraction(str(limit.least)):
            return False
    return True


def uses_of(item):
    found = {}
    for limit in item.limits:
        for variable, use in limit.uses.items():
            for row in item.rows:
                each = column(item, use)[row.id] if isinstance(use, str) else Fraction(str(use))
                found[limit.id, variable, row.id] = each
    return found


def all_plans_of_numbers(item):
    cells = []
    for row in item.rows:
        for variable in item.variables:
            most = (
                column(item, variable.max)[row.id]
                if isinstance(variable.max, str)
                else variable.max
            )
            count = int((Fraction(most) - Fraction(variable.min)) / Fraction(variable.step))
            numbers = [
                Fraction(variable.min) + n * Fraction(variable.step) for n in range(count + 1)
            ]
            cells.append([(row.id, variable.id, number) for number in numbers])
    for chosen in itertools.product(*cells):
        plan = {row.id: {} for row in item.rows}
        for row, variable, number in chosen:
            plan[row][variable] = number
        yield plan


def all_orders(item):
    jobs = [row.id for row in item.rows]
    for count in range(len(jobs) + 1):
        yield from itertools.permutations(jobs, count)


def in_time(item, order):
    clock = 0
    for job in order:
        clock += column(item, item.line.lead)[job]
        if clock > column(item, item.line.due)[job]:
            return False
    return True


@cache
def searched(name):
    """Every feasible plan with its worth: a plan as a sorted tuple of filled cells, or an order."""
    return dict(search(BANK[name]))


def search(item):
    brings = {row.id: per_one(item, row.id) for row in item.rows}
    if item.line:
        for order in all_orders(item):
            if in_time(item, order):
                yield order, sum(brings[job]["accepted"] for job in order)
        return
    uses = uses_of(item)
    for plan in all_plans_of_numbers(item):
        if keeps_limits(item, plan, uses):
            worth = sum(
                number * brings[row][v]
                for row, cells in plan.items()
                for v, number in cells.items()
            )
            yield filled(plan), worth


def filled(plan):
    return tuple(
        sorted(
            (row, v, Fraction(number))
            for row, cells in plan.items()
            for v, number in cells.items()
            if number
        )
    )


def as_found(plan):
    return plan.order or filled(plan.amounts)


def test_complete_search_finds_the_authored_plans_and_no_other(item):
    found = searched(item.id)
    best = max(found.values())
    assert best == Fraction(str(item.solution.best))
    assert {plan for plan, worth in found.items() if worth == best} == {
        as_found(plan) for plan in KIND.key(item).plans
    }


def test_integer_programming_finds_the_same(item):
    pytest.importorskip("scipy")
    solved = KIND.solve(item)
    key = KIND.key(item)
    assert solved.best == key.best
    assert {as_found(plan) for plan in solved.plans} == {as_found(plan) for plan in key.plans}
    assert len(solved.plans) == len(key.plans)


def test_a_trap_is_worth_what_is_said_and_less_than_the_best(item):
    worth_of = searched(item.id)
    for trap in KIND.key(item).traps:
        plan = as_found(trap.plan)
        if trap.breaks:
            assert plan not in worth_of
        else:
            assert worth_of[plan] == Fraction(str(trap.worth)) < Fraction(str(item.solution.best))


def test_the_bar_is_the_best_trap_that_is_no_near_miss(item):
    key = KIND.key(item)
    assert key.bar == max(trap.worth for trap in key.traps if not trap.near and not trap.breaks)
    assert key.bar < key.best


def test_without_scipy_an_author_is_told_what_to_install(item, monkeypatch):
    import importlib

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(ItemError, match="scipy"):
        KIND.solve(item)
