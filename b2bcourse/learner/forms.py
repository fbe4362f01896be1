"""Which questions a learner's tests hold: those of today, or those that were once begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bcourse.facts.lessons import form

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from b2bcourse.facts.lessons import Gain
    from b2bcourse.items.response import Try


def goes_on_with_earlier(gains: Sequence[Gain], begun: Collection[str]) -> bool:
    """Whether a learner began with the tests as they were, and so goes on with them.

    Two tests tell a gain only if they are parallel. Once a question of today has an answer, the
    tests are those of today; the answers to the earlier ones stay where they are.

    Args:
        gains: what the tests ask.
        begun: the items that have an answer.
    """
    return _any(gains, begun, earlier=True) and not _any(gains, begun, earlier=False)


def taken(form_: Collection[str], tries: Mapping[str, Sequence[Try]]) -> bool:
    """Whether a test was finished: each of its questions is judged then, answered or not."""
    return all(tries.get(item) for item in form_)


def is_withheld(gains: Sequence[Gain], item: str, tries: Mapping[str, Sequence[Try]]) -> bool:
    """Whether an item is a question of a test whose reasons are not told yet.

    They come once the last test is taken, wherever the question is answered.
    """
    last = form(gains, "post")
    return item in {*form(gains, "pre"), *last} and not taken(last, tries)


def as_today(gains: Sequence[Gain], tries: Mapping[str, Sequence[Try]]) -> dict[str, Sequence[Try]]:
    """The tries by item, those of an earlier question also under the questions that replaced it.

    For what asks only whether a test was taken, such as the page of one's progress.
    """
    known = dict(tries)
    if goes_on_with_earlier(gains, tries):
        for gain in gains:
            for old, new in (
                (gain.earlier.pre, gain.pre),
                (gain.earlier.post, gain.post),
            ):
                known |= dict.fromkeys(new, tries[old]) if old in tries else {}
    return known


def _any(gains: Sequence[Gain], begun: Collection[str], *, earlier: bool) -> bool:
    asked = {*form(gains, "pre", earlier=earlier), *form(gains, "post", earlier=earlier)}
    return not asked.isdisjoint(begun)
