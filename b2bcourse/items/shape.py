"""What is said of a typed answer that has no shape at all: which shape is expected, by example."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from b2bcourse.items.base import ResponseError
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.items.base import FaceBase


class ShapeError(ValueError):
    """A typed answer is no table, list or text where one is needed."""


@contextmanager
def shaped_like(face: FaceBase, example: object) -> Iterator[None]:
    """Turns a `ShapeError` into a message with an example made of the item's own names.

    Args:
        face: the item's face.
        example: an answer in the right shape. It is made from what the task shows, so that it
            tells nothing of the key.

    Raises:
        ResponseError: what is read within has no shape of an answer.
    """
    try:
        yield
    except ShapeError:
        raise ResponseError(NOTES.typed_shape.format(item=face.id, example=repr(example))) from None
