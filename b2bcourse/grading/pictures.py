"""Pictures in a notebook that was handed in: told by their content, not by their names."""

from __future__ import annotations

import base64
import binascii
import io
import warnings
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_PIXELS: Final = 64_000_000
"""What a browser draws without trouble; a file of kilobytes may hold a thousand times that."""

_TYPES: Final = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
_OF_TWO: Final = "MPO"
"""What Pillow calls a JPEG of two pictures, as some telephones write it."""


def named(attachments: Mapping[str, object], url: str) -> object | None:
    """The picture that an address refers to.

    Args:
        attachments: a cell's attachments, in whatever shape they were handed in.
        url: ``attachment:`` and a name, perhaps percent-encoded; or a ``data:`` address.

    Returns:
        What `as_address` takes; None where there is no such attachment.
    """
    if url.startswith("data:"):
        return url
    name = url.removeprefix("attachment:")
    return attachments.get(name, attachments.get(unquote(name)))


def as_address(picture: object) -> str | None:
    """The ``data:`` address of a picture.

    Args:
        picture: an attachment (MIME type to base64), or a ``data:`` address.

    Returns:
        An address with the type that the content has; None where that is no PNG, JPEG, GIF or
        WebP of at most `MAX_PIXELS`. SVG is no picture but a document.
    """
    for encoded in _encoded(picture):
        try:
            content = base64.b64decode(encoded)
        except (binascii.Error, ValueError):
            continue
        mime = _type_of(content)
        if mime is not None:
            return f"data:{mime};base64,{base64.b64encode(content).decode()}"
    return None


def _encoded(picture: object) -> Iterator[str]:
    if isinstance(picture, str):
        head, _, data = picture.partition(",")
        yield from [unquote(data)] if head.endswith(";base64") else []
    elif isinstance(picture, dict):
        yield from (data for data in picture.values() if isinstance(data, str))


def _type_of(content: bytes) -> str | None:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is odd in it: nothing is drawn here
            with Image.open(io.BytesIO(content), formats=list(_TYPES)) as picture:
                width, height = picture.size
                kind = "JPEG" if picture.format == _OF_TWO else picture.format or ""
    except Exception:  # noqa: BLE001 - a broken file may raise anything; it is no picture
        return None
    return _TYPES.get(kind) if width * height <= MAX_PIXELS else None
