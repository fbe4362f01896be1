"""The hub's secrets: made once, each readable by whoever needs it and by nobody else."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.hub.settings import Hub, HubCourse

PROXY: Final = "CONFIGPROXY_AUTH_TOKEN"
GRADER: Final = "JUPYTERHUB_API_TOKEN"
_BYTES: Final = 32
_SYLLABLES: Final = ("b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z")
_VOWELS: Final = "aeiou"


class Tokens(Struct, frozen=True):
    """The files that hold a hub's secrets.

    Attributes:
        proxy: who may tell the proxy where to lead; read by systemd or by `b2bcourse hub`.
        upkeep: a token of the hub's own upkeep, which may stop servers.
        password: everybody's password, on a hub to try things on.
    """

    proxy: Path
    upkeep: Path
    password: Path
    courses: Path

    @classmethod
    def of(cls, hub: Hub) -> Tokens:
        """Those of a hub."""
        state = hub.state
        return cls(
            state / "proxy.env", state / "upkeep.token", state / "password", state / "courses"
        )

    def grader(self, course: HubCourse) -> Path:
        """The file of a course's grader."""
        return self.courses / f"{course.id}.env"


def make(hub: Hub) -> Tokens:
    """Make what is not there yet; what is there stays, so that everything else goes on."""
    tokens = Tokens.of(hub)
    for folder in (hub.state, tokens.courses):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)  # a grader reaches its own file, and sees no other
    _once(tokens.proxy, f"{PROXY}={secrets.token_hex(_BYTES)}\n")
    _once(tokens.upkeep, secrets.token_hex(_BYTES))
    if hub.settings.is_demo:
        _once(tokens.password, _password())
    for course in hub.settings.courses:
        _once(tokens.grader(course), f"{GRADER}={secrets.token_hex(_BYTES)}\n")
    return tokens


def value(file: Path) -> str:
    """What a file holds: a secret alone, or the value of its one setting."""
    text = file.read_text("utf-8").strip()
    return text.partition("=")[2] if text.partition("=")[0].isupper() else text


def _once(file: Path, text: str) -> None:
    """Written so that nobody else could read it at any time; a file that is there stays."""
    if file.exists():
        return
    temporary = file.with_name(f".{file.name}.tmp")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    temporary.replace(file)


def _password() -> str:
    """Easy to type from a screen; long enough for JupyterHub, which wants eight characters."""
    words = (
        "".join(secrets.choice(_SYLLABLES) + secrets.choice(_VOWELS) for _ in range(3))
        for _ in range(3)
    )
    return "-".join(words)
