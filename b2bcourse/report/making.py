"""A report from a course to a file: the thin edge around reading, findings and page."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from b2bcourse.facts.faults import of_system
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.norms import norms_beside
from b2bcourse.grading.steps import OnStep, silent
from b2bcourse.report import games_page
from b2bcourse.report.findings import find
from b2bcourse.report.games import games
from b2bcourse.report.page import page
from b2bcourse.report.pseudonyms import under_pseudonyms
from b2bcourse.report.reading import read_class
from b2bcourse.report.table import rows
from b2bcourse.report.words import WORDS

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from b2bcourse.grading.opening import Course
    from b2bcourse.report.findings import Findings


def findings_of(
    course: Course,
    assignment: str,
    now: dt.datetime,
    *,
    pseudonyms: bool = False,
    on_step: OnStep = silent,
) -> Findings:
    """What there is to tell of an assignment.

    Args:
        course: the course.
        assignment: the assignment's name.
        now: when, with the zone in which dates are told.
        pseudonyms: name nobody.
        on_step: told of each student that is read.

    Raises:
        GradingError: the gradebook knows no such assignment, a key cannot be used, or the
            pseudonyms cannot be kept.
    """
    with norms_beside(course.root):
        seen = read_class(course, assignment, now, on_step)
        return find(under_pseudonyms(seen, course.root) if pseudonyms else seen)


def write_page(found: Findings, path: Path) -> None:
    """Write the page.

    Raises:
        GradingError: the file cannot be written.
    """
    write(path, page(found).encode())


def write_games(found: Findings, path: Path) -> None:
    """Write the page on the class's games.

    Raises:
        GradingError: the file cannot be written.
    """
    write(path, games_page.page(found.seen, games(found.seen)).encode())


def write_table(found: Findings, path: Path) -> None:
    """Write the findings as CSV, with a byte-order mark, by which spreadsheets know UTF-8.

    Raises:
        GradingError: the file cannot be written.
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows(found))
    write(path, text.getvalue().encode("utf-8-sig"))


def write(path: Path, data: bytes) -> None:
    """Write a file.

    Raises:
        GradingError: it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        detail = of_system(error)
        raise GradingError(WORDS.not_written.format(path=path, detail=detail)) from error
