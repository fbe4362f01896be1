"""What a release holds beside its notebooks: the faces of its items, and an index of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default import Exchange
from nbgrader.preprocessors import ClearSolutions

from b2bcourse.grading.base import (
    KIT,
    GradingError,
    KitPreprocessor,
    essay_cells,
    fields,
    graded_cells,
)
from b2bcourse.grading.holding import due_file
from b2bcourse.grading.holding.published import due_bytes, due_of
from b2bcourse.grading.words import WORDS
from b2bcourse.items import face_bytes, face_hash
from b2bcourse.items.essay import field_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nbformat import NotebookNode

    from b2bcourse.grading.keys import Keys

FACES: Final = "items"
INDEX: Final = "index.json"
LEDGER: Final = "released.json"
FIELD: Final = "field"
"""In the kit's metadata of an essay's cell: the cell with the field in which it is written."""


class PointToField(KitPreprocessor):
    """Says in an essay's emptied cell that the text belongs into the field above it.

    Stands right behind ClearSolutions in ``c.GenerateAssignment.preprocessors``, before nbgrader
    notes what an unanswered cell looks like. By the mark in its metadata such a cell can be folded.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        stub = ClearSolutions(parent=self.parent).text_stub
        known = fields(nb)
        for cell in essay_cells(nb):
            name = str(cell.metadata.nbgrader["grade_id"])
            if name in known:
                line = WORDS.write_above[self.keys().lang]
                cell.source = cell.source.replace(stub, line)
                cell.metadata[KIT] = {FIELD: field_name(name)}
        return nb, resources


class WriteFaces(KitPreprocessor):
    """Writes ``items/<id>.json`` and ``items/index.json`` into a release.

    Stands at the end of ``c.GenerateAssignment.preprocessors``, so that every way to generate
    (command, API, formgrader's button) writes them.

    Raises (from `preprocess`):
        GradingError: the source folder holds responses, a graded cell shows another item than
            its grade id says, or a face changed after its release went out.
        KeysError: a graded cell has no item.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        self.refuse_responses_in_source(resources)
        keys = self.keys()
        assignment = resources["nbgrader"]["assignment"]
        ids = self._ids(nb, resources)
        index = index_of(keys, assignment, ids)
        self._refuse_changed_faces(index, keys, resources)
        if not isinstance(resources["outputs"], dict):
            resources["outputs"] = {}  # nbconvert's resources hold "" where nothing is
        outputs = resources["outputs"]
        for item_id in ids:
            face = keys.asked(item_id).face
            outputs[f"{FACES}/{item_id}.json"] = face_bytes(face)
            outputs.update(_scenario_of(face))
        outputs[f"{FACES}/{INDEX}"] = index_bytes(index)
        if not getattr(self.converter, "no_database", False):
            due = due_of(self.converter.coursedir, assignment)
            if due is not None:
                outputs[f"{FACES}/{due_file.FILE}"] = due_bytes(due)
        return nb, resources

    def _ids(self, nb: NotebookNode, resources: Any) -> list[str]:
        """The items of the whole assignment: each of its notebooks writes the same index."""
        found: dict[str, None] = {}
        for path in sorted(self.folder("source", resources).glob("*.ipynb")):
            this = path.stem == resources["nbgrader"]["notebook"]
            notebook = nb if this else nbformat.read(path, as_version=4)
            found.update(dict.fromkeys(self._shown(notebook)))
        return list(found)

    def _shown(self, notebook: NotebookNode) -> Iterator[str]:
        """The items that a notebook's cells show, in its order."""
        graded = {cell.id: item_id(cell) for cell in graded_cells(notebook)}
        for cell in graded_cells(notebook):
            self.keys().question(graded[cell.id])
        for name, cell in fields(notebook).items():
            graded[cell.id] = shown_in(cell, name)
        yield from (graded[cell.id] for cell in notebook.cells if cell.get("id") in graded)

    def _refuse_changed_faces(self, index: dict[str, Any], keys: Keys, resources: Any) -> None:
        assignment = resources["nbgrader"]["assignment"]
        refuse_changed_faces(released_hashes(_outbound(self.converter, assignment)), index)
        rehearsing = getattr(self.converter, "rehearsing", False)
        if getattr(self.converter, "no_database", False) and not rehearsing:
            return
        ledger = Ledger(keys.folder / LEDGER)
        if _has_submissions(self.converter.coursedir, assignment):
            refuse_changed_faces(ledger.hashes(assignment), index)
        if not rehearsing:
            ledger.write(assignment, hashes_in(index))


def _scenario_of(face: Any) -> dict[str, bytes]:
    """A scenario of the author's own, with its norms, which a game needs beside its face."""
    if face.kind != "simulation":
        return {}
    from b2bcourse.simulation import ENGINE
    from b2bcourse.simulation.reference import norms_file
    from b2bcourse.simulation.scenario import FOLDER, SHIPPED, file_of

    if face.scenario in SHIPPED:
        return {}
    # An item whose scenario has no norms is refused when it is loaded.
    files = (file_of(face.scenario), norms_file(face.scenario, ENGINE))
    return {f"{FACES}/{FOLDER}/{path.name}": path.read_bytes() for path in files}


class Ledger:
    """The hashes of the faces last generated for each assignment, beside the keys.

    Where a course hands out by other means than nbgrader's exchange, this is the only memory of
    what its students have.

    Args:
        path: the ledger's file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def hashes(self, assignment: str) -> dict[str, str]:
        """The hash of each item's face when ``assignment`` was last generated."""
        return _strings(self._all().get(assignment))

    def write(self, assignment: str, hashes: Mapping[str, str]) -> None:
        """Record the faces of ``assignment``; an unchanged ledger is not written again."""
        known = self._all()
        if known.get(assignment) != hashes:
            known[assignment] = dict(hashes)
            self.path.write_bytes(index_bytes({"schema": 1, "assignments": known}))

    def _all(self) -> dict[str, Any]:
        content = _read_json(self.path)
        assignments = content.get("assignments")
        return assignments if isinstance(assignments, dict) else {}


def item_id(cell: NotebookNode) -> str:
    """The id of the item that a graded cell shows.

    Raises:
        GradingError: the cell's code does not name the item that its grade id names.
    """
    return shown_in(cell, str(cell.metadata.nbgrader["grade_id"]))


def shown_in(cell: NotebookNode, name: str) -> str:
    """The item ``name``, which a cell must show.

    Raises:
        GradingError: the cell's code does not name it.
    """
    if f'"{name}"' not in cell.source and f"'{name}'" not in cell.source:
        raise GradingError(WORDS.cell_of_other_item.format(item=name))
    return name


def index_of(keys: Keys, assignment: str, ids: list[str]) -> dict[str, Any]:
    """The content of ``items/index.json``: language, assignment, faces and their hashes."""
    return {
        "schema": 1,
        "lang": keys.lang,
        "assignment": assignment,
        "items": {name: _entry(keys, name) for name in ids},
    }


def _entry(keys: Keys, item: str) -> dict[str, str]:
    face = keys.asked(item).face
    return {"kind": face.kind, "face": f"{item}.json", "hash": face_hash(face)}


def index_bytes(content: object) -> bytes:
    """``content`` as JSON for people and machines; the same content, the same bytes."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def hashes_in(index: Mapping[str, Any]) -> dict[str, str]:
    """Item id to face hash of an index; whatever does not look like one is left out."""
    items = index.get("items")
    if not isinstance(items, dict):
        return {}
    return _strings({name: e.get("hash") for name, e in items.items() if isinstance(e, dict)})


def released_hashes(folder: Path | None) -> dict[str, str]:
    """Item id to face hash of a folder that was handed out; empty where there is none."""
    return {} if folder is None else hashes_in(_read_json(folder / FACES / INDEX))


def refuse_changed_faces(released: Mapping[str, str], index: Mapping[str, Any]) -> None:
    """Refuse an index whose faces differ from those handed out under the same ids.

    A student's answer belongs to the face that he saw. Keys may change, faces may not.

    Raises:
        GradingError: it names the items.
    """
    refuse_changed(
        [name for name, new in hashes_in(index).items() if released.get(name, new) != new]
    )


def refuse_changed(items: Sequence[str]) -> None:
    """Refuse items that ask something else than before under the same id.

    Raises:
        GradingError: it names them, if there are any.
    """
    if items:
        raise GradingError(WORDS.changed_faces.format(items=", ".join(items)))


def _outbound(converter: Any, assignment: str) -> Path | None:
    """Where nbgrader's exchange holds what students of this course fetch."""
    coursedir = converter.coursedir
    if not coursedir.course_id:
        return None
    root = Path(Exchange(coursedir=coursedir, parent=converter).root)
    return root.joinpath(coursedir.course_id, "outbound", assignment)


def _has_submissions(coursedir: Any, assignment: str) -> bool:
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        try:
            return len(gradebook.find_assignment(assignment).submissions) > 0
        except MissingEntry:
            return False


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _strings(raw: object) -> dict[str, str]:
    if not isinstance(raw, dict):
        return {}
    return {k: v for k, v in raw.items() if isinstance(k, str) and isinstance(v, str)}
