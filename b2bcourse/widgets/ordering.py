"""The ordering as one anywidget: numbered slots and a tray, for pointer, touch and keyboard."""

from __future__ import annotations

from b2bcourse.widgets.base import KindView, assets


class View(KindView):
    """An ordering on screen."""

    _esm, _css = assets("ordering")
