"""A matching that asks for evidence as one anywidget: a line for each card, names and numbers."""

from __future__ import annotations

from b2bcourse.widgets.base import KindView


class View(KindView):
    """A matching on screen whose cards are placed by name and shown by lines of the case."""

    source = "evidence"
