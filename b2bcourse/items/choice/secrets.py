"""What gives a choice away: the right options, by whatever name somebody calls them.

An option goes by its id on the face, its text in either language, its author's id and its number
as shown. Letters and numbers are in every file: they tell something only beside the item's name.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

from b2bcourse.items.choice.face import Face
from b2bcourse.items.choice.key import ChoiceKey
from b2bcourse.items.choice.places import face_id
from b2bcourse.items.choice.value import CHOSEN
from b2bcourse.items.orders import FEWEST, Run, run_of, runs_in
from b2bcourse.items.secret import SecretBase, fold, named_parts, strings_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from b2bcourse.items.secret import Value

_ASKED: Final = ("answer", "answers", "right", "correct", "chosen", "solution", "정답", "답")
"""Before such a word's sign stands an answer: «answer: c», «정답은 3번»."""

_SAYS_SO: Final = re.compile(r"[은는이가]?\s|[^\w]{0,6}[:=→>(\[{][^\w]{0,8}")
_MARKED: Final = frozenset({"1", "o", "x", "yes", "true", "right", "correct", "맞음", "정답"})
_LONG_ENOUGH: Final = 12
"""Folded letters from which on an option's text is one that nobody writes by chance."""


class Secret(SecretBase[Face, ChoiceKey]):
    """What would give a choice away."""

    also_called: ClassVar[frozenset[str]] = frozenset({"verdict", *_ASKED})

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The options by their ids on the face, and by text in either language."""
        return named_parts(*(face.options for face in self.faces))

    def answers(self, value: Value, *, named: bool) -> Iterator[Any]:
        """Options that are listed, marked, or told as the answer."""
        yield from super().answers(value, named=named)
        for chosen in self._listed(value) if isinstance(value, list) else self._tabled(value):
            options = [self._option(name, named=named) for name in chosen]
            if options and all(options):
                yield _choosing(options)

    def run_together(self, text: str, *, named: bool) -> Iterator[Any]:
        """Options by id: those that a text names at all, in a row, or after «answer:»."""
        ids = [option.id for option in self.faces[0].options]
        if found := [name for name in ids if name in text]:
            yield _choosing(found)
        if found or named:
            runs = [run for pattern in self._runs(named=named) for run in runs_in(pattern, text)]
            runs += (_NAME.findall(told[1]) for told in self._told(named=named).finditer(text))
            for run in runs:
                options = [self._option(name.lower(), named=named) for name in run]
                yield _choosing([option for option in options if option])

    def written(self, folded: str, *, named: bool) -> Iterator[Any]:
        """Options whose own words stand in a text, where those of the others do not."""
        for words in self._words:
            found = [option for option, said in words.items() if said in folded]
            if len(found) > 1 or named:
                yield _choosing(found)

    def key_data(self, value: Value, *, named: bool) -> Iterator[str]:
        """Besides the item and its key: one option's entry with its verdict."""
        yield from super().key_data(value, named=named)
        if isinstance(value, dict) and "verdict" in value:
            told = [value["id"]] if named and "id" in value else []
            told += strings_in(value.get("text", ""))
            options = {self._option(name, named=named) for name in told} - {""}
            if any(self._verdicts[option] == value["verdict"] for option in options):
                yield "what is right"

    @cached_property
    def _also(self) -> dict[str, str]:
        """What options go by besides, where it is clear which item is meant."""
        authored = {option.id: face_id(option) for option in self.item.options}
        shown = enumerate(self.faces[0].options, start=1)
        return {str(number): option.id for number, option in shown} | authored

    @cached_property
    def _verdicts(self) -> dict[str, str]:
        return {face_id(option): option.verdict for option in self.item.options}

    @cached_property
    def _words(self) -> list[dict[str, str]]:
        """What each option says, folded, by language; none where one says too little."""
        said = [{o.id: fold(o.text) for o in face.options} for face in self.faces]
        return [words for words in said if min(map(len, words.values())) >= _LONG_ENOUGH]

    def _option(self, name: Any, *, named: bool) -> str:
        """The option that goes by a name; empty where none does, or not clearly this item's."""
        if isinstance(name, bool) or not isinstance(name, str | int):
            return ""
        text = str(name).strip().removesuffix("번")
        return self.known_as(text) or (self._also.get(text.lower(), "") if named else "")

    def _listed(self, value: list[Any]) -> Iterator[list[Any]]:
        yield [part for part in value if not isinstance(part, dict)]
        entries = [part for part in value if isinstance(part, dict)]
        right = [entry for entry in entries if entry.get("verdict") == "right"]
        yield [entry.get("id", entry.get("text")) for entry in right or entries]

    def _tabled(self, value: dict[str, Any]) -> Iterator[list[Any]]:
        """The options that a table marks, and those that stand where an answer would."""
        yield [name for name, mark in value.items() if fold(str(mark)) in _MARKED]
        for name in (*_ASKED, self.id):
            told = value.get(name)
            yield list(told) if isinstance(told, dict | list) else [told]

    def _runs(self, *, named: bool) -> list[Run]:
        """Patterns for several ids in a row; of one option a row tells nothing."""
        fewest = min(FEWEST, max(2, len(self.key.right)))
        faces, authored = self._verdicts, [option.id for option in self.item.options]
        asked = [faces, authored] if named else [faces]
        return [run_of(names, fewest, any_case=True) for names in asked]

    def _told(self, *, named: bool) -> re.Pattern[str]:
        names = [*self._verdicts, *(self._also if named else ())]
        one = rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?:번|(?![\w-]))"
        asked = "|".join(_ASKED)
        row = rf"({one}(?:[^\w]{{1,12}}{one})*)"
        return re.compile(rf"(?:{asked})(?:{_SAYS_SO.pattern}){row}", re.IGNORECASE)


_NAME: Final = re.compile(r"[\w-]+")


def _choosing(options: Iterable[str]) -> dict[str, Any]:
    return {"chosen": dict.fromkeys(options, CHOSEN)}
