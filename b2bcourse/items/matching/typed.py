"""Answering a matching in text: the names a person would type, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import ResponseError
from b2bcourse.items.matching.value import placed
from b2bcourse.items.matching.words import WORDS
from b2bcourse.items.names import Named, find, matches, near, parts
from b2bcourse.items.shape import ShapeError, shaped_like
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.matching.face import CardFace, Face
    from b2bcourse.items.matching.face import Named as NamedFace


def template(face: Face) -> str:
    """A call of ``respond`` to copy and fill in, with the cards by number."""
    lang = face.lang
    if face.evidence:
        return _evidence_template(face)
    asked = [place for place in face.places if place not in face.open]
    lines = [
        f"b2b.respond({face.id!r}, {{",
        *(f"    {face.place_name(place)!r}: []," for place in asked),
        "})",
        f"# {WORDS.typed_cards[lang]}:",
        *(f"#  {number}. {_with_side(face, card)}" for number, card in enumerate(face.cards, 1)),
    ]
    if face.several:
        lines.append(f"# {WORDS.typed_several[lang]}")
    if face.open:
        names = ", ".join(face.place_name(place) for place in face.open)
        lines.append(f"# {WORDS.typed_open[lang].format(names=names)}")
    return "\n".join(lines)


def _evidence_template(face: Face) -> str:
    names = ", ".join(category.name for category in face.categories)
    return "\n".join(
        [
            f"b2b.respond({face.id!r}, {{",
            *(f"    {card.text!r}: []," for card in face.cards),
            "})",
            f"# {face.heading}: {names}",
            f"# {WORDS.typed_lines[face.lang].format(name=face.categories[0].name)}",
            *(f"#  {number}. {line}" for number, line in zip(face.lines, face.case, strict=True)),
        ]
    )


def _with_side(face: Face, card: CardFace) -> str:
    names = [side.name for side in face.sides if side.id == card.side]
    return f"{card.text} ({names[0]})" if names else card.text


def parse(face: Face, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The value of a response from what a person typed.

    Args:
        face: the item's face.
        typed: category to cards, or card to a category or to several; a card is its text, its
            number or its id; categories in either language. With sides a category is written
            ``stage / side``; the stage alone will do for a card of one side. Where evidence is
            asked for, a card's numbers are lines: ``{"Oh Se-jin": ["Gatekeeper", 3]}``.

    Raises:
        ResponseError: a name is not known here; the message lists those that are.
    """
    with shaped_like(face, _example(face)):
        return _parse(face, typed)


def _example(face: Face) -> dict[str, list[Any]]:
    if face.evidence:
        return {face.cards[0].text: [face.categories[0].name, 1]}
    place = next(place for place in face.places if place not in face.open)
    return {face.place_name(place): [1, 2]}


def _parse(face: Face, typed: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(typed, dict):
        raise ShapeError
    if face.evidence:
        return _with_evidence(face, typed)
    by_place = all(_is_place(face, name) for name in typed)
    found: dict[str, tuple[str, ...]] = {}
    for name, listed in typed.items():
        for other in _listed(listed):
            card_name, place_name = (other, name) if by_place else (name, other)
            card = _card(face, card_name)
            place = _place(face, card, place_name)
            found[card.id] = tuple(dict.fromkeys((*found.get(card.id, ()), place)))
    return placed(found)


def _with_evidence(face: Face, typed: Mapping[str, Any]) -> dict[str, Any]:
    places: dict[str, tuple[str, ...]] = {}
    lines: dict[str, tuple[int, ...]] = {}
    for name, listed in typed.items():
        card, given = _card(face, name), _listed(listed)
        numbers = [one for one in given if isinstance(one, int)]
        if unknown := [n for n in numbers if n not in face.lines]:
            last = len(face.lines)
            raise ResponseError(WORDS.typed_unknown_line.format(name=unknown[0], last=last))
        named = [_place(face, card, one) for one in given if not isinstance(one, int)]
        places[card.id] = tuple(dict.fromkeys(named))
        lines[card.id] = tuple(dict.fromkeys(numbers))
    return placed(places, lines)


def replacing(face: Face, value: Mapping[str, Any]) -> dict[str, Any]:
    """The patch that makes ``value`` the whole answer: all that it does not name is taken away."""
    places, lines = value["places"], value.get("lines", {})
    patch = {
        "places": {
            card.id: {place: places.get(card.id, {}).get(place) for place in face.allowed(card)}
            for card in face.cards
        }
    }
    if face.evidence:
        patch["lines"] = {
            card.id: {str(n): lines.get(card.id, {}).get(str(n)) for n in face.lines}
            for card in face.cards
        }
    return patch


def _listed(named: object) -> list[Any]:
    if isinstance(named, str | int) and not isinstance(named, bool):
        return [named] if str(named).strip() else []
    if isinstance(named, list | tuple | set):
        return list(named)
    raise ShapeError


def _is_place(face: Face, name: object) -> bool:
    return bool(matches(str(name), [*_places(face, face.places), *_categories(face)]))


def _card(face: Face, name: object) -> CardFace:
    """The card called ``name``: by its text, its number or its id."""
    known = [Named(card.id, card.text, (str(number),)) for number, card in enumerate(face.cards, 1)]
    # What is no card may have been meant for a place: one wrong place, and all seem to be cards.
    others, last = [*known, *_categories(face)], len(face.cards)
    found = find(
        name,
        known,
        lambda _: WORDS.typed_unknown_card.format(name=name, last=last, meant=near(name, others)),
    )
    return next(card for card in face.cards if card.id == found)


def _place(face: Face, card: CardFace, name: object) -> str:
    """The place called ``name``; of a category alone, the only side that the card may have."""
    allowed = _places(face, face.allowed(card))
    if not face.sides:
        return find(name, allowed)
    hits = matches(str(name), allowed)
    if len(hits) == 1:
        return hits[0]
    categories = matches(str(name), _categories(face))
    whole = [place.id for place in allowed if place.id.partition("/")[0] in categories]
    if len(whole) == 1:
        return whole[0]
    words = WORDS.typed_side if whole else NOTES.typed_unknown
    names = ", ".join(place.shown for place in allowed)
    raise ResponseError(words.format(name=name, names=names, meant=near(name, allowed)))


def _categories(face: Face) -> list[Named]:
    return [Named(each.id, each.name, each.also) for each in face.categories]


def _places(face: Face, places: Iterable[str]) -> list[Named]:
    """Places with every way to write them: any name of the category, then any of the side."""
    found = []
    for place in places:
        category, _, side = place.partition("/")
        first = _called(face.categories, category)
        second = _called(face.sides, side) if side else ("",)
        also = tuple(f"{one} {other}".strip() for one in first for other in second)
        found.append(Named(place, face.place_name(place), also))
    return found


def _called(named: Iterable[NamedFace], name: str) -> tuple[str, ...]:
    each = next(each for each in named if each.id == name)
    names = (each.id, each.name, *each.also)
    return (*names, *(part for name in names for part in parts(name)))
