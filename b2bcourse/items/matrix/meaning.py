"""What the ids in an answer to a matrix mean, so that an answer is not read as another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import table

if TYPE_CHECKING:
    from b2bcourse.items.matrix.face import Face


def meanings(face: Face) -> dict[str, str]:
    """Every id that an answer may hold, and what it says on the face."""
    rows = {f"row {row.id}": f"{row.name}\n{row.card}" for row in face.rows}
    columns = {f"column {one.id}": one.name for one in face.columns}
    columns |= {f"column {one.id}": one.name for one in face.text_columns}
    names = {f"row name {one.id}": one.name for one in face.row_choices}
    heads = {f"column name {one.id}": one.name for one in face.column_choices}
    return rows | columns | names | heads


def ids_in(value: Any) -> set[str]:
    """The ids that an answer holds, named as in `meanings`."""
    marks, rows, columns = (table(table(value).get(name)) for name in ("cells", "rows", "columns"))
    found = {f"row {row}" for row in (*marks, *rows)}
    found |= {f"column {column}" for row in marks.values() for column in table(row)}
    found |= {f"column {column}" for column in columns}
    found |= {f"row name {name}" for name in rows.values()}
    return found | {f"column name {name}" for name in columns.values()}
