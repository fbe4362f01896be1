"""What is kept of a request for a second look, whoever wrote the file."""

import pytest

from b2bcourse.items.asking import MAX_SAID, cleaned


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  다시 보아 주십시오.\r\n", "다시 보아 주십시오."),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("a\tb\rc", "a b\nc"),
        ("\x00\x1b[31mred\x7f", "[31mred"),
        ("left\u202eright\u2066", "leftright"),
        ("a\u2028b\ufeff", "ab"),
        ("\ud800", ""),
        ("한", "한"),
        ("👩\u200d🏫", "👩\u200d🏫"),
        (" \n\t ", ""),
        ("", ""),
    ],
)
def test_what_hides_or_turns_a_line_around_is_left_out(said, kept):
    assert cleaned(said) == kept


def test_what_is_too_long_is_cut_off_and_stays_the_same_when_read_again():
    said = cleaned("가 " * 10_000)
    assert len(said) <= MAX_SAID
    assert cleaned(said) == said
