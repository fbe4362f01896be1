"""Whether anything that only an instructor may see stands in what students get.

Facts are public. Secret are a graded item's key data, its reasons and model essays, and every
value that would answer it. They are looked for in folders and in archives, as sentences (however
spaced or escaped), as data (YAML, JSON, notebooks, Python) and by scoring every value found.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import msgspec

from b2bcourse.context import Index
from b2bcourse.grading.holding import due_file
from b2bcourse.grading.leaks.documents import Blob, blobs, folded_forms, plain_forms, values_in
from b2bcourse.grading.leaks.secrets import Secrets, read_secrets, silent_kinds
from b2bcourse.grading.release import FACES, INDEX
from b2bcourse.items import ItemError, decode_face
from b2bcourse.responses import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Problem", "Secrets", "find_leaks", "read_secrets", "silent_kinds"]

_SHOWN: Final = 60


@dataclass(frozen=True)
class Problem:
    """Something that students must not get, or that is not as it should be."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def find_leaks(place: Path, secrets: Secrets, *, released: bool) -> list[Problem]:
    """The leaks in a folder or an archive.

    Args:
        place: a folder, file or archive; one that does not exist holds no leak.
        secrets: what to look for.
        released: the place is handed out as it is; a learner's working copy, which may hold
            outputs and responses of his own, is not.
    """
    found: dict[Problem, None] = {}
    for blob in blobs(place):
        for what in _leaks_in(blob, secrets, released=released):
            found[Problem(blob.name, what)] = None
    return list(found)


def _leaks_in(blob: Blob, secrets: Secrets, *, released: bool) -> Iterator[str]:
    if released:
        yield from _misplaced(blob)
    yield from _not_a_face(blob)
    if blob.text is None:
        return
    plain = plain_forms(blob.text)
    forms = folded_forms(blob.text, plain)
    named = secrets.named_in(f"{blob.name}\n{blob.text}", forms)
    yield from _sentences(forms, secrets)
    yield from secrets.given_away_in(plain, forms, named)
    seen: set[str] = set()
    for value in values_in(blob, secrets.words):
        if (told := repr(value)) in seen:
            continue  # the same table, within another or read in another way
        seen.add(told)
        yield from secrets.given_away_by(value, named)
        if released and isinstance(value, dict):
            yield from _outputs(value)


def _misplaced(blob: Blob) -> Iterator[str]:
    parts = PurePosixPath(blob.inner).parts
    if "solutions" in parts[:-1]:
        yield "a file of solutions/"
    if FOLDER in parts[:-1] and blob.inner.endswith(".json"):
        yield "a response: it would be copied over the student's own"


def _not_a_face(blob: Blob) -> Iterator[str]:
    path = PurePosixPath(blob.inner)
    if path.parent.name != FACES or path.suffix != ".json":
        return
    try:
        if path.name == INDEX:
            msgspec.json.decode(blob.data, type=Index, strict=True)
        elif path.name == due_file.FILE:
            msgspec.json.decode(blob.data, type=due_file.Due, strict=True)
        else:
            decode_face(blob.data)
    except (ItemError, msgspec.DecodeError, UnicodeDecodeError) as error:
        yield f"not a face that a student may get: {error}"


def _sentences(forms: list[str], secrets: Secrets) -> Iterator[str]:
    for folded, (origin, sentence) in secrets.sentences.items():
        if any(folded in form for form in forms):
            yield f"says what only {origin} may say: «{sentence[:_SHOWN]}»"


def _outputs(value: dict[Any, Any]) -> Iterator[str]:
    if value.get("cell_type") == "code":
        if value.get("outputs"):
            yield f"cell {value.get('id')} holds outputs"
        if value.get("execution_count") is not None:
            yield f"cell {value.get('id')} has been run"
