"""Answers to a choice question with the fraction each must get."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.base import Sample
from b2bcourse.items.choice.face import face
from b2bcourse.items.choice.key import key
from b2bcourse.items.choice.places import face_id
from b2bcourse.items.choice.value import CHOSEN, blank, model_answer

if TYPE_CHECKING:
    from random import Random

    from b2bcourse.items.base import Guess
    from b2bcourse.items.choice.authored import ChoiceItem
    from b2bcourse.items.choice.face import Face


def samples(item: ChoiceItem) -> list[Sample]:
    """Answers to ``item`` with the fraction that each must get."""
    shown, answers = face(item, "ko"), key(item)
    right = model_answer(shown, answers)
    fewer = answers.right[1:]
    names = [option.id for option in shown.options]
    malformed: tuple[Any, ...] = (
        *_MALFORMED,
        {"chosen": {names[0]: 2}},
        {"chosen": {names[0]: True}},
    )
    return [
        Sample("right", right, 1.0),
        Sample("one part missing", _choosing(fewer), len(fewer) / len(answers.right)),
        Sample("empty", blank(shown), 0.0),
        Sample("everything ticked", _choosing(names), 0.05, tolerance=0.05),
        *(
            Sample(f"half right: {name}", _choosing([name]), part)
            for name, part in answers.parts.items()
        ),
        *(Sample(f"wrong: {name}", _choosing([name]), 0.0) for name in _wrong(item)),
        *(Sample(f"malformed {number}", value, 0.0) for number, value in enumerate(malformed)),
    ]


_MALFORMED: Final[tuple[Any, ...]] = (
    None,
    [],
    "chosen",
    {"chosen": [1, 2]},
    {"chosen": {"no-such-option": 1}},
    {"chosen": {"no-such-option": math.nan}, "order": 3},
)


def _wrong(item: ChoiceItem) -> list[str]:
    return [face_id(option) for option in item.options if option.verdict == "wrong"]


def _choosing(names: list[str] | tuple[str, ...]) -> dict[str, Any]:
    return {"chosen": dict.fromkeys(names, CHOSEN)}


def guess(shown: Face, how: Guess, rng: Random) -> dict[str, Any]:
    """What somebody answers who has not read the question: see `items.base.Guess`."""
    names = [option.id for option in shown.options]
    if how == "random" and shown.several:
        return _choosing([name for name in names if rng.random() < 0.5])  # noqa: PLR2004 - a coin
    if how == "random":
        return _choosing([rng.choice(names)])
    return _choosing({"all": names, "none": [], "first": names[:1]}[how])
