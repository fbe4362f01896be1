"""The heat map: one mark and one number a cell, and the number counts what the mark says."""

import pytest
from classes import a_class, exercise, scored

from b2bcourse.context import bank_folder
from b2bcourse.grading.keys import Question
from b2bcourse.items import kind_of, load_item
from b2bcourse.report.grids import Cell, floor_of, grid, grids
from b2bcourse.report.seen import Exercise


@pytest.fixture
def cells(tiny_keys):
    return exercise(tiny_keys, 1, "tiny-cells")


def marked(**rows):
    return {"cells": {row: dict.fromkeys(people, 1) for row, people in rows.items()}}


def from_bank(item, number=1, lang="en"):
    kind = kind_of("matrix")
    authored = load_item(bank_folder() / f"{item}.yaml")
    face, key = kind.face(authored, lang), kind.key(authored)
    question = Question(authored, kind, face, key)
    return Exercise(number, item, face.title, 10.0, by_hand=False, question=question)


def test_a_cell_of_the_key_counts_who_marked_it_while_most_did(cells):
    found = grid(cells, [marked(quality=["miru"])] * 6 + [marked(quality=[])] * 4)
    assert found.cells["quality", "miru"] == Cell("right", 6, 1)
    assert found.right["quality"] == (0.6, 2)


def test_it_counts_who_missed_it_where_more_than_half_did(cells):
    found = grid(cells, [marked(quality=["miru"])] * 4 + [marked(quality=[])] * 6)
    assert found.cells["quality", "miru"] == Cell("missed", 6)


def test_half_is_not_more_than_half(cells):
    found = grid(cells, [marked(quality=["miru"])] * 5 + [marked(quality=[])] * 5)
    assert found.cells["quality", "miru"].shows == "right"


@pytest.mark.parametrize(("count", "depth"), [(5, 1), (7, 1), (8, 2), (9, 3), (10, 3)])
def test_the_more_marked_it_the_deeper_it_is(cells, count, depth):
    values = [marked(quality=["miru"])] * count + [marked(quality=[])] * (10 - count)
    assert grid(cells, values).cells["quality", "miru"].depth == depth


def test_wrong_marks_of_a_few_stay_blank(cells):
    two = grid(cells, [marked(quality=["sora"])] * 2 + [marked(quality=["miru"])] * 10)
    assert ("quality", "sora") not in two.cells
    three = grid(cells, [marked(quality=["sora"])] * 3 + [marked(quality=["miru"])] * 9)
    assert three.cells["quality", "sora"] == Cell("wrong", 3, 1)


@pytest.mark.parametrize(
    ("students", "floor"), [(4, 2), (9, 2), (10, 3), (30, 3), (31, 4), (300, 30)]
)
def test_few_are_a_tenth_and_at_least_three(students, floor):
    assert floor_of(students) == floor


def test_who_marked_everything_is_counted_apart(cells):
    people = ["hangyeol", "sora", "miru", "garam"]
    everything = marked(cost_saving=people, near_factory=people, quality=people)
    found = grid(cells, [everything] * 3 + [marked(quality=["miru"])] * 9)
    assert (found.students, found.everything) == (9, 3)
    assert ("quality", "sora") not in found.cells


def test_a_class_that_marked_everything_is_shown_all_the_same(cells):
    people = ["hangyeol", "sora", "miru", "garam"]
    everything = marked(cost_saving=people, near_factory=people, quality=people)
    assert grid(cells, [everything] * 3).students == 3


def test_the_column_that_fills_up_is_named(cells):
    filled = marked(near_factory=["sora"], quality=["sora"])
    assert grid(cells, [filled] * 8).full.id == "sora"
    assert grid(cells, [marked(quality=["miru"])] * 8).full is None


def test_a_benefit_that_the_student_named_counts_under_its_name(tiny_keys):
    both = exercise(tiny_keys, 2, "tiny-both")
    value = {
        "rows": {"r1": "near_factory", "r2": "quality"},
        "columns": {"c1": "miru", "c2": "hangyeol"},
        "cells": {"r2": {"c1": 1}, "r1": {"c2": 1}},
    }
    found = grid(both, [value] * 4)
    assert found.cells["quality", "miru"] == Cell("right", 4, 3)
    assert found.cells["near_factory", "hangyeol"] == Cell("right", 4, 3)


@pytest.mark.parametrize("item", ["mx-left", "mx-right"])
def test_named_heads_stand_against_the_right_names(item):
    heads = from_bank(item)
    question = heads.question
    model = question.kind.model_answer(question.face, question.key)
    found = grid(heads, [model] * 3 + [question.kind.blank(question.face)])
    assert {cell.shows for cell in found.cells.values()} == {"right"}
    assert all(needed == 1 for _, needed in found.right.values())


def test_a_mark_of_another_strength_is_told_where_most_made_it():
    two = from_bank("mx-cells-two")
    question = two.question
    model = question.kind.model_answer(question.face, question.key)
    other = {"cells": {r: {c: 3 - m for c, m in row.items()} for r, row in model["cells"].items()}}
    assert {c.shows for c in grid(two, [other] * 4).cells.values()} <= {
        "partly",
        "accepted",
        "right",
    }
    assert "partly" in {cell.shows for cell in grid(two, [other] * 4).cells.values()}


def test_a_matrix_that_nobody_answered_has_no_grid(cells):
    assert grids(a_class([cells], {"one": {}})) == []


def test_every_matrix_that_was_answered_has_one(cells, tiny_keys):
    seen = a_class([cells], {"one": {cells.id: scored(cells, marked(quality=["miru"]))}})
    assert [found.exercise.id for found in grids(seen)] == ["tiny-cells"]
