"""How the points of a plan come about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.items.allocation.score import BETTER, FEASIBLE
from b2bcourse.items.reckoning import Reckoning, number

if TYPE_CHECKING:
    from b2bcourse.items.allocation.face import Face
    from b2bcourse.items.allocation.key import AllocationKey
    from b2bcourse.items.base import Outcome, Part


class AllocationReckoning(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name."""

    right: Text
    partly: Text
    wrong: Text
    worth_right: Text
    worth_wrong: Text
    rule: Text
    worth_rule: Text


WORDS: Final = read_words(__package__, AllocationReckoning, "reckoning")


def reckon(face: Face, key: AllocationKey, outcome: Outcome, value: Any) -> Reckoning:
    """What a plan counts for, and the sum: see `reckoning.Reckoning`."""
    lang = face.lang
    parts = {part.id: part for part in outcome.parts}
    plan = parts["plan"]
    said = {"right": WORDS.right, "partly": WORDS.partly}.get(plan.verdict, WORDS.wrong)[lang]
    tier = number(plan.earned / plan.possible) if plan.possible else "0"
    formula, rule = tier, WORDS.rule[lang].format(feasible=FEASIBLE, better=BETTER)
    if worth := parts.get("worth"):
        said += " " + _sum(worth)[lang]
        formula = f"{tier} × {number(plan.possible)} + {number(worth.earned)}"
        rule += " " + WORDS.worth_rule[lang].format(share=number(worth.possible))
    return Reckoning(said, formula, rule)


def _sum(worth: Part) -> Text:
    return WORDS.worth_right if worth.verdict == "right" else WORDS.worth_wrong
