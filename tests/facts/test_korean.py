"""A name takes the Korean particle that its last sound asks for, and money is said as Koreans say it."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bcourse.facts.korean import (
    SPECS,
    Name,
    ends_closed,
    final_sound,
    in_won,
    particle,
    quoted,
    unstopped,
    won,
)

SUMS = Path(__file__).parents[2] / "browser" / "tests" / "money.json"
SYLLABLES = st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣"))
KOREAN = st.text(SYLLABLES, min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("name", "spec", "sentence"),
    [
        ("구매팀장", "은는", "구매팀장은"),
        ("생산 담당자", "은는", "생산 담당자는"),
        ("공장장", "을를", "공장장을"),
        ("프로젝트 매니저", "을를", "프로젝트 매니저를"),
        ("재무팀", "이가", "재무팀이"),
        ("COO", "이가", "COO가"),
        ("PM", "은는", "PM은"),
        ("CFO(최고재무책임자)", "을를", "CFO(최고재무책임자)를"),
        ("품질보증(QA) 책임자", "은는", "품질보증(QA) 책임자는"),
        ("SCM(공급망 관리) 책임자", "을를", "SCM(공급망 관리) 책임자를"),
        ("24", "이가", "24가"),
        ("365", "은는", "365는"),
        ("6%", "이가", "6%가"),
        ("2,800만 원", "으로", "2,800만 원으로"),
        ("3kg", "을를", "3kg을"),
        ("3m", "이가", "3m가"),
        ("A4", "와과", "A4와"),
        ("e-mail", "으로", "e-mail로"),
        ("Spec", "을를", "Spec을"),
        ("Order", "을를", "Order를"),
        ("서울", "으로", "서울로"),
        ("부산", "으로", "부산으로"),
        ("1", "으로", "1로"),
        ("«물이 끓기를 기다린다»", "이가", "«물이 끓기를 기다린다»가"),
        ("“내일 봅시다.”", "이라는", "“내일 봅시다.”라는"),
        ("(주)가온", "와과", "(주)가온과"),
    ],
)
def test_the_particle_fits_the_name(name, spec, sentence):
    assert f"{Name(name):{spec}}" == sentence


def test_other_formats_stay_as_they_are():
    assert f"{Name('CFO'):>5}" == "  CFO"
    assert f"{Name('')!s}" == ""


@given(KOREAN)
def test_a_final_consonant_takes_the_closed_form_and_a_vowel_the_open_one(word):
    closed = (ord(word[-1]) - ord("가")) % 28 != 0
    assert ends_closed(word) is closed
    assert particle(word, "을를") == ("을" if closed else "를")
    assert particle(word, "와과") == ("과" if closed else "와")


@given(KOREAN, st.sampled_from(["»", "”", "』", ".", ")", " ", ".»", "?”", "...", ".)", "(CFO)"]))
def test_what_is_not_read_out_changes_nothing(word, behind):
    assert final_sound(f"«{word}{behind}") == final_sound(word)


@given(KOREAN, st.integers(0, 10**13), st.sampled_from(SPECS))
def test_before_a_particle_digits_are_read_as_numbers(word, number, spec):
    closed = str(number)[-1] in "013678"  # 영, 일, 삼, 육, 칠, 팔
    assert ends_closed(f"{word} {number}") is closed
    assert f"{Name(number):{spec}}".startswith(str(number))


@given(st.text(max_size=12), st.sampled_from(SPECS))
def test_any_text_takes_a_particle_and_nothing_of_it_is_lost(text, spec):
    said = f"{Name(text):{spec}}"
    assert said.startswith(text)
    assert 1 <= len(said) - len(text) <= 3


@given(KOREAN)
def test_rieul_takes_the_short_form_of_towards(word):
    final = (ord(word[-1]) - ord("가")) % 28
    assert particle(word, "으로") == ("로" if final in {0, 8} else "으로")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("물이 끓기를 기다린다.", "«물이 끓기를 기다린다»"),
        ("문제 인식", "«문제 인식»"),
        ("Is it so?", "«Is it so?»"),
        ("Fill the bowl. ", "«Fill the bowl»"),
    ],
)
def test_a_title_stands_in_quotes_without_its_stop(text, title):
    assert quoted(text) == title


@given(st.text())
def test_a_title_never_ends_in_a_stop(text):
    assert not unstopped(text).endswith(".")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (28_000_000, "2,800만 원"),
        (113_000, "11만 3,000원"),
        (113_000_000, "1억 1,300만 원"),
        (9_500, "9,500원"),
        (0, "0원"),
        (-500_000, "−50만 원"),
        (Decimal("28.35") * 10**6, "2,835만 원"),
        (2_000_000_000_000, "2조 원"),
    ],
)
def test_money_is_counted_in_ten_thousands(amount, said):
    assert won(amount) == said


@given(st.integers(-(10**15), 10**15))
def test_a_sum_that_is_said_can_be_read_back(amount):
    said = won(amount).replace("−", "-").removesuffix("원").replace(",", "").strip()
    total = 0
    for word in said.removeprefix("-").split():
        for step, name in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "")):
            if word.endswith(name):
                total += int(word.removesuffix(name)) * step
                break
    assert (-total if said.startswith("-") else total) == amount


def test_a_number_of_a_unit_of_money_is_said_as_one_sum_and_other_units_are_left():
    assert in_won("28", "백만 원") == "2,800만 원"
    assert in_won("1,130", "천 원") == "113만 원"
    assert in_won("−2.5", "억 원") == "−2억 5,000만 원"
    assert in_won("3", "명") == ""


def test_millions_are_said_so_in_a_template():
    assert f"{Name('−28'):백만원}" == "−2,800만 원"


@pytest.mark.parametrize(("number", "unit", "said"), json.loads(SUMS.read_text("utf-8")))
def test_the_browser_and_the_kernel_say_the_same_sums(number, unit, said):
    """The browser's tests read the same list."""
    assert in_won(number, unit) == said
