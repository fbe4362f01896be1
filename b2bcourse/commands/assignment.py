"""The commands `b2bcourse assignment …`: a new one, more items in it, what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from msgspec import Struct

from b2bcourse.commands.telling import fail, language, tell
from b2bcourse.context import default_language
from b2bcourse.facts import Text
from b2bcourse.facts.korean import quoted
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from b2bcourse.facts import Lang


class AssignmentWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    added: Text
    handed_in: Text
    current: Text
    changed: Text
    own: Text
    missing: Text
    stale: Text
    generate: Text
    none: Text
    checked: Text
    unusable: Text


WORDS: Final = read_words(__package__, AssignmentWords, name="assignment")

NameArgument = Annotated[str, typer.Argument(help="The assignment's name.")]
ItemsArgument = Annotated[list[str], typer.Argument(help="Items, in order.")]
CourseOption = Annotated[Path, typer.Option("--course", help="The course folder.")]


def register(app: typer.Typer) -> None:
    """Put these commands under `b2bcourse assignment`."""
    app.command("new")(new)
    app.command("add")(add)
    app.command("refresh")(refresh)


def new(
    name: NameArgument,
    item_ids: ItemsArgument,
    points: Annotated[str, typer.Option(help="Points, such as 40,30,30; else 100 shared.")] = "",
    course: CourseOption = Path(),
    lang: Annotated[str, typer.Option("--lang", help="ko or en; else the course's.")] = "",
) -> None:
    """Write the notebook of an assignment into a course's source folder."""
    from b2bcourse.authoring.checking import refuse_errors
    from b2bcourse.authoring.writing import course_language, new_assignment

    shares = _shares(points)
    files = _files(course, item_ids)
    spoken = language(lang, default_language()) if lang else course_language(course)
    refuse_errors(files, spoken)
    tell(str(new_assignment(name, files, shares, course / "source", spoken)))


def add(
    name: NameArgument,
    item_ids: ItemsArgument,
    points: Annotated[
        str, typer.Option(help="The new items' points, such as 20,20; else 100 shared anew.")
    ] = "",
    course: CourseOption = Path(),
) -> None:
    """Put further items at the end of an assignment that nobody has handed in yet."""
    from b2bcourse.authoring.assignment import add_items
    from b2bcourse.authoring.checking import refuse_errors
    from b2bcourse.authoring.writing import course_language

    shares = _shares(points)
    spoken = course_language(course)
    if any((course / "submitted").glob(f"*/{name}")):
        fail(WORDS.handed_in[spoken].format(assignment=name))
    files, notebook = _files(course, item_ids), _notebook(course, name)
    refuse_errors(files, spoken)
    add_items(notebook, files, shares, spoken)
    tell(WORDS.added[spoken].format(notebook=notebook, items=", ".join(item_ids)))
    if (course / "release" / name).is_dir():
        tell(WORDS.generate[spoken].format(assignment=name))


def refresh(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; none: all.")] = None,
    course: CourseOption = Path(),
) -> None:
    """Bring assignments up to date with their items, and tell what has to be generated again."""
    from b2bcourse.authoring.writing import course_language

    spoken = course_language(course)
    source = course / "source"
    chosen = names or sorted({path.parent.name for path in source.glob("*/*.ipynb")})
    if not chosen:
        tell(WORDS.none[spoken])
    for name in chosen:
        _refresh(course, name, spoken)


def _refresh(course: Path, name: str, lang: Lang) -> None:
    from b2bcourse.authoring.assignment import refresh as bring
    from b2bcourse.grading.headings import stale
    from b2bcourse.grading.keys import Keys

    done = bring(_notebook(course, name), course / "items", lang)
    for sentence, found in ((WORDS.changed, done.changed), (WORDS.own, done.own)):
        for item, was, now in found:
            titles = {"was": quoted(was), "now": quoted(now)}
            tell(sentence[lang].format(assignment=name, item=item, **titles))
    for item in done.missing:
        tell(WORDS.missing[lang].format(assignment=name, item=item))
    old = stale(Keys(course / "items"), course / "release" / name)
    if old:
        tell(WORDS.stale[lang].format(assignment=name, items=", ".join(old)))
    if not (done.changed or done.missing or old):
        tell(WORDS.current[lang].format(assignment=name))


def _shares(points: str) -> list[float]:
    try:
        return [float(share) for share in points.split(",")] if points else []
    except ValueError:
        fail(f"--points {points!r}: write numbers with commas between, such as 40,30,30")


def _files(course: Path, item_ids: list[str]) -> list[Path]:
    return [course / "items" / f"{item}.yaml" for item in item_ids]


def _notebook(course: Path, name: str) -> Path:
    return course / "source" / name / f"{name}.ipynb"
