"""The command `b2bcourse doctor`: is this machine fit for the course, and how is it mended."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.markup import escape
from rich.table import Table

from b2bcourse.commands.telling import fail, language, out, tell
from b2bcourse.context import default_language
from b2bcourse.operating.doctor.words import WORDS

if TYPE_CHECKING:
    from b2bcourse.facts import Lang
    from b2bcourse.operating.doctor.checks import Finding

_STYLES: Final = {"fine": "green", "remark": "yellow", "fault": "bold red"}


def doctor(
    courses: Annotated[
        list[Path] | None, typer.Option("--course", help="A course folder to look at too.")
    ] = None,
    student: Annotated[
        str, typer.Option(help="As root: a student's account, to really try things as.")
    ] = "",
    hub: Annotated[
        Path | None, typer.Option("--hub", help="A hub's folder, with its courses and secrets.")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="ko or en.")] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Tell what on this machine would keep a class from working; exit status 1 if something is."""
    if sys.platform == "win32":
        fail(WORDS.posix_only[language(lang, default_language())])
    from b2bcourse.hub.settings import read_hub
    from b2bcourse.operating.accounts import account
    from b2bcourse.operating.doctor.checks import examine
    from b2bcourse.operating.doctor.gather import look

    chosen = language(lang, default_language())
    who = account(student) if student else None
    if student and who is None:
        fail(WORDS.no_user[chosen].format(user=student))
    served = read_hub(hub) if hub is not None else None
    found = examine(look(courses or (), who, served))
    faults = sum(finding.state == "fault" for finding in found)
    if as_json:
        typer.echo(
            json.dumps([_plain(each, chosen) for each in found], ensure_ascii=False, indent=1)
        )
    else:
        _tell_findings(found, chosen)
        tell(WORDS.faults[chosen].format(count=faults) if faults else WORDS.all_fine[chosen])
    if faults:
        raise typer.Exit(1)


def _plain(finding: Finding, lang: Lang) -> dict[str, str | None]:
    remedy = finding.remedy[lang] if finding.remedy is not None else None
    state = {"check": finding.check, "state": finding.state}
    return {**state, "text": finding.text[lang], "remedy": remedy}


def _tell_findings(found: list[Finding], lang: Lang) -> None:

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for each in found:
        state = f"[{_STYLES[each.state]}]{WORDS.states[each.state][lang]}[/]"
        table.add_row(state, each.check, escape(each.text[lang]))
        if each.remedy is not None and each.state != "fine":
            remedy = WORDS.remedy[lang].format(remedy=each.remedy[lang])
            table.add_row("", "", f"[dim]{escape(remedy)}[/dim]")
    out.print(table)
