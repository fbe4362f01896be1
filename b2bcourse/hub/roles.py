"""Jupyter's settings by role, as folders that ``JUPYTER_CONFIG_PATH`` names.

Each is whole in itself: one that is switched on or off extension by extension would lock the
choices made before. Written at every start, from ``hub.yaml`` alone.
"""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts import LANGS
from b2bcourse.grading.files import MAX_FILE_KB

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.hub.settings import Hub, HubCourse
    from b2bcourse.hub.visitors import Visitor

_ALL: Final = "all"
_GRADER: Final = "grader"
_NBGRADER: Final = "nbgrader.server_extensions."
_CULL: Final = 300


def config_path(hub: Hub, who: Visitor) -> str:
    """The folders of settings for somebody's own server, the most particular first."""
    own = [hub.etc / f"student-{who.course.id}"] if who.course else []
    return os.pathsep.join(map(str, [*own, hub.etc / "learner", hub.etc / _ALL]))


def graders_config_path(hub: Hub) -> str:
    """The folders of settings for a course's formgrader."""
    return os.pathsep.join([str(hub.etc / _GRADER), str(hub.etc / _ALL)])


def lab_settings_folder(etc: Path, lang: str) -> Path:
    """JupyterLab's settings in a language."""
    return etc / f"lab-{lang}"


def write(hub: Hub) -> None:
    """Write all of them anew."""
    if hub.etc.is_dir():
        shutil.rmtree(hub.etc)
    hub.etc.mkdir(mode=0o755)
    _json(hub.etc / _ALL / "jupyter_server_config.json", _for_all(hub))
    _learner(hub.etc / "learner")
    _grader(hub.etc / _GRADER)
    for course in hub.settings.courses:
        file = hub.etc / f"student-{course.id}" / "nbgrader_config.py"
        file.parent.mkdir()
        file.write_text(students_settings(hub, course), "utf-8")
    for lang in LANGS:
        _lab(lab_settings_folder(hub.etc, lang), lang)


def _for_all(hub: Hub) -> dict[str, Any]:
    """Kernels speak through files that only their user can open, and end when nobody needs them."""
    settings = hub.settings
    return {
        "KernelManager": {"transport": "ipc"},
        "MappingKernelManager": {
            "cull_idle_timeout": settings.kernel_idle,
            "cull_interval": max(1, min(_CULL, settings.kernel_idle or _CULL)),
            "cull_connected": True,
        },
        "ServerApp": {"shutdown_no_activity_timeout": settings.server_idle},
    }


def _learner(folder: Path) -> None:
    """As `b2bcourse start` has it: the course's own pages, nothing of nbgrader's."""
    from importlib import resources

    with resources.as_file(resources.files("b2bcourse.learner.lab") / "config") as source:
        shutil.copytree(source, folder)


def _grader(folder: Path) -> None:
    """Formgrader on a page of its own; framed by JupyterLab it would be blank. No terminals."""
    extensions = {
        "b2bcourse.serving": True,
        f"{_NBGRADER}formgrader": True,
        f"{_NBGRADER}validate_assignment": False,
        f"{_NBGRADER}assignment_list": False,
        f"{_NBGRADER}course_list": False,
    }
    _json(
        folder / "jupyter_server_config.json",
        {"ServerApp": {"jpserver_extensions": extensions, "terminals_enabled": False}},
    )
    names = ("formgrader", "course-list", "assignment-list", "validate-assignment")
    disabled = {f"@jupyter/nbgrader:{name}": True for name in names}
    disabled["@jupyterlab/debugger-extension"] = True
    _json(folder / "labconfig" / "page_config.json", {"disabledExtensions": disabled})


def _lab(folder: Path, lang: str) -> None:
    from b2bcourse.learner.lab import lab_overrides

    _json(folder / "overrides.json", lab_overrides("ko" if lang == "ko" else "en"))


def students_settings(hub: Hub, course: HubCourse) -> str:
    """What nbgrader is told on a student's server of a course."""
    return _STUDENTS.format(
        course_id=course.id, root=json.dumps(str(hub.exchange)), size=MAX_FILE_KB
    )


def _json(file: Path, content: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=1), "utf-8")


_STUDENTS: Final = '''"""Where students of this course fetch and hand in."""

c = get_config()  # noqa: F821 - nbgrader provides it

c.CourseDirectory.course_id = "{course_id}"
c.CourseDirectory.max_file_size = {size}
c.Exchange.root = {root}
c.Exchange.path_includes_course = True  # somebody may take part in two courses
c.Exchange.timezone = "UTC"
c.ExchangeFactory.submit = "b2bcourse.grading.submitting.TellingSubmit"
'''
