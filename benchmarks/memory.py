"""The memory of a student's kernel that has run a whole assignment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks.measure import (
    ROOT,
    BrokenPromiseError,
    Job,
    Report,
    SkipBenchmark,
    costs,
    take_turns,
)

ASSIGNMENT: Final = ROOT / "exercises" / "ko" / "a3-benefit-matrix"
MEGABYTE: Final = 1e6
TIMEOUT: Final = 120

_BARE: Final = (
    """import anywidget
class Widget(anywidget.AnyWidget):
    _esm = "export default {render({el}) { el.textContent = 'here' }}"
""",
    "Widget()",
)
SHOWS: Final = ("import b2bcourse as b2b; b2b.answer(", "Widget()")
"""How the cells begin that show a widget."""


def run(job: Job) -> Report:
    try:
        import psutil  # noqa: F401
    except ImportError as error:
        raise SkipBenchmark("memory needs psutil (pip install psutil)") from error
    cells = code_cells(ASSIGNMENT / f"{ASSIGNMENT.name}.ipynb")
    pairs = take_turns(
        job,
        "kernels",
        lambda: _megabytes_of(cells, ASSIGNMENT),
        lambda: _megabytes_of(_BARE, None),
        job.runs(7),
    )
    return Report(
        rows=[
            costs(
                "a student's kernel, all cells of the assignment run",
                pairs,
                against="a kernel that shows one empty anywidget",
                unit="MB",
                says="times the memory",
                under=1.5,
            )
        ]
    )


def code_cells(notebook: Path) -> list[str]:
    """The sources of a notebook's code cells."""
    cells = json.loads(notebook.read_bytes())["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _megabytes_of(cells: Sequence[str], folder: Path | None) -> float:
    """The resident memory of a new kernel after it has run ``cells`` in a copy of ``folder``."""
    import psutil

    with tempfile.TemporaryDirectory(prefix="b2b-bench-") as scratch:
        place = Path(scratch) / "place"
        place.mkdir()
        if folder is not None:
            shutil.copytree(folder, place, dirs_exist_ok=True)
        with _kernel(place) as (manager, client):
            for cell in cells:
                if _shows_widget(client, cell) != cell.startswith(SHOWS):
                    raise BrokenPromiseError(f"{cell!r} did not show what it should")
            resident = psutil.Process(manager.provisioner.process.pid).memory_info().rss
    return float(resident) / MEGABYTE


@contextmanager
def _kernel(place: Path) -> Iterator[tuple[Any, Any]]:
    """A real kernel in ``place``, as JupyterLab would start it for a student."""
    from jupyter_client.manager import start_new_kernel

    environment = {k: v for k, v in os.environ.items() if k != "NBGRADER_EXECUTION"}
    environment["IPYTHONDIR"] = str(place.parent / "ipython")
    environment["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    manager, client = start_new_kernel(
        startup_timeout=TIMEOUT, cwd=str(place), env=environment, stderr=subprocess.DEVNULL
    )
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _shows_widget(client: Any, code: str) -> bool:
    """Run a cell; did it put a widget on the page?"""
    shown = []

    def hear(message: Any) -> None:
        shown.append("application/vnd.jupyter.widget-view+json" in _data(message))

    reply = client.execute_interactive(code, output_hook=hear, timeout=TIMEOUT, allow_stdin=False)
    if reply["content"]["status"] != "ok":
        raise BrokenPromiseError(f"{code!r} failed: {reply['content'].get('evalue')}")
    return any(shown)


def _data(message: Any) -> Any:
    return message["content"].get("data", {})
