"""Everything an author can get wrong in a workbook is told by sheet and cell, in its language."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest

from b2bcourse.authoring.sheets.taking import take

# What was typed where, and a piece of what is told, its place first.
FAULTS = {
    "a reason without a mark": ({("표", "D3"): "밤에 멈춥니다."}, "칸 D3: 오류: 표시가 없습니다"),
    "a nought for a circle": ({("표", "D3"): 0}, "칸 D3: 오류: 무슨 뜻인지 알 수 없습니다: «0»"),
    "one person twice": (
        {("표", "E1"): "수간호사 "},
        "칸 E1: 오류: 같은 사람이 두 번 나옵니다: «수간호사»",
    ),
    "one benefit twice": ({("표", "A4"): "멈추지 않는  장비"}, "칸 A4: 오류: 같은 혜택이 두 번"),
    "marks under nobody": ({("표", "D1"): None}, "칸 D2: 오류: 이 칸에 사람 이름이 없습니다"),
    "marks beside no benefit": ({("표", "A4"): " "}, "칸 B4: 오류: 이 줄에 혜택 이름이 없습니다"),
    "a benefit for nobody": (
        {("표", "D3"): None, ("표", "F3"): "X"},
        "칸 A3: 오류: 이 혜택에는 «O»인 사람이 한 명도 없습니다",
    ),
    "a note beside a no": ({("표", "C3"): "X 살림만 봅니다."}, "칸 C3: 살펴볼 곳: 읽지 않는 칸"),
    "a date": ({("표", "D1"): dt.date(2027, 3, 4)}, "칸 D1: 오류: 엑셀이 이 글을 날짜로"),
    "an error of the spreadsheet": (
        {("표", "D1"): "#REF!"},
        "칸 D1: 오류: 칸에 든 것이 글이 아닙니다: «#REF!»",
    ),
    "yes and no of the spreadsheet": (
        {("표", "D1"): True},
        "칸 D1: 오류: 칸에 든 것이 글이 아닙니다: «TRUE»",
    ),
    "a formula never reckoned": (
        {("표", "D3"): '="O "&D1'},
        "칸 D3: 오류: 수식의 값을 알 수 없습니다",
    ),
    "a label that there is not": (
        {("이야기", "A2"): "재목"},
        "칸 A2: 오류: 그런 줄은 없습니다: «재목»",
    ),
    "a label twice": ({("이야기", "A3"): "제목"}, "칸 A3: 오류: 같은 줄이 두 번 나옵니다: «제목»"),
    "no title": ({("이야기", "B2"): None}, "시트 '이야기': 오류: «제목» 자리가 비어"),
    "no short name": ({("이야기", "B1"): ""}, "시트 '이야기': 오류: «이름(영문)» 자리가 비어"),
    "a short name in Hangul": (
        {("이야기", "B1"): "병상"},
        "칸 B1: 오류: 쓸 수 없는 이름입니다: «병상». 영문 소문자, 숫자, 붙임표만 쓰십시오(보기: beds-1)",
    ),
    "a short name with capitals": ({("이야기", "B1"): "Beds 1"}, "(보기: beds-1)"),
    "a form that there is not": (
        {("이야기", "B4"): "동그라미"},
        "칸 B4: 오류: 여기에 쓸 수 없는 말",
    ),
    "more than a label's line": (
        {("이야기", "C2"): "메모"},
        "칸 C2: 살펴볼 곳: 읽지 않는 칸",
    ),
    "a kind that there is not": ({("문제", "B2"): "객관식"}, "칸 B2: 오류: 여기에 쓸 수 없는 말"),
    "no kind": ({("문제", "B2"): None}, "칸 B2: 오류: «종류» 자리가 비어"),
    "no question": ({("문제", "D2"): None}, "칸 D2: 오류: «물음» 자리가 비어"),
    "a short name twice": ({("문제", "A7"): "ecg-choice"}, "칸 A7: 오류: 같은 이름이 두 번"),
    "an answer that is none": (
        {("문제", "F3"): "글쎄요"},
        "칸 F3: 오류: 답으로 읽을 수 없습니다: «글쎄요»",
    ),
    "an answer without an option": ({("문제", "E3"): None}, "칸 E3: 오류: «보기» 자리가 비어"),
    "a number twice": ({("문제", "F8"): 1}, "칸 F8: 오류: 번호는 1부터"),
    "a card without a place": ({("문제", "F14"): None}, "칸 F14: 오류: «답» 자리가 비어"),
    "a share that is none": (
        {("문제", "F17"): "많이"},
        "칸 F17: 오류: 답으로 읽을 수 없습니다: «많이»",
    ),
    "a level without points": ({("문제", "G17"): "다 닿습니다"}, "칸 G17: 오류: 점수로 시작하지"),
    "a head that is not read": (
        {("문제", "E1"): "선택지"},
        "시트 '문제': 오류: 첫 줄에 «보기» 칸이 없습니다",
    ),
    "a question said twice": ({("문제", "D3"): "한 번 더"}, "칸 D3: 살펴볼 곳: 읽지 않는 칸"),
    "an essay without a length": (
        {("문제", "K17"): "길게"},
        "칸 K17: 오류: 수 둘을 찾을 수 없습니다",
    ),
    "options that guessing finds": (
        {("문제", f"{c}6"): None for c in "EFG"},
        "칸 E2: 오류: 찍어서 얻는 점수가 평균 25%",
    ),
    "an option without a reason": ({("문제", "G3"): None}, "칸 E3: 살펴볼 곳: 까닭이 없어"),
    "a mark without a reason": ({("표", "D3"): "O"}, "칸 D3: 살펴볼 곳: 까닭이 없어"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_by_its_cell(told, name):
    cells, piece = FAULTS[name]
    assert any(piece in line for line in told(cells)), told(cells)


def test_the_example_has_no_faults(told):
    assert told() == []
    assert told(lang="en") == []


def test_all_faults_are_told_at_once(told):
    lines = told({("표", "D3"): "까닭만", ("이야기", "B2"): None, ("문제", "F3"): "글쎄요"})
    assert sum(": 오류:" in line for line in lines) == 3


def test_an_english_x_is_asked_about_and_a_korean_one_is_a_no(told):
    assert any("may mean yes or no" in line for line in told({("Table", "D4"): "x"}, lang="en"))
    assert not any(": 오류:" in line for line in told({("표", "D4"): "x"}))


def test_merged_cells_of_the_table_are_told(told):
    def merge(opened):
        opened["표"].merge_cells("D3:E3")

    assert any("칸 D3: 오류: 합친 칸(D3:E3)" in line for line in told(change=merge))


def test_a_question_may_span_its_options(told):
    def merge(opened):
        for column in "ABCD":
            opened["문제"].merge_cells(f"{column}2:{column}6")

    assert [line for line in told(change=merge) if ": 오류:" in line] == []


def test_no_workbook_is_told_as_such(tmp_path):
    path = tmp_path / "병상.xlsx"
    for data in (b"", b"\xd0\xcf\x11\xe0 an older Excel's", "혜택,사람".encode()):
        path.write_bytes(data)
        taken = take(path, "ko")
        assert [fault.text[:17] for fault in taken.faults] == ["엑셀 통합 문서(.xlsx)로 "]
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("something", "else")
    assert take(path, "ko").grave


def test_a_file_made_to_fill_the_memory_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert "too large" in take(path, "en").faults[0].text


def test_a_missing_file_is_told_by_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        take(tmp_path / "gone.xlsx", "ko")


def test_empty_sheets_and_other_names_are_told(told, tmp_path):
    def clear(opened):
        for sheet in opened.worksheets:
            sheet.delete_rows(1, 500)

    assert any("문항이 하나도 없습니다" in line for line in told(change=clear))
    book = openpyxl.Workbook()
    book.save(tmp_path / "bare.xlsx")
    assert "이야기, 표, 문제" in take(tmp_path / "bare.xlsx", "ko").faults[0].text


@pytest.mark.parametrize(
    ("lang", "cell", "page"),
    [("ko", ("표", "D3"), "authoring-sheet-ko.md"), ("en", ("Table", "D3"), "authoring-sheet.md")],
)
def test_the_guide_shows_what_is_told(told, lang, cell, page):
    [line] = [line for line in told({cell: "Nobody looks"}, lang=lang) if "D3" in line]
    assert line in (Path(__file__).parents[3] / "docs" / page).read_text("utf-8")
