"""A message is about a line: the field it names, or the nearest one above."""

import pytest

from b2bcourse.authoring.positions import line_of, repeated

TEXT = """\
schema: 1
id: x
title: {ko: 값, en: value}
rows:
- id: a
  name:
    ko: 가
    en: one
  members:
  - {column: nurse, strength: primary}
  - column: nurze
    strength: odd
- id: b
  odd: 1
- id: a
"""


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("Expected `int`, got `str` - at `$.schema`", 1),
        ("Expected `str`, got `int` - at `$.title.en`", 3),
        ("rows: nothing in it", 4),
        ("Expected `str`, got `bool` - at `$.rows[0].name.en`", 8),
        ("Invalid enum value 'odd' - at `$.rows[0].members[1].strength`", 12),
        ("rows[0].members[1]: what it is", 11),
        ("$.rows[1]: what it is", 13),
        ("Object contains unknown field `odd` - at `$.rows[1]`", 14),
        ("Object contains unknown field `schema`", 1),
        ("rows[1].card: a field that is not there is told at its entry", 13),
        ("rows[7]: an entry that is not there is told at its list", 4),
        ("title.ko.more: below a single value there is nothing", 3),
        ("rows[0].members: no column 'nurze'", 11),
        ("rows: 'a' stands twice", 15),
        ("rows[0]: 'nobody' is not below, so the entry's own line", 5),
        ("id 'x' must be the file's name, 'y'", 2),
        ("Nothing of the file is named", 1),
        ("", 1),
    ],
)
def test_the_line_of_a_message(message, line):
    assert line_of(TEXT, message) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\nb: @x\n", 2), ("a: {b: 1\nc: 2\nd: 3\n", 1), ("a: 1\nb: [1\n", 2), ("a: 'x\n\n", 1)],
)
def test_where_there_is_no_yaml_the_line_to_look_at_is_told(text, line):
    assert line_of(text, "rows[0]: whatever") == line


@pytest.mark.parametrize("text", ["", "# nothing\n", "- 1\n- 2\n", "just text"])
def test_a_file_without_fields_has_a_first_line(text):
    assert line_of(text, "rows[0].name: missing") == 1


def test_what_stands_twice_is_found_at_any_depth():
    text = "a: 1\nb:\n- {c: 1, d: 2, c: 3}\na: 2\n"
    assert repeated(text) == [(3, "c"), (4, "a")]
    assert repeated(TEXT) == []
    assert repeated("") == []
