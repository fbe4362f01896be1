"""The ordering as one anywidget: numbered slots and a tray, for pointer, touch and keyboard."""

from __future__ import annotations

from b2bcourse.widgets.base import KindView


class View(KindView):
    """An ordering on screen."""

    source = "ordering"
