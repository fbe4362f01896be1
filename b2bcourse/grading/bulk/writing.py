"""Notebooks as plain data, written byte for byte as nbformat writes them, only faster.

nbformat copies the notebook twice, validates it against a JSON schema and encodes it in Python.
Here what is written has been validated once, as the template that all submissions share.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

import msgspec

Plain = dict[str, Any]

_SPLIT: Final = ("application/javascript", "image/svg+xml")
_DATA: Final = ("execute_result", "display_data")


def notebook_bytes(notebook: Plain, *, exotic: bool = False) -> bytes:
    """A notebook as the file that nbconvert leaves: sorted keys, indent 1, a last newline.

    Args:
        notebook: plain data in format 4; it is not changed.
        exotic: it holds numbers that the two encoders write differently, such as 1e-05.
    """
    lines = {**notebook, "cells": [_cell(cell) for cell in notebook["cells"]]}
    lines["metadata"] = _without(lines["metadata"], "orig_nbformat", "orig_nbformat_minor")
    lines["metadata"] = _without(lines["metadata"], "signature")
    if exotic:
        return _slowly(lines)
    try:
        encoded = msgspec.json.encode(lines, order="sorted")
    except UnicodeEncodeError:
        return _slowly(lines)
    return msgspec.json.format(encoded, indent=1) + b"\n"


def _slowly(notebook: Plain) -> bytes:
    text = json.dumps(
        notebook, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")
    )
    return (text + "\n").encode("utf-8", "backslashreplace")


def _cell(cell: Plain) -> Plain:
    made = {**cell, "metadata": _without(cell["metadata"], "trusted")}
    if isinstance(made.get("source"), str):
        made["source"] = made["source"].splitlines(keepends=True)
    if "attachments" in made:
        made["attachments"] = {name: _data(one) for name, one in made["attachments"].items()}
    if made["cell_type"] == "code":
        made["outputs"] = [_output(output) for output in made["outputs"]]
    return made


def _output(output: Plain) -> Plain:
    if output["output_type"] in _DATA:
        return {**output, "data": _data(output.get("data", {}))}
    if output["output_type"] == "stream" and isinstance(output["text"], str):
        return {**output, "text": output["text"].splitlines(keepends=True)}
    return output


def _data(bundle: Any) -> Any:
    """What a cell shows, by MIME type: text is kept as lines."""
    return {
        kind: value.splitlines(keepends=True)
        if isinstance(value, str) and (kind.startswith("text/") or kind in _SPLIT)
        else value
        for kind, value in bundle.items()
    }


def _without(metadata: Plain, *names: str) -> Plain:
    if not any(name in metadata for name in names):
        return metadata
    return {name: value for name, value in metadata.items() if name not in names}


def checksum(cell: Plain) -> str:
    """The checksum that nbgrader gives a cell with its metadata (`compute_checksum`)."""
    about = cell["metadata"]["nbgrader"]
    grade, solution = about.get("grade", False), about.get("solution", False)
    locked = False if solution else (True if grade else about.get("locked", False))
    parts = [cell["source"], cell["cell_type"], str(grade), str(solution), str(locked)]
    parts.append(about["grade_id"])
    if grade:
        parts.append(str(float(about["points"])))
    return hashlib.md5("".join(parts).encode("utf-8"), usedforsecurity=False).hexdigest()
