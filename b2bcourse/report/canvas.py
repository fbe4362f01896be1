"""Points for Canvas: best in the instructor's own export of its gradebook.

As Canvas reads it (lib/gradebook_importer.rb of instructure/canvas-lms): the head is ``Student, ID,
SIS User ID, SIS Login ID, Section`` or has names in two columns; a row «Points Possible» follows,
and perhaps one about posting before it. An assignment's column is ``Title (id)``; one whose title
is unknown proposes a new assignment. A cell that comes back empty takes a grade away, so what is
not known here stays as it was; so does EX, who is excused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from b2bcourse.grading.base import GradingError
from b2bcourse.report.export_words import WORDS
from b2bcourse.report.plain import harmless
from b2bcourse.report.scores import Export, filled_in, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from b2bcourse.report.scores import Score
    from b2bcourse.report.sheets import Sheet

HEAD: Final = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POSSIBLE: Final = "    Points Possible"
EXCUSED: Final = "EX"
_SECTION: Final = "Section"
_READ_ONLY: Final = re.compile(
    r"(Unposted )?(Current|Final|Override) (Score|Points|Grade|Status)", re.IGNORECASE
)
_POSTING: Final = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
_ID: Final = re.compile(r"\s*\(\d+\)$")
_CLOSE: Final = 0.005
_IDENTITIES: Final = {
    "ID": ("lms_user_id",),
    "SIS User ID": ("student", "lms_user_id"),
    "SIS Login ID": ("student", "email"),
    "Integration ID": ("lms_user_id",),
}
"""What of the gradebook may stand in a column of Canvas's."""


@dataclass(frozen=True)
class Wanted:
    """Which column is to be filled.

    Attributes:
        titles: what it may be called, without the number behind it.
        exact: its whole name, where the instructor gave one.
        maximum: the full points that are written.
    """

    titles: tuple[str, ...]
    exact: str = ""
    maximum: float = 0.0


def made(scores: Sequence[Score], title: str, maximum: float) -> Export:
    """A file from nothing: Canvas then asks what the column is.

    Args:
        scores: everybody's points.
        title: the column's name; ``Title (id)`` where the instructor knows the id.
        maximum: the full points.
    """
    rows = [[*HEAD, harmless(title)], [POSSIBLE, "", "", "", "", number(maximum)]]
    for score in scores:
        record = score.record
        id_ = record.lms_user_id if record.lms_user_id.isdigit() else ""
        sis = "" if id_ else record.lms_user_id
        names = [harmless(record.name), id_, harmless(sis), harmless(record.student), ""]
        rows.append([*names, number(score.total)])
    said = [] if _ID.search(title) else [WORDS.new_column]
    bare = sum(not score.record.lms_user_id for score in scores)
    said += [WORDS.ids_needed.format(n=bare)] if bare else []
    return Export(rows, [*said, WORDS.how_canvas])


def filled(sheet: Sheet, scores: Sequence[Score], wanted: Wanted) -> Export:
    """The instructor's own export with this assignment's column filled, all else as it was.

    Raises:
        GradingError: it is no gradebook of Canvas, has no such column or another full mark, or
            knows none of the students.
    """
    head = _head(sheet)
    column = _column(sheet, head, wanted)
    _check_possible(sheet, column, wanted)
    people = _People(scores, head)
    rows, found, left = [list(head)], set[str](), []
    for row in sheet.rows[1:]:
        padded = [*row, *[""] * (len(head) - len(row))]
        rows.append(padded)
        if _is_about_assignments(padded):
            continue
        score = people.of(padded)
        if score is None:
            left.append(padded[0])
        else:
            _fill(padded, column, score)
            found.add(score.record.student)
    if not found:
        raise GradingError(WORDS.no_match.format(path=sheet.path))
    said = list(filled_in(sheet.path, scores, found, left))
    return Export(rows, [*said, WORDS.how_canvas], sheet.delimiter, sheet.bom)


def _head(sheet: Sheet) -> list[str]:
    head = sheet.rows[0] if sheet.rows else []
    student = len(head) > 3 and "Student" in head[0] and "ID" in head[1]  # noqa: PLR2004
    if not (student or head[:2] == ["LastName", "FirstName"]) or _SECTION not in head:
        raise GradingError(WORDS.no_headers.format(path=sheet.path))
    return head


class _People:
    """Finds the student of a row by its numbers, never by the name.

    Canvas's own number is one that the gradebook has as LMS user id: nbgrader's id may look alike
    and be somebody else's.
    """

    def __init__(self, scores: Iterable[Score], head: Sequence[str]) -> None:
        self.scores = list(scores)
        self.known = {
            head.index(name): _by(self.scores, fields)
            for name, fields in _IDENTITIES.items()
            if name in head
        }

    def of(self, row: Sequence[str]) -> Score | None:
        """The student of a row; None where the course has no such one."""
        found = {
            score.record.student: score
            for place, known in self.known.items()
            if (cell := row[place].strip().casefold()) and (score := known.get(cell))
        }
        if len(found) > 1:
            raise GradingError(WORDS.disagree.format(row=row[0], names=", ".join(sorted(found))))
        return next(iter(found.values()), None)


def _by(scores: Iterable[Score], fields: Sequence[str]) -> dict[str, Score]:
    """Everybody by some fields of the gradebook; what is two people's is refused."""
    found: dict[str, Score] = {}
    for score in scores:
        for value in {str(getattr(score.record, name)) for name in fields} - {""}:
            other = found.setdefault(value.casefold(), score)
            if other is not score:
                names = ", ".join(sorted((other.record.student, score.record.student)))
                raise GradingError(WORDS.twice.format(value=value, by="", names=names))
    return found


def _column(sheet: Sheet, head: Sequence[str], wanted: Wanted) -> int:
    first = head.index(_SECTION) + 1
    columns = {place: name for place, name in enumerate(head) if place >= first and name}
    open_ = {place: name for place, name in columns.items() if not _READ_ONLY.search(name)}
    if wanted.exact:
        hits = [place for place, name in columns.items() if name.strip() == wanted.exact.strip()]
        hits = hits or [p for p, name in columns.items() if _bare(name) == _bare(wanted.exact)]
    else:
        titles = {_bare(title) for title in wanted.titles}
        hits = [place for place, name in open_.items() if _bare(name) in titles]
    told = wanted.exact or wanted.titles[0]
    if not hits:
        known = ", ".join(open_.values())
        raise GradingError(WORDS.no_column.format(path=sheet.path, wanted=told, known=known))
    if len(hits) > 1:
        known = ", ".join(columns[place] for place in hits)
        raise GradingError(WORDS.several_columns.format(path=sheet.path, wanted=told, known=known))
    if hits[0] not in open_:
        raise GradingError(WORDS.read_only.format(path=sheet.path, column=columns[hits[0]]))
    return hits[0]


def _bare(title: str) -> str:
    return _ID.sub("", title).strip().casefold()


def _check_possible(sheet: Sheet, column: int, wanted: Wanted) -> None:
    for row in sheet.rows[1:]:
        if row and "Points Possible" in row[0] and column < len(row):
            theirs = sheet.number(row[column])
            if theirs is None and "read only" in row[column]:
                name = sheet.rows[0][column]
                raise GradingError(WORDS.read_only.format(path=sheet.path, column=name))
            if theirs is not None and abs(theirs - wanted.maximum) > _CLOSE:
                ours = number(wanted.maximum)
                told = {"path": sheet.path, "theirs": number(theirs), "ours": ours}
                raise GradingError(WORDS.maximum_differs.format(**told))


def _is_about_assignments(row: Sequence[str]) -> bool:
    """Whether a row tells of assignments and not of a student."""
    if "Points Possible" in row[0]:
        return True
    return all(_POSTING.fullmatch(cell) for cell in row)


def _fill(row: list[str], column: int, score: Score) -> None:
    row[0] = harmless(row[0])
    if score.total is not None and row[column].strip().upper() != EXCUSED:
        row[column] = number(score.total)
