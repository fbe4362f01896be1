"""Where the keys of graded items are, and how grading reads them.

Grading reads face, key and language from the instructor's folder of items and from nowhere
else: what lies in a submission is never believed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, Literal

import msgspec

from b2bcourse.facts import Lang, Text
from b2bcourse.grading.words import WORDS
from b2bcourse.items import ItemError, Kind, kind_of, load_item
from b2bcourse.items.base import ID_PATTERN
from b2bcourse.items.kind import ByHand, FaceT, ItemT, KeyT
from b2bcourse.items.once import made_once

if TYPE_CHECKING:
    from collections.abc import Mapping


KEYS_VARIABLE: Final = "B2BCOURSE_KEYS"
COURSE_FILE: Final = "course.json"


class KeysError(LookupError):
    """A key that cannot be had, said in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.ko}\n{text.en}")
        self.text = text


class CourseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``course.json`` beside the keys says: the language that the course is held in."""

    schema: Literal[1]
    lang: Lang


@dataclass(frozen=True)
class Question(Generic[ItemT, FaceT, KeyT]):
    """A graded item ready for grading: its kind's verbs, its face in one language, its key."""

    item: ItemT
    kind: Kind[ItemT, FaceT, KeyT]
    face: FaceT
    key: KeyT


AnyQuestion = Question[Any, Any, Any]


class Keys:
    """A folder of graded items with their keys, and ``course.json`` beside them.

    Args:
        folder: the instructor's ``items`` folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._questions: dict[str, AnyQuestion] = {}

    def __repr__(self) -> str:
        return f"Keys({str(self.folder)!r})"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Keys:
        """The keys that the variable B2BCOURSE_KEYS points to.

        Raises:
            KeysError: the variable is not set.
        """
        folder = environ.get(KEYS_VARIABLE, "")
        if not folder:
            raise KeysError(WORDS.keys_not_set.format(variable=KEYS_VARIABLE))
        return cls(Path(folder))

    @cached_property
    def lang(self) -> Lang:
        """The course's language.

        Raises:
            KeysError: ``course.json`` is missing or wrong.
        """
        path = self.folder / COURSE_FILE
        try:
            return msgspec.json.decode(path.read_bytes(), type=CourseFile, strict=True).lang
        except OSError as error:
            raise KeysError(WORDS.no_course.format(path=path)) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise KeysError(WORDS.bad_course.format(path=path, detail=error)) from error

    def __contains__(self, item_id: object) -> bool:
        if not isinstance(item_id, str):
            return False
        return item_id in self._questions or self._path(item_id).is_file()

    def item(self, item_id: str) -> Any:
        """The authored item called ``item_id``.

        Raises:
            KeysError: there is no such item, or its file cannot be used.
        """
        path = self._path(item_id)
        if not path.is_file():
            raise KeysError(WORDS.no_key.format(item=item_id, path=path))
        try:
            return load_item(path)
        except ItemError as error:
            raise KeysError(WORDS.bad_key.format(item=item_id, detail=error)) from error

    def question(self, item_id: str) -> AnyQuestion:
        """Face, key and verbs of an item that is scored.

        Raises:
            KeysError: there is no such item, its file cannot be used, or a person grades it.
        """
        found = self.asked(item_id)
        if _is_by_hand(found.kind):
            raise KeysError(WORDS.by_hand.format(item=item_id, kind=found.item.kind))
        return found

    def asked(self, item_id: str) -> AnyQuestion:
        """Face, key and verbs of an item, read once, whoever grades it.

        Raises:
            KeysError: there is no such item, or its file cannot be used.
        """
        if item_id not in self._questions:
            item = self.item(item_id)
            kind = kind_of(item.kind)
            self._questions[item_id] = Question(
                item=item, kind=kind, face=kind.face(item, self.lang), key=kind.key(item)
            )
        return self._questions[item_id]

    def is_by_hand(self, item_id: str) -> bool:
        """Whether a person grades an item; false where there is no such item.

        Raises:
            KeysError: its file cannot be used.
        """
        return item_id in self and _is_by_hand(self.asked(item_id).kind)

    def _path(self, item_id: str) -> Path:
        # An id becomes part of a path, so only a well-formed one may.
        name = item_id if ID_PATTERN.fullmatch(item_id) else "_"
        return self.folder / f"{name}.yaml"


@made_once  # to ask a protocol takes its time, and it is asked for every answer
def _is_by_hand(kind: Kind[Any, Any, Any]) -> bool:
    """Whether a kind is one that people grade."""
    return isinstance(kind, ByHand)
