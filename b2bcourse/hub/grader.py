"""A course's formgrader behind the hub: a server of its own, as the course's grader.

It is no child of the hub's, which may stop and start again meanwhile.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.hub import accounts
from b2bcourse.hub.base import WORDS, HubError
from b2bcourse.hub.hosts import host_of
from b2bcourse.hub.roles import graders_config_path, lab_settings_folder
from b2bcourse.hub.settings import read_hub
from b2bcourse.hub.tokens import GRADER, Tokens, value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.hub.settings import Hub, HubCourse

_ARGUMENTS: Final = 3


def main() -> None:
    """``python -m b2bcourse.hub.grader hub.yaml COURSE``, as the course's grader."""
    if len(sys.argv) != _ARGUMENTS:
        sys.exit("python -m b2bcourse.hub.grader hub.yaml COURSE")
    hub = read_hub(Path(sys.argv[1]))
    course = hub.settings.course(sys.argv[2])
    if course is None:
        raise SystemExit(str(HubError(WORDS.unknown_course.format(name=sys.argv[2]))))
    os.environ.update(environment(hub, course, os.environ))
    os.environ.pop("PYTHONPATH", None)
    os.chdir(course.folder)
    program = str(hub.environment / "bin" / "jupyterhub-singleuser")
    settings = lab_settings_folder(hub.etc, course.lang)
    os.execv(  # noqa: S606
        program,
        [
            program,
            f"--ServerApp.root_dir={course.folder}",
            f"--LabApp.app_settings_dir={settings}",
        ],
    )


def environment(hub: Hub, course: HubCourse, before: Mapping[str, str]) -> dict[str, str]:
    """What tells the server whose it is, and that formgrader comes first.

    Args:
        hub: the hub.
        course: the course.
        before: the environment it is started with; systemd names a runtime folder in it.
    """
    token = before.get(GRADER) or value(Tokens.of(hub).grader(course))
    own = host_of(hub.settings, course.id, "service")
    access = json.dumps([f"access:services!service={course.id}"])
    return {
        GRADER: token,
        "JUPYTERHUB_API_URL": hub.api,
        "JUPYTERHUB_BASE_URL": "/",
        "JUPYTERHUB_HOST": hub.settings.subdomains,
        "JUPYTERHUB_CLIENT_ID": f"service-{course.id}",
        "JUPYTERHUB_SERVICE_NAME": course.id,
        "JUPYTERHUB_SERVICE_PREFIX": course.prefix,
        "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{course.port}",
        "JUPYTERHUB_OAUTH_CALLBACK_URL": f"{own}{course.prefix}oauth_callback",
        "JUPYTERHUB_OAUTH_SCOPES": access,
        "JUPYTERHUB_OAUTH_ACCESS_SCOPES": access,
        "JUPYTERHUB_DEFAULT_URL": "/formgrader",
        "JUPYTERHUB_USER": "",  # it is a service's server, nobody's own
        "JUPYTER_CONFIG_PATH": graders_config_path(hub),
        "JUPYTER_RUNTIME_DIR": _runtime(before),
        "B2BCOURSE_LANG": course.lang,
        "PATH": f"{hub.environment / 'bin'}:/usr/local/bin:/usr/bin:/bin",
        "TZ": "UTC",
    }


def _runtime(before: Mapping[str, str]) -> str:
    given = before.get("JUPYTER_RUNTIME_DIR") or before.get("RUNTIME_DIRECTORY")
    return given or str(accounts.runtime_folder(os.geteuid()))


if __name__ == "__main__":
    main()
