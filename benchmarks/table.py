"""The table as Markdown, as JSON, and in docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.measure import Row, Spread

BEGIN: Final = "<!-- benchmarks -->"
END: Final = "<!-- /benchmarks -->"
HEAD: Final = ("what", "b2bcourse", "instead", "ratio", "to reach")


@dataclass
class Findings:
    """Everything that one run of ``python -m benchmarks`` found."""

    rows: list[Row] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The findings as plain data, with the machine they were made on."""
        return {"machine": machine(), **asdict(self)}

    def as_markdown(self) -> str:
        """The table, and what else was found as a list under it."""
        lines = [_line(HEAD), _line(["---"] * len(HEAD)), *map(_row_line, self.rows)]
        told = [*self.lines, *(f"Skipped: {text}" for text in self.skipped)]
        told += [f"FAILED: {text}" for text in self.failed]
        notes = ["", *(f"- {text}" for text in told)] if told else []
        return "\n".join([*lines, *notes, "", _footer()])


def write_page(path: Path, markdown: str) -> None:
    """Put ``markdown`` between a page's two marks for it; nothing else changes.

    Raises:
        ValueError: the file does not have the two marks, once each and in order.
    """
    text = path.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in after or END in after:
        raise ValueError(f"{path}: needs one {BEGIN} and, after it, one {END}")
    path.write_text(f"{before}{BEGIN}\n{markdown.strip()}\n{END}{after}", encoding="utf-8")


def machine() -> dict[str, str | int | float]:
    """What the numbers were measured on, and how busy it was in the last quarter of an hour."""
    return {
        "cores": os.cpu_count() or 0,
        "processor": _processor(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[2], 1) if hasattr(os, "getloadavg") else 0.0,
        "date": datetime.now(UTC).date().isoformat(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _footer() -> str:
    on = machine()
    return (
        f"Medians, with the middle half of the runs in brackets; both sides took turns. "
        f"{on['cores']} cores ({on['processor']}, load {on['load']}), {on['system']}, "
        f"Python {on['python']}, "
        f"{on['date']}. Made by `python -m benchmarks`."
    )


def _row_line(row: Row) -> str:
    reach = row.reach
    if row.reached is not None:
        reach = f"{row.reach}: {'reached' if row.reached else '**not reached**'}"
    ratio = f"{_ratio(row.ratio)} {row.says}"
    instead = f"{row.against}: {_amount(row.instead, row.unit)}"
    return _line([row.what, _amount(row.ours, row.unit), instead, ratio, reach])


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _ratio(ratio: Spread) -> str:
    if ratio.low == ratio.high:
        return f"**{_short(ratio.median)}**"
    return f"**{_short(ratio.median)}** ({_short(ratio.low)}–{_short(ratio.high)})"


def _amount(amount: Spread, unit: str) -> str:
    middle = f"{_short(amount.median)} {unit}".rstrip()
    if amount.low == amount.high:
        return middle
    return f"{middle} ({_short(amount.low)}–{_short(amount.high)})"


def _short(number: float) -> str:
    """Three figures at most, and never an exponent."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"
