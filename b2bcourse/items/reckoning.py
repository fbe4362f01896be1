"""How points come about: a count in a sentence, the sum that follows from it, and the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from b2bcourse.facts import Text
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import read_words
from b2bcourse.items.base import AGREEMENT

if TYPE_CHECKING:
    from b2bcourse.facts import Lang
    from b2bcourse.items.base import Outcome


class Reckoning(Struct, frozen=True):
    """How the points of one answer come about, in the language of its face.

    It tells of the student's own marks and counts what is missing; nothing in it says what is.

    Attributes:
        said: what was counted, a sentence.
        formula: what the cell's points are multiplied by, as a sum to be followed.
        rule: how the kind counts, a sentence or two.
        missing: how much is missing, by row or card; where nothing is, it is left out.
    """

    said: str
    formula: str
    rule: str
    missing: dict[str, int] = {}


class ReckoningWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of several kinds."""

    agreement: Text
    agreement_rule: Text
    chance: Text
    mean: Text
    below: Text


WORDS: Final = read_words(__package__, ReckoningWords, "reckoning")


def number(value: float) -> str:
    """A number in a sum: three decimals at most, with a real minus."""
    return f"{value:.3f}".rstrip("0").rstrip(".").replace("-", "−") if round(value, 3) else "0"


def above_chance(mean: float, chance: float) -> str:
    """What is left of a mean above what guessing earns, as a sum."""
    if mean <= chance:
        return "0"
    if not round(chance, 3) or round(mean, 3) == 1:
        return number(mean)
    return f"({number(mean)} − {number(chance)}) ÷ (1 − {number(chance)})"


def said_below(mean: float, chance: float, lang: Lang) -> str:
    """Why nothing is left of what was earned, where guessing would have earned as much."""
    if round(mean, 3) <= 0 or mean > chance:
        return ""
    return " " + WORDS.below[lang].format(chance=number(chance))


def factor(formula: str) -> str:
    """A sum as it stands before « × »: in brackets where it would read otherwise."""
    depth = 0
    for sign in formula:
        depth += (sign == "(") - (sign == ")")
        if not depth and sign in "+−" and not formula.startswith("−"):
            return f"({formula})"
    return formula


def with_agreement(reckoning: Reckoning, outcome: Outcome, key: Any, lang: Lang) -> Reckoning:
    """The same where a share of the points is for agreeing with another answer of one's own."""
    held = [part.earned for part in outcome.parts if part.id.startswith(AGREEMENT)]
    if not held:
        return reckoning
    share = key.agreement
    own, mean = number(1 - share), number(sum(held) / len(held))
    inner = reckoning.formula if "÷" not in reckoning.formula else f"({reckoning.formula})"
    return replace(
        reckoning,
        said=f"{reckoning.said} {WORDS.agreement[lang].format(share=mean)}",
        formula=f"{own} × {inner} + {number(share)} × {mean}",
        rule=f"{reckoning.rule} {WORDS.agreement_rule[lang].format(share=Name(number(share)))}",
    )
