"""How the points of a choice question come about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.items.reckoning import Reckoning, number

if TYPE_CHECKING:
    from b2bcourse.items.base import Outcome
    from b2bcourse.items.choice.face import Face
    from b2bcourse.items.choice.key import ChoiceKey


class ChoiceReckoning(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name."""

    right: Text
    partly: Text
    wrong: Text
    several: Text
    single_rule: Text
    several_rule: Text


WORDS: Final = read_words(__package__, ChoiceReckoning, "reckoning")


def reckon(face: Face, key: ChoiceKey, outcome: Outcome, value: Any) -> Reckoning:
    """What was counted in a choice question, and the sum: see `reckoning.Reckoning`."""
    lang = face.lang
    verdicts = [part.verdict for part in outcome.parts]
    right, wrong = verdicts.count("right"), verdicts.count("wrong")
    if not face.several:
        said = WORDS.right if right else WORDS.partly if "partly" in verdicts else WORDS.wrong
        return Reckoning(said[lang], number(outcome.fraction), WORDS.single_rule[lang])
    missed = verdicts.count("missed") + verdicts.count("not attempted")
    formula = f"({right} − {wrong}) ÷ {len(key.right)}" if right > wrong else "0"
    return Reckoning(
        said=WORDS.several[lang].format(right=right, wrong=wrong, missed=missed),
        formula=formula,
        rule=WORDS.several_rule[lang],
        missing={"": missed} if missed else {},
    )
