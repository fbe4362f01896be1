"""What only an instructor may see of the graded items in ``solutions/``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec
import nbformat

from b2bcourse.context import bank_folder
from b2bcourse.facts import LANGS, benefits
from b2bcourse.facts.reading import read_raw
from b2bcourse.grading.leaks import sequences
from b2bcourse.grading.leaks.documents import fold, unescaped
from b2bcourse.grading.leaks.graded import Graded
from b2bcourse.items import kind_of, load_bank
from b2bcourse.items.kind import ByHand
from b2bcourse.items.response import Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MIN_SENTENCE: Final = 12
"""Folded letters from which on a text counts as a sentence that nobody writes by chance."""

MIN_COPIED: Final = 5
"""Fewer sentences than this that a practice item or a lesson has too are no copy."""

ANSWERS: Final = 0.5
"""A value that earns this fraction of a graded item gives it away."""

# Students are told what an essay is graded by, and where to read again; what an answer is held
# against is filled in with the student's own words.
_TOLD_FIELDS: Final = frozenset({"rubric", "read", "consistent"})
_TEXT: Final = frozenset(LANGS)
# What a response has too.
_ANSWERED: Final = frozenset(f.name for f in msgspec.structs.fields(Response))
# A table with such a field describes something; its parts are looked at by themselves.
_FIELDS: Final = frozenset({"id", "text", "reason", "kind", "title", "cell_type", *LANGS})
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Secrets:
    """The secrets of all graded items.

    Attributes:
        sentences: folded sentence to where it stands and how it reads.
        graded: the items that a value may answer.
    """

    sentences: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    graded: tuple[Graded, ...] = ()

    def named_in(self, text: str, folded: Iterable[str]) -> frozenset[str]:
        """The items that a file's name and text are about."""
        named = (item for item in self.graded if sequences.named_in(item, text, folded))
        return frozenset(item.item_id for item in named)

    def given_away_by(
        self, value: dict[Any, Any] | list[Any], named: frozenset[str]
    ) -> Iterator[str]:
        """What a table or a list gives away, found in a file where these items are ``named``."""
        if not isinstance(value, list) and set(value) == _TEXT:
            return
        for item in self.graded:
            if isinstance(value, dict):
                yield from _table_gives_away(item, value)
            elif sequences.tells_pairs(item, value):
                yield f"key data of {item.item_id}: what comes before what"
            if sequences.tells_solution(item, value, named=item.item_id in named):
                yield f"key data of {item.item_id}: its solution"
            known = item.item_id in named or not item.weak
            if known and sequences.tells_cards(item, value):
                yield f"key data of {item.item_id}: where cards belong"
            if known and _best_of(item, sequences.answers_in(item, value)):
                yield f"an answer to {item.item_id}"

    def given_away_in(
        self, text: str, folded: Iterable[str], named: frozenset[str]
    ) -> Iterator[str]:
        """What a text, and its ``folded`` forms, give away by the order in which things stand."""
        for item in self.graded:
            known = item.item_id in named or not item.weak
            told = sequences.answers_told(item, text) if known else iter(())
            written = (guess for form in folded for guess in sequences.answers_written(item, form))
            if _best_of(item, told) or _best_of(item, written):
                yield f"an answer to {item.item_id}"


def _table_gives_away(item: Graded, value: dict[Any, Any]) -> Iterator[str]:
    if _is_authored(item, value):
        yield f"the item {item.item_id} as authored, with its key"
    if _tells_who(item, value):
        yield f"key data of {item.item_id}: who counts as whom"
    if _is_compiled(item, value):
        yield f"key data of {item.item_id}: what is required"
    if _is_key(item, value):
        yield f"the key of {item.item_id}"
    if _best_of(item, _guesses(item, value)):
        yield f"an answer to {item.item_id}"


def read_secrets(solutions: Path) -> Secrets:
    """The secrets of a ``solutions`` folder.

    Raises:
        ItemError: an item in it cannot be read.
    """
    items = load_bank(solutions / "items")
    public = _public_text(items)
    shared = _taught(solutions.parent / "notebooks")
    sentences: dict[str, tuple[str, str]] = {}
    for item_id in items:
        raw = read_raw(solutions / "items" / f"{item_id}.yaml")
        _collect(_strings(raw), item_id, public, sentences)
    for path in sorted(solutions.glob("*/*/*.ipynb")):
        _collect(_solution_texts(path), f"{path.stem}'s solution", public, sentences)
    scored = [
        _graded(item) for item in items.values() if not isinstance(kind_of(item.kind), ByHand)
    ]
    return Secrets(_without(sentences, shared), tuple(scored))


def _taught(lessons: Path) -> list[str]:
    """Practice items and lessons, folded."""
    paths = [*bank_folder().glob("*.yaml"), *lessons.rglob("*.ipynb")]
    return [fold(unescaped(path.read_text("utf-8"))) for path in sorted(paths)]


def _without(
    sentences: Mapping[str, tuple[str, str]], taught: list[str]
) -> dict[str, tuple[str, str]]:
    """``sentences`` without the few that an author used again; an item copied stays secret."""
    everything = "".join(taught)
    again = [folded for folded in sentences if folded in everything]
    common: set[str] = set()
    for text in taught:
        by_origin: dict[str, set[str]] = {}
        for folded in again:
            if folded in text:
                by_origin.setdefault(sentences[folded][0], set()).add(folded)
        common.update(*(found for found in by_origin.values() if len(found) < MIN_COPIED))
    return {folded: told for folded, told in sentences.items() if folded not in common}


def _collect(
    texts: Iterator[str], origin: str, public: str, into: dict[str, tuple[str, str]]
) -> None:
    for text in texts:
        for sentence in _SENTENCE_END.split(text):
            folded = fold(sentence)
            # An id or a file's name is no sentence.
            if len(folded) >= MIN_SENTENCE and " " in sentence.strip() and folded not in public:
                into.setdefault(folded, (origin, " ".join(sentence.split())))


def _public_text(items: Mapping[str, Any]) -> str:
    """All that may be told, folded: the facts, and what the faces show."""
    told = [json.dumps(msgspec.to_builtins(benefits()), ensure_ascii=False)]
    for item in items.values():
        for lang in LANGS:
            face = msgspec.to_builtins(kind_of(item.kind).face(item, lang))
            told.append(json.dumps(face, ensure_ascii=False))
    return fold(" ".join(told))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _TOLD_FIELDS:
                yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _solution_texts(path: Path) -> Iterator[str]:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            yield cell.source


def _graded(item: Any) -> Graded:
    kind = kind_of(item.kind)
    key = kind.key(item)
    faces = tuple(kind.face(item, lang) for lang in LANGS)
    names = {name: part for face in faces for name, part in sequences.names_of(face, key).items()}
    return Graded(
        item_id=item.id,
        kind_id=item.kind,
        kind=kind,
        faces=faces,
        key=key,
        fields=frozenset(f.name for f in msgspec.structs.fields(kind.Face)),
        people=_people(item),
        required=frozenset(_required(key)),
        heads=frozenset(_heads(key)),
        key_fields=frozenset(key.__struct_fields__) - {"item"},
        names=names,
        authored=sequences.authored_of(key),
        places={name: place for face in faces for name, place in sequences.places_of(face).items()},
        run=sequences.run_of(names) if item.kind in sequences.IN_ORDER else None,
        weak=sequences.are_weak(sequences.authored_of(key) or names.values()),
    )


def _people(item: Any) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """The persons of the case: whom each counts as, and the names each goes by."""
    return {
        column.id: (
            frozenset(getattr(column, "counts_as", ())),
            frozenset({column.name.ko, column.name.en} if column.name else ()),
        )
        for column in getattr(item, "columns", ())
        if getattr(column, "counts_as", ())
    }


def _required(key: Any) -> Iterator[str]:
    """Who is required in each row, as strings to compare with."""
    for line in msgspec.to_builtins(key).get("lines", {}).values():
        yield _canonical(line["required"])


def _heads(key: Any) -> Iterator[str]:
    """Which name is right in each slot, as strings to compare with."""
    for name, table in msgspec.to_builtins(key).items():
        if name.endswith("_heads") and len(table) > 1:
            yield _canonical(table)
            yield _canonical({slot: names[0] for slot, names in table.items() if len(names) == 1})


def _canonical(value: Any) -> str:
    """A table as a string: lists of names in any order are the same, and so are marks."""
    if isinstance(value, dict):
        inner = {str(k): _canonical(v) for k, v in value.items()}
        if all(v.isdigit() for v in inner.values()):
            return _canonical(list(inner))
        return json.dumps(inner, sort_keys=True)
    if isinstance(value, list | tuple | set | frozenset):
        return json.dumps(sorted(_canonical(part) for part in value))
    return str(value)


def _is_authored(item: Graded, value: dict[Any, Any]) -> bool:
    if value.get("id") != item.item_id or value.get("kind") != item.faces[0].kind:
        return False
    return not set(value) <= item.fields


def _is_key(item: Graded, value: dict[Any, Any]) -> bool:
    """The compiled key as a table, whole or cut down to a few of its fields."""
    fields = set(value)
    return value.get("item") == item.item_id and bool(fields & item.key_fields - _ANSWERED)


def _tells_who(item: Graded, value: dict[Any, Any]) -> bool:
    """One person's entry with whom he counts as, or a table of several persons."""
    if "counts_as" in value:
        known = item.people.get(str(value.get("id")))
        if known is None or _names(value["counts_as"]) != known[0]:
            return False
        return "name" not in value or not known[1].isdisjoint(_strings(value["name"]))
    hits = [p for p, (whom, _) in item.people.items() if _names(value.get(p)) == whom]
    return len(hits) > 1


def _names(raw: Any) -> frozenset[str]:
    if isinstance(raw, str):
        return frozenset({raw})
    if isinstance(raw, list | tuple):
        return frozenset(part for part in raw if isinstance(part, str))
    return frozenset()


def _is_compiled(item: Graded, value: dict[Any, Any]) -> bool:
    if len(value) > 1 and item.heads and _canonical(value) in item.heads:
        return True
    if not item.required:
        return False
    rows = [value.get("required"), value if len(value) > 1 else None]
    return any(
        row and _canonical(row) in item.required and not _mentioned(row).isdisjoint(item.people)
        for row in rows
    )


def _mentioned(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {str(k) for k in value} | {name for v in value.values() for name in _mentioned(v)}
    if isinstance(value, list | tuple | set | frozenset):
        return {name for part in value for name in _mentioned(part)}
    return {value} if isinstance(value, str) else set()


def _best_of(item: Graded, guesses: Iterator[Any]) -> bool:
    """Whether any of the guesses answers an item."""
    return any(_fraction(item, guess) >= ANSWERS for guess in guesses)


def _guesses(item: Graded, value: dict[Any, Any]) -> Iterator[Any]:
    """What a table might mean as an answer."""
    parts = item.kind.blank(item.faces[0])
    value = {str(name): content for name, content in value.items()}
    if set(value) & set(parts):
        yield value
        return
    if not _FIELDS.isdisjoint(value):
        return
    kinds = {type(content) for content in value.values()}
    if kinds == {dict}:
        yield {**parts, "cells": value}
    elif kinds == {str}:
        yield {**parts, "rows": value}
        yield {**parts, "columns": value}
    elif kinds == {list}:
        yield {**parts, "cells": {row: dict.fromkeys(_names(v), 1) for row, v in value.items()}}
    if kinds and kinds <= {dict, list, str, int, float, bool}:
        yield from _typed(item, value)


def _typed(item: Graded, value: dict[str, Any]) -> Iterator[Any]:
    """An answer in the names that a person would type."""
    for face in item.faces:
        try:
            typed = item.kind.parse(face, value)  # type: ignore[attr-defined,unused-ignore]
        except Exception:  # noqa: BLE001, S112 - whatever cannot be read as an answer is none
            continue
        yield typed


def _fraction(item: Graded, guess: Any) -> float:
    try:
        return item.kind.score(item.faces[0], item.key, guess).fraction
    except Exception:  # noqa: BLE001 - whatever cannot be scored is no answer
        return 0.0
