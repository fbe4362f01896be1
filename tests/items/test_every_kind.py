"""One test for every kind of item: its own samples get what they say they must."""

import pytest
from matrices import BANK as MATRICES
from matrices import raw
from practice_bank import PRACTICE as BANK

from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item

FILES = sorted(bank_folder().glob("*.yaml"))


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_every_sample_gets_the_fraction_it_must_get(item, lang):
    """One test an item and not a sample: of these there are thousands."""
    kind = kind_of(item.kind)
    face, key = kind.face(item, lang), kind.key(item)
    samples = kind.samples(item)
    wrong = {}
    for sample in samples:
        fraction = kind.score(face, key, sample.value).fraction
        if fraction != pytest.approx(sample.fraction, abs=sample.tolerance):
            wrong[sample.name] = (fraction, sample.fraction)
    assert len(samples) >= 5
    assert not wrong, "what each gets, and what it must get"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_item_has_right_empty_ticked_and_malformed_samples(path):
    item = load_item(path)
    names = " ".join(sample.name for sample in kind_of(item.kind).samples(item))
    for needed in ("right", "missing", "empty", "everything ticked", "malformed"):
        assert needed in names


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_ticking_everything_earns_less_than_a_tenth(item, lang):
    kind = kind_of(item.kind)
    ticked = next(s for s in kind.samples(item) if s.name == "everything ticked")
    assert kind.score(kind.face(item, lang), kind.key(item), ticked.value).fraction < 0.1


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_a_malformed_answer_says_what_is_wrong_with_it(item, lang):
    kind = kind_of(item.kind)
    face, key = kind.face(item, lang), kind.key(item)
    for sample in kind.samples(item):
        if sample.name.startswith("malformed"):
            assert kind.score(face, key, sample.value).notes, sample.name


def test_the_practice_bank_holds_all_four_forms():
    assert {item.form for item in MATRICES.values()} == {"cells", "left", "right", "both"}


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_every_practice_item_names_its_source(item):
    assert item.source == "background" or item.source.endswith(".txt")


@pytest.mark.parametrize("item", MATRICES.values(), ids=MATRICES)
def test_every_matrix_of_the_lesson_has_hints_and_says_where_to_read_again(item):
    assert len(item.hints) >= 2
    if item.source == "background":  # to try the table on
        return
    assert item.read is not None
    assert item.read.notebook != "04-benefit-matrix" or item.source == "000_56d39134f4c55fc7.txt"


def test_a_face_says_the_same_in_both_languages_but_for_its_words():
    for item in MATRICES.values():
        kind = kind_of(item.kind)
        korean, english = kind.face(item, "ko"), kind.face(item, "en")
        assert [r.id for r in korean.rows] == [r.id for r in english.rows]
        assert [c.id for c in korean.columns] == [c.id for c in english.columns]
        assert korean.given == english.given
        assert {c.id for c in korean.row_choices} == {c.id for c in english.row_choices}
        assert korean.title != english.title


def test_an_essay_is_a_kind_with_a_face_of_its_own():
    essay = {
        "schema": 1,
        "id": "short-essay",
        "kind": "essay",
        "title": {"ko": "글", "en": "essay"},
        "task": {"ko": "쓰십시오.", "en": "Write."},
        "words": {"min": 50, "max": 90},
        "rubric": [
            {
                "id": "a",
                "points_share": 0.6,
                "criterion": {"ko": "첫째", "en": "first"},
                "levels": [{"share": 1.0, "text": {"ko": "좋음", "en": "good"}}],
            },
            {
                "id": "b",
                "points_share": 0.4,
                "criterion": {"ko": "둘째", "en": "second"},
                "levels": [],
            },
        ],
        "grader_notes": {"ko": "비밀 메모", "en": "secret note"},
        "model": {"ko": "모범 글", "en": "model text"},
    }
    kind = kind_of("essay")
    face = kind.face(kind.load(essay, "short-essay.yaml"), "en")
    assert face.criteria == ("first", "second")
    assert "secret" not in repr(face)
    assert "model text" not in repr(face)
    essay["rubric"][1]["points_share"] = 0.5
    with pytest.raises(ValueError, match=r"short-essay\.yaml: rubric: .*1\.1"):
        kind.load(essay, "short-essay.yaml")


def test_a_matrix_and_its_raw_form_agree():
    assert kind_of("matrix").load(raw(), "made.yaml").id == "made"
