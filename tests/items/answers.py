"""Answers of every sort to any item: what brings out all that feedback can say."""

from itertools import combinations

SILENT = {"state", "href", "id", "outcomes"}
"""What stands beside sentences and is not read."""


def answers(kind, item, face, key):
    """Blank, right, the samples, and each wrong answer that a kind knows a sentence for."""
    yield kind.blank(face)
    yield kind.model_answer(face, key)
    yield from (sample.value for sample in kind.samples(item))
    yield from _MORE.get(face.kind, lambda *_: ())(face, key)


def _orders(_, key):
    """Any two cards of the right order exchanged."""
    for i, j in combinations(range(len(key.order)), 2):
        order = list(key.order)
        order[i], order[j] = order[j], order[i]
        yield {"order": {str(slot): card for slot, card in enumerate(order, start=1)}}


def _places(face, _):
    """Every card in each place that takes it."""
    for place in face.places:
        yield {"places": {c.id: {place: 1} for c in face.cards if place in face.allowed(c)}}


def _choices(face, _):
    yield from ({"chosen": {option.id: 1}} for option in face.options)


def _marks(face, _):
    for mark in (1, 2):
        yield {"cells": {r.id: {c.id: mark for c in face.columns} for r in face.rows}}


_MORE = {"ordering": _orders, "matching": _places, "choice": _choices, "matrix": _marks}


def read_out(value):
    """Every sentence in what a widget is sent."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in SILENT:
                yield from read_out(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from read_out(part)
