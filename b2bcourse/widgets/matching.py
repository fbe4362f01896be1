"""The matching as one anywidget: categories with their cards, and a tray of cards beside them."""

from __future__ import annotations

from b2bcourse.widgets.base import KindView


class View(KindView):
    """A matching on screen."""

    source = "matching"
