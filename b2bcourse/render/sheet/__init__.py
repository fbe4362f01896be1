"""An answer in the exercise's own shape, for a page that is read and printed; one module a kind.

Unlike the static tables beside it a sheet shows no task and no case, and it has one style for
all kinds, which the page that holds sheets brings along (`style`, `symbols`).
"""

from __future__ import annotations

import importlib
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from b2bcourse import render
from b2bcourse.render.sheet.parts import Judged, legend, style, symbols

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.base import FaceBase

__all__ = ["Judged", "sheet", "style", "symbols"]


def sheet(face: FaceBase, value: Mapping[str, Any], judged: Judged | None = None) -> str:
    """An answer as HTML, escaped, its marks named in a legend where they are not plain.

    Args:
        face: the item's face.
        value: the response's value; any JSON.
        judged: what was said of it; without it the answer stands as it was given.
    """
    module = _module(face.kind)
    if module is None:  # a kind that has no sheet of its own
        return render.html(face, value, judged.feedback if judged else None)
    body = cast("str", module.sheet(face, value, judged))
    return body + legend(body, face, opened=judged is not None and judged.opened)


@cache
def _module(kind: str) -> Any:
    name = f"{__package__}.{kind}"
    return importlib.import_module(name) if find_spec(name) else None
