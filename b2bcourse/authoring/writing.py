"""New files for an author: an item to fill in, and the notebook of an assignment."""

from __future__ import annotations

import json
import math
import shutil
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import nbformat
import yaml

from b2bcourse.authoring.catalogue import own_folders
from b2bcourse.authoring.cells import source
from b2bcourse.authoring.schema import write_schema
from b2bcourse.authoring.words import WORDS
from b2bcourse.facts import LANGS, Lang, as_lang
from b2bcourse.items import ItemError, agreement, heading, kind_of, load_item
from b2bcourse.items.allocation.cases import SHAPES, made_case
from b2bcourse.items.base import check_id
from b2bcourse.items.essay import EssayItem, field_name
from b2bcourse.items.one_language import folder_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bcourse.items.authored import ItemBase


def kinds() -> list[str]:
    """The kinds that there is a skeleton for."""
    return sorted(path.stem for path in (_templates() / _BOTH).glob("*.yaml"))


def language_of_new(folder: Path, machine: Lang) -> Lang | None:
    """The language that a new item in a folder is written in; `None`: in both.

    The course's own folders hold items in both; any other says its language, or takes the
    machine's.
    """
    if folder.absolute() in {own.absolute() for own in own_folders()}:
        return None
    return folder_language(folder) or machine


def new_item(kind: str, item: str, folder: Path, lang: Lang | None = None) -> Path:
    """Write a skeleton of an item, with a comment at every field.

    Args:
        kind: the kind, such as ``matrix``.
        item: the new item's id.
        folder: where; a folder ``.schema`` with the kind's JSON Schema is put there too.
        lang: the one language that it is written in; `None`: both.

    Returns:
        The new file.

    Raises:
        ItemError: no such kind, an ill-formed id, or the file is there already.
    """
    if kind not in kinds():
        raise ItemError(f"no kind {kind!r}; there are: {', '.join(kinds())}")
    skeleton = (_templates() / (lang or _BOTH) / f"{kind}.yaml").read_text("utf-8")
    return _write_item(kind, item, folder, skeleton.replace("ITEM-ID", item))


def new_case(shape: str, seed: int, item: str, folder: Path, lang: Lang | None = None) -> Path:
    """Write an allocation made from a seed: one best plan, the known traps, texts to rewrite.

    Args:
        shape: ``portfolio``, ``visits`` or ``schedule``.
        seed: the same seed, the same case.
        item: the new item's id.
        folder: where, as in `new_item`.
        lang: as in `new_item`.

    Raises:
        ItemError: no such shape, an ill-formed id, the file is there already, or scipy is not.
    """
    known = next((each for each in SHAPES if each == shape), None)
    if known is None:
        raise ItemError(f"no shape {shape!r}; there are: {', '.join(SHAPES)}")
    case = made_case(check_id(item), known, seed)
    if lang is not None:
        schema, *rest = _said_in(case, lang).items()
        case = dict([schema, ("lang", lang), *rest])
    # Leaves in one line, as authors write them.
    text = yaml.dump(
        case,
        Dumper=_Plain,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=10_000,
    )
    made = f"# Made by: b2bcourse item new allocation {item} --seed {seed} --shape {shape}\n"
    remark = "# Rewrite the texts. If you change a number, item check tells what no longer holds.\n"
    return _write_item("allocation", item, folder, made + remark + text)


def _said_in(raw: Any, lang: Lang) -> Any:
    """Plain data with the texts of one language alone."""
    if isinstance(raw, dict):
        if set(raw) == set(LANGS):
            return raw[lang]
        return {name: _said_in(value, lang) for name, value in raw.items()}
    return [_said_in(value, lang) for value in raw] if isinstance(raw, list | tuple) else raw


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: nobody edits a reference."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the name is yaml's
        return True


def _write_item(kind: str, item: str, folder: Path, text: str) -> Path:
    path = folder / f"{check_id(item)}.yaml"
    if path.exists():
        raise ItemError(f"{path}: is there already; nothing was overwritten")
    folder.mkdir(parents=True, exist_ok=True)
    write_schema(folder, kind)
    head = f"# yaml-language-server: $schema=.schema/{kind}.json\n"
    path.write_text(head + text, "utf-8")
    return path


def new_assignment(
    name: str, items: Sequence[Path], points: Sequence[float], folder: Path, lang: Lang
) -> Path:
    """Write the source notebook of an assignment, nbgrader's metadata included.

    Args:
        name: the assignment's name.
        items: the items' files, in order.
        points: each item's points; empty: 100 shared equally.
        folder: nbgrader's source folder; the notebook is ``folder/name/name.ipynb``.
        lang: the language.

    Returns:
        The notebook.

    Raises:
        ItemError: an item cannot be used, points do not fit, or the notebook is there already.
    """
    path = folder / check_id(name) / f"{name}.ipynb"
    if path.exists():
        raise ItemError(f"{path}: is there already; nothing was overwritten")
    loaded = [load_item(item) for item in items]
    shares = list(points) or equal_shares(len(loaded))
    fit(shares, len(loaded))
    if len({item.id for item in loaded}) < len(loaded):
        raise ItemError(f"{name}: an item can be asked once only in an assignment")
    cells = [_markdown("intro", WORDS.intro[lang].format(name=name))]
    for item, share in zip(loaded, shares, strict=True):
        cells += cells_of(item, share, lang)
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": _KERNEL})
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def preview_folder(scratch: Path, file: Path, lang: Lang) -> Path:
    """A folder whose notebook shows one item to its author: with Check, Hint and her reasons.

    An essay that a person grades stands there as students see it, and its rubric below.

    Args:
        scratch: an empty folder, thrown away afterwards with what was answered in it.
        file: the item.
        lang: the language.

    Raises:
        ItemError: the item cannot be used.
    """
    item = load_item(file)
    items = scratch / "items"
    items.mkdir()
    for name in (item.id, *_wanted(item)):
        shutil.copyfile(file.with_name(f"{name}.yaml"), items / f"{name}.yaml")
    told = {"schema": 1, "lang": item.spoken(folder_language(file.absolute().parent) or lang)}
    (items / "course.json").write_text(json.dumps(told), "utf-8")
    folder = scratch / lang / "00-preview"
    folder.mkdir(parents=True)
    notebook = nbformat.v4.new_notebook(
        cells=_preview_cells(item, item.spoken(lang)), metadata={"kernelspec": _KERNEL}
    )
    nbformat.write(notebook, folder / "00-preview.ipynb")
    return folder


def _wanted(item: ItemBase) -> tuple[str, ...]:
    """The items beside it that an item is held against."""
    return agreement.wanted(kind_of(item.kind).key(item)) if hasattr(item, "consistent") else ()


def _preview_cells(item: ItemBase, lang: Lang) -> list[Any]:
    by_hand = isinstance(item, EssayItem) and not item.self_assessed
    intro = _markdown("intro", (WORDS.preview_essay if by_hand else WORDS.preview)[lang])
    if not isinstance(item, EssayItem) or not by_hand:
        return [intro, _shown("practice", item.id)]
    rows = [
        f"- **{each.criterion[lang]}** ({each.points_share:.0%})\n"
        + "\n".join(f"  - {level.share:.0%}: {level.text[lang]}" for level in each.levels)
        for each in item.rubric
    ]
    told = WORDS.preview_rubric[lang].format(
        rubric="\n".join(rows), notes=item.grader_notes[lang], model=item.model[lang]
    )
    return [intro, _shown("answer", item.id), _markdown("rubric", told)]


def _shown(verb: str, item: str) -> Any:
    cell = nbformat.v4.new_code_cell(source(verb, item), id="shown")
    cell.metadata["jupyter"] = {"source_hidden": True}
    return cell


def course_language(course: Path) -> Lang:
    """The language that a course folder is held in.

    Raises:
        ItemError: this is no course folder.
    """
    path = course / "items" / "course.json"
    try:
        return as_lang(json.loads(path.read_bytes())["lang"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ItemError(f"{path}: cannot be read; is this a course folder? ({error})") from error


def _templates() -> Path:
    return Path(str(resources.files("b2bcourse.authoring"))) / "templates"


def fit(shares: Sequence[float], items: int) -> None:
    """Refuse points that are not one for each of so many items.

    Raises:
        ItemError: there are more or fewer, or one is not above 0.
    """
    if len(shares) != items or not items:
        raise ItemError(f"--points: {len(shares)} numbers for {items} items")
    if not all(math.isfinite(share) and share > 0 for share in shares):
        raise ItemError("--points: every item needs a number above 0")


def equal_shares(number: int) -> list[float]:
    """100 points shared to the hundredth, with nothing lost in rounding."""
    ends = [round(100 * n / number, 2) for n in range(number + 1)] if number else [0.0]
    return [round(end - start, 2) for start, end in pairwise(ends)]


def cells_of(item: ItemBase, points: float, lang: Lang) -> list[Any]:
    """The title, the cell that shows the exercise, and for an essay the one that holds the text.

    What a student reads of the item comes from its file; in the notebook its title alone is
    written, and it follows the file.
    """
    head = heading.begun(item.id, item.title[lang])
    title = _markdown(f"{item.id}{TASK}", head.source)
    title.metadata[KIT] = head.about
    if not isinstance(item, EssayItem):
        about = _meta(item.id, points, "code", solution=False)
        return [title, _showing(item.id, item.id, about)]
    answer = _markdown(item.id, WORDS.essay_cell[lang].format(item=item.id))
    answer.metadata["nbgrader"] = _meta(item.id, points, "markdown", solution=True)
    return [title, _field(item.id), answer]


def _field(item: str) -> Any:
    """The cell with an essay's field: nbgrader locks it, and gives no points for it."""
    name = field_name(item)
    about = _meta(name, 0, "code", solution=False) | {"grade": False}
    del about["points"]
    return _showing(item, name, about)


def _showing(item: str, cell_id: str, about: dict[str, Any]) -> Any:
    cell = nbformat.v4.new_code_cell(source("answer", item), id=cell_id)
    cell.metadata["jupyter"] = {"source_hidden": True}
    cell.metadata["nbgrader"] = about
    return cell


def _markdown(cell_id: str, source: str) -> Any:
    return nbformat.v4.new_markdown_cell(source, id=cell_id)


def _meta(grade_id: str, points: float, cell_type: str, *, solution: bool) -> dict[str, Any]:
    return {
        "grade": True,
        "solution": solution,
        "locked": not solution,
        "task": False,
        "schema_version": 3,
        "grade_id": grade_id,
        "points": points,
        "cell_type": cell_type,
    }


TASK: Final = "-task"
"""Ends the id of the cell with the heading over an exercise."""

KIT: Final = "b2bcourse"
"""The name of the kit's own metadata of a cell."""

_BOTH: Final = "both"

_KERNEL: Final = {"display_name": "Python 3", "language": "python", "name": "python3"}
