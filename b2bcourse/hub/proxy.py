"""The proxy, a process of its own: pages stay reachable while the hub stops and starts again."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.hub.settings import read_hub
from b2bcourse.hub.tokens import PROXY

if TYPE_CHECKING:
    from b2bcourse.hub.settings import Hub

_ARGUMENTS: Final = 2


def main() -> None:
    """``python -m b2bcourse.hub.proxy hub.yaml``, with its token in the environment."""
    if len(sys.argv) != _ARGUMENTS or PROXY not in os.environ:
        sys.exit(f"python -m b2bcourse.hub.proxy hub.yaml; {PROXY}: state/proxy.env")
    hub = read_hub(Path(sys.argv[1]))
    os.execv(str(hub.proxy_program), command(hub))  # noqa: S606


def command(hub: Hub) -> list[str]:
    """The proxy's own command."""
    settings = hub.settings
    target = f"http://127.0.0.1:{settings.hub_port}"
    line = [
        str(hub.proxy_program),
        *("--ip", settings.host, "--port", str(settings.port)),
        *("--api-ip", "127.0.0.1", "--api-port", str(settings.proxy_port)),
        *("--default-target", target, "--error-target", f"{target}/hub/error"),
    ]
    if settings.subdomains:
        line.append("--host-routing")
    if settings.certificate:
        certificate, key = settings.certificate
        line += ["--ssl-cert", certificate, "--ssl-key", key]
    return line


if __name__ == "__main__":
    main()
