"""Grading a class: `b2bcourse grade` beside ``nbgrader autograde`` as nbgrader ships it.

``python -m benchmarks.bulk --sizes 20 300 10000 --stock 20 300 --write`` measures how it grows and
writes the table and the plot of docs/grading-speed.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from benchmarks.autograde import (
    ASSIGNMENT,
    Course,
    _check_same_points,
    courses_to_grade,
    own_jupyter,
)
from benchmarks.measure import ROOT, BrokenPromiseError, Job, Report, saves, take_turns
from benchmarks.table import machine

CLASS: Final = 20
BEGIN: Final = "<!-- growth -->"
END: Final = "<!-- /growth -->"
PAGE: Final = ROOT / "docs" / "grading-speed.md"
PLOT: Final = ROOT / "docs" / "grading-speed.png"


@dataclass(frozen=True)
class Graded:
    """One class graded.

    Attributes:
        who: ``ours`` or ``stock``.
        number: how many submissions.
        seconds: how long they took, start-up left out.
        whole: the same with it.
        cpu: seconds that all cores and processes together worked on them, start-up left out.
        memory: the most that the leading process held, in MB.
        load: how busy the machine was in the minute before the end.
    """

    who: str
    number: int
    seconds: float
    whole: float
    cpu: float
    memory: float
    load: float

    @property
    def each(self) -> float:
        """Milliseconds a submission, start-up left out."""
        return 1000 * self.seconds / self.number


def run(job: Job) -> Report:
    """The ratio: submissions of one class, graded by turns in processes that are warm."""
    number, turns = job.runs(CLASS, 2), job.runs(4, 1)
    with own_jupyter() as home:
        _, stock, students = courses_to_grade(home, number)
        fresh = home / "fresh"
        shutil.copytree(home / "kit", fresh)
        _grade_copy(fresh, home / "warm")
        stock.grade(students[0])
        others = iter(students[1:])
        share = (len(students) - 1) // turns
        copies = iter(range(turns))
        pairs = take_turns(
            job,
            "classes",
            lambda: _grade_copy(fresh, home / f"ours-{next(copies)}"),
            lambda: _mean(stock.grade(next(others)) for _ in range(share)),
            turns,
        )
        graded = students[: 1 + share * turns]
        _check_same_points(Course(home / "ours-0", stock=False), stock, graded)
    row = saves(
        "b2bcourse grade, a submission after start-up",
        pairs,
        against="nbgrader autograde as it is shipped",
        unit="s",
        at_least=300,
    )
    return Report(
        [row], ["Stock autograde runs the notebooks' code in kernels of their own; ours runs none."]
    )


def _grade_copy(fresh: Path, course: Path) -> float:
    """Seconds a submission, in a copy of a course of which nobody has been graded."""
    from b2bcourse.grading.bulk.run import grade

    shutil.copytree(fresh, course)
    done = grade(course, ASSIGNMENT)
    return done.seconds / done.graded


def _mean(seconds: Any) -> float:
    found = list(seconds)
    return float(sum(found)) / len(found)


def of_size(number: int, *, stock: bool) -> Graded:
    """Grade a class of a size by one of the two commands, in a process of its own."""
    with own_jupyter() as home:
        _, _, students = courses_to_grade(home, min(number, CLASS) - 1)
        course = home / ("stock" if stock else "kit")
        _multiply(course, students, number)
        started = perf_counter()
        child = [sys.executable, "-m", "benchmarks.bulk", "--child", str(course)]
        done = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=False)
        whole = perf_counter() - started
        if done.returncode:
            raise BrokenPromiseError(f"{course}: {done.stdout[-800:]}{done.stderr[-2000:]}")
        graded = len(list((course / "autograded").iterdir()))
        if graded != number:
            raise BrokenPromiseError(f"{graded} of {number} were graded")
    seconds, cpu, memory = json.loads(done.stdout.splitlines()[-1])
    who, load = "stock" if stock else "ours", os.getloadavg()[0]
    return Graded(who, number, seconds, whole, cpu, memory, load)


def _child(course: Path) -> None:
    """Grade a course in this process; print seconds and CPU without start-up, and the memory."""
    if course.name == "stock":
        api = Course(course, stock=True).api
        before, started = _cpu(), perf_counter()
        done = api.autograde(ASSIGNMENT, "*")
        seconds = perf_counter() - started
        if not done["success"]:
            raise BrokenPromiseError(done["error"])
    else:
        from b2bcourse.grading.bulk.run import grade

        begun: list[float] = []
        seconds = grade(course, ASSIGNMENT, on_ready=lambda _: begun.append(_cpu())).seconds
        before = begun[0]
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, _cpu() - before, used]))


def _cpu() -> float:
    """Seconds that this process and those it has waited for have worked."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in map(resource.getrusage, who))


def _multiply(course: Path, students: Sequence[str], number: int) -> None:
    """A class of any size: the simulated students again and again, their files linked."""
    submitted = course / "submitted"
    for place, student in zip(range(number - len(students)), cycle(students)):
        shutil.copytree(submitted / student, submitted / f"x{place:05d}", copy_function=os.link)


def table(found: Sequence[Graded]) -> str:
    """What was measured, as Markdown."""
    on = machine()
    lines = [
        (
            "| command | submissions | whole run | after start-up | a submission "
            "| its processor time | most memory | load |"
        ),
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in found:
        name = "`nbgrader autograde`" if one.who == "stock" else "`b2bcourse grade`"
        lines.append(
            f"| {name} | {one.number:,} | {one.whole:,.1f} s | {one.seconds:,.1f} s "
            f"| {one.each:,.1f} ms | {1000 * one.cpu / one.number:,.1f} ms "
            f"| {one.memory:,.0f} MB | {one.load:.1f} |"
        )
    lines += ["", f"{on['cores']} cores ({on['processor']}), Python {on['python']}, {on['date']}. "]
    lines[-1] += "Made by `python -m benchmarks.bulk --write`."
    return "\n".join(lines)


def plot(found: Sequence[Graded], path: Path) -> None:
    """Seconds against submissions, both axes logarithmic."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4.2), dpi=150)
    for who, name, colour in (
        ("stock", "nbgrader autograde", "#a34d17"),
        ("ours", "b2bcourse grade", "#1f5fa8"),
    ):
        points = sorted((one.number, one.seconds) for one in found if one.who == who)
        if points:
            axes.plot(*zip(*points, strict=True), "o-", label=name, color=colour)
            axes.annotate(
                f"{points[-1][1]:,.0f} s", points[-1], (6, -3), textcoords="offset points"
            )
    axes.set(xscale="log", yscale="log", xlabel="submissions", ylabel="seconds after start-up")
    axes.grid(visible=True, color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)


def main(arguments: list[str] | None = None) -> int:
    """Measure the sizes that are asked for, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk", description=__doc__)
    parser.add_argument("--sizes", nargs="*", type=int, default=[20, 300, 1000])
    parser.add_argument("--stock", nargs="*", type=int, default=[20])
    parser.add_argument("--add", type=Path, help="what was measured before, as JSON; is added to")
    parser.add_argument("--write", action="store_true", help="into docs/grading-speed.md")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.child:
        _child(asked.child)
        return 0
    known = json.loads(asked.add.read_bytes()) if asked.add and asked.add.exists() else []
    found = [Graded(**one) for one in known]
    for who, sizes in (("stock", asked.stock), ("ours", asked.sizes)):
        for size in sizes:
            found.append(of_size(size, stock=who == "stock"))
            print(found[-1], flush=True)
            if asked.add:
                asked.add.write_text(json.dumps([asdict(one) for one in found]), "utf-8")
    found.sort(key=lambda one: (one.who != "stock", one.number))
    print(table(found))
    if asked.write:
        _write(found)
    return 0


def _write(found: Sequence[Graded]) -> None:
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{after}", "utf-8")
    plot(found, PLOT)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(main())
