"""The matrix as one anywidget: a table that is a grid, one tab stop, two models in all."""

from __future__ import annotations

from b2bcourse.widgets.base import KindView


class View(KindView):
    """A matrix on screen."""

    source = "matrix"
