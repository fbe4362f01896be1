"""What one knew before the course and knows after it: pure, from the tests' first tries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.items.base import DONE
from b2bcourse.learner.chance import by_chance, is_rare
from b2bcourse.learner.forms import goes_on_with_earlier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from b2bcourse.facts.lessons import Gain, When
    from b2bcourse.items.response import Try

_FINE: Final = 100
"""An answer that is partly right counts in hundredths, so that sums are counted exactly."""


class Taken(Struct, frozen=True):
    """An objective's questions in one test: how many there are, were right, and were left out.

    ``right`` may be no whole number: earlier tests had questions that can be partly right.
    """

    asked: int
    right: float
    skipped: int

    @property
    def share(self) -> float:
        """The share of right answers, from 0 to 1."""
        return self.right / self.asked


class Measured(Struct, frozen=True):
    """One objective before and after; `None` where that test was not taken."""

    gain: Gain
    pre: Taken | None
    post: Taken | None

    @property
    def difference(self) -> int | None:
        """Right answers after less those before, in hundredths; `None` unless both are taken."""
        if self.pre is None or self.post is None:
            return None
        return round(_FINE * (self.post.right - self.pre.right))


class Sureness(Struct, frozen=True):
    """Of the answers given with one step of sureness: how many there are and were right."""

    given: int = 0
    right: int = 0


class Found(Struct, frozen=True):
    """All that the two tests tell.

    Attributes:
        objectives: each objective, before and after.
        earlier: whether it was measured with the tests as they were.
        sure: of a test, the answers by how sure the student was; `None` is «not told».
        sure_wrong: the objectives of which something was told with the highest sureness after the
            course, and was wrong.
    """

    objectives: tuple[Measured, ...]
    earlier: bool
    sure: Mapping[When, Mapping[int | None, Sureness]]
    sure_wrong: tuple[Gain, ...]

    @property
    def both(self) -> tuple[Measured, ...]:
        """The objectives measured twice."""
        return tuple(one for one in self.objectives if one.difference is not None)

    @property
    def chance(self) -> Fraction:
        """How often chance alone makes a difference as large over all objectives."""
        return by_chance([one.difference or 0 for one in self.both])

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the difference over all objectives is more than chance would make."""
        return is_rare(self.chance)


def measured(gains: Sequence[Gain], tries: Mapping[str, Sequence[Try]], steps: int = 3) -> Found:
    """The first try of each question: later ones were made with the reasons at hand.

    Args:
        gains: what the tests ask.
        tries: item id to the tries of its response, first to last.
        steps: how many steps of sureness there are.
    """
    earlier = goes_on_with_earlier(gains, tries)
    first = {item: made[0] for item, made in tries.items() if made}

    def of(gain: Gain, when: When) -> list[Try]:
        """The first tries of an objective's questions; none unless all are there."""
        asked = gain.questions(when, earlier=earlier)
        return [first[item] for item in asked] if all(item in first for item in asked) else []

    return Found(
        tuple(Measured(gain, _taken(of(gain, "pre")), _taken(of(gain, "post"))) for gain in gains),
        earlier,
        {when: _sureness([one for gain in gains for one in of(gain, when)]) for when in _WHENS},
        tuple(
            gain
            for gain in gains
            if any(one.sure == steps - 1 and not _is_right(one) for one in of(gain, "post"))
        ),
    )


_WHENS: Final[tuple[When, ...]] = ("pre", "post")


def _is_right(one: Try) -> bool:
    return one.fraction >= DONE


def _taken(first: Sequence[Try]) -> Taken | None:
    if not first:
        return None
    skipped = sum(bool(one.skipped) for one in first)
    return Taken(len(first), sum(one.fraction for one in first), skipped)


def _sureness(first: Sequence[Try]) -> dict[int | None, Sureness]:
    """The answers of a test by how sure the student was; what was left out is no answer."""
    found: dict[int | None, Sureness] = {}
    for one in first:
        if not one.skipped:
            known = found.get(one.sure, Sureness())
            found[one.sure] = Sureness(known.given + 1, known.right + _is_right(one))
    return found
