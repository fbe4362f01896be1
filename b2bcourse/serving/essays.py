"""The essays' page: all essays of an assignment, one after another, beside their rubric."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import msgspec
from jupyter_server.utils import url_path_join
from tornado import web

from b2bcourse.grading.presence import SESSION, Open, enter, leave
from b2bcourse.serving.base import GraderHandler, Refused
from b2bcourse.serving.page import page, words

if TYPE_CHECKING:
    from b2bcourse.grading.essays import Rubric
    from b2bcourse.grading.opening import Course
    from b2bcourse.grading.records import Records


class Opened(msgspec.Struct, forbid_unknown_fields=True):
    """A window tells which essay it has open; none where it closes."""

    session: str
    student: str


class EssaysHandler(GraderHandler):
    """The page itself."""

    @web.authenticated
    def get(self, assignment: str) -> None:
        _ = self.xsrf_token  # sets the cookie that the page's own requests name
        course = self.course()
        records = self.records(course, assignment)
        rubrics = _rubrics(course, records)
        if not rubrics:
            raise web.HTTPError(404)
        asked = self.get_query_argument("item", "")
        rubric = next((each for each in rubrics if each.item == asked), rubrics[0])
        base = url_path_join(self.base_url, "b2bcourse/grading")
        data = {
            "assignment": assignment,
            "here": f"{base}/{assignment}/essays",
            "me": self.grader,
            "student": self.get_query_argument("student", ""),
            "rubric": rubric,
            "essays": [{"item": each.item, "number": each.number} for each in rubrics],
            **_around(course, records, rubric, self.base_url),
        }
        title = f"{words('essays', course.lang)['title']} · {assignment}"
        self.finish(page("essays", course.lang, title, base, data))


def _rubrics(course: Course, records: Records) -> list[Rubric]:
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.essays import essays_in

    try:
        return essays_in(course, records)
    except GradingError as error:
        raise Refused(error.text[course.lang], 409) from error


def _around(course: Course, records: Records, rubric: Rubric, base: str) -> dict[str, Any]:
    """The queue, comments that can be used again, and what else in the assignment waits."""
    from b2bcourse.grading.essays import comments, queue
    from b2bcourse.grading.troubles import troubles_of

    assignment = records.assignment
    by_hand = {cell.item for cell in records.cells if cell.by_hand}
    waits = sum(
        grade.waits
        for record in records.students
        for item, grade in record.grades.items()
        if item not in by_hand
    )
    found = troubles_of(course.root, assignment)
    unseen = sum(trouble.waits and seen is None for trouble, seen in found)
    return {
        "queue": queue(records, rubric.item),
        "comments": comments(course, assignment, rubric.item),
        "ungraded": _not_graded(course, records),
        "waits": waits,
        "troubles": unseen,
        "formgrader": url_path_join(base, "formgrader/gradebook", assignment),
    }


def _not_graded(course: Course, records: Records) -> int:
    """Submissions that lie there and that nobody has run through autograde."""
    graded = {record.student for record in records.students if record.graded}
    submitted = course.folder("submitted", records.assignment, "*")
    found = submitted.parent.parent.glob(f"*/{records.assignment}")
    return sum(path.is_dir() and path.parent.name not in graded for path in found)


class EssayHandler(GraderHandler):
    """One essay: what is shown of it, and what it is given."""

    @web.authenticated
    def get(self, assignment: str, item: str) -> None:
        from b2bcourse.grading.base import GradingError
        from b2bcourse.grading.essays import essay_of

        course = self.course()
        try:
            found = essay_of(course, assignment, item, self.get_query_argument("student"))
        except GradingError as error:
            raise Refused(error.text[course.lang], 404) from error
        self.send(found)

    @web.authenticated
    def post(self, assignment: str, item: str) -> None:
        from b2bcourse.grading.base import GradingError
        from b2bcourse.grading.essays import ClashError, Giving, comments, give

        course = self.course()
        giving = self.body(Giving)
        rubrics = _rubrics(course, self.records(course, assignment))
        rubric = next((each for each in rubrics if each.item == item), None)
        if rubric is None:
            raise web.HTTPError(404)
        student = self.get_query_argument("student")
        try:
            found = give(course, rubric, assignment, student, giving, self.grader)
        except ClashError as error:
            self.send({"clash": error.essay}, 409)
            return
        except GradingError as error:
            raise Refused(error.text[course.lang]) from error
        self.forget_formgraders_view()
        self.send({"essay": found, "comments": comments(course, assignment, item)})


class OpenHandler(GraderHandler):
    """Who has which essay open, and how far all are; asked again and again while a page is open."""

    @web.authenticated
    def post(self, assignment: str, item: str) -> None:
        from b2bcourse.grading.essays import states

        course = self.course()
        told = self.body(Opened)
        if not re.fullmatch(SESSION, told.session):
            raise Refused("session")
        known = states(course, assignment, item)
        if not known:
            raise web.HTTPError(404)
        others: list[Open] = []
        if told.student in known:
            now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
            mine = Open(
                session=told.session, by=self.grader, item=item, student=told.student, at=now
            )
            others = [
                other
                for other in enter(course.root, assignment, mine)
                if other.item == item and other.session != told.session
            ]
        else:
            leave(course.root, assignment, told.session)
        self.send({"others": others, "states": known})
