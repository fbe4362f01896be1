"""Answers to an essay with the fraction each must get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.base import Sample
from b2bcourse.items.essay.face import face, key
from b2bcourse.items.essay.value import blank, model_answer

if TYPE_CHECKING:
    from random import Random

    from b2bcourse.items.base import Guess
    from b2bcourse.items.essay.authored import EssayItem
    from b2bcourse.items.essay.face import Face


def samples(item: EssayItem) -> list[Sample]:
    """Answers to ``item`` with the fraction that each must get.

    The model text is long enough in either language, so it serves for both. Where a person grades,
    every answer gets 0 here.
    """
    shown, answers = face(item, "ko"), key(item)
    model = model_answer(shown, answers)
    first = next(iter(answers.weights))
    less = {name: level for name, level in model["self"].items() if name != first}
    graded = [
        Sample("right", model, 1.0),
        Sample("one part missing", model | {"self": less}, 1 - answers.weights[first]),
        Sample("not judged yet", model | {"self": {}}, 0.0),
        Sample("too short", model | {"text": "짧은 글"}, 0.0),
        Sample("empty", blank(shown), 0.0),
        Sample("everything ticked", {"text": "", "self": model["self"]}, 0.0),
        *(Sample(f"malformed {number}", value, 0.0) for number, value in enumerate(_MALFORMED)),
    ]
    if item.self_assessed:
        return graded
    return [Sample(sample.name, sample.value, 0.0) for sample in graded]


_MALFORMED: Final[tuple[Any, ...]] = (
    None,
    [],
    "text",
    {"text": 5},
    {"text": ["a", "b"], "self": {}},
    {"text": "", "self": 3},
    {"text": "", "self": {"no-such-criterion": 0}},
    {"texts": {}},
)


def guess(shown: Face, how: Guess, rng: Random) -> dict[str, Any]:
    """What somebody answers who has not read the question: levels, and no text to judge."""
    answer = blank(shown)
    if how == "none":
        return answer
    for criterion in shown.rubric:
        last = len(criterion.levels) - 1
        answer["self"][criterion.id] = rng.randint(0, last) if how == "random" else 0
    return answer
