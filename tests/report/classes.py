"""A small class to report on: as data without a course, and as a course with a gradebook."""

import datetime as dt
import shutil
import sys
import warnings
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

import tiny

from b2bcourse.grading.course import new_course
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.marking import points_of
from b2bcourse.items import Outcome
from b2bcourse.report.seen import Answer, ClassSeen, Exercise, Pupil

GRADED = Path(__file__).parents[2] / "solutions" / "items"
NOW = dt.datetime(2026, 11, 30, 9, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))


def utc(*when):
    """A moment as nbgrader keeps it: UTC, without a zone."""
    return dt.datetime(*when)  # noqa: DTZ001


DUE = utc(2026, 11, 27, 14, 59)


def exercise(keys, number, item, maximum=10.0):
    question = keys.asked(item)
    by_hand = keys.is_by_hand(item)
    return Exercise(number, item, question.face.title, maximum, by_hand, question)


def scored(exercise, value):
    """The answer that a value makes, as `read_class` would have it."""
    question = exercise.question
    outcome = question.kind.score(question.face, question.key, value)
    return Answer("scored", points_of(outcome.fraction, exercise.maximum), False, outcome, value)


def told(points):
    """An answer of which nothing but its points is known."""
    return Answer("scored", points, False, Outcome(0.0))


def a_class(exercises, answers, lang="ko", **changes):
    """A class in which everybody of ``answers`` has handed in: name to answers by exercise."""
    pupils = tuple(
        Pupil(name, name, handed_in=True, answers=dict(found)) for name, found in answers.items()
    )
    seen = ClassSeen("tiny", "과제 · 시험", lang, NOW, None, tuple(exercises), pupils)
    return replace(seen, **changes)


def in_points(table, maximum=10.0, lang="ko", **changes):
    """A class of which only points are known: a row a student, a column an exercise."""
    width = len(table[0])
    exercises = [
        Exercise(n, f"e{n}", f"문항 {n}", maximum, by_hand=False) for n in range(1, width + 1)
    ]
    answers = {
        f"s{row:02d}": {one.id: told(points) for one, points in zip(exercises, found, strict=True)}
        for row, found in enumerate(table, start=1)
    }
    return a_class(exercises, answers, lang, **changes)


def made_class(folder, lang):
    """A course in which one assignment was released and nothing has been handed in."""
    repo = tiny.write_repo(folder / "kit")
    made = Class(new_course(folder / "course", lang, repo))
    made.hold(due=DUE)
    return made


class Class:
    """A course folder with a gradebook, made without running nbgrader's commands."""

    def __init__(self, root):
        self.root = root
        self.keys = Keys(self.root / "items")

    def copied(self, root):
        """The same course elsewhere: making one anew takes nbgrader seconds."""
        shutil.copytree(self.root, root)
        config = root / "nbgrader_config.py"
        config.write_text(config.read_text("utf-8").replace(str(self.root), str(root)), "utf-8")
        return Class(root)

    def gradebook(self):
        from nbgrader.api import Gradebook

        return Gradebook(f"sqlite:///{self.root / 'gradebook.db'}")

    def hold(self, assignment=tiny.ASSIGNMENT, due=None):
        with self.gradebook() as gradebook:
            gradebook.add_assignment(assignment, duedate=due)
            gradebook.add_notebook(assignment, assignment)
            for item in (tiny.CELLS, tiny.BOTH):
                points = tiny.POINTS[item]
                gradebook.add_grade_cell(
                    item, assignment, assignment, max_score=points, cell_type="code"
                )
            gradebook.add_grade_cell(
                tiny.ESSAY,
                assignment,
                assignment,
                max_score=tiny.POINTS[tiny.ESSAY],
                cell_type="markdown",
            )
            gradebook.add_solution_cell(tiny.ESSAY, assignment, assignment)

    def enrol(self, student, **about):
        with self.gradebook() as gradebook:
            gradebook.add_student(student, **about)

    def collect(self, student, answers, assignment=tiny.ASSIGNMENT):
        """What lies in ``submitted/``: item to the value of an answer, or a whole file."""
        folder = self.root / "submitted" / student / assignment
        folder.mkdir(parents=True, exist_ok=True)
        for item, content in answers.items():
            file = tiny.response(self.keys, item, content) if isinstance(content, dict) else content
            if isinstance(file, dict):
                tiny.write_response(folder, item, file)
            else:
                path = tiny.write_response(folder, item, {})
                path.write_text(content, encoding="utf-8")
        return folder

    def grade(self, student, points, when=None, assignment=tiny.ASSIGNMENT, essay=None):
        """What a gradebook holds after autograde: item to automatic points."""
        with warnings.catch_warnings(), self.gradebook() as gradebook:
            warnings.simplefilter("ignore")  # nbgrader's own use of SQLAlchemy
            gradebook.update_or_create_student(student)
            gradebook.add_submission(assignment, student, timestamp=when)
            for item, auto in points.items():
                found = gradebook.find_grade(item, assignment, assignment, student)
                found.auto_score, found.needs_manual_grade = auto, False
            found = gradebook.find_grade(tiny.ESSAY, assignment, assignment, student)
            found.manual_score, found.needs_manual_grade = essay, essay is None
            gradebook.db.commit()

    def model(self, item):
        question = self.keys.question(item)
        return question.kind.model_answer(question.face, question.key)
