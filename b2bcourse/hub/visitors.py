"""Who somebody is to the hub: role, course, language, and the page that comes first. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from b2bcourse.facts import LANGS
from b2bcourse.hub.hosts import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.hub.settings import HubCourse, Settings

Role = Literal["student", "self"]


class Visitor(Struct, frozen=True):
    """Who a server is started for.

    Attributes:
        role: ``student`` takes part in a course, ``self`` learns on her own.
        course: the course; None for who learns on her own.
        lang: the language in which a new working copy is laid.
    """

    role: Role
    course: HubCourse | None
    lang: Lang


def visitor(
    settings: Settings, groups: Iterable[str], options: Mapping[str, Any], accepted: str
) -> Visitor:
    """Who somebody is.

    Args:
        settings: the hub's.
        groups: the names of her groups on the hub.
        options: what she asked for when she started her server: ``lang``, ``course``.
        accepted: her browser's languages, as its header ``Accept-Language`` names them.
    """
    asked = _lang(_one(options.get("lang")))
    preferred = asked or preferred_language(accepted) or settings.lang
    courses = settings.taught(groups)
    if not courses:
        return Visitor("self", None, preferred)
    named = [one for one in courses if one.id == _one(options.get("course"))]
    spoken = [one for one in courses if one.lang == preferred]
    course = (named or spoken or list(courses))[0]
    return Visitor("student", course, asked or course.lang)


def preferred_language(accepted: str) -> Lang | None:
    """The first of the course's languages that a browser asks for; None where it asks for none."""
    weighed = []
    for at, part in enumerate(accepted.split(",")):
        name, _, weight = part.partition(";q=")
        if lang := _lang(name.strip()[:2].casefold()):
            weighed.append((-_weight(weight), at, lang))
    return min(weighed)[2] if weighed else None


def _weight(told: str) -> float:
    try:
        return float(told) if told else 1.0
    except ValueError:
        return 0.0


def _one(value: Any) -> str:
    """An option's value; from an address it comes as a list, from a form as well."""
    found = value[0] if isinstance(value, list | tuple) and value else value
    return found if isinstance(found, str) else ""


def _lang(name: str) -> Lang | None:
    if name not in LANGS:
        return None
    return "ko" if name == "ko" else "en"


def first_page(settings: Settings) -> Callable[[Any], str]:
    """Where somebody comes to who has logged in: a grader to formgrader, all others to their page.

    Returns:
        What JupyterHub asks with the handler of the request.
    """

    def page(handler: Any) -> str:
        user = handler.current_user
        mine = [group.name for group in user.groups] if user else []
        graded = settings.graded(mine)
        if len(graded) == 1 and not settings.taught(mine):
            host = host_of(settings, graded[0].id, "service")
            return f"{host}{graded[0].prefix}formgrader"
        return f"{handler.hub.base_url}{'home' if graded else 'spawn'}"

    return page
