"""A practice essay as one anywidget: a text that grows, the model beside it, the rubric below."""

from __future__ import annotations

from typing import Any

from b2bcourse.items.base import ResponseError
from b2bcourse.items.essay.words import WORDS
from b2bcourse.widgets.base import KindView


class View(KindView):
    """A practice essay on screen.

    Raises:
        ResponseError: a person grades this essay; it is written in a cell of the notebook.
    """

    source = "essay"

    def __init__(self, **traits: Any) -> None:
        if not traits["face"]["rubric"]:
            raise ResponseError(WORDS.by_person_here.format(id=traits["face"]["id"]))
        super().__init__(**traits)
