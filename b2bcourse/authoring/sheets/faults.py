"""What is wrong with a workbook, told by sheet and cell in the workbook's own language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from b2bcourse.authoring.sheets.words import WORDS

if TYPE_CHECKING:
    from b2bcourse.facts import Lang


class Place(Struct, frozen=True):
    """A cell of a sheet, or a whole sheet where ``cell`` is empty, or the file where both are."""

    sheet: str = ""
    cell: str = ""

    def told(self, lang: Lang) -> str:
        """The place as a sentence names it."""
        if not self.sheet:
            return ""
        said = WORDS.place if self.cell else WORDS.whole
        return said[lang].format(sheet=self.sheet, cell=self.cell)


class Fault(Struct, frozen=True):
    """One thing about a workbook: an error (nothing is written) or a warning (look again)."""

    place: Place
    kind: Literal["error", "warning"]
    text: str

    def told(self, lang: Lang) -> str:
        """The whole line: where, how grave, what, and what would be right."""
        heads = [self.place.told(lang), _grave(self.kind, lang)]
        return ": ".join([*filter(None, heads), self.text])


def _grave(kind: str, lang: Lang) -> str:
    return (WORDS.error if kind == "error" else WORDS.warning)[lang]


class Faults:
    """Gathers what is found, so that all of a workbook's faults are told at once."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.found: list[Fault] = []

    def error(self, place: Place, name: str, **values: object) -> None:
        """Note an error; ``name`` is one of the sentences in ``faults``."""
        self.found.append(Fault(place, "error", WORDS.faults[name][self.lang].format(**values)))

    def warn(self, place: Place, name: str, **values: object) -> None:
        """Note what to look at again."""
        self.found.append(Fault(place, "warning", WORDS.faults[name][self.lang].format(**values)))

    @property
    def grave(self) -> bool:
        """Whether there is an error among them."""
        return any(fault.kind == "error" for fault in self.found)
