"""Looks at one course folder as its owner and prints what it saw; see `gather.course`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import msgspec

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.holding.exchange import in_force
from b2bcourse.grading.opening import open_course
from b2bcourse.operating.doctor.places import disk, exchange_seen, place
from b2bcourse.operating.doctor.seen import CourseSeen

_SECRET: Final = ("items", "source", "submitted", "autograded", "troubles", "criteria")
_DATABASES: Final = "*.db*"


def course_seen(folder: Path) -> CourseSeen:
    """A course with what its settings say, and what in it students must not read."""
    try:
        course = open_course(folder)
    except GradingError as error:
        return CourseSeen(str(folder), (error.text.ko, error.text.en))
    found = in_force(course.root, course.directory.course_id)
    names = [course.root / name for name in _SECRET]
    secrets = [*(path for path in names if path.exists()), *sorted(course.root.glob(_DATABASES))]
    return CourseSeen(
        str(course.root),
        timezone=str(course.config.Exchange.get("timezone", "UTC")),
        exchange=exchange_seen(found, course.root),
        secrets=tuple(map(place, secrets)),
        disk=disk(course.root),
    )


if __name__ == "__main__":
    print(msgspec.json.encode(course_seen(Path(sys.argv[1]))).decode())  # noqa: T201 - its answer
