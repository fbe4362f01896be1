"""The instructor's side, checked before the first submission is touched.

What is wrong there is told to the instructor with file and field, and never costs a student points.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b2bcourse.facts import Text
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.loose import nbgrader_of
from b2bcourse.grading.release import FACES, INDEX, hashes_in
from b2bcourse.grading.released import released_notebooks
from b2bcourse.grading.words import WORDS
from b2bcourse.items import agreement, decode_face, face_hash
from b2bcourse.items.standing import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bcourse.grading.keys import AnyQuestion, Keys


def faults_in(coursedir: Any, assignment: str, keys: Keys) -> dict[str, Text]:
    """The same for an assignment of a course; see `faults_of`.

    Raises:
        GradingError: nothing has been released.
        KeysError: nobody knows the course's language.
    """
    released = released_notebooks(coursedir, assignment)
    release = Path(coursedir.format_path(coursedir.release_directory, ".", assignment))
    return faults_of(keys, released, release if release.is_dir() else None)


def faults_of(
    keys: Keys, released: Mapping[str, dict[str, Any]], release: Path | None = None
) -> dict[str, Text]:
    """What on the instructor's side stops items of an assignment from being graded.

    Args:
        keys: the instructor's keys.
        released: by name, the released notebooks as plain data.
        release: the release's folder, with the faces that students have; None where it is gone.

    Returns:
        By item, what is wrong; empty where all is well.

    Raises:
        KeysError: nobody knows the course's language, so nothing can be graded.
    """
    _ = keys.lang
    found: dict[str, Text] = {}
    for item, cell in _graded(released):
        fault = _fault(keys, item, cell, release)
        if fault is not None:
            found.setdefault(item, fault)
    return found


def _graded(released: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for notebook in released.values():
        for cell in notebook["cells"]:
            if nbgrader_of(cell).get("grade"):
                yield str(nbgrader_of(cell).get("grade_id")), cell


def _fault(keys: Keys, item: str, cell: dict[str, Any], release: Path | None) -> Text | None:
    by_hand = cell["cell_type"] != "code"
    if by_hand and item not in keys:
        return None  # an essay of the instructor's own, which needs no key
    points = nbgrader_of(cell).get("points")
    if not _is_points(points):
        return WORDS.bad_points.format(item=item, points=points)
    try:
        question = keys.asked(item) if by_hand else keys.question(item)
        for other in agreement.wanted(question.key):
            keys.question(other)
    except KeysError as error:
        return error.text
    if release is not None and _asks_otherwise(question, item, release):
        return WORDS.face_differs.format(path=keys.folder / f"{item}.yaml")
    return None


def _is_points(points: Any) -> bool:
    return type(points) in {int, float} and math.isfinite(points) and points >= 0


def _asks_otherwise(question: AnyQuestion, item: str, release: Path) -> bool:
    """Whether what students have asks something else than the key answers.

    A title or a story may be put better; what an answer's ids mean must be the same.
    """
    handed_out = _hash_handed_out(release, item)
    if handed_out is None or handed_out == face_hash(question.face):
        return False
    try:
        face = decode_face((release / FACES / f"{item}.json").read_bytes())
    except (OSError, ValueError):
        return True
    return face.kind != question.face.kind or meaning(face) != meaning(question.face)


def _hash_handed_out(release: Path, item: str) -> str | None:
    try:
        index = json.loads((release / FACES / INDEX).read_bytes())
    except (OSError, ValueError):
        return None
    return hashes_in(index).get(item) if isinstance(index, dict) else None
