"""The sign at the beginning of a cell, as people type it."""

import pytest

from b2bcourse.authoring.sheets.signs import meant_by


@pytest.mark.parametrize(
    ("lang", "said", "meaning", "rest"),
    [
        ("ko", "O 밤에 혼자 감당합니다.", "primary", "밤에 혼자 감당합니다."),
        ("ko", "O밤에 혼자 감당합니다.", "primary", "밤에 혼자 감당합니다."),
        ("ko", "o: 밤에", "primary", "밤에"),
        ("ko", "○", "primary", ""),
        ("ko", "ㅇ 밤에", "primary", "밤에"),
        ("ko", "◎밤에", "primary", "밤에"),
        ("ko", "△(예산은 봅니다)", "secondary", "(예산은 봅니다)"),
        ("ko", "X", "none", ""),
        ("ko", "0", "unsure", ""),
        ("ko", "예산을 봅니다.", "", "예산을 봅니다."),
        ("ko", "오늘 멈춥니다.", "", "오늘 멈춥니다."),
        ("ko", "VIP를 맞습니다.", "", "VIP를 맞습니다."),
        ("en", "yes, hers to mend", "primary", "hers to mend"),
        ("en", "Yes", "primary", ""),
        ("en", "yesterday it broke", "", "yesterday it broke"),
        ("en", "maybe he looks", "secondary", "he looks"),
        ("en", "Overall cost", "", "Overall cost"),
        ("en", "nobody", "", "nobody"),
        ("en", "x", "unsure", ""),
    ],
)
def test_a_sign_means_what_its_author_means(lang, said, meaning, rest):
    assert meant_by(said, lang) == (meaning, rest)
