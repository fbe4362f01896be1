"""Patches of an answer: nested tables whose leaves are put in, and what stood there before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def overwrites(
    value: Mapping[str, Any],
    patch: Mapping[str, Any],
    was: Mapping[str, Any],
    *own: Mapping[str, Any],
) -> bool:
    """Whether a patch would put something in the place of what its sender has not seen.

    Args:
        value: the answer as it lies on disk.
        patch: what is to be put in; ``None`` takes a part away.
        was: what the sender believed to stand where the patch's leaves go.
        own: what the sender has put there itself, and perhaps not yet heard that it has.

    Returns:
        True if anywhere something else stands than was believed and than is to be put there.
        Putting a part where nothing stands loses nothing.
    """
    return any(now and now not in seen for now, *seen in _leaves(value, patch, was, *own))


def _leaves(
    value: Mapping[str, Any], patch: Mapping[str, Any], *beliefs: Mapping[str, Any]
) -> Iterator[tuple[Any, ...]]:
    """Of each leaf of a patch: what stands there, what is to stand there, what was believed."""
    for name, new in patch.items():
        now, believed = value.get(name), [belief.get(name) for belief in beliefs]
        if isinstance(new, dict):
            yield from _leaves(table(now), new, *map(table, believed))
        else:
            yield now, new, *believed


def put_together(patch: Mapping[str, Any], newer: Mapping[str, Any]) -> dict[str, Any]:
    """Two patches as one, in which the newer has the last word.

    Args:
        patch: the older one.
        newer: the newer one.
    """
    both = dict(patch)
    for name, new in newer.items():
        both[name] = put_together(table(both.get(name)), new) if isinstance(new, dict) else new
    return both


def one_place(value: dict[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """``value``, in which what ``patch`` puts into a slot leaves the slot where it was before.

    A card lies in one place, whatever two windows thought; where it was put last is where it is.

    Args:
        value: an answer with a table ``order`` of slots, the patch put in.
        patch: the patch.
    """
    order, put = table(value.get("order")), table(table(patch).get("order"))
    moved = {name for name in put.values() if isinstance(name, str)}
    order = {slot: name for slot, name in order.items() if slot in put or name not in moved}
    return {**value, "order": order} if "order" in value else value
