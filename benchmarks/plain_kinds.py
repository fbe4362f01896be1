"""The further kinds as a teacher would build them with ipywidgets alone.

The benchmark copies this file beside its notebook; it knows nothing of the kit. Each is what
ipywidgets' own documentation leads to: a picklist for every place or card, a checkbox for every
option, a number field for every cell, a text area. Every change is written to a JSON file, without
a lock and without a wait for the disk.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import ipywidgets

WIDE: Final = {"description_width": "initial"}


class Plain:
    """An exercise of some kind from the face that the kit has of it.

    Args:
        face: cards, options, rows or nothing, as the kit's own face has them.
        file: where the answer is written.
    """

    def __init__(self, face: dict[str, Any], file: Path) -> None:
        self.face, self.file = face, file
        self.value: dict[str, Any] = {}
        parts = KINDS[face["kind"]](self)
        self.widget = ipywidgets.VBox([ipywidgets.Label(face["task"]), *parts])

    def kept(self, name: str, widget: Any) -> Any:
        """A widget whose every change is written under a name."""
        widget.observe(lambda change: self._set(name, change["new"]), "value")
        return widget

    def _set(self, name: str, new: Any) -> None:
        self.value[name] = new
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(json.dumps(self.value), encoding="utf-8")


def _ordering(plain: Plain) -> list[Any]:
    options = [("", ""), *((card["text"], card["id"]) for card in plain.face["cards"])]
    numbers = range(1, plain.face["slots"] + 1)
    return [plain.kept(str(n), _picklist(str(n), options)) for n in numbers]


def _matching(plain: Plain) -> list[Any]:
    options = [("", ""), *((each["name"], each["id"]) for each in plain.face["categories"])]
    cards = plain.face["cards"]
    return [plain.kept(card["id"], _picklist(card["text"], options)) for card in cards]


def _choice(plain: Plain) -> list[Any]:
    options = plain.face["options"]
    return [
        plain.kept(option["id"], ipywidgets.Checkbox(description=option["text"], style=WIDE))
        for option in options
    ]


def _allocation(plain: Plain) -> list[Any]:
    columns, fields = plain.face["columns"], plain.face["fields"]
    heads = ["", *(column["name"] for column in columns), *(field["name"] for field in fields)]
    grid: list[Any] = [ipywidgets.Label(head) for head in heads]
    for row in plain.face["rows"]:
        grid.append(ipywidgets.Label(row["name"]))
        grid += [ipywidgets.Label(f"{column['values'][row['id']]:g}") for column in columns]
        grid += [plain.kept(f"{row['id']}/{field['id']}", _number(row, field)) for field in fields]
    layout = ipywidgets.Layout(grid_template_columns=f"repeat({len(heads)}, 110px)")
    return [ipywidgets.GridBox(grid, layout=layout)]


def _essay(plain: Plain) -> list[Any]:
    return [plain.kept("text", ipywidgets.Textarea(layout=ipywidgets.Layout(height="200px")))]


def _picklist(name: str, options: list[tuple[str, str]]) -> Any:
    layout = ipywidgets.Layout(width="auto")
    return ipywidgets.Dropdown(description=name, options=options, layout=layout, style=WIDE)


def _number(row: dict[str, Any], field: dict[str, Any]) -> Any:
    layout = ipywidgets.Layout(width="90px")
    return ipywidgets.BoundedIntText(min=0, max=int(field["max"][row["id"]]), layout=layout)


KINDS: dict[str, Callable[[Plain], list[Any]]] = {
    "ordering": _ordering,
    "matching": _matching,
    "choice": _choice,
    "allocation": _allocation,
    "essay": _essay,
}


def show(face_file: str) -> Any:
    """The exercise of a face that lies beside the notebook."""
    face = json.loads(Path(face_file).read_text(encoding="utf-8"))
    return Plain(face, Path("responses") / face_file).widget
