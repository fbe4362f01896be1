"""A course folder as the kit's own commands open it: nbgrader's settings, keys, gradebook."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b2bcourse.grading.base import CONFIG_FILE, GradingError, keys_folder_of
from b2bcourse.grading.keys import Keys, KeysError
from b2bcourse.grading.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.facts import Lang


@dataclass(frozen=True)
class Course:
    """An instructor's course.

    Attributes:
        root: its folder, absolute.
        keys: its graded items.
        lang: the language that it is held in.
        config: every setting that nbgrader would read in it.
        directory: nbgrader's ``CourseDirectory`` with these settings.
    """

    root: Path
    keys: Keys
    lang: Lang
    config: Any
    directory: Any

    @contextlib.contextmanager
    def gradebook(self) -> Iterator[Any]:
        """The gradebook, open for reading and writing."""
        from nbgrader.api import Gradebook

        with Gradebook(self.directory.db_url, self.directory.course_id) as gradebook:
            yield gradebook

    def folder(self, step: str, assignment: str, student: str = ".") -> Path:
        """The folder of an assignment at a step: ``source``, ``release``, ``submitted`` ..."""
        directory = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(directory, student, assignment))


def open_course(folder: Path) -> Course:
    """Open a course with all settings that nbgrader's own commands find there.

    Args:
        folder: the course folder, with ``nbgrader_config.py`` in it.

    Raises:
        GradingError: it is none, or its settings or its language cannot be read.
    """
    from nbgrader.coursedir import CourseDirectory

    root = folder.resolve()
    if not (root / CONFIG_FILE).is_file():
        raise GradingError(WORDS.no_course_folder.format(folder=root, file=CONFIG_FILE))
    config = _settings(root)
    keys = Keys(Path(keys_folder_of(config)))
    try:
        lang = keys.lang
    except KeysError as error:
        raise GradingError(error.text) from error
    return Course(root, keys, lang, config, CourseDirectory(config=config))


def _settings(root: Path) -> Any:
    """The settings in force for nbgrader in a course folder, the user's own below the course's."""
    from jupyter_core.paths import jupyter_config_path
    from nbgrader.apps.baseapp import NbGrader
    from traitlets.config import Config

    config = Config()
    path = [str(root), *jupyter_config_path()]
    try:
        for found, _name in NbGrader._load_config_files(  # noqa: SLF001 - as nbgrader itself reads them
            "nbgrader_config", path=path, raise_config_file_errors=True
        ):
            config.merge(found)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"
        raise GradingError(WORDS.bad_settings.format(file=CONFIG_FILE, detail=detail)) from error
    if not keys_folder_of(config):
        raise GradingError(WORDS.not_set_up.format(file=root / CONFIG_FILE))
    return config
