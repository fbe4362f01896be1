"""How the hub starts somebody's server: checked first, in turn, with the settings of her role."""

from __future__ import annotations

import asyncio
import os
import pwd
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jupyterhub.spawner import LocalProcessSpawner
from jupyterhub.utils import maybe_future
from tornado import web
from traitlets import Unicode, default

from b2bcourse.facts.text import Text
from b2bcourse.hub import accounts, limits
from b2bcourse.hub.base import WORDS, HubError
from b2bcourse.hub.pages import choose_course
from b2bcourse.hub.roles import config_path
from b2bcourse.hub.settings import read_hub
from b2bcourse.hub.turns import Turns
from b2bcourse.hub.visitors import visitor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from b2bcourse.hub.settings import Hub
    from b2bcourse.hub.visitors import Visitor

_POLL: Final = 0.2


class CourseSpawner(LocalProcessSpawner):  # type: ignore[misc,unused-ignore]
    """A process of the user's own, for a course or for learning alone."""

    folder = Unicode(help="The hub's folder, in which hub.yaml lies.").tag(config=True)
    _turns: Turns | None = None
    _place: int = 0
    _visitor: Visitor | None = None
    _in_scope: bool = False

    @property
    def course_hub(self) -> Hub:
        """The hub as its file tells it now."""
        return read_hub(Path(self.folder))

    @property
    def turns(self) -> Turns:
        """One queue for all of the hub's users."""
        if CourseSpawner._turns is None:
            CourseSpawner._turns = Turns(self.course_hub.settings.at_once)
        return CourseSpawner._turns

    async def run_pre_spawn_hook(self) -> None:
        """What is refused is refused at once, on the hub's own page; then she waits her turn."""
        hub = self.course_hub
        try:
            self._visitor = self._who(hub)
            account = await asyncio.to_thread(_make_ready, hub, self.user.name)
            # As the hub is now: after an upgrade the next start is of the new environment.
            self.cmd = limits.command(hub.settings, account, server_command(hub))
            self._in_scope = limits.limited(hub.settings)
        except HubError as error:
            raise _refusal(error.text) from error
        await maybe_future(super().run_pre_spawn_hook())
        self._place = self.turns.waiting
        await self.turns.take()
        task = asyncio.create_task(self._give_back())
        _TASKS.add(task)
        task.add_done_callback(_TASKS.discard)

    async def _give_back(self) -> None:
        """A turn lasts until the server answers or has failed, and no longer than that may take."""
        try:
            for _ in range(round((self.start_timeout + self.http_timeout) / _POLL)):
                await asyncio.sleep(_POLL)
                if self.pending != "spawn":
                    break
        finally:
            self.turns.give_back()

    def _who(self, hub: Hub) -> Visitor:
        groups = [group.name for group in self.user.groups]
        handler = getattr(self, "handler", None)
        accepted = handler.request.headers.get("Accept-Language", "") if handler else ""
        return visitor(hub.settings, groups, self.user_options or {}, accepted)

    def get_env(self) -> dict[str, str]:
        """What her server is told: her role's settings, her language, a place for its sockets."""
        hub, who = self.course_hub, self._visitor or self._who(self.course_hub)
        env: dict[str, str] = super().get_env()
        env.pop("PYTHONPATH", None)  # the hub's own; nothing of it is anybody else's business
        uid = pwd.getpwnam(self.user.name).pw_uid
        env |= {
            "PATH": f"{hub.environment / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "JUPYTER_CONFIG_PATH": config_path(hub, who),
            "JUPYTER_RUNTIME_DIR": str(accounts.runtime_folder(uid)),
            "B2BCOURSE_LANG": who.lang,
            "B2BCOURSE_SETTINGS": str(hub.etc),
            "B2BCOURSE_ALONE": "1" if who.role == "self" else "",
            "TZ": "UTC",
        }
        return env

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """Become the user before the command; with limits around it, inside of them (`limits`)."""
        if self._in_scope:
            return lambda: os.chdir(pwd.getpwnam(name).pw_dir)
        become: Callable[[], None] = super().make_preexec_fn(name)
        return become

    @default("options_form")  # type: ignore[untyped-decorator,unused-ignore]
    def _form(self) -> Any:
        """Asked is only who takes part in several courses."""
        return lambda spawner: choose_course(
            spawner.course_hub.settings, [group.name for group in spawner.user.groups]
        )

    def options_from_form(self, form_data: dict[str, Any]) -> dict[str, Any]:
        """What she chose; from an address it comes the same way."""
        return {name: form_data[name] for name in ("lang", "course") if name in form_data}

    async def progress(self) -> AsyncIterator[dict[str, Any]]:
        """What stands on the page while she waits."""
        lang = self._visitor.lang if self._visitor else "en"
        if self._place:
            yield {"progress": 10, "message": WORDS.queue[lang].format(n=self._place)}
        yield {"progress": 40, "message": WORDS.starting[lang]}


_TASKS: Final[set[asyncio.Task[None]]] = set()
"""Held here, as asyncio itself forgets a task that nobody holds."""


def server_command(hub: Hub) -> list[str]:
    """What becomes somebody's server."""
    return [str(hub.python), "-m", "b2bcourse.hub.single"]


def _make_ready(hub: Hub, name: str) -> pwd.struct_passwd:
    """An account that may have a server, with room in its home and a place for its sockets.

    Raises:
        HubError: it may not, or its home is full.
    """
    account = accounts.allowed(hub, name)
    accounts.check_home(account)
    accounts.make_runtime_folder(account.pw_uid)
    return account


def _refusal(text: Text) -> web.HTTPError:
    """What JupyterHub shows on its page, in both languages: it has no other of its own."""
    error = web.HTTPError(507, "%s", text.en)
    error.jupyterhub_message = f"{text.ko} / {text.en}"  # type: ignore[attr-defined]
    return error
