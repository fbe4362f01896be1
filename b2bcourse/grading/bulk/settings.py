"""Whether a course's settings are such that this grading does what nbgrader's would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from traitlets.config import Config

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.bulk.words import WORDS
from b2bcourse.grading.course import configure

if TYPE_CHECKING:
    from b2bcourse.grading.opening import Course

_STEPS: Final = ("sanitize_preprocessors", "autograde_preprocessors")
_OPTIONS: Final = ("exporter_class", "pre_convert_hook", "post_convert_hook")


def autograde_of(course: Course) -> Any:
    """The Autograde of nbgrader with a course's settings.

    Raises:
        GradingError: the settings ask for a step that only nbgrader itself takes.
    """
    theirs = _converter(course, course.config)
    usual = Config()
    configure(usual, course.root)
    ours = _converter(course, usual)
    for option in _STEPS:
        _refuse_steps(option, getattr(theirs, option), getattr(ours, option))
    for option in _OPTIONS:
        if getattr(theirs, option) is not getattr(ours, option):
            raise GradingError(WORDS.other_option.format(option=f"Autograde.{option}"))
    return theirs


def _converter(course: Course, config: Any) -> Any:
    from nbgrader.converters import Autograde

    return Autograde(coursedir=course.directory, config=config)


def _refuse_steps(option: str, theirs: list[Any], ours: list[Any]) -> None:
    if theirs == ours:
        return
    differing = [step for step in (*theirs, *ours) if step not in theirs or step not in ours]
    names = ", ".join(getattr(step, "__name__", str(step)) for step in differing or theirs)
    raise GradingError(WORDS.other_steps.format(option=f"Autograde.{option}", steps=names))
