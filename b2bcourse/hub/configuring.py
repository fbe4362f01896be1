"""JupyterHub set up from ``hub.yaml``: what its ``jupyterhub_config.py`` calls."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.hub.settings import Hub, HubCourse, Settings, read_hub
from b2bcourse.hub.tokens import Tokens, value

if TYPE_CHECKING:
    from pathlib import Path

UPKEEP: Final = "upkeep"
_PATIENCE: Final = 120


def configure(c: Any, folder: Path) -> None:
    """Set JupyterHub up; what is set afterwards counts more.

    Args:
        c: traitlets' configuration.
        folder: the hub's folder, in which ``hub.yaml`` lies.
    """
    hub = read_hub(folder)
    tokens = Tokens.of(hub)
    # The database holds what lets one in; and what users' servers make is their own from the start.
    os.umask(0o077)
    os.environ["PATH"] = os.pathsep.join([str(hub.environment / "bin"), os.environ["PATH"]])
    os.environ.setdefault("TZ", "UTC")
    _set_hub(c, hub)
    _set_proxy(c, hub, tokens)
    _set_people(c, hub, tokens)
    _set_servers(c, hub)
    c.JupyterHub.services = [
        *(_service(course, value(tokens.grader(course))) for course in hub.settings.courses),
        {"name": UPKEEP, "api_token": value(tokens.upkeep), "display": False},
    ]
    c.JupyterHub.load_roles = roles(hub.settings)
    c.JupyterHub.load_groups = groups(hub.settings)


def _set_hub(c: Any, hub: Hub) -> None:
    settings = hub.settings
    c.JupyterHub.bind_url = settings.address
    c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{settings.hub_port}"
    if settings.public:
        c.JupyterHub.public_url = settings.public
    if settings.subdomains:
        c.JupyterHub.subdomain_host = settings.subdomains
    c.JupyterHub.cookie_secret_file = str(hub.state / "cookie_secret")
    c.JupyterHub.db_url = f"sqlite:///{hub.state / 'jupyterhub.sqlite'}"
    c.JupyterHub.template_vars = {"announcement": ""}
    # Whoever works goes on working while the hub is stopped, killed or renewed.
    c.JupyterHub.cleanup_servers = False
    c.JupyterHub.cleanup_proxy = False


def _set_proxy(c: Any, hub: Hub, tokens: Tokens) -> None:
    """The proxy is a process of its own; see `b2bcourse.hub.proxy`."""
    c.ConfigurableHTTPProxy.should_start = False
    c.ConfigurableHTTPProxy.auth_token = value(tokens.proxy)
    c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{hub.settings.proxy_port}"
    c.ConfigurableHTTPProxy.command = [str(hub.proxy_program)]


def _set_people(c: Any, hub: Hub, tokens: Tokens) -> None:
    from b2bcourse.hub.visitors import first_page

    settings = hub.settings
    if settings.is_demo:
        c.JupyterHub.authenticator_class = "shared-password"
        c.SharedPasswordAuthenticator.user_password = value(tokens.password)
        c.Authenticator.allow_all = True
    else:
        c.JupyterHub.authenticator_class = settings.authenticator
        c.Authenticator.allow_all = settings.everybody
        # JupyterHub lets nobody in who is not named: neither do its groups name anybody.
        c.Authenticator.allowed_users = {
            name for one in settings.courses for name in (*one.instructors, *one.students)
        }
        c.Authenticator.allow_existing_users = True
    c.Authenticator.admin_users = set(settings.admins)
    c.JupyterHub.default_url = first_page(settings)
    # Who teaches sees nobody's server: a student's page must never act as its grader.
    c.JupyterHub.admin_access = False


def _set_servers(c: Any, hub: Hub) -> None:
    c.JupyterHub.spawner_class = "b2bcourse.hub.spawner.CourseSpawner"
    c.CourseSpawner.folder = str(hub.folder)
    c.Spawner.cmd = [str(hub.python), "-m", "b2bcourse.hub.single"]
    c.Spawner.ip = "127.0.0.1"
    c.Spawner.default_url = "/b2bcourse/home"
    c.Spawner.start_timeout = _PATIENCE
    c.Spawner.http_timeout = _PATIENCE
    # A limit of JupyterHub's own would turn people away; `CourseSpawner` has them wait.
    c.JupyterHub.concurrent_spawn_limit = 0


def _service(course: HubCourse, token: str) -> dict[str, Any]:
    return {
        "name": course.id,
        "url": f"http://127.0.0.1:{course.port}",
        "api_token": token,
        "oauth_client_id": f"service-{course.id}",
        "oauth_no_confirm": True,
        "display": True,
    }


def roles(settings: Settings) -> list[dict[str, Any]]:
    """Who may do what on the hub.

    Who grades may open formgrader, and no student's server. Formgrader itself may do nothing on the
    hub; its upkeep may end servers, and forget a user.
    """
    made: list[dict[str, Any]] = [
        {
            "name": UPKEEP,
            "services": [UPKEEP],
            "scopes": [
                *("list:users", "read:users", "delete:users"),
                *("read:servers", "delete:servers"),
            ],
        }
    ]
    for course in settings.courses:
        scopes = (f"access:services!service={course.id}", *_seen(course))
        name = course.graders_group
        made.append({"name": name, "groups": [name], "scopes": list(scopes)})
    return made


def _seen(course: HubCourse) -> tuple[str, ...]:
    """It stands in the hub's menu for who may open it, and for nobody else."""
    return tuple(f"{scope}!service={course.id}" for scope in ("list:services", "read:services"))


def groups(settings: Settings) -> dict[str, dict[str, list[str]]]:
    """The hub's groups as ``hub.yaml`` tells them; who was added otherwise stays."""
    made = {}
    for course in settings.courses:
        made[course.graders_group] = {"users": list(course.instructors)}
        made[course.students_group] = {"users": list(course.students)}
    return made
