"""The page from which essays and troubles are found, whatever assignment they are of.

Formgrader has no place for a link to them. So they are found here, and whoever opens one of the
pages, or ends a run of ``b2bcourse grade``, is told of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bcourse.facts import Lang
    from b2bcourse.grading.opening import Course


class IndexWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    title: Text
    lead: Text
    assignment: Text
    handed_in: Text
    essays: Text
    troubles: Text
    waiting: Text
    essays_done: Text
    troubles_waiting: Text
    troubles_done: Text
    none: Text
    nothing: Text
    formgrader: Text


WORDS: Final = read_words(__package__, IndexWords, name="index")

_PAGE: Final = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{base}/built/troubles.css">
</head>
<body><main><h1>{title}</h1>{body}<p class="small">{formgrader}</p></main></body>
</html>
"""


@dataclass(frozen=True)
class Row:
    """An assignment of which something has been graded.

    Attributes:
        name: the assignment's.
        handed_in: how many have handed in.
        essays: how many essays wait; None where it has none.
        waiting: how many troubles wait.
        troubles: how many there are.
    """

    name: str
    handed_in: int
    essays: int | None
    waiting: int
    troubles: int


def rows_of(course: Course) -> list[Row]:
    """Every assignment of which anything has been handed in, by name."""
    from b2bcourse.grading.records import records_of
    from b2bcourse.grading.troubles import troubles_of

    with course.gradebook() as gradebook:
        names = sorted(str(one.name) for one in gradebook.assignments)
    made = []
    for name in names:
        records = records_of(course, name)
        by_hand = {cell.item for cell in records.cells if cell.by_hand}
        found = troubles_of(course.root, name)
        grades = [grade for record in records.students for grade in record.grades.items()]
        handed = sum(bool(one.graded or one.handed_in) for one in records.students)
        if not handed and not found:
            continue
        made.append(
            Row(
                name,
                handed,
                sum(item in by_hand and grade.waits for item, grade in grades) if by_hand else None,
                sum(trouble.waits and seen is None for trouble, seen in found),
                len(found),
            )
        )
    return made


def html(rows: Sequence[Row], lang: Lang, base: str, formgrader: str) -> str:
    """The page.

    Args:
        rows: the assignments.
        lang: the language.
        base: the address under which the other pages are found.
        formgrader: formgrader's own address.
    """
    body = f"<p>{escape(WORDS.nothing[lang])}</p>"
    if rows:
        heads = (WORDS.assignment, WORDS.handed_in, WORDS.essays, WORDS.troubles)
        head = "".join(f'<th scope="col">{escape(each[lang])}</th>' for each in heads)
        told = "".join(_row(row, lang, base) for row in rows)
        body = (
            f"<p>{escape(WORDS.lead[lang])}</p><table><thead><tr>{head}</tr></thead>"
            f"<tbody>{told}</tbody></table>"
        )
    return _PAGE.format(
        lang=lang,
        title=escape(WORDS.title[lang]),
        base=escape(base),
        body=body,
        formgrader=f'<a href="{escape(formgrader)}">{escape(WORDS.formgrader[lang])}</a>',
    )


def _row(row: Row, lang: Lang, base: str) -> str:
    here = f"{base}/{quote(row.name, safe='')}"
    essays = WORDS.none[lang]
    if row.essays is not None:
        waiting = WORDS.waiting[lang].format(n=row.essays)
        essays = _link(f"{here}/essays", waiting if row.essays else WORDS.essays_done[lang])
    troubles = WORDS.none[lang]
    if row.troubles:
        words = WORDS.troubles_waiting if row.waiting else WORDS.troubles_done
        said = words[lang].format(n=row.waiting or row.troubles)
        troubles = _link(f"{here}/troubles", said)
    cells = "".join(f"<td>{cell}</td>" for cell in (row.handed_in, essays, troubles))
    return f'<tr><th scope="row">{escape(row.name)}</th>{cells}</tr>'


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'
