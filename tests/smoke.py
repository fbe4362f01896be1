"""Does the installed course work at all? Run by the Python that it is installed in: `make smoke`.

No pytest is needed, as on a learner's computer: JupyterLab answers at the address that is told and
ends at one signal, a lesson runs, and no solution lies about. What only instructors do is done with
the checkout's package: a small class is taught.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from importlib.metadata import files
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbclient import NotebookClient

from b2bcourse.course_files import course_root, solutions_root

if TYPE_CHECKING:
    from collections.abc import Iterator

REPO = Path(__file__).resolve().parents[1]
LESSON = "04-benefit-matrix.ipynb"
KIT = [sys.executable, "-m", "b2bcourse"]


@contextlib.contextmanager
def timed(what: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    sys.stdout.write(f"{what}: {time.monotonic() - begun:.1f} s\n")


def start_answers(folder: Path) -> None:
    """The address that `start` tells opens the course; one signal ends it without a word of error."""
    command = [*KIT, "start", "--no-browser", "--lang", "en"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8") as started:
        try:
            lines = iter(started.stdout.readline, "")
            found = next(found for line in lines if (found := re.search(r"http://\S+", line)))
            with urllib.request.urlopen(found[0], timeout=30) as page:
                assert page.status == 200
                assert b"/lab/tree/en/04-benefit-matrix.ipynb" in page.read()
        finally:
            started.send_signal(signal.SIGINT)
        rest = started.stdout.read()
        assert started.wait(60) == 0, rest
        assert "stopped" in rest


def lesson_runs(folder: Path) -> None:
    """Every cell of a lesson, in the working copy that `start` has made."""
    place = folder / "b2b-course" / "en"
    book = nbformat.read(place / LESSON, as_version=4)
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(place)}}).execute()


def class_is_taught(folder: Path) -> None:
    """Released, answered, submitted, graded, handed back: for three students, from a clone."""
    command = [*KIT, "demo", str(folder / "demo"), "--students", "3", "--lang", "en"]
    instructor = {**os.environ, "PYTHONPATH": str(REPO)}
    subprocess.run(command, check=True, cwd=folder, env=instructor, stdout=subprocess.DEVNULL)


def no_solution_is_there(folder: Path) -> None:
    """Whoever has the wheel has no key to a graded item, and is told so when one is needed."""
    assert course_root().name == "_course", "the checkout's package runs, not the wheel's"
    assert solutions_root() is None
    assert not [file for file in files("b2bcourse") or () if "solutions" in file.parts]
    assert (course_root() / "exercises").is_dir()
    command = [*KIT, "course", "new", str(folder / "course"), "--lang", "en"]
    refused = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert refused.returncode == 1
    assert "--from" in refused.stderr


def main() -> None:
    # As a shell does that enters an environment: nbgrader starts alembic by name.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    sys.stdout.write(f"Python {sys.version.split()[0]}, {course_root()}\n")
    with tempfile.TemporaryDirectory(prefix="b2bcourse-smoke-") as scratch:
        for part in (start_answers, lesson_runs, no_solution_is_there, class_is_taught):
            with timed(part.__name__.replace("_", " ")):
                part(Path(scratch))


if __name__ == "__main__":
    main()
