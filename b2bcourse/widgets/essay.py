"""An essay as one anywidget: a text that grows; in practice model and rubric come with it."""

from __future__ import annotations

from b2bcourse.widgets.base import KindView


class View(KindView):
    """An essay on screen; what a person grades is only written and saved."""

    source = "essay"
