"""Answering a matching in text: the names a person would type, in either language."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import ResponseError
from b2bcourse.items.matching.value import placed
from b2bcourse.items.matching.words import WORDS
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.matching.face import CardFace, Face, Named


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
    if not isinstance(typed, dict):
        raise ResponseError(NOTES.typed_shape)
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
    raise ResponseError(NOTES.typed_shape)


def _is_place(face: Face, name: object) -> bool:
    plain = _plain(str(name))
    return any(plain in _spellings(face, place) for place in face.places) or any(
        plain in _names(category) for category in face.categories
    )


def _card(face: Face, name: object) -> CardFace:
    """The card called ``name``: by its text, its number or its id."""
    plain = _plain(str(name))
    for number, card in enumerate(face.cards, 1):
        if plain in {str(number), card.id, _plain(card.text)}:
            return card
    raise ResponseError(WORDS.typed_unknown_card.format(name=name, last=len(face.cards)))


def _place(face: Face, card: CardFace, name: object) -> str:
    """The place called ``name``; of a category alone, the only side that the card may have."""
    plain = _plain(str(name))
    allowed = face.allowed(card)
    for place in allowed:
        if plain in _spellings(face, place):
            return place
    whole = [p for p in allowed if plain in _names(_category(face, p))]
    if len(whole) == 1:
        return whole[0]
    words = WORDS.typed_side if whole else NOTES.typed_unknown
    names = ", ".join(face.place_name(place) for place in allowed)
    raise ResponseError(words.format(name=name, names=names))


def _category(face: Face, place: str) -> Named:
    return next(c for c in face.categories if c.id == place.partition("/")[0])


def _spellings(face: Face, place: str) -> set[str]:
    """Every way to write a place, plain."""
    category = _names(_category(face, place))
    sides = [side for side in face.sides if side.id == place.partition("/")[2]]
    if not sides:
        return category
    return {first + second for first in category for second in _names(sides[0])}


def _names(named: Named) -> set[str]:
    return {_plain(part) for name in (named.id, named.name, *named.also) for part in _parts(name)}


def _parts(name: str) -> Iterable[str]:
    """``결정권자(Decider)`` is written as a whole, or as what stands before or in the brackets."""
    return [name, *(part for part in re.split(r"[()]", name) if part.strip())]


def _plain(name: str) -> str:
    """Case, spaces, punctuation and Unicode form do not matter."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s·.,:;/()\[\]{}'\"“”‘’«»?!_-]+", "", folded)
