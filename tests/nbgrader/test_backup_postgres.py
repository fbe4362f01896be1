"""A gradebook on a PostgreSQL server in a back-up: dumped, lost and brought back."""

import secrets

import pytest
import sqlalchemy as sa
from test_bulk_postgres import _owner, _run, server

from b2bcourse.operating.backup import databases
from b2bcourse.operating.base import OperatingError

__all__ = ["server"]


@pytest.fixture
def url(server):
    """A database of the test's own, with a student's row in it."""
    pytest.importorskip("psycopg2")
    name = f"saved_{secrets.token_hex(4)}"
    _run(_owner(server), "createdb", "-h", server, "-U", "postgres", name)
    made = f"postgresql+psycopg2://postgres@/{name}?host={server}"
    run(made, "CREATE TABLE student (id TEXT PRIMARY KEY, score FLOAT)")
    run(made, "INSERT INTO student VALUES ('minji', 7.5)")
    return made


def run(url, statement):
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        done = connection.execute(sa.text(statement))
        rows = [tuple(row) for row in done] if done.returns_rows else []
    engine.dispose()
    return rows


def test_what_was_dumped_is_what_comes_back(url, tmp_path):
    databases.dump(url, tmp_path / "dump")
    run(url, "DELETE FROM student")
    run(url, "INSERT INTO student VALUES ('jun', 0)")
    databases.bring_back(url, tmp_path / "dump")
    assert run(url, "SELECT * FROM student") == [("minji", 7.5)]


def test_also_into_an_empty_database(url, tmp_path):
    databases.dump(url, tmp_path / "dump")
    run(url, "DROP TABLE student")
    databases.bring_back(url, tmp_path / "dump")
    assert run(url, "SELECT * FROM student") == [("minji", 7.5)]


def test_a_server_that_does_not_answer_fails_the_backup_without_its_password(tmp_path):
    url = f"postgresql+psycopg2://hub:secret@/x?host={tmp_path}"
    with pytest.raises(OperatingError) as refused:
        databases.dump(url, tmp_path / "dump")
    assert "secret" not in str(refused.value)
    assert str(tmp_path) in str(refused.value)


def test_another_kind_of_server_is_refused(tmp_path):
    with pytest.raises(OperatingError, match="mysql"):
        databases.dump("mysql+pymysql://hub@db/x", tmp_path / "dump")
