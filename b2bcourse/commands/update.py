"""The command `b2bcourse course update`: what would change, a question, and what to do next."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape

from b2bcourse.commands.words import WORDS
from b2bcourse.context import default_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.facts import Lang
    from b2bcourse.grading.update import Change, Plan

out = Console()
err = Console(stderr=True)

_PLACES: Final = 4
"""So many fields of an item are named; ``--diff`` shows all."""

_NAMES: Final = 8
"""So many items that the course has not are named."""


def update(
    folder: Annotated[Path, typer.Argument(help="The course folder.")] = Path(),
    *,
    origin: Annotated[
        Path | None, typer.Option("--from", help="A checkout of the kit with its solutions.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show every line that changes.")] = False,
    take: Annotated[
        list[str] | None,
        typer.Option(help="An item you have changed: bring the kit's key over yours."),
    ] = None,
    keep: Annotated[
        list[str] | None, typer.Option(help="An item to leave as it is, this time.")
    ] = None,
) -> None:
    """Bring corrected keys and reasons into a course; answers and grades are never touched."""
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.update import Wishes, language_of, plan

    lang = default_language()
    try:
        lang = language_of(folder.absolute())
        planned = plan(folder, origin, Wishes(frozenset(take or ()), frozenset(keep or ())))
        _tell_plan(planned, whole=diff)
        _agreed(planned, yes=yes)
        if planned.of("brought"):
            _carry_out(planned)
    except GradingError as error:
        err.print(f"[bold]b2bcourse:[/bold] {escape(error.text[lang])}", soft_wrap=True)
        raise typer.Exit(1) from error
    raise typer.Exit(1 if planned.of("broken") else 0)


def _tell_plan(planned: Plan, *, whole: bool) -> None:
    lang, brought = planned.lang, planned.of("brought")
    unsure = [change for change in brought if not change.recorded]
    if brought:
        places = sum(len(change.places) for change in brought)
        _tell(
            WORDS.brought[lang].format(count=len(brought), all=len(planned.changes), places=places)
        )
    for change in brought:
        _tell(f"  {change.item}: {_short(change.places)}")
    for change in brought if whole else unsure:
        _tell(_diff(change, lang))
    if unsure:
        _tell(WORDS.unsure[lang].format(items=_listed(unsure)))
    _tell_staying(planned)
    if not brought:
        _tell(WORDS.nothing[lang])


def _tell_staying(planned: Plan) -> None:
    lang = planned.lang
    for fate, sentence in WORDS.staying.items():
        if changes := planned.of(fate):
            _tell(sentence[lang].format(items=_listed(changes)))
    for change in planned.of("broken"):
        _tell(WORDS.broken[lang].format(item=change.item, said=change.said))
    lacking = (*planned.lacking_assignments, *planned.lacking)
    if lacking:
        _tell(WORDS.lacking[lang].format(names=_some(lacking, lang)))


def _agreed(planned: Plan, *, yes: bool) -> None:
    """Go on only where there is nothing to ask, or the instructor wants it."""
    if not planned.of("brought") or yes:
        return
    if not _at_terminal():
        _tell(WORDS.not_asked[planned.lang])
        raise typer.Exit(1)
    if not typer.confirm(WORDS.ask[planned.lang], default=False):
        _tell(WORDS.left[planned.lang])
        raise typer.Exit(1)


def _carry_out(planned: Plan) -> None:
    from b2bcourse.grading.carry_out import carry_out

    aside, lang = carry_out(planned), planned.lang
    _tell(WORDS.done[lang].format(count=len(planned.of("brought"))))
    copied = ", ".join(sorted(path.name for path in aside.iterdir()))
    _tell(WORDS.copies[lang].format(copied=copied, aside=aside))
    again = planned.graded_before()
    commands = "; ".join(_AGAIN_COMMANDS.format(name=name) for name in again)
    _tell(WORDS.again[lang].format(commands=commands) if again else WORDS.not_yet[lang])


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _diff(change: Change, lang: Lang) -> str:
    """Both versions line by line, as programmers' tools show it."""
    names = (f"{change.item} ({WORDS.yours[lang]})", f"{change.item} ({WORDS.kits[lang]})")
    lines = (change.before.splitlines(), change.after.splitlines())
    return "\n".join(difflib.unified_diff(*lines, *names, n=1, lineterm=""))


def _short(places: tuple[str, ...]) -> str:
    more = f" (+ {len(places) - _PLACES})" if len(places) > _PLACES else ""
    return ", ".join(places[:_PLACES]) + more


def _listed(changes: Iterable[Change]) -> str:
    return ", ".join(change.item for change in changes)


def _some(names: tuple[str, ...], lang: Lang) -> str:
    more = WORDS.more[lang].format(count=len(names) - _NAMES) if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


def _tell(sentence: str) -> None:
    out.print(escape(sentence), soft_wrap=True, highlight=False)


_AGAIN_COMMANDS: Final = "b2bcourse grade {name} --force && b2bcourse feedback {name}"
