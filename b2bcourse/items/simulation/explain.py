"""What is said of a journal: the five parts of the score, each with what it was measured by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.simulation.journal import read
from b2bcourse.items.simulation.words import WORDS
from b2bcourse.simulation import result

if TYPE_CHECKING:
    from b2bcourse.items.base import Outcome
    from b2bcourse.items.simulation.face import Face, SimulationKey

Feedback = dict[str, Any]


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
        The feedback dict that widgets and `render` show.
    """
    journal, _ = read(value)
    lang = face.lang
    notes = [note[lang] for note in outcome.notes]
    feedback: Feedback = {
        "fraction": outcome.fraction,
        "big": f"{round(outcome.fraction * 100)}",
        "text": WORDS.not_attempted[lang],
        "tries": "",
        "notes": notes,
        "parts": {},
    }
    if journal is None or not journal.turns:
        return feedback
    state = journal.states[-1]
    turns = state.data.turns
    feedback["text"] = WORDS.summary[lang].format(turns=turns, played=len(journal.turns))
    if not state.over:
        notes.append(WORDS.unfinished[lang])
    verdicts = {part.id: part.verdict for part in outcome.parts}
    for part in result(state, lang)["parts"]:
        feedback["parts"][part["id"]] = {
            "state": verdicts[part["id"]],
            "score": f"{part['points']:g} / {part['of']}",
            "lines": [
                {
                    "lead": WORDS.part_right[lang].format(
                        name=part["name"], points=f"{part['points']:g}", of=part["of"]
                    ),
                    "text": part["text"],
                }
            ],
        }
    return feedback


def judged(face: Face, key: SimulationKey, outcome: Outcome, value: Any) -> Feedback:
    """Graded feedback, the same: how a game was played is no secret from who played it."""
    return explain(face, key, outcome, value)
