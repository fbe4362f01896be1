"""The B2B course kit: what a notebook's cells call.

``import b2bcourse as b2b``, then ``b2b.practice("mx-cells")``.
"""

from b2bcourse.notebook import (
    again,
    answer,
    debrief,
    figure,
    gain,
    more,
    practice,
    progress,
    respond,
    template,
    test,
    today,
)

__version__ = "0.1.0"

__all__ = [
    "again",
    "answer",
    "debrief",
    "figure",
    "gain",
    "more",
    "practice",
    "progress",
    "respond",
    "template",
    "test",
    "today",
]
