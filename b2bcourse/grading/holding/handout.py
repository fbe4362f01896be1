"""What students need to take part in a course, in one folder; nothing in it is secret."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse import __version__
from b2bcourse.course_files import course_root
from b2bcourse.grading.base import CONFIG_FILE, GradingError
from b2bcourse.grading.course import assignments_in
from b2bcourse.grading.files import MAX_FILE_KB
from b2bcourse.grading.headings import refuse_stale
from b2bcourse.grading.holding.exchange import in_force
from b2bcourse.grading.holding.words import WORDS
from b2bcourse.grading.leaks.search import find_leaks, read_secrets
from b2bcourse.grading.steps import OnStep, silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from b2bcourse.grading.opening import Course

FOLDER: Final = "for-students"
"""In the course folder, unless the instructor wants it elsewhere."""

_WHEEL: Final = f"b2bcourse-{__version__}-py3-none-any.whl"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The same release, the same bytes."""


@dataclass(frozen=True)
class Handout:
    """What was written.

    Attributes:
        folder: where.
        files: their names.
        wheel: whether the kit itself is among them.
        exchange: whether students fetch and hand in through an exchange.
    """

    folder: Path
    files: tuple[str, ...]
    wheel: bool
    exchange: bool


def for_students(
    course: Course,
    folder: Path | None = None,
    wheel: Path | None = None,
    assignments: Sequence[str] = (),
    on_step: OnStep = silent,
) -> Handout:
    """Write the folder that students get: how to begin, settings, the kit, assignments as archives.

    Args:
        course: the course.
        folder: where; default: ``for-students`` in the course folder.
        wheel: the kit without solutions, from ``make wheel``; default: what lies in the clone's
            ``dist/``, if anything does.
        assignments: those to pack, generated already; default: all that are where there is no
            exchange, else none.
        on_step: told of each file that is searched for keys; the kit itself takes half a minute.

    Raises:
        GradingError: an assignment is not generated, the wheel is none of this version, or
            something that would go out holds a key.
    """
    home = (folder or course.root / FOLDER).absolute()
    exchange = in_force(course.root, course.directory.course_id)
    packed = list(assignments) or ([] if exchange.root else _generated(course))
    found = _wheel(wheel)
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    files = {f"{name}.zip": _packed(course, name) for name in packed}
    if exchange.root:
        files[CONFIG_FILE] = _settings(course, exchange.root).encode()
    files["README.md"] = _readme(course, packed, exchange=exchange.root is not None).encode()
    for name, data in files.items():
        (home / name).write_bytes(data)
    if found is not None:
        for old in home.glob("b2bcourse-*.whl"):
            old.unlink()
        shutil.copyfile(found, home / found.name)
    _refuse_leaks(course, [home / name for name in files], found, on_step)
    wheels = sorted(path.name for path in home.glob(_WHEEL))
    names = (*sorted(files), *wheels)
    return Handout(home, names, bool(wheels), exchange.root is not None)


def _generated(course: Course) -> list[str]:
    folders = [course.folder("release", name) for name in assignments_in(course.root / "source")]
    return [folder.name for folder in folders if any(folder.glob("*.ipynb"))]


def _packed(course: Course, assignment: str) -> bytes:
    """A release as an archive with its folder in it: unpacked, it is what a fetch brings."""
    release = course.folder("release", assignment)
    if not any(release.glob("*.ipynb")):
        raise GradingError(WORDS.not_generated.format(assignment=assignment))
    refuse_stale(course.keys, release, assignment)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(release.rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                name = f"{assignment}/{path.relative_to(release).as_posix()}"
                info = zipfile.ZipInfo(name, _LONG_AGO)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, path.read_bytes())
    return buffer.getvalue()


def _settings(course: Course, root: Path) -> str:
    about = WORDS.settings_about[course.lang]
    return _SETTINGS.format(
        about=about,
        course_id=course.directory.course_id,
        root=json.dumps(str(root), ensure_ascii=False),
        size=MAX_FILE_KB,
    )


def _readme(course: Course, packed: Iterable[str], *, exchange: bool) -> str:
    steps = WORDS.by_exchange if exchange else WORDS.by_lms
    name = next(iter(packed), None) or next(iter(_generated(course)), "a3-benefit-matrix")
    how = steps[course.lang].format(
        assignment=name, course_id=course.directory.course_id, file=CONFIG_FILE
    )
    return WORDS.students_readme[course.lang].format(wheel=_WHEEL, how=how)


def _wheel(wheel: Path | None) -> Path | None:
    """The kit to hand out; None where there is none yet."""
    if wheel is None:
        made = course_root() / "dist" / _WHEEL
        return made if made.is_file() else None
    if wheel.name != _WHEEL or not wheel.is_file():
        raise GradingError(WORDS.no_wheel.format(file=wheel, wanted=_WHEEL))
    return wheel


def _refuse_leaks(
    course: Course, files: Sequence[Path], wheel: Path | None, on_step: OnStep
) -> None:
    """Search all that goes out for the course's own keys; what holds one is taken back."""
    secrets = read_secrets(
        course.root, sources=course.root / "source", lessons=course_root() / "notebooks"
    )
    said = WORDS.searched[course.lang]
    everything = [*files, *([wheel] if wheel else [])]
    for number, path in enumerate(everything):
        on_step(said, number, len(everything))
        if leaks := find_leaks(path, secrets, released=True):
            for each in (*files, *([files[0].parent / wheel.name] if wheel else [])):
                each.unlink(missing_ok=True)
            raise GradingError(WORDS.leak.format(file=path.name, what=leaks[0]))
    on_step(said, len(everything), len(everything))


_SETTINGS: Final = '''"""{about}"""

c = get_config()  # noqa: F821 - nbgrader provides it

c.CourseDirectory.course_id = "{course_id}"
c.Exchange.root = {root}
c.CourseDirectory.max_file_size = {size}  # kB; what is larger is told and left out at hand-in
c.ExchangeFactory.submit = "b2bcourse.grading.submitting.TellingSubmit"  # tells it before
'''
