"""Answering a choice question in text: by number, by text or by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.facts import Text
from b2bcourse.items.base import ResponseError, short
from b2bcourse.items.choice.value import CHOSEN
from b2bcourse.items.choice.words import WORDS
from b2bcourse.items.names import Named, find
from b2bcourse.items.shape import ShapeError, shaped_like

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.choice.face import Face


def template(face: Face) -> str:
    """A call of ``respond`` to copy and fill in, with the options numbered."""
    asked = WORDS.typed_several if face.several else WORDS.typed_one
    options = [f"#   {n}. {option.text}" for n, option in enumerate(face.options, start=1)]
    return "\n".join([f"b2b.respond({face.id!r}, [])", f"# {asked[face.lang]}", *options])


def parse(face: Face, typed: Any) -> dict[str, Any]:
    """The value of a response from what a person typed.

    Args:
        face: the item's face.
        typed: an option's number (from 1), text or id, or a list of these.

    Raises:
        ResponseError: no such option, or several where one is asked for.
    """
    named = list(typed) if isinstance(typed, list | tuple | set) else [typed]
    with shaped_like(face, [1, 2] if face.several else 1):
        chosen = dict.fromkeys((_find(face, each) for each in named), CHOSEN)
    if len(chosen) > 1 and not face.several:
        raise ResponseError(WORDS.typed_too_many)
    return {"chosen": chosen}


def replacing(face: Face, value: Mapping[str, Any]) -> dict[str, Any]:
    """The patch that makes ``value`` the whole answer: all that it does not name is taken away."""
    return {"chosen": {option.id: value["chosen"].get(option.id) for option in face.options}}


def _find(face: Face, named: object) -> str:
    """The id of an option: a number is its place, a text may be its place too."""
    if isinstance(named, bool) or not isinstance(named, int | str):
        raise ShapeError
    known = [
        Named(option.id, option.text, (str(number),))
        for number, option in enumerate(face.options, start=1)
    ]

    def unknown(near: Text) -> Text:
        what, n = short(named), len(face.options)
        return WORDS.typed_unknown.format(what=what, n=n, meant=near)

    return (
        find(named, known, unknown)
        if isinstance(named, str)
        else _at(face, named, unknown(Text("", "")))
    )


def _at(face: Face, number: int, unknown: Text) -> str:
    if not 1 <= number <= len(face.options):
        raise ResponseError(unknown)
    return face.options[number - 1].id
