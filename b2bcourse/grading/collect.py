"""Bringing submissions in: no link is followed, and nothing a student hands in stops the class.

What is left out is one file, never a submission, and is told: answers and notebooks come first,
and what has no room is kept aside. A folder without a time in its name, or handed in under
somebody else's, is refused and kept aside; the student's own counts. A request for a second look
that comes without answers (`second_looks`) is no submission: only its sentences are taken.
"""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from nbgrader.exchange.default import ExchangeCollect

from b2bcourse.facts import Text
from b2bcourse.grading import second_looks
from b2bcourse.grading.files import legible
from b2bcourse.grading.holding.exchange import Named, tell_due
from b2bcourse.grading.mending import TIMESTAMP, mend
from b2bcourse.grading.owners import forger
from b2bcourse.grading.put_down import keep_folder, put_down
from b2bcourse.grading.released import release_files
from b2bcourse.grading.taking import LeftOut, take
from b2bcourse.grading.taking_words import WORDS
from b2bcourse.grading.troubles import UNKNOWN, Trouble, record

FEEDBACK_SECRET: Final = "submission_secret.txt"  # noqa: S105 - a file's name
NOBODY: Final = ""
"""The user name of a record that is refused, or is no submission."""
_LONG_AGO: Final = dt.datetime(1, 1, 1)  # noqa: DTZ001 - nbgrader's times have no zone


class SafeCollect(Named, ExchangeCollect):  # type: ignore[misc,unused-ignore]
    """nbgrader's collect, for ``c.ExchangeFactory.collect``.

    A student may put anything into the exchange: a link to the instructor's keys, which stock
    collect follows and feedback would hand out; a folder of a name that stops it; another
    student's name. Whoever's folder it is, the others' are brought in.
    """

    def init_src(self) -> None:
        self.src_records: list[dict[str, Any]] = []
        self._refused: dict[str, list[Trouble]] = {}
        self._asking: dict[str, list[tuple[dt.datetime, Path]]] = {}
        self._students = self._known_students()
        super().init_src()
        records: list[dict[str, Any]] = self.src_records
        self.src_records = [record for record in records if record["username"] != NOBODY]
        for student, troubles in self._refused.items():
            self._record(student, troubles, "refuse")

    def _known_students(self) -> frozenset[str]:
        from nbgrader.api import Gradebook

        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            return frozenset(student.id for student in gradebook.students)

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """The record of a folder as nbgrader wants it; one of nobody's where it is refused."""
        folder = Path(path)
        try:
            record: dict[str, Any] = super()._path_to_record(path)
            student = str(record["username"])
            why = self._why_refused(folder, student)
        except Exception:  # noqa: BLE001 - a time may be unreadable in many ways
            student, why = folder.name.partition("+")[0], WORDS.no_time
        if why is not None:
            self._refuse(folder, _as_name(student), why)
        elif second_looks.is_alone(folder):
            self._asking.setdefault(student, []).append((record["timestamp"], folder))
        else:
            return record
        return {"username": NOBODY, "filename": folder.name, "timestamp": _LONG_AGO}

    def _why_refused(self, folder: Path, student: str) -> Text | None:
        if folder.is_symlink():
            return WORDS.link
        if not student.strip(". ") or "\\" in student or not student.isprintable():
            return WORDS.no_name
        other = forger(folder, student, self._students) if self.check_owner else ""
        return WORDS.forged.format(owner=other) if other else None

    def _refuse(self, folder: Path, student: str, why: Text) -> None:
        root, assignment = Path(self.coursedir.root), self.coursedir.assignment_id
        self.log.error("%s: %s", legible(folder.name), why.en)
        kept = "" if folder.is_symlink() else keep_folder(root, assignment, student, folder)
        trouble = Trouble(
            student=student,
            what="refused",
            file=legible(folder.name),
            found=why,
            done=WORDS.refused if kept else WORDS.refused_left,
            todo=WORDS.tell_admin,
            kept=kept,
        )
        self._refused.setdefault(student, []).append(trouble)

    def copy_files(self) -> None:
        super().copy_files()
        tell_due(self)  # formgrader may have changed it since the release
        for student, folders in sorted(self._asking.items()):
            self._take_in(student, sorted(folders))

    def _take_in(self, student: str, folders: list[tuple[dt.datetime, Path]]) -> None:
        """Put down what a student asks; the submission that is here stays as it is."""
        assignment = self.coursedir.assignment_id
        release = self.coursedir.format_path(self.coursedir.release_directory, ".", assignment)
        files = [
            (folder / second_looks.FILE, f"{time.isoformat(timespec='seconds')}+00:00")
            for time, folder in folders
        ]
        root = Path(self.coursedir.root)
        found = second_looks.take_in(root, assignment, student, files, Path(release))
        self.log.info("%s: second look asked for, answers and time as they were", student)
        for trouble in found:
            self.log.warning("%s: %s %s", student, trouble.found.en, trouble.done.en)

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        source, student = Path(src), Path(dest).parent.name
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            clean = Path(scratch) / "submission"
            left = take(source, clean, self.coursedir.ignore)
            bare = not any(clean.rglob("*.[iI][pP][yY][nN][bB]"))
            mend(clean, release_files(self.coursedir, self.coursedir.assignment_id))
            self._put_in_what_is_missing(clean, source)
            super().do_copy(str(clean), dest, log)
        self._tell(student, source, left, bare=bare)

    def _tell(self, student: str, source: Path, left: list[LeftOut], *, bare: bool) -> None:
        troubles = [one.trouble(student) for one in left]
        if bare:
            troubles.append(
                Trouble(
                    student=student,
                    what="unwhole",
                    found=WORDS.no_notebook,
                    done=WORDS.put_in,
                    todo=WORDS.nothing,
                    waits=False,
                )
            )
        for trouble in troubles:
            self.log.warning("%s: %s %s", student, trouble.found.en, trouble.done.en)
        put_down(
            Path(self.coursedir.root),
            self.coursedir.assignment_id,
            student,
            source,
            troubles,
            "collect",
        )
        self._record(student, [], "mend")

    def _record(self, student: str, troubles: list[Trouble], step: Any) -> None:
        record(Path(self.coursedir.root), self.coursedir.assignment_id, student, step, troubles)

    def _put_in_what_is_missing(self, clean: Path, src: Path) -> None:
        if not (clean / TIMESTAMP).is_file():
            # The folder's name carries the time as well, and nbgrader sorts by that one.
            (clean / TIMESTAMP).write_text(src.name.rsplit("+", 3)[2], encoding="utf-8")
        secret = clean / FEEDBACK_SECRET
        if not secret.is_file() or not secret.stat().st_size:
            # Without it nbgrader stops releasing feedback, for everyone.
            secret.unlink(missing_ok=True) if not secret.is_dir() else shutil.rmtree(secret)
            secret.write_text(secrets.token_hex(64), encoding="ascii")


def _as_name(student: str) -> str:
    """A name under which a trouble of anybody's can be put down."""
    return legible(student).strip(". ").replace("\\", "-")[:80] or UNKNOWN
