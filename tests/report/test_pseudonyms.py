"""Pseudonyms: the same for a course, in both languages, and nobody is named anywhere."""

import json
from dataclasses import replace

import pytest
from classes import in_points

from b2bcourse.grading.base import GradingError
from b2bcourse.report.findings import find
from b2bcourse.report.page import page
from b2bcourse.report.pseudonyms import FILE, WORDS, name_of, numbers_for, under_pseudonyms
from b2bcourse.report.seen import Answer
from b2bcourse.report.table import rows

COUNT = len(WORDS.first) * len(WORDS.second)


def test_a_student_keeps_the_name_when_others_come(tmp_path):
    before = dict(numbers_for(tmp_path, ["a", "b"]))
    after = numbers_for(tmp_path, ["c", "a", "b"])
    assert {name: after[name] for name in before} == before
    assert len(set(after.values())) == 3


def test_both_languages_name_the_same_student():
    assert (name_of(0, "ko"), name_of(0, "en")) == ("푸른 여우", "Blue Fox")
    assert len({name_of(n, "ko") for n in range(3 * COUNT)}) == 3 * COUNT
    assert len({name_of(n, "en") for n in range(3 * COUNT)}) == 3 * COUNT


def test_a_large_class_has_names_for_all(tmp_path):
    numbers = numbers_for(tmp_path, [f"s{n}" for n in range(COUNT + 5)], draw=lambda _: 0)
    assert len(set(numbers.values())) == COUNT + 5


def test_nothing_on_the_page_or_in_the_table_tells_who_is_who(tmp_path):
    seen = in_points([[8, 1, 3]] * 9 + [[2, 2, 1]] * 4)
    pupils = tuple(
        replace(
            pupil,
            id=f"id-{number}-geheim",
            name=f"이름{number}비밀",
            answers={
                **pupil.answers,
                "e1": Answer("unread", None, True, asked=f"이름{number}비밀입니다"),
            },
        )
        for number, pupil in enumerate(seen.pupils)
    )
    found = find(under_pseudonyms(replace(seen, pupils=pupils), tmp_path))
    told = page(found) + "".join(cell for row in rows(found) for cell in row)
    assert "geheim" not in told
    assert "비밀" not in told
    assert "이름은 모두 가명입니다" in told


def test_the_order_tells_nothing_of_the_names(tmp_path):
    seen = in_points([[5, 5, 5]] * 12)
    names = [pupil.name for pupil in under_pseudonyms(seen, tmp_path).pupils]
    assert names == sorted(names)


@pytest.mark.parametrize("content", ["{", '{"schema": 2}', '{"numbers": {"a": "x"}}'])
def test_a_file_that_cannot_be_used_is_named(tmp_path, content):
    (tmp_path / FILE).write_text(content)
    with pytest.raises(GradingError, match=r"pseudonyms\.json"):
        numbers_for(tmp_path, ["a"])


def test_what_was_drawn_lies_in_the_course(tmp_path):
    numbers = numbers_for(tmp_path, ["a"], draw=lambda _: 7)
    assert json.loads((tmp_path / FILE).read_text()) == {"schema": 1, "numbers": numbers}
    assert numbers == {"a": 7}
