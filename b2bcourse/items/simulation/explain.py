"""What is said of a journal: the five parts of the score, each with what it was measured by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.feedback import Feedback, Line, PartFeedback, framed
from b2bcourse.items.simulation.journal import read
from b2bcourse.items.simulation.words import WORDS
from b2bcourse.simulation import State, result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.items.base import Outcome, Verdict
    from b2bcourse.items.simulation.face import Face, SimulationKey


def explain(
    face: Face,
    key: SimulationKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> Feedback:
    """Feedback on a game: every part with its points and what they come from.

    Args:
        face: the item's face.
        key: its key.
        outcome: what `score` made of the journal.
        value: the journal.
        again: unused; a game has no part that is asked twice.

    Returns:
        What widgets and `render` show.
    """
    journal, _ = read(value)
    lang, big = face.lang, f"{round(outcome.fraction * 100)}"
    if journal is None or not journal.turns:
        return framed(face, outcome, big, WORDS.not_attempted[lang], counts=False)
    state = journal.states[-1]
    text = WORDS.summary[lang].format(turns=state.data.turns, played=len(journal.turns))
    feedback = framed(face, outcome, big, text, _parts(state, outcome, lang), counts=False)
    feedback.notes += [] if state.over else [WORDS.unfinished[lang]]
    return feedback


def _parts(state: State, outcome: Outcome, lang: Lang) -> dict[str, PartFeedback]:
    """The parts of the score, each with what it was measured by."""
    verdicts = {part.id: part.verdict for part in outcome.parts}
    return {
        part["id"]: _part(part, verdicts[part["id"]], lang) for part in result(state, lang)["parts"]
    }


def _part(part: Mapping[str, Any], verdict: Verdict, lang: Lang) -> PartFeedback:
    points = f"{part['points']:g}"
    lead = WORDS.part_right[lang].format(name=part["name"], points=points, of=part["of"])
    return PartFeedback(verdict, [Line(lead, part["text"])], f"{points} / {part['of']}")


def staged(
    face: Face,
    key: SimulationKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> Feedback:
    """A game that has been played cannot be mended: there is no stage in that."""
    return explain(face, key, outcome, value, again)


def judged(face: Face, key: SimulationKey, outcome: Outcome, value: Any) -> Feedback:
    """Graded feedback, the same: how a game was played is no secret from who played it."""
    return explain(face, key, outcome, value)
