"""What one hub is: ``hub.yaml`` in its folder, and the places and names that follow from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

import yaml
from msgspec import Struct, to_builtins

from b2bcourse.facts import Lang
from b2bcourse.facts.reading import DataError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE: Final = "hub.yaml"
CONFIG: Final = "jupyterhub_config.py"

_HEAD: Final = """\
# What this hub is made of. Read by jupyterhub_config.py, by the courses' graders and by the proxy;
# the kit's docs/hub.md tells each field. After a change start the hub again.
"""


class HubCourse(Struct, frozen=True, forbid_unknown_fields=True):
    """A course on the hub.

    Attributes:
        id: what it is called in the exchange, in addresses and in the hub's groups.
        lang: its language.
        folder: the course folder, which belongs to ``grader`` alone.
        grader: the system user whom whoever grades works as.
        port: where its formgrader listens, on this machine only.
        instructors: who may open formgrader: instructors, co-instructors, graders.
        students: who takes part.
    """

    id: str
    lang: Lang
    folder: str
    grader: str
    port: int
    instructors: tuple[str, ...] = ()
    students: tuple[str, ...] = ()

    @property
    def graders_group(self) -> str:
        """The hub's group of those who may grade, as nbgrader calls it."""
        return f"formgrade-{self.id}"

    @property
    def students_group(self) -> str:
        """The hub's group of those who take part, as nbgrader calls it."""
        return f"nbgrader-{self.id}"

    @property
    def prefix(self) -> str:
        """Where the hub serves what its grader's server answers."""
        return f"/services/{self.id}/"


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """A hub, without its folder.

    Attributes:
        address: where the proxy listens: scheme, host and port.
        hub_port: where the hub itself listens, on this machine only.
        proxy_port: where the proxy takes orders, on this machine only.
        lang: the hub's own language, where nobody has another.
        authenticator: ``demo`` (one password for everybody), or what JupyterHub calls another one.
        everybody: whether whoever can log in may learn on her own; else only those named below, and
            whom an administrator has added on the hub's page.
        public: the address that browsers use, if it is another one: behind a TLS of its own.
        subdomains: the address below which every user has a host of her own; empty: none.
        certificate: certificate and key for the proxy's own TLS.
        homes: where new accounts get their homes; empty: nobody gets a new account.
        prefix: what the names of the hub's own accounts begin with.
        at_once: how many servers start at the same time; others wait their turn.
        kernel_idle: seconds after which a kernel that does nothing is ended; 0: never.
        server_idle: seconds after which a server without kernels ends itself; 0: never.
        memory: the most that one person's server and kernels may take, such as ``768M``; empty: no
            limit. Like ``tasks`` it wants systemd.
        tasks: the most processes and threads of one person's; 0: no limit.
        admins: who may administer the hub.
        courses: the courses; none on a hub for learners on their own.
    """

    schema: Literal[1] = 1
    address: str = "http://127.0.0.1:8000"
    hub_port: int = 8081
    proxy_port: int = 8001
    lang: Lang = "en"
    authenticator: str = "demo"
    everybody: bool = False
    public: str = ""
    subdomains: str = ""
    certificate: tuple[str, ...] = ()
    homes: str = ""
    prefix: str = ""
    at_once: int = 3
    kernel_idle: int = 3600
    server_idle: int = 3600
    memory: str = ""
    tasks: int = 0
    admins: tuple[str, ...] = ()
    courses: tuple[HubCourse, ...] = ()

    @property
    def is_demo(self) -> bool:
        """Whether one password lets everybody in."""
        return self.authenticator == "demo"

    @property
    def host(self) -> str:
        """The host on which the proxy listens."""
        return urlsplit(self.address).hostname or ""

    @property
    def port(self) -> int:
        """The port on which the proxy listens."""
        return urlsplit(self.address).port or (443 if self.certificate else 80)

    def course(self, name: str) -> HubCourse | None:
        """The course of an id."""
        return next((one for one in self.courses if one.id == name), None)

    def taught(self, groups: Iterable[str]) -> tuple[HubCourse, ...]:
        """The courses that somebody takes part in."""
        known = set(groups)
        return tuple(one for one in self.courses if one.students_group in known)

    def graded(self, groups: Iterable[str]) -> tuple[HubCourse, ...]:
        """The courses that somebody grades."""
        known = set(groups)
        return tuple(one for one in self.courses if one.graders_group in known)


class Hub(Struct, frozen=True):
    """A hub in its folder: where its parts lie.

    Only ``state`` is closed: to all but the administrator, save for what a course's grader reads.
    """

    folder: Path
    settings: Settings

    @property
    def environment(self) -> Path:
        """The Python that everybody runs, readable by all; no solution is in it.

        Behind the link ``env``, so that who runs it keeps it when the link is switched.
        """
        return (self.folder / "env").resolve()

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.environment / "bin" / "python"

    @property
    def exchange(self) -> Path:
        """Where work is handed out and in."""
        return self.folder / "exchange"

    @property
    def etc(self) -> Path:
        """Jupyter's settings by role; see `b2bcourse.hub.roles`."""
        return self.folder / "etc"

    @property
    def state(self) -> Path:
        """The hub's database, its tokens and logs."""
        return self.folder / "state"

    @property
    def proxy_program(self) -> Path:
        """configurable-http-proxy, brought by npm."""
        return self.folder / "npm" / "node_modules" / ".bin" / "configurable-http-proxy"

    @property
    def api(self) -> str:
        """Where the hub answers programs on this machine."""
        return f"http://127.0.0.1:{self.settings.hub_port}/hub/api"

    @property
    def proxy_api(self) -> str:
        """Where the proxy answers programs on this machine."""
        return f"http://127.0.0.1:{self.settings.proxy_port}/api"


def read_hub(folder: Path) -> Hub:
    """The hub of a folder, or of its ``hub.yaml``.

    Raises:
        DataError: the file is missing, or a field is unknown or wrong; the message names it.
    """
    file = folder if folder.suffix == ".yaml" else folder / FILE
    settings = read_yaml(file, Settings)
    _check(settings, file)
    return Hub(file.absolute().parent, settings)


def _check(settings: Settings, file: Path) -> None:
    ids = [one.id for one in settings.courses]
    ports = [settings.hub_port, settings.proxy_port, *(one.port for one in settings.courses)]
    if len(set(ids)) < len(ids):
        raise DataError(f"{file}: courses: two courses have one id; give each its own")
    if len({*ports, settings.port}) <= len(ports):
        raise DataError(f"{file}: two parts have one port; give each its own")
    for one in settings.courses:
        if len(one.id) < 3 or not one.id.replace("-", "").isalnum() or one.id != one.id.lower():  # noqa: PLR2004
            raise DataError(
                f"{file}: courses: id {one.id!r}: at least three of a-z, 0-9 and -, as the hub's "
                "roles are named after it"
            )
    if settings.certificate and len(settings.certificate) != 2:  # noqa: PLR2004
        raise DataError(f"{file}: certificate: give two files, the certificate and its key")


def write_settings(hub: Hub) -> None:
    """Write ``hub.yaml``; what an operator has written there is lost, so it is done once."""
    data = json.loads(json.dumps(to_builtins(hub.settings)))
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, default_flow_style=False)
    (hub.folder / FILE).write_text(_HEAD + text, "utf-8")
