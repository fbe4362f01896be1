"""The matrix as one anywidget: a table that is a grid, one tab stop, two models in all."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

_HERE = Path(__file__).parent


class View(anywidget.AnyWidget):
    """Shows a face and edits a response; what happens to a response is `Exercise`'s business."""

    _esm = _HERE / "matrix.js"
    _css = _HERE / "matrix.css"

    face = traitlets.Dict().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    mode = traitlets.Enum(["practice", "answer", "preview"]).tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)
    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)
