"""An item on its way from a sheet: its fields as YAML will hold them, and the cell of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from b2bcourse.items.base import ID_PATTERN
from b2bcourse.items.names import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.authoring.sheets.faults import Place
    from b2bcourse.facts import Lang

_LAST: Final = re.compile(r"(\[\d+\]|\.?[^.\[\]]+)$")


class Draft(Struct):
    """An item as plain data, and the cell that each field comes from, by the field's path."""

    raw: dict[str, Any]
    places: dict[str, Place] = field(default_factory=dict)

    def place(self, path: str) -> Place | None:
        """The cell of a field, or of the nearest that the field lies in."""
        while path and path not in self.places:
            path = _LAST.sub("", path)
        return self.places.get(path)


def begun(kind: str, item: str, lang: Lang) -> dict[str, Any]:
    """The fields with which an item of any kind begins."""
    return {"schema": 1, "id": item, "kind": kind, "lang": lang}


class Ids:
    """Ids for what a sheet only names: those that it has had before, else the next free number."""

    def __init__(self, letter: str, before: Iterable[tuple[str, str]] = ()) -> None:
        self._letter = letter
        self._before = {plain_name(name): known for name, known in before}
        self._taken = set(self._before.values())

    def of(self, name: str) -> str:
        """The id of what is called so."""
        plain = plain_name(name)
        if plain not in self._before:
            number = 1
            while f"{self._letter}{number}" in self._taken:
                number += 1
            self._before[plain] = f"{self._letter}{number}"
            self._taken.add(self._before[plain])
        return self._before[plain]


def proposed_id(said: str) -> str:
    """A short name like the one that was typed, to propose; `beds-1` where nothing can be kept."""
    kept = "-".join(re.findall(r"[a-z0-9]+", said.casefold()))
    return kept if ID_PATTERN.fullmatch(kept) else "beds-1"


def is_id(said: str) -> bool:
    """Whether a short name can stand as it is."""
    return bool(ID_PATTERN.fullmatch(said))


class Said(str):
    """A text in the sheet's own language."""

    __slots__ = ()


def said_in(text: Any, lang: Lang) -> str:
    """A text of an item in one language, whether its author wrote one or both."""
    if isinstance(text, dict):
        return str(text.get(lang) or "")
    return str(text or "")


def lines_in(case: Any, lang: Lang) -> list[str]:
    """A story's paragraphs in one language."""
    told = case.get(lang) if isinstance(case, dict) else case
    return [str(line) for line in told or ()]
