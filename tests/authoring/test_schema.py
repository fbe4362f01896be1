"""The JSON Schemas for editors: valid, and of one mind with the reader."""

import json

import jsonschema
import pytest

from b2bcourse.authoring.schema import schema, write_schema
from b2bcourse.authoring.writing import kinds
from b2bcourse.context import bank_folder
from b2bcourse.facts.reading import read_raw
from b2bcourse.items import ItemError

BANK = sorted(bank_folder().glob("*.yaml"))


@pytest.fixture(scope="module")
def judge():
    """Says what a kind's schema has against an item."""
    validators = {}
    for kind in kinds():
        made = schema(kind)
        jsonschema.Draft202012Validator.check_schema(made)
        validators[kind] = jsonschema.Draft202012Validator(made)

    def tell(raw):
        return [error.message for error in validators[raw["kind"]].iter_errors(raw)]

    return tell


@pytest.mark.parametrize("kind", kinds())
def test_a_skeleton_fits_and_an_unknown_field_does_not(judge, spoilt, kind):
    raw = read_raw(spoilt(kind))
    assert judge(raw) == []
    assert any("surprise" in said for said in judge({**raw, "surprise": 1}))
    assert judge({**raw, "title": 3})
    assert judge({**raw, "title": "one language"}) == []  # as an item with a `lang` has it
    del raw["id"]
    assert any("'id'" in said for said in judge(raw))


@pytest.mark.parametrize("path", BANK, ids=lambda path: path.stem)
def test_every_bank_item_fits(judge, path):
    assert judge(read_raw(path)) == []


def test_it_lies_where_the_skeletons_first_line_says(spoilt):
    path = spoilt("matrix")
    first = path.read_text("utf-8").splitlines()[0]
    beside = path.parent / first.partition("$schema=")[2]
    assert json.loads(beside.read_text("utf-8")) == json.loads(json.dumps(schema("matrix")))
    assert write_schema(path.parent, "matrix") == beside


@pytest.mark.parametrize("kind", ["riddle", "", "../matrix", "base"])
def test_there_is_none_of_a_kind_that_there_is_not(kind):
    with pytest.raises(ItemError, match="no kind"):
        schema(kind)
