"""The commands `b2bcourse item sheet`, `from-sheet` and `to-sheet`: items written in a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b2bcourse.commands.telling import fail, language, tell
from b2bcourse.context import default_language

if TYPE_CHECKING:
    from b2bcourse.authoring.sheets.taking import Taken
    from b2bcourse.facts import Lang

_Lang = Annotated[
    str, typer.Option("--lang", help="ko or en; else the course's, or the machine's.")
]


def sheet(
    file: Annotated[Path, typer.Argument(help="The new workbook, such as beds.xlsx.")],
    lang: _Lang = "",
) -> None:
    """Make a workbook with an example filled in, to write your own over."""
    from b2bcourse.authoring.sheets.making import example
    from b2bcourse.authoring.sheets.words import WORDS

    spoken = language(lang, course_or_machine(Path()))
    file = _as_workbook(file)
    example(file, spoken)
    tell(WORDS.made[spoken].format(file=file))


def from_sheet(
    file: Annotated[Path, typer.Argument(help="The workbook.")],
    *,
    folder: Annotated[Path, typer.Option("--in", help="The folder of items.")] = Path("items"),
    check: Annotated[bool, typer.Option("--check", help="Only check; write nothing.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Overwrite items that were changed by hand.")
    ] = False,
) -> None:
    """Write the items of a workbook; if anything is wrong, tell sheet and cell, write nothing."""
    from b2bcourse.authoring.sheets.putting import put
    from b2bcourse.authoring.sheets.taking import items_before, take
    from b2bcourse.authoring.sheets.words import WORDS

    spoken = course_or_machine(folder.parent)
    if check:
        _tell_faults(taken := take(file, spoken, items_before(folder)))
        tell(_fine(taken))
        return
    taken, written = put(file, folder, spoken, replace=replace)
    _tell_faults(taken)
    names = ", ".join(map(str, written))
    tell(WORDS.written[taken.lang].format(count=len(written), files=names))
    tell(WORDS.next[taken.lang].format(ids=" ".join(path.stem for path in written)))


def to_sheet(
    file: Annotated[Path, typer.Argument(help="The new workbook.")],
    items: Annotated[list[Path], typer.Argument(help="Items, one matrix at most.")],
    lang: _Lang = "",
) -> None:
    """Put items into a workbook, in one language; what a sheet cannot hold is told, not dropped."""
    from b2bcourse.authoring.sheets.making import to_sheet as write
    from b2bcourse.authoring.sheets.words import WORDS

    spoken = language(lang, course_or_machine(items[0].absolute().parent.parent))
    file = _as_workbook(file)
    write(items, file, spoken)
    tell(WORDS.copied[spoken].format(file=file, count=len(items)))


def register(app: typer.Typer) -> None:
    """Put the three commands among those for items."""
    app.command()(sheet)
    app.command("from-sheet")(from_sheet)
    app.command("to-sheet")(to_sheet)


def is_workbook(file: Path) -> bool:
    """Whether a file is called like a workbook."""
    return file.suffix.casefold() == ".xlsx"


def _as_workbook(file: Path) -> Path:
    """The file with the ending that a spreadsheet knows it by."""
    return file if is_workbook(file) else file.with_name(f"{file.name}.xlsx")


def course_or_machine(course: Path) -> Lang:
    """The language that a course is held in, else the machine's."""
    from b2bcourse.authoring.writing import course_language
    from b2bcourse.items import ItemError

    try:
        return course_language(course.absolute())
    except ItemError:  # a sheet may be made outside any course
        return default_language()


def _fine(taken: Taken) -> str:
    from b2bcourse.authoring.sheets.words import WORDS

    return WORDS.fine[taken.lang].format(count=len(taken.drafts), doubts=len(taken.faults))


def _tell_faults(taken: Taken) -> None:
    """All that is to be said; where something must be mended, that nothing was written, and end."""
    from b2bcourse.authoring.sheets.words import WORDS

    for fault in taken.faults:
        tell(fault.told(taken.lang))
    if taken.grave:
        count = sum(fault.kind == "error" for fault in taken.faults)
        fail(WORDS.faults["nothing_written"][taken.lang].format(count=count))
