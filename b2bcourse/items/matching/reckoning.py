"""How the points of a matching come about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import read_words
from b2bcourse.items import agreement
from b2bcourse.items.matching.explain import lacking
from b2bcourse.items.matching.score import LINES, mean_share
from b2bcourse.items.matching.value import clean
from b2bcourse.items.reckoning import WORDS as SHARED
from b2bcourse.items.reckoning import Reckoning, above_chance, number, said_below, with_agreement

if TYPE_CHECKING:
    from b2bcourse.items.base import Outcome, Part
    from b2bcourse.items.matching.face import Face
    from b2bcourse.items.matching.key import MatchingKey

_LACKING: Final = ("missed", "not attempted")


class MatchingReckoning(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name."""

    said: Text
    lines: Text
    rule: Text
    several_rule: Text
    lines_rule: Text


WORDS: Final = read_words(__package__, MatchingReckoning, "reckoning")


def reckon(face: Face, key: MatchingKey, outcome: Outcome, value: Any) -> Reckoning:
    """What was counted in a matching, and the sum: see `reckoning.Reckoning`."""
    lang, parts = face.lang, agreement.without(outcome).parts
    places = [part for part in parts if not part.id.endswith(f"/{LINES}")]
    cited = [part for part in parts if part.id.endswith(f"/{LINES}")]
    mean = mean_share(face, key, value)
    said = WORDS.said[lang].format(
        right=sum(part.verdict == "right" for part in places),
        wrong=sum(part.verdict == "wrong" for part in places),
        missed=lacking(face, places, *_LACKING),
    )
    if cited:
        shown = number(sum(part.earned for part in cited if _claimed(part.id, places)))
        said += " " + WORDS.lines[lang].format(shown=shown, n=len(cited))
    below = said_below(mean, key.chance, lang)
    if below:
        said += " " + SHARED.mean[lang].format(mean=number(mean)) + below
    rule = [WORDS.several_rule[lang] if face.several else WORDS.rule[lang]]
    rule += [WORDS.lines_rule[lang]] if cited else []
    rule.append(SHARED.chance[lang].format(chance=Name(number(key.chance))))
    # Of a card that lies nowhere nothing is told: it may be one that belongs nowhere.
    placed = clean(face, value)[0]
    missing = {card: lacking(face, _of(card, places), *_LACKING) for card in placed}
    reckoning = Reckoning(
        said=said,
        formula=above_chance(mean, key.chance),
        rule=" ".join(rule),
        missing={card: n for card, n in missing.items() if n},
    )
    return with_agreement(reckoning, outcome, key, lang)


def _of(card: str, parts: list[Part]) -> list[Part]:
    return [part for part in parts if part.id.partition("/")[0] == card]


def _claimed(lines: str, places: list[Part]) -> bool:
    """Whether the claim that lines are cited for is right, so that they count."""
    return sum(part.earned for part in _of(lines.partition("/")[0], places)) > 0
