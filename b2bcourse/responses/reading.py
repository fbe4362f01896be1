"""Reading the answers that lie beside a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from b2bcourse.responses.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


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
        raise ResponseError(WORDS.other_item.format(item=response.item))
    return response


def histories(folder: Path) -> dict[str, tuple[Try, ...]]:
    """The tries of every response beside a notebook, by item; unreadable files are passed over."""
    found = {}
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            response = decode_response(read_limited(path))
        except (OSError, ResponseError):
            continue
        if response.item == path.stem:
            found[response.item] = response.tries
    return found


def values(folder: Path, items: Iterable[Any]) -> dict[str, Any]:
    """The values of several responses, by item; what cannot be read, or is old, is left out.

    Args:
        folder: where the responses lie.
        items: the authored items that are asked for.
    """
    found = {}
    for item in items:
        path = folder / f"{item.id}.json"
        try:
            response = read_response(path, item.id, item.kind)
        except (OSError, ResponseError):
            continue
        if any(is_present(response, kind_of(item.kind).face(item, lang)) for lang in LANGS):
            found[item.id] = response.value
    return found


def read_limited(path: Path) -> bytes:
    """A response file's bytes; what is too large is not read, a link is not followed.

    Raises:
        FileNotFoundError: there is none.
        OSError: it cannot be read.
        ResponseError: it is too large, a link or no file at all.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise ResponseError(WORDS.not_a_file)
    with path.open("rb") as file:
        data = file.read(MAX_RESPONSE_BYTES + 1)
    if len(data) > MAX_RESPONSE_BYTES:
        raise ResponseError(too_large(path.stat().st_size))
    return data
