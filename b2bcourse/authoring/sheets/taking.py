"""From a workbook to items: what it holds, and everything that is wrong with it, cell by cell."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from msgspec import Struct

from b2bcourse.authoring.checking import check
from b2bcourse.authoring.sheets.drafts import Said
from b2bcourse.authoring.sheets.faults import Fault, Faults, Place
from b2bcourse.authoring.sheets.questions import item_id, take_questions
from b2bcourse.authoring.sheets.reading import read_book
from b2bcourse.authoring.sheets.story import read_story
from b2bcourse.authoring.sheets.table import take_table
from b2bcourse.authoring.sheets.words import WORDS
from b2bcourse.facts.reading import LOADER, DataError, read_raw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bcourse.authoring.sheets.drafts import Draft
    from b2bcourse.facts import Lang

# A check's message begins with the field in YAML's words; here the cell says where.
_FIELD: Final = re.compile(r"^[a-z_]+(?:\[\d+\]|\.[a-z_]+|, '[^']*'|, [a-z_]+)*: ")


class Taken(Struct, frozen=True):
    """What a workbook holds: its language, its items, and what is to be said of it."""

    lang: Lang
    drafts: tuple[Draft, ...]
    faults: tuple[Fault, ...]

    @property
    def grave(self) -> bool:
        """Whether anything must be mended before it can be used."""
        return any(fault.kind == "error" for fault in self.faults)


def take(path: Path, lang: Lang, before: Mapping[str, Mapping[str, Any]] | None = None) -> Taken:
    """Read a workbook, and check it as items are checked.

    Args:
        path: an ``.xlsx`` file.
        lang: the language of what is told where the workbook has none.
        before: items as they were, by id: what is still called the same keeps its id.

    Raises:
        OSError: the file cannot be read.
    """
    book, faults = read_book(path, lang)
    drafts: list[Draft] = []
    if book.grids:
        drafts = _drafts(book.grids, before or {}, faults)
        _tell_twice(drafts, faults)
        if not drafts and not faults.grave:
            names = {use: WORDS.sheets[use][book.lang] for use in ("table", "questions")}
            faults.error(Place(), "nothing", **names)
    # What is wrong in a cell would be told once more by the items' own checks.
    doubts = [] if faults.grave else [fault for each in drafts for fault in _checked(each)]
    return Taken(book.lang, tuple(drafts), (*faults.found, *doubts))


def _drafts(
    grids: Mapping[str, Any], before: Mapping[str, Mapping[str, Any]], faults: Faults
) -> list[Draft]:
    story = read_story(grids.get("story"), faults)
    drafts = []
    table = grids.get("table")
    if table is not None and table.texts:
        item_id(story.one("id"), story.place("id"), "story", faults)
        matrix = take_table(table, story, before.get(story.one("id"), {}), faults)
        drafts += [matrix] if matrix else []
    if "questions" in grids:
        drafts += take_questions(grids["questions"], story, before, faults)
    return drafts


def _tell_twice(drafts: list[Draft], faults: Faults) -> None:
    seen: set[str] = set()
    for draft in drafts:
        name = draft.raw["id"]
        if name and name in seen:
            faults.error(draft.places["id"], "id_twice", said=name)
        seen.add(name)


def _checked(draft: Draft) -> Iterator[Fault]:
    """What the check of items says of one, by the cells that its lines come from."""
    text = as_yaml(draft)
    paths = _paths(text)
    with tempfile.TemporaryDirectory(prefix="b2bcourse-sheet-") as scratch:
        file = Path(scratch) / f"{draft.raw['id']}.yaml"
        file.write_text(text, "utf-8")
        findings = check(file, draft.raw["lang"])
    for finding in findings:
        path = paths[min(finding.line, len(paths)) - 1]
        place = draft.place(path) or draft.places["id"]
        yield Fault(place, finding.kind, _FIELD.sub("", finding.text))


def as_yaml(draft: Draft) -> str:
    """An item as YAML, one field a line, so that each line has its cell."""
    return yaml.dump(
        _plain(draft.raw),
        Dumper=yaml.SafeDumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=10**9,
    )


def _plain(value: Any) -> Any:
    """A draft's field as plain data; empty lists are left out."""
    if isinstance(value, Said):
        return str(value)
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if each != []}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _paths(text: str) -> list[str]:
    """The field's path of each line of a YAML file."""
    found: dict[int, str] = {}

    def walk(node: yaml.Node, path: str) -> None:
        # What stands first in a list stands on one line with it: the inner one is the nearer.
        found[node.start_mark.line] = path
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                below = f"{path}.{key.value}" if path else str(key.value)
                found[key.start_mark.line] = below
                walk(value, below)
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value):
                walk(value, f"{path}[{number}]")

    root = yaml.compose(text, Loader=LOADER)
    assert root is not None  # an item has an id, whatever else it lacks
    walk(root, "")
    paths, last = [], ""
    for line in range(text.count("\n") + 1):
        last = found.get(line, last)
        paths.append(last)
    return paths


def items_before(folder: Path, names: set[str] | None = None) -> dict[str, dict[str, Any]]:
    """The items of a folder as plain data, by id; what cannot be read has no ids to keep."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        if names is None or path.stem in names:
            try:
                raw = read_raw(path)
            except DataError:
                continue
            if isinstance(raw, dict):
                found[path.stem] = raw
    return found
