"""nbgrader's own autograde of the assignment: the kit's preprocessors beside nbgrader's."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from benchmarks.measure import ROOT, BrokenPromiseError, Job, Report, saves, take_turns

ASSIGNMENT: Final = "a3-benefit-matrix"
TOLERANCE: Final = 1e-6
SEED: Final = 1


def run(job: Job) -> Report:
    with own_jupyter() as home:
        kit, stock, students = courses_to_grade(home, job.runs(12, 1))
        first, *others = students
        # The first submission pays for what is done once, on both sides; it does not count.
        kit.grade(first)
        stock.grade(first)
        ours, instead = iter(others), iter(others)
        pairs = take_turns(
            job,
            "submissions",
            lambda: kit.grade(next(ours)),
            lambda: stock.grade(next(instead)),
            len(others),
        )
        _check_same_points(kit, stock, students)
    return Report(
        rows=[
            saves(
                "nbgrader autograde, a submission",
                pairs,
                against="nbgrader's own preprocessors",
                unit="s",
                at_least=4,
            )
        ],
        lines=[f"Autograde: the same points in both gradebooks, for all {len(students)} students."],
    )


class Course:
    """A course folder with submissions to grade through nbgrader's API."""

    def __init__(self, folder: Path, *, stock: bool) -> None:
        from nbgrader.apps import NbGraderAPI

        from b2bcourse.grading.demo import load_config

        config = load_config(folder)
        if stock:
            # What the kit sets for autograde; nbgrader's defaults take its place.
            del config["Autograde"]
            config.KitPreprocessor.keys_folder = ""
        self.api = NbGraderAPI(config=config)

    def grade(self, student: str) -> float:
        """Seconds that nbgrader takes to grade one submission."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader's use of SQLAlchemy is not ours to mend
            start = perf_counter()
            result = self.api.autograde(ASSIGNMENT, student)
            seconds = perf_counter() - start
        if not result["success"]:
            raise BrokenPromiseError(f"autograde of {student} failed: {result['error']}")
        return seconds

    def points(self, student: str) -> Mapping[str, Any]:
        """Cell to points; None waits for a person."""
        with self.api.gradebook as gradebook:
            submission = gradebook.find_submission(ASSIGNMENT, student)
            return {
                grade.name: None if grade.needs_manual_grade else float(grade.auto_score)
                for notebook in submission.notebooks
                for grade in notebook.grades
            }


@contextmanager
def own_jupyter() -> Iterator[Path]:
    """A folder for everything, with Jupyter's own folders in it; the user's are not touched."""
    saved = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="b2b-bench-") as scratch:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            os.environ[name] = str(Path(scratch) / name.lower())
        os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
        _quiet_kernels(Path(os.environ["IPYTHONDIR"]))
        programs = str(Path(sys.executable).parent)
        os.environ["PATH"] = os.pathsep.join([programs, os.environ.get("PATH", "")])
        try:
            yield Path(scratch)
        finally:
            os.environ.clear()
            os.environ.update(saved)


def _quiet_kernels(ipython: Path) -> None:
    """Kernels that tell errors only: their warnings would run through the progress bar."""
    profile = ipython / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 40\n", "utf-8")


def courses_to_grade(home: Path, number: int) -> tuple[Course, Course, Sequence[str]]:
    """The same course twice, with the same submissions, one to warm up and ``number`` more."""
    from b2bcourse.grading.course import new_course

    folder = new_course(home / "kit", "ko", ROOT)
    course = Course(folder, stock=False)
    result = course.api.generate_assignment(ASSIGNMENT)
    if not result["success"]:
        raise BrokenPromiseError(f"generate_assignment failed: {result['error']}")
    students = _submit(folder, number + 1)
    shutil.copytree(folder, home / "stock")
    # Stock's kernels find the keys by B2BCOURSE_KEYS, which the course's settings export.
    return course, Course(home / "stock", stock=True), students


def _submit(course: Path, number: int) -> Sequence[str]:
    """Submissions of simulated students who answer as well as they know."""
    from b2bcourse.context import read_index
    from b2bcourse.grading.keys import Keys
    from b2bcourse.grading.students import FEWEST, classroom
    from b2bcourse.items.kind import ByHand
    from b2bcourse.responses import Store

    release = course / "release" / ASSIGNMENT
    index = read_index(release)
    if index is None:
        raise BrokenPromiseError(f"{release} has no items/index.json")
    keys = Keys(course / "items")
    students = classroom(max(number, FEWEST), SEED)[:number]
    for student in students:
        folder = course / "submitted" / student.id / ASSIGNMENT
        shutil.copytree(release, folder)
        for item in index.items:
            question = keys.asked(item)
            if isinstance(question.kind, ByHand):  # nobody writes an essay here
                continue
            store = Store(folder, question.face)
            store.save(student.answer(question))
    return [student.id for student in students]


def _check_same_points(kit: Course, stock: Course, students: Sequence[str]) -> None:
    """Both gradebooks must hold the same, cell by cell."""
    for student in students:
        ours, instead = kit.points(student), stock.points(student)
        if ours.keys() != instead.keys() or not any(ours.values()):
            raise BrokenPromiseError(f"{student}: graded cells {ours} and {instead}")
        for cell, points in ours.items():
            if not _is_same(points, instead[cell]):
                raise BrokenPromiseError(f"{student}, {cell}: {points} and {instead[cell]} points")


def _is_same(points: float | None, other: float | None) -> bool:
    if points is None or other is None:
        return points is other
    return abs(points - other) <= TOLERANCE
