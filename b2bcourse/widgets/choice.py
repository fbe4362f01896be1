"""A choice question as one anywidget: native radio buttons or checkboxes, one line an option."""

from __future__ import annotations

from b2bcourse.widgets.base import KindView


class View(KindView):
    """A choice question on screen."""

    source = "choice"
