"""A matrix as a static HTML table and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.matrix.value import clean
from b2bcourse.items.once import made_once
from b2bcourse.render.frame import SHAPES, framed, html_said, svg, text_said, unless_right
from b2bcourse.render.words import WORDS, state_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.matrix.explain import MatrixFeedback
    from b2bcourse.items.matrix.face import Face, RowFace
    from b2bcourse.items.matrix.value import Value


def html(face: Face, value: Mapping[str, Any], feedback: MatrixFeedback | None) -> str:
    """One table row for each row of the matrix: its name, then the people marked, by mark.

    A list of people reads better on paper and aloud than eighteen columns of dots.
    """
    answer, _ = clean(face, value)
    body = "".join(_html_row(face, answer, row, feedback) for row in face.rows)
    table = f"<table><tbody>{body}</tbody></table>"
    return framed(face, f"{table}{_html_columns(face, answer, feedback)}", feedback)


def _html_row(face: Face, answer: Value, row: RowFace, feedback: MatrixFeedback | None) -> str:
    marks = "; ".join(
        f"{svg(shape)} {escape(', '.join(names))} ({escape(_word(face, shape))})"
        for shape, names in _by_mark(face, answer, row.id, feedback).items()
    )
    cells = marks or escape(WORDS.nothing[face.lang])
    head = escape(_row_name(face, answer, row))
    if feedback:
        frame = feedback.rows[row.id]
        cells += html_said(unless_right(frame), face.lang)
        head += f"<br><small>{escape(frame.score)}</small>"
    return f'<tr><th scope="row">{head}</th><td>{cells}</td></tr>'


def _html_columns(face: Face, answer: Value, feedback: MatrixFeedback | None) -> str:
    """Where columns are named: what each was named, and whether rightly."""
    if face.form != "right":
        return ""
    rows = []
    for column in face.columns:
        state = feedback.columns[column.id].state if feedback else ""
        name = escape(_column_name(face, answer, column.id))
        verdict = f"{svg(state)} {escape(_word(face, state))}" if state in SHAPES else ""
        rows.append(f'<tr><th scope="row">{escape(column.id)}</th><td>{name} {verdict}</td></tr>')
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def text(face: Face, value: Mapping[str, Any], feedback: MatrixFeedback | None) -> str:
    """The matrix as lines of text: title, task, and one line a row."""
    answer, _ = clean(face, value)
    lines = [face.title, face.task, *face.case, ""]
    if feedback:
        lines += [f"{feedback.big} {feedback.text}", *feedback.notes, ""]
    for row in face.rows:
        lines += _text_row(face, answer, row, feedback)
    if face.form == "right":
        lines += [f"{c.id}: {_column_name(face, answer, c.id)}" for c in face.columns]
    return "\n".join(lines)


def _text_row(
    face: Face, answer: Value, row: RowFace, feedback: MatrixFeedback | None
) -> list[str]:
    marks = "; ".join(
        f"{', '.join(names)} ({_word(face, shape)})"
        for shape, names in _by_mark(face, answer, row.id, feedback).items()
    )
    lines = [f"{_row_name(face, answer, row)}: {marks or WORDS.nothing[face.lang]}"]
    if feedback:
        frame = feedback.rows[row.id]
        lines += text_said(frame, "    ")
    return lines


def _row_name(face: Face, answer: Value, row: RowFace) -> str:
    if not face.blank_rows:
        return row.name
    chosen = _offered_rows(face).get(answer.rows.get(row.id, ""), WORDS.unnamed[face.lang])
    return f"{row.card or row.id} — {chosen}"


def _column_name(face: Face, answer: Value, column: str) -> str:
    if face.blank_columns:
        name = answer.columns.get(column, "")
        return _offered_columns(face).get(name, WORDS.unnamed[face.lang])
    return _columns(face)[column]


@made_once
def _columns(face: Face) -> dict[str, str]:
    """Every column's name, in their order."""
    return {c.id: c.name for c in face.columns} | {c.id: c.name for c in face.text_columns}


@made_once
def _offered_columns(face: Face) -> dict[str, str]:
    return {choice.id: choice.name for choice in face.column_choices}


@made_once
def _offered_rows(face: Face) -> dict[str, str]:
    return {choice.id: choice.name for choice in face.row_choices}


def _by_mark(
    face: Face, answer: Value, row: str, feedback: MatrixFeedback | None
) -> dict[str, list[str]]:
    """The people of a row by the shape that stands at them."""
    verdicts: Mapping[str, str] = feedback.cells.get(row, {}) if feedback else {}
    marks = answer.cells.get(row, {}) if face.marks_cells else face.given.get(row, {})
    found: dict[str, list[str]] = {}
    for column in _columns(face):
        if column in marks or column in verdicts:
            level = "also" if marks.get(column) == 2 else "main"  # noqa: PLR2004 - look.md's two marks
            shape = verdicts.get(column, level)
            # In the form 'right' columns are what is asked: their slots stand for them.
            name = column if face.form == "right" else _column_name(face, answer, column)
            found.setdefault(shape, []).append(name)
    return found


def _word(face: Face, shape: str) -> str:
    if shape == "main" and face.marks == 1:
        return face.mark_means or WORDS.mark[face.lang]
    return state_word(shape, face.lang)
