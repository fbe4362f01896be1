"""Formgrader's class list and the hub's group of students, kept alike by formgrader."""

from __future__ import annotations

from nbgrader.auth import JupyterHubAuthPlugin


class ClassList(JupyterHubAuthPlugin):  # type: ignore[misc,unused-ignore]
    """Who is put into the class list takes part on the hub as well, and the other way round.

    nbgrader's own plugin also asks the hub which courses its user has. A course's grader is no user
    of the hub; she has the one course that her folder is.
    """

    def get_student_courses(self, student_id: str) -> list[str] | None:
        """Every course that is there: nothing is asked."""
        del student_id
        return None
