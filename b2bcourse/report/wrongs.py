"""What a class most often got wrong, and what each of these mistakes shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts.korean import Name, quoted
from b2bcourse.items.base import short
from b2bcourse.items.ordering.value import clean as clean_order
from b2bcourse.report.grids import Sheet, floor_of, sheet_of
from b2bcourse.report.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from b2bcourse.facts import Lang, Text
    from b2bcourse.grading.keys import AnyQuestion
    from b2bcourse.items import Outcome
    from b2bcourse.report.seen import ClassSeen, Exercise

SHOWN: Final = 3
_OF_ONE: Final = 2
"""So many mistakes in one exercise may stand among those shown first."""
_FULL: Final = 2
"""From so many wrong marks on a person is marked too often."""


@dataclass(frozen=True)
class Wrong:
    """A mistake that several made.

    Attributes:
        exercise: where.
        said: the mistake in one sentence, to be said aloud.
        how: how it was counted.
        why: what is told to who makes it; may be empty.
        reopen: the section to read again; may be empty.
        count: how many made it.
        students: of how many whose answer the key could judge.
    """

    exercise: Exercise
    said: str
    how: str
    why: str
    reopen: str
    count: int
    students: int

    @property
    def share(self) -> float:
        """The share of those who answered."""
        return self.count / self.students


@dataclass(frozen=True)
class _Told:
    """A mistake's sentences, before it is known how many made it."""

    said: str
    how: str = ""
    why: str = ""


_Found = tuple[Counter[str], dict[str, _Told]]


def wrongs(seen: ClassSeen) -> list[Wrong]:
    """The mistakes that enough students made, the most frequent first."""
    found: list[Wrong] = []
    for exercise in seen.exercises:
        if exercise.question and exercise.question.item.kind in _KINDS:
            found += _in_exercise(exercise, list(seen.scored(exercise)))
    return sorted(found, key=lambda one: (-one.share, one.exercise.number, one.said))


def foremost(found: Sequence[Wrong]) -> list[Wrong]:
    """The few to be shown first, not all of one exercise."""
    taken: list[Wrong] = []
    for one in found:
        same = sum(each.exercise.id == one.exercise.id for each in taken)
        if len(taken) < SHOWN and same < _OF_ONE:
            taken.append(one)
    return taken


def _in_exercise(exercise: Exercise, answered: Sequence[Any]) -> Iterator[Wrong]:
    question = _question(exercise)
    counts, told = _KINDS[question.item.kind](
        exercise, [(answer.outcome, answer.value) for _, answer in answered]
    )
    general = WORDS.how_in[question.face.lang].format(n=exercise.number, all=len(answered))
    read = question.item.read
    reopen = f"{read.notebook.partition('-')[0]} {read.section[question.face.lang]}" if read else ""
    for name, count in counts.items():
        if count >= floor_of(len(answered)):
            one = told[name]
            how = one.how or general
            yield Wrong(exercise, one.said, how, one.why, reopen, count, len(answered))


def _matrix(exercise: Exercise, answers: Sequence[tuple[Outcome, Any]]) -> _Found:
    """People left out, people marked everywhere, and single marks of which the author says more."""
    question = _question(exercise)
    places = {"n": exercise.number, "all": len(answers)}
    sheet = sheet_of(question, [value for _, value in answers]).without_everything()
    counts: Counter[str] = Counter()
    told: dict[str, _Told] = {}
    lang, heads = question.face.lang, question.face.form in {"left", "right"}
    for column in () if heads else sheet.columns:
        person = question.key.people.get(column.id)
        why = person.looks_for[lang] if person and person.looks_for else ""
        name = Name(column.name)
        cells = _cells_of(sheet, column.id)
        if len(cells) >= _FULL:
            half = len(cells) // 2 + 1
            words = WORDS.how_left_out if half < len(cells) else WORDS.how_left_all
            how = words[lang].format(name=name, cells=len(cells), half=half, **places)
            told[f"-{column.id}"] = _Told(WORDS.left_out[lang].format(name=name), how, why)
            counts[f"-{column.id}"] = sum(
                sum(not marks.get(row, {}).get(column.id) for row in cells) >= half
                for marks in sheet.marks
            )
        how = WORDS.how_too_often[lang].format(name=name, least=_FULL, **places)
        told[f"+{column.id}"] = _Told(WORDS.too_often[lang].format(name=name), how, why)
        counts[f"+{column.id}"] = sum(
            _wrong_in(sheet, column.id, marks) >= _FULL for marks in sheet.marks
        )
    _single_marks(sheet, lang, counts, told, heads=heads)
    return counts, told


def _single_marks(
    sheet: Sheet, lang: Lang, counts: Counter[str], told: dict[str, _Told], *, heads: bool
) -> None:
    for row in sheet.rows:
        line = sheet.lines[row.id]
        allowed = {*line.pattern(), *line.accepted}
        for column in sheet.columns:
            further = line.misconceptions.get(column.id)
            if column.id in allowed or not (further or heads):
                continue
            name = f"{row.id}/{column.id}"
            said = WORDS.marked_at[lang].format(row=row.name, column=Name(column.name))
            told[name] = _Told(said, why=further[lang] if further else "")
            counts[name] = sum(bool(m.get(row.id, {}).get(column.id)) for m in sheet.marks)


def _cells_of(sheet: Sheet, column: str) -> list[str]:
    return [row.id for row in sheet.rows if column in sheet.lines[row.id].required]


def _wrong_in(sheet: Sheet, column: str, marks: Mapping[str, Mapping[str, int]]) -> int:
    return sum(
        bool(marks.get(row.id, {}).get(column))
        for row in sheet.rows
        if column not in sheet.lines[row.id].pattern()
        and column not in sheet.lines[row.id].accepted
    )


def _parts(answers: Sequence[tuple[Outcome, Any]], tell: Callable[[str], _Told | None]) -> _Found:
    """Mistakes that are parts of an outcome; ``tell`` passes over what is no mistake to tell."""
    counts: Counter[str] = Counter()
    told: dict[str, _Told] = {}
    for outcome, _ in answers:
        for part in outcome.parts:
            if part.verdict in {"wrong", "partly"}:
                one = told.get(part.id) or tell(part.id)
                if one is not None:
                    told[part.id] = one
                    counts[part.id] += 1
    return counts, told


def _matching(exercise: Exercise, answers: Sequence[tuple[Outcome, Any]]) -> _Found:
    question = _question(exercise)
    face, key, lang = question.face, question.key, question.face.lang
    texts = {card.id: card.text for card in face.cards}

    def tell(part: str) -> _Told | None:
        slot, _, place = part.partition("/")
        if slot not in texts or place not in face.places:
            return None
        mistake = key.cards[slot].mistakes.get(place)
        why = _first(mistake and mistake.misconception, mistake and mistake.reason, lang)
        why = why or key.cards[slot].reason[lang]
        where = quoted(face.place_name(place))
        return _Told(
            WORDS.put_to[lang].format(card=quoted(short(texts[slot])), place=where), why=why
        )

    return _parts(answers, tell)


def _choice(exercise: Exercise, answers: Sequence[tuple[Outcome, Any]]) -> _Found:
    question = _question(exercise)
    face, key, lang = question.face, question.key, question.face.lang
    texts = {option.id: option.text for option in face.options}

    def tell(part: str) -> _Told | None:
        if part not in texts:
            return None
        why = _first(key.misconceptions.get(part), key.reasons.get(part), lang)
        return _Told(WORDS.chose[lang].format(option=quoted(short(texts[part]))), why=why)

    return _parts(answers, tell)


def _allocation(exercise: Exercise, answers: Sequence[tuple[Outcome, Any]]) -> _Found:
    question = _question(exercise)
    face, key, lang = question.face, question.key, question.face.lang
    traps = {trap.id: trap for trap in key.traps}
    limits = {f"limit/{limit.id}": limit.name for limit in face.limits}
    jobs = {f"job/{row.id}": row.name for row in face.rows}

    def tell(part: str) -> _Told | None:
        if trap := traps.get(part):
            said = WORDS.trap[lang].format(name=quoted(trap.name[lang]))
            return _Told(said, why=_first(trap.misconception, trap.reason, lang))
        if part in limits:
            return _Told(WORDS.limit[lang].format(name=Name(limits[part])))
        return _Told(WORDS.job[lang].format(name=Name(jobs[part]))) if part in jobs else None

    return _parts(answers, tell)


def _ordering(exercise: Exercise, answers: Sequence[tuple[Outcome, Any]]) -> _Found:
    """Foreseen pairs that stand reversed; of other cards that they stand wrong."""
    question = _question(exercise)
    face, key, lang = question.face, question.key, question.face.lang
    texts = {card.id: quoted(short(card.text)) for card in face.cards}

    def tell(part: str) -> _Told | None:
        card = key.cards.get(part) or key.decoys.get(part)
        if card is None or part not in texts:
            return None
        said = WORDS.out_of_place[lang].format(card=texts[part])
        return _Told(said, why=card.reason[lang])

    counts, told = _parts(answers, tell)
    if key.mode == "sequence":
        for pair, mistake in key.mistakes.items():
            name = "<".join(pair)
            first, then = (texts[card] for card in pair)
            why = _first(mistake.misconception, mistake.reason, lang)
            told[name] = _Told(WORDS.reversed[lang].format(first=first, then=then), why=why)
            counts[name] = sum(_is_reversed(face, value, pair) for _, value in answers)
    return counts, told


def _is_reversed(face: Any, value: Any, pair: tuple[str, str]) -> bool:
    placed = clean_order(face, value)[0].placed
    first, then = pair
    return first in placed and then in placed and placed.index(then) < placed.index(first)


def _question(exercise: Exercise) -> AnyQuestion:
    assert exercise.question is not None
    return exercise.question


def _first(one: Text | None, other: Text | None, lang: Lang) -> str:
    found = one or other
    return found[lang] if found else ""


_KINDS: Final[dict[str, Callable[[Exercise, Sequence[tuple[Outcome, Any]]], _Found]]] = {
    "matrix": _matrix,
    "matching": _matching,
    "choice": _choice,
    "allocation": _allocation,
    "ordering": _ordering,
}
"""What a game shows is no belief about a fact, and an essay's a person reads."""
