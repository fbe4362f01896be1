"""Handing in with nbgrader's own ``submit``: what will be left out is told then, not after."""

from __future__ import annotations

import contextlib
import logging
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.exchange.default import ExchangeSubmit

from b2bcourse.context import default_language, language
from b2bcourse.grading.files import MAX_FILE_KB, MAX_SUBMISSION_KB, RESPONSES
from b2bcourse.grading.taking import left_out_of
from b2bcourse.grading.taking_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator


class TellingSubmit(ExchangeSubmit):  # type: ignore[misc,unused-ignore]
    """nbgrader's submit, for ``c.ExchangeFactory.submit`` in a student's own settings.

    What the instructor's side will not take is named while the student can still mend it; all is
    handed in as ever. Where the exchange gives it to the grader's group, nobody else can read it.
    """

    def copy_files(self) -> None:
        for line in told_before(Path(self.src_path), self.coursedir.ignore):
            self.log.warning("%s", line)
        with _unnamed(self.log, self.inbound_path):
            super().copy_files()
        close(Path(self.inbound_path), Path(self.inbound_path, self.assignment_filename))


@contextlib.contextmanager
def _unnamed(log: Any, place: str) -> Iterator[None]:
    """No log names what lies in a place: a hub has one for all, and the name is what hides it."""

    def silent(record: logging.LogRecord) -> bool:
        return place not in record.getMessage()

    logger = getattr(log, "logger", log)  # an adapter has none of its own
    logger.addFilter(silent)
    try:
        yield
    finally:
        logger.removeFilter(silent)


def close(inbound: Path, handed: Path) -> None:
    """Keep other students from what was handed in: its owner and the grader's group may have it.

    nbgrader leaves it open to all, hidden by its name alone. ``inbound`` gives what lies in it to
    the grader's group if its setgid bit is set; where it is not, all stays as nbgrader left it.
    """
    group = inbound.stat().st_gid
    if not inbound.stat().st_mode & stat.S_ISGID or handed.stat().st_gid != group:
        return
    for folder, _, files in os.walk(handed):
        for path in (Path(folder, name) for name in files):
            # What nbgrader adds last has the student's own group; its folder keeps others out.
            path.chmod(0o660 if path.stat().st_gid == group else 0o664)
        Path(folder).chmod(0o2770)


def told_before(folder: Path, ignored: list[str]) -> list[str]:
    """What a student is told of a folder that is about to be handed in; nothing where all is well.

    Args:
        folder: the student's folder of an assignment.
        ignored: patterns of names that are not handed in.
    """
    lang = language(folder) if (folder / "items").is_dir() else default_language()
    left = left_out_of(folder, ignored)
    lines = [one.found[lang] for one in left]
    if left:
        lines.append(
            WORDS.limits[lang].format(file=MAX_FILE_KB // 1000, all=MAX_SUBMISSION_KB // 1000)
        )
    if not any((folder / RESPONSES).glob("*.json")):
        lines.append(WORDS.no_answers[lang])
    return lines
