"""From ``solutions/`` to ``exercises/``, the same bytes every time, and whether they agree."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from traitlets.config import Config

from b2bcourse.facts import LANGS, Lang
from b2bcourse.figures import building
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.course import assignments_in, configure, copy_items, solutions_of
from b2bcourse.grading.leaks.search import Problem, Secrets, find_leaks, read_secrets, silent_kinds
from b2bcourse.grading.release import refuse_changed, released_hashes
from b2bcourse.grading.steps import OnStep, silent
from b2bcourse.grading.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

EXERCISES: Final = "exercises"
NOTEBOOKS: Final = "notebooks"
_SAID: Final = re.compile(r"\w*(?:GradingError|KeysError): (.+?)(?=\n\[|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Built:
    """One assignment in one language, generated."""

    lang: Lang
    assignment: str
    folder: Path


def build(
    repo: Path,
    out: Path | None = None,
    *,
    changed: Collection[str] = (),
    on_step: OnStep = silent,
) -> list[Built]:
    """Make ``exercises/<lang>/<assignment>/`` from ``solutions/``, with nbgrader's own generator.

    Where the repository is the one whose package runs, its figures are drawn too.

    Args:
        repo: the repository, with ``solutions`` in it.
        out: the folder to fill; default: the repository's ``exercises``.
        changed: ids of items that may ask something else than under the same id in ``out``;
            only right while nobody has been given that release.
        on_step: told what is being built.

    Returns:
        What was built; assignments in ``out`` that have no source any more are removed.

    Raises:
        GradingError: an assignment cannot be generated, another face changed, or ``changed``
            names an item whose face did not.
    """
    target = out if out is not None else repo / EXERCISES
    with tempfile.TemporaryDirectory() as scratch:
        built = list(_generate_all(repo, Path(scratch), on_step))
        found = {name for each in built for name in _changed(each, target)}
        if idle := sorted(set(changed) - found):
            raise GradingError(WORDS.unchanged.format(items=", ".join(idle)))
        refuse_changed(sorted(found - set(changed)))
        _sweep(target, built)
        put = [_put(each, target) for each in built]
    if out is None and _draws_figures(repo):
        building.build(on_step=on_step)
    return put


def check(
    repo: Path,
    extra: Sequence[Path] = (),
    *,
    packages: bool = False,
    on_step: OnStep = silent,
) -> list[Problem]:
    """What is wrong with what students get: drift from ``solutions/`` and facts, leaks of keys.

    Args:
        repo: the repository.
        extra: further folders or archives to search, such as a learner's working copy.
        packages: also build wheel and sdist and search in them.
        on_step: told what is being checked.

    Returns:
        The problems, none if all is well; a kind that does not tell its secrets is the only one.
    """
    if silent := silent_kinds():  # what is not known cannot be searched for
        return [Problem("b2bcourse/items", what) for what in silent]
    secrets = read_secrets(repo / "solutions")
    problems = drift(repo, on_step)
    if _draws_figures(repo):
        drifted = building.drift(on_step=on_step)
        problems += [Problem(f"figures/{name}", why) for name, why in drifted]
    places = [(repo / EXERCISES, True), (repo / NOTEBOOKS, True), *((p, False) for p in extra)]
    for number, (place, released) in enumerate(places):
        on_step("search", number, len(places))
        problems += find_leaks(place, secrets, released=released)
    on_step("search", len(places), len(places))
    return problems + (_package_problems(repo, secrets, on_step) if packages else [])


def drift(repo: Path, on_step: OnStep = silent) -> list[Problem]:
    """Where ``exercises/`` differs from what ``solutions/`` makes today."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            build(repo, Path(scratch), on_step=on_step)
        except GradingError as error:
            return [Problem(EXERCISES, str(error))]
        fresh, committed = _files(Path(scratch)), _files(repo / EXERCISES)
    return [
        Problem(f"{EXERCISES}/{name}", _why_drifted(fresh.get(name), committed.get(name)))
        for name in sorted(fresh.keys() | committed.keys())
        if fresh.get(name) != committed.get(name)
    ]


def _draws_figures(repo: Path) -> bool:
    """Whether what draws the figures is the repository's own package, and not an installed one."""
    return (repo / "b2bcourse").resolve() == Path(str(resources.files("b2bcourse"))).resolve()


def build_packages(repo: Path, out: Path) -> list[Path]:
    """Wheel and sdist of the repository, built in this environment.

    Raises:
        GradingError: they cannot be built; the message holds the builder's last lines.
    """
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(repo)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        detail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise GradingError(WORDS.no_package.format(detail=detail.replace("{", "(")))
    return sorted(out.iterdir())


def _package_problems(repo: Path, secrets: Secrets, on_step: OnStep) -> list[Problem]:
    on_step("wheel, sdist", 0, 1)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            packages = build_packages(repo, Path(scratch))
        except GradingError as error:
            return [Problem("wheel, sdist", str(error))]
        found = [find_leaks(package, secrets, released=True) for package in packages]
    on_step("wheel, sdist", 1, 1)
    return [problem for problems in found for problem in problems]


def _generate_all(repo: Path, scratch: Path, on_step: OnStep) -> Iterator[Built]:
    jobs = [
        (lang, name)
        for lang in LANGS
        if (repo / "solutions" / lang).is_dir()
        for name in assignments_in(repo / "solutions" / lang)
    ]
    for number, (lang, name) in enumerate(jobs):
        on_step("build", number, len(jobs))
        course = scratch / lang
        if not course.exists():
            solutions = solutions_of(repo, lang)
            copy_items(solutions, course / "items", lang)
            shutil.copytree(solutions / lang, course / "source")
        yield Built(lang, name, _generate(course, name))
    on_step("build", len(jobs), len(jobs))


def _generate(course: Path, assignment: str) -> Path:
    """The release of one assignment, without a gradebook."""
    config = Config()
    configure(config, course)
    config.SaveCells.enabled = False
    config.GenerateAssignment.no_database = True
    config.CourseDirectory.assignment_id = assignment
    coursedir = CourseDirectory(config=config)
    result = capture_log(GenerateAssignment(coursedir=coursedir, config=config))
    if not result["success"]:
        raise GradingError(
            WORDS.not_generated.format(assignment=assignment, detail=said_in(result))
        )
    return course / "release" / assignment


def said_in(result: dict[str, Any]) -> str:
    """The kit's own sentences in the log of a failed nbgrader step; else the whole log."""
    log = str(result.get("log", "")) + str(result.get("error", ""))
    said = _SAID.findall(log)
    return (said[0] if said else log).strip().replace("{", "(").replace("}", ")")


def _changed(each: Built, target: Path) -> list[str]:
    """The items of an assignment that ask something else than in ``target``."""
    before = released_hashes(target / each.lang / each.assignment)
    now = released_hashes(each.folder)
    return [name for name, new in now.items() if before.get(name, new) != new]


def _sweep(target: Path, built: list[Built]) -> None:
    """Remove what stands in ``target`` for assignments that are no more."""
    kept = {(each.lang, each.assignment) for each in built}
    for lang in LANGS:
        folder = target / lang
        for old in assignments_in(folder) if folder.is_dir() else ():
            if (lang, old) not in kept:
                shutil.rmtree(folder / old)


def _put(each: Built, target: Path) -> Built:
    final = target / each.lang / each.assignment
    if final.exists():
        shutil.rmtree(final)
    shutil.copytree(each.folder, final)
    return Built(each.lang, each.assignment, final)


def _files(tree: Path) -> dict[str, bytes]:
    return {
        path.relative_to(tree).as_posix(): path.read_bytes()
        for path in sorted(tree.rglob("*"))
        if path.is_file() and path.parts[len(tree.parts)] in LANGS
    }


def _why_drifted(fresh: bytes | None, committed: bytes | None) -> str:
    if committed is None:
        return "missing; run: b2bcourse build"
    if fresh is None:
        return "has no source in solutions/; run: b2bcourse build"
    return "differs from what solutions/ makes; run: b2bcourse build"
