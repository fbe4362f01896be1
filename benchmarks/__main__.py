"""``python -m benchmarks [--only NAME ...] [--json FILE] [--quick] [--write-page]``."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Final

from rich.console import Console

from b2bcourse.commands.progress_bar import bar
from benchmarks.measure import ROOT, BrokenPromiseError, Job, SkipBenchmark
from benchmarks.table import Findings, write_page

BENCHMARKS: Final = (
    "matrix",
    "lesson",
    "opening",
    "clicks",
    "kinds",
    "imports",
    "memory",
    "autograde",
    "bulk",
    "feedback",
    "reading",
)
"""The modules of this package that have a ``run(job)``, in the order of the table."""


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks that are asked for; 1 if one of them is broken."""
    asked = _parser().parse_args(arguments)
    console = Console(stderr=True)
    findings = Findings()
    with bar(console) as step:
        for name in asked.only or BENCHMARKS:
            console.print(f"{name} ...", style="dim")
            _run(name, Job(quick=asked.quick, step=step), findings)
    markdown = findings.as_markdown()
    print(markdown)
    if asked.json:
        asked.json.write_text(json.dumps(findings.as_json(), indent=1), encoding="utf-8")
    if asked.write_page:
        write_page(ROOT / "docs" / "benchmarks.md", markdown)
    return 1 if findings.failed else 0


def _run(name: str, job: Job, findings: Findings) -> None:
    """One benchmark; whatever becomes of it, the others still run."""
    try:
        report = importlib.import_module(f"benchmarks.{name}").run(job)
    except SkipBenchmark as reason:
        findings.skipped.append(str(reason))
    except BrokenPromiseError as error:
        findings.failed.append(f"{name}: {error}")
    else:
        findings.rows += report.rows
        findings.lines += report.lines


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only",
        nargs="+",
        choices=BENCHMARKS,
        metavar="NAME",
        help=f"only these: {', '.join(BENCHMARKS)}",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found as JSON")
    parser.add_argument("--quick", action="store_true", help="few runs, to see that it works")
    parser.add_argument("--write-page", action="store_true", help="put it in docs/benchmarks.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
