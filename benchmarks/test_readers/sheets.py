"""A test on paper: questions and lettered options as they are shown, and nothing that tells."""

from __future__ import annotations

import hashlib
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.context import practice_item
from b2bcourse.facts.lessons import form, gains
from b2bcourse.items import kind_of

if TYPE_CHECKING:
    from b2bcourse.facts import Lang
    from b2bcourse.facts.lessons import When

_HOW: Final = {
    "en": "Choose one answer to each question. Write a line for each: its number, the letter, and "
    "how sure you are (1 a guess, 2 fairly sure, 3 sure). Leave a question out by writing a dash.",
    "ko": "물음마다 답을 하나 고르십시오. 한 줄에 번호, 글자, 얼마나 확신하는지(1 짐작, 2 웬만큼, "
    "3 확신)를 적습니다. 건너뛰려면 글자 대신 줄표(-)를 적으십시오.",
}


def faces(when: When, lang: Lang) -> list[Any]:
    """The faces of a test in one language, in their order."""
    items = [practice_item(name) for name in form(gains(), when)]
    return [kind_of(item.kind).face(item, lang) for item in items]


def key(when: When) -> list[str]:
    """The letter of the right option of every question of a test."""
    letters = []
    for name in form(gains(), when):
        item = practice_item(name)
        kind = kind_of(item.kind)
        face = kind.face(item, "en")
        chosen = kind.model_answer(face, kind.key(item))["chosen"]
        at = next(at for at, option in enumerate(face.options) if option.id in chosen)
        letters.append(ascii_uppercase[at])
    return letters


def sheet(when: When, lang: Lang) -> str:
    """A test as plain text. Its last line names this very wording, for the scorer."""
    body = "\n\n".join(
        _question(number, face) for number, face in enumerate(faces(when, lang), start=1)
    )
    text = f"{_HOW[lang]}\n\n{body}\n"
    return f"{text}\nsheet: {when}-{lang}-{digest(text)}\n"


def name(when: When, lang: Lang) -> str:
    """What a test's sheet is called, its wording included."""
    return sheet(when, lang).rsplit("sheet: ", 1)[1].strip()


def digest(text: str) -> str:
    """Eight hexadecimal digits that change when a word or a letter's place does."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _question(number: int, face: Any) -> str:
    options = [f"   {ascii_uppercase[at]}) {option.text}" for at, option in enumerate(face.options)]
    return "\n".join([f"{number}. {' '.join(face.case)}", f"   {face.task}", *options])
