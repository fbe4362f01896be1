"""Faces, responses and feedback as an HTML table and as plain text; one module a kind."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.base import FaceBase
    from b2bcourse.items.feedback import Feedback

__all__ = ["html", "text"]


def html(face: FaceBase, value: Mapping[str, Any], feedback: Feedback | None = None) -> str:
    """A static HTML table: for export, feedback pages and viewers without widgets.

    Args:
        face: an item's face.
        value: the response's value; any JSON.
        feedback: what `explain` or `judged` returned, if the answer was judged.
    """
    return cast("str", _kind(face).html(face, value, feedback))


def text(face: FaceBase, value: Mapping[str, Any], feedback: Feedback | None = None) -> str:
    """The same as plain text: for terminals and screen readers."""
    return cast("str", _kind(face).text(face, value, feedback))


def _kind(face: FaceBase) -> Any:
    return importlib.import_module(f"b2bcourse.render.{face.kind}")
