"""The command `b2bcourse simulate`: policies played over seeds, and the table of calibration."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from b2bcourse.facts import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.simulation.calibration import Row

out = Console()

_RANGE: Final = re.compile(r"(\d+)(?:-(\d+))?")
_REPEATED: Final = 20
_CLIMBED: Final = 12
"""So many seeds for the searches, which play every seed hundreds of times."""


def simulate(
    *,
    policy: Annotated[str, typer.Option(help="random, price-only, textbook ... or all.")] = "all",
    scenario: Annotated[
        str, typer.Option(help="tutorial, software, parts, kitchens, boilers.")
    ] = "software",
    seeds: Annotated[str, typer.Option(help="A range such as 0-199.")] = "0-19",
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
    calibrate: Annotated[
        bool, typer.Option("--calibrate", help="Make norms and docs/calibration.md anew.")
    ] = False,
    repo: Annotated[Path, typer.Option(help="With --calibrate: the checkout.")] = Path(),
) -> None:
    """Play the sales simulation by a policy over many seeds and tell the scores."""
    if calibrate:
        _calibrate(repo)
        return
    from b2bcourse.simulation.calibration import table
    from b2bcourse.simulation.reference import POLICIES

    if policy not in {"all", *POLICIES}:
        raise DataError(f"no policy {policy!r}; there are: all, {', '.join(POLICIES)}")
    rows = table(scenario, _seeds(seeds), POLICIES if policy == "all" else (policy,))
    if as_json:
        typer.echo(json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=1))
        return
    out.print(_shown(rows))


def _seeds(text: str) -> range:
    found = _RANGE.fullmatch(text)
    if found is None:
        raise DataError(f"--seeds {text!r}: write a range such as 0-199")
    first = int(found.group(1))
    return range(first, int(found.group(2) or first) + 1)


def _plain(row: Row) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(row)
    return {
        **plain,
        "mean": round(row.mean, 2),
        "error": round(row.error, 2),
        "parts": {part: round(value, 2) for part, value in row.parts.items()},
    }


def _shown(rows: Iterable[Row]) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False)
    for name in (
        "scenario",
        "policy",
        "mean",
        "s.e.",
        "profit",
        "trust",
        "reading",
        "order",
        "resources",
    ):
        table.add_column(name, justify="left" if name in {"scenario", "policy"} else "right")
    for row in rows:
        parts = [f"{value:.1f}" for value in row.parts.values()]
        table.add_row(row.scenario, row.policy, f"{row.mean:.1f}", f"{row.error:.2f}", *parts)
    return table


def _calibrate(repo: Path) -> None:
    from b2bcourse.commands.progress_bar import bar
    from b2bcourse.simulation.calibration import make_norms
    from b2bcourse.simulation.reference import forget_norms
    from b2bcourse.simulation.scenario import SHIPPED

    folder = repo / "b2bcourse" / "simulation" / "norms"
    if not folder.parent.is_dir():
        raise DataError(f"{repo.absolute()}: no checkout of the course kit")
    folder.mkdir(exist_ok=True)
    with bar(Console(stderr=True)) as report:
        for name in SHIPPED:
            made = make_norms(name, partial(report, name))
            data = msgspec.json.encode(made).replace(b"]],[[", b"]],\n[[") + b"\n"
            (folder / f"{name}-{made.engine}.json").write_bytes(data)
    forget_norms()
    (repo / "docs" / "calibration.md").write_text(calibration_page(), "utf-8")


def calibration_page(seeds: int | None = None) -> str:
    """The table of calibration as a page.

    Args:
        seeds: how many seeds a policy plays; all that are on file unless told.
    """
    from b2bcourse.simulation.calibration import climbed, exploits, repeated, table
    from b2bcourse.simulation.engine import ENGINE
    from b2bcourse.simulation.reference import ON_FILE
    from b2bcourse.simulation.scenario import SHIPPED

    count = seeds or ON_FILE
    lines = [_HEAD.format(count=count, engine=ENGINE)]
    for name in SHIPPED:
        lines += ["", f"## {name}", "", _COLUMNS, _RULE]
        lines += [_line(row) for row in table(name, range(count))]
        lines += ["", _LEFT_OUT, "", _COLUMNS, _RULE]
        lines += [_line(row) for row in exploits(name, range(count))]
        single = repeated(name, range(min(count, _REPEATED)))
        style, best = climbed(name, range(min(count, _CLIMBED)), range(count))
        lines += [
            "",
            _SEARCHED.format(
                single=single.policy.removeprefix("only "),
                worth=f"{single.mean:.1f}",
                best=f"{best.mean:.1f}",
                error=f"{best.error:.1f}",
                count=count,
                few=min(count, _CLIMBED),
                traits=_traits(style),
            ),
        ]
    return "\n".join(lines) + "\n"


_HEAD: Final = """# Calibration of the sales simulation

Made by `b2bcourse simulate --calibrate`; do not edit. Each policy plays {count} seeds of every
scenario under engine {engine}; points of 100 with the standard error of the mean. What they do
stands in `b2bcourse/simulation/policies.py`. The reference is the best game found for each seed by
playing the textbook's variants over all orders of the sound customers; it defines 100."""
_COLUMNS: Final = (
    "| policy | mean | s.e. | profit 40 | trust 20 | reading 20 | order 10 | resources 10 |"
)
_RULE: Final = "|---|---:|---:|---:|---:|---:|---:|---:|"
_LEFT_OUT: Final = "The textbook with one lesson left out or turned round:"
_SEARCHED: Final = (
    "The best single move repeated is `{single}`: {worth} points. A search for an exploit keeps one"
    " lesson turned round and changes everything else as long as it pays on {few} seeds; the best"
    " it finds earns {best} ± {error} over {count} seeds (unlike the textbook: {traits})."
)


def _line(row: Row) -> str:
    parts = " | ".join(f"{value:.1f}" for value in row.parts.values())
    return f"| {row.policy} | {row.mean:.1f} | {row.error:.2f} | {parts} |"


def _traits(style: Any) -> str:
    from b2bcourse.simulation.policies import TEXTBOOK

    differ = [
        f"{field} {getattr(style, field)}"
        for field in style.__struct_fields__
        if getattr(style, field) != getattr(TEXTBOOK, field)
    ]
    return ", ".join(differ) or "nothing"
