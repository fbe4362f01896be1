"""Where a sitting begins and ends in a lesson's notebook: one line each, from the outline.

A busy person decides at that line whether there is time for it, so it says how long the sitting
takes and how many exercises it has; and whoever comes back is asked first what is left of the last.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.authoring.cells import source
from b2bcourse.facts import LANGS, Text
from b2bcourse.facts.lessons import lessons
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.facts.lessons import Lesson

PREFIX: Final = "sitting-"
"""How the ids of these cells begin."""
_ASKED: Final = 1
"""The sitting, from 0, before which earlier lessons are asked again."""
_ENDS: Final = ("key-points", "next")
"""Before the first of these the last sitting ends."""


class SittingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands at the beginning of a sitting and at its end, by name."""

    ordinals: Text
    head: Text
    one: Text
    none: Text
    recall: Text
    take: Text


WORDS: Final = read_words(__package__, SittingWords, "sittings")


def place(folder: Path) -> None:
    """Put the lines of every sitting into the lessons' notebooks, in both languages.

    Args:
        folder: the folder that has one of notebooks for each language.
    """
    for lesson in lessons():
        for lang in LANGS:
            path = folder / lang / f"{lesson.id}.ipynb"
            book = json.loads(path.read_text(encoding="utf-8"))
            path.write_text(encoded(placed(book, lesson, lang)), encoding="utf-8")


def encoded(book: dict[str, Any]) -> str:
    """A notebook as it lies in the repository."""
    return json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def placed(book: dict[str, Any], lesson: Lesson, lang: Lang) -> dict[str, Any]:
    """A notebook with the lines of its lesson's sittings, and with no others.

    Args:
        book: the notebook as JSON.
        lesson: its lesson.
        lang: its language.
    """
    begins = {sitting.begins: number for number, sitting in enumerate(lesson.sittings)}
    plain = [cell for cell in book["cells"] if not cell["id"].startswith(PREFIX)]
    end = next(cell["id"] for name in _ENDS for cell in plain if cell["id"] == name)
    cells = []
    for cell in plain:
        if cell["id"] in begins:
            number = begins[cell["id"]]
            cells.append(_cell(f"{PREFIX}{number + 1}", _begin(lesson, number, lang)))
            if number == _ASKED and lesson.again:
                cells.append(_call(f"{PREFIX}again", source("again", lesson.id)))
        elif cell["id"] == end and lesson.sittings:
            cells.append(_cell(f"{PREFIX}end", _take(lesson, len(lesson.sittings) - 1, lang)))
        cells.append(cell)
    return {**book, "cells": cells}


def _begin(lesson: Lesson, number: int, lang: Lang) -> str:
    sitting = lesson.sittings[number]
    count = len(sitting.items)
    text = {0: WORDS.none, 1: WORDS.one}.get(count, WORDS.head)[lang]
    name = WORDS.ordinals[lang].split(", ")[number]
    head = text.format(name=name, minutes=sitting.minutes, n=count)
    parts = [f'<div class="b2b-sitting">{head}</div>']
    if number:
        parts.insert(0, _take(lesson, number - 1, lang))
    if sitting.recall is not None:
        parts.append(WORDS.recall[lang].format(question=sitting.recall[lang]))
    return "\n\n".join(parts)


def _take(lesson: Lesson, number: int, lang: Lang) -> str:
    return WORDS.take[lang].format(sentence=lesson.sittings[number].take[lang])


def _cell(name: str, text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": lines}


def _call(name: str, text: str) -> dict[str, Any]:
    """A cell of code, folded as all of them are."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {"jupyter": {"source_hidden": True}},
        "outputs": [],
        "source": [text],
    }
