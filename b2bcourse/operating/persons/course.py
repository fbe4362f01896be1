"""Shows, exports or deletes what one course keeps of a student; run as the course's owner."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.holding.persons import delete, export
from b2bcourse.grading.holding.traces import traces
from b2bcourse.grading.opening import open_course


def said(action: str, folder: Path, student: str, out: str = "") -> list[dict[str, str]]:
    """What is kept, as places with what is there in both languages; after an action, what is left.

    Args:
        action: ``show``, ``export`` or ``delete``.
        folder: the course.
        student: nbgrader's id.
        out: the archive to write, for ``export``.
    """
    course = open_course(folder)
    if action == "export" and any(trace.removable for trace in traces(course, student)):
        export(course, student, Path(out))
    if action == "delete":
        delete(course, student)
    return [
        {
            "place": str(trace.place),
            "ko": trace.told.ko,
            "en": trace.told.en,
            "what": trace.what,
        }
        for trace in traces(course, student)
    ]


if __name__ == "__main__":
    try:
        action, folder, *rest = sys.argv[1:]
        print(json.dumps(said(action, Path(folder), *rest)))  # noqa: T201 - its answer
    except GradingError as error:
        sys.exit(" ".join(error.text.en.split()))
