"""What being late costs: nothing, unless a course's settings say so."""

from __future__ import annotations

import math
from typing import Final

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

_HOUR: Final = 3600.0
_DAY: Final = 24 * _HOUR
_WHOLE: Final = 100.0


class LateDays(LateSubmissionPlugin):  # type: ignore[misc,unused-ignore]
    """Takes a share of what a notebook earned for each day begun after the grace.

    Set in ``nbgrader_config.py``; with ``penalty_method = "zero"`` nbgrader's own rule holds.
    A penalty is reckoned when an assignment is graded, from the points that it has then.
    """

    grace_hours = Float(0.0, min=0.0, help="Hours after the due date that cost nothing.").tag(
        config=True
    )
    percent_a_day = Float(
        0.0, min=0.0, max=_WHOLE, help="Of a notebook's points, for each day begun after the grace."
    ).tag(config=True)
    percent_at_most = Float(_WHOLE, min=0.0, max=_WHOLE, help="What being late costs at most.").tag(
        config=True
    )

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """The points to take off; None where nothing is to be taken off.

        Args:
            student_id: whose notebook it is.
            score: what it earned.
            total_seconds_late: seconds after the due date, an extension taken off.
        """
        if self.penalty_method != "none":
            own: float | None = super().late_submission_penalty(
                student_id, score, total_seconds_late
            )
            return own
        percent = self.percent(total_seconds_late)
        return float(score * percent / _WHOLE) if percent else None

    def percent(self, seconds_late: float) -> float:
        """What a delay costs, in percent of what was earned."""
        days = math.ceil(max(0.0, seconds_late - self.grace_hours * _HOUR) / _DAY)
        return float(min(self.percent_at_most, days * self.percent_a_day))
