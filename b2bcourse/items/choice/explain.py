"""What a choice question says of an answer: with reasons in practice, without the key graded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.choice.words import WORDS
from b2bcourse.items.feedback import Feedback, Line, PartFeedback, framed
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Text
    from b2bcourse.items.base import Outcome, Part
    from b2bcourse.items.choice.face import Face
    from b2bcourse.items.choice.key import ChoiceKey


_LEADS: Final = {
    "right": WORDS.right,
    "partly": WORDS.partly,
    "wrong": WORDS.wrong,
    "missed": WORDS.missed,
    "accepted": WORDS.accepted,
}


def explain(
    face: Face,
    key: ChoiceKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> Feedback:
    """Practice feedback: a verdict and a reason for every option, also for those rightly left.

    Args:
        face: the item's face.
        key: its key.
        outcome: what `score` made of the answer.
        value: the answer.
        again: ids of options that an earlier try had wrong too; they get their misconception.

    Returns:
        What widgets and `render` show.
    """
    feedback = _frame(face, outcome, graded=False)
    told = [part for part in _in_order(face, outcome) if part.verdict != "not attempted"]
    for part in told:
        lines = [Line(_lead(key, part)[face.lang], key.reasons[part.id][face.lang])]
        further = key.misconceptions.get(part.id)
        if further and part.id in again and part.verdict in {"wrong", "missed"}:
            lines.append(Line("", further[face.lang]))
        feedback.parts[part.id] = PartFeedback(part.verdict, lines)
    feedback.parts |= _left(face, key, feedback.parts) if told else {}
    to_read = [part.id for part in told if part.verdict in {"wrong", "missed", "partly"}]
    if face.read and to_read:
        # Once is enough: the place to read again is the same for all options.
        feedback.parts[to_read[-1]].read = face.read
    return feedback


def _left(face: Face, key: ChoiceKey, told: Mapping[str, PartFeedback]) -> dict[str, PartFeedback]:
    """Why the options that were rightly left alone are no answer."""
    return {
        option.id: PartFeedback("left", [Line("", why[face.lang])])
        for option in face.options
        if option.id not in told and (why := key.reasons.get(option.id))
    }


def staged(
    face: Face,
    key: ChoiceKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> Feedback:
    """After a first failed check: the options that were chosen, and why a wrong one is.

    What should have been chosen is left to find; see `explain` for the arguments.
    """
    parts = {part.id: part for part in outcome.parts}
    feedback = explain(face, key, outcome, value, again)
    feedback.text = _frame(face, outcome, graded=False).text
    own = {n: said for n, said in feedback.parts.items() if said.state not in {"missed", "left"}}
    for name, said in own.items():
        said.read = None
        if said.state == "right":
            said.lines = [Line(_lead(key, parts[name])[face.lang])]
    to_read = [name for name, said in own.items() if said.state in {"wrong", "partly"}]
    if face.read and to_read:
        own[to_read[-1]].read = face.read
    feedback.parts = own
    if any(part.verdict == "missed" for part in outcome.parts) and face.several:
        feedback.text += f" {NOTES.not_yet[face.lang]}"
    return feedback


def judged(face: Face, key: ChoiceKey, outcome: Outcome, value: Any) -> Feedback:
    """Graded feedback: the student's own choices judged and how many are missing.

    It never says which are missing, nor why anything is right: the next student would know.
    """
    feedback = _frame(face, outcome, graded=True)
    for part in _in_order(face, outcome):
        if part.verdict not in {"missed", "not attempted"}:
            feedback.parts[part.id] = PartFeedback(
                part.verdict, [Line(_lead(key, part)[face.lang])]
            )
    return feedback


def _frame(face: Face, outcome: Outcome, *, graded: bool) -> Feedback:
    """Everything of the feedback but what is said of each option."""
    counted = [part for part in outcome.parts if part.possible]
    verdicts = [part.verdict for part in outcome.parts]
    blank = set(verdicts) <= {"not attempted"}
    single = WORDS.summary_single if graded else WORDS.counted_single
    summary = NOTES.of(graded=graded, open_=False) if face.several else single
    text = summary[face.lang].format(
        wrong=verdicts.count("wrong"),
        missed=verdicts.count("missed") + verdicts.count("not attempted"),
        score=f"{outcome.fraction * 10:.1f}",
    )
    text += f" {NOTES.nothing_chosen[face.lang]}" if blank else ""
    return framed(face, outcome, f"{verdicts.count('right')} / {len(counted)}", text)


def _in_order(face: Face, outcome: Outcome) -> list[Part]:
    """The judged parts as their options stand on the page."""
    by_id = {part.id: part for part in outcome.parts}
    return [by_id[option.id] for option in face.options if option.id in by_id]


def _lead(key: ChoiceKey, part: Part) -> Text:
    if part.verdict == "missed" and not key.several:
        return WORDS.missed_single
    return _LEADS[part.verdict]
