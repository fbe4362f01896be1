"""Two gradebooks and two folders of graded notebooks side by side, in what nbgrader reads."""

import stat
from pathlib import Path

import sqlalchemy as sa

LEFT_OUT = ("b2bcourse_", "alembic_")
"""Tables that nbgrader's pages and exports do not read."""


def rows(db_url):
    """Every table's rows by name, with each random id replaced by what it stands for."""
    engine = sa.create_engine(str(db_url))
    tables = sa.MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        found = {
            name: [dict(row._mapping) for row in connection.execute(sa.select(table))]
            for name, table in tables.tables.items()
            if not name.startswith(LEFT_OUT)
        }
    engine.dispose()
    return _named(found)


def _named(found):
    names = {}

    def know(table, name):
        for row in found[table]:
            names[row["id"]] = "/".join(str(names.get(row[part], row[part])) for part in name)

    know("assignment", ["name"])
    know("notebook", ["assignment_id", "name"])
    know("base_cell", ["notebook_id", "name", "type"])
    know("source_cell", ["notebook_id", "name"])
    know("submitted_assignment", ["assignment_id", "student_id"])
    know("submitted_notebook", ["assignment_id", "notebook_id"])
    know("grade", ["notebook_id", "cell_id"])
    know("comment", ["notebook_id", "cell_id"])
    return {
        table: sorted(
            sorted((key, repr(names.get(value, value))) for key, value in row.items())
            for row in each
        )
        for table, each in found.items()
    }


def tree(folder):
    """Every file and folder below a folder: its permissions, and a file's bytes."""
    return {
        str(path.relative_to(folder)): (
            stat.S_IMODE(path.stat().st_mode),
            path.read_bytes() if path.is_file() else None,
        )
        for path in sorted(Path(folder).rglob("*"))
    }


def differing(one, other):
    """The names under which two tables differ, each with both sides."""
    return {
        name: (one.get(name), other.get(name))
        for name in {**one, **other}
        if one.get(name) != other.get(name)
    }
