"""An assignment's source notebook, later on: more items in it, and headings up to date."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import nbformat
from msgspec import Struct, field

from b2bcourse.authoring.writing import KIT, TASK, cells_of, equal_shares, fit
from b2bcourse.items import ItemError, heading, load_item

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from b2bcourse.facts import Lang

_ALL: Final = 100


class Refreshed(Struct):
    """What was found in a notebook.

    Attributes:
        changed: the items whose headings read otherwise now, with the old and the new one.
        own: headings of the author's own that differ from the item's title; they stay.
        missing: items that have no file any more.
    """

    changed: list[tuple[str, str, str]] = field(default_factory=list)
    own: list[tuple[str, str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def add_items(notebook: Path, items: Sequence[Path], points: Sequence[float], lang: Lang) -> None:
    """Put further items at the end of an assignment.

    Args:
        notebook: its source notebook.
        items: the items' files, in order.
        points: each new item's points; empty: the 100 that all share equally are shared anew.
        lang: the course's language.

    Raises:
        ItemError: the notebook is not there, an item stands in it already or cannot be used, or
            the points do not fit.
    """
    nb = _read(notebook)
    graded = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    known = [cell.metadata.nbgrader["grade_id"] for cell in graded]
    loaded = [load_item(item) for item in items]
    ids = [*known, *(item.id for item in loaded)]
    if len(set(ids)) < len(ids):
        again = sorted({name for name in ids if ids.count(name) > 1})
        raise ItemError(f"{', '.join(again)}: an item can be asked once only in an assignment")
    shares = list(points)
    if not shares:
        old = [float(cell.metadata.nbgrader["points"]) for cell in graded]
        _refuse_uneven(old)
        anew = equal_shares(len(ids))
        for cell, share in zip(graded, anew, strict=False):
            cell.metadata.nbgrader["points"] = share
        shares = anew[len(graded) :]
    fit(shares, len(loaded))
    for item, share in zip(loaded, shares, strict=True):
        nb.cells += cells_of(item, share, lang)
    _write(nb, notebook)


def _refuse_uneven(points: Sequence[float]) -> None:
    """Points that somebody chose are not shared anew."""
    shared = equal_shares(len(points))
    if not all(math.isclose(a, b) for a, b in zip(points, shared, strict=True)):
        total = sum(points)
        raise ItemError(f"--points: the items have {total:g} points by now; say what the new get")


def refresh(notebook: Path, items: Path, lang: Lang) -> Refreshed:
    """Bring the headings over exercises up to date with their items; an author's own stay.

    A heading that an older release of the kit wrote is followed from now on too.

    Args:
        notebook: the source notebook of an assignment.
        items: the course's folder of items.
        lang: the course's language.

    Raises:
        ItemError: the notebook is not there, or an item cannot be used.
    """
    nb, found = _read(notebook), Refreshed()
    before = nbformat.writes(nb)
    graded = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
    for cell in nb.cells:
        about = _about(cell, graded)
        item = heading.item_of(about)
        if not item:
            continue
        path = items / f"{item}.yaml"
        if not path.is_file():
            found.missing.append(item)
            continue
        title = load_item(path).title[lang]
        put = heading.followed(cell.source, about, title)
        if put.own:
            found.own.append((item, put.was, title))
        elif put.was != title:
            found.changed.append((item, put.was, title))
        cell.source, cell.metadata[KIT] = put.source, put.about
    if nbformat.writes(nb) != before:
        _write(nb, notebook)
    return found


def _about(cell: Any, graded: set[str]) -> dict[str, Any]:
    """What the kit knows of a cell; of an older release's it is told by its id and its place."""
    about = cell.metadata.get(KIT)
    if about is not None or cell.cell_type != "markdown":
        return dict(about or {})
    item = str(cell.get("id", "")).removesuffix(TASK)
    is_old = cell.get("id") == f"{item}{TASK}" and item in graded
    return heading.adopted(item, cell.source) if is_old else {}


def _read(notebook: Path) -> Any:
    try:
        return nbformat.read(notebook, as_version=4)
    except FileNotFoundError as error:
        raise ItemError(f"{notebook}: there is no such assignment") from error
    except (ValueError, AttributeError, nbformat.ValidationError) as error:
        raise ItemError(f"{notebook}: is no notebook that can be read ({error})") from error


def _write(nb: Any, notebook: Path) -> None:
    """Through a temporary name: an interruption leaves the notebook as it was."""
    temporary = notebook.with_name(f".{notebook.name}.tmp")
    nbformat.write(nb, temporary)
    temporary.replace(notebook)
