"""How the points of an ordering come about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import read_words
from b2bcourse.items import agreement
from b2bcourse.items.ordering.chance import zero_point
from b2bcourse.items.ordering.reading import raw_score
from b2bcourse.items.ordering.value import clean
from b2bcourse.items.reckoning import WORDS as SHARED
from b2bcourse.items.reckoning import Reckoning, above_chance, number, said_below, with_agreement

if TYPE_CHECKING:
    from b2bcourse.items.base import Outcome
    from b2bcourse.items.ordering.face import Face
    from b2bcourse.items.ordering.key import OrderingKey


class OrderingReckoning(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name."""

    said: Text
    rule: Text
    left_rule: Text


WORDS: Final = read_words(__package__, OrderingReckoning, "reckoning")


def reckon(face: Face, key: OrderingKey, outcome: Outcome, value: Any) -> Reckoning:
    """What was counted in an ordering, and the sum: see `reckoning.Reckoning`."""
    lang = face.lang
    answer, _ = clean(face, value)
    verdicts = [part.verdict for part in agreement.without(outcome).parts]
    raw = raw_score(key, answer.placed)
    zero = zero_point(key.order, key.readings, len(key.decoys))
    rules = [WORDS.rule[lang]]
    if face.spare:
        rules.append(WORDS.left_rule[lang].format(n=face.slots))
    if round(zero, 3):
        rules.append(SHARED.chance[lang].format(chance=Name(number(zero))))
    said = WORDS.said[lang].format(
        right=verdicts.count("right"),
        wrong=verdicts.count("wrong"),
        missed=verdicts.count("missed") + verdicts.count("not attempted"),
        raw=number(raw),
    )
    reckoning = Reckoning(
        said=said + said_below(raw, zero, lang),
        formula=above_chance(raw, zero),
        rule=" ".join(rules),
    )
    return with_agreement(reckoning, outcome, key, lang)
