"""What an ordering says of an answer: with reasons in practice, without the key when graded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts.korean import quoted
from b2bcourse.items import agreement
from b2bcourse.items.feedback import Feedback, Line, PartFeedback, framed
from b2bcourse.items.ordering.reading import Judged, judge
from b2bcourse.items.ordering.value import clean
from b2bcourse.items.ordering.words import WORDS
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from b2bcourse.items.base import Outcome, Part
    from b2bcourse.items.ordering.face import Face
    from b2bcourse.items.ordering.key import OrderingKey


_MOST_LINES: Final = 2
"""So many reversed neighbours are told of one card; more would say the same."""


def explain(
    face: Face,
    key: OrderingKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> Feedback:
    """Practice feedback: a verdict and a reason for every card placed or missing.

    Args:
        face: the item's face.
        key: its key.
        outcome: what `score` made of the answer.
        value: the answer.
        again: ids of cards that were wrong or missed in an earlier try too; a mistake made again
            gets its misconception's own explanation, where the item has one.

    Returns:
        What widgets and `render` show.
    """
    answer, _ = clean(face, value)
    why = agreement.reasons(outcome, key)
    outcome = agreement.without(outcome)
    feedback = _frame(face, outcome, graded=False)
    feedback.notes += [reason[face.lang] for reason in why]
    held = judge(key, answer.placed)
    for part in outcome.parts:
        lines = _lines(face, key, held, part)
        if part.id in again and part.verdict == "wrong":
            lines += _misconceptions(face, key, held, part.id)
        feedback.parts[part.id] = _part(face, part, lines)
    if not answer.placed:
        # Which cards belong is not told before anything was tried.
        line = Line(WORDS.not_attempted[face.lang])
        feedback.parts = {card.id: PartFeedback("not attempted", [line]) for card in face.cards}
    return feedback


def staged(
    face: Face,
    key: OrderingKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> Feedback:
    """After a first failed check: the cards that were placed, and why a wrong one is.

    Which cards of the tray belong is left to find; see `explain` for the arguments.
    """
    answer, _ = clean(face, value)
    feedback = explain(face, key, outcome, value, again)
    if not answer.placed:
        return feedback
    kept = {name: said for name, said in feedback.parts.items() if name in answer.placed}
    for said in kept.values():
        if said.state == "right":
            said.lines = [Line(line.lead) for line in said.lines]
    if len(kept) < len(feedback.parts):
        feedback.text += f" {NOTES.not_yet[face.lang]}"
    feedback.parts = kept
    return feedback


def judged(face: Face, key: OrderingKey, outcome: Outcome, value: Any) -> Feedback:
    """Graded feedback: the verdict on each card that the student placed, and how many are missing.

    It never says where a card belongs, nor which of the cards in the tray are missing.
    """
    answer, _ = clean(face, value)
    outcome = agreement.without(outcome)
    feedback = _frame(face, outcome, graded=True)
    for part in outcome.parts:
        if part.id in answer.placed:
            told = WORDS.own_right if part.verdict == "right" else WORDS.own_wrong
            feedback.parts[part.id] = _part(face, part, [Line(told[face.lang])])
    return feedback


def _frame(face: Face, outcome: Outcome, *, graded: bool) -> Feedback:
    """Everything of the feedback but its parts."""
    verdicts = [part.verdict for part in outcome.parts]
    text = NOTES.of(graded=graded, open_=False)[face.lang].format(
        wrong=verdicts.count("wrong"),
        missed=verdicts.count("missed") + verdicts.count("not attempted"),
        score=f"{outcome.fraction * 10:.1f}",
    )
    return framed(face, outcome, f"{verdicts.count('right')} / {face.slots}", text)


def _part(face: Face, part: Part, lines: list[Line]) -> PartFeedback:
    return PartFeedback(part.verdict, lines, read=face.read)


def _lines(face: Face, key: OrderingKey, held: Judged, part: Part) -> list[Line]:
    lang = face.lang
    name = quoted(key.name(part.id)[lang])
    if part.id in key.decoys:
        return [Line(WORDS.decoy[lang].format(name=name), key.decoys[part.id].reason[lang])]
    if part.verdict == "wrong":
        return _wrong_lines(face, key, held, part.id)
    lead = WORDS.right if part.verdict == "right" else WORDS.missed
    return [Line(lead[lang].format(name=name), key.cards[part.id].reason[lang])]


def _wrong_lines(face: Face, key: OrderingKey, held: Judged, card: str) -> list[Line]:
    """Which cards it stands reversed with, and why: foreseen mistakes, else its nearest card."""
    lang = face.lang
    clashes = _clashes(held, card)
    foreseen = [pair for pair in clashes if pair in key.mistakes][:_MOST_LINES]
    if foreseen:
        return [Line(_order(face, key, pair), key.mistakes[pair].reason[lang]) for pair in foreseen]
    lead = _order(face, key, clashes[0]) if key.mode == "sequence" else _round(face, key, card)
    return [Line(lead, key.cards[card].reason[lang])]


def _misconceptions(face: Face, key: OrderingKey, held: Judged, card: str) -> list[Line]:
    if card in key.decoys:
        return []
    made = [key.mistakes[p] for p in _clashes(held, card) if p in key.mistakes]
    return [Line("", each.misconception[face.lang]) for each in made if each.misconception]


def _clashes(held: Judged, card: str) -> list[tuple[str, str]]:
    """Pairs of the key with this card in them that stand reversed, the nearest first.

    Only cards that stand right themselves are compared with: those are what a student can hold
    on to.
    """
    here = held.placed.index(card)
    found = []
    for other in held.fitting:
        there = held.placed.index(other)
        early, late = (card, other) if here < there else (other, card)
        if (late, early) in held.reading:
            found.append((abs(here - there), (late, early)))
    return [pair for _, pair in sorted(found)]


def _order(face: Face, key: OrderingKey, pair: tuple[str, str]) -> str:
    first, then = (quoted(key.name(card)[face.lang]) for card in pair)
    return WORDS.reversed[face.lang].format(first=first, then=then)


def _round(face: Face, key: OrderingKey, card: str) -> str:
    before = key.order[key.order.index(card) - 1]
    return WORDS.follows[face.lang].format(
        name=quoted(key.name(card)[face.lang]), before=quoted(key.name(before)[face.lang])
    )
