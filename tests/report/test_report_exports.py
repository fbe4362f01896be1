"""Points for an LMS: what is written, what is kept, and what is refused before the LMS would."""

import csv
import io

import pytest
from classes import utc
from hypothesis import given
from hypothesis import strategies as st

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.records import Cell, Grade, Record, Records
from b2bcourse.report import canvas, moodle
from b2bcourse.report.plain import harmless, original
from b2bcourse.report.points_table import table
from b2bcourse.report.scores import number, scores
from b2bcourse.report.sheets import Sheet, as_bytes, read_sheet

WHEN = utc(2026, 11, 27, 14, 0)
CELLS = (Cell("one", "nb", 20.0, False), Cell("two", "nb", 30.0, True))


def record(student, one=None, two=None, **about):
    """A student with automatic points in the first item and a person's in the second."""
    if one is None:
        return Record(student, about.pop("name", student), **about)
    grades = {"one": Grade(auto=one), "two": Grade(manual=two, waits=two is None)}
    about = {"name": student, "handed_in": WHEN, "graded": True} | about
    return Record(student, grades=grades, **about)


def records(*students):
    return Records("a1", None, CELLS, tuple(students))


KIM = record("kim", 12.345, 20.0, name="김시우", email="kim@uni.kr", lms_user_id="101")
LEE = record("lee", 5.0, None, name="이하린", email="lee@uni.kr", lms_user_id="102")
PARK = record("park", name="박도윤", email="park@uni.kr", lms_user_id="103")
CLASS = records(KIM, LEE, PARK)

EXPORT = [
    [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "A1 (77)",
        "Old (5)",
        "Final Score",
    ],
    ["", "", "", "", "", "Manual Posting", "", ""],
    ["    Points Possible", "", "", "", "", "50.00", "10", "(read only)"],
    ["Kim, Si-woo", "101", "k1", "kim", "S1", "3.00", "7", "12"],
    ["Lee, Ha-rin", "102", "l1", "lee", "S1", "EX", "", ""],
    ["Park, Do-yun", "103", "p1", "park", "S1", "4.00", "", ""],
    ["Student, Test", "999", "", "abc", "S1", "", "", ""],
]
WANTED = canvas.Wanted(("a1",), maximum=50.0)


def sheet(rows, **about):
    return Sheet("gradebook.csv", [list(row) for row in rows], **about)


def cells(export, name):
    return next(row for row in export.rows if row[0] == name)


# ---------------------------------------------------------------- points


def test_what_nobody_has_graded_yet_is_no_number():
    kim, lee, park = scores(CLASS)
    assert kim.total == pytest.approx(32.345)
    assert (lee.total, lee.items["one"], lee.items["two"], lee.waits) == (None, 5.0, None, True)
    assert (park.total, park.waits) == (None, False)


def test_a_late_penalty_is_off_the_total():
    late = record("kim", 12.0, 20.0, penalty=2.0)
    assert scores(records(late))[0].total == 30.0


def test_points_go_to_another_full_mark_by_proportion():
    assert scores(records(record("kim", 10.0, 15.0)), scale=100)[0].total == 50.0


@pytest.mark.parametrize(
    ("points", "said"), [(12.345, "12.35"), (2.675, "2.68"), (0.0, "0.00"), (7, "7.00"), (None, "")]
)
def test_points_have_two_decimals_and_halves_go_up(points, said):
    assert number(points) == said


# ---------------------------------------------------------------- Canvas


def test_canvas_own_export_comes_back_with_one_column_filled():
    export = canvas.filled(sheet(EXPORT), scores(CLASS), WANTED)
    assert export.rows[:3] == EXPORT[:3]
    assert cells(export, "Kim, Si-woo") == [*EXPORT[3][:5], "32.35", "7", "12"]


def test_who_is_excused_stays_excused():
    graded = record("lee", 5.0, 6.0, lms_user_id="102")
    export = canvas.filled(sheet(EXPORT), scores(records(KIM, graded)), WANTED)
    assert cells(export, "Lee, Ha-rin")[5] == "EX"


def test_no_grade_is_taken_away_where_there_are_no_points():
    """Canvas reads an empty cell as: take the grade away."""
    export = canvas.filled(sheet(EXPORT), scores(CLASS), WANTED)
    assert cells(export, "Park, Do-yun")[5] == "4.00"


def test_people_are_found_by_numbers_and_never_by_name():
    other = record("9", 1.0, 1.0, name="Kim, Si-woo", lms_user_id="555")
    export = canvas.filled(sheet(EXPORT), scores(records(KIM, other)), WANTED)
    assert cells(export, "Kim, Si-woo")[5] == "32.35"
    assert any("Kim, Si-woo" in said.en for said in export.said)  # told as not in the file


def test_canvas_number_is_not_taken_for_nbgraders_id():
    """Student number 101 is somebody else's Canvas id."""
    numbered = record("101", 20.0, 30.0)
    export = canvas.filled(sheet(EXPORT), scores(records(numbered, LEE)), WANTED)
    assert cells(export, "Kim, Si-woo")[5] == "3.00"


def test_a_row_that_points_to_two_people_is_refused():
    other = record("kim", 1.0, 1.0, lms_user_id="102")
    with pytest.raises(GradingError, match="Kim, Si-woo"):
        canvas.filled(
            sheet(EXPORT), scores(records(record("x", 1.0, 1.0, lms_user_id="101"), other)), WANTED
        )


def test_who_is_in_one_place_only_is_told():
    stranger = record("new", 1.0, 1.0, name="새 사람")
    said = canvas.filled(sheet(EXPORT), scores(records(KIM, stranger)), WANTED).said
    assert any("새 사람" in line.ko for line in said)
    assert any("Student, Test" in line.ko for line in said)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (canvas.Wanted(("a9",), maximum=50.0), r"A1 \(77\), Old \(5\)"),
        (canvas.Wanted(("a1",), "Final Score", 50.0), "read only"),
        (canvas.Wanted(("a1",), maximum=75.0), "--scale 50.00"),
    ],
)
def test_a_wrong_column_is_refused_and_the_right_ones_named(wanted, message):
    with pytest.raises(GradingError, match=message):
        canvas.filled(sheet(EXPORT), scores(CLASS), wanted)


def test_two_columns_of_one_title_are_told_apart_by_their_numbers():
    twice = [
        [*row[:6], cell, *row[6:]] for row, cell in zip(EXPORT, ["A1 (78)", *[""] * 6], strict=True)
    ]
    with pytest.raises(GradingError, match=r"A1 \(77\), A1 \(78\)"):
        canvas.filled(sheet(twice), scores(CLASS), WANTED)
    export = canvas.filled(sheet(twice), scores(CLASS), canvas.Wanted(("a1",), "A1 (78)", 50.0))
    assert cells(export, "Kim, Si-woo")[5:7] == ["3.00", "32.35"]


@pytest.mark.parametrize("rows", [[], [["a", "b"]], [["Student", "ID", "x", "y"]]])
def test_what_is_no_gradebook_of_canvas_is_refused(rows):
    with pytest.raises(GradingError, match="no gradebook of Canvas"):
        canvas.filled(sheet(rows), scores(CLASS), WANTED)


def test_names_in_two_columns_are_canvas_too():
    split = [
        ["LastName", "FirstName", *row[1:]] if n == 0 else [row[0], "", *row[1:]]
        for n, row in enumerate(EXPORT)
    ]
    export = canvas.filled(sheet(split), scores(CLASS), WANTED)
    assert export.rows[3][6] == "32.35"


def test_a_new_file_has_canvas_head_and_full_points():
    export = canvas.made(scores(CLASS), "A1 (77)", 50.0)
    assert export.rows[0] == [*canvas.HEAD, "A1 (77)"]
    assert export.rows[1] == ["    Points Possible", "", "", "", "", "50.00"]
    assert export.rows[2] == ["김시우", "101", "", "kim", "", "32.35"]
    assert export.rows[3][-1] == ""
    assert not any("new assignment" in line.en for line in export.said)


def test_a_title_without_its_number_would_make_a_new_assignment():
    said = canvas.made(scores(CLASS), "A1", 50.0).said
    assert any("new assignment" in line.en for line in said)


# ---------------------------------------------------------------- Moodle


def test_moodle_gets_points_per_item_and_in_total_and_a_dash_for_none():
    export = moodle.made(CLASS, scores(CLASS), "과제 1", "username")
    assert export.rows == [
        ["username", "one (20.00)", "two (30.00)", "과제 1"],
        ["kim", "12.35", "20.00", "32.35"],
        ["lee", "5.00", "-", "-"],
        ["park", "-", "-", "-"],
    ]


@pytest.mark.parametrize(
    ("by", "value"), [("email", "kim@uni.kr"), ("id", "101"), ("idnumber", "101")]
)
def test_moodle_finds_users_by_what_is_wished(by, value):
    assert moodle.made(CLASS, scores(CLASS), "t", by).rows[1][0] == value


def test_somebody_whom_moodle_could_not_find_is_refused_with_the_name():
    nobody = record("choi", 1.0, 1.0, name="최서준")
    with pytest.raises(GradingError, match="최서준"):
        moodle.made(records(KIM, nobody), scores(records(KIM, nobody)), "t", "email")


def test_who_has_neither_points_nor_address_is_left_out():
    """A row without a user would give its grades to the user before it."""
    nobody = records(KIM, record("choi"))
    assert len(moodle.made(nobody, scores(nobody), "t", "email").rows) == 2


def test_two_people_of_one_address_are_refused():
    both = records(KIM, record("kim2", 1.0, 1.0, email="KIM@uni.kr"))
    with pytest.raises(GradingError, match="kim, kim2"):
        moodle.made(both, scores(both), "t", "email")


def test_more_than_moodle_takes_is_refused_unless_the_site_allows_it():
    rich = records(record("kim", 90.0, 30.0))
    with pytest.raises(GradingError, match=r"120\.00"):
        moodle.made(rich, scores(rich), "t", "username")
    assert moodle.made(rich, scores(rich), "t", "username", allow_over=True).rows[1][-1] == "120.00"


MOODLE = [
    ["이름", "성", "식별번호", "이메일 주소", "과제: 과제 1(실제)"],
    ["시우", "김", "101", "Kim@uni.kr", "-"],
    ["하린", "이", "102", "lee@uni.kr", "-"],
    ["모름", "누구", "", "who@uni.kr", "-"],
]


def test_moodles_own_export_decides_who_is_written():
    """An unknown user would fail the whole import: only who is in the file is written."""
    export = moodle.filled(CLASS, sheet(MOODLE), scores(CLASS), "과제 1")
    assert [row[0] for row in export.rows][1:] in (["Kim@uni.kr", "lee@uni.kr"], ["101", "102"])
    assert any("박도윤" in line.ko for line in export.said)


def test_an_address_is_written_as_moodle_has_it():
    """Moodle tells capitals in an address apart."""
    plain = [[row[0], row[1], "", row[3], row[4]] for row in MOODLE]
    export = moodle.filled(CLASS, sheet(plain), scores(CLASS), "과제 1")
    assert export.rows[0][0] == "이메일 주소"
    assert export.rows[1][0] == "Kim@uni.kr"


@pytest.mark.parametrize(("by", "first"), [("email", "Kim@uni.kr"), ("idnumber", "101")])
def test_which_of_moodles_columns_finds_people_can_be_wished(by, first):
    export = moodle.filled(CLASS, sheet(MOODLE), scores(CLASS), "과제 1", by)
    assert export.rows[1][0] == first


def test_a_file_of_another_course_is_refused():
    with pytest.raises(GradingError, match="none of this course"):
        moodle.filled(CLASS, sheet([["Email"], ["x@y.z"]]), scores(CLASS), "t")


# ---------------------------------------------------------------- files


def test_a_plain_table_has_every_item_and_the_sum():
    rows = table(CLASS, scores(CLASS)).rows
    assert rows[0][-4:] == ["one (20.00)", "two (30.00)", "penalty", "total (50.00)"]
    assert rows[1][-4:] == ["12.35", "20.00", "0.00", "32.35"]
    assert rows[2][-4:] == ["5.00", "", "0.00", ""]
    assert rows[3][-4:] == ["", "", "", ""]


@pytest.mark.parametrize(
    "name", ["=1+1", "+82-10", "-2+3", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0"]
)
def test_a_name_that_a_spreadsheet_would_reckon_with_is_made_harmless(name):
    for export in (
        table(
            records(record("x", 1.0, 1.0, name=name)),
            scores(records(record("x", 1.0, 1.0, name=name))),
        ),
        canvas.made(scores(records(record("x", 1.0, 1.0, name=name))), "t", 50.0),
    ):
        told = [cell for row in export.rows for cell in row if name.strip() in cell]
        assert told
        assert all(cell.startswith("'") for cell in told)


@pytest.mark.parametrize("text", ["-12.50", "+3", "-", "김 '시우'", "a=b", "12", ""])
def test_numbers_and_plain_names_stay_as_they_are(text):
    assert harmless(text) == (text if text != "-" else "'-")


@given(st.text())
def test_what_was_made_harmless_can_be_read_back(text):
    assert original(harmless(text)) == text or text.startswith("'")


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0")),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_names_with_commas_and_quotes_come_back_whole(rows):
    export = canvas.Export([["Student", "ID"], *rows], [])
    data = as_bytes(export, bom=True)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row for row in read if row][1:] == [row for row in rows if row]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [True, False])
def test_a_file_is_written_as_the_lms_writes_its_own(tmp_path, delimiter, bom):
    path = tmp_path / "in.csv"
    export = canvas.Export(EXPORT, [], delimiter, bom)
    path.write_bytes(as_bytes(export, bom=False))
    found = read_sheet(path)
    assert (found.rows, found.delimiter, found.bom) == (EXPORT, delimiter, bom)
    filled = canvas.filled(found, scores(CLASS), WANTED)
    assert (filled.delimiter, filled.bom) == (delimiter, bom)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", "학생".encode("cp949"), b'a,"b\nc'])
def test_what_is_no_csv_in_utf8_is_refused_with_its_name(tmp_path, data):
    path = tmp_path / "in.csv"
    path.write_bytes(data)
    with pytest.raises(GradingError, match=r"in\.csv"):
        read_sheet(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(GradingError, match=r"none\.csv"):
        read_sheet(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("cell", "delimiter", "value"),
    [
        ("50.00", ",", 50.0),
        ("1,234.5", ",", 1234.5),
        ("12,5", ";", 12.5),
        ("1.234,5", ";", 1234.5),
        ("(read only)", ",", None),
    ],
)
def test_numbers_are_read_as_the_file_writes_them(cell, delimiter, value):
    assert Sheet("x", [], delimiter).number(cell) == value
