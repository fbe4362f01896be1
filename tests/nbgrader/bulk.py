"""Classes of simulated students, and a course beside another one that holds the same."""

import copy
import shutil
from datetime import datetime, timedelta

from held import REPO, Course
from nbgrader.apps import NbGraderAPI

from b2bcourse.context import read_index
from b2bcourse.grading.bulk.run import grade
from b2bcourse.grading.demo import load_config
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.students import classroom
from b2bcourse.responses import Store

ASSIGNMENT = "a3-benefit-matrix"
DUE = datetime(2026, 11, 20, 9)  # noqa: DTZ001 - as nbgrader keeps times

PENALTY = '''
from nbgrader.plugins import LateSubmissionPlugin


class Tenth(LateSubmissionPlugin):
    """A tenth of what the notebook got, and half of it after a week."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score * (0.5 if total_seconds_late > 7 * 86400 else 0.1)


c.AssignLatePenalties.plugin_class = Tenth
'''


def simulated(root, students):
    """A course in which a class has handed in, collected and not graded yet."""
    course = Course(root, REPO, assignment=ASSIGNMENT)
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(PENALTY)
    reopen(course)
    course.generate()
    with course.api.gradebook as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=DUE)
    for number, student in enumerate(classroom(students, seed=3)):
        if student.fate != "nothing":
            hand_in(course, student, DUE + timedelta(hours=number - students + 3))
    return course


def hand_in(course, student, time):
    """Put a student's answers where collect puts them; each tenth has no time stamp."""
    folder = course.folder("submitted", student.id)
    shutil.copytree(course.root / "release" / ASSIGNMENT, folder)
    index = read_index(folder)
    for item in index.items:
        question = course.keys.asked(item)
        value = {"text": student.essay("ko")}
        if not course.keys.is_by_hand(item):
            value = student.answer(question)
        Store(folder, question.face).save(value)
    (folder / "sketch").mkdir()
    (folder / "sketch" / "thoughts.txt").write_text("a thought", "utf-8")
    if not student.id.endswith("0"):
        stamp(folder, time)


def stamp(folder, time):
    (folder / "timestamp.txt").write_text(f"{time:%Y-%m-%d %H:%M:%S.%f} UTC", "utf-8")


def reopen(course):
    """Read the course's settings again."""
    course.config = load_config(course.root)
    course.config.Exchange.root = str(course.exchange)
    course.api = NbGraderAPI(config=course.config)
    course.keys = Keys(course.root / "items")


def beside(course, root):
    """The same course once more, in another folder."""
    other = copy.copy(course)
    other.root = root / "course"
    shutil.copytree(course.root, other.root)
    reopen(other)
    return other


def bulk(course, **options):
    """`b2bcourse grade` without its tables."""
    return grade(course.root, course.assignment, **options)


def by_nbgrader(course, *, force=False):
    """`nbgrader autograde`."""
    return course.ok(course.api.autograde(course.assignment, "*", force=force, create=True))


def address(course):
    return course.config.CourseDirectory.db_url
