"""The matrix as one anywidget: a table that is a grid, one tab stop, two models in all."""

from __future__ import annotations

import traitlets

from b2bcourse.widgets.base import KindView, assets


class View(KindView):
    """A matrix on screen."""

    _esm, _css = assets("matrix")
    record = traitlets.List(traitlets.Dict()).tag(sync=True)  # the case, where it stands far above
