"""A matrix as a sheet: a column for each person, and what a row lacks at its right."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.matrix.value import clean
from b2bcourse.render.sheet.parts import WORDS, again, mark, missing, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.matrix.explain import MatrixFeedback
    from b2bcourse.items.matrix.face import Face, RowFace
    from b2bcourse.items.matrix.value import Value
    from b2bcourse.render.sheet.parts import Judged

_LETTER: Final = 7.3
"""How wide a letter of a slanted head is, px."""
_SLANT: Final = (0.53, 0.85)  # cosine and sine of 58 degrees
_STRIP: Final = 30
"""A cell on a phone, px."""
_PHONE: Final = 356
_WORD: Final = re.compile(r"[^\s()]+")
_ALSO: Final = 2
_FEW: Final = 10
_LONG: Final = 24


def sheet(face: Face, value: Mapping[str, Any], judged: Judged | None) -> str:
    """The table of marks; columns that nobody was named for are left out."""
    answer, _ = clean(face, value)
    feedback: Any = judged.feedback if judged else None
    columns = _columns(face, answer)
    rows = "".join(_row(face, answer, row, columns, judged, feedback) for row in face.rows)
    longest = max((len(name) for name in columns.values()), default=0) * _LETTER
    wide = _STRIP * len(columns) + longest * _SLANT[0] > _PHONE
    roomy = face.blank_rows or _are_sentences(face, columns)
    kind = f"mx{' mx-many' if wide else ''}{' mx-cards' if roomy else ''}"
    size = f"--n:{len(columns)};--head:{round(longest * _SLANT[1] + 16)}px"
    table = (
        f'<table class="{kind}" role="table" style="{size}"><colgroup><col class="name">'
        f'<col class="c" span="{len(columns)}"><col></colgroup>{_head(face, columns, feedback)}'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )
    return table + _named(face, answer, columns, judged) + again(face, judged)


def _are_sentences(face: Face, columns: Mapping[str, str]) -> bool:
    """Whether rows have long names, and there is room for them beside few columns."""
    return len(columns) <= _FEW and max(len(row.name) for row in face.rows) > _LONG


def _columns(face: Face, answer: Value) -> dict[str, str]:
    """The columns on the page: slot to the name that stands or was put there."""
    names = {column.id: column.name for column in face.columns}
    if face.blank_columns:
        chosen = {choice.id: choice.name for choice in face.column_choices}
        names = {slot: chosen.get(answer.columns.get(slot, ""), "") for slot in names}
    if face.form == "both":
        used = {slot for marks in answer.cells.values() for slot in marks}
        names = {slot: name for slot, name in names.items() if name or slot in used}
    if face.form == "right":
        names = {slot: slot for slot in names}
    names |= {column.id: column.name for column in face.text_columns}
    return names


def _head(face: Face, columns: Mapping[str, str], feedback: MatrixFeedback | None) -> str:
    lang = face.lang
    count = escape(WORDS.count_head[lang]) if feedback and face.marks_cells else ""
    starts = _group_starts(face)
    heads = "".join(
        f'<th class="who{" g" if slot in starts else ""}" scope="col" role="columnheader">'
        f"{_upright(face, name or WORDS.unnamed[lang])}</th>"
        for slot, name in columns.items()
    )
    corner = escape(face.corner) if isinstance(face.corner, str) else ""
    return (
        f'<thead role="rowgroup">{_groups(face, columns)}<tr role="row">'
        f'<th class="name" role="columnheader"><span>{corner}</span>'
        f'<span class="n">{count}</span></th>{heads}<td class="note" role="cell"></td>'
        "</tr></thead>"
    )


def _group_starts(face: Face) -> set[str]:
    """The columns before which a group of people begins."""
    starts, before = set(), ""
    for column in face.columns:
        if column.group and column.group != before:
            starts.add(column.id)
        before = column.group
    return starts


def _groups(face: Face, columns: Mapping[str, str]) -> str:
    """A row of the groups' names, where the face has groups."""
    if not face.groups or face.blank_columns:
        return ""
    names = {group.id: group.name for group in face.groups}
    spans: list[list[Any]] = []
    for column in face.columns:
        if spans and spans[-1][0] == column.group:
            spans[-1][1] += 1
        else:
            spans.append([column.group, 1])
    cells = "".join(
        f'<td class="g" colspan="{n}">{escape(names.get(group, ""))}</td>' for group, n in spans
    )
    rest = len(columns) - sum(n for _, n in spans)
    cells += f'<td colspan="{rest}"></td>' if rest else ""
    return f'<tr class="groups" aria-hidden="true"><td></td>{cells}<td></td></tr>'


def _upright(face: Face, name: str) -> str:
    """A head: Hangul upright word below word, Latin words flat above; English slanted."""
    if face.lang == "en":
        return f'<span class="slant">{escape(name)}</span>'
    words = _WORD.findall(name) or [name]
    flat = [word for word in words if word.isascii()]
    upright = [word for word in words if not word.isascii()]
    return "".join(
        f'<span class="{kind}">{escape(word)}</span> '
        for kind, group in (("flat", flat), ("up", upright))
        for word in group
    )


def _row(
    face: Face,
    answer: Value,
    row: RowFace,
    columns: Mapping[str, str],
    judged: Judged | None,
    feedback: MatrixFeedback | None,
) -> str:
    verdicts = feedback.cells.get(row.id, {}) if feedback else {}
    marks = answer.cells.get(row.id, {}) if face.marks_cells else face.given.get(row.id, {})
    starts = _group_starts(face)
    cells = "".join(
        _cell(face, verdicts.get(slot) or _given(marks.get(slot)), begins=slot in starts)
        for slot in columns
    )
    score = feedback.rows[row.id].score if feedback and face.marks_cells else ""
    lacking = " lacks" if judged and judged.missing.get(row.id) else ""
    return (
        f'<tr role="row"><th class="name" scope="row" role="rowheader">'
        f"<span>{_row_name(face, answer, row, feedback)}</span>"
        f'<span class="n{lacking}">{escape(score)}</span></th>{cells}'
        f'<td class="note" role="cell">{_note(face, row, judged, feedback)}</td></tr>'
    )


def _given(level: int | None) -> str:
    """The mark itself, where it was not judged."""
    return "" if not level else "also" if level == _ALSO else "main"


def _cell(face: Face, state: str, *, begins: bool) -> str:
    kind = f"c {state}{' g' if begins else ''}".strip()
    return f'<td class="{kind}" role="cell">{mark(state, face.lang)}</td>'


def _row_name(face: Face, answer: Value, row: RowFace, feedback: MatrixFeedback | None) -> str:
    """A row's name; where it was chosen, the card that it was chosen for and the verdict."""
    if not face.blank_rows:
        return escape(row.name)
    names = {choice.id: choice.name for choice in face.row_choices}
    chosen = names.get(answer.rows.get(row.id, ""), "")
    state = feedback.heads.get(row.id, "") if feedback else ""
    card = f'<small class="card">{escape(row.card)}</small>' if row.card else ""
    if not chosen:
        return f'{card}<span class="none">{escape(WORDS.unnamed[face.lang])}</span>'
    return f'{card}<span class="put {state}">{mark(state, face.lang)}{escape(chosen)}</span>'


def _note(face: Face, row: RowFace, judged: Judged | None, feedback: MatrixFeedback | None) -> str:
    if judged is None or feedback is None:
        return ""
    part = feedback.rows[row.id]
    told = missing(judged.missing.get(row.id, 0), face.lang)
    if judged.opened:
        told = said(part.lines)
    return told


def _named(face: Face, answer: Value, columns: Mapping[str, str], judged: Judged | None) -> str:
    """Where columns are named: each with the name that was put there, judged."""
    if face.form != "right":
        return ""
    feedback: Any = judged.feedback if judged else None
    chosen = {choice.id: choice.name for choice in face.column_choices}
    rows = []
    for slot in columns:
        part = feedback.columns.get(slot) if feedback else None
        state = part.state if part else ""
        name = chosen.get(answer.columns.get(slot, ""), "")
        told = said(part.lines) if part and judged and judged.opened else ""
        put = (
            f'<span class="put {state}">{mark(state, face.lang)}{escape(name)}</span>'
            if name
            else f'<span class="none">{escape(WORDS.unnamed[face.lang])}</span>'
        )
        rows.append(f'<tr><th scope="row">{escape(slot)}</th><td>{put}{told}</td></tr>')
    return f'<table class="rows"><tbody>{"".join(rows)}</tbody></table>'
