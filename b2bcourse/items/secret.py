"""What would give an item's key away: each kind tells it, in its own shapes.

The leak search (`grading/leaks/`) knows files, archives and disguises, and no kind. It asks the
`Secret` of every graded item about each text, table and list that it finds.
"""

from __future__ import annotations

import json
import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar

import msgspec

from b2bcourse.facts import LANGS
from b2bcourse.items.authored import ItemBase
from b2bcourse.items.names import parts, plain_name
from b2bcourse.items.response import Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from b2bcourse.items.base import FaceBase
    from b2bcourse.items.kind import Kind

F = TypeVar("F", bound="FaceBase")
K = TypeVar("K")

Value = dict[str, Any] | list[Any]
"""A table (its names as text) or a list, found anywhere in some file."""

ANSWERS: Final = 0.5
"""An answer that earns this fraction of a graded item gives it away."""

WEAK: Final = 2
"""Ids of so few letters are in every item; they tell something only beside the item's name."""

_NOT_A_LETTER: Final = re.compile(r"[\W_]+")
_SHORT: Final = 200
# What a response has too.
_ANSWERED: Final = frozenset(field.name for field in msgspec.structs.fields(Response))
# A table with such a field describes something; its parts are looked at by themselves.
_FIELDS: Final = frozenset({"id", "text", "reason", "kind", "title", "cell_type", *LANGS})
_TYPED: Final = frozenset({dict, list, str, int, float, bool})


class SecretBase(Generic[F, K]):
    """What would give one item's key away; a kind's own class says what its shapes add to this.

    As it stands, it finds the item as authored, its compiled key, and every answer that earns half
    of it or more: in the shape of a response's value, and as a person would type it.

    Args:
        kind: the verbs of the item's kind.
        item: the authored item.
    """

    told: ClassVar[frozenset[str]] = frozenset({"read", "consistent"})
    """The authored fields that students are told. Every other sentence that no face shows is
    secret."""

    also_called: ClassVar[frozenset[str]] = frozenset()
    """Further words by which data of the kind is known, such as fields of its fields."""

    def __init__(self, kind: Kind[Any, F, K], item: Any) -> None:
        self.kind, self.item = kind, item
        self.faces: tuple[F, ...] = tuple(kind.face(item, lang) for lang in LANGS)
        self.key: K = kind.key(item)

    @property
    def id(self) -> str:
        """The item's id."""
        return str(self.item.id)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the parts of an answer go by, folded, and their ids on the face."""
        return {}

    @cached_property
    def weak(self) -> bool:
        """Whether the names are so short that other items have the same."""
        return are_weak(self.names.values())

    @cached_property
    def words(self) -> frozenset[str]:
        """The fields of answer, key and authored item, by which a text that holds them is known."""
        authored = set(self.item.__struct_fields__) - set(ItemBase.__struct_fields__)
        fields = self._shape | self._compiled.keys() | authored - {"kind"}
        return frozenset(name for name in fields if len(name) > WEAK) | self.also_called

    def is_named_in(self, text: str, folded: Iterable[str]) -> bool:
        """Whether a file, by its name and text and the folded forms of it, is about the item."""
        return self.id in text or any(title in form for title in self._titles for form in folded)

    def answers(self, value: Value, *, named: bool) -> Iterator[Any]:
        """The answers that a table or a list may mean.

        Args:
            value: what was found.
            named: it was found in a file that is about the item.
        """
        if isinstance(value, list):
            return
        if self.id in value:
            yield from self.typed(value[self.id])
        if value.keys() & self._shape:
            yield value
        elif _FIELDS.isdisjoint(value):
            yield from self.spelled(value)
            if self._may_be_typed(value):
                yield from self.typed(value)

    def spelled(self, table: dict[str, Any]) -> Iterator[Any]:
        """The answers that a bare table may be the inside of."""
        yield from ()

    def typed(self, value: Any) -> Iterator[Any]:
        """The answer that somebody would give who typed ``value``."""
        kind = self.kind
        for face in self.faces:
            try:
                patch = kind.replacing(face, kind.parse(face, value))
                yield kind.merge(kind.blank(face), patch)
            except Exception:  # noqa: BLE001, S112 - whatever cannot be read as an answer is none
                continue

    def run_together(self, text: str, *, named: bool) -> Iterator[Any]:
        """The answers that a text tells by ids and signs, whatever stands between them."""
        yield from ()

    def written(self, folded: str, *, named: bool) -> Iterator[Any]:
        """The answers that a folded text tells by the item's own words."""
        yield from ()

    def key_data(self, value: Value, *, named: bool) -> Iterator[str]:
        """What of the key a table or a list tells, in words for the message.

        Args:
            value: what was found.
            named: it was found in a file that is about the item.
        """
        if isinstance(value, dict):
            if self._is_authored(value):
                yield "the item as authored"
            if self._is_key(value):
                yield "the compiled key"

    def earns(self, answer: Any) -> float:
        """What fraction of the item an answer gives away; whatever cannot be scored, nothing."""
        try:
            return self.kind.score(self.faces[0], self.key, answer).fraction
        except Exception:  # noqa: BLE001 - whatever cannot be scored is no answer
            return 0.0

    def gives_away(self, answers: Iterable[Any]) -> bool:
        """Whether any of some answers tells half of the item or more."""
        return any(self.earns(answer) >= ANSWERS for answer in answers)

    def known_as(self, name: Any) -> str:
        """The id of the part that goes by a name; empty where none does."""
        return self.names.get(fold(name), "") if isinstance(name, str) else ""

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Plainly, every name that a typed answer may begin with: whatever the faces say."""
        told = [text for face in self.faces for text in strings_in(msgspec.to_builtins(face))]
        names = (*told, *(part for text in told for part in parts(text)), *self.words)
        return frozenset(map(plain_name, names))

    def _may_be_typed(self, value: dict[str, Any]) -> bool:
        """Whether it is worth while to read a table as a person's: one of its names is known."""
        if not {type(content) for content in value.values()} <= _TYPED:
            return False
        return any(
            plain_name(part) in self.spellings or part[:1].isdigit()
            for name in value
            for part in (name, *parts(name))
        )

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        return tuple(fold(face.title) for face in self.faces)

    @cached_property
    def _shape(self) -> frozenset[str]:
        return frozenset(self.kind.blank(self.faces[0]))

    @cached_property
    def _face_fields(self) -> frozenset[str]:
        return frozenset(self.faces[0].__struct_fields__)

    @cached_property
    def _compiled(self) -> dict[str, str]:
        """Each field of the compiled key, as a string to compare with."""
        fields = msgspec.to_builtins(self.key)
        return {name: canonical(content) for name, content in fields.items()}

    def _is_authored(self, value: dict[str, Any]) -> bool:
        if value.get("id") != self.id or value.get("kind") != self.faces[0].kind:
            return False
        return not set(value) <= self._face_fields

    def _is_key(self, value: dict[str, Any]) -> bool:
        """The compiled key as a table: by the item's name cut down too, else the whole of it."""
        fields = self._compiled.keys() - {"item"}
        if value.get("item") == self.id and value.keys() & fields - _ANSWERED:
            return True
        if fields <= self._face_fields or not value.keys() >= fields:
            return False
        return all(canonical(value[name]) == self._compiled[name] for name in fields)


@lru_cache(maxsize=1 << 16)  # the same few names are read again and again
def _folded(text: str) -> str:
    return _NOT_A_LETTER.sub("", text).casefold()


def fold(text: str) -> str:
    """``text`` without anything but letters and digits, so that no spacing hides it."""
    return _folded(text) if len(text) < _SHORT else _NOT_A_LETTER.sub("", text).casefold()


def named_parts(*parts: Iterable[Any]) -> dict[str, str]:
    """What parts of faces go by, folded (id, text or name), and their ids."""
    return {
        fold(name): part.id
        for group in parts
        for part in group
        for name in (part.id, getattr(part, "text", ""), getattr(part, "name", ""))
        if name
    }


def are_weak(ids: Iterable[str]) -> bool:
    """Whether ids are so short that other items have the same."""
    return max(map(len, ids), default=0) <= WEAK


def names_in(raw: Any) -> frozenset[str]:
    """A name, or the names of a list."""
    if isinstance(raw, str):
        return frozenset({raw})
    if isinstance(raw, list | tuple):
        return frozenset(part for part in raw if isinstance(part, str))
    return frozenset()


def strings_in(value: Any) -> Iterator[str]:
    """Every text in tables and lists, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from (*strings_in(name), *strings_in(part))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings_in(part)


def canonical(value: Any) -> str:
    """A value as a string: lists of names in any order are the same, and so are marks."""
    if isinstance(value, dict):
        inner = {str(name): canonical(part) for name, part in value.items()}
        if all(part.isdigit() for part in inner.values()):
            return canonical(list(inner))
        return json.dumps(inner, sort_keys=True)
    if isinstance(value, list | tuple | set | frozenset):
        return json.dumps(sorted(canonical(part) for part in value))
    return str(value)
