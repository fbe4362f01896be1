"""Answering in text: the names people type, in either language, and the form to fill in."""

import ast
import unicodedata

import pytest
from matrices import ALL_PEOPLE, ALL_ROWS, BANK, made, text

from b2bcourse.facts import benefits
from b2bcourse.items import ResponseError
from b2bcourse.items.matrix import (
    blank,
    face,
    key,
    merge,
    model_answer,
    parse,
    replacing,
    score,
    template,
)

ALL = made()


def parsed(typed, item=ALL, lang="ko"):
    return parse(face(item, lang), typed)


def spellings(things):
    return [
        pytest.param(thing.id, name, id=f"{thing.id}: {name}")
        for thing in things
        for name in dict.fromkeys([thing.id, thing.name.ko, thing.name.en, *thing.aliases])
    ]


@pytest.mark.parametrize(("member", "name"), spellings(benefits().members))
def test_every_spelling_of_a_person_is_understood(member, name):
    assert parsed({"tech": [name]})["cells"] == {"tech": {member: 1}}


@pytest.mark.parametrize(("benefit", "name"), spellings(benefits().benefits))
def test_every_spelling_of_a_benefit_is_understood(benefit, name):
    assert parsed({name: ["CFO"]}, lang="en")["cells"] == {benefit: {"cfo": 1}}


@pytest.mark.parametrize(
    "name",
    [
        "cfo",
        "ＣＦＯ",
        " C F O ",
        "CFO(최고재무책임자)",
        "최고재무책임자",
        "최고 재무 책임자",
        unicodedata.normalize("NFD", "최고재무책임자"),
        "Chief-Financial-Officer",
    ],
)
def test_case_spaces_punctuation_brackets_and_unicode_form_do_not_matter(name):
    assert parsed({"비용절감 효과": [name]})["cells"] == {"cost_saving": {"cfo": 1}}


def test_marks_may_be_a_name_a_list_or_names_with_marks():
    two = made(marks=2)
    for typed in ("CFO", ["CFO"], ("CFO",), {"CFO"}, {"CFO": 1}):
        assert parsed({"tech": typed}, two)["cells"] == {"tech": {"cfo": 1}}
    assert parsed({"tech": {"CFO": 2}}, two)["cells"] == {"tech": {"cfo": 2}}


@pytest.mark.parametrize("mark", [3, -1, True, 1.0, "1", None, [], 10**40, object()])
def test_a_mark_out_of_range_is_told(mark):
    with pytest.raises(ResponseError, match=r"A mark is out of range.*Possible: 0, 1, 2"):
        parsed({"tech": {"CFO": mark}}, made(marks=2))
    with pytest.raises(ResponseError, match="A mark is out of range"):
        parsed({"r1": {"tech": {"CFO": mark}}}, made("both"))


def test_an_unknown_name_is_told_with_those_there_are():
    with pytest.raises(ResponseError) as told:
        parsed({"tech": ["회장"]})
    assert "'회장'" in told.value.text.ko
    assert "연구소장" in told.value.text.ko
    with pytest.raises(ResponseError, match=r"'glory' is not known here.*Cost saving"):
        parsed({"glory": ["CFO"]}, lang="en")


@pytest.mark.parametrize(
    "typed", [None, [], "CFO", 3, {"tech": 3}, {"tech": [3]}, {"tech": [["x"]]}]
)
def test_another_shape_is_told(typed):
    with pytest.raises(ResponseError, match=r"This is the shape.*b2b\.respond\("):
        parsed(typed)


def test_another_shape_is_told_where_both_sides_are_blank():
    for typed in ({"r1": ["CFO"]}, {"r1": "tech"}, {"r1": {"tech": 3}}):
        with pytest.raises(ResponseError, match=r"b2b\.respond\(.*\[.*\]"):
            parsed(typed, made("both"))


def test_more_people_than_columns_is_told():
    item = made("both", "cost_saving", slots=2)
    assert len(parsed({"r1": {"cost_saving": ["CFO", "COO"]}}, item)["columns"]) == 2
    with pytest.raises(ResponseError, match="More people than columns"):
        parsed({"r1": {"cost_saving": ["CFO", "COO", "CEO"]}}, item)


def test_people_take_one_column_each_however_often_they_are_named():
    item = made("both", "cost_saving on_time")
    value = parsed(
        {"r1": {"비용절감 효과": ["CFO", "COO"]}, "r2": {"on_time": ["coo", "PM"]}}, item
    )
    assert value["columns"] == {"c1": "cfo", "c2": "coo", "c3": "pm"}
    assert value["cells"] == {"r1": {"c1": 1, "c2": 1}, "r2": {"c2": 1, "c3": 1}}


def filled_in(shown, model):
    """The template with the names of the model answer put in, as a person would type it."""
    call = ast.parse(template(shown)).body[0].value
    assert ast.unparse(call.func) == "b2b.respond"
    assert ast.literal_eval(call.args[0]) == shown.id
    form = ast.literal_eval(call.args[1])
    slots = shown.columns if shown.form == "right" else shown.rows
    assert len(form) == len(slots)
    people = {c.id: c.name for c in [*shown.columns, *shown.text_columns, *shown.column_choices]}
    rows = {c.id: c.name for c in shown.row_choices}
    typed = {}
    for name, slot in zip(form, slots, strict=True):
        made_ = {
            people[model["columns"].get(c, c)]: m
            for c, m in model["cells"].get(slot.id, {}).items()
        }
        if shown.form == "left":
            typed[name] = rows[model["rows"][slot.id]]
        elif shown.form == "right":
            typed[name] = people[model["columns"][slot.id]]
        else:
            typed[name] = {rows[model["rows"][slot.id]]: made_} if shown.form == "both" else made_
    return typed


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_the_template_filled_in_with_the_right_names_gets_everything(item, lang):
    shown, answers = face(item, lang), key(item)
    value = parse(shown, filled_in(shown, model_answer(shown, answers)))
    assert score(shown, answers, value).fraction == 1.0


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_the_template_as_printed_is_a_blank_answer(item, lang):
    shown = face(item, lang)
    call = ast.parse(template(shown)).body[0].value
    assert merge({}, parse(shown, ast.literal_eval(call.args[1]))) == blank(shown)


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_the_template_lists_the_names_that_may_be_used(item, lang):
    shown = face(item, lang)
    printed = template(shown)
    for choice in (*shown.row_choices, *shown.column_choices):
        assert choice.name in printed
    for row in shown.rows:
        assert (row.card or row.name) in printed
    if shown.form == "cells":
        assert all(c.name in printed for c in (*shown.columns, *shown.text_columns))


def test_the_template_shows_what_the_task_shows_of_a_slot():
    item = made("left", "on_time tech")
    slot = next(s for s, right in key(item).row_heads.items() if "on_time" in right)
    line = next(x for x in template(face(item, "en")).splitlines() if f"'{slot}'" in x)
    assert line.endswith("# COO, SCM head, Project manager")


def test_the_template_tells_main_from_also_where_the_task_does():
    """Two columns that differ only in the level would look the same without it."""
    item = made("right", "low_price cost_saving", "cfo purch_staff", marks=2)
    lines = template(face(item, "en")).splitlines()[1:3]
    assert sorted(line.partition("# ")[2] for line in lines) == [
        "Affordable price (also), Cost saving",
        "Affordable price, Cost saving (also)",
    ]


def test_the_template_says_how_to_give_two_kinds_of_mark(lang):
    item = made(rows="cost_saving", people="cfo coo", marks=2)
    assert template(face(item, lang)).endswith("{'CFO': 1, 'COO': 2}")
    assert "'CFO': 1" not in template(face(made(rows="cost_saving", people="cfo coo"), lang))


def test_a_typed_answer_replaces_all_that_was_there_before():
    shown = face(ALL, "ko")
    old = {
        "cells": {"tech": {"cfo": 1}, "quality": {"pm": 1, "logistics": 1}},
        "rows": {},
        "columns": {},
    }
    new = parse(shown, {"tech": ["CTO"]})
    assert merge(old, replacing(shown, new)) == new


def test_a_person_of_a_case_may_be_called_by_name_alone():
    people = [{"id": "oh", "name": text("오정민 대표(CEO)", "Oh (chief)"), "counts_as": ["coo"]}]
    item = made(rows="on_time", people=people)
    for name in ("오정민 대표", "오정민 대표(CEO)", "oh"):
        assert parsed({"정확한 납기": [name]}, item)["cells"] == {"on_time": {"oh": 1}}


def test_there_are_names_for_every_row_and_person():
    shown = face(ALL, "ko")
    assert len(shown.rows) == len(ALL_ROWS.split())
    assert len(shown.columns) == len(ALL_PEOPLE.split())
