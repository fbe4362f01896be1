"""What the kit does before and after nbgrader's own runs of autograde and generate.

nbgrader's settings let nobody in early enough: by the time a hook of theirs is called, a release
has been deleted and a submission without a notebook on top has been passed over, and what a hook
raises is dropped. So `take_hold` goes around the two ``start`` methods, by which command, API and
formgrader alike run them. A course that is none of the kit's is run as ever.
"""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nbgrader.converters import Autograde, GenerateAssignment, NbGraderException
from nbgrader.preprocessors import SaveCells

from b2bcourse.grading.autograde import FAULTS
from b2bcourse.grading.base import GradingError, keys_folder_of
from b2bcourse.grading.checks import faults_in
from b2bcourse.grading.keys import Keys, KeysError
from b2bcourse.grading.mending import mend
from b2bcourse.grading.put_down import put_down
from b2bcourse.grading.reading import link_trouble
from b2bcourse.grading.released import release_files
from b2bcourse.grading.told import summary
from b2bcourse.grading.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from b2bcourse.facts import Lang, Text

    Start = Callable[[Any], None]

_HELD: Final = "_b2bcourse_held"


def take_hold() -> None:
    """Go around nbgrader's autograde and generate, once in a process."""
    _go_around(Autograde, autograde)
    _go_around(GenerateAssignment, generate)


def _go_around(converter: Any, around: Callable[[Start, Any], None]) -> None:
    start = converter.start
    if getattr(start, _HELD, False):
        return

    @functools.wraps(start)
    def held(self: Any) -> None:
        kits = bool(keys_folder_of(self.config))
        if kits and not getattr(self, "no_database", False):
            around(start, self)
        else:
            start(self)

    setattr(held, _HELD, True)
    converter.start = held


def autograde(start: Start, converter: Any) -> None:
    """Check the keys, put the submissions in order, grade, and tell what came up.

    Raises:
        NbGraderException: something on the instructor's side is wrong. Where that is a key, all
            else has been graded.
    """
    coursedir = converter.coursedir
    keys = Keys(Path(keys_folder_of(converter.config)))
    try:
        faults = faults_in(coursedir, coursedir.assignment_id, keys)
    except (KeysError, GradingError) as error:
        raise _refused(converter, error.text) from error
    setattr(converter, FAULTS, faults)
    for item, fault in faults.items():
        _say(converter, WORDS.item_stopped.format(item=item, why=fault), keys.lang)
    _mend_all(coursedir)
    try:
        start(converter)
    finally:
        for line in summary(Path(coursedir.root), coursedir.assignment_id, keys.lang):
            converter.log.warning("%s", line)
    if faults:
        told = WORDS.items_stopped.format(items=", ".join(faults))
        _say(converter, told, keys.lang)
        raise NbGraderException(told[keys.lang])


def _refused(converter: Any, why: Text) -> NbGraderException:
    converter.log.error("%s\n%s", why.ko, why.en)
    return NbGraderException(f"{why.ko}\n{why.en}")


def _say(converter: Any, told: Text, lang: Lang) -> None:
    converter.log.error("%s", told[lang])


def _mend_all(coursedir: Any) -> None:
    """Put in order every submission that is to be graded, however it came here."""
    assignment = coursedir.assignment_id
    release = release_files(coursedir, assignment)
    for student, folder in submissions(coursedir, assignment):
        removed = mend(folder, release)
        if removed:
            put_down_links(Path(coursedir.root), assignment, student, folder, removed)


def submissions(coursedir: Any, assignment: str) -> Iterator[tuple[str, Path]]:
    """The students with a folder of this assignment among what was handed in, and the folder."""
    every = Path(coursedir.format_path(coursedir.submitted_directory, "*", assignment))
    pattern = coursedir.student_id or "*"
    root = Path(every.anchor)
    for folder in sorted(root.glob(every.relative_to(root).as_posix().replace("*", pattern, 1))):
        if folder.is_dir():
            yield folder.parent.name, folder


def put_down_links(
    root: Path, assignment: str, student: str, folder: Path, removed: list[str]
) -> None:
    """Put down which links and devices were taken out of a submission."""
    troubles = [link_trouble(student, name) for name in removed]
    put_down(root, assignment, student, folder, troubles, "mend")


def generate(start: Start, converter: Any) -> None:
    """Build a release aside first; one that is refused leaves the old release as it was.

    Raises:
        NbGraderException: it is refused.
    """
    release = _release(converter)
    rehearse(converter)
    with tempfile.TemporaryDirectory(dir=_parent(release), prefix=".before-") as scratch:
        before = Path(scratch) / "release"
        if release.is_dir():
            shutil.copytree(release, before)
        try:
            start(converter)
        except BaseException:
            if before.is_dir():
                shutil.rmtree(release, ignore_errors=True)
                before.rename(release)
            raise


def _release(converter: Any) -> Path:
    coursedir = converter.coursedir
    path = coursedir.format_path(coursedir.release_directory, ".", coursedir.assignment_id)
    return Path(path)


def _parent(release: Path) -> Path:
    release.parent.mkdir(parents=True, exist_ok=True)
    return release.parent


def rehearse(converter: Any) -> None:
    """Build a release where nobody sees it, and write nothing into the gradebook.

    Raises:
        NbGraderException: it cannot be built.
    """
    with tempfile.TemporaryDirectory() as scratch:
        coursedir = type(converter.coursedir)(parent=converter.parent, config=converter.config)
        for name in ("root", "db_url", "course_id", "assignment_id", "notebook_id"):
            setattr(coursedir, name, getattr(converter.coursedir, name))
        coursedir.release_directory = scratch
        other = type(converter)(coursedir=coursedir, parent=converter.parent)
        other.preprocessors = [step for step in converter.preprocessors if step is not SaveCells]
        other.no_database, other.rehearsing = True, True
        other.start.__wrapped__(other)
