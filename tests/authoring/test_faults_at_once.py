"""All that is wrong with a file is told at once, and what used to be silent is told too."""

import re

import pytest

from b2bcourse.authoring.checking import check
from b2bcourse.authoring.wording import meant
from b2bcourse.authoring.writing import kinds, new_item
from b2bcourse.context import bank_folder

_FIELD = re.compile(r"(?:^|[\s{])([a-z_]+):(?=\s)", re.MULTILINE)
# Rows of an allocation, and its variables, are called as their author likes.
_NAMED_BY_AUTHORS = {"a", "b", "c", "d", "take", "before", "cells", "true"}


@pytest.fixture
def told(tmp_path):
    """What the check says of a Korean skeleton with pieces replaced: kind and text of each."""

    def tell(*changes, kind="matrix"):
        path = tmp_path / "mine.yaml"
        path.unlink(missing_ok=True)
        text = new_item(kind, "mine", tmp_path, "ko").read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")
        return [(one.kind, one.text) for one in check(path)]

    return tell


class TestAllAtOnce:
    def test_faults_of_every_sort_stand_in_one_list(self, told):
        found = told(
            ("id: mine", "id: other"),
            ("marks: 1", "marks: one"),
            ("form: cells", "form: cell"),
            ("column: nurse", "column: nurze"),
            ("point: 같은 예산으로 더 살 수 있습니다.", "point: 24"),
            ("name: 병원장", "nam: 병원장"),
            ("source: background", "source: a\nsource: b"),
        )
        places = {text.partition(":")[0] for _, text in found}
        assert {kind for kind, _ in found} == {"error"}
        assert places == {
            "id 'other' must be the file's name, 'mine'",
            "marks",
            "form",
            "rows[0].members",
            "rows[1].point",
            "columns[0].nam",
            "source",
        }

    def test_they_stand_in_the_order_of_their_lines(self, told, tmp_path):
        told(
            ("marks: 1", "marks: one"),
            ("column: nurse", "column: nurze"),
            ("schema: 1", "schema: 2"),
        )
        lines = [one.line for one in check(tmp_path / "mine.yaml")]
        assert len(lines) == 3
        assert lines == sorted(lines)

    def test_what_a_fault_brings_about_is_not_told_besides(self, told):
        [(_, text)] = told(("rows:  ", "rws:  "))
        assert text == "rws: there is no such field here; did you mean «rows»?"

    @pytest.mark.parametrize("kind", kinds())
    def test_no_field_may_be_misspelt_wherever_it_stands(self, tmp_path, kind):
        path = new_item(kind, "mine", tmp_path, "ko")
        text = re.sub("  *#.*", "", path.read_text("utf-8"))
        fields = {hit for hit in _FIELD.findall(text) if hit not in _NAMED_BY_AUTHORS}
        assert len(fields) > 5
        for field in fields:
            path.write_text(re.sub(rf"(?<![\w]){field}:(?=\s)", f"{field}q:", text), "utf-8")
            errors = [one.text for one in check(path) if one.kind == "error"]
            assert any(f"{field}q" in said or field == "kind" for said in errors), field

    def test_a_misspelt_field_of_a_nested_part_is_told_with_the_right_one(self, told):
        for old, new, right in [
            ("strength: primary", "strenght: primary", "rows[0].members[0].strenght"),
            ("reason: 수간호사는 밤에", "raeson: 수간호사는 밤에", "rows[0].members[0].raeson"),
            ("looks_for: 병원장은", "look_for: 병원장은", "columns[0].look_for"),
        ]:
            [(kind, text)] = told((old, new))
            assert (kind, text.partition(":")[0]) == ("error", right)
            assert "did you mean" in text


class TestOneLanguage:
    @pytest.mark.parametrize("kind", kinds())
    def test_a_skeleton_in_one_language_has_nothing_to_tell(self, tmp_path, kind, lang):
        assert check(new_item(kind, "other", tmp_path, lang)) == []

    def test_plain_texts_without_a_language_are_told_once(self, told):
        [(kind, text)] = told(("lang: ko", "#"))
        assert (kind, text.partition(": ")[2]) == (
            "error",
            "the texts are in one language; write lang: ko in a line of its own above them",
        )

    def test_a_language_that_is_none_is_told_and_nothing_else(self, told):
        assert told(("lang: ko", "lang: kr")) == [("error", "lang: 'kr' is none of en, ko")]

    def test_what_is_missing_is_asked_for_in_that_language_alone(self, told):
        [(_, text)] = told(("  name: 멈추지 않는 장비\n", "  name:\n"))
        assert "ko:" not in text


class TestUsedToBeSilent:
    def test_a_person_twice_in_a_row(self, told):
        found = told(("column: engineer", "column: nurse"))
        assert found == [("error", "rows[0].members: 'nurse' stands twice")]

    @pytest.mark.parametrize(
        ("old", "new", "place"),
        [
            ("name: 병원장", "name: 수간호사", "columns[1]"),
            ("name: 낮은 값", "name: 멈추지 않는 장비", "rows[1]"),
        ],
    )
    def test_two_of_one_name(self, told, old, new, place):
        [(kind, text)] = told((old, new))
        assert (kind, text.partition(":")[0]) == ("error", place)
        assert "another one is called" in text

    def test_two_cards_of_one_text_and_two_places_of_one_name(self, told):
        [(kind, text)] = told(
            ("text: 끝으로 사기로 했다.", "text: 세 제품을 견주어 하나를 권했다."), kind="matching"
        )
        assert (kind, text.partition(":")[0]) == ("error", "cards[3]")
        [(kind, text)] = told(("name: 구매자", "name: 사용자"), kind="matching")
        assert (kind, text.partition(":")[0]) == ("error", "categories[1]")

    def test_a_benefit_of_the_facts_with_a_name_of_ones_own(self, told):
        found = told(("- id: uptime  ", "- benefit: cost_saving\n  id: uptime  "))
        assert any(text.startswith("rows[0].name: «cost_saving» of the facts") for _, text in found)

    def test_an_id_that_a_benefit_of_the_facts_has(self, told):
        [(kind, text)] = told(("- id: uptime", "- id: cost_saving"))
        assert kind == "warning"
        assert text.startswith("rows[0].id: «cost_saving» is a benefit")

    def test_a_missing_point(self, told):
        assert told(("  point: 언제든 검사할 수 있습니다.\n", "")) == [
            ("warning", "rows[0]: no point; feedback cannot say what this row settles")
        ]

    @pytest.mark.parametrize(
        "new", ["", "\n  looks_for:"], ids=["no field", "a field with nothing in it"]
    )
    def test_a_person_of_whom_nothing_can_be_told(self, told, new):
        assert told(("\n  looks_for: 병원장은 병원 전체의 살림을 봅니다.", new)) == [
            (
                "warning",
                "columns[0]: no looks_for; whoever marks this person wrongly is told nothing of them",
            )
        ]

    @pytest.mark.parametrize("name", ["가" * 200, "a" * 200, "가" * 21])
    def test_a_name_that_no_head_can_hold(self, told, name):
        [(kind, text)] = told(("name: 병원장", f"name: {name}"))
        assert kind == "warning"
        assert text == f"columns[0].name: {len(name)} letters make a head nobody can look at"

    def test_an_id_of_the_courses_own_bank(self, tmp_path):
        [found] = check(new_item("matrix", "mx-cells", tmp_path, "ko"))
        assert (found.kind, found.text) == (
            "error",
            "id: «mx-cells» is an item of the course's own bank; take another id",
        )

    @pytest.mark.parametrize(
        "path", sorted(bank_folder().glob("m*.yaml")), ids=lambda path: path.stem
    )
    def test_the_courses_own_items_have_none_of_these(self, path):
        new = ("stands twice", "called", "of the facts", "no point", "letters make", "own bank")
        assert [one.text for one in check(path) if any(said in one.text for said in new)] == []


class TestDidYouMean:
    @pytest.mark.parametrize(
        ("name", "among", "guess"),
        [
            ("nurze", ["nurse", "buyer"], "nurse"),
            ("Nurse", ["nurse", "buyer"], "nurse"),
            ("look_for", ["looks_for", "reason"], "looks_for"),
            ("cto", ["ceo", "cfo", "coo"], ""),  # as like to one as to another
            ("desk-1", ["desk-2", "desk-3"], ""),
            ("director", ["doctor", "buyer"], ""),  # another person altogether
            ("xyz", ["nurse"], ""),
            ("nurse", ["nurse"], ""),
            ("nurze", [], ""),
        ],
    )
    def test_a_guess_is_told_where_it_is_clear_and_never_else(self, name, among, guess):
        assert meant(name, among) == (f"; did you mean «{guess}»?" if guess else "")

    def test_a_row_is_never_guessed_for_a_person(self, told):
        # «pricer» is like the row «price», and no person is called anything like it.
        [(_, text)] = told(("column: purchasing", "column: pricer"))
        assert text == "rows[1].members: no column 'pricer'"

    def test_a_name_in_the_place_of_its_id_is_told_with_the_id(self, told):
        [(_, text)] = told(("column: nurse", "column: 수간호사"))
        assert text == "rows[0].members: no column '수간호사'; did you mean «nurse»?"


class TestWhatKoreanAuthorsRunInto:
    """Found in trials by somebody who has never seen YAML."""

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("reason: 구매과장은 쓴", "reason: 구매과장은, 쓴", "글 안에 쉼표나 쌍점이 있습니다"),
            ("reason: 구매과장은 쓴", "reason: “구매과장은, 쓴", "글 안에 쉼표나 쌍점이 있습니다"),
            ("title: 심전도기를", "title: [긴급] 심전도기를", "글은 [ 기호로 시작할 수 없습니다"),
            ("title: 심전도기를", "title: {긴급} 심전도기를", "글은 { 기호로 시작할 수 없습니다"),
            ("title: ", "title：", "쌍점"),
            ("name: 낮은 값", "name: 값: 절반", "쌍점(:)이 있습니다"),
            ("hints:", "힌트:", "이 자리에는 그런 항목이 없습니다"),
            ("strength: primary", "strength: 필수", "쓸 수 있는 것은"),
            ("kind: matrix", "kind: 매트릭스", "그런 종류는 없습니다"),
        ],
    )
    def test_it_is_told_in_korean_with_what_is_right(self, tmp_path, old, new, said):
        path = new_item("matrix", "mine", tmp_path, "ko")
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        [found] = check(path, "ko")
        assert said in found.text
        assert new.partition(" ")[0] in path.read_text("utf-8").splitlines()[found.line - 1]
