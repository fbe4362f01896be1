"""Whether a page of this server may stand in a frame of another page of it."""

from __future__ import annotations

import os
from typing import Final
from urllib.parse import urlsplit

_OWN: Final = "frame-ancestors 'self'"
_NONE: Final = "frame-ancestors 'none'"
_PUBLIC: Final = ("JUPYTERHUB_PUBLIC_URL", "JUPYTERHUB_PUBLIC_HUB_URL")
"""Where a hub tells a user's server its own address and the hub's."""


def framing(policy: str) -> str:
    """A Content-Security-Policy for pages of the kit's own.

    A hub forbids all frames, as on one host a page of one user's could frame another's and act in
    it. Where each user has a host of her own, «self» is she alone.

    Args:
        policy: what the server says of its pages.
    """
    return policy.replace(_NONE, _OWN) if _has_own_host() else policy


def may_be_framed(policy: str) -> bool:
    """Whether a page that is sent with a policy shows itself in a frame of the same host."""
    return _NONE not in framing(policy)


def ancestors(policy: str) -> str:
    """The part of a policy that says who may frame a page."""
    return _OWN if may_be_framed(policy) else _NONE


def _has_own_host() -> bool:
    hosts = [urlsplit(os.environ.get(name, "")).netloc for name in _PUBLIC]
    return all(hosts) and hosts[0] != hosts[1]
