"""What a person would type for an answer: the text mode's way of any value, kind by kind."""

from __future__ import annotations


def spelled(face, value):
    """``value`` as it is handed to ``b2b.respond``, with names instead of ids."""
    return _WAYS[face.kind](face, value)


def _matrix(face, value):
    people = {c.id: c.name for c in (*face.columns, *face.text_columns, *face.column_choices)}
    benefits = {c.id: c.name for c in face.row_choices}
    if face.form == "left":
        return {slot: benefits[name] for slot, name in value["rows"].items()}
    if face.form == "right":
        return {slot: people[name] for slot, name in value["columns"].items()}
    if face.form == "cells":
        rows = {row.id: row.name for row in face.rows}
        return {
            rows[r]: {people[c]: m for c, m in marks.items()} for r, marks in value["cells"].items()
        }
    return {
        row: {
            benefits[name]: {
                people[value["columns"][c]]: mark for c, mark in value["cells"].get(row, {}).items()
            }
        }
        for row, name in value["rows"].items()
    }


def _ordering(face, value):
    cards = {card.id: card.text for card in face.cards}
    return {slot: cards[card] for slot, card in value.get("order", {}).items()}


def _matching(face, value):
    cards = {card.id: card.text for card in face.cards}
    sides = {side.id: side.name for side in face.sides}
    names = {c.id: c.name for c in face.categories}

    def place(name):
        category, _, side = name.partition("/")
        return f"{names[category]} / {sides[side]}" if side else names[category]

    cited = value.get("lines", {})
    return {
        cards[card]: [
            *(place(name) for name in value.get("places", {}).get(card, {})),
            *(int(line) for line in cited.get(card, {})),
        ]
        for card in {**value.get("places", {}), **cited}
    }


def _choice(face, value):
    options = {option.id: option.text for option in face.options}
    return [options[option] for option in value.get("chosen", {})]


def _allocation(face, value):
    names = {row.id: row.name for row in face.rows}
    if face.line:
        jobs = [names[job] for _, job in sorted(value.get("order", {}).items(), key=_slot)]
        return {"순서": jobs, **_plan_value(value)}
    fields = {field.id: field.name for field in face.fields}
    typed = {
        names[row]: {fields[name]: number for name, number in numbers.items()}
        for row, numbers in value.get("numbers", {}).items()
        if row in names
    }
    return {**typed, **_plan_value(value)}


def _slot(entry):
    return int(entry[0])


def _plan_value(value):
    return {"worth": value["worth"]} if "worth" in value else {}


_WAYS = {
    "allocation": _allocation,
    "matrix": _matrix,
    "ordering": _ordering,
    "matching": _matching,
    "choice": _choice,
}
