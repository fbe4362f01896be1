"""What of an item somebody could plant, how a person would type its answer, and every disguise."""

import gzip
import html
import io
import json
import tarfile
import zipfile

import msgspec
import yaml

from b2bcourse.facts.reading import read_raw
from b2bcourse.items.simulation.typed import VERBS


def typed_matrix(face, value):
    names = {p.id: p.name for p in (*face.columns, *face.text_columns, *face.column_choices)}
    heads = {row.id: row.name for row in (*face.rows, *face.row_choices)}
    if face.form == "left":
        return {slot: heads[name] for slot, name in value["rows"].items()}
    if face.form == "right":
        return {slot: names[name] for slot, name in value["columns"].items()}
    marked = {
        row: {names[value["columns"].get(c, c)]: mark for c, mark in cells.items()}
        for row, cells in value["cells"].items()
    }
    if face.form == "both":
        return {row: {heads[value["rows"][row]]: people} for row, people in marked.items()}
    return {heads[row]: people for row, people in marked.items()}


def typed_matching(face, value):
    cards = {card.id: card.text for card in face.cards}
    places = {cards[c]: [face.place_name(p) for p in where] for c, where in value["places"].items()}
    for card, lines in value.get("lines", {}).items():
        places.setdefault(cards[card], []).extend(map(int, lines))
    return places


def typed_ordering(face, value):
    cards = {card.id: card.text for card in face.cards}
    return [cards[card] for card in value["order"].values()]


def typed_choice(face, value):
    numbers = {option.id: number for number, option in enumerate(face.options, start=1)}
    numbers = [numbers[option] for option in value["chosen"]]
    return numbers if face.several else numbers[0]


def typed_allocation(face, value):
    rows = {row.id: row.name for row in face.rows}
    worth = {"worth": value["worth"]} if "worth" in value else {}
    if face.line:
        return {"순서": [rows[row] for row in value["order"].values()]} | worth
    return {rows[row]: cells for row, cells in value["numbers"].items()} | worth


def typed_essay(face, value):
    levels = {criterion: level + 1 for criterion, level in value["self"].items()}
    return {"text": value["text"], "self": levels}


def typed_simulation(face, value):
    return "\n".join(f"{typed_moves(turn['decisions'])} | so" for turn in value["turns"])


def typed_moves(moves):
    return "; ".join(typed_move(move) for move in moves)


def typed_move(move):
    told = {
        "offer": lambda: [move["cut"], move["visits"]],
        "negotiate": lambda: [move["opening"], move["reserve"]],
        "accept": lambda: [move["order"]],
        "decline": lambda: [move["order"]],
        "note": lambda: [
            move["person"],
            ",".join(move["roles"]) or "-",
            ",".join(move["interests"]) or "-",
            move["fear"] or "-",
        ],
    }.get(move["do"])
    words = [VERBS[move["do"]][0], move["account"]]
    if told is None:
        words += [move[name] for name in ("person", "what", "how", "which", "fear") if move[name]]
        words += move["persons"]
    else:
        words += told()
    words += [f"{each['person']}={each['benefit']}" for each in move["messages"]]
    return " ".join(map(str, words))


TYPED = {
    "matrix": typed_matrix,
    "matching": typed_matching,
    "ordering": typed_ordering,
    "choice": typed_choice,
    "allocation": typed_allocation,
    "essay": typed_essay,
    "simulation": typed_simulation,
}
"""By kind, the model answer as a person would type it."""


def plain(data):
    """Data as JSON can hold it."""
    if isinstance(data, dict):
        return {str(name): plain(part) for name, part in data.items()}
    if isinstance(data, list | tuple | set | frozenset):
        return [plain(part) for part in data]
    return data if isinstance(data, str | int | float | None) else str(data)


def response(one):
    item = one.item
    return {"schema": 2, "item": item.id, "kind": item.kind, "value": one.model(), "tries": []}


LEAKS = {
    "the model answer": lambda one: one.model(),
    "a response": response,
    "the compiled key": lambda one: plain(msgspec.to_builtins(one.kind.key(one.item))),
    "the authored item": lambda one: plain(read_raw(one.path)),
}


def written(data):
    return json.dumps(data, ensure_ascii=False)


def cell(kind, source):
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cells": [{"cell_type": kind, "source": source.splitlines(keepends=True), **more}]}


def entities(text):
    return "".join(f"&#{ord(sign)};" if sign not in " \n" else sign for sign in text)


def zipped(name, content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def tarred(name, content):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


AS_DATA = {
    "as JSON": ("x.json", written),
    "as JSON of ASCII": ("x.json", json.dumps),
    "deep in JSON": ("x.json", lambda data: written({"deep": [{"in": data}]})),
    "in JSON within JSON": ("x.json", lambda data: written({"x": written({"y": written(data)})})),
    "as YAML": ("x.yaml", lambda data: yaml.safe_dump(data, allow_unicode=True)),
    "as fenced YAML": (
        "x.md",
        lambda data: f"# x\n\n```yaml\n{yaml.safe_dump(data, allow_unicode=True)}\n```\n",
    ),
    "as Python": ("x.py", lambda data: f"DATA = {data!r}\n"),
    "in a code cell": ("x.ipynb", lambda data: written(cell("code", f"data = {data!r}"))),
    "in a page's text": ("x.ipynb", lambda data: written(cell("markdown", f"답: {written(data)}"))),
    "in a page": ("x.html", lambda data: f'<div data-x="{html.escape(json.dumps(data))}"></div>'),
    "in entities": ("x.html", lambda data: entities(written(data))),
    "as MessagePack": ("x.bin", msgspec.msgpack.encode),
    "in UTF-16": ("x.txt", lambda data: written(data).encode("utf-16")),
    "in a zip": ("x.whl", lambda data: zipped("a.json", written(data))),
    "in a zip in a zip": ("x", lambda data: zipped("a", zipped("a.json", written(data)))),
    "in a tar": ("x.tar.gz", lambda data: tarred("a.json", written(data).encode())),
    "compressed": ("x.gz", lambda data: gzip.compress(written(data).encode())),
}
"""How data is hidden in a file: the file's name, and what makes its content."""

AS_TEXT = {
    "as it is": ("x.txt", str),
    "as Python": ("x.py", str),
    "in a code cell": ("x.ipynb", lambda call: written(cell("code", call))),
    "in a page's text": ("x.ipynb", lambda call: written(cell("markdown", f"답: `{call}`"))),
    "fenced": ("x.md", lambda call: f"# x\n\n```python\n{call}\n```\n"),
    "in JSON": ("x.json", lambda call: written({"x": [call]})),
    "in JSON within JSON": ("x.json", lambda call: written({"x": json.dumps({"y": call})})),
    "in a page": ("x.html", lambda call: f"<pre>{html.escape(call)}</pre>"),
    "in entities": ("x.html", entities),
    "in a zip": ("x.whl", lambda call: zipped("a.py", call)),
}
"""How a call of ``respond`` is hidden in a file."""
