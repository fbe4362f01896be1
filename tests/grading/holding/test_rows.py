"""Where a gradebook is, told without its password; what is no gradebook holds nothing of anybody."""

import sqlite3
from pathlib import Path

from b2bcourse.grading.holding.rows import file_of, is_sqlite, remove_rows, rows_of, shown

SERVER = "postgresql+psycopg2://ann:secret@db.example/grades"


def test_a_database_on_a_server_is_no_file_and_keeps_its_password():
    assert file_of(SERVER) is None
    assert "secret" not in shown(SERVER)
    assert "db.example/grades" in shown(SERVER)


def test_a_file_is_told_by_its_path():
    assert file_of("sqlite:////home/ann/my course/gradebook.db") == Path(
        "/home/ann/my course/gradebook.db"
    )
    assert file_of("sqlite://") is None


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "history.sqlite"
    with sqlite3.connect(path) as book:
        book.execute("CREATE TABLE student (id TEXT)")
        book.execute("INSERT INTO student VALUES ('ann')")
    assert is_sqlite(path)
    assert rows_of(f"sqlite:///{path}", "ann") == {}
    remove_rows(f"sqlite:///{path}", "ann")
    with sqlite3.connect(path) as book:
        assert book.execute("SELECT id FROM student").fetchall() == [("ann",)]


def test_what_is_no_database_is_none(tmp_path):
    (tmp_path / "a.db").write_text("text", "utf-8")
    assert not is_sqlite(tmp_path / "a.db")
    assert not is_sqlite(tmp_path / "none.db")
