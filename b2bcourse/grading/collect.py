"""Bringing submissions in without following links or stumbling over broken folders."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any, Final

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import parse_utc

from b2bcourse.grading.running.exchange import Named

TIMESTAMP: Final = "timestamp.txt"
FEEDBACK_SECRET: Final = "submission_secret.txt"  # noqa: S105 - a file's name


class SafeCollect(Named, ExchangeCollect):  # type: ignore[misc,unused-ignore]
    """nbgrader's collect, for ``c.ExchangeFactory.collect``.

    A student may put a link to the instructor's keys into the exchange; stock collect follows it
    and brings the key into his submission, from where feedback hands it out. Here links are left
    behind, a file that cannot be copied costs only that file, and a submission whose notebook is
    missing gets the released one, so that its responses are graded.
    """

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            clean = Path(scratch) / "submission"
            if self.get_size(src) > 1000 * self.coursedir.max_dir_size:
                self.log.error("Left behind, too large: %s", src)
            else:
                self._copy_files(src, clean)
            clean.mkdir(exist_ok=True)
            clean.chmod(0o755)
            tidy(clean)
            self._put_in_what_is_missing(clean, Path(src))
            super().do_copy(str(clean), dest, log)

    def _copy_files(self, src: str, clean: Path) -> None:
        try:
            shutil.copytree(src, clean, symlinks=True)
        except OSError as error:
            # A pipe, or a file or folder nobody may read; what can be copied has been.
            self.log.warning("Not copied from %s: %s", src, error)

    def _put_in_what_is_missing(self, clean: Path, src: Path) -> None:
        if not (clean / TIMESTAMP).is_file():
            # The folder's name carries the time as well, and nbgrader sorts by that one.
            (clean / TIMESTAMP).write_text(src.name.rsplit("+", 3)[2], encoding="utf-8")
        secret = clean / FEEDBACK_SECRET
        if not secret.is_file() or not secret.stat().st_size:
            # Without it nbgrader stops releasing feedback, for everyone.
            secret.write_text(secrets.token_hex(64), encoding="ascii")
        release = self.coursedir.format_path(
            self.coursedir.release_directory, ".", self.coursedir.assignment_id
        )
        for notebook in Path(release).glob("*.ipynb"):
            if not (clean / notebook.name).is_file():
                self.log.warning("%s: %s is missing, put in as released", src.name, notebook.name)
                shutil.copyfile(notebook, clean / notebook.name)


def tidy_before_autograde(*, notebooks: list[str], **_names: Any) -> None:
    """For ``c.Autograde.pre_convert_hook``: tidy submissions that came by other ways than collect.

    Args:
        notebooks: paths of the submission's notebooks.
    """
    for folder in {Path(notebook).parent for notebook in notebooks}:
        tidy(folder)


def tidy(folder: Path) -> None:
    """Take out of a submission what makes nbgrader follow a link, hang or stop.

    Args:
        folder: a submission; its links, devices and unreadable time stamp are removed.
    """
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent) / name
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                _remove(path)
    stamp = folder / TIMESTAMP
    if stamp.is_dir():
        shutil.rmtree(stamp)
    elif stamp.is_file() and not _is_time(stamp):
        _remove(stamp)


def _remove(path: Path) -> None:
    # Collected folders are read-only for their owner too.
    path.parent.chmod(path.parent.stat().st_mode | stat.S_IWUSR)
    path.unlink()


def _is_time(path: Path) -> bool:
    try:
        parse_utc(path.read_text(encoding="utf-8").strip())
    except (ValueError, OverflowError, OSError):
        return False
    return True
