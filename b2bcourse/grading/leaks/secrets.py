"""What only an instructor may see of the graded items in ``solutions/``.

Each kind tells itself what would give its items away (`items.secret`); here all of it is gathered,
and the sentences that no student is told.
"""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import msgspec
import nbformat

from b2bcourse import items as kinds
from b2bcourse.context import bank_folder
from b2bcourse.facts import LANGS, benefits
from b2bcourse.facts.reading import read_raw
from b2bcourse.grading.leaks.documents import unescaped
from b2bcourse.items import ItemError, kind_of, load_bank
from b2bcourse.items.secret import SecretBase, fold, strings_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from b2bcourse.items.secret import Value

MIN_SENTENCE: Final = 12
"""Folded letters from which on a text counts as a sentence that nobody writes by chance."""

MIN_COPIED: Final = 5
"""Fewer sentences than this that a practice item or a lesson has too are no copy."""

_TEXT: Final = frozenset(LANGS)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Secrets:
    """The secrets of all graded items.

    Attributes:
        sentences: folded sentence to where it stands and how it reads.
        graded: what each kind says would give its items away.
    """

    sentences: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    graded: tuple[SecretBase[Any, Any], ...] = ()

    @cached_property
    def words(self) -> re.Pattern[str]:
        """By such words a text is known that may hold data, and is read as such."""
        words = sorted({word for item in self.graded for word in item.words})
        return re.compile("|".join(map(re.escape, ["respond", "answer", *words])))

    def named_in(self, text: str, folded: Iterable[str]) -> frozenset[str]:
        """The items that a file's name and text are about."""
        return frozenset(item.id for item in self.graded if item.is_named_in(text, folded))

    def given_away_by(self, value: Value, named: frozenset[str]) -> Iterator[str]:
        """What a table or a list gives away, found in a file where these items are ``named``."""
        if isinstance(value, dict) and set(value) == _TEXT:
            return
        for item in self.graded:
            for what in item.key_data(value, named=item.id in named):
                yield f"key data of {item.id}: {what}"
            if item.gives_away(item.answers(value, named=item.id in named)):
                yield f"an answer to {item.id}"

    def given_away_in(
        self, texts: Iterable[str], folded: Iterable[str], named: frozenset[str]
    ) -> Iterator[str]:
        """What the forms of a text, and its ``folded`` ones, give away by what follows what."""
        for item in self.graded:
            known = item.id in named
            told = (guess for text in texts for guess in item.run_together(text, named=known))
            written = (guess for form in folded for guess in item.written(form, named=known))
            if item.gives_away(told) or item.gives_away(written):
                yield f"an answer to {item.id}"


def secret_of(item: Any) -> SecretBase[Any, Any]:
    """What would give an item away, as its kind says.

    Raises:
        ItemError: its kind does not say.
    """
    kind = kind_of(item.kind)
    if getattr(kind, "Secret", None) is None:
        raise ItemError(f"{item.id}: {_silent(item.kind)}")
    found: SecretBase[Any, Any] = kind.Secret(kind, item)
    return found


def silent_kinds() -> list[str]:
    """What is wrong with kinds that do not say what would give their items away."""
    modules = {name: importlib.import_module(f"{kinds.__name__}.{name}") for name in kinds.KINDS}
    return [_silent(name) for name, kind in modules.items() if not hasattr(kind, "Secret")]


def _silent(kind: str) -> str:
    return (
        f"the kind {kind!r} does not tell what would give its key away; write a class Secret in "
        f"b2bcourse/items/{kind}/secrets.py and export it (docs/new-kind.md)"
    )


def read_secrets(
    solutions: Path, *, sources: Path | None = None, lessons: Path | None = None
) -> Secrets:
    """The secrets of a ``solutions`` folder, or of a course folder.

    Args:
        solutions: with ``items`` in it.
        sources: the folder of assignments; default: the languages' folders in ``solutions``.
        lessons: what is taught, and so no secret; default: ``notebooks`` beside ``solutions``.

    Raises:
        ItemError: an item in it cannot be read, or its kind does not say what is secret.
    """
    graded = {name: secret_of(item) for name, item in load_bank(solutions / "items").items()}
    public = _public_text(graded.values())
    shared = _taught(lessons or solutions.parent / "notebooks")
    sentences: dict[str, tuple[str, str]] = {}
    for item_id, secret in graded.items():
        raw = read_raw(solutions / "items" / f"{item_id}.yaml")
        _collect(_untold(raw, secret.told), item_id, public, sentences)
    books = sources.glob("*/*.ipynb") if sources else solutions.glob("*/*/*.ipynb")
    for path in sorted(books):
        _collect(_solution_texts(path), f"{path.stem}'s solution", public, sentences)
    return Secrets(_without(sentences, shared), tuple(graded.values()))


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


def _public_text(graded: Iterable[SecretBase[Any, Any]]) -> str:
    """All that may be told, folded: the facts, and what the faces show."""
    told = [benefits(), *(face for secret in graded for face in secret.faces)]
    texts = [json.dumps(msgspec.to_builtins(one), ensure_ascii=False) for one in told]
    return fold(" ".join(texts))


def _untold(raw: Any, told: frozenset[str]) -> Iterator[str]:
    """Every text of an authored item but in the fields that students are ``told``."""
    if isinstance(raw, dict):
        for name, part in raw.items():
            if name not in told:
                yield from _untold(part, told)
    elif isinstance(raw, list):
        for part in raw:
            yield from _untold(part, told)
    else:
        yield from strings_in(raw)


def _solution_texts(path: Path) -> Iterator[str]:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            yield cell.source
