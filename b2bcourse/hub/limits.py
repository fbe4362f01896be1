"""How much of the machine one person's server may take: a scope of systemd's around each.

A scope is no part of the hub's own unit: whatever becomes of that, who works goes on working.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.hub import accounts

if TYPE_CHECKING:
    import pwd

    from b2bcourse.hub.settings import Settings

SLICE: Final = "b2bcourse-users.slice"


def limited(settings: Settings) -> bool:
    """Whether the hub's settings name a limit."""
    return bool(settings.memory or settings.tasks)


def command(settings: Settings, account: pwd.struct_passwd, server: list[str]) -> list[str]:
    """The command of somebody's server, with its limits around it where the hub has any.

    It is begun by root, since only root may make a scope, and becomes hers inside of it: with her
    groups and no other.

    Args:
        settings: the hub's.
        account: whose server it is.
        server: what is run as her.

    Raises:
        HubError: a limit is named and systemd is not there.
    """
    if not limited(settings):
        return server
    limits = [f"--property=MemoryMax={settings.memory}"] if settings.memory else []
    limits += [f"--property=TasksMax={settings.tasks}"] if settings.tasks else []
    ids = (f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--init-groups")
    return [
        *(accounts.program("systemd-run"), "--quiet", "--scope", "--collect", f"--slice={SLICE}"),
        *(*limits, "--", accounts.program("setpriv"), *ids, "--"),
        *server,
    ]
