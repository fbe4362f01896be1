"""What an LMS hands out, brought in by nbgrader's own ``zip_collect`` with answers and all.

A student hands in one file, ``<assignment>.b2b.zip``: the notebooks at its top, beside them
``responses/`` with the answers, and nothing else that is needed. The LMS puts the student's number
into a name around it; so it does where a student hands in files of his own making, and whatever
lies in them is found by its content (`handed`). What a student asks to be looked at again comes as
``<assignment>.second-look.b2b.zip`` (`second_looks`): its sentences are taken, and the answers in
it, those of the file before, only where the course has none of that student.

The forms of name that are known:

- Canvas: ``kimnarae_1187_90210_a2.b2b.zip`` (who, the LMS's number of the student, of the file);
  ``_LATE_`` may stand behind the name.
- Moodle: ``Kim Na-rae_1187_assignsubmission_file_/a2.b2b.zip`` or the same without the folder.

Canvas's number is taken for that student of the gradebook whose ``lms_user_id`` it is; where there
is none it is the id itself. Moodle's is no user's: it is drawn anew for each assignment, and may
well be the ``lms_user_id`` of somebody else. So there the name decides, where exactly one student
of the gradebook has it and no two numbers come with it; else the file is nobody's. Another form of
name is told by ``FileNameCollectorPlugin.named_regexp``, with groups ``student_id`` and, where a
file stands alone, ``file_id``; what a student is called there is an ``lms_user_id`` or an id.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from b2bcourse.grading import second_looks
from b2bcourse.grading.files import legible
from b2bcourse.grading.mending import ONE, Room, unpack
from b2bcourse.grading.put_down import put_down
from b2bcourse.grading.taking_words import WORDS
from b2bcourse.grading.troubles import UNKNOWN, Trouble

if TYPE_CHECKING:
    from b2bcourse.facts import Text

HANDED_IN: Final = "{assignment}.b2b.zip"
"""The name of the one file that a student hands in to an LMS."""

ASKED: Final = "{assignment}.second-look.b2b.zip"
"""The name of the file by which a student asks for a second look and changes nothing."""

_ALL_ROOM: Final = Room(20_000_000_000, 200_000)
"""What a whole class's archive may hold; one student's has room for a submission."""
_CANVAS: Final = re.compile(
    r"(?P<name>[^_/]+)_(?:LATE_)?(?P<student_id>\d+)_\d+_(?P<file_id>[^/]+)"
)
_MOODLE: Final = re.compile(
    r"(?P<name>[^/]+?)_(?P<number>\d+)_assignsubmission_file_?(?P<file_id>[^/]*)"
)


class Unpack(ExtractorPlugin):  # type: ignore[misc,unused-ignore]
    """Unpacks the archives of an LMS, for ``c.ZipCollectApp.extractor_plugin``.

    No file leads out of its folder or fills the disk; an archive in an archive that cannot be
    unpacked stays as it is, and is told when it is graded.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        source, target = Path(archive_path), Path(extracted_path)
        for path in sorted(source.rglob("*")):
            if not path.is_file() or path.is_symlink():
                continue
            into = target / path.relative_to(source)
            into.parent.mkdir(parents=True, exist_ok=True)
            if not self._unpacked(path, into, _ALL_ROOM):
                self.log.info("Copied: %s", path)
                shutil.copyfile(path, into)
        self._unpack_inside(target)

    def _unpack_inside(self, folder: Path) -> None:
        """Unpack each student's own archive, once: what is packed in it is left to grading."""
        for path in sorted(folder.rglob("*.[zZ][iI][pP]")):
            if path.is_file() and self._unpacked(path, path, ONE):
                path.unlink()

    def _unpacked(self, archive: Path, into: Path, room: Room) -> bool:
        if archive.suffix.casefold() != ".zip":
            return False
        done = unpack(archive, into.with_suffix(""), room)
        if not done:
            self.log.error("Cannot be unpacked, left as it is: %s", archive)
        return done


class KeepAnswers(FileNameCollectorPlugin):  # type: ignore[misc,unused-ignore]
    """Tells whose each file is, for ``c.ZipCollectApp.collector_plugin``; none is dropped."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """The student and the place of a file; None where its name does not tell whose it is."""
        parts = self._within(submitted_file)
        for number, part in enumerate(parts):
            found = self._told_by(part)
            if found is not None:
                student = self._student(found)
                if student is None:
                    self._tell_nobodys(Path(*parts).as_posix(), WORDS.nobodys_name)
                    return None
                if self._is_asking(submitted_file, student):
                    return None
                place = parts[number + 1 :] or [found.get("file_id") or part]
                return {"student_id": student, "file_id": self._place(student, place)}
        self._tell_nobodys(Path(*parts).as_posix(), WORDS.nobodys)
        return None

    def _is_asking(self, submitted_file: str, student: str) -> bool:
        """Whether a file belongs to a request for a second look, of which no answers are taken."""
        path = Path(submitted_file)
        home = next((folder for folder in self._requests if folder in path.parents), None)
        if home is None:
            return False
        if path == home / second_looks.FILE:
            self._take_in(student, path)
            return True
        return second_looks.is_alone(home) or self._has_answers(student, home)

    @cached_property
    def _requests(self) -> list[Path]:
        """The folders that were unpacked of requests, known by the sentences in them."""
        found = self._extracted().rglob(second_looks.FILE)
        return [
            path.parent
            for path in sorted(found)
            if second_looks.is_alone(path.parent) or second_looks.read(path) is not None
        ]

    def _take_in(self, student: str, path: Path) -> None:
        coursedir = self.parent.coursedir
        root, assignment = Path(coursedir.root), coursedir.assignment_id
        release = coursedir.format_path(coursedir.release_directory, ".", assignment)
        files = self._asking.setdefault(student, [])
        files.append((path, ""))
        for trouble in second_looks.take_in(root, assignment, student, files, Path(release)):
            self.log.warning("%s: %s %s", student, trouble.found.en, trouble.done.en)

    @cached_property
    def _asking(self) -> dict[str, list[tuple[Path, str]]]:
        return {}

    def _has_answers(self, student: str, request: Path) -> bool:
        """Whether a student's answers have been collected, or come in another file as well."""
        coursedir = self.parent.coursedir
        here = coursedir.format_path(
            coursedir.submitted_directory, student, coursedir.assignment_id
        )
        if any(Path(here).glob("*.ipynb")):
            return True
        flat = request.parent == self._extracted()
        return any(
            other not in self._requests and (not flat or self._whose(other.name) == student)
            for other in request.parent.iterdir()
        )

    def _whose(self, part: str) -> str | None:
        found = self._told_by(part)
        return None if found is None else self._student(found)

    def _tell_nobodys(self, name: str, why: Text) -> None:
        """Put down a file of which nobody knows whose it is, and keep it aside."""
        told = why.format(file=legible(name))
        self.log.error("%s", told.en)
        self._nobodys.append(
            Trouble(
                student=UNKNOWN,
                what="unmatched",
                file=legible(name),
                found=told,
                done=WORDS.not_taken,
                todo=WORDS.look,
            )
        )
        coursedir = self.parent.coursedir
        root, assignment = Path(coursedir.root), coursedir.assignment_id
        put_down(root, assignment, UNKNOWN, self._extracted(), self._nobodys, "collect")

    @cached_property
    def _nobodys(self) -> list[Trouble]:
        return []

    def _place(self, student: str, parts: list[str]) -> str:
        """Where a file goes among the student's: no two in one place, at which nbgrader stops."""
        own = HANDED_IN.format(assignment="").removesuffix(".zip")
        if len(parts) > 1 and parts[0].endswith(own):
            parts = parts[1:]
        place, number = "/".join(parts), 1
        while (student, place.casefold()) in self._taken:
            number += 1
            place = "/".join([str(number), *parts])
        self._taken.add((student, place.casefold()))
        return place

    @cached_property
    def _taken(self) -> set[tuple[str, str]]:
        return set()

    def _within(self, submitted_file: str) -> list[str]:
        """The file's path below the folder into which archives were unpacked."""
        path = Path(submitted_file)
        root = self._extracted()
        return list(path.relative_to(root).parts if root in path.parents else path.parts[-1:])

    def _extracted(self) -> Path:
        app = self.parent
        return Path(app._format_collect_path(app.extracted_directory))  # noqa: SLF001 - a plugin's

    def _told_by(self, part: str) -> dict[str, str] | None:
        patterns = [self.named_regexp] if self.named_regexp else [_MOODLE, _CANVAS]
        for pattern in patterns:
            found = re.match(pattern, part)
            if found:
                said = {name: value or "" for name, value in found.groupdict().items()}
                if said.get("student_id") or said.get("number"):
                    return said
        return None

    def _student(self, said: dict[str, str]) -> str | None:
        """Whose a name is; None where more than one student may be meant, or none."""
        if "student_id" in said:
            return self._known.get(said["student_id"], said["student_id"])
        name = _plain(said["name"])
        if len(self._numbers.get(name, ())) > 1:
            return None  # two people of that name
        bearers = self._named.get(name, set())
        return next(iter(bearers)) if len(bearers) == 1 else None

    @cached_property
    def _numbers(self) -> dict[str, set[str]]:
        """The numbers with which Moodle gives each name, over all that was handed out."""
        numbers: dict[str, set[str]] = {}
        for path in self._extracted().rglob("*"):
            all_found = map(_MOODLE.match, self._within(str(path)))
            found = next(filter(None, all_found), None)  # what lies further in is the student's own
            if found:
                numbers.setdefault(_plain(found["name"]), set()).add(found["number"])
        return numbers

    @cached_property
    def _known(self) -> dict[str, str]:
        """Students' ids by what an LMS calls them."""
        return {number: student for student, number, _, _ in self._students if number}

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """Students' ids by their full names, either name first."""
        named: dict[str, set[str]] = {}
        for student, _, first, last in self._students:
            for name in {_plain(first + last), _plain(last + first)} - {""}:
                named.setdefault(name, set()).add(student)
        return named

    @cached_property
    def _students(self) -> list[tuple[str, ...]]:
        """Of each student id, the LMS's number, first and last name; what is lacking is empty."""
        from nbgrader.api import Gradebook

        coursedir = self.parent.coursedir
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            return [
                tuple(str(each or "") for each in (s.id, s.lms_user_id, s.first_name, s.last_name))
                for s in gradebook.students
            ]


def _plain(name: str) -> str:
    """A person's name as two programs write it alike: letters and digits alone."""
    whole = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in whole if letter.isalnum())
