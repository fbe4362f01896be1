"""The score of an allocation: pure, in tiers, with no points for being nearly as good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.allocation.plan import stand
from b2bcourse.items.allocation.value import clean
from b2bcourse.items.base import Outcome, Part, clamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.allocation.face import Face
    from b2bcourse.items.allocation.key import AllocationKey
    from b2bcourse.items.allocation.plan import Standing
    from b2bcourse.items.allocation.value import Answer

FEASIBLE: Final = 0.2
"""What a plan earns that keeps every limit and is no better than the best known trap."""
BETTER: Final = 0.6
"""What a plan earns that beats the best known trap and is not the best."""


def score(
    face: Face, key: AllocationKey, value: Any, context: Mapping[str, Any] | None = None
) -> Outcome:
    """What a plan is worth in points.

    A plan that breaks a limit (or promises a job that comes late) earns 0, a feasible one 0.2, one
    better than the best known trap 0.6, the best 1. Values between earn no steps: the first plan
    that comes to mind often reaches 95 % of the best value. The plan's own value, where asked, has
    a share of its own (0.1 by default), earned only with a feasible plan. Nothing chosen is
    feasible, but not attempted: 0. Random plans mostly break a limit, so no rescaling is needed.

    Args:
        face: the item's face.
        key: its key.
        value: the response's value, any JSON.
        context: unused.

    Returns:
        An outcome with the parts ``plan`` and, where asked, ``worth``; ``limit/<id>`` and
        ``job/<id>`` tell what is kept and broken, ``trap/<n>`` which trap the plan is.
    """
    answer, notes = clean(face, value)
    if answer.plan.empty:
        return Outcome(0.0, tuple(_untouched(key, answer)), notes)
    standing = stand(key.rules, answer.plan)
    parts = [
        _plan_part(key, standing),
        *([_worth_part(key, answer, standing)] if key.share else []),
        *_told_parts(key, answer, standing),
    ]
    return Outcome(clamp(sum(part.earned for part in parts)), tuple(parts), notes)


def _untouched(key: AllocationKey, answer: Answer) -> list[Part]:
    parts = [Part("plan", "not attempted", 0.0, 1 - key.share)]
    if key.share:
        verdict: Any = "not attempted" if answer.worth is None else "wrong"
        parts.append(Part("worth", verdict, 0.0, key.share))
    return parts


def _plan_part(key: AllocationKey, standing: Standing) -> Part:
    possible = 1 - key.share
    if not standing.feasible:
        return Part("plan", "wrong", 0.0, possible)
    if standing.worth >= key.best:
        return Part("plan", "right", possible, possible)
    tier = BETTER if standing.worth > key.bar else FEASIBLE
    return Part("plan", "partly", tier * possible, possible)


def _worth_part(key: AllocationKey, answer: Answer, standing: Standing) -> Part:
    if answer.worth is None:
        return Part("worth", "not attempted", 0.0, key.share)
    near = abs(answer.worth - standing.worth) <= key.tolerance
    earned = key.share if near and standing.feasible else 0.0
    return Part("worth", "right" if near else "wrong", earned, key.share)


def _told_parts(key: AllocationKey, answer: Answer, standing: Standing) -> list[Part]:
    """What earns nothing by itself: limits and jobs, kept or broken, and the trap that it is."""
    limits = [
        Part(f"limit/{limit.id}", "wrong" if limit.id in standing.gaps else "right")
        for limit in key.rules.limits
    ]
    jobs = [
        Part(f"job/{job}", "wrong" if job in standing.late else "right")
        for job in answer.plan.order
    ]
    traps = [
        Part(trap.id, "wrong")
        for trap in key.traps
        if trap.plan.same_as(answer.plan) and bool(trap.breaks) != standing.feasible
    ]
    return limits + jobs + traps
