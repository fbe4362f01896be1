"""A tree written down so that nothing reads it anew."""

import pytest

from b2bcourse.grading.inert import MAX_DEPTH, in_attribute, in_text, inert, whole


def no_picture(_attributes):
    return ""


def test_tags_stay_and_everything_else_but_letters_and_digits_is_a_number():
    html = '<p style="text-align:center">가1 &amp; *b*<br>c</p>'
    made = '<p style="text&#45;align&#58;center">가1 &#38; &#42;b&#42;<br>c</p>'
    assert inert(html, no_picture) == made


def test_what_begins_a_formula_stands_alone():
    assert in_text("$5") == "<span>&#36;</span>5"
    assert in_text("\\(x\\)").count("<span>&#92;</span>") == 2
    assert in_attribute("$5") == "&#36;5"


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x80", "\x9f", "\ufdd0", "\uffff"])
def test_what_html_cannot_name_or_takes_for_another_is_replaced(character):
    assert in_text(character) == "&#65533;"


def test_all_others_are_told_by_their_number():
    assert in_text("\n\t_\u200b\u202e\U0001f600") == "&#10;&#9;&#95;&#8203;&#8238;&#128512;"


def test_a_gap_is_never_two_spaces():
    assert in_text("a   b c") == "a &#32;&#32;b c"


def test_lines_end_alike_and_half_a_character_is_none():
    assert whole("a\r\nb\rc\ud800") == "a\nb\nc\ufffd"


def test_what_is_nested_too_deeply_is_refused():
    inert("<b>" * MAX_DEPTH + "</b>" * MAX_DEPTH, no_picture)
    with pytest.raises(ValueError, match="too deeply"):
        inert("<b>" * (MAX_DEPTH + 1), no_picture)
