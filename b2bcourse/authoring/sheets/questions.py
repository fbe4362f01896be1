"""The sheet of the questions: an item's first row names it, its options go down, one a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.authoring.sheets.answers import BODIES
from b2bcourse.authoring.sheets.block import Block
from b2bcourse.authoring.sheets.drafts import Draft, Said, begun, is_id, proposed_id
from b2bcourse.authoring.sheets.faults import Place
from b2bcourse.authoring.sheets.words import WORDS, listed, named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.authoring.sheets.faults import Faults
    from b2bcourse.authoring.sheets.reading import Grid
    from b2bcourse.authoring.sheets.story import Story

_NEEDED: Final = ("id", "kind", "title", "task", "text", "answer", "reason")
_FIRST_ROW: Final = ("title", "task", "heading", "words", "model", "notes", "level")
_KIND_OF: Final = {
    "one": "choice",
    "all": "choice",
    "order": "ordering",
    "cycle": "ordering",
    "match": "matching",
    "essay": "essay",
}
NO_STORY: Final = "-"
"""Under the story: this item has none, not even that of the first sheet."""


def take_questions(
    grid: Grid, story: Story, before: Mapping[str, Mapping[str, Any]], faults: Faults
) -> list[Draft]:
    """The items of a sheet of questions.

    Args:
        grid: the sheet.
        story: the workbook's story, shown by each item that has none of its own.
        before: the items as they were, by id, for the ids of what is still called the same.
        faults: takes what is wrong.
    """
    columns = _columns(grid, faults)
    if not {"id", "kind"} <= columns.keys():
        return []
    return [
        draft
        for block in _blocks(grid, columns, faults)
        if (draft := _draft(block, story, before, faults)) is not None
    ]


def _columns(grid: Grid, faults: Faults) -> dict[str, int]:
    found: dict[str, int] = {}
    if not grid.texts:
        return found
    for column in grid.columns:
        said = grid.at(1, column)
        name = named(WORDS.questions, said, faults.lang) if said else ""
        if name and name in found:
            faults.error(grid.place(1, column), "head_twice", said=said)
        elif name:
            found[name] = column
        else:
            row = next(row for row in grid.rows if grid.at(row, column))
            names = listed(WORDS.questions, faults.lang)
            said = " ".join((said or grid.at(row, column)).split())
            faults.warn(grid.place(row, column), "head_unknown", said=said, names=names)
    needed = {name: WORDS.questions[name] for name in _NEEDED}
    for name in _NEEDED:
        if name not in found:
            said = needed[name][faults.lang]
            faults.error(Place(grid.name), "no_head", said=said, names=listed(needed, faults.lang))
    return found


def _blocks(grid: Grid, columns: dict[str, int], faults: Faults) -> list[Block]:
    blocks: list[Block] = []
    known = set(columns.values())
    for row in grid.rows:
        if row == 1 or not any(grid.at(row, column) for column in known):
            continue
        begins = any(grid.at(row, columns[name]) for name in ("id", "kind"))
        if begins:
            blocks.append(Block(grid, columns, [row]))
        elif blocks:
            blocks[-1].rows.append(row)
        else:
            labels = {name: WORDS.questions[name][faults.lang] for name in ("id", "kind")}
            column = min(column for column in known if grid.at(row, column))
            faults.error(grid.place(row, column), "no_owner", **labels)
    return blocks


def _draft(
    block: Block, story: Story, before: Mapping[str, Mapping[str, Any]], faults: Faults
) -> Draft | None:
    said, place = block.line(block.row, "kind"), block.place(block.row, "kind")
    kind = named(WORDS.kinds, said, faults.lang)
    item = item_id(block.line(block.row, "id"), block.place(block.row, "id"), "questions", faults)
    if not said:
        faults.error(place, "empty", said=WORDS.questions["kind"][faults.lang])
    elif not kind:
        faults.error(place, "not_one_of", said=said, names=listed(WORDS.kinds, faults.lang))
    if not kind:
        return None
    draft = Draft(begun(_KIND_OF[kind], item, faults.lang))
    draft.places["id"] = block.place(block.row, "id")
    _shared(draft, block, story, faults)
    BODIES[kind](draft, block, before.get(item, {}), faults)
    return draft


def item_id(said: str, place: Place, sheet: str, faults: Faults) -> str:
    """An item's short name, once it can stand as one."""
    labels = WORDS.story if sheet == "story" else WORDS.questions
    example = proposed_id(said)
    if not said:
        faults.error(place, "no_id", label=labels["id"][faults.lang], example=example)
    elif not is_id(said):
        faults.error(place, "bad_id", said=said, example=example)
    return said


def _shared(draft: Draft, block: Block, story: Story, faults: Faults) -> None:
    for name in ("title", "task"):
        said, place = block.first(name)
        draft.raw[name] = Said(said)
        draft.places[name] = place
        if not said:
            faults.error(place, "empty", said=WORDS.questions[name][faults.lang])
    for name in _FIRST_ROW:
        _tell_second(block, name, faults)
    said, place = block.first("level")
    level = named(WORDS.levels, said, faults.lang)
    if level:
        draft.raw["level"] = level
    elif said:
        names = listed(WORDS.levels, faults.lang)
        faults.error(place, "not_one_of", said=said, names=names)
    own = block.lines("case")
    lines = own or story.several("case")
    told = [] if [line for line, _ in own] == [NO_STORY] else lines
    for field, pairs in (("case", told), ("hints", block.lines("hint"))):
        draft.raw[field] = [Said(line) for line, _ in pairs]
        draft.places |= {f"{field}[{n}]": where for n, (_, where) in enumerate(pairs)}
        draft.places[field] = pairs[0][1] if pairs else block.place(block.row, "id")
    if story.one("source"):
        draft.raw["source"] = story.one("source")
    draft.places["source"] = story.place("source")


def _tell_second(block: Block, name: str, faults: Faults) -> None:
    """What an item says once, and says again below, would be lost without a word."""
    told = [row for row in block.rows if block.at(row, name)]
    for row in told[1:]:
        faults.warn(block.place(row, name), "unread", said=block.line(row, name)[:20])
