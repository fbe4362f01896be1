"""Hosts of a hub's users and services, where each has one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from b2bcourse.hub.settings import Settings


def host_of(settings: Settings, name: str, kind: Literal["user", "service"]) -> str:
    """Scheme, host and port of a user or a service; empty where all share the hub's host."""
    if not settings.subdomains:
        return ""
    from jupyterhub.utils import subdomain_hook_idna

    hub = urlsplit(settings.subdomains)
    port = f":{hub.port}" if hub.port else ""
    return f"{hub.scheme}://{subdomain_hook_idna(name, hub.hostname, kind)}{port}"
