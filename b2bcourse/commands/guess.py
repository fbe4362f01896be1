"""The command `b2bcourse guess`: what guessing earns, blindly and by a test-wise guesser's ways."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.authoring.catalogue import Testwise
    from b2bcourse.authoring.guessing import Guessed

out = Console()


def guess(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Tell what guessing earns on every item, assignment and lesson."""
    from b2bcourse.authoring.catalogue import guesses, wise_guesses

    found, groups = guesses()
    wise = wise_guesses(found)
    if as_json:
        rows = {one.item: one.earned for one in found}
        told = {"items": rows, "means": groups, "testwise": msgspec.to_builtins(wise)}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    out.print(_blind(found, groups))
    for lang, one in wise.items():
        out.print("", _over_single_choices(lang, one), "", _by_name(lang, one))


def _table(*heads: str) -> Table:
    return Table(*heads, box=None, header_style="dim", pad_edge=False)


def _blind(found: Iterable[Guessed], groups: Mapping[str, Mapping[str, float]]) -> Table:
    from b2bcourse.authoring.guessing import GUESSES

    table = _table("item", *GUESSES)
    for one in found:
        table.add_row(one.item, *(f"{one.earned[how]:.0%}" for how in GUESSES))
    table.add_section()
    for name, mean in groups.items():
        table.add_row(f"[bold]{name}[/bold]", *(f"{mean[how]:.0%}" for how in GUESSES))
    return table


def _over_single_choices(lang: str, wise: Testwise) -> Table:
    """Each test-wise way over all single choices, beside chance and two standard errors."""
    table = _table(f"single choices ({lang})", "items", "earns", "chance", "±", "")
    for row in wise.singles:
        shares = (f"{share:.0%}" for share in (row.earned, row.chance, 2 * row.error))
        table.add_row(row.way, str(row.items), *shares, "pays" if row.pays else "")
    mean = sum(wise.several.values()) / max(1, len(wise.several))
    table.add_row("several: all that sound good", str(len(wise.several)), f"{mean:.0%}", "", "", "")
    return table


def _by_name(lang: str, wise: Testwise) -> Table:
    """The way that earns most of each assignment and test; of a test beside chance."""
    table = _table(f"assignment or test ({lang})", "best way", "earns", "chance")
    for name, earned in (*wise.assignments.items(), *wise.tests.items()):
        best = max(earned, key=lambda way: earned[way])
        chance = f"{wise.chance[name]:.1%}" if name in wise.chance else ""
        table.add_row(name, best, f"{earned[best]:.1%}", chance)
    return table
