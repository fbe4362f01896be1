"""Cases made from a seed, each with one best plan and the known traps: for authors, as plain data.

The same seed makes the same case everywhere. Numbers are drawn anew until the best plan is the
only one, every trap can be carried out, and no trap is the best plan. Proving that needs scipy.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, Literal

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import read_words
from b2bcourse.items.allocation.authored import AllocationItem, read
from b2bcourse.items.allocation.explain import amount
from b2bcourse.items.allocation.key import grid, rules_of
from b2bcourse.items.allocation.plan import Plan, Rules, stand
from b2bcourse.items.allocation.solve import Solved, solve
from b2bcourse.items.allocation.value import json_number
from b2bcourse.items.authored import Paragraphs
from b2bcourse.items.base import ItemError
from b2bcourse.simulation.chance import between, draw

Shape = Literal["portfolio", "visits", "schedule"]
Raw = dict[str, Any]

SHAPES: Final[tuple[Shape, ...]] = ("portfolio", "visits", "schedule")
_TRIES: Final = 2000
_LETTERS: Final = "abcdefgh"


class TrapWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What is told of one way to go wrong."""

    name: Text
    reason: Text
    misconception: Text


class ShapeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The texts of one shape of case."""

    row_head: Text
    title: Text
    task: Text
    case: Paragraphs
    why: Text
    hints: tuple[Text, ...]
    traps: dict[str, TrapWords]


class CaseWords(Struct, frozen=True, forbid_unknown_fields=True):
    """All of ``cases.yaml``."""

    firms: tuple[Text, ...]
    names: dict[str, Text]
    million: Text
    days: Text
    weeks: Text
    visits: Text
    engineers: Text
    all_days: Text
    all_money: Text
    expected_profit: Text
    shapes: dict[str, ShapeWords]


WORDS: Final = read_words(__package__, CaseWords, "cases")


def made_case(item_id: str, shape: Shape, seed: int) -> Raw:
    """A case as plain data that `read` and an author's YAML file both hold.

    Args:
        item_id: the new item's id.
        shape: ``portfolio`` (six customers, a reference among them, one likely to go bankrupt),
            ``visits`` (five customers, a number for each) or ``schedule`` (six jobs on one line).
        seed: the same seed, the same case.

    Raises:
        ItemError: scipy is not installed, or no such case was found (a seed is to be changed).
    """
    make, traps_of = _SHAPES[shape]
    for attempt in range(_TRIES):

        def drawn(low: int, high: int, name: str, attempt: int = attempt) -> int:
            return between(low, high, seed, shape, attempt, name)

        shell = _shell(item_id, shape, seed)
        raw: Raw = shell | make(drawn)
        item = read(raw, item_id)
        # The quick rules of thumb come first: most draws fail there, before any proof.
        traps = traps_of(item)
        if traps is None:
            continue
        solved = _solved(item)
        if solved and _teaches(item, solved, traps):
            last = {name: raw.pop(name) for name in ("hints", "facts", "source")}
            del raw["solution"]
            return raw | {"solution": _solution(item, shape, solved, traps)} | last
    raise ItemError(f"seed {seed}: no case with one best plan was found; try another seed")


# ---------------------------------------------------------------- what all shapes share


def _shell(item_id: str, shape: Shape, seed: int) -> Raw:
    words = WORDS.shapes[shape]
    count = 5 if shape == "visits" else 6
    order = sorted(range(len(WORDS.firms)), key=lambda at: draw(seed, shape, "firm", at))
    firms = [WORDS.firms[at] for at in order[:count]]
    return {
        "schema": 1,
        "id": item_id,
        "kind": "allocation",
        "form": "schedule" if shape == "schedule" else "numbers",
        "level": "judge",
        "title": _both(words.title),
        "task": _both(words.task),
        "case": {"ko": list(words.case.ko), "en": list(words.case.en)},
        "row_head": _both(words.row_head),
        "rows": [
            {"id": row, "name": {lang: f"{row.upper()} {firm[lang]}" for lang in _LANGS}}
            for row, firm in zip(_LETTERS, firms, strict=False)
        ],
        "solution": {"best": 0, "plans": [], "why": {"ko": "", "en": ""}, "traps": []},
        "hints": [_both(hint) for hint in words.hints],
        "facts": ["sel.4.2"] if shape == "schedule" else ["sel.1.4"],
        "source": "001_c532ecc96bd462a8.txt",
    }


_LANGS: Final[tuple[Lang, Lang]] = ("ko", "en")


def _both(text: Text) -> dict[str, str]:
    return {"ko": text.ko, "en": text.en}


def _called(name: Text) -> Raw:
    return {"name": _both(name)}


def _named(name: str) -> Raw:
    return {"id": name} | _called(WORDS.names[name])


def _column(name: str, unit: Text | None, values: list[int]) -> Raw:
    kind: Raw = {"percent": True} if unit is None else {"unit": _both(unit)}
    return _named(name) | kind | {"values": dict(zip(_LETTERS, values, strict=False))}


def _limit(name: str, unit: Text, field: str, most: int) -> Raw:
    return _named(name) | {"unit": _both(unit), "uses": {field: name}, "most": most}


def _worth(name: Text, terms: list[Raw]) -> Raw:
    return {"name": _both(name), "unit": _both(WORDS.million), "terms": terms}


def _solved(item: AllocationItem) -> Solved | None:
    """The best plan, if it is one choice only; on a line several orders may carry it out."""
    try:
        solved = solve(item)
    except ItemError as error:
        if "scipy" in str(error):
            raise
        return None
    first = solved.plans[0]
    return solved if all(plan.same_as(first) for plan in solved.plans) else None


def _teaches(item: AllocationItem, solved: Solved, traps: dict[str, Plan]) -> bool:
    """Whether every trap is worse than the best plan, and no two traps are one."""
    rules, plans = rules_of(item), list(traps.values())
    standings = [stand(rules, plan) for plan in plans]
    worse = all(each.feasible and each.worth < solved.best for each in standings)
    alike = any(a.same_as(b) for n, a in enumerate(plans) for b in plans[:n])
    chosen = set(solved.plans[0].amounts)
    enough = 2 <= len(chosen) < len(item.rows)  # noqa: PLR2004 - one row is no plan
    wanted = set(_reference(item)) if len(item.worth.terms) > 1 else set()
    return worse and not alike and enough and wanted <= chosen


def _reference(item: AllocationItem) -> list[str]:
    """The customers who lose money at first."""
    first = next((column for column in item.columns if column.id == "first"), None)
    return [row for row, value in first.values.items() if value < 0] if first else []


def _fill(item: AllocationItem, ranked: list[str]) -> Plan:
    """What somebody chooses who goes down a list and takes all that still fits."""
    rules = rules_of(item)
    plan = Plan({})
    for row in ranked:
        for number in grid(item, row)[item.fields[0]][1:]:
            amounts = plan.amounts | {row: {item.fields[0]: number}}
            larger = Plan(amounts, _by_due(rules, list(amounts)) if item.line else ())
            if stand(rules, larger).feasible:
                plan = larger
    return plan


def _by_due(rules: Rules, jobs: list[str]) -> tuple[str, ...]:
    return tuple(sorted(jobs, key=lambda job: (rules.jobs[job].due, job)))


def _values(item: AllocationItem, column: str) -> dict[str, float]:
    return next(c.values for c in item.columns if c.id == column)


def _ranked(values: dict[str, float], *, least: bool = False) -> list[str]:
    return sorted(values, key=lambda row: (values[row] if least else -values[row], row))


def _solution(item: AllocationItem, shape: Shape, solved: Solved, traps: dict[str, Plan]) -> Raw:
    words, rules = WORDS.shapes[shape], rules_of(item)
    best = solved.plans[0]
    reference = next(iter(_reference(item)), "")
    worth_of = {row: sum(gains.values(), Decimal(0)) for row, gains in rules.gains.items()}
    why = {
        lang: words.why[lang].format(
            best=amount(solved.best, WORDS.million, lang),
            best_rows=_names(item, best, lang),
            reference=_name(item, reference, lang),
            reference_worth=amount(worth_of.get(reference, Decimal(0)), WORDS.million, lang),
        )
        for lang in _LANGS
    }
    return {
        "best": json_number(solved.best),
        "plans": [_authored(item, plan) for plan in solved.plans],
        "why": why,
        "traps": [
            _trap(item, words.traps[name], plan, stand(rules, plan).worth)
            for name, plan in traps.items()
        ],
    }


def _trap(item: AllocationItem, words: TrapWords, plan: Plan, worth: Decimal) -> Raw:
    told = {
        lang: words.reason[lang].format(
            rows=_names(item, plan, lang), worth=amount(worth, WORDS.million, lang)
        )
        for lang in _LANGS
    }
    return {
        "name": _both(words.name),
        "plan": _authored(item, plan),
        "value": json_number(worth),
        "reason": told,
        "misconception": _both(words.misconception),
    }


def _authored(item: AllocationItem, plan: Plan) -> Any:
    """A plan as an author writes it."""
    field = item.fields[0]
    if item.line or item.variables[0].max == 1:
        return list(plan.order or sorted(plan.amounts))
    return {row: json_number(plan.amounts[row][field]) for row in sorted(plan.amounts)}


def _name(item: AllocationItem, row: str, lang: Lang) -> Name:
    return Name(next((each.name[lang] for each in item.rows if each.id == row), ""))


def _names(item: AllocationItem, plan: Plan, lang: Lang) -> Name:
    rows = plan.order or tuple(sorted(plan.amounts))
    return Name(", ".join(_name(item, row, lang) for row in rows))


# ---------------------------------------------------------------- six customers


def _portfolio(drawn: Callable[[int, int, str], int]) -> Raw:
    """The second customer is the reference, the third may go bankrupt, the fourth is large."""

    def each(low: int, high: int, name: str) -> list[int]:
        return [drawn(low, high, f"{name}{row}") for row in range(6)]

    engineers, line = each(2, 5, "engineers"), each(2, 7, "line")
    first, chance = each(8, 24, "first"), [10 * n for n in each(1, 5, "chance")]
    later, bankrupt = [10 * n for n in each(2, 6, "later")], [0] * 6
    first[1], chance[1], later[1] = -drawn(5, 9, "loss"), 70, 10 * drawn(7, 9, "door")
    chance[2], later[2], bankrupt[2] = 80, 10 * drawn(6, 9, "lure"), 50
    engineers[3], line[3], first[3], later[3] = 6, 8, drawn(26, 34, "large"), 60
    place = sorted(range(6), key=lambda row: drawn(0, 1_000_000, f"place{row}"))

    def shuffled(values: list[int]) -> list[int]:
        return [values[row] for row in place]

    return {
        "columns": [
            _column("engineers", WORDS.engineers, shuffled(engineers)),
            _column("line", WORDS.weeks, shuffled(line)),
            _column("first", WORDS.million, shuffled(first)),
            _column("chance", None, shuffled(chance)),
            _column("bankrupt", None, shuffled(bankrupt)),
            _column("later", WORDS.million, shuffled(later)),
        ],
        "variables": [_named("take")],
        "limits": [
            _limit("engineers", WORDS.engineers, "take", sum(engineers) // 2),
            _limit("line", WORDS.weeks, "take", sum(line) // 2),
        ],
        "worth": _worth(
            WORDS.expected_profit,
            [
                {"gain": ["first"]},
                {"gain": ["chance", {"column": "bankrupt", "one_minus": True}, "later"]},
            ],
        ),
    }


def _portfolio_traps(item: AllocationItem) -> dict[str, Plan] | None:
    first, later = _values(item, "first"), _values(item, "later")
    size = {row: max(first[row], 0) + later[row] for row in first}
    share = _values(item, "chance")
    careless = {row: first[row] + share[row] * later[row] / 100 for row in first}
    cautious = [row for row in _ranked(_by_worth(item)) if first[row] >= 0]
    traps = {
        "biggest": _fill(item, _ranked(size)),
        "bankruptcy": _fill(item, _ranked(careless)),
        "reference": _fill(item, cautious),
    }
    fragile = next(row for row, risk in _values(item, "bankrupt").items() if risk)
    return traps if fragile in traps["bankruptcy"].amounts else None


def _by_worth(item: AllocationItem) -> dict[str, float]:
    return {row: float(sum(gains.values())) for row, gains in rules_of(item).gains.items()}


# ---------------------------------------------------------------- visits


def _visits(drawn: Callable[[int, int, str], int]) -> Raw:
    rows = range(5)
    days = [drawn(1, 2, f"days{row}") for row in rows]
    cost = [drawn(1, 5, f"cost{row}") for row in rows]
    most = [drawn(4, 5, f"most{row}") for row in rows]
    profit = [drawn(4, 9, f"profit{row}") + 4 * cost[row] for row in rows]
    field = _named("visits") | {"unit": _both(WORDS.visits)}
    return {
        "columns": [
            _column("days", WORDS.days, days),
            _column("cost", WORDS.million, cost),
            _column("most", WORDS.visits, most),
            _column("visit_profit", WORDS.million, profit),
        ],
        "variables": [field | {"max": "most"}],
        "limits": [
            _limit("days", WORDS.days, "visits", 2 * sum(days)) | {"name": _both(WORDS.all_days)},
            _limit("cost", WORDS.million, "visits", 2 * sum(cost))
            | {"name": _both(WORDS.all_money)},
        ],
        "worth": _worth(WORDS.expected_profit, [{"gain": ["visit_profit"]}]),
    }


def _visit_traps(item: AllocationItem) -> dict[str, Plan]:
    even = Plan({row.id: {"visits": Decimal(2)} for row in item.rows})
    return {"even": even, "biggest": _fill(item, _ranked(_values(item, "visit_profit")))}


# ---------------------------------------------------------------- one line


def _schedule(drawn: Callable[[int, int, str], int]) -> Raw:
    rows = range(6)
    lead = [drawn(2, 8, f"lead{row}") for row in rows]
    due = [lead[row] + drawn(1, 14, f"due{row}") for row in rows]
    profit = [2 * lead[row] + drawn(-2, 6, f"profit{row}") for row in rows]
    return {
        "columns": [
            _column("lead", WORDS.days, lead),
            _column("due", WORDS.days, due),
            _column("profit", WORDS.million, profit),
        ],
        "line": {"lead": "lead", "due": "due"},
        "worth": _worth(WORDS.names["profit"], [{"gain": ["profit"]}]),
    }


def _schedule_traps(item: AllocationItem) -> dict[str, Plan]:
    return {
        "biggest": _fill(item, _ranked(_values(item, "profit"))),
        "quickest": _fill(item, _ranked(_values(item, "lead"), least=True)),
    }


_SHAPES: Final[dict[str, tuple[Any, Any]]] = {
    "portfolio": (_portfolio, _portfolio_traps),
    "visits": (_visits, _visit_traps),
    "schedule": (_schedule, _schedule_traps),
}
