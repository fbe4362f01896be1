"""Items as a workbook, and the example to write over."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from b2bcourse.authoring.sheets.drafts import said_in
from b2bcourse.authoring.sheets.drawing import save
from b2bcourse.authoring.sheets.rows import question_rows, story_rows, table_rows
from b2bcourse.authoring.sheets.taking import as_yaml, take
from b2bcourse.authoring.sheets.words import WORDS
from b2bcourse.authoring.writing import new_item
from b2bcourse.facts.reading import DataError, read_raw
from b2bcourse.items import ItemError, authored_type, kind_of, load_item
from b2bcourse.items.one_language import in_one_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from b2bcourse.facts import Lang

KINDS: Final = ("matrix", "choice", "ordering", "matching", "essay")
"""The kinds that a sheet can hold."""

_TOLD: Final = 6


def to_sheet(items: Sequence[Path], file: Path, lang: Lang) -> None:
    """Write items into a new workbook, in one language.

    Args:
        items: authored items; at most one matrix among them.
        file: the workbook.
        lang: the language for items in both; those in one go in by theirs.

    Raises:
        ItemError: an item cannot be used, holds what a sheet cannot, or the file is there already.
    """
    raws = []
    for path in items:
        lang = load_item(path).spoken(lang)
        raw = read_raw(path)
        if raw["kind"] not in KINDS:
            raise _refused("no_sheet_kind", lang, file=path, kind=raw["kind"])
        if taken_over := [*_of_facts(raw)]:
            raise _refused("lost", lang, file=path, places=_first(taken_over))
        raws.append(raw)
    if sum(raw["kind"] == "matrix" for raw in raws) > 1:
        raise _refused("two_tables", lang, file=file)
    if len({raw.get("source", "") for raw in raws}) > 1:
        raise _refused("source_mixed", lang, file=file)
    if file.exists():
        raise _refused("there", lang, file=file)
    with tempfile.TemporaryDirectory(prefix="b2bcourse-sheet-") as scratch:
        # What was read back is what may be handed over: a loss is told, never found out later.
        trial = Path(scratch) / "trial.xlsx"
        _save(raws, trial, lang)
        _refuse_losses(items, raws, trial, lang)
        file.write_bytes(trial.read_bytes())


def example(file: Path, lang: Lang) -> None:
    """Write a workbook with a small case filled in, to be written over.

    Raises:
        ItemError: the file is there already.
    """
    if file.exists():
        raise _refused("there", lang, file=file)
    with tempfile.TemporaryDirectory(prefix="b2bcourse-sheet-") as scratch:
        raws = [read_raw(new_item(kind, f"ecg-{kind}", Path(scratch), lang)) for kind in KINDS]
    for raw in raws:
        raw.setdefault("case", raws[0]["case"])
    file.parent.mkdir(parents=True, exist_ok=True)
    _save([_without_extras(raw) for raw in raws], file, lang, notes=True)


def _of_facts(raw: dict[str, Any]) -> Iterator[str]:
    """What a matrix takes over from the facts, names and people alike; a sheet says all itself."""
    lists = ("rows", "columns", "row_decoys", "column_decoys")
    for name in lists:
        for number, entry in enumerate(raw.get(name, ())):
            yield from (f"{name}[{number}].{f}" for f in ("benefit", "member") if f in entry)


def _first(places: list[str]) -> str:
    more = ", …" if len(places) > _TOLD else ""
    return ", ".join(places[:_TOLD]) + more


def _without_extras(raw: dict[str, Any]) -> dict[str, Any]:
    """An example without the fields that a sheet has no place for."""
    cards = [_leave(card, "mistakes") for card in raw.get("cards", ())]
    categories = [_leave(each, "meaning") for each in raw.get("categories", ())]
    kept = _leave(raw, "mistakes")
    return (
        kept
        | ({"cards": cards} if cards else {})
        | ({"categories": categories} if categories else {})
    )


def _leave(entry: dict[str, Any], name: str) -> dict[str, Any]:
    return {field: value for field, value in entry.items() if field != name}


def _save(raws: list[dict[str, Any]], file: Path, lang: Lang, *, notes: bool = False) -> None:
    matrix = next((raw for raw in raws if raw["kind"] == "matrix"), None)
    questions = [raw for raw in raws if raw is not matrix]
    story = story_rows(raws, matrix, lang)
    save(
        file,
        lang,
        story=story.rows,
        table=table_rows(matrix, lang) if matrix else [],
        questions=question_rows(questions, story.case, lang),
        notes=notes,
    )


def _refused(name: str, lang: Lang, **values: object) -> ItemError:
    return ItemError(WORDS.faults[name][lang].format(**values))


def _refuse_losses(
    items: Sequence[Path], raws: list[dict[str, Any]], trial: Path, lang: Lang
) -> None:
    """Refuse items that do not come back as they went in."""
    taken = take(trial, lang, {raw["id"]: raw for raw in raws})
    back = {draft.raw["id"]: draft for draft in taken.drafts}
    for path, raw in zip(items, raws, strict=True):
        draft = back.get(raw["id"])
        after = read_yaml_text(as_yaml(draft)) if draft else {}
        lost = [*_lost(raw, after, lang)]
        if lost:
            raise _refused("lost", lang, file=path, places=_first(lost))


def _lost(raw: dict[str, Any], after: dict[str, Any], lang: Lang) -> Iterator[str]:
    """The fields that came back otherwise; what is no item any more is compared as it stands."""
    try:
        yield from _differing(_full(raw, lang), _full(after, lang) if after else {})
    except (ItemError, DataError):
        yield from _differing(_in_one(raw, lang), _in_one(after, lang))


def read_yaml_text(text: str) -> dict[str, Any]:
    """A YAML file's text as plain data."""
    import yaml

    from b2bcourse.facts.reading import LOADER

    loaded: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader
    return loaded


def _full(raw: dict[str, Any], lang: Lang) -> Any:
    """An item with all its defaults, its texts in one language."""
    both = in_one_language(raw, authored_type(raw["kind"]), lang)
    return _in_one(msgspec.to_builtins(kind_of(raw["kind"]).load(both, "-")), lang)


def _in_one(value: Any, lang: Lang) -> Any:
    if isinstance(value, dict):
        if set(value) == {"ko", "en"}:
            told = value[lang]
            return list(told) if isinstance(told, list | tuple) else said_in(value, lang)
        return {name: _in_one(each, lang) for name, each in value.items() if name != "lang"}
    return [_in_one(e, lang) for e in value] if isinstance(value, list | tuple) else value


def _differing(before: Any, after: Any, place: str = "") -> Iterator[str]:
    """The fields in which two items differ, where spaces do not count."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in before.keys() | after.keys():
            below = f"{place}.{name}" if place else str(name)
            yield from _differing(before.get(name), after.get(name), below)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, pair in enumerate(zip(before, after, strict=True)):
            yield from _differing(*pair, f"{place}[{number}]")
    elif isinstance(before, str) and isinstance(after, str):
        if before.split() != after.split():
            yield place
    elif before != after:
        yield place
