"""What a matching says of an answer: with reasons in practice, without the key when graded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.facts.korean import Name
from b2bcourse.items import agreement
from b2bcourse.items.feedback import Feedback, Line, PartFeedback, framed
from b2bcourse.items.matching.score import LINES
from b2bcourse.items.matching.value import cited, clean
from b2bcourse.items.matching.words import WORDS
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.facts import Text
    from b2bcourse.items.base import Outcome, Part
    from b2bcourse.items.matching.face import Face
    from b2bcourse.items.matching.key import CardKey, MatchingKey


def explain(
    face: Face,
    key: MatchingKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> Feedback:
    """Practice feedback: a verdict and a reason for every place of every card.

    Where a card lies in one place only, a wrong place is told why it is wrong and the right one
    is left to find; where it may lie in several, the places it lacks are told too.

    Args:
        face: the item's face.
        key: its key.
        outcome: what `score` made of the answer.
        value: the answer.
        again: ids of parts that an earlier try had wrong too; they get their mistake's
            misconception told, where the item has one.

    Returns:
        What widgets and `render` show; ``parts`` are by ``card/place`` and,
        for the card as a whole, by ``card``.
    """
    answer, _ = clean(face, value)
    why = agreement.reasons(outcome, key)
    outcome = agreement.without(outcome)
    feedback = _frame(face, outcome, graded=False)
    feedback.notes += [reason[face.lang] for reason in why]
    done = all(slot in answer for slot in key.needed)
    feedback.parts |= _evidence(face, key, outcome, value)
    for slot, parts in _by_card(key, outcome).items():
        card = key.cards[slot]
        told = {part.id: _told(face, key, card, part, again) for part in parts}
        lines = _lacking(face, parts) if slot in answer else _unplaced(face, card, done=done)
        shown = {name: each for name, each in told.items() if _shows(face, each.state)}
        feedback.parts |= {slot: _whole(face, card, parts, lines, done=done), **shown}
    return feedback


def staged(
    face: Face,
    key: MatchingKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> Feedback:
    """After a first failed check: own places judged, why a wrong one is, how many a card lacks.

    Where a card belongs, and which belong nowhere, is left to find; see `explain`.
    """
    feedback = explain(face, key, outcome, value, again)
    answer, _ = clean(face, value)
    for slot, parts in _by_card(key, agreement.without(outcome)).items():
        if slot not in answer:
            lines = [Line(WORDS.not_attempted[face.lang])]
            feedback.parts[slot] = PartFeedback("not attempted", lines)
        elif face.several:
            feedback.parts[slot].lines = _counted(face, parts)
    feedback.parts = {n: said for n, said in feedback.parts.items() if said.state != "missed"}
    return feedback


def judged(face: Face, key: MatchingKey, outcome: Outcome, value: Any) -> Feedback:
    """Graded feedback: the student's own places judged, and how many a card still lacks.

    It never says where a card belongs, why, nor which cards belong nowhere. Lines are judged only
    where the claim that they are cited for is right: a wrong claim has no proof to be praised.
    """
    outcome = agreement.without(outcome)
    feedback = _frame(face, outcome, graded=True)
    shown = _evidence(face, key, outcome, value)
    for slot, parts in _by_card(key, outcome).items():
        name = f"{slot}/{LINES}"
        if name in shown and _right(parts):
            feedback.parts[name] = shown[name]
        own = [part for part in parts if part.verdict not in {"missed", "not attempted"}]
        lines = _counted(face, parts) if own else [Line(WORDS.not_attempted[face.lang])]
        whole = _whole(face, key.cards[slot], parts, lines, done=False)
        judged_places = {part.id: _own(face, key.cards[slot], part) for part in own}
        feedback.parts |= {slot: whole, **judged_places}
    return feedback


def _by_card(key: MatchingKey, outcome: Outcome) -> dict[str, list[Part]]:
    parts: dict[str, list[Part]] = {slot: [] for slot in key.cards}
    for part in outcome.parts:
        if _place(part) != LINES:
            parts[_card(part)].append(part)
    return parts


def _evidence(
    face: Face, key: MatchingKey, outcome: Outcome, value: Any
) -> dict[str, PartFeedback]:
    """What is said of the lines cited: which do not fit, but not which would."""
    lines = cited(face, value)
    told: dict[str, PartFeedback] = {}
    for part in outcome.parts:
        if _place(part) != LINES or part.verdict == "not attempted":
            continue
        card, words = key.cards[_card(part)], getattr(WORDS, f"lines_{part.verdict}")
        good = card.lines | card.lines_accepted
        beside = [n for n in lines.get(_card(part), ()) if n not in good]
        text = words[face.lang].format(lines=", ".join(map(str, beside)))
        told[part.id] = PartFeedback(part.verdict, [Line(text)])
    return told


def _right(parts: list[Part]) -> bool:
    """Whether what is claimed of a card is right, be it all or not."""
    verdicts = {part.verdict for part in parts}
    return "right" in verdicts and "wrong" not in verdicts


def _card(part: Part) -> str:
    return part.id.partition("/")[0]


def _place(part: Part) -> str:
    return part.id.partition("/")[2]


def _shows(face: Face, state: str) -> bool:
    """What no place stands for: a card that lies nowhere, and a place it lacks if it has one."""
    return state != "not attempted" and (face.several or state != "missed")


def _frame(face: Face, outcome: Outcome, *, graded: bool) -> Feedback:
    """Everything of the feedback but its parts."""
    counted = [part for part in outcome.parts if part.possible]
    right = sum(part.verdict == "right" for part in counted)
    open_ = lacking(face, outcome.parts, "not attempted")
    summary = NOTES.of(graded=graded, open_=bool(open_))
    text = summary[face.lang].format(
        wrong=sum(part.verdict == "wrong" for part in outcome.parts),
        missed=lacking(face, outcome.parts, "missed"),
        open=open_,
        score=f"{outcome.fraction * 10:.1f}",
    )
    return framed(face, outcome, f"{right} / {len(counted)}", text)


def lacking(face: Face, parts: Iterable[Part], *verdicts: str) -> int:
    """How many places are missing; a card of one place that lies in a wrong one is only wrong."""
    listed = list(parts)
    wrong = {_card(part) for part in listed if part.verdict == "wrong" and not face.several}
    return sum(part.verdict in verdicts and _card(part) not in wrong for part in listed)


def _told(
    face: Face, key: MatchingKey, card: CardKey, part: Part, again: frozenset[str]
) -> PartFeedback:
    """The verdict of one place with its reason."""
    place = _place(part)
    lead: Text = {"right": NOTES.right, "accepted": NOTES.accepted, "wrong": WORDS.wrong}.get(
        part.verdict, WORDS.missed
    )
    named = Name(card.names[place][face.lang])
    lines = [Line(lead[face.lang].format(name=named), _why(card, key, part)[face.lang])]
    mistake = card.mistakes.get(place)
    if part.id in again and part.verdict == "wrong" and mistake and mistake.misconception:
        lines.append(Line("", mistake.misconception[face.lang]))
    read = face.read if part.verdict in {"wrong", "missed"} else None
    return PartFeedback(part.verdict, lines, read=read)


def _why(card: CardKey, key: MatchingKey, part: Part) -> Text:
    place = _place(part)
    if place in key.open and place not in card.required:
        return WORDS.open_cell
    mistake = card.mistakes.get(place)
    if mistake and part.verdict == "wrong":
        return mistake.reason
    return card.reasons.get(place, card.reason)


def _whole(
    face: Face, card: CardKey, parts: list[Part], lines: list[Line], *, done: bool
) -> PartFeedback:
    """The verdict of a card as a whole."""
    counted = [part for part in parts if part.possible]
    right = sum(part.verdict == "right" for part in counted)
    score = f"{right} / {len(counted)}" if len(counted) > 1 else ""
    state = _state(card, parts, done=done)
    return PartFeedback(state, lines, score if face.several else "")


def _state(card: CardKey, parts: list[Part], *, done: bool) -> str:
    verdicts = {part.verdict for part in parts}
    if not verdicts:  # a decoy, or a card of which nothing is asked, that was left
        return "right" if done and not card.free else "not attempted"
    if verdicts <= {"right", "accepted"}:
        return "right" if "right" in verdicts else "accepted"
    if "right" in verdicts:
        return "partly"
    return "not attempted" if verdicts == {"not attempted"} else "wrong"


def _unplaced(face: Face, card: CardKey, *, done: bool) -> list[Line]:
    """What is said of a card that lies nowhere; of a decoy only when the others are placed."""
    lang = face.lang
    if not card.required and done:
        lead = WORDS.free if card.free else WORDS.decoy_right
        return [Line(lead[lang], card.reason[lang])]
    return [Line(WORDS.not_attempted[lang])]


def _lacking(face: Face, parts: list[Part]) -> list[Line]:
    """That a card of one place, which lies where nothing is judged, still has to find its own."""
    return [] if face.several else _counted(face, parts)


def _own(face: Face, card: CardKey, part: Part) -> PartFeedback:
    """Graded: a place the student chose, judged without a reason."""
    words: Text = {"right": NOTES.right, "wrong": WORDS.own_wrong}.get(part.verdict, NOTES.accepted)
    name = Name(card.names[_place(part)][face.lang])
    lines = [Line(words[face.lang].format(name=name))]
    return PartFeedback(part.verdict, lines)


def _counted(face: Face, parts: list[Part]) -> list[Line]:
    """Graded: how many places a card still lacks."""
    n = lacking(face, parts, "missed", "not attempted")
    return [Line(WORDS.missing_count[face.lang].format(n=n))] if n else []
