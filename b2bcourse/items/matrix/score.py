"""The score of a matrix: pure, the same for widget, check, autograde and report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.base import Outcome, Part, Verdict, clamp
from b2bcourse.items.matrix.value import Value, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.matrix.face import Face
    from b2bcourse.items.matrix.key import Line, MatrixKey

HEAD_SHARE: Final = 0.4
"""What naming a row earns of it where both sides are blank; its cells earn the rest."""


def score(
    face: Face, key: MatrixKey, value: Any, context: Mapping[str, Any] | None = None
) -> Outcome:
    """What an answer is worth.

    A row of cells earns (needed marks made − wrong marks) / needed marks, never below 0; the item
    is the mean of its rows. Named heads earn their share of slots. See docs/grading.md.

    Args:
        face: the item's face.
        key: its key.
        value: the response's value, any JSON.
        context: unused; other kinds look at the student's other responses.

    Returns:
        An outcome with a part ``row/column`` for every mark made or missed, ``row/head`` and
        ``column/head`` for names chosen.
    """
    answer, notes = clean(face, value)
    if face.form == "right":
        shares, parts = _score_heads(key.column_heads, answer.columns)
    elif face.form == "left":
        shares, parts = _score_heads(key.row_heads, answer.rows)
    elif face.form == "both":
        shares, parts = _score_both(face, key, answer)
    else:
        shares, parts = _score_cells(face, key, answer)
    fraction = sum(shares) / len(shares) if shares else 0.0
    return Outcome(fraction=clamp(fraction), parts=tuple(parts), notes=notes)


def _score_cells(face: Face, key: MatrixKey, answer: Value) -> tuple[list[float], list[Part]]:
    shares, parts = [], []
    for row in face.rows:
        line = key.lines[row.id]
        marks = answer.cells.get(row.id, {})
        judged = judge_line(line, marks)
        shares.append(_share(line, judged))
        parts += [_in_row(row.id, person, part) for person, part in judged.items()]
    return shares, parts


def _in_row(row: str, person: str, part: Part) -> Part:
    return Part(f"{row}/{person}", part.verdict, part.earned, part.possible)


def _share(line: Line, judged: Mapping[str, Part]) -> float:
    """A row's share of its marks; nothing can be earned in a decoy that nobody cares about."""
    if not line.needed:
        return 0.0
    return max(0.0, sum(part.earned for part in judged.values()) / line.needed)


def judge_line(line: Line, marks: Mapping[str, int]) -> dict[str, Part]:
    """Every mark made in a row, and every one missed, by person.

    An empty row is not attempted: then nobody is called missed.
    """
    empty: Verdict = "missed" if marks else "not attempted"
    judged = {
        person: _named(marks.get(person, 0), wanted, empty)
        for person, wanted in line.required.items()
    }
    for group in line.any_of:
        judged |= _judge_group(group.n, group.people, marks, empty)
    for person in marks:
        if person not in judged:
            accepted = person in line.accepted
            judged[person] = (
                Part(person, "accepted") if accepted else Part(person, "wrong", earned=-1.0)
            )
    return judged


def _named(mark: int, wanted: int, empty: Verdict) -> Part:
    if not mark:
        return Part("", empty, 0.0, 1.0)
    if mark == wanted:
        return Part("", "right", 1.0, 1.0)
    return Part("", "partly", 0.5, 1.0)


def _judge_group(
    n: int, people: tuple[str, ...], marks: Mapping[str, int], empty: Verdict
) -> dict[str, Part]:
    """``n`` of ``people`` count, the best marks first; more of them are accepted."""
    made = sorted((p for p in people if marks.get(p)), key=lambda p: marks[p])
    judged = {p: _named(marks[p], 1, empty) for p in made[:n]}
    judged |= {p: Part("", "accepted") for p in made[n:]}
    unmarked = [p for p in people if p not in judged]
    judged |= {p: Part("", empty, 0.0, 1.0) for p in unmarked[: n - len(made[:n])]}
    return judged


def _score_heads(
    heads: Mapping[str, frozenset[str]], chosen: Mapping[str, str]
) -> tuple[list[float], list[Part]]:
    uses = Counter(chosen.values())
    shares, parts = [], []
    for slot, right in heads.items():
        part = _judge_head(slot, chosen.get(slot), right, uses)
        shares.append(part.earned)
        parts.append(part)
    return shares, parts


def _judge_head(
    slot: str, name: str | None, right: frozenset[str], uses: Mapping[str, int]
) -> Part:
    """A chosen name; chosen for k slots it earns only 1/k where it is right."""
    if name is None:
        return Part(f"{slot}/head", "not attempted", 0.0, 1.0)
    if name not in right:
        return Part(f"{slot}/head", "wrong", 0.0, 1.0)
    verdict: Verdict = "right" if uses[name] == 1 else "partly"
    return Part(f"{slot}/head", verdict, 1.0 / uses[name], 1.0)


def _score_both(face: Face, key: MatrixKey, answer: Value) -> tuple[list[float], list[Part]]:
    uses = Counter(answer.rows.values())
    counted = rows_that_count(key, answer)
    shares, parts = [], []
    for row in face.rows:
        name = answer.rows.get(row.id)
        head = _judge_head(row.id, name, key.row_heads[row.id], uses)
        judged = _judge_cells_of(key, answer, row.id) if row.id in counted else {}
        cells = _share(key.lines[name], judged) if judged and name else 0.0
        shares.append(HEAD_SHARE * head.earned + (1 - HEAD_SHARE) * cells)
        parts += [head, *(_in_row(row.id, person, part) for person, part in judged.items())]
    return shares, parts


def rows_that_count(key: MatrixKey, answer: Value) -> set[str]:
    """The rows whose cells are judged: for every benefit chosen the row that answers it best.

    Of equal ones the row it belongs to. So naming a row rightly never takes points away.
    """
    best: dict[str, tuple[float, bool, str]] = {}
    for row, name in answer.rows.items():
        if name in key.lines:
            share = _share(key.lines[name], _judge_cells_of(key, answer, row))
            rank = (share, name in key.row_heads[row], row)
            best[name] = max(best.get(name, rank), rank)
    return {row for _, _, row in best.values()}


def _judge_cells_of(key: MatrixKey, answer: Value, row: str) -> dict[str, Part]:
    marks = people_marked(answer, row)
    return judge_line(key.lines[answer.rows[row]], marks)


def people_marked(answer: Value, row: str) -> dict[str, int]:
    """The marks of a row by person, where the student named the columns."""
    marks: dict[str, int] = {}
    for slot, mark in answer.cells.get(row, {}).items():
        person = answer.columns.get(slot)
        if person:
            marks[person] = min(mark, marks.get(person, mark))
    return marks
