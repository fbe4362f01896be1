"""The allocation kind: scarce means given to the most promising customers and jobs.

``numbers``: choose rows, or give each a number, within limits on the totals. ``schedule``: accept
production jobs and order them on one line, each finished by its due date. The best plan is proved
by `solve` when an item is written and tested, never where a student works.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.allocation.authored import AllocationItem, read
from b2bcourse.items.allocation.explain import explain, judged, staged
from b2bcourse.items.allocation.face import Face, face
from b2bcourse.items.allocation.key import AllocationKey, exact, key
from b2bcourse.items.allocation.meaning import ids_in, meanings
from b2bcourse.items.allocation.plan import Plan, stand
from b2bcourse.items.allocation.reckoning import reckon
from b2bcourse.items.allocation.samples import everything, guess, samples
from b2bcourse.items.allocation.score import score
from b2bcourse.items.allocation.secrets import Secret
from b2bcourse.items.allocation.solve import solve
from b2bcourse.items.allocation.typed import parse, replacing, template
from b2bcourse.items.allocation.value import blank, clean, merge, model_answer, plain
from b2bcourse.items.base import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "AllocationItem",
    "AllocationKey",
    "Face",
    "Secret",
    "blank",
    "explain",
    "face",
    "guess",
    "ids_in",
    "judged",
    "key",
    "load",
    "meanings",
    "merge",
    "model_answer",
    "parse",
    "reckon",
    "replacing",
    "samples",
    "score",
    "solve",
    "staged",
    "template",
]


def load(raw: Any, where: str) -> AllocationItem:
    """An allocation from plain data; its plans are feasible and worth what is said of them.

    That no plan is better is proved by `solve`, which takes longer and needs scipy.

    Raises:
        DataError: a field is missing, unknown or of another type.
        ItemError: the item cannot be asked as it is; the message says what to change.
    """
    item = read(raw, where)
    refuse(where, _unsound(item, key(item)))
    return item


def _unsound(item: AllocationItem, compiled: AllocationKey) -> Iterator[str]:
    if not compiled.plans:
        yield "solution.plans: list every plan that reaches the best value"
    for number, plan in enumerate(compiled.plans):
        yield from _told_wrong(compiled, plan, item.solution.best, f"solution.plans[{number}]")
    for number, (trap, authored) in enumerate(
        zip(compiled.traps, item.solution.traps, strict=True)
    ):
        where = f"solution.traps[{number}]"
        yield from _told_wrong(compiled, trap.plan, authored.value, where, trap.breaks)
        if not trap.breaks and trap.worth >= compiled.best:
            yield f"{where}: worth {plain(trap.worth)}, so it is no trap"
    if not any(trap.bars for trap in compiled.traps):
        yield "solution.traps: at least one must be feasible; the best of them is the bar for 0.6"
    greedy, _ = clean(face(item, "en"), everything(face(item, "en")))
    if stand(compiled.rules, greedy.plan).feasible:
        yield "limits: everything at once keeps them all, so there is nothing to choose"


def _told_wrong(
    compiled: AllocationKey, plan: Plan, worth: float, where: str, breaks: tuple[str, ...] = ()
) -> Iterator[str]:
    standing = stand(compiled.rules, plan)
    broken = {*standing.gaps, *standing.late}
    if broken != set(breaks):
        told = ", ".join(sorted(broken)) or "nothing"
        yield f"{where}: it breaks {told}; 'breaks' says {', '.join(breaks) or 'nothing'}"
    if standing.worth != exact(worth):
        yield f"{where}: it is worth {plain(standing.worth)}, not {worth:g}"
