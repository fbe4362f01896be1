"""Sequences, numbers and tables of cards in some file, and what they tell of a graded item.

An answer need not look like one: it may be a bare list, a run of ids in prose, the order in which
the cards' own words follow each other, a part of the key, or a part of the authored solution.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.grading.leaks.documents import fold
from b2bcourse.items.allocation.value import clean
from b2bcourse.items.ordering.pairs import closure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from b2bcourse.grading.leaks.graded import Graded, Run

IN_ORDER: Final = frozenset({"ordering", "allocation"})
"""Kinds of which a run of ids can be an answer."""

FEWEST: Final = 3
"""A sequence of fewer cards tells nothing."""

WEAK: Final = 2
"""Ids of so few letters are in every item; they tell something only beside the item's name."""

_LONG_ENOUGH: Final = 2
"""More folded letters than this, and a card's words are looked for in prose."""

_BETWEEN: Final = r"[^\w]{1,24}(?:\d{1,2}[^\w]{1,24})?"
_SOLUTION: Final = frozenset({"best", "plans", "traps", "why", "bar"})
_TRAP: Final = frozenset({"value", "worth", "breaks", "near"})
_LINES: Final = ("evidence", "lines")
_CARD: Final = ("id", "card")


def names_of(face: Any, key: Any) -> dict[str, str]:
    """What the cards or rows of an item go by, folded, and their ids on the face."""
    named: dict[str, str] = {}
    for part in (*getattr(face, "cards", ()), *getattr(face, "rows", ())):
        for name in (part.id, getattr(part, "text", ""), getattr(part, "name", "")):
            if name:
                named[fold(name)] = part.id
    return named | {fold(name): slot for name, slot in authored_of(key).items()}


def authored_of(key: Any) -> dict[str, str]:
    """The author's ids of a matching's cards, and the slots that stand for them on the face."""
    cards = getattr(key, "cards", {}).items()
    return {card.card: slot for slot, card in cards if getattr(card, "card", "")}


def places_of(face: Any) -> dict[str, str]:
    """What the places of a matching go by, folded, and their ids."""
    named = {fold(place): place for place in getattr(face, "places", ())}
    for category in getattr(face, "categories", ()):
        if category.id in named.values():
            named |= {fold(name): category.id for name in (category.name, *category.also)}
    return named


def are_weak(ids: Iterable[str]) -> bool:
    """Whether ids are so short that other items have the same."""
    return max(map(len, ids), default=0) <= WEAK


def named_in(item: Graded, text: str, folded: Iterable[str]) -> bool:
    """Whether a file, by its name and ``text`` and the folded forms of it, is about an item."""
    titles = [fold(face.title) for face in item.faces]
    return item.item_id in text or any(title in form for title in titles for form in folded)


def answers_in(item: Graded, value: Any) -> Iterator[Any]:
    """The answers that a list or a table spells out without being shaped like one."""
    if item.kind_id == "ordering":
        for order in _orders(item, value):
            yield _in_slots(order)
    elif item.kind_id == "allocation":
        for order in _orders(item, value):
            yield from _plans(item, order)
        if isinstance(value, dict) and (table := _amounts(item, value)):
            yield {"numbers": table}


def answers_told(item: Graded, text: str) -> Iterator[Any]:
    """The answers that a text tells by a run of ids, whatever stands between them."""
    if item.run is None:
        return
    whole, one = item.run
    for run in whole.finditer(text):
        order = [item.names[fold(name)] for name in one.findall(run[0])]
        yield from answers_in(item, order)


def answers_written(item: Graded, folded: str) -> Iterator[Any]:
    """The answers that a folded text tells by the order of the cards' own words."""
    if item.kind_id != "ordering":
        return
    for face in item.faces:
        words = {card.id: fold(card.text) for card in face.cards}
        at = {card: folded.find(said) for card, said in words.items() if len(said) > _LONG_ENOUGH}
        order = sorted((card for card in at if at[card] >= 0), key=at.__getitem__)
        if len(order) >= face.slots - 1:
            yield _in_slots([card for card in order if card in item.key.cards])


def run_of(names: Mapping[str, str]) -> Run:
    """Patterns for a run of three ids or more, and for one id."""
    ids = sorted(set(names.values()), key=len, reverse=True)
    one = rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in ids)})(?![\w-])"
    run = rf"{one}(?:{_BETWEEN}{one}){{{FEWEST - 1},}}"
    return re.compile(run), re.compile(one)


def tells_pairs(item: Graded, value: Any) -> bool:
    """Whether a list says what comes before what, for most cards of an ordering."""
    if item.kind_id != "ordering" or not isinstance(value, list | tuple | set | frozenset):
        return False
    pairs = [pair for pair in value if isinstance(pair, list | tuple) and len(pair) == 2]  # noqa: PLR2004
    known = [tuple(_id(item, name) for name in pair) for pair in pairs]
    told = closure((a, b) for a, b in known if a and b)
    enough = item.key.count / 2
    return any(len(told & reading) >= enough > len(told - reading) for reading in item.key.readings)


def tells_solution(item: Graded, value: Any, *, named: bool) -> bool:
    """Whether a table is a part of an allocation's solution: its best value, or a trap.

    Such numbers are in other items too: only a file that ``named`` the item tells its own.
    """
    if item.kind_id != "allocation" or not isinstance(value, dict) or not named:
        return False
    if set(value) <= _SOLUTION and _same(value.get("best"), item.key.best):
        return True
    if "plan" not in value or not _TRAP & set(value):
        return False
    told = _as_plans(item, value["plan"])
    return any(trap.plan in told for trap in item.key.traps)


def tells_cards(item: Graded, value: Any) -> bool:
    """Whether a table or list says where cards of a matching belong, or which lines show it."""
    if item.kind_id != "matching":
        return False
    if isinstance(value, dict) and any(_tells_card(item, value, name) for name in _CARD):
        return True
    table = _table(item, value)
    needed = item.key.needed
    places = sum(_places(item, told) == set(needed[c].required) for c, told in table.items())
    lines = sum(_shows(needed[c], _lines(told)) for c, told in table.items())
    return places >= max(2, len(needed) / 2) or lines >= max(2, len(table) / 2)


def _in_slots(order: Sequence[str]) -> dict[str, Any]:
    return {"order": {str(slot): card for slot, card in enumerate(order, start=1)}}


def _id(item: Graded, name: Any) -> str:
    return item.names.get(fold(name), "") if isinstance(name, str) else ""


def _orders(item: Graded, value: Any) -> Iterator[list[str]]:
    """The cards or rows in the orders that a list or a table may mean."""
    spelled: list[list[Any]] = []
    if isinstance(value, list | tuple):
        spelled = [[part.get("id") if isinstance(part, dict) else part for part in value]]
    elif all(str(name).isdigit() for name in value):
        spelled = [[value[name] for name in sorted(value, key=lambda name: int(str(name)))]]
    elif all(type(place) is int for place in value.values()):
        spelled = [sorted(value, key=value.__getitem__)]
    elif item.kind_id == "ordering":
        spelled = [list(value)]
    for names in spelled:
        order = [_id(item, name) for name in names]
        if len(order) >= FEWEST and all(order):
            yield list(dict.fromkeys(order))


def _plans(item: Graded, order: Sequence[str]) -> Iterator[Any]:
    face = item.faces[0]
    if face.line:
        yield _in_slots(order)
    elif len(face.fields) == 1:
        yield {"numbers": {row: {face.fields[0].id: 1} for row in order}}


def _amounts(item: Graded, value: dict[Any, Any]) -> dict[str, dict[str, float]]:
    """Numbers by row, as a plan of the key has them: as texts, or by a row's own name."""
    face = item.faces[0]
    found: dict[str, dict[str, float]] = {}
    for name, content in value.items():
        row = _id(item, name)
        bare = not isinstance(content, dict) and len(face.fields) == 1
        numbers = _numbers({face.fields[0].id: content} if bare else content)
        if not row or not numbers:
            return {}
        found[row] = numbers
    return found


def _numbers(cells: Any) -> dict[str, float]:
    """The numbers of a table; none where one of them is no number."""
    cells = cells if isinstance(cells, dict) else {}
    read = {field: _number(cell) for field, cell in cells.items()}
    found = {field: number for field, number in read.items() if number is not None}
    return found if len(found) == len(read) else {}


def _number(raw: Any) -> float | None:
    if isinstance(raw, bool | int | float):
        return int(raw) if raw == int(raw) else float(raw)
    try:
        number = Decimal(raw)
    except (InvalidOperation, TypeError, ValueError):
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _same(raw: Any, number: Decimal) -> bool:
    found = _number(raw)
    return found is not None and Decimal(repr(found)) == number


def _as_plans(item: Graded, raw: Any) -> list[Any]:
    """A raw plan as plans of the key."""
    raw = raw["order"] or raw["amounts"] if isinstance(raw, dict) and "amounts" in raw else raw
    guesses: list[Any] = []
    if isinstance(raw, list | tuple):
        order = [_id(item, name) for name in raw]
        guesses = list(_plans(item, order)) if order and all(order) else []
    elif isinstance(raw, dict) and (table := _amounts(item, raw)):
        guesses = [{"numbers": table}]
    return [clean(item.faces[0], guess)[0].plan for guess in guesses]


def _tells_card(item: Graded, value: dict[Any, Any], name: str) -> bool:
    """Whether a table is one card's: its id, and where it belongs or which lines show it.

    Another item may have a card of the same id: all that the table says must be so of this one.
    """
    slot = item.authored.get(value[name]) if isinstance(value.get(name), str) else None
    card = item.key.cards.get(slot)
    if slot is None or card is None or not _says_the_same(item, slot, value.get("text")):
        return False
    told = [_lines(value[field]) == set(card.lines) for field in _LINES if field in value]
    if "required" in value:
        told.append(_places(item, value["required"]) == set(card.required))
    return bool(card.required) and bool(told) and all(told)


def _says_the_same(item: Graded, slot: str, text: Any) -> bool:
    said = text.values() if isinstance(text, dict) else [text]
    return text is None or any(_id(item, one) == slot for one in said)


def _table(item: Graded, value: Any) -> dict[str, Any]:
    """What a table or a list of entries says of each card that belongs somewhere."""
    if not isinstance(value, dict):
        entries = [part for part in value if isinstance(part, dict)]
        value = {str(part.get("id", part.get("card"))): part for part in entries}
    found = {_id(item, name): _of_card(told) for name, told in value.items()}
    for name, cards in value.items():
        place = _places(item, name)
        for card in cards if place and isinstance(cards, list | tuple) else ():
            found[_id(item, card)] = list(place)
    return {slot: told for slot, told in found.items() if slot in item.key.needed}


def _of_card(told: Any) -> Any:
    """The places and lines in what stands beside a card, as one list."""
    if not isinstance(told, dict):
        return told
    named = [told[field] for field in ("required", *_LINES) if field in told]
    if not named:
        return [name for name, mark in told.items() if mark]
    return [one for part in named for one in (part if isinstance(part, list | tuple) else [part])]


def _listed(told: Any) -> list[Any]:
    if isinstance(told, dict):
        return [name for name, mark in told.items() if mark]
    return list(told) if isinstance(told, list | tuple | set | frozenset) else [told]


def _places(item: Graded, told: Any) -> set[str]:
    """The places that are named; none where a name is none."""
    names = [one for one in _listed(told) if isinstance(one, str) and not one.isdigit()]
    found = {item.places.get(fold(name), "") for name in names}
    return set() if "" in found else found


def _lines(told: Any) -> set[int]:
    return {int(str(one)) for one in _listed(told) if type(one) is int or str(one).isdecimal()}


def _shows(card: Any, lines: set[int]) -> bool:
    return bool(lines & card.lines) and lines <= card.lines | card.lines_accepted
