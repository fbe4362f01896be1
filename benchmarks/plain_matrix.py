"""The matrix as a teacher would build it with ipywidgets alone: what the kit is measured against.

The benchmark copies this file beside its notebook; it knows nothing of the kit. Buttons in a
GridBox, each with a layout of its own, as in ipywidgets' own documentation of GridBox; every change
is written to a JSON file, without a lock and without a wait for the disk.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ipywidgets


class PlainMatrix:
    """Toggle buttons in a grid with a label (or a picklist) at every row and column.

    Args:
        face: rows, columns and picklists, as the kit's own face has them.
        file: where the marks are written.
    """

    def __init__(self, face: dict[str, Any], file: Path) -> None:
        self.face, self.file = face, file
        self.value: dict[str, Any] = {"cells": {}, "rows": {}, "columns": {}}
        grid: list[Any] = [ipywidgets.Label("")]
        grid += [self._head("columns", column) for column in face["columns"]]
        for row in face["rows"]:
            grid.append(self._head("rows", row))
            grid += [self._button(row, column) for column in face["columns"]]
        columns = f"200px repeat({len(face['columns'])}, 44px)"
        self.widget = ipywidgets.GridBox(
            grid, layout=ipywidgets.Layout(grid_template_columns=columns)
        )

    def _head(self, side: str, part: dict[str, Any]) -> Any:
        if part["name"]:
            return ipywidgets.Label(part["name"])
        choices = self.face["row_choices" if side == "rows" else "column_choices"]
        options = [("", ""), *((choice["name"], choice["id"]) for choice in choices)]
        picklist = ipywidgets.Dropdown(options=options, layout=ipywidgets.Layout(width="auto"))
        picklist.observe(lambda change: self._set(self.value[side], part["id"], change), "value")
        if not part.get("card"):
            return picklist
        return ipywidgets.VBox([ipywidgets.Label(part["card"]), picklist])

    def _button(self, row: dict[str, Any], column: dict[str, Any]) -> Any:
        button = ipywidgets.ToggleButton(value=False, layout=ipywidgets.Layout(width="40px"))
        marks = self.value["cells"].setdefault(row["id"], {})
        button.observe(lambda change: self._set(marks, column["id"], change), "value")
        return button

    def _set(self, inner: dict[str, Any], key: str, change: dict[str, Any]) -> None:
        inner[key] = change["new"]
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(json.dumps(self.value), encoding="utf-8")


def show(face_file: str) -> Any:
    """The matrix of a face that lies beside the notebook."""
    face = json.loads(Path(face_file).read_text(encoding="utf-8"))
    return PlainMatrix(face, Path("responses") / face_file).widget
