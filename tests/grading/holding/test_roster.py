"""Class lists as spreadsheets and LMSs write them, in Korea and elsewhere."""

import pytest

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.holding.roster import Named, read_roster, take_in


def read(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(path)


NBGRADER = "id,first_name,last_name,email,lms_user_id\nann,Ann,Lee,a@x.org,77\n"
EXCEL = "학번;성;이름;이메일\n2026001;김;민지;m@x.kr\n2026002;이;준;\n"
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,A3 (12)\n"
    "    Points Possible,,,,,100\n"
    '"Lee, Ann",4711,S-77,ann,Monday,\n'
)
MOODLE = "First name,Last name,Username,ID number,Email address\nAnn,Lee,ann,77,a@x.org\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_nbgraders_own_columns(tmp_path, encoding):
    assert read(tmp_path, NBGRADER, encoding) == [Named("ann", "Ann", "Lee", "a@x.org", "77")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_what_excel_writes_in_korea(tmp_path, encoding):
    assert read(tmp_path, EXCEL, encoding) == [
        Named("2026001", "민지", "김", "m@x.kr"),
        Named("2026002", "준", "이"),
    ]


def test_canvas(tmp_path):
    assert read(tmp_path, CANVAS) == [Named("ann", "Ann", "Lee", lms_user_id="4711")]


def test_moodle(tmp_path):
    assert read(tmp_path, MOODLE) == [Named("ann", "Ann", "Lee", "a@x.org", "77")]


def test_a_whole_name_stays_whole(tmp_path):
    assert read(tmp_path, "아이디,성명\nminji,김민지\n") == [Named("minji", "김민지")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nome,email\nann,a@x.org\n", r"no column of ids \(its first line: nome, email\)"),
        ("id,name\nann,A\nann,B\n", "line 3: ann"),
        ("id,name\na+b,A\n", "line 2: a[+]b"),
        ("id,name\n../x,A\n", "line 2"),
        ("", "no column of ids"),
    ],
)
def test_what_cannot_be_taken_in_is_told_with_its_line(tmp_path, text, told):
    with pytest.raises(GradingError, match=told):
        read(tmp_path, text)


def test_a_file_in_no_known_letters_is_told(tmp_path):
    (tmp_path / "list.csv").write_bytes(b"id\n\xff\xfe\xff")
    with pytest.raises(GradingError, match="CSV UTF-8"):
        read_roster(tmp_path / "list.csv")


def test_students_are_added_changed_and_left_alone(course):
    assert take_in(course, [Named("ann", "Ann", "Lee"), Named("bob", "Bob")]).added == (
        "ann",
        "bob",
    )
    done = take_in(course, [Named("ann", email="a@x.org"), Named("bob", "Bob")])
    assert (done.added, done.changed, done.all) == ((), ("ann",), 2)
    with course.gradebook() as gradebook:
        ann = gradebook.find_student("ann")
        assert (ann.first_name, ann.last_name, ann.email) == ("Ann", "Lee", "a@x.org")
