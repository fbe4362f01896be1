"""What a student wrote in an essay's field, for the person who grades it.

Nothing that a student hands in makes this raise, and what can be read is shown: an answer under
another face, in a file of a newer release, in one that is broken or too large. A sentence says so.
"""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts import Text
from b2bcourse.facts.faults import of_system
from b2bcourse.grading.answers import Answers
from b2bcourse.grading.files import RESPONSES
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.words import WORDS
from b2bcourse.items.base import ResponseError
from b2bcourse.items.essay.value import MAX_CHARACTERS
from b2bcourse.items.response import FACE, PAGE, WINDOW, NewerError
from b2bcourse.items.standing import is_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.grading.keys import Keys
    from b2bcourse.items.response import Kept, Response

MAX_KEPT: Final = 4
"""So many versions that were set aside are shown; all are in the file."""
MAX_SHOWN: Final = 100_000
"""Characters of one text that are shown."""

_TEXT: Final = re.compile(r'"text"\s*:\s*"((?:[^"\\]|\\u[0-9a-fA-F]{4}|\\[^u])*)')
_UNDECIDED: Final = frozenset({FACE, PAGE, WINDOW})


@dataclass(frozen=True)
class Field:
    """What stands in the field of one essay.

    Attributes:
        text: the answer, as it was typed.
        notes: what the grader must know of it.
        kept: versions set aside, the newest first, each with its name.
        raw: what an unreadable file holds, to be shown as it is.
        unread: why the file could not be read as an answer; empty if it was.
        size: the characters that were written; more than are shown where only a part is.
    """

    text: str = ""
    notes: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    raw: str = ""
    unread: Text | None = None
    size: int = 0

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.notes or self.kept or self.raw)


EMPTY: Final = Field()


def read_fields(
    keys: Keys | None, names: Iterable[str], folder: Path | Answers, lang: Lang
) -> dict[str, Field]:
    """What a handed-in folder holds for the fields of these essays.

    Args:
        keys: the course's keys, by which an answer to another version is told; None without them.
        names: the essays' ids.
        folder: the handed-in folder, with ``responses`` in it; or where its answers are.
        lang: the language of the notes.
    """
    answers = folder if isinstance(folder, Answers) else Answers(folder / RESPONSES)
    return {name: _read(keys, name, answers, lang) for name in names}


def _read(keys: Keys | None, name: str, answers: Answers, lang: Lang) -> Field:
    try:
        response = answers.read(name, "essay")
        return EMPTY if response is None else _field(response, _notes(keys, response, name), lang)
    except (NewerError, ResponseError) as error:
        return _unread(name, answers, error.text, lang)
    except OSError as error:
        detail = WORDS.unreadable.format(detail=of_system(error))
        return _unread(name, answers, detail, lang)
    except Exception as error:  # noqa: BLE001 - one answer must not stop a class's run
        what = f"{type(error).__name__}: {error}"[:200]
        return _unread(name, answers, Text(what, what), lang)


def _field(response: Response, notes: list[Text], lang: Lang) -> Field:
    text, raw = _text_of(response.value)
    if raw:
        notes.append(WORDS.field_odd)
    if len(text) > MAX_CHARACTERS:
        notes.append(WORDS.field_long.format(n=len(text), limit=MAX_CHARACTERS))
    told = [note[lang] for note in notes] if (text.strip() or raw) else []
    kept, more = _kept(response, text, lang)
    size = max(len(text), len(raw))
    return Field(text[:MAX_SHOWN], (*told, *more), kept, raw[:MAX_SHOWN], size=size)


def _notes(keys: Keys | None, response: Response, name: str) -> list[Text]:
    if response.newer:
        return [WORDS.field_newer.format(schema=response.schema)]
    try:
        face = keys.asked(name).face if keys is not None and name in keys else None
    except KeysError:
        face = None
    return [] if face is None or is_of(response, face) else [WORDS.field_other]


def _text_of(value: Any) -> tuple[str, str]:
    """The text of an answer; and all of an answer that holds more, as it lies in the file."""
    text = value.get("text", "") if isinstance(value, dict) else None
    if isinstance(text, str) and not set(value) - {"text", "self"}:
        return text, ""
    raw = json.dumps(value, ensure_ascii=False, indent=1)
    return (text if isinstance(text, str) else ""), raw


def _kept(
    response: Response, text: str, lang: Lang
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Versions that the student has not decided about; where nothing else was written, all."""
    found: dict[str, Kept] = {}
    for one in reversed(response.kept):
        other, raw = _text_of(one.value)
        is_open = one.why in _UNDECIDED or not text.strip()
        if is_open and (other or raw).strip() and other.strip() != text.strip():
            found.setdefault(other or raw, one)
    shown = tuple(
        (WORDS.field_kept[lang].format(time=_when(one)), other[:MAX_SHOWN])
        for other, one in list(found.items())[:MAX_KEPT]
    )
    more = len(found) - len(shown)
    told = WORDS.field_more[lang].format(n=more, path=f"{RESPONSES}/{response.item[:80]}.json")
    return shown, (told,) if more else ()


def _when(one: Kept) -> str:
    return (one.saved or one.time)[:16].replace("T", " ") + " UTC"


def _unread(name: str, answers: Answers, problem: Text, lang: Lang) -> Field:
    told = WORDS.field_broken[lang].format(path=f"{RESPONSES}/{name}.json", problem=problem[lang])
    found = _beginning(answers.path(name))
    try:
        text, raw = _text_of(json.loads(found)["value"])
    except (ValueError, TypeError, KeyError, RecursionError):
        text, raw = _torn_text(found), found
        raw = "" if text else raw
    size = max(len(text), len(raw))
    return Field(text[:MAX_SHOWN], (told,), raw=raw[:MAX_SHOWN], unread=problem, size=size)


def _torn_text(found: str) -> str:
    """The text in a file that breaks off or is too large to be read whole."""
    begun = _TEXT.search(found)
    if begun is None:
        return ""
    try:
        text = json.loads(f'"{begun[1]}"')
    except ValueError:  # a control character as it is, or a character of which a half is there
        return ""
    return text if isinstance(text, str) else ""


def _beginning(path: Path) -> str:
    """What can be read of a file of the student's own; of a link or a device nothing."""
    try:
        if path.parent.is_symlink() or not stat.S_ISREG(os.lstat(path).st_mode):
            return ""
        with path.open("rb") as file:
            return file.read(4 * MAX_SHOWN).decode("utf-8", "replace")
    except OSError:
        return ""


def essays_in(cells: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The ids of the essays in a notebook's cells, given as plain data."""
    for cell in cells:
        about = cell.get("metadata", {}).get("nbgrader", {})
        if cell["cell_type"] == "markdown" and about.get("grade") and about.get("solution"):
            yield str(about["grade_id"])
