"""What a matrix says of an answer: with reasons in practice, without the key when graded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import field

from b2bcourse.facts.korean import Name
from b2bcourse.items.feedback import Feedback, PartFeedback, notes_of
from b2bcourse.items.feedback import Line as Said
from b2bcourse.items.matrix.score import people_marked, rows_that_count
from b2bcourse.items.matrix.value import Value, clean
from b2bcourse.items.matrix.words import WORDS
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.base import Outcome, Part
    from b2bcourse.items.matrix.face import Face
    from b2bcourse.items.matrix.key import Line, MatrixKey


# What can be learnt comes first; what was right is told last.
_ORDER: Final = ("missed", "wrong", "partly", "accepted", "right")
_LEADS: Final = {
    "right": NOTES.right,
    "partly": WORDS.partly,
    "wrong": WORDS.wrong,
    "missed": WORDS.missed,
    "accepted": NOTES.accepted,
}


class MatrixFeedback(Feedback, kw_only=True):
    """What is said of a matrix.

    Attributes:
        rows: what is said of each row.
        columns: what is said of each column, where columns are named.
        heads: the verdict on the name chosen for a row or column, by slot.
        cells: the verdict of every cell on screen, by row and column slot.
    """

    rows: dict[str, PartFeedback] = field(default_factory=dict)
    columns: dict[str, PartFeedback] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    cells: dict[str, dict[str, str]] = field(default_factory=dict)


def explain(
    face: Face,
    key: MatrixKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> MatrixFeedback:
    """Practice feedback: a verdict and a reason for every mark, made or missed.

    Args:
        face: the item's face.
        key: its key.
        outcome: what `score` made of the answer.
        value: the answer.
        again: ids of parts that an earlier try had wrong too; they get their misconception's
            own explanation, where the item has one.

    Returns:
        What widgets and `render` show.
    """
    answer, _ = clean(face, value)
    by_row, heads_by_slot = _split(outcome)
    feedback = _frame(face, outcome, answer, by_row, hide_missed=False, graded=False)
    for row in face.rows:
        heads, cells = _heads_and_cells(by_row.get(row.id, []))
        feedback.rows[row.id].lines = [
            *_head_lines(face, key, answer, row.id, heads),
            *_cell_lines(face, key, answer, row.id, cells, again),
        ]
    for slot, column in feedback.columns.items():
        column.lines = _column_lines(face, key, answer, slot, heads_by_slot[slot])
    return feedback


def staged(
    face: Face,
    key: MatrixKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> MatrixFeedback:
    """After a first failed check: own marks judged, why a wrong one is, how many a row lacks.

    Who is missing is left to find; see `explain` for the arguments.
    """
    answer, _ = clean(face, value)
    by_row, heads_by_slot = _split(outcome)
    feedback = _frame(face, outcome, answer, by_row, hide_missed=True, graded=False)
    for row in face.rows:
        heads, cells = _heads_and_cells(by_row.get(row.id, []))
        said = feedback.rows[row.id]
        missing = sum(part.verdict == "missed" for _, part in cells)
        tried = cells and said.state != "not attempted"
        some = NOTES.some_missing if missing else NOTES.all_found
        said.score = some[face.lang].format(n=missing) if tried else ""
        said.missing = missing if tried else 0
        said.lines = [
            *_head_lines(face, key, answer, row.id, heads),
            *_own_cell_lines(face, key, answer, row.id, cells, again),
        ]
    for slot, column in feedback.columns.items():
        column.lines = _column_lines(face, key, answer, slot, heads_by_slot[slot])
    return feedback


def _own_cell_lines(
    face: Face,
    key: MatrixKey,
    answer: Value,
    row: str,
    cells: list[tuple[str, Part]],
    again: frozenset[str],
) -> list[Said]:
    """How many a row lacks, and why each mark that does not belong does not."""
    lang, missing = face.lang, sum(part.verdict == "missed" for _, part in cells)
    if _everybody_marked(face, answer, row):
        return [Said(WORDS.all_marked[lang])]
    lines = []
    if missing and any(part.verdict != "not attempted" for _, part in cells):
        lines.append(Said(WORDS.missing_row[lang].format(n=missing), WORDS.missing_ask[lang]))
    own = [(name, part) for name, part in cells if part.verdict not in {"missed", "right"}]
    return [*lines, *_cell_lines(face, key, answer, row, own, again)]


_FEW: Final = 2
"""Of so few people marking all is no way out."""


def _everybody_marked(face: Face, answer: Value, row: str) -> bool:
    marks = answer.cells.get(row, {})
    return len(face.columns) > _FEW and all(marks.get(column.id) for column in face.columns)


def judged(face: Face, key: MatrixKey, outcome: Outcome, value: Any) -> MatrixFeedback:
    """Graded feedback: the student's own marks judged and how many are missing per row.

    It never says which are missing, nor why anything is right: the next student would know.
    """
    answer, _ = clean(face, value)
    by_row, _columns = _split(outcome)
    feedback = _frame(face, outcome, answer, by_row, hide_missed=True, graded=True)
    for row in face.rows:
        heads, cells = _heads_and_cells(by_row.get(row.id, []))
        feedback.rows[row.id].lines = _counts(face, heads, cells)
    return feedback


def _split(outcome: Outcome) -> tuple[dict[str, list[tuple[str, Part]]], dict[str, Part]]:
    """Parts by row (with the person or 'head'), and the heads by slot."""
    rows: dict[str, list[tuple[str, Part]]] = {}
    heads: dict[str, Part] = {}
    for part in outcome.parts:
        place, _, name = part.id.partition("/")
        rows.setdefault(place, []).append((name, part))
        if name == "head":
            heads[place] = part
    return rows, heads


def _heads_and_cells(
    parts: Iterable[tuple[str, Part]],
) -> tuple[list[Part], list[tuple[str, Part]]]:
    listed = list(parts)
    heads = [part for name, part in listed if name == "head"]
    return heads, [(name, part) for name, part in listed if name != "head"]


def _frame(
    face: Face,
    outcome: Outcome,
    answer: Value,
    by_row: Mapping[str, list[tuple[str, Part]]],
    *,
    hide_missed: bool,
    graded: bool,
) -> MatrixFeedback:
    """Everything of the feedback but its sentences."""
    counted = [part for part in outcome.parts if part.possible]
    right = sum(part.verdict == "right" for part in counted)
    open_ = sum(part.verdict == "not attempted" for part in outcome.parts)
    missed = sum(part.verdict == "missed" for part in outcome.parts)
    summary = NOTES.of(graded=graded, open_=bool(open_))
    text = summary[face.lang].format(
        wrong=sum(part.verdict in {"wrong", "partly"} for part in outcome.parts),
        missed=missed,
        open=open_,
        score=f"{outcome.fraction * 10:.1f}",
    )
    if hide_missed and not graded and missed:
        text += f" {NOTES.not_yet[face.lang]}"
    heads = {
        part.id.removesuffix("/head"): _state_of_head(part)
        for part in outcome.parts
        if part.id.endswith("/head")
    }
    return MatrixFeedback(
        fraction=outcome.fraction,
        big=f"{right} / {len(counted)}",
        text=text,
        notes=notes_of(face, outcome),
        rows={row.id: _row_frame(face, by_row.get(row.id, [])) for row in face.rows},
        columns={c.id: PartFeedback(heads.get(c.id, "not attempted")) for c in face.columns}
        if face.form == "right"
        else {},
        heads={row.id: heads[row.id] for row in face.rows if row.id in heads},
        cells=_cell_verdicts(face, answer, by_row, hide_missed=hide_missed),
    )


def _state_of_head(part: Part) -> str:
    return "right" if part.verdict in {"right", "partly"} else part.verdict


def _row_frame(face: Face, parts: list[tuple[str, Part]]) -> PartFeedback:
    counted = [part for _, part in parts if part.possible]
    right = sum(part.verdict == "right" for part in counted)
    state = _state_of_row([part for _, part in parts])
    score = f"{right} / {len(counted)}" if counted else ""
    return PartFeedback(state, [], score, face.read)


def _state_of_row(parts: list[Part]) -> str:
    verdicts = {part.verdict for part in parts}
    if verdicts <= {"not attempted"}:
        return "not attempted" if verdicts else "right"
    if verdicts <= {"right", "accepted"}:
        return "right"
    return "partly" if verdicts & {"right", "partly"} else "wrong"


def _cell_verdicts(
    face: Face,
    answer: Value,
    by_row: Mapping[str, list[tuple[str, Part]]],
    *,
    hide_missed: bool,
) -> dict[str, dict[str, str]]:
    """The verdict of every cell on screen, by row and column slot."""
    shown: dict[str, dict[str, str]] = {}
    if not face.marks_cells:
        return shown
    hidden = {"not attempted", "missed"} if hide_missed else {"not attempted"}
    for row in face.rows:
        for person, part in by_row.get(row.id, []):
            if person != "head" and part.verdict not in hidden:
                for slot in _slots_of(face, answer, row.id, person):
                    shown.setdefault(row.id, {})[slot] = part.verdict
    return shown


def _slots_of(face: Face, answer: Value, row: str, person: str) -> list[str]:
    """Where a person's verdict stands: at the marks made, else in the person's first column."""
    if not face.blank_columns:
        return [person]
    slots = [c.id for c in face.columns if answer.columns.get(c.id) == person]
    return [slot for slot in slots if answer.cells.get(row, {}).get(slot)] or slots[:1]


def _head_lines(
    face: Face, key: MatrixKey, answer: Value, row: str, heads: list[Part]
) -> list[Said]:
    """What is said of the name chosen for a row."""
    lang, lines = face.lang, []
    for part in heads:
        chosen = answer.rows.get(row)
        if chosen is None or face.form == "right":
            marked = bool(answer.cells.get(row))
            lines += [Said(WORDS.head_missing[lang])] if marked and face.blank_rows else []
            continue
        name = Name(key.row_names[chosen][lang])
        if part.verdict in {"right", "partly"}:
            lines.append(Said(WORDS.head_right[lang].format(name=name)))
        else:
            why = _why_not(face, key, chosen, name)
            lines.append(Said(WORDS.head_wrong[lang].format(name=name), why))
        if face.form == "both" and chosen in key.lines and row not in rows_that_count(key, answer):
            lines.append(Said(WORDS.head_again[lang]))
    return lines


def _why_not(face: Face, key: MatrixKey, chosen: str, name: Name) -> str:
    line = key.lines.get(chosen)
    if line is None:
        return WORDS.head_decoy[face.lang]
    if face.form == "left":
        return WORDS.head_pattern[face.lang]
    point = line.point[face.lang] if line.point else ""
    return WORDS.head_wrong_why[face.lang].format(name=name, point=point)


def _cell_lines(
    face: Face,
    key: MatrixKey,
    answer: Value,
    row: str,
    cells: list[tuple[str, Part]],
    again: frozenset[str],
) -> list[Said]:
    """What is said of each mark of a row, with its reason."""
    if not cells:
        return []
    if all(part.verdict == "not attempted" for _, part in cells):
        return [Said(WORDS.not_attempted[face.lang])]
    line = key.lines[answer.rows[row] if face.form == "both" else row]
    marks = people_marked(answer, row) if face.form == "both" else answer.cells.get(row, {})
    grouped = {p: group for group in line.any_of for p in group.people}
    ordered = sorted(cells, key=lambda cell: _ORDER.index(cell[1].verdict))
    lines = []
    for person, part in ordered:
        if part.verdict == "missed" and person in grouped:
            lines.append(_missed_of_group(face, key, line, person, marks))
        else:
            lines.append(_cell_line(face, key, line, person, part))
        if part.id in again and part.verdict in {"wrong", "missed"}:
            further = line.misconceptions.get(person)
            lines += [Said("", further[face.lang])] if further else []
    return lines


def _cell_line(face: Face, key: MatrixKey, line: Line, person: str, part: Part) -> Said:
    name = Name(key.people[person].name[face.lang])
    return Said(
        _LEADS[part.verdict][face.lang].format(name=name), _why(face, key, line, person, part)
    )


def _why(face: Face, key: MatrixKey, line: Line, person: str, part: Part) -> str:
    lang = face.lang
    if part.verdict == "wrong":
        looks_for = key.people[person].looks_for
        return looks_for[lang] if looks_for else WORDS.wrong_plain[lang]
    reason = line.reasons[person][lang] if person in line.reasons else ""
    if part.verdict == "partly":
        level = WORDS.should_be_main if line.pattern()[person] == 1 else WORDS.should_be_also
        return f"{level[lang]} {reason}"
    return reason


def _missed_of_group(
    face: Face, key: MatrixKey, line: Line, person: str, marks: Mapping[str, int]
) -> Said:
    group = next(group for group in line.any_of if person in group.people)
    asked = {c.id for c in face.columns} | {c.id for c in face.column_choices}
    names = ", ".join(key.people[p].name[face.lang] for p in group.people if p in asked)
    missing = group.n - sum(1 for p in group.people if marks.get(p))
    lead = WORDS.missed if "," not in names else WORDS.missed_any
    return Said(
        lead[face.lang].format(n=missing, name=Name(names), names=names),
        line.reasons[person][face.lang],
    )


def _column_lines(face: Face, key: MatrixKey, answer: Value, slot: str, part: Part) -> list[Said]:
    chosen = answer.columns.get(slot)
    if chosen is None:
        return [Said(WORDS.not_attempted[face.lang])]
    person = key.people[chosen]
    lead = WORDS.column_wrong if part.verdict == "wrong" else NOTES.right
    text = person.looks_for[face.lang] if person.looks_for else ""
    return [Said(lead[face.lang].format(name=Name(person.name[face.lang])), text)]


def _counts(face: Face, heads: list[Part], cells: list[tuple[str, Part]]) -> list[Said]:
    """Graded: how many marks of a row are right, do not belong, or are missing."""
    lang, verdicts = face.lang, [part.verdict for _, part in cells]
    lines = [
        Said((WORDS.own_head_wrong if part.verdict == "wrong" else WORDS.own_head_right)[lang])
        for part in heads
        if part.verdict != "not attempted"
    ]
    if not lines and not any(verdict != "not attempted" for verdict in verdicts):
        return [Said(WORDS.not_attempted[lang])]
    counts = (
        (WORDS.own_right, ("right", "partly")),
        (WORDS.own_wrong, ("wrong",)),
        (WORDS.missing_count, ("missed", "not attempted")),
    )
    for words, kinds in counts:
        n = sum(verdict in kinds for verdict in verdicts)
        lines += [Said(words[lang].format(n=n))] if n else []
    return lines
