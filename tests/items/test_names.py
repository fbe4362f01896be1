"""Names as people type them: one way to read them, the same for every kind of item."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice_bank import PRACTICE as BANK

from b2bcourse.items import kind_of
from b2bcourse.items.base import ResponseError
from b2bcourse.items.names import Named, find, matches, plain_name

STRAY = " \t.,;:!?«»“”‘’\"'()[]{}-–—/·…"


@given(st.text())
def test_a_plain_name_is_its_own_plain_name(text):
    assert plain_name(plain_name(text)) == plain_name(text)


def test_every_sign_alone_is_its_own_plain_name():
    for sign in map(chr, range(sys.maxunicode + 1)):
        assert plain_name(plain_name(sign)) == plain_name(sign), hex(ord(sign))


@given(st.text(st.characters(categories=["L", "Nd"]), min_size=1), st.sampled_from(STRAY))
def test_spaces_and_punctuation_do_not_matter(text, stray):
    if plain_name(text).isalnum():
        assert plain_name(f"{stray}{text}{stray}{stray}") == plain_name(text)


@given(st.text(st.characters(codec="ascii", categories=["L", "Nd"]), min_size=1))
def test_case_and_width_do_not_matter(text):
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in text)
    assert plain_name(text) == plain_name(text.swapcase()) == plain_name(wide)


@given(st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣"))))
def test_hangul_in_parts_is_the_same_name(text):
    assert plain_name(unicodedata.normalize("NFD", text)) == plain_name(text)


@pytest.mark.parametrize(("one", "other"), [("+", "-"), ("C1", "C2"), ("가", "나"), ("1.5", "2.5")])
def test_other_names_stay_others(one, other):
    assert plain_name(one) != plain_name(other)


class TestWhichOneIsMeant:
    SHARES = (Named("a", "3"), Named("b", "3 %"), Named("c", "COO(운영)"), Named("d", "CTO(기술)"))

    def test_what_is_written_as_it_is_shown_is_never_taken_for_another(self):
        assert find("3", self.SHARES) == "a"
        assert find("3 %", self.SHARES) == "b"

    def test_what_fits_two_is_refused_with_both(self):
        with pytest.raises(ResponseError) as error:
            find("«3!»", self.SHARES)
        assert "3, 3 %" in error.value.text.ko
        assert "COO" not in error.value.text.en

    @pytest.mark.parametrize("name", ["coo", "운영", "COO (운영)", "COO(다른 말)"])
    def test_a_part_in_or_before_brackets_will_do(self, name):
        assert find(name, self.SHARES) == "c"

    def test_parts_of_two_names_are_refused(self):
        with pytest.raises(ResponseError, match="fits more than one"):
            find("COO(기술)", self.SHARES)

    @pytest.mark.parametrize("name", ["", "  ", "!", "nobody"])
    def test_what_is_no_name_is_told_with_what_there_is(self, name):
        assert not matches(name, self.SHARES)
        with pytest.raises(ResponseError) as error:
            find(name, self.SHARES)
        assert "3 %" in error.value.text.en


def matrix(face, name):
    return {name(row.name): [name(face.columns[0].name)] for row in face.rows}


def ordering(face, name):
    return [name(card.text) for card in face.cards[: face.slots]]


def matching(face, name):
    return {name(face.categories[0].name): [name(card.text) for card in face.cards]}


def evidence(face, name):
    return {name(card.text): [name(face.categories[0].name), 1] for card in face.cards}


def choice(face, name):
    return [name(face.options[0].text)]


def allocation(face, name):
    most = [(row.name, face.fields[0].max[row.id]) for row in face.rows]
    return {name(row): {name(face.fields[0].name): number} for row, number in most}


def schedule(face, name):
    return {name("순서"): [name(row.name) for row in face.rows]}


def essay(face, name):
    return {"text": "글", "self": {name(criterion.text): 1 for criterion in face.rubric}}


def simulation(_face, name):
    return [f'{name("만남")} "{name("소담학원")}" "{name("백은서")}" | 듣기']


TYPED = [
    ("mx-cells", matrix),
    ("or-dmp5", ordering),
    ("ma-roles", matching),
    ("ev-bakery", evidence),
    ("ch-channels", choice),
    ("al-visits", allocation),
    ("al-schedule", schedule),
    ("es-reference", essay),
    ("sim-tutorial", simulation),
]


def careless(name):
    """As somebody writes who quotes, shouts, hits space twice and has a Mac."""
    written = unicodedata.normalize("NFD", name.swapcase()).replace(" ", "  ")
    return f"«{written}!»"


@pytest.mark.parametrize(("item", "typed"), TYPED, ids=[item for item, _ in TYPED])
def test_every_kind_takes_a_name_however_it_is_typed(item, typed, lang):
    kind = kind_of(BANK[item].kind)
    face = kind.face(BANK[item], lang)
    exact = kind.parse(face, typed(face, str))
    assert exact != kind.blank(face)
    assert kind.parse(face, typed(face, careless)) == exact


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_no_two_names_of_an_item_are_typed_alike(item, lang):
    """Else one of them could only be had by writing it exactly."""
    face = kind_of(item.kind).face(item, lang)
    for listed in ("rows", "columns", "cards", "options", "categories", "sides", "fields"):
        shown = [
            each.text if hasattr(each, "text") else each.name for each in getattr(face, listed, ())
        ]
        plain = [plain_name(name) for name in shown if name]
        assert len(set(plain)) == len(plain), shown


def test_all_kinds_are_here():
    assert {BANK[item].kind for item, _ in TYPED} == {item.kind for item in BANK.values()}
