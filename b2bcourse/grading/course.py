"""An instructor's course folder: keys and source side by side, and nbgrader's settings for it."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any, Final

from b2bcourse.course_files import course_root
from b2bcourse.facts import Lang
from b2bcourse.grading.base import CONFIG_FILE, GradingError
from b2bcourse.grading.files import MAX_SUBMISSION_KB
from b2bcourse.grading.holding import exchange as exchanges
from b2bcourse.grading.holding.words import WORDS as HOLDING
from b2bcourse.grading.keys import COURSE_FILE, KEYS_VARIABLE, Keys, KeysError
from b2bcourse.grading.release import index_bytes
from b2bcourse.grading.shipped import record
from b2bcourse.grading.words import WORDS
from b2bcourse.responses import FOLDER

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

FEEDBACK: Final = "b2bcourse.grading.feedback.exporter.FeedbackExporter"
"""What makes feedback pages, by name: nbgrader loads it where pages are made, and only there."""

_LEFT_BEHIND: Final = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__", FOLDER)


def new_course(
    folder: Path,
    lang: Lang,
    origin: Path | None = None,
    exchange: Path | None = None,
    course_id: str = "",
) -> Path:
    """Make a course folder that is ready for every nbgrader command and for formgrader.

    Args:
        folder: where; it must not exist, or be empty.
        lang: the course's language.
        origin: a clone of the course's repository; default: the one this package runs from.
        exchange: the folder through which students fetch and hand in, made where it is missing;
            default: what the machine's settings name, if they do.
        course_id: what the course is called there; default: made from the folder's name.

    Returns:
        The course folder, absolute.

    Raises:
        GradingError: the folder is not empty, there are no solutions to make a course from, the
            exchange cannot be made, or another course there has that name.
    """
    solutions = solutions_of(origin, lang)
    course = folder.absolute()
    if course.exists() and (not course.is_dir() or any(course.iterdir())):
        raise GradingError(WORDS.course_exists.format(folder=course))
    course_id = course_id or _course_id(course.name)
    root = _exchange(exchange, course, course_id)
    course.mkdir(parents=True, exist_ok=True)
    course.chmod(0o700)  # on a shared machine students are users too, and keys lie here
    copy_items(solutions, course / "items", lang)
    shutil.copytree(solutions / lang, course / "source", ignore=_LEFT_BEHIND)
    config = _CONFIG.format(course_id=course_id, exchange=_named(root))
    (course / CONFIG_FILE).write_text(config, encoding="utf-8")
    readme = WORDS.course_readme[lang].format(
        assignments=", ".join(assignments_in(course / "source"))
    )
    (course / "README.md").write_text(readme, encoding="utf-8")
    return course


def _course_id(name: str) -> str:
    """A course's id from its folder's name: what every shell and file system takes."""
    return re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-") or "b2b-course"


def _exchange(exchange: Path | None, course: Path, course_id: str) -> Path | None:
    """The exchange that a new course names in its settings, there for everybody."""
    if not _ID.fullmatch(course_id):
        raise GradingError(WORDS.bad_course_id.format(id=course_id))
    root = None if exchange is None else exchange.expanduser().absolute()
    if root is not None and root.is_relative_to(course):
        raise GradingError(HOLDING.exchange_inside.format(root=root))
    named = root or exchanges.in_force().root
    if named is not None and (named / course_id).exists():
        raise GradingError(WORDS.course_id_taken.format(id=course_id, root=named))
    if root is not None:
        exchanges.make(root)
    return root


def _named(root: Path | None) -> str:
    """The line of the settings that names an exchange, or that shows how."""
    if root is None:
        return '# c.Exchange.root = "/srv/nbgrader/exchange"'
    return f"c.Exchange.root = {json.dumps(str(root), ensure_ascii=False)}"


def solutions_of(origin: Path | None, lang: Lang) -> Path:
    """The ``solutions`` folder of a clone.

    Args:
        origin: the clone; default: the one this package runs from.
        lang: the language that it must hold.

    Raises:
        GradingError: it holds none; an installed package never does.
    """
    solutions = (origin if origin is not None else course_root().resolve()) / "solutions"
    if not (solutions / "items").is_dir() or not (solutions / lang).is_dir():
        raise GradingError(WORDS.no_solutions.format(folder=solutions))
    return solutions


def copy_items(solutions: Path, items: Path, lang: Lang) -> None:
    """Copy the keys of ``solutions`` into a course's ``items``.

    Beside them lies the course's language, and a record of what was copied for later updates.
    """
    shutil.copytree(solutions / "items", items, ignore=_LEFT_BEHIND)
    (items / COURSE_FILE).write_bytes(index_bytes({"schema": 1, "lang": lang}))
    record(items, {path.stem: path.read_text("utf-8") for path in sorted(items.glob("*.yaml"))})


def assignments_in(source: Path) -> list[str]:
    """The assignments in a source folder, by name."""
    return sorted(path.name for path in source.iterdir() if path.is_dir())


def configure(c: Any, course: Path) -> None:
    """Set nbgrader up for a course of the kit; called from its ``nbgrader_config.py``.

    Args:
        c: traitlets' configuration; what is set here may be changed afterwards.
        course: the course folder.
    """
    root = course.resolve()
    items = root / "items"
    _set_environment(items)
    _set_folders(c, root)
    _set_preprocessors(c, items)
    c.KitPreprocessor.keys_folder = str(items)
    c.OverwriteCells.add_missing_cells = True
    c.Exchange.timezone = "UTC"  # with any other, nbgrader stores submissions hours off


def _set_environment(items: Path) -> None:
    """For the kernels and commands that nbgrader starts by name."""
    os.environ[KEYS_VARIABLE] = str(items)
    scripts = str(Path(sys.executable).parent)
    if shutil.which("alembic") is None and scripts not in os.get_exec_path():
        os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", "")])


def _set_folders(c: Any, root: Path) -> None:
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}"
    c.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "*.pyc",
        "__pycache__",
        "feedback",
        ".*.tmp",
    ]
    # One file's own limit is the kit's (`collect`): nbgrader's would leave out a notebook.
    c.CourseDirectory.max_file_size = MAX_SUBMISSION_KB
    c.CourseDirectory.max_dir_size = MAX_SUBMISSION_KB


def _set_preprocessors(c: Any, items: Path) -> None:
    from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
    from nbgrader.preprocessors import ClearSolutions, Execute, SaveAutoGrades

    from b2bcourse.grading import autograde, collect, zips
    from b2bcourse.grading.headings import FollowTitles
    from b2bcourse.grading.release import PointToField, WriteFaces
    from b2bcourse.grading.running import take_hold
    from b2bcourse.grading.shown import set_pages

    # nbgrader's own lists, so that a newer nbgrader's additions are kept.
    generate = _default(GenerateAssignment, "preprocessors")
    generate.insert(generate.index(ClearSolutions) + 1, PointToField)
    c.GenerateAssignment.preprocessors = [FollowTitles, *generate, WriteFaces]
    ours = {Execute: autograde.ScoreResponses, SaveAutoGrades: autograde.SaveGrades}
    steps = [ours.get(step, step) for step in _default(Autograde, "autograde_preprocessors")]
    steps.insert(steps.index(autograde.SaveGrades) + 1, autograde.ShowRubric)
    c.Autograde.autograde_preprocessors = steps
    c.Autograde.exporter_class = autograde.SubmissionExporter
    feedback = _default(GenerateFeedback, "preprocessors")
    c.GenerateFeedback.preprocessors = [autograde.HideRubric, *feedback]
    c.GenerateFeedback.exporter_class = FEEDBACK
    c.ExchangeFactory.collect = collect.SafeCollect
    c.ZipCollectApp.extractor_plugin = zips.Unpack
    c.ZipCollectApp.collector_plugin = zips.KeepAnswers
    take_hold()
    _set_holding(c)
    lang = _lang(items)
    set_pages(c, lang or "ko")
    if lang is not None:
        c.ClearSolutions.text_stub = WORDS.stub[lang]


def _set_holding(c: Any) -> None:
    """Exchange, extensions and lateness; see `b2bcourse.grading.holding`."""
    from nbgrader.preprocessors import AssignLatePenalties

    from b2bcourse.grading.holding.extensions import GrantExtension
    from b2bcourse.grading.holding.late import LateDays

    c.ExchangeFactory.release_assignment = exchanges.NamedRelease
    c.ExchangeFactory.release_feedback = exchanges.NamedFeedback
    c.ExchangeFactory.list = exchanges.NamedList
    c.AssignLatePenalties.plugin_class = LateDays
    steps = c.Autograde.autograde_preprocessors
    steps.insert(steps.index(AssignLatePenalties), GrantExtension)


def language_in(course: Path) -> Lang | None:
    """The language of a course folder; None where it is none, or does not say."""
    return _lang(course / "items")


def _lang(items: Path) -> Lang | None:
    try:
        return Keys(items).lang
    except KeysError:
        return None  # every later step says so with the file's name


def _default(converter: Any, option: str) -> list[Any]:
    return list(converter.class_traits()[option].default())


_CONFIG: Final = '''"""Settings of nbgrader for this course; see the kit's docs/instructors.md."""

from pathlib import Path

from b2bcourse.grading.course import configure

c = get_config()  # noqa: F821 - nbgrader provides it

# All that the kit needs: where the keys are (items/), its steps of release, collect and grading,
# UTC, limits of size. A newer kit brings its newer settings by this line; what you write below
# it counts more. Running this file anywhere else than in the course folder changes nothing.
configure(c, Path(__file__).parent)

# What the course is called in the exchange; students' settings must say the same.
c.CourseDirectory.course_id = "{course_id}"

# The folder through which students fetch and hand in, the same for every user of the machine.
# Without this line, and none in the machine's own settings, work goes out and in as zip files.
{exchange}

# Being late costs nothing, unless you say so: a share of what was earned for each day begun.
# c.LateDays.grace_hours = 24
# c.LateDays.percent_a_day = 10
# c.LateDays.percent_at_most = 50
'''
