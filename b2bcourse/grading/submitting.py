"""Handing in with nbgrader's own ``submit``: what will be left out is told then, not after."""

from __future__ import annotations

from pathlib import Path

from nbgrader.exchange.default import ExchangeSubmit

from b2bcourse.context import default_language, language
from b2bcourse.grading.files import MAX_FILE_KB, MAX_SUBMISSION_KB, RESPONSES
from b2bcourse.grading.taking import left_out_of
from b2bcourse.grading.taking_words import WORDS


class TellingSubmit(ExchangeSubmit):  # type: ignore[misc,unused-ignore]
    """nbgrader's submit, for ``c.ExchangeFactory.submit`` in a student's own settings.

    What the instructor's side will not take is named while the student can still mend it; all is
    handed in as ever.
    """

    def copy_files(self) -> None:
        for line in told_before(Path(self.src_path), self.coursedir.ignore):
            self.log.warning("%s", line)
        super().copy_files()


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
