"""The value of a response to a matching: reading it from any JSON, and model answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import short
from b2bcourse.items.matching.words import WORDS
from b2bcourse.items.once import made_once
from b2bcourse.items.words import NOTES, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.facts import Text
    from b2bcourse.items.matching.face import Face
    from b2bcourse.items.matching.key import MatchingKey


Places = dict[str, tuple[str, ...]]
"""Where each card lies; a card that lies nowhere is left out."""

Lines = dict[str, tuple[int, ...]]
"""The lines of the case that are cited for each card, from 1."""


def blank(face: Face) -> dict[str, Any]:
    """An empty answer."""
    return {name: {} for name in sorted(_fields(face), reverse=True)}


def clean(face: Face, raw: object) -> tuple[Places, tuple[Text, ...]]:
    """What of any JSON is an answer to ``face``, and notes on what is not.

    A part that cannot be read counts for nothing; the rest of the answer still counts.
    """
    notes: list[Text] = []
    places = raw.get("places", {}) if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(places, dict) or not set(raw) <= _fields(face):
        notes.append(NOTES.bad_value)
    cards = _allowed(face)
    found: Places = {}
    for name, marks in (places if isinstance(places, dict) else {}).items():
        if name not in cards:
            notes.append(NOTES.bad_card.format(what=short(name)))
        elif good := _card_places(cards[name], marks, notes):
            found[name] = good
    return found, told(notes)


def _fields(face: Face) -> set[str]:
    return {"places", "lines"} if face.evidence else {"places"}


def cited(face: Face, raw: object) -> Lines:
    """The lines cited for each card; what cannot be read, or names no line, is passed over."""
    lines = raw.get("lines", {}) if isinstance(raw, dict) else None
    found: Lines = {}
    for card in face.cards:
        marks = lines.get(card.id) if isinstance(lines, dict) else None
        if not isinstance(marks, dict):
            continue
        good = tuple(
            n for n, name in _lines(face) if type(marks.get(name)) is int and marks[name] == 1
        )
        if good:
            found[card.id] = good
    return found


@made_once
def _lines(face: Face) -> tuple[tuple[int, str], ...]:
    """The case's lines, each with its name in a response."""
    return tuple((number, str(number)) for number in face.lines)


@made_once
def _allowed(face: Face) -> dict[str, tuple[str, ...]]:
    return {card.id: face.allowed(card) for card in face.cards}


def _card_places(allowed: tuple[str, ...], marks: object, notes: list[Text]) -> tuple[str, ...]:
    """The places of one card in the face's order."""
    if not isinstance(marks, dict):
        notes.append(WORDS.bad_mark.format(what=short(marks)))
        return ()
    for place, mark in marks.items():
        if place not in allowed:
            notes.append(WORDS.bad_place.format(what=short(place)))
        elif type(mark) is not int or mark not in {0, 1}:
            notes.append(WORDS.bad_mark.format(what=short(mark)))
    return tuple(p for p in allowed if type(marks.get(p)) is int and marks[p] == 1)


def placed(
    places: Mapping[str, tuple[str, ...]], lines: Mapping[str, Iterable[int]] | None = None
) -> dict[str, Any]:
    """Places by card, and the lines cited where evidence is asked for, as a response's value."""
    value = {"places": {card: dict.fromkeys(where, 1) for card, where in places.items() if where}}
    if lines is not None:
        value["lines"] = {card: dict.fromkeys(map(str, cites), 1) for card, cites in lines.items()}
    return value


def model_answer(face: Face, key: MatchingKey) -> dict[str, Any]:
    """The answer that earns everything, made from the key; decoys stay where they are."""
    lines = {slot: sorted(card.lines) for slot, card in key.needed.items()}
    places = {slot: card.required for slot, card in key.cards.items()}
    return placed(places, lines if face.evidence else None)
