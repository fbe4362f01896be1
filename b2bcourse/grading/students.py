"""Simulated students: each knows some of it and makes the mistakes that people make."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final, Literal

from b2bcourse.facts import Lang, Text
from b2bcourse.grading.demo_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.grading.keys import AnyQuestion

Value = dict[str, Any]
Fate = Literal["on time", "late", "broken file", "nothing"]

FEWEST: Final = 3
"""One who submits nothing, one whose file breaks, one who is late."""


@dataclass(frozen=True)
class Habit:
    """A mistake that some people make all through."""

    told: Text
    change: Callable[[Value, AnyQuestion], None]


@dataclass(frozen=True)
class Student:
    """One simulated student.

    Attributes:
        id: the name that nbgrader knows.
        skill: the share of an answer's parts he knows, from 0 to 1.
        habit: what he gets wrong in every matrix.
        fate: what becomes of his submission.
        seed: makes his slips the same every time.
    """

    id: str
    skill: float
    habit: Habit
    fate: Fate
    seed: str

    def answer(self, question: AnyQuestion) -> Value:
        """His answer to an item."""
        rng = Random(f"{self.seed}/{self.id}/{question.face.id}")  # noqa: S311 - no secret
        value = copy.deepcopy(question.kind.model_answer(question.face, question.key))
        if question.face.kind == "matrix":
            _forget(value, question, self.skill, rng)
            self.habit.change(value, question)
            return value
        return _guess_the_rest(value, question, self.skill, rng)

    def essay(self, lang: Lang) -> str:
        """A few sentences of his own."""
        rng = Random(f"{self.seed}/{self.id}/essay")  # noqa: S311 - no secret
        return " ".join(text[lang] for text in rng.sample(WORDS.essay, k=3))


def classroom(number: int, seed: int) -> list[Student]:
    """A class of students; the same numbers give the same class.

    Args:
        number: how many, at least `FEWEST`.
        seed: any whole number.
    """
    rng = Random(seed)  # noqa: S311 - no secret
    fates: list[Fate] = ["nothing", "broken file", "late"]
    fates += ["on time"] * (number - FEWEST)
    rng.shuffle(fates)
    habits = [_HABITS[n % len(_HABITS)] for n in range(number)]
    rng.shuffle(habits)
    return [
        Student(f"s{n + 1:02d}", rng.uniform(0.35, 1.0), habits[n], fates[n], str(seed))
        for n in range(number)
    ]


def _guess_the_rest(value: Value, question: AnyQuestion, skill: float, rng: Random) -> Value:
    """The model answer, with what chance says, if anything, for each part he does not know."""
    guess = question.kind.guess(question.face, "random", rng)
    for name, content in value.items():
        guessed = guess.get(name, {})
        for part in list(content) if isinstance(content, dict) else ():
            if rng.random() < skill:
                continue
            if part in guessed:
                content[part] = guessed[part]
            else:
                del content[part]
    return value


def _forget(value: Value, question: AnyQuestion, skill: float, rng: Random) -> None:
    """Guess in the rows he does not know: a person too few, or one too many."""
    columns = _slots(value, question)
    for marks in value["cells"].values():
        if rng.random() < skill or not columns:
            continue
        if marks and rng.random() < 0.5:  # noqa: PLR2004 - as often one as the other
            marks.pop(rng.choice(sorted(marks)))
        else:
            marks.setdefault(rng.choice(columns), rng.randint(1, question.face.marks))
    for names in (value["rows"], value["columns"]):
        if len(names) > 1 and rng.random() > skill:
            _swap(names, *rng.sample(sorted(names), k=2))


def _slots(value: Value, question: AnyQuestion) -> list[str]:
    """The columns that can be marked."""
    return list(value["columns"]) or [column.id for column in question.face.columns]


def _swap(table: dict[str, Any], one: str, other: str) -> None:
    table[one], table[other] = table[other], table[one]


def _nothing_more(_value: Value, _question: AnyQuestion) -> None:
    """No mistake of his own beside what he does not know."""


def _ticks_the_ceo(value: Value, question: AnyQuestion) -> None:
    for column in _columns_of(value, question, "ceo"):
        for marks in value["cells"].values():
            marks[column] = 1


def _mixes_staff_and_head(value: Value, question: AnyQuestion) -> None:
    for staff, head in (("prod_staff", "prod_head"), ("purch_staff", "purch_lead")):
        for one in _columns_of(value, question, staff):
            for other in _columns_of(value, question, head):
                _change_places(value, one, other)


def _change_places(value: Value, one: str, other: str) -> None:
    for marks in value["cells"].values():
        moved = {to: marks.pop(at) for at, to in ((one, other), (other, one)) if marks.get(at)}
        marks.update(moved)


def _ticks_everything(value: Value, question: AnyQuestion) -> None:
    columns = _slots(value, question)
    for row in value["cells"]:
        value["cells"][row] = dict.fromkeys(columns, 1)


def _stops_half_way(value: Value, _question: AnyQuestion) -> None:
    for part in ("cells", "rows"):
        rows = list(value[part])
        for row in rows[(len(rows) + 1) // 2 :]:
            del value[part][row]


def _swaps_office_and_factory(value: Value, _question: AnyQuestion) -> None:
    heads = {name: row for row, name in value["rows"].items()}
    table = value["rows"] if heads else value["cells"]
    places = [heads.get(name, name) for name in ("near_office", "near_factory")]
    if all(place in table for place in places):
        _swap(table, *places)


def _columns_of(value: Value, question: AnyQuestion, member: str) -> list[str]:
    """The columns of the people who are, or do the work of, a member."""
    people = [c.key_id for c in question.item.columns if member in c.members]
    if value["columns"]:
        return [slot for slot, person in value["columns"].items() if person in people]
    return [column.id for column in question.face.columns if column.id in people]


_HABITS: Final = (
    Habit(WORDS.habits["nothing_more"], _nothing_more),
    Habit(WORDS.habits["ticks_the_ceo"], _ticks_the_ceo),
    Habit(WORDS.habits["mixes_staff_and_head"], _mixes_staff_and_head),
    Habit(WORDS.habits["ticks_everything"], _ticks_everything),
    Habit(WORDS.habits["stops_half_way"], _stops_half_way),
    Habit(WORDS.habits["swaps_office_and_factory"], _swaps_office_and_factory),
)


def shares(values: Iterable[Value], question: AnyQuestion) -> Mapping[tuple[str, str], float]:
    """For each cell of a matrix, the share of answers that mark it."""
    answers = list(values)
    face = question.face
    return {
        (row.id, column.id): sum(
            1 for value in answers if value["cells"].get(row.id, {}).get(column.id)
        )
        / max(1, len(answers))
        for row in face.rows
        for column in face.columns
    }
