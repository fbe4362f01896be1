"""A toss on screen. A real kind has a module in the browser; no browser runs here."""

from b2bcourse.widgets.base import KindView


class View(KindView):
    source = "choice"
