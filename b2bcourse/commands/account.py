"""The commands `b2bcourse account …`: what a hub keeps of a person, for whoever runs it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from b2bcourse.commands.backup import HUB, LangOption, told
from b2bcourse.commands.telling import at_terminal, language, out, tell
from b2bcourse.context import default_language

if TYPE_CHECKING:
    from b2bcourse.facts import Lang
    from b2bcourse.operating.persons.keeping import Kept

account_app = typer.Typer(help="What a hub keeps of a person.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="The account's name.")]
HubOption = Annotated[Path, typer.Option("--hub", help="The hub's folder.")]


@account_app.command()
def show(name: NameArgument, hub: HubOption = HUB, lang: LangOption = "") -> None:
    """Tell every place where a hub keeps something of a person; the hub must run."""
    from b2bcourse.hub.settings import read_hub
    from b2bcourse.operating.persons.keeping import kept

    chosen = language(lang, default_language())
    with told(chosen):
        _tell_kept(name, kept(read_hub(hub), name), chosen)


@account_app.command()
def export(
    name: NameArgument,
    hub: HubOption = HUB,
    to: Annotated[Path | None, typer.Option("--out", help="The archive to write.")] = None,
    lang: LangOption = "",
) -> None:
    """Write all that a hub keeps of a person into an archive that the person may have."""
    from b2bcourse.hub.settings import read_hub
    from b2bcourse.operating.persons.archive import export as write
    from b2bcourse.operating.persons.words import WORDS

    chosen = language(lang, default_language())
    with told(chosen):
        made = write(read_hub(hub), name, to or Path(f"{name}.zip"), chosen)
    tell(WORDS.exported[chosen].format(file=made.absolute()))


@account_app.command()
def delete(
    name: NameArgument,
    hub: HubOption = HUB,
    lang: LangOption = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a person's account, home, work, grades and the hub's record: told, asked, done."""
    from b2bcourse.hub.settings import read_hub
    from b2bcourse.operating.persons.keeping import delete as remove
    from b2bcourse.operating.persons.keeping import kept, refuse_others
    from b2bcourse.operating.persons.words import WORDS

    chosen = language(lang, default_language())
    with told(chosen):
        refuse_others(read_hub(hub), name)
        found = kept(read_hub(hub), name)
        _tell_kept(name, found, chosen)
        if not found:
            return
        _agreed(name, chosen, yes=yes)
        still = remove(read_hub(hub), name)
    tell(WORDS.not_deleted[chosen] if still else WORDS.deleted[chosen])
    for each in still:
        tell(WORDS.still[chosen].format(place=each.place, why=each.told[chosen]))
    if still:
        raise typer.Exit(1)


def _tell_kept(name: str, found: list[Kept], lang: Lang) -> None:
    from b2bcourse.operating.persons.words import WORDS

    if not found:
        tell(WORDS.nothing[lang].format(name=name))
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for each in found:
        table.add_row(escape(each.told[lang]), escape(each.place))
    out.print(table)
    tell(WORDS.outside[lang])


def _agreed(name: str, lang: Lang, *, yes: bool) -> None:
    from b2bcourse.operating.persons.words import WORDS

    if yes:
        return
    if not at_terminal():
        tell(WORDS.not_asked[lang])
        raise typer.Exit(1)
    if not typer.confirm(WORDS.ask[lang].format(name=name), default=False):
        tell(WORDS.left[lang])
        raise typer.Exit(1)
