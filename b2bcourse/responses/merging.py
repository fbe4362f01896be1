"""Two answers to one item brought together: the later is the answer, the other is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from b2bcourse.items.patches import overwrites
from b2bcourse.items.response import WINDOW, Kept

if TYPE_CHECKING:
    from b2bcourse.items.response import Response, Try

_LONG_AGO: Final = datetime.fromtimestamp(0, UTC)


def merged(mine: Response, other: Response, now: str) -> Response:
    """``mine`` with all that ``other`` holds; of both alike only once.

    Args:
        mine: an answer to an item.
        other: another answer to the same item.
        now: the time to note (ISO 8601, UTC).
    """
    later, earlier = _in_order(mine, other)
    kept = [*mine.kept, *(one for one in other.kept if one not in mine.kept)]
    if overwrites(earlier.value, {}) and earlier.value != later.value:
        lost = Kept(now, earlier.value, saved=earlier.time, why=WINDOW, meaning=earlier.meaning)
        kept.append(lost)
    return replace(
        mine,
        value=later.value,
        time=later.time,
        tries=_tries(mine, other),
        kept=tuple(kept),
        second_look=mine.second_look or other.second_look,
        sure=later.sure,
        rest={**other.rest, **mine.rest},
    )


def _in_order(mine: Response, other: Response) -> tuple[Response, Response]:
    """The answer that is to stand, and the one that is not; an empty one never takes its place."""
    if not overwrites(other.value, {}):
        return mine, other
    if not overwrites(mine.value, {}):
        return other, mine
    return (mine, other) if _time(mine.time) >= _time(other.time) else (other, mine)


def _tries(mine: Response, other: Response) -> tuple[Try, ...]:
    tries = [*mine.tries, *(one for one in other.tries if one not in mine.tries)]
    return tuple(sorted(tries, key=lambda one: _time(one.time)))


def _time(told: str) -> datetime:
    try:
        found = datetime.fromisoformat(told)
    except ValueError:  # a hand-edited file
        return _LONG_AGO
    return found if found.tzinfo else found.replace(tzinfo=UTC)
