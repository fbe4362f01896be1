"""What the hub itself asks: which of her courses somebody means."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from b2bcourse.hub.base import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.hub.settings import Settings


def choose_course(settings: Settings, groups: Iterable[str]) -> str:
    """A choice of courses as HTML; empty for who has only one, or none."""
    courses = settings.taught(groups)
    if len(courses) < 2:  # noqa: PLR2004
        return ""
    rows = "".join(
        f'<div><label lang="{one.lang}"><input type="radio" name="course" value="{escape(one.id)}"'
        f"{' checked' if one is courses[0] else ''}> {escape(one.id)}</label></div>"
        for one in courses
    )
    told = f"{WORDS.choose_course.ko} / {WORDS.choose_course.en}"
    return f"<fieldset><legend>{escape(told)}</legend>{rows}</fieldset>"
