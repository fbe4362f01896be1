"""A plan as a sheet: the data with what was filled in, and each limit kept or broken."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.allocation.value import clean
from b2bcourse.render.allocation import asked, head_of, limit_row, own_heads, own_of, with_percent
from b2bcourse.render.sheet.parts import WORDS, mark, read_again, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.allocation.face import Face, RowFace
    from b2bcourse.items.allocation.value import Answer
    from b2bcourse.render.sheet.parts import Judged


def sheet(face: Face, value: Mapping[str, Any], judged: Judged | None) -> str:
    """Two tables, the rule by which the plan is worth something, and what is said of it."""
    answer, _ = clean(face, value)
    lines = "".join(f"<p>{escape(line)}</p>" for line in asked(face, answer))
    told = ""
    if judged:
        parts = judged.feedback.parts.values()
        told = "".join(said(part.lines) for part in parts)
        told += read_again(face.read, face.lang) if judged.feedback.fraction < 1 else ""
        told = f'<div class="note">{told}</div>'
    return f'{_data(face, answer)}{_limits(face, answer)}<div class="told">{lines}</div>{told}'


def _data(face: Face, answer: Answer) -> str:
    heads = [*(head_of(column) for column in face.columns), *own_heads(face)]
    rows = "".join(_row(face, answer, row, heads) for row in face.rows)
    named = "".join(f'<th scope="col" role="columnheader">{escape(head)}</th>' for head in heads)
    return (
        f'<table class="rows plan" role="table"><thead role="rowgroup"><tr role="row">'
        f'<th scope="col" role="columnheader">{escape(face.row_head)}</th>{named}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _row(face: Face, answer: Answer, row: RowFace, heads: list[str]) -> str:
    given = [with_percent(column, row.id) for column in face.columns]
    own = own_of(face, answer, row.id)
    cells = "".join(
        f'<td role="cell" data-label="{escape(head)}"{_own_class(n >= len(given), text)}>'
        f"{escape(text)}</td>"
        for n, (head, text) in enumerate(zip(heads, [*given, *own], strict=True))
    )
    name = f'<th scope="row" role="rowheader">{escape(row.name)}</th>'
    return f'<tr role="row">{name}{cells}</tr>'


def _own_class(is_own: bool, text: str) -> str:  # noqa: FBT001 - two facts of one cell
    if not is_own:
        return ""
    return ' class="mine filled"' if text else ' class="mine"'


def _limits(face: Face, answer: Answer) -> str:
    if not face.limits:
        return ""
    lang = face.lang
    rows = []
    for limit in face.limits:
        name, used, bound, is_kept = limit_row(face, answer, limit)
        state, words = ("right", WORDS.kept) if is_kept else ("wrong", WORDS.broken)
        verdict = f'<span class="put {state}">{mark(state, lang)}{escape(words[lang])}</span>'
        rows.append(_cells(name, [escape(used), escape(bound), verdict]))
    heads = "".join(
        f'<th scope="col">{escape(text[lang])}</th>'
        for text in (WORDS.row, WORDS.total, WORDS.bound)
    )
    return (
        f'<table class="rows limits"><thead><tr>{heads}<td></td></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _cells(name: str, rest: Iterable[str]) -> str:
    cells = "".join(f"<td>{text}</td>" for text in rest)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
