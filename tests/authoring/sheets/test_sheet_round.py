"""What goes into a workbook comes out of it, whoever saved it and however much there is."""

import unicodedata
from pathlib import Path

import msgspec
import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from b2bcourse.authoring.sheets.making import KINDS, example, to_sheet
from b2bcourse.authoring.sheets.putting import put
from b2bcourse.authoring.sheets.taking import take
from b2bcourse.authoring.writing import new_item
from b2bcourse.context import bank_folder
from b2bcourse.items import ItemError, load_item

SAVED = Path(__file__).parent / "saved"

# Texts as people write them; a line's end and what a cell cannot hold are not among them.
LETTERS = st.characters(
    codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\u115f\u1160\u3164\uffa0"
)
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=4)
TEXT = WORDS.map(lambda words: unicodedata.normalize("NFC", "가나 " + " ".join(words)))
NAMES = st.lists(
    st.text(st.sampled_from("가나다라마바사아자차카타파하ABCdef012"), min_size=2, max_size=8),
    min_size=2,
    max_size=7,
    unique_by=lambda name: name.casefold(),
).map(lambda names: [f"{name} 담당" for name in names])


def both(text):
    return {"ko": text, "en": text}


@st.composite
def matrices(draw):
    people, benefits = draw(NAMES), [f"혜택 {name}" for name in draw(NAMES)]
    strengths = st.sampled_from(["primary", "secondary", None])
    rows = []
    for number, name in enumerate(benefits):
        cells = [("p0", "primary"), *((f"p{n}", draw(strengths)) for n in range(1, len(people)))]
        members = [
            {"column": column, "strength": strength, "reason": both(draw(TEXT))}
            for column, strength in cells
            if strength
        ]
        row = {"id": f"own-{number}", "name": both(name), "members": members}
        rows.append(row | ({"point": both(draw(TEXT))} if draw(st.booleans()) else {}))
    columns = [
        {"id": f"p{n}", "name": both(name), "looks_for": both(draw(TEXT))}
        for n, name in enumerate(people)
    ]
    return {
        "schema": 1,
        "id": "own",
        "kind": "matrix",
        "form": "cells",
        "title": both(draw(TEXT)),
        "task": both(draw(TEXT)),
        "case": {lang: draw(st.lists(TEXT, max_size=3)) for lang in ("ko", "en")},
        "hints": [both(text) for text in draw(st.lists(TEXT, max_size=2))],
        "source": "background",
        "rows": rows,
        "columns": columns,
    }


def in_korean(item):
    """An item's own data with its Korean texts alone."""

    def one(value):
        if isinstance(value, dict):
            return (
                one(value["ko"])
                if set(value) == {"ko", "en"}
                else {k: one(v) for k, v in value.items()}
            )
        return [one(each) for each in value] if isinstance(value, list | tuple) else value

    return one(msgspec.to_builtins(item)) | {"lang": "ko"}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=matrices())
def test_any_matrix_comes_back_as_it_went_in(raw, tmp_path_factory):
    folder = tmp_path_factory.mktemp("round")
    path = folder / "own.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")
    before = load_item(path)
    to_sheet([path], folder / "own.xlsx", "ko")
    taken, written = put(folder / "own.xlsx", folder, "ko", replace=True)
    assert written == (path,), [fault.told("ko") for fault in taken.faults]
    assert in_korean(load_item(path)) == in_korean(before)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_example_comes_back_from_its_own_items(tmp_path, lang):
    example(tmp_path / "first.xlsx", lang)
    _, first = put(tmp_path / "first.xlsx", tmp_path / "items", lang)
    assert [load_item(path).kind for path in first] == [*KINDS]
    texts = {path: path.read_text("utf-8") for path in first}
    to_sheet(first, tmp_path / "second.xlsx", lang)
    _, second = put(tmp_path / "second.xlsx", tmp_path / "items", lang)
    assert second == first
    for path in first:
        before, after = texts[path].split("\n", 3)[3], path.read_text("utf-8").split("\n", 3)[3]
        assert before == after


def test_a_person_put_between_leaves_the_others_their_ids(tmp_path, book):
    path = book()
    put(path, tmp_path / "items", "ko")

    def insert(opened):
        sheet = opened["표"]
        sheet.insert_cols(4)
        sheet["D1"], sheet["D2"] = "간병인", "간병인은 환자를 봅니다."

    put(book(change=insert), tmp_path / "items", "ko")
    columns = load_item(tmp_path / "items/ecg-matrix.yaml").columns
    assert [(column.id, column.name.ko) for column in columns[:3]] == [
        ("p1", "병원장"),
        ("p6", "간병인"),
        ("p2", "수간호사"),
    ]


def test_what_was_changed_by_hand_is_not_overwritten_unasked(tmp_path, book):
    path, folder = book(), tmp_path / "items"
    put(path, folder, "ko")
    item = folder / "ecg-choice.yaml"
    item.write_text(item.read_text("utf-8").replace("계약을 맡은", "계약서를 맡은"), "utf-8")
    changed = item.read_text("utf-8")
    taken, written = put(path, folder, "ko")
    assert not written
    assert item.read_text("utf-8") == changed
    assert f"{item}: 이 명령이 만든 그대로가 아니어서" in taken.faults[-1].text
    assert put(path, folder, "ko", replace=True)[1]
    assert item.read_text("utf-8") != changed


def test_what_libreoffice_saved_is_read_like_what_was_written():
    taken = take(SAVED / "by-libreoffice.xlsx", "en")
    assert taken.lang == "ko"
    assert [draft.raw["kind"] for draft in taken.drafts] == [*KINDS]
    assert not taken.grave


def test_cells_as_a_spreadsheet_types_them(tmp_path, book):
    """Numbers come as floats, shares as parts of one, blanks at the ends, marks full-width."""

    def typed(opened):
        sheet = opened["문제"]
        for row, number in zip(range(7, 12), (1.0, 2.0, 3.0, 4.0, 5.0), strict=True):
            sheet[f"F{row}"] = number
        for cell, share in (("F17", 0.6), ("F18", 0.4)):
            sheet[cell] = share
            sheet[cell].number_format = "0%"
        sheet["E3"] = "  계약을 맡은\xa0구매과장 \n"
        sheet["C2"] = 2027
        opened["표"]["D3"] = "○ 수간호사는 밤에 멈춘 기계를 혼자 감당합니다.  "
        opened["표"]["Z900"] = "   "

    _, written = put(book(change=typed), tmp_path / "items", "ko")
    items = {path.stem: load_item(path) for path in written}
    assert items["ecg-ordering"].order == ("c1", "c2", "c3", "c4", "c5")
    assert [each.points_share for each in items["ecg-essay"].rubric] == [0.6, 0.4]
    assert items["ecg-choice"].options[1].text.ko == "계약을 맡은 구매과장"
    assert items["ecg-choice"].title.ko == "2027"
    assert items["ecg-matrix"].rows[0].members[0].strength == "primary"


def test_hangul_as_a_mac_writes_it_is_the_same_hangul(tmp_path, book):
    apart = unicodedata.normalize("NFD", "병원장")
    path = book({("표", "C1"): apart}, name=unicodedata.normalize("NFD", "병상 (1).xlsx"))
    _, written = put(path, tmp_path / "items", "ko")
    assert load_item(written[0]).columns[0].name.ko == "병원장"


def test_two_hundred_rows_are_read(tmp_path):
    path = tmp_path / "long.xlsx"
    example(path, "ko")
    opened = openpyxl.load_workbook(path)
    for n in range(40):
        opened["문제"].append(
            [f"long-{n}", "하나 고르기", f"물음 {n}", "누구입니까?", "가", "O", "맞습니다."]
        )
        for option in "나다라마":
            opened["문제"].append([None, None, None, None, option, None, "아닙니다."])
    opened.save(path)
    taken, written = put(path, tmp_path / "items", "ko")
    assert len(written) == 45, [fault.told("ko") for fault in taken.faults][:5]


def test_what_a_sheet_cannot_hold_is_refused_by_name(tmp_path):
    matching = new_item("matching", "roles", tmp_path)
    with pytest.raises(ItemError, match=r"roles.yaml: 표에 담을 수 없는 것이 있습니다: .*mistakes"):
        to_sheet([matching], tmp_path / "roles.xlsx", "ko")
    allocation = new_item("allocation", "line", tmp_path)
    with pytest.raises(ItemError, match="'allocation' 문항은 표로 쓸 수 없습니다"):
        to_sheet([allocation], tmp_path / "line.xlsx", "ko")
    assert not (tmp_path / "roles.xlsx").exists()


@pytest.mark.parametrize(
    "path", sorted(bank_folder().glob("*.yaml"))[::6], ids=lambda path: path.stem
)
def test_any_item_of_the_course_goes_in_whole_or_is_refused_by_name(tmp_path, path):
    book, refused = tmp_path / "one.xlsx", ""
    text = path.read_text("utf-8").replace(f"id: {path.stem}", f"id: own-{path.stem}", 1)
    path = tmp_path / f"own-{path.stem}.yaml"
    path.write_text(text, "utf-8")
    try:
        to_sheet([path], book, "ko")
    except ItemError as error:
        refused = str(error)
    assert bool(refused) is not book.exists()
    assert (
        refused.startswith(f"{path}: ")
        or [fault.told("ko") for fault in take(book, "ko").faults if fault.kind == "error"] == []
    )


def test_what_a_matrix_takes_from_the_facts_is_named(tmp_path):
    with pytest.raises(ItemError, match=r"mx-cells.yaml: .*rows\[0\].benefit"):
        to_sheet([bank_folder() / "mx-cells.yaml"], tmp_path / "one.xlsx", "ko")


def test_a_workbook_is_never_overwritten(tmp_path):
    example(tmp_path / "mine.xlsx", "ko")
    with pytest.raises(ItemError, match="이미 있습니다"):
        example(tmp_path / "mine.xlsx", "ko")
    item = new_item("choice", "first", tmp_path)
    with pytest.raises(ItemError, match="is there already"):
        to_sheet([item], tmp_path / "mine.xlsx", "en")


def test_a_text_that_begins_like_a_formula_stays_a_text(tmp_path):
    item = new_item("choice", "first", tmp_path)
    item.write_text(
        item.read_text("utf-8").replace("계약을 맡은 구매과장", "=계약을 맡은 구매과장"), "utf-8"
    )
    to_sheet([item], tmp_path / "first.xlsx", "ko")
    _, written = put(tmp_path / "first.xlsx", tmp_path / "items", "ko")
    assert load_item(written[0]).options[1].text.ko == "=계약을 맡은 구매과장"
