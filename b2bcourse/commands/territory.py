"""The commands `b2bcourse scenario new`, `check` and `finish`: a game from one's own case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from b2bcourse.commands.sheets import course_or_machine
from b2bcourse.commands.telling import language, tell

if TYPE_CHECKING:
    from b2bcourse.facts import Lang

scenario_app = typer.Typer(help="A game from your own case.", no_args_is_help=True)

_File = Annotated[Path, typer.Argument(help="The scenario, items/scenarios/NAME.yaml.")]


@scenario_app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="The scenario's name, such as beds.")],
    folder: Annotated[Path, typer.Option("--in", help="The folder of items.")] = Path("items"),
    lang: Annotated[str, typer.Option("--lang", help="ko or en; else that of the course.")] = "",
) -> None:
    """Write a scenario that plays as it is, to write your own case over."""
    from b2bcourse.authoring.territory import WORDS, new_scenario

    spoken = language(lang, course_or_machine(folder.parent))
    file = new_scenario(name, folder, spoken)
    tell(WORDS.made[spoken].format(file=file))


@scenario_app.command("check")
def check(file: _File) -> None:
    """Tell in a minute whether a scenario plays: what each way of playing earns, and why."""
    from b2bcourse.authoring.territory import WORDS, played
    from b2bcourse.commands.progress_bar import bar

    spoken = _language_of(file)
    with bar(Console(stderr=True)) as report:
        found = played(file, lambda done, of: report(file.stem, done, of))
    for line in found.told(spoken):
        tell(line)
    if found.faults(spoken):
        raise typer.Exit(1)
    tell(WORDS.finish[spoken].format(file=file))


@scenario_app.command("finish")
def finish(file: _File) -> None:
    """Make the norms that games of a scenario are measured by; takes some minutes."""
    from b2bcourse.authoring.territory import WORDS
    from b2bcourse.authoring.territory import finish as make
    from b2bcourse.commands.progress_bar import bar

    spoken = _language_of(file)
    with bar(Console(stderr=True)) as report:
        made = make(file, lambda done, of: report(file.stem, done, of))
    tell(WORDS.finished[spoken].format(file=made, id=file.stem))


def _language_of(file: Path) -> Lang:
    """The language in which a scenario is written, else its course's, or the machine's."""
    from b2bcourse.facts import LANGS
    from b2bcourse.facts.reading import read_raw

    raw = read_raw(file)
    said = raw.get("lang") if isinstance(raw, dict) else None
    own = next((lang for lang in LANGS if lang == said), None)
    return own or course_or_machine(file.absolute().parents[2])
