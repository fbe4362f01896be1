"""Feedback pages of a class: the kit's, from outcomes, beside nbgrader's, from graded notebooks."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from benchmarks.autograde import ASSIGNMENT, courses_to_grade, own_jupyter
from benchmarks.measure import BrokenPromiseError, Job, Report, saves, take_turns

CLASS: Final = 30
_NOTE: Final = (
    f"Feedback: {{pages}} pages of {ASSIGNMENT} each way, start-up left out; the kit's are made "
    "from responses, nbgrader's from notebooks graded before."
)


def run(job: Job) -> Report:
    with own_jupyter() as home:
        kit, _, students = courses_to_grade(home, job.runs(CLASS, 2) - 1)
        for student in students:
            kit.grade(student)
        shutil.rmtree(home / "stock")
        shutil.copytree(home / "kit", home / "stock")
        pages = len(students)
        ours, theirs = _by_command(home / "kit"), _by_nbgrader(home / "stock")
        ours(), theirs()  # the first time pays for imports, on both sides; it does not count
        pairs = take_turns(
            job, "classes", lambda: ours() / pages, lambda: theirs() / pages, job.runs(5, 1)
        )
        _check_pages(home, students)
    return Report(
        rows=[
            saves(
                "feedback, a page",
                pairs,
                against="nbgrader generate_feedback",
                unit="s",
                at_least=20,
            )
        ],
        lines=[_NOTE.format(pages=pages)],
    )


def _by_command(folder: Path) -> Callable[[], float]:
    from b2bcourse.grading.feedback.writing import write_feedback
    from b2bcourse.grading.opening import open_course

    course = open_course(folder)

    def once() -> float:
        shutil.rmtree(folder / "feedback", ignore_errors=True)  # as nbgrader does itself
        start = perf_counter()
        done = write_feedback(course, ASSIGNMENT)
        seconds = perf_counter() - start
        if done.left_out:
            raise BrokenPromiseError(f"no page for {done.left_out}")
        return seconds

    return once


def _by_nbgrader(folder: Path) -> Callable[[], float]:
    """Nbgrader's own command through its API, with its own exporter and template."""
    from nbgrader.apps import NbGraderAPI

    from b2bcourse.grading.demo import load_config

    config: Any = load_config(folder)
    for section in ("GenerateFeedback", "HTMLExporter"):
        del config[section]
    api = NbGraderAPI(config=config)

    def once() -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader's use of SQLAlchemy is not ours to mend
            start = perf_counter()
            result = api.generate_feedback(ASSIGNMENT)
            seconds = perf_counter() - start
        if not result["success"]:
            raise BrokenPromiseError(f"generate_feedback failed: {result['error']}")
        return seconds

    return once


def _check_pages(home: Path, students: Any) -> None:
    """Both have made a page for everyone."""
    for student in students:
        for name in ("kit", "stock"):
            page = home / name / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"
            if not page.is_file():
                raise BrokenPromiseError(f"{page} was not made")
