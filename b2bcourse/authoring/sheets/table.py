"""The sheet of the table: people across, benefits down, marks with their reasons in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.authoring.sheets.drafts import Draft, Ids, Said, begun, said_in
from b2bcourse.authoring.sheets.faults import Place
from b2bcourse.authoring.sheets.signs import meant_by, sign
from b2bcourse.authoring.sheets.words import WORDS, listed, named
from b2bcourse.facts import Text
from b2bcourse.items.names import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.authoring.sheets.faults import Faults
    from b2bcourse.authoring.sheets.reading import Grid
    from b2bcourse.authoring.sheets.story import Story
    from b2bcourse.facts import Lang

_HEADS: Final = ("point", "card")  # what else than people may head a column
_NUMBERS: Final = {"1": Text("1", "1"), "2": Text("2", "2")}


class _Heads(Struct):
    """Where a table has what: people by column, benefits by row, and what is said of either."""

    people: dict[int, str]
    extra: dict[str, int]
    benefits: dict[int, str]
    watches: int


def take_table(grid: Grid, story: Story, before: Mapping[str, Any], faults: Faults) -> Draft | None:
    """The matrix of a table; `None` where the sheet is empty.

    Args:
        grid: the sheet.
        story: the workbook's story, with the matrix's title and task.
        before: the item as it was, for the ids of what is still called the same; may be empty.
        faults: takes what is wrong.
    """
    if not grid.texts:
        return None
    heads = _heads(grid, faults)
    draft = Draft(begun("matrix", story.one("id"), faults.lang))
    _shared(draft, story, faults)
    people, rows = _known(before, faults.lang)
    ids = {column: people.of(name) for column, name in heads.people.items()}
    corner = grid.at(1, 1)
    if corner and named({"corner": WORDS.table["corner"]}, corner, faults.lang) != "corner":
        draft.raw["corner"] = Said(corner)
        draft.places["corner"] = grid.place(1, 1)
    draft.raw["rows"] = []
    for row, name in heads.benefits.items():
        _row(draft, grid, row, {"id": rows.of(name), "name": Said(name)}, (heads, ids), faults)
    draft.raw["columns"] = []
    for column, name in heads.people.items():
        _column(draft, grid, column, {"id": ids[column], "name": Said(name)}, heads)
    _decoys(draft, story, "row_decoy", rows)
    _decoys(draft, story, "column_decoy", people)
    if draft.raw.get("form") == "both":
        # A few more places than people, so that their number tells nothing.
        draft.raw["slots"] = int(before.get("slots", 0)) or len(heads.people) + 2
    return draft


def _known(before: Mapping[str, Any], lang: Lang) -> tuple[Ids, Ids]:
    def pairs(*lists: str) -> list[tuple[str, str]]:
        entries = [entry for name in lists for entry in before.get(name, ())]
        return [(said_in(e.get("name"), lang), str(e["id"])) for e in entries if "id" in e]

    return Ids("p", pairs("columns", "column_decoys")), Ids("b", pairs("rows", "row_decoys"))


def _shared(draft: Draft, story: Story, faults: Faults) -> None:
    """Title, task and what else the story's sheet says of the matrix."""
    raw = draft.raw
    draft.places["id"] = story.place("id")
    raw["form"] = _choice(story, "form", WORDS.forms, faults) or "cells"
    if level := _choice(story, "level", WORDS.levels, faults):
        raw["level"] = level
    if marks := _choice(story, "marks", _NUMBERS, faults):
        raw["marks"] = int(marks)
    for name in ("title", "task", "mark_means"):
        if story.one(name):
            raw[name] = Said(story.one(name))
            draft.places[name] = story.place(name)
        elif name != "mark_means":
            faults.error(story.place(name), "empty", said=WORDS.story[name][faults.lang])
    for field, name in (("case", "case"), ("hints", "hint")):
        lines = story.several(name)
        raw[field] = [Said(line) for line, _ in lines]
        draft.places |= {f"{field}[{n}]": place for n, (_, place) in enumerate(lines)}
    if story.one("source"):
        raw["source"] = story.one("source")
    draft.places |= {f: story.place(f) for f in ("form", "level", "marks", "source", "case")}


def _choice(story: Story, name: str, among: dict[str, Text], faults: Faults) -> str:
    said = story.one(name)
    found = named(among, said, faults.lang) if said else ""
    if said and not found:
        names = listed(among, faults.lang)
        faults.error(story.place(name), "not_one_of", said=said, names=names)
    return found


def _heads(grid: Grid, faults: Faults) -> _Heads:
    heads = _Heads({}, {}, {}, 0)
    extras = {name: WORDS.table[name] for name in _HEADS}
    for column in grid.columns[1 if grid.columns[0] == 1 else 0 :]:
        said = " ".join(grid.at(1, column).split())
        name = named(extras, said, faults.lang)
        if not said:
            first = next(row for row in grid.rows if grid.at(row, column))
            faults.error(grid.place(first, column), "no_person")
        elif name and name in heads.extra:
            faults.error(grid.place(1, column), "head_twice", said=said)
        elif name:
            heads.extra[name] = column
        else:
            _once(heads.people, column, said, grid.place(1, column), "person_twice", faults)
    for row in grid.rows[1 if grid.rows[0] == 1 else 0 :]:
        _row_head(grid, row, heads, faults)
    if not heads.people:
        faults.error(Place(grid.name), "no_people")
    if not heads.benefits:
        faults.error(Place(grid.name), "no_benefits")
    return heads


def _row_head(grid: Grid, row: int, heads: _Heads, faults: Faults) -> None:
    said = " ".join(grid.at(row, 1).split())
    if not said:
        first = next(column for column in grid.columns if grid.at(row, column))
        faults.error(grid.place(row, first), "no_benefit")
    elif named({"looks_for": WORDS.table["looks_for"]}, said, faults.lang):
        if heads.watches:
            faults.error(grid.place(row, 1), "label_twice", said=said)
        heads.watches = row
    else:
        _once(heads.benefits, row, said, grid.place(row, 1), "benefit_twice", faults)


def _once(
    names: dict[int, str], where: int, said: str, place: Place, fault: str, faults: Faults
) -> None:
    if plain_name(said) in map(plain_name, names.values()):
        faults.error(place, fault, said=said)
    else:
        names[where] = said


def _row(
    draft: Draft,
    grid: Grid,
    row: int,
    entry: dict[str, Any],
    known: tuple[_Heads, dict[int, str]],
    faults: Faults,
) -> None:
    heads, ids = known
    path = f"rows[{len(draft.raw['rows'])}]"
    draft.places[path] = grid.place(row, 1)
    for name, column in heads.extra.items():
        draft.places[f"{path}.{name}"] = grid.place(row, column)
        if grid.at(row, column):
            entry[name] = Said(" ".join(grid.at(row, column).split()))
    entry["members"] = []
    for column, person in ids.items():
        if cell := _cell(grid, row, column, faults):
            strength, reason = cell
            draft.places[f"{path}.members[{len(entry['members'])}]"] = grid.place(row, column)
            entry["members"].append(
                {"column": person, "strength": strength, "reason": Said(reason)}
            )
    if not any(member["strength"] != "secondary" for member in entry["members"]):
        faults.error(grid.place(row, 1), "row_empty", primary=sign("primary", faults.lang))
    draft.raw["rows"].append(entry)


def _cell(grid: Grid, row: int, column: int, faults: Faults) -> tuple[str, str] | None:
    """What a cell marks and why; `None` where it marks nothing."""
    said, place, lang = grid.at(row, column), grid.place(row, column), faults.lang
    if not said:
        return None
    meaning, reason = meant_by(said, lang)
    signs = {name: sign(name, lang) for name in ("primary", "secondary")}
    if meaning in {"primary", "secondary", "either"}:
        return meaning, " ".join(reason.split())
    if meaning == "unsure":
        faults.error(place, "unsure_mark", said=said.split()[0], **signs)
    elif not meaning:
        faults.error(place, "no_mark", **signs)
    elif reason:
        faults.warn(place, "unread", said=reason)
    return None


def _column(draft: Draft, grid: Grid, column: int, entry: dict[str, Any], heads: _Heads) -> None:
    path = f"columns[{len(draft.raw['columns'])}]"
    draft.places[path] = grid.place(1, column)
    if heads.watches:
        draft.places[f"{path}.looks_for"] = grid.place(heads.watches, column)
        if said := grid.at(heads.watches, column):
            entry["looks_for"] = Said(" ".join(said.split()))
    draft.raw["columns"].append(entry)


def _decoys(draft: Draft, story: Story, name: str, ids: Ids) -> None:
    lines = story.several(name)
    if lines:
        field = f"{name}s"
        draft.raw[field] = [{"id": ids.of(said), "name": Said(said)} for said, _ in lines]
        draft.places |= {f"{field}[{n}]": place for n, (_, place) in enumerate(lines)}
