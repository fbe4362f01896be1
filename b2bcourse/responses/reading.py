"""Reading the answers that lie beside a notebook."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.course_files import renamed
from b2bcourse.facts import LANGS
from b2bcourse.items import kind_of
from b2bcourse.items.base import ResponseError
from b2bcourse.items.response import (
    FOLDER,
    MAX_RESPONSE_BYTES,
    Response,
    Try,
    decode_response,
    too_large,
)
from b2bcourse.items.standing import is_present
from b2bcourse.responses.bounded import NotAFileError, TooLargeError, read_bounded
from b2bcourse.responses.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.items.authored import ItemBase


def read_answer(home: Path, item: str, kind: str) -> Response | None:
    """The response to an item in a folder of answers, under whatever name it was given.

    Args:
        home: the folder that holds the answers' files.
        item: the item's id; an older copy of the exercise may call it otherwise.
        kind: the item's kind.

    Returns:
        The response, or `None` where nothing was answered.

    Raises:
        ResponseError: it is no response, or one to another item.
        OSError: it cannot be read.
    """
    for name in (item, *renamed().older(item)):
        with suppress(FileNotFoundError):
            return read_response(home / f"{name}.json", item, kind)
    return None


def read_response(path: Path, item: str, kind: str) -> Response:
    """The response to an item from a file, wherever that lies.

    Raises:
        ResponseError: it is no response, or one to another item.
        OSError: it cannot be read.
    """
    response = decode_response(read_limited(path))
    names = {item, *renamed().older(item)}
    # What a newer release calls it, or what kind it has become, is not ours to judge.
    if not response.newer and (response.item not in names or response.kind != kind):
        raise ResponseError(WORDS.other_item.format(item=response.item[:80]))
    return response


REVIEWS: Final = "reviews"
"""The folder beside ``responses`` in which the answers of reviews lie, in a ``responses`` too: the
answer of the lesson stays as it is."""


def histories(folder: Path) -> dict[str, tuple[Try, ...]]:
    """The tries of every response beside a notebook, by item, those of its reviews among them.

    Unreadable files are passed over.
    """
    found = _histories(folder)
    for item, tries in _histories(folder / REVIEWS).items():
        every = (*found.get(item, ()), *tries)
        found[item] = tuple(sorted(every, key=lambda one: one.time))
    return found


def _histories(folder: Path) -> dict[str, tuple[Try, ...]]:
    found = {}
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            response = decode_response(read_limited(path))
        except (OSError, ResponseError):
            continue
        if response.item == path.stem:
            found[response.item] = response.tries
    return found


def values(home: Path, items: Iterable[ItemBase], langs: Iterable[Lang] = LANGS) -> dict[str, Any]:
    """The values of several responses, by item; what cannot be read, or is old, is left out.

    Args:
        home: the folder that holds the answers' files.
        items: the authored items that are asked for.
        langs: in which languages they may have been answered.
    """
    found = {}
    for item in items:
        try:
            response = read_answer(home, item.id, item.kind)
        except (OSError, ResponseError):
            continue
        kind = kind_of(item.kind)
        if response and any(is_present(response, kind.face(item, lang)) for lang in langs):
            found[item.id] = response.value
    return found


def read_limited(path: Path) -> bytes:
    """A response file's bytes; what is too large is not read, a link is not followed.

    Raises:
        FileNotFoundError: there is none.
        OSError: it cannot be read.
        ResponseError: it is too large, a link or no file at all.
    """
    try:
        return read_bounded(path, MAX_RESPONSE_BYTES)
    except NotAFileError as error:
        raise ResponseError(WORDS.not_a_file) from error
    except TooLargeError as error:
        raise ResponseError(too_large(error.size)) from error
