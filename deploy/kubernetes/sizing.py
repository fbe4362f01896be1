"""What a class needs on Kubernetes, from what was measured: ``python sizing.py --write``."""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path
from typing import Any, Final

import yaml

HERE: Final = Path(__file__).parent
PAGES: Final = ("kubernetes.md", "kubernetes-ko.md")
_TABLE: Final = re.compile(r"(<!-- sizing -->\n).*?(<!-- /sizing -->)", re.DOTALL)
HEADS: Final = {
    "kubernetes.md": ("learners", "at once", "memory", "cores", "nodes", "homes"),
    "kubernetes-ko.md": ("학습자", "동시에", "메모리", "코어", "노드", "홈"),
}


def read() -> dict[str, Any]:
    """The measured figures, and what is assumed of a class."""
    found: dict[str, Any] = yaml.safe_load((HERE / "measured.yaml").read_text("utf-8"))
    return found


def needs(measured: dict[str, Any], size: dict[str, int]) -> dict[str, float]:
    """What so many learners need.

    Returns:
        Memory in GB, cores while they work and while they all begin, nodes, homes in GB.
    """
    memory, seconds, assumed = (
        measured[name] for name in ("memory", "processor_seconds", "assumed")
    )
    each = memory["server"] + assumed["lessons_open"] * memory["lesson"]
    shared = memory["hub"] + memory["proxy"] + memory["grader"]
    beginning = seconds["server_start"] + assumed["lessons_open"] * seconds["lesson_open"]
    cores = size["at_once"] * (
        seconds["click"] / assumed["click_every_seconds"]
        + beginning / assumed["start_within_seconds"]
    )
    node = assumed["node"]
    seats = (node["memory"] - node["kept_memory"]) // each
    nodes = max(size["at_once"] / seats, cores / node["cores"])
    return {
        "memory": (size["at_once"] * each + shared) / 1000,
        "cores": cores,
        "nodes": math.ceil(nodes),
        "homes": size["learners"] * assumed["home_gigabytes"],
    }


def table(page: str) -> str:
    """The table of a page, in its language."""
    measured = read()
    lines = [" | ".join(HEADS[page]), " | ".join(["---:"] * len(HEADS[page]))]
    for size in measured["sizes"]:
        found = needs(measured, size)
        lines.append(
            f"{size['learners']:,} | {size['at_once']:,} | {found['memory']:,.0f} GB | "
            f"{found['cores']:.1f} | {found['nodes']:.0f} | {found['homes']:,.0f} GB"
        )
    return "".join(f"| {line} |\n" for line in lines)


def main() -> None:
    """Write the table into both pages."""
    docs = HERE.parents[1] / "docs"
    for page in PAGES:
        text = (docs / page).read_text("utf-8")
        new = _TABLE.sub(lambda found, page=page: found[1] + table(page) + found[2], text)  # type: ignore[misc]
        if "--write" in sys.argv:
            (docs / page).write_text(new, "utf-8")


if __name__ == "__main__":
    main()
