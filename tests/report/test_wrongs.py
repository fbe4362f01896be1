"""The most frequent mistakes, each with what it shows and where to read again."""

import pytest
from classes import a_class, exercise, scored

from b2bcourse.facts.slips import slips
from b2bcourse.report.wrongs import foremost, wrongs

KINDS = {
    "matrix": "matrix-people",
    "matching": "matrix-week",
    "choice": "steps-opening",
    "allocation": "choosing-portfolio",
    "ordering": "steps-road",
}


def model(one):
    question = one.question
    return question.kind.model_answer(question.face, question.key)


def found(one, values, lang="ko"):
    answers = {f"s{n}": {one.id: scored(one, value)} for n, value in enumerate(values)}
    return wrongs(a_class([one], answers, lang))


def mistaken(one):
    """An answer with a mistake of its kind."""
    value, question = model(one), one.question
    kind, key = question.item.kind, question.key
    if kind == "matrix":
        for marks in value["cells"].values():
            marks["cheon"] = 1
    elif kind == "matching":
        card, place = next((c, p) for c, each in key.cards.items() for p in each.mistakes)
        value["places"][card] = {place: 1}
    elif kind == "choice":
        wrong = next(o.id for o in question.face.options if o.id not in {*key.right, *key.parts})
        value["chosen"] = {**(value["chosen"] if key.several else {}), wrong: 1}
    elif kind == "allocation":
        value = _trap(question)
    else:
        pair = next(iter(key.mistakes))
        order = value["order"]
        slots = {card: slot for slot, card in order.items()}
        first, then = (slots[card] for card in pair)
        order[first], order[then] = order[then], order[first]
    return value


def _trap(question):
    from b2bcourse.items.allocation.value import as_value

    return as_value(question.face, question.key.traps[0].plan, None)


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_mistake_of_many_is_told_with_its_reason_in_every_kind(graded_keys, kind, lang):
    one = exercise(graded_keys[lang], 1, KINDS[kind])
    assert one.question.item.kind == kind
    told = found(one, [mistaken(one)] * 8 + [model(one)] * 4, lang)
    assert told
    first = told[0]
    assert (first.count, first.students) == (8, 12)
    assert first.why
    assert first.reopen
    for each in told:
        assert slips(each.said, lang) == []
        assert slips(each.how, lang) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_class_without_mistakes_has_none(graded_keys, kind):
    one = exercise(graded_keys["ko"], 1, KINDS[kind])
    assert found(one, [model(one)] * 12) == []


def test_what_two_did_is_no_finding(graded_keys):
    one = exercise(graded_keys["ko"], 1, KINDS["matching"])
    assert found(one, [mistaken(one)] * 2 + [model(one)] * 10) == []


def test_a_person_left_out_is_told_once_and_not_cell_by_cell(graded_keys):
    one = exercise(graded_keys["ko"], 1, "matrix-people")
    value = model(one)
    for marks in value["cells"].values():
        marks.pop("cha", None)
    (told,) = found(one, [value] * 6 + [model(one)] * 6)
    assert told.said == "차은경을 빠뜨렸습니다"
    assert "5칸 가운데 3칸 이상" in told.how


def test_the_foremost_are_three_and_not_all_of_one_exercise(graded_keys):
    people = exercise(graded_keys["ko"], 1, "matrix-people")
    week = exercise(graded_keys["ko"], 2, "matrix-week")
    answers = {
        f"s{n}": {
            people.id: scored(people, {"cells": {"quality": {"choo": 1}}}),
            week.id: scored(week, mistaken(week)),
        }
        for n in range(12)
    }
    shown = foremost(wrongs(a_class([people, week], answers)))
    assert len(shown) == 3
    assert {one.exercise.number for one in shown} == {1, 2}


def test_who_marked_everything_believes_nothing(graded_keys):
    one = exercise(graded_keys["ko"], 1, "matrix-people")
    columns = [column.id for column in one.question.face.columns]
    value = {"cells": {row.id: dict.fromkeys(columns, 1) for row in one.question.face.rows}}
    assert found(one, [value] * 5 + [model(one)] * 7) == []
