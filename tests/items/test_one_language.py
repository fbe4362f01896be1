"""Items in one language: written once, and told in it whatever is asked for."""

import json

import pytest

from b2bcourse import render
from b2bcourse.authoring.writing import kinds, new_item
from b2bcourse.grading.leaks.secrets import secret_of
from b2bcourse.items import ItemError, authored_type, face_bytes, kind_of, load_bank, load_item
from b2bcourse.items.judging import judge
from b2bcourse.items.one_language import folder_language, in_one_language


@pytest.fixture(params=kinds())
def item(request, tmp_path, lang):
    """An item of each kind, in one language."""
    return load_item(new_item(request.param, "mine", tmp_path, lang))


def other(lang):
    return "en" if lang == "ko" else "ko"


def test_it_is_told_in_its_own_language_whatever_is_asked_for(item, lang):
    kind = kind_of(item.kind)
    mine, asked = kind.face(item, lang), kind.face(item, other(lang))
    assert (item.lang, mine.lang) == (lang, lang)
    assert face_bytes(mine) == face_bytes(asked)


def test_it_says_what_the_item_in_both_languages_says_in_that_one(item, lang, tmp_path):
    both = load_item(new_item(item.kind, "mine", tmp_path / "both"))
    kind = kind_of(item.kind)
    mine, whole = kind.face(item, lang), kind.face(both, lang)
    assert (mine.title, mine.task, mine.case) == (whole.title, whole.task, whole.case)


def test_every_sample_earns_what_it_must_and_is_explained(item):
    kind = kind_of(item.kind)
    face, key = kind.face(item, "ko"), kind.key(item)
    for sample in kind.samples(item):
        outcome = judge(kind, face, key, sample.value)
        assert outcome.fraction == pytest.approx(sample.fraction, abs=sample.tolerance)
        for feedback in (
            kind.explain(face, key, outcome, sample.value),
            kind.judged(face, key, outcome, sample.value),
        ):
            value = sample.value if isinstance(sample.value, dict) else {}
            assert render.html(face, value, feedback)
            assert render.text(face, value, feedback)


def test_its_key_is_searched_for_too(item):
    assert secret_of(item).id == "mine"


def test_the_form_to_fill_in_is_in_it(item, lang):
    kind = kind_of(item.kind)
    assert kind.template(kind.face(item, other(lang))) == kind.template(kind.face(item, lang))


class TestTheLanguageOfAFolder:
    @pytest.fixture
    def plain(self, tmp_path):
        """An item in plain Korean that does not say so itself."""
        path = new_item("matrix", "mine", tmp_path, "ko")
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith("lang:")), "utf-8")
        return path

    @pytest.mark.parametrize("name", ["course.json", "bank.json"])
    def test_it_is_that_of_the_items_in_it(self, plain, name):
        (plain.parent / name).write_text(json.dumps({"schema": 1, "lang": "ko"}), "utf-8")
        assert folder_language(plain.parent) == "ko"
        assert load_item(plain).lang == "ko"
        assert load_bank(plain.parent)["mine"].title.en == "심전도기를 사는 병원"

    def test_an_item_in_both_languages_stays_in_both(self, tmp_path):
        (tmp_path / "course.json").write_text(json.dumps({"schema": 1, "lang": "ko"}), "utf-8")
        item = load_item(new_item("matrix", "mine", tmp_path))
        assert item.lang is None
        assert kind_of("matrix").face(item, "en").title == "A hospital buys an ECG device"

    def test_without_any_a_plain_text_is_refused(self, plain):
        with pytest.raises(ItemError, match="title"):
            load_item(plain)

    @pytest.mark.parametrize("content", [b"", b"[]", b'{"lang": "fr"}', b"\xff", b'{"lang": 1}'])
    def test_what_says_no_language_says_none(self, tmp_path, content):
        (tmp_path / "course.json").write_bytes(content)
        assert folder_language(tmp_path) is None


class TestPuttingTextsInPlace:
    def test_a_text_in_both_languages_may_stand_in_an_item_of_one(self):
        raw = {"lang": "ko", "title": {"ko": "가", "en": "a"}, "task": "나"}
        put = in_one_language(raw, authored_type("choice"))
        assert put["title"] == {"ko": "가", "en": "a"}
        assert put["task"] == {"ko": "나", "en": "나"}

    def test_so_may_one_that_names_its_language(self):
        raw = {"lang": "en", "title": {"en": "a"}}
        assert in_one_language(raw, authored_type("choice"))["title"] == {"ko": "a", "en": "a"}

    def test_a_story_may_be_one_paragraph_or_several(self):
        one = in_one_language({"lang": "ko", "case": "가"}, authored_type("choice"))
        two = in_one_language({"lang": "ko", "case": ["가", "나"]}, authored_type("choice"))
        assert one["case"] == {"ko": ["가"], "en": ["가"]}
        assert two["case"] == {"ko": ["가", "나"], "en": ["가", "나"]}

    def test_what_is_no_text_stays(self):
        raw = {"lang": "ko", "title": 3, "options": [{"id": "a", "text": "가", "verdict": "right"}]}
        put = in_one_language(raw, authored_type("choice"))
        assert put["title"] == 3
        assert put["options"] == [{"id": "a", "text": {"ko": "가", "en": "가"}, "verdict": "right"}]

    def test_an_item_without_a_language_is_given_back_itself(self):
        raw = {"title": "가"}
        assert in_one_language(raw, authored_type("choice")) is raw
        assert in_one_language([], authored_type("choice"), "ko") == []
