"""A student's answer as a file: two schemas that are read, one that is written, none that is lost.

What an older release wrote is read as it was meant. What a newer one wrote stays in the file: a
field that is unknown here is kept and written back, and a file of a newer schema is shown as far
as it can be understood, and never written over.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec
from msgspec import Struct

from b2bcourse.facts.faults import of_json
from b2bcourse.items.base import ResponseError
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Text

S = TypeVar("S", bound=Struct)

SCHEMA: Final = 2
"""The schema that is written; every one from 1 on is read."""

FOLDER: Final = "responses"
"""Where responses lie, beside their notebook."""

MAX_RESPONSE_BYTES: Final = 256 * 1024
"""A full answer to the largest item is under 10 kB; far more is no answer."""

REVIEW: Final = "review"
"""The occasion of a try that was a review."""

FACE: Final = "face"
"""Set aside because the exercise has changed since."""
PAGE: Final = "page"
"""Set aside because a page of another release sent it."""
WINDOW: Final = "window"
"""Set aside because another window wrote over it, which had not seen it."""
SWAPPED: Final = "swapped"
"""Set aside because the student put another version in its place, or chose to leave it."""


class NewerError(ResponseError):
    """A response that a newer release of the course wrote, in a shape that is not known here."""

    def __init__(self, schema: int) -> None:
        super().__init__(newer_release(schema))
        self.schema = schema


class Try(Struct, frozen=True, omit_defaults=True):
    """One check of a practice item: when (ISO 8601, UTC), the fraction, and what was not right.

    ``wrong`` holds the ids of parts that were wrong or missed, so that a second time can be told
    from a first. ``sitting`` is when the sitting began in which it was tried. ``occasion`` is
    ``lesson``, ``review`` or ``test``; ``helped`` tells whether a hint or the answer was seen
    before it, ``sure`` how sure the student was, from 0 on, ``skipped`` whether a test's question
    had no answer when the test was finished. Empty or None is «not known», as of every try that
    schema 1 holds. ``rest`` is what a newer release noted.
    """

    time: str
    fraction: float
    wrong: tuple[str, ...] = ()
    sitting: str = ""
    occasion: str = ""
    helped: bool | None = None
    sure: int | None = None
    skipped: bool | None = None
    rest: dict[str, Any] = {}


class Kept(Struct, frozen=True, omit_defaults=True):
    """A version of the answer that was set aside, never thrown away.

    Attributes:
        time: when it was set aside (ISO 8601, UTC).
        value: the answer.
        saved: when it had been saved; empty if it never was the answer.
        why: ``face``, ``page``, ``window`` or ``swapped``; a newer release may know more reasons.
        meaning: what its ids meant: see `Response`.
        page: the page that sent it, where one did; a page's newer version takes its older's place.
        rest: what a newer release noted.
    """

    time: str
    value: dict[str, Any]
    saved: str = ""
    why: str = ""
    meaning: str = ""
    page: str = ""
    rest: dict[str, Any] = {}


class SecondLook(Struct, frozen=True, omit_defaults=True):
    """A request that a person looks at the answer again: when it was made, and what was said.

    ``sent`` is when it went off by itself (ISO 8601, UTC), without the answer; empty if it did not.
    """

    time: str
    text: str = ""
    sent: str = ""
    rest: dict[str, Any] = {}


class Response(Struct, frozen=True, omit_defaults=True):
    """A student's answer as it lies on disk.

    Attributes:
        schema: the schema of the file that it was read from, or `SCHEMA`.
        item: the item's id; an older name of it, in a file that an older release wrote.
        kind: the item's kind.
        value: the answer, in the kind's shape.
        revision: how often it was saved.
        time: when (ISO 8601, UTC).
        face: the hash of the whole face that was answered.
        meaning: a digest of that face's ids and their texts, which give the answer its meaning;
            empty in a file of schema 1.
        tries: the checks of a practice item, oldest first.
        kept: versions set aside, oldest first.
        second_look: a request that a person looks again.
        sure: how sure the student is of a test's answer that is not judged yet, from 0 on.
        rest: what a newer release noted.
    """

    schema: int
    item: str
    kind: str
    value: dict[str, Any]
    revision: int
    time: str
    face: str
    meaning: str = ""
    tries: tuple[Try, ...] = ()
    kept: tuple[Kept, ...] = ()
    second_look: SecondLook | None = None
    sure: int | None = None
    rest: dict[str, Any] = {}

    @property
    def newer(self) -> bool:
        """Whether a newer release wrote it: to be shown, and left as it is."""
        return self.schema > SCHEMA


def decode_response(data: bytes) -> Response:
    """A response from its file's bytes, of any schema there has been.

    Raises:
        NewerError: of a newer schema, and of a shape in which no answer can be found.
        ResponseError: too large, not JSON, or a field is wrong.
    """
    if len(data) > MAX_RESPONSE_BYTES:
        raise ResponseError(too_large(len(data)))
    try:
        raw = msgspec.json.decode(data)
        if not isinstance(raw, dict):
            raise msgspec.ValidationError("Expected `object`")
        schema = raw.get("schema")
        if type(schema) is int and schema > SCHEMA:
            return _newer(raw, schema)
        return _response(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ResponseError(NOTES.response_unreadable.format(detail=of_json(error))) from error


def encode_response(response: Response) -> bytes:
    """A response as its file's bytes, with all that a newer release had noted in it.

    Raises:
        TypeError, ValueError, OverflowError, RecursionError: the value is no JSON.
    """
    return msgspec.json.format(msgspec.json.encode(_plain(response)), indent=1) + b"\n"


def too_large(size: int) -> Text:
    """The sentence that tells a response file is too large; ``size`` in bytes."""
    limit = MAX_RESPONSE_BYTES // 1024
    return NOTES.response_too_large.format(size=size // 1024, limit=limit)


def _response(raw: Mapping[str, Any]) -> Response:
    schema = raw.get("schema")
    if type(schema) is not int or schema < 1:
        raise msgspec.ValidationError(f"Invalid value {schema!r} - at `$.schema`"[:80])
    look = raw.get("second_look")
    parts = {
        "tries": tuple(_known(Try, one) for one in _list(raw, "tries")),
        "kept": tuple(_known(Kept, one) for one in _list(raw, "kept")),
        "second_look": None if look is None else _known(SecondLook, look),
    }
    plain = {name: value for name, value in raw.items() if name not in parts}
    return msgspec.structs.replace(_known(Response, plain), **parts)


def _newer(raw: Mapping[str, Any], schema: int) -> Response:
    """What can be understood of a newer file: whose answer it is, and the answer."""
    for parts in (raw, {**raw, "tries": [], "kept": [], "second_look": None}):
        try:
            return _response({"revision": 0, "time": "", "face": "", **parts})
        except msgspec.ValidationError:
            continue
    raise NewerError(schema)


def newer_release(schema: int) -> Text:
    """The sentence that tells a newer release wrote a file; ``schema`` is the file's."""
    return NOTES.response_newer.format(schema=schema)


def _list(raw: Mapping[str, Any], name: str) -> list[Any]:
    found = raw.get(name, [])
    if not isinstance(found, list):
        raise msgspec.ValidationError(f"Expected `array` - at `$.{name}`")
    return found


def _known(type_: type[S], raw: Any) -> S:
    """A part of a response, with what is unknown here in its ``rest``."""
    if not isinstance(raw, dict):
        raise msgspec.ValidationError("Expected `object`")
    known = _names(type_)
    mine = {name: value for name, value in raw.items() if name in known}
    rest = {name: value for name, value in raw.items() if name not in known}
    return msgspec.convert({**mine, "rest": rest}, type_, strict=True)


@cache
def _names(type_: type[Struct]) -> frozenset[str]:
    """The fields that are known here; to ask msgspec for them takes longer than reading a file."""
    return frozenset(type_.__struct_fields__) - {"rest"}


def _plain(part: Struct) -> dict[str, Any]:
    """A part as plain data, what a newer release had noted beside what is known here."""
    plain: dict[str, Any] = msgspec.to_builtins(part)
    rest = plain.pop("rest", {})
    for name in ("tries", "kept"):
        if name in plain:
            plain[name] = [_plain(one) for one in getattr(part, name)]
    look = getattr(part, "second_look", None)
    if look is not None:
        plain["second_look"] = _plain(look)
    return {**rest, **plain}
