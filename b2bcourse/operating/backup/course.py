"""Prints where a course keeps its gradebook; run as the course's owner, see `databases`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.opening import open_course

if __name__ == "__main__":
    try:
        print(json.dumps(open_course(Path(sys.argv[1])).directory.db_url))  # noqa: T201
    except GradingError as error:
        sys.exit(" ".join(error.text.en.split()))
