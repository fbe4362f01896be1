"""The allocation as one anywidget: a quiet table, running totals, and for jobs one line."""

from __future__ import annotations

from b2bcourse.widgets.base import KindView


class View(KindView):
    """An allocation on screen."""

    source = "allocation"
