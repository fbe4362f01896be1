"""The commands: `b2bcourse start`, `check`, `items`, `build`, `course new`, `demo`."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from b2bcourse import __version__
from b2bcourse.commands import assignment, course, sheets
from b2bcourse.commands.account import account_app
from b2bcourse.commands.backup import backup, restore
from b2bcourse.commands.carry import bring_back, take_home
from b2bcourse.commands.doctor import doctor
from b2bcourse.commands.essays import essays
from b2bcourse.commands.export import export
from b2bcourse.commands.feedback import feedback
from b2bcourse.commands.grade import grade
from b2bcourse.commands.guess import guess
from b2bcourse.commands.hub import hub
from b2bcourse.commands.person import person_app
from b2bcourse.commands.report import report
from b2bcourse.commands.simulate import simulate
from b2bcourse.commands.territory import scenario_app
from b2bcourse.commands.troubles import seen, troubles
from b2bcourse.commands.update import update
from b2bcourse.commands.words import WORDS
from b2bcourse.context import default_language
from b2bcourse.facts import LANGS, Lang, as_lang

app = typer.Typer(
    help="The B2B course kit: learn how companies buy, and grade what was learnt.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
course_app = typer.Typer(help="An instructor's course folder.", no_args_is_help=True)
app.add_typer(course_app, name="course")
item_app = typer.Typer(help="Writing items.", no_args_is_help=True)
app.add_typer(item_app, name="item")
assignment_app = typer.Typer(help="Writing assignments.", no_args_is_help=True)
app.add_typer(assignment_app, name="assignment")
assignment.register(assignment_app)
app.command()(doctor)
app.command()(backup)
app.command()(restore)
app.command()(feedback)
app.command()(grade)
app.command()(essays)
app.command()(export)
app.command()(guess)
app.command()(hub)
app.command("take-home")(take_home)
app.command("bring-back")(bring_back)
app.command()(report)
app.command()(simulate)
app.command()(troubles)
app.command()(seen)
course_app.command("update")(update)
course.register(course_app)
sheets.register(item_app)
app.add_typer(scenario_app, name="scenario")
app.add_typer(person_app, name="person")
app.add_typer(account_app, name="account")


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"b2bcourse {__version__}")
        raise typer.Exit


@app.callback()
def _every_command(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version."),
    ] = False,
) -> None:
    """Nothing is common to all commands but this option."""


out = Console()
err = Console(stderr=True)

_FACTS_WIDTH: Final = 20
"""What the other columns leave of 80."""

LangOption = Annotated[str, typer.Option("--lang", help="ko or en; else by the machine's locale.")]


def main() -> None:
    """Run a command; what goes wrong is told in one sentence, exit status 1."""
    from b2bcourse.facts import DataError
    from b2bcourse.items import ItemError, ResponseError

    try:
        app()
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except (DataError, ItemError, ResponseError) as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    err.print(f"[bold]b2bcourse:[/bold] {escape(message)}", soft_wrap=True)
    sys.exit(1)


def _lang(name: str) -> Lang:
    try:
        return as_lang(name) if name else default_language()
    except ValueError as error:
        _fail(str(error))


@app.command()
def start(
    folder: Annotated[Path, typer.Argument(help="Your copy of the course.")] = Path("b2b-course"),
    lang: LangOption = "",
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="JupyterLab's port.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Make or refresh a working copy of the course and open JupyterLab on it."""
    from b2bcourse.course_files import course_root
    from b2bcourse.learner.news import leave
    from b2bcourse.learner.working_copy import laid, refresh

    language = _lang(lang)
    new = not (folder / language).exists()
    done = refresh(course_root(), folder, language)
    _remember(done.folder, laid(done))
    if not new:
        with contextlib.suppress(OSError):  # it is told here already
            leave(done)
        _tell_refresh(done, language)
    _open_lab(done.folder, language, port=port, browser=not no_browser)


def _remember(folder: Path, notebooks: list[str]) -> None:
    """What was laid may come alive by itself; where that cannot be noted, it waits for a click."""
    from b2bcourse.learner.laid import Ledger

    with contextlib.suppress(OSError):
        Ledger.of_user().record(folder, notebooks)


@app.command("merge-answers")
def merge_answers(
    folder: Annotated[Path, typer.Argument(help="A folder of your copy with answers of its own.")],
) -> None:
    """Bring a folder's practice answers into those of the folders above; none is thrown away."""
    from b2bcourse.context import ContextError, language
    from b2bcourse.learner.merging import merge_answers
    from b2bcourse.learner.words import WORDS as SAID

    lang = language(folder)
    try:
        done = merge_answers(folder)
    except ContextError as error:
        _fail(error.text[lang])
    _tell(done.text[lang])
    for item, why in done.left:
        _tell(SAID.left[lang].format(item=item, why=why[lang]))


def _open_lab(
    folder: Path, lang: Lang, *, port: int | None, browser: bool, preview: bool = False
) -> None:
    """JupyterLab until it ends; if it does not start, what to do and the last lines of its log."""
    from b2bcourse.learner.lab import open_lab
    from b2bcourse.learner.lab.server import LabError

    try:
        open_lab(folder, lang, port=port, browser=browser, preview=preview, tell=_tell)
    except LabError as error:
        lines = [error.text[lang], *(f"  {line}" for line in error.lines)]
        _fail("\n".join(lines))


def _tell_refresh(done: Any, lang: Lang) -> None:
    """What is new in a working copy; nothing is said where nothing is."""
    counts = WORDS.refreshed[lang]
    if done.added or done.updated:
        _tell(counts.format(added=len(done.added), updated=len(done.updated)))
    for old, new in done.moved:
        _tell(WORDS.moved[lang].format(old=old, new=new))
    kept = WORDS.own_kept[lang]
    for name, beside in done.beside:
        _tell(kept.format(name=name, beside=beside))


def _tell(sentence: str) -> None:
    """Print what holds names of files, in which a bracket is no markup."""
    out.print(escape(sentence), soft_wrap=True, highlight=False)


@app.command()
def check(
    item: Annotated[str, typer.Argument(help="The item's id.")],
    response: Annotated[Path, typer.Argument(help="A response file, responses/<id>.json.")],
    key: Annotated[Path | None, typer.Option(help="The authored item with its key.")] = None,
    lang: LangOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Tell what one response is worth, with a verdict for each part."""
    from b2bcourse.authoring.catalogue import find_item
    from b2bcourse.items import ItemError, ResponseError, kind_of, load_item
    from b2bcourse.items.judging import judge
    from b2bcourse.items.kind import ByHand
    from b2bcourse.items.response import newer_release
    from b2bcourse.items.standing import is_present
    from b2bcourse.responses import read_response, values

    language = _lang(lang)
    try:
        authored = load_item(key) if key else find_item(item)
        if authored.id != item:
            _fail(f"{key}: holds the item {authored.id!r}, not {item!r}")
        kind = kind_of(authored.kind)
        if isinstance(kind, ByHand):
            _fail(f"{item}: an item of the kind {authored.kind!r} is graded by hand")
        answer = read_response(response, item, authored.kind)
    except ResponseError as error:
        _fail(f"{response}: {error.text[language]}")
    except ItemError as error:
        _fail(str(error))
    face, compiled = kind.face(authored, language), kind.key(authored)
    if answer.newer:
        _fail(f"{response}: {newer_release(answer.schema)[language]}")
    if not any(is_present(answer, kind.face(authored, each)) for each in LANGS):
        _fail(f"{response}: {WORDS.old_answer[language]}")
    others = _held_against(compiled, key)
    said = values(response.absolute().parent, others)
    outcome = judge(kind, face, compiled, answer.value, others, said)
    _tell_outcome(item, outcome, language, as_json=as_json)


def _held_against(compiled: Any, file: Path | None) -> list[Any]:
    """The items that an answer is held against; they lie beside the item's file if it has one."""
    from b2bcourse.authoring.catalogue import find_item
    from b2bcourse.items import agreement, load_item

    wanted = agreement.wanted(compiled)
    return [
        load_item(file.with_name(f"{name}.yaml")) if file else find_item(name) for name in wanted
    ]


def _tell_outcome(item: str, outcome: Any, lang: Lang, *, as_json: bool) -> None:
    notes = [note[lang] for note in outcome.notes]
    if as_json:
        parts = [
            {"id": p.id, "verdict": p.verdict, "earned": p.earned, "possible": p.possible}
            for p in outcome.parts
        ]
        told = {"item": item, "fraction": outcome.fraction, "parts": parts, "notes": notes}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    table = Table("part", "verdict", "earned", "of", box=None, header_style="dim", pad_edge=False)
    for part in outcome.parts:
        table.add_row(escape(part.id), part.verdict, f"{part.earned:g}", f"{part.possible:g}")
    out.print(table)
    for note in notes:
        _tell(note)
    out.print(f"{item}: [bold]{outcome.fraction:.3f}[/bold]", highlight=False)


@app.command()
def items(
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """List every item with its kind, where it is used and what facts it rests on."""
    from b2bcourse.authoring.catalogue import catalogue

    entries = catalogue()
    if as_json:
        typer.echo(json.dumps(entries, ensure_ascii=False, indent=1))
        return
    heads = [Column(name, no_wrap=True) for name in ("item", "kind", "used in", "facts")]
    table = Table(*heads, box=None, header_style="dim", pad_edge=False)
    for entry in entries:
        kind = " ".join(filter(None, (entry["kind"], entry["form"])))
        used = ", ".join(name.partition("-")[0] for name in entry["used_in"]) or "-"
        table.add_row(entry["id"], kind, used, _in_short(entry["facts"]))
    out.print(table)


def _in_short(facts: list[str]) -> str:
    """An item's facts in a table's width; ``--json`` tells all of them."""
    benefits = [fact for fact in facts if fact.startswith("benefit.")]
    counted = [f"{len(benefits)} benefits"] if len(benefits) > 1 else benefits
    names = counted + [fact for fact in facts if fact not in benefits]
    for shown in range(len(names), 0, -1):
        more = f" + {len(names) - shown}" if shown < len(names) else ""
        told = ", ".join(names[:shown]) + more
        if cell_len(told) <= _FACTS_WIDTH:
            break
    return told if names else "-"


@app.command()
def build(
    repo: Annotated[Path, typer.Argument(help="The checkout.")] = Path(),
    check_only: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail on drift and on leaks.")
    ] = False,
    copies: Annotated[
        list[Path] | None, typer.Option("--copy", help="A working copy to search for leaks too.")
    ] = None,
    packages: Annotated[
        bool, typer.Option(help="With --check: build wheel and sdist and search them.")
    ] = True,
    changed: Annotated[
        list[str] | None,
        typer.Option("--changed", help="An item that may ask something else: nobody has it yet."),
    ] = None,
) -> None:
    """Make exercises/ from solutions/ and draw the figures; or check both, and search for keys."""
    from b2bcourse.authoring.sittings import place
    from b2bcourse.course_files import course_root
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.build import build as build_exercises
    from b2bcourse.grading.build import check as check_exercises

    if not (repo / "solutions" / "items").is_dir():  # all of exercises/ would be swept away
        _fail(f"{repo.absolute()}: no checkout of the course kit; it has no solutions/items")
    problems: list[Any] = []
    try:
        with _steps() as on_step:
            if check_only:
                problems = check_exercises(
                    repo, extra=copies or [], packages=packages, on_step=on_step
                )
            else:
                build_exercises(repo, changed=changed or [], on_step=on_step)
                if repo.resolve() == course_root():
                    place(repo / "notebooks")
    except GradingError as error:
        _fail(error.text[default_language()])
    for problem in problems:
        err.print(escape(str(problem)), soft_wrap=True)
    if problems:
        _fail(f"problems: {len(problems)}")


@item_app.command("new")
def item_new(
    kind: Annotated[str, typer.Argument(help="matrix, ordering, matching, choice ...")],
    item: Annotated[str, typer.Argument(help="The new item's id.")],
    folder: Annotated[Path, typer.Option("--in", help="The folder of items.")] = Path("items"),
    seed: Annotated[
        int | None, typer.Option(help="allocation: a complete case made from this number.")
    ] = None,
    shape: Annotated[
        str, typer.Option(help="With --seed: portfolio, visits or schedule.")
    ] = "portfolio",
    lang: Annotated[
        str, typer.Option("--lang", help="ko, en or both; else the folder's, or the machine's.")
    ] = "",
) -> None:
    """Write an item to fill in, with a comment at every field."""
    from b2bcourse.authoring.writing import language_of_new, new_case, new_item

    written: Lang | None = None
    if lang != "both":
        written = _lang(lang) if lang else language_of_new(folder, default_language())
    if seed is None:
        made = new_item(kind, item, folder, written)
    elif kind == "allocation":
        made = new_case(shape, seed, item, folder, written)
    else:
        _fail(f"--seed makes cases of the kind allocation, not of {kind}")
    out.print(str(made), highlight=False, soft_wrap=True)


@item_app.command("check")
def item_check(files: Annotated[list[Path], typer.Argument(help="Items to check.")]) -> None:
    """Tell errors and doubts about items, with file, line and field."""
    from b2bcourse.authoring.checking import author_language
    from b2bcourse.authoring.checking import check as check_item

    books = [path for path in files if sheets.is_workbook(path)]
    for path in books:
        sheets.from_sheet(path, check=True)
    if not (files := [path for path in files if path not in books]):
        return
    machine = default_language()
    spoken = [author_language(path, machine) for path in files]
    findings = [
        finding
        for path, lang in zip(files, spoken, strict=True)
        for finding in check_item(path, lang)
    ]
    for finding in findings:
        out.print(escape(str(finding)), highlight=False, soft_wrap=True)
    bad = {finding.file for finding in findings if finding.kind == "error"}
    lang = spoken[0]
    if bad:
        _fail(assignment.WORDS.unusable[lang].format(all=len(files), bad=len(bad)))
    _tell(assignment.WORDS.checked[lang].format(all=len(files), warnings=len(findings)))


@item_app.command("preview")
def item_preview(
    file: Annotated[Path, typer.Argument(help="The item to look at.")],
    lang: LangOption = "",
    port: Annotated[int | None, typer.Option(help="JupyterLab's port.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Open an item in JupyterLab as in practice, with Check, Hint and its reasons."""
    import tempfile

    from b2bcourse.authoring.checking import author_language, refuse_errors
    from b2bcourse.authoring.writing import preview_folder
    from b2bcourse.learner.laid import Ledger

    language = _lang(lang) if lang else author_language(file, default_language())
    refuse_errors([file], default_language())
    with tempfile.TemporaryDirectory(prefix="b2bcourse-preview-") as scratch:
        folder = preview_folder(Path(scratch), file, language)
        _remember(folder, ["00-preview.ipynb"])  # it was laid here, so it comes alive by itself
        try:
            _open_lab(folder, language, port=port, browser=not no_browser, preview=True)
        finally:
            with contextlib.suppress(OSError):
                Ledger.of_user().forget(folder)


@app.command()
def coverage(
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
    check_only: Annotated[
        bool, typer.Option("--check", help="Fail where a fact is not taught or hardly tested.")
    ] = False,
    lang: LangOption = "",
) -> None:
    """Tell which facts the lessons teach, the practice items test and the figures show."""
    from b2bcourse.authoring import coverage as covering

    language = _lang(lang)
    found = covering.coverage()
    if as_json:
        typer.echo(json.dumps(covering.plain(found), ensure_ascii=False, indent=1))
    else:
        for table in covering.tables(found, language):
            out.print(table, "")
        _tell(covering.totals(found, language))
    for problem in found.unknown:
        err.print(escape(problem), soft_wrap=True, highlight=False)
    if found.unknown:
        _fail(f"facts named that there are not: {len(found.unknown)}")
    if check_only and not found.complete:
        _fail("not every fact is taught and tested; a hyphen or «1/3» shows where")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to make the course.")] = Path("b2b-demo"),
    students: Annotated[int, typer.Option(min=3, max=500, help="How many students.")] = 12,
    seed: Annotated[int, typer.Option(help="The same seed, the same class.")] = 1,
    lang: LangOption = "",
) -> None:
    """Hold a whole course without people: release, answer, submit, grade, feedback."""
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.demo import demo as hold
    from b2bcourse.grading.demo_report import tell

    language = _lang(lang)
    try:
        with _steps() as on_step:
            result = hold(folder, students=students, seed=seed, lang=language, on_step=on_step)
    except GradingError as error:
        _fail(error.text[language])
    tell(result, out)
    if result.failed:
        _fail("; ".join(result.failed))


def _steps() -> Any:
    from b2bcourse.commands.progress_bar import bar

    return bar(err)
