"""What holds of every answer to every matrix, whoever or whatever made it."""

import json
from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import BANK, counting_as, made

from b2bcourse.items import matrix
from b2bcourse.items.matrix import blank, explain, judged, merge, model_answer, score
from b2bcourse.items.matrix.samples import everything
from b2bcourse.items.matrix.value import clean

FEW = "cost_saving low_price tech near_office"
MADE = {
    "cells, CEO asked for": made(
        conditions=["small_firm", "ceo_from_tech"], conditional_as="required", marks=2
    ),
    "cells, families apart": made(families_apart=True),
    "cells, a case": made(
        people=[
            counting_as("min-su", "purch_staff", "finance"),
            counting_as("oh-jun", "ceo", "coo"),
            counting_as("go-eun", "cto"),
            counting_as("noh-ul", "plant_mgr"),
        ],
        rows=FEW,
        marks=2,
    ),
    "left": made("left", FEW, row_decoys=[{"benefit": "quality"}]),
    "right": made("right", people="cfo coo cto cio it_mgr plant_mgr purch_lead purch_staff"),
    "both, two marks": made(
        "both",
        FEW,
        marks=2,
        row_decoys=[{"benefit": "digital"}, {"id": "x", "benefit": "custom"}],
        column_decoys=[{"id": "clerk", "name": {"ko": "사무원", "en": "clerk"}}],
    ),
    "both, an idle decoy": made(
        "both", "cost_saving", "cfo coo", row_decoys=[{"benefit": "support_247"}]
    ),
}
EVERY = {**BANK, **MADE}
some = settings(deadline=None, max_examples=100, derandomize=True)


def with_form(*forms):
    """Names of the items that have one of these forms."""
    return [name for name, item in EVERY.items() if item.form in forms]


@cache
def face(item, lang):
    return matrix.face(EVERY[item], lang)


@cache
def key(item):
    return matrix.key(EVERY[item])


items = st.sampled_from(sorted(EVERY))

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just(-(10**400))
)
junk = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)


@st.composite
def answers(draw, item, noise=False):
    """An answer over the ids that the face shows; with noise also over ids and marks it has not."""
    shown = face(item, "ko")

    def part(good):
        return draw(good | junk if noise and draw(st.booleans()) else good)

    def ids(things):
        names = [thing.id for thing in things] or ["-"]
        return st.sampled_from([*names, "no-such", "head"] if noise else names)

    def table(side, make):
        return {name: make() for name in draw(st.lists(side, max_size=8, unique=True))}

    people = ids([*shown.columns, *shown.text_columns])
    mark = st.integers(-1, 3) if noise else st.integers(0, shown.marks)
    return {
        "cells": table(ids(shown.rows), lambda: part(st.dictionaries(people, mark, max_size=9))),
        "rows": table(ids(shown.rows), lambda: part(ids(shown.row_choices))),
        "columns": table(ids(shown.columns), lambda: part(ids(shown.column_choices))),
    }


@st.composite
def items_and_answers(draw, only=tuple(EVERY), noise=False):
    item = draw(st.sampled_from(only))
    return item, draw(answers(item, noise))


MARKED, NAMED = with_form("cells", "both"), with_form("left", "right")


def fraction(item, value):
    return score(face(item, "ko"), key(item), value).fraction


def all_told(item, value):
    """Every outcome and feedback there is of an answer."""
    answers_ = key(item)
    for lang in ("ko", "en"):
        shown = face(item, lang)
        outcome = score(shown, answers_, value)
        yield outcome
        json.dumps(msgspec.to_builtins(explain(shown, answers_, outcome, value)), allow_nan=False)
        json.dumps(msgspec.to_builtins(judged(shown, answers_, outcome, value)), allow_nan=False)


@some
@given(items, junk)
def test_any_json_at_all_gets_nought_to_one_and_never_raises(item, value):
    for outcome in all_told(item, value):
        assert 0.0 <= outcome.fraction <= 1.0
        assert type(outcome.fraction) is float


@some
@given(items_and_answers(noise=True))
def test_a_half_sensible_answer_gets_nought_to_one_and_never_raises(pair):
    for outcome in all_told(*pair):
        assert 0.0 <= outcome.fraction <= 1.0
        assert len(outcome.notes) <= 6


@some
@given(items_and_answers(noise=True))
def test_the_same_answer_always_gets_the_same_in_both_languages(pair):
    item, value = pair
    korean, english = (score(face(item, lang), key(item), value) for lang in ("ko", "en"))
    assert (korean.fraction, korean.parts) == (english.fraction, english.parts)


@some
@given(items_and_answers(noise=True))
def test_what_cannot_be_read_counts_for_nothing(pair):
    """The readable rest of an answer gets what it would get alone."""
    item, value = pair
    kept, _ = clean(face(item, "ko"), value)
    rest = {"cells": kept.cells, "rows": kept.rows, "columns": kept.columns}
    assert fraction(item, value) == fraction(item, rest)
    assert score(face(item, "ko"), key(item), rest).notes == ()


@pytest.mark.parametrize("item", EVERY)
def test_the_model_answer_gets_everything(item, lang):
    shown, answers_ = face(item, lang), key(item)
    model = model_answer(shown, answers_)
    outcome = score(shown, answers_, model)
    assert outcome.fraction == 1.0
    assert outcome.notes == ()
    assert {part.verdict for part in outcome.parts} == {"right"}
    assert clean(shown, model)[1] == ()


@pytest.mark.parametrize("item", EVERY)
def test_a_blank_answer_gets_nothing(item, lang):
    shown = face(item, lang)
    outcome = score(shown, key(item), blank(shown))
    assert outcome.fraction == 0.0
    assert {part.verdict for part in outcome.parts} == {"not attempted"}


@pytest.mark.parametrize("item", BANK)
def test_everything_ticked_with_either_mark_gets_less_than_a_tenth(item, lang):
    shown, answers_ = face(item, lang), key(item)
    for mark in range(1, shown.marks + 1):
        ticked = everything(shown)
        ticked["cells"] = {r: dict.fromkeys(m, mark) for r, m in ticked["cells"].items()}
        assert score(shown, answers_, ticked).fraction < 0.1


def line_of(item, value, row):
    """The line that a row's marks are judged by, or `None` where they are not judged."""
    name = value["rows"].get(row) if EVERY[item].form == "both" else row
    return key(item).lines.get(name)


def person_at(item, value, column):
    return value["columns"].get(column) if EVERY[item].form == "both" else column


def places(item, value, right):
    """Empty cells where a mark would be right (or would be wrong), with that mark."""
    shown, found = face(item, "ko"), []
    for row in shown.rows:
        line = line_of(item, value, row.id)
        made_ = value["cells"].get(row.id, {})
        for column in [*shown.columns, *shown.text_columns]:
            person = person_at(item, value, column.id)
            if not made_.get(column.id) and line is not None and person:
                wanted = line.pattern().get(person)
                if right and wanted:
                    found.append((row.id, column.id, wanted))
                elif not right and not wanted and person not in line.accepted:
                    found += [(row.id, column.id, mark) for mark in range(1, shown.marks + 1)]
    return found


def with_mark(value, row, column, mark):
    return merge(value, {"cells": {row: {column: mark}}})


@st.composite
def one_mark_more(draw, right):
    item, value = draw(items_and_answers(only=MARKED))
    if draw(st.booleans()):
        # From the model answer with some marks gone there is something to gain and to lose.
        patch = {row: dict.fromkeys(marks) for row, marks in value["cells"].items()}
        value = merge(model_answer(face(item, "ko"), key(item)), {"cells": patch})
    free = places(item, value, right)
    if not free:
        return None
    return item, value, with_mark(value, *draw(st.sampled_from(free)))


@some
@given(one_mark_more(right=False))
def test_one_wrong_mark_more_never_earns(made_):
    if made_:
        item, before, after = made_
        assert fraction(item, after) <= fraction(item, before) + 1e-12


@some
@given(one_mark_more(right=True))
def test_one_right_mark_more_never_costs_and_one_less_never_earns(made_):
    if made_:
        item, fewer, more = made_
        assert fraction(item, more) >= fraction(item, fewer) - 1e-12


@pytest.mark.parametrize("item", MARKED)
def test_each_wrong_mark_beside_the_model_answer_costs(item):
    model = model_answer(face(item, "ko"), key(item))
    wrong = places(item, model, right=False)
    for place in wrong:
        assert fraction(item, with_mark(model, *place)) < 1.0
    missing = [(row, column) for row, marks in model["cells"].items() for column in marks]
    assert missing
    for row, column in missing:
        assert fraction(item, with_mark(model, row, column, None)) < 1.0


@some
@given(items_and_answers(only=NAMED), st.data())
def test_a_right_name_never_costs_and_a_wrong_one_never_earns(pair, data):
    item, value = pair
    side, heads, choices = (
        ("rows", key(item).row_heads, face(item, "ko").row_choices)
        if EVERY[item].form == "left"
        else ("columns", key(item).column_heads, face(item, "ko").column_choices)
    )
    slot = data.draw(st.sampled_from(sorted(heads)))
    name = data.draw(st.sampled_from([choice.id for choice in choices]))
    without = merge(value, {side: {slot: None}})
    with_name = merge(without, {side: {slot: name}})
    before, after = fraction(item, without), fraction(item, with_name)
    if name in heads[slot]:
        assert after >= before - 1e-12
    else:
        assert after <= before + 1e-12


@some
@given(items_and_answers(noise=True), junk)
def test_merging_a_patch_twice_is_merging_it_once(pair, other):
    item, patch = pair
    for start in (blank(face(item, "ko")), other if isinstance(other, dict) else {}):
        once = merge(start, patch)
        assert repr(merge(once, patch)) == repr(once)


@some
@given(items_and_answers(), st.data())
def test_patches_on_different_parts_do_not_undo_each_other(pair, data):
    item, value = pair
    other = data.draw(answers(item))
    first, second = apart(value, other)
    start = data.draw(answers(item))
    assert merge(merge(start, first), second) == merge(merge(start, second), first)


def apart(first, second):
    """Two patches, the second without the parts that the first names."""
    rest = {
        side: {name: part for name, part in second[side].items() if name not in first[side]}
        for side in ("rows", "columns")
    }
    rest["cells"] = {
        row: {c: m for c, m in marks.items() if c not in first["cells"].get(row, {})}
        for row, marks in second["cells"].items()
    }
    return first, rest


@some
@given(items_and_answers(), st.data())
def test_a_patch_leaves_alone_what_it_does_not_name(pair, data):
    item, start = pair
    patch = data.draw(answers(item))
    merged = merge(start, patch)
    for side in ("rows", "columns"):
        for name, chosen in start[side].items():
            if name not in patch[side]:
                assert merged[side][name] == chosen
    for row, marks in start["cells"].items():
        for column, mark in marks.items():
            if mark and column not in patch["cells"].get(row, {}):
                assert merged["cells"][row][column] == mark


def test_nothing_and_none_take_a_part_away():
    start = {"cells": {"a": {"x": 1, "y": 2}}, "rows": {"r1": "a"}, "columns": {"c1": "x"}}
    patch = {"cells": {"a": {"x": None, "y": 0}}, "rows": {"r1": None}, "columns": {"c1": None}}
    assert merge(start, patch) == {"cells": {}, "rows": {}, "columns": {}}
    assert start["rows"] == {"r1": "a"}, "the old value itself is left as it was"


@pytest.mark.parametrize("depth", [10, 400, 900, 960, 990])
def test_an_answer_nested_as_deep_as_json_allows_is_told_of_and_gets_nothing(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    outcome = score(face("left", "ko"), key("left"), {"rows": {"r1": value}})
    assert outcome.fraction == 0.0
    assert "[…]" in outcome.notes[0].ko


def test_a_number_too_long_to_print_is_told_of_and_gets_nothing():
    value = {"cells": {"tech": {"cto": 10**5000, "cio": -(10**5000), "rnd_head": 10**30}}}
    outcome = score(face("mx-cells", "ko"), key("mx-cells"), value)
    assert outcome.fraction == 0.0
    assert len(outcome.notes) == 3


def test_a_thousand_extra_cells_get_a_few_notes_and_cost_nothing():
    shown, answers_ = face("mx-cells", "en"), key("mx-cells")
    value = merge(
        model_answer(shown, answers_),
        {"cells": {f"row-{n}": {f"column-{n}": 1} for n in range(1000)}},
    )
    outcome = score(shown, answers_, value)
    assert outcome.fraction == 1.0
    assert len(outcome.notes) == 6
    assert "995 more" in outcome.notes[-1].en


def secrets(item, lang):
    """Every reason of a key, in one language."""
    answers_ = key(item)
    for line in answers_.lines.values():
        yield from (reason[lang] for reason in line.reasons.values())
        if line.point:
            yield line.point[lang]
    yield from (p.looks_for[lang] for p in answers_.people.values() if p.looks_for)


def strings(told):
    """Every string in feedback that is not a link or a note on the student's own words."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for name, part in told.items():
            if name not in {"read", "notes"}:
                yield name
                yield from strings(part)
    elif isinstance(told, list):
        for part in told:
            yield from strings(part)


@some
@given(items_and_answers(), st.sampled_from(["ko", "en"]))
def test_graded_feedback_judges_only_what_the_student_marked(pair, lang):
    item, value = pair
    shown, answers_ = face(item, lang), key(item)
    told = judged(shown, answers_, score(shown, answers_, value), value)
    kept, _ = clean(shown, value)
    for row, cells in told.cells.items():
        assert set(cells) <= set(kept.cells[row])
        assert not {"missed", "not attempted"} & set(cells.values())
    said = list(strings(told))
    everything_said = "\n".join(said)
    for secret in secrets(item, lang):
        assert secret not in everything_said
    marked = {c for marks in kept.cells.values() for c in marks} | set(kept.columns.values())
    for person in answers_.people.values():
        if person.id not in marked:
            assert person.id not in said
            assert person.name[lang] not in everything_said


@some
@given(items_and_answers(only=with_form("left", "both")))
def test_graded_feedback_names_no_benefit(pair):
    item, value = pair
    shown, answers_ = face(item, "ko"), key(item)
    said = "\n".join(strings(judged(shown, answers_, score(shown, answers_, value), value)))
    for name in answers_.row_names.values():
        assert name.ko not in said
