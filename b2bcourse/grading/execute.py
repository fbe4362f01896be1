"""Points for nbgrader's stock Execute: what a graded cell yields when nbgrader runs it.

The kit's own preprocessors run no cell at all; this serves courses that keep Execute. It is
imported in a kernel, so it loads no nbgrader, pandas or matplotlib.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

from b2bcourse.grading.files import MAX_NOTEBOOK_BYTES
from b2bcourse.grading.keys import Keys, KeysError
from b2bcourse.grading.marking import mark, stopped
from b2bcourse.grading.words import WORDS
from b2bcourse.responses.bounded import read_bounded


def points_when_executed(item_id: str) -> float | None:
    """The points of the answer in the working directory; prints what the student is told.

    nbgrader takes no output, a string, NaN or a number below 0 for full marks, and anything on
    stderr for none. So the result is always a plain float within the cell's points, after a
    message on stdout, and whatever goes wrong is 0 with a message, which tells a student nothing of
    the instructor's files. The cell with an essay's field
    alone, which is not graded, yields and prints nothing; that it is one the keys must say, since a
    notebook may claim it of any cell.

    Args:
        item_id: the item, which is also the graded cell's id.
    """
    try:
        folder = Path.cwd()
        keys, cell = Keys.from_environment(), _graded_cell(folder, item_id)
        if keys.is_by_hand(item_id) and (cell is None or cell.get("cell_type") != "code"):
            return None
        if cell is None:
            _say(f"{WORDS.no_cell.ko}\n{WORDS.no_cell.en}".format(item=item_id))
            return 0.0
        marked = mark(keys, item_id, folder, _points(cell))
    except KeysError as error:
        _say(stopped(item_id, error.text).message)
        return 0.0
    except Exception:  # noqa: BLE001 - must fail closed: an error would be no message
        _say(stopped(item_id, WORDS.scoring_failed).message)
        return 0.0
    _say("\n".join(filter(None, (marked.message, marked.text))))
    return marked.points


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _graded_cell(folder: Path, item_id: str) -> dict[str, Any] | None:
    """The item's cell in the notebook that nbgrader has put in order."""
    for path in sorted(folder.glob("*.ipynb")):
        try:
            notebook = json.loads(read_bounded(path, MAX_NOTEBOOK_BYTES))
        except (OSError, ValueError):
            continue
        cells = notebook.get("cells", ()) if isinstance(notebook, dict) else ()
        for cell in cells:
            about = cell.get("metadata", {}).get("nbgrader", {})
            if about.get("grade_id") == item_id and about.get("grade"):
                return dict(cell)
    return None


def _points(cell: dict[str, Any]) -> float:
    points = float(cell["metadata"]["nbgrader"].get("points", 0))
    return max(0.0, points) if math.isfinite(points) else 0.0
