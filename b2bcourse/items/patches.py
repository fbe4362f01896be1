"""Patches of an answer: nested tables whose leaves are put in, and what is gone by that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def overwrites(
    value: Mapping[str, Any], merged: Mapping[str, Any], *seen: Mapping[str, Any]
) -> bool:
    """Whether something of an answer is gone that who changed it had not seen.

    Args:
        value: the answer as it lay on disk.
        merged: the answer as it will lie there. What a kind takes away by itself counts too: a
            card that is put elsewhere leaves its place.
        seen: what the sender believed to stand there, and what it had put there itself.

    Returns:
        True if any part of ``value`` does not stand in ``merged`` and is in none of ``seen``.
        Putting a part where nothing stands loses nothing.
    """
    return any(
        _holds(now) and now not in (_at(merged, path), *(_at(one, path) for one in seen))
        for path, now in _leaves(value)
    )


def _holds(part: Any) -> bool:
    """Whether a part is an answer; the lowest of several levels is 0, and one."""
    return part is not None and part not in ("", [])


def _leaves(value: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[Any, Any]]:
    for name, part in value.items():
        if isinstance(part, dict):
            yield from _leaves(part, (*path, name))
        else:
            yield (*path, name), part


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = table(value).get(name)
    return value


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
