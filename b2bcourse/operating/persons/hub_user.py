"""What a running hub itself keeps of a user, asked and deleted through its own interface.

Its database is not written to from outside: a hub that runs keeps a copy of it in its memory.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import requests

from b2bcourse.hub.tokens import Tokens, value
from b2bcourse.operating.base import OperatingError
from b2bcourse.operating.persons.words import WORDS

if TYPE_CHECKING:
    from b2bcourse.hub.settings import Hub

_PATIENCE: Final = 60


def user_of(hub: Hub, name: str) -> dict[str, Any] | None:
    """The hub's record of a user; None where it has none.

    Raises:
        OperatingError: the hub does not answer, or not so.
    """
    answer = _asked(hub, "GET", name)
    return dict(answer.json()) if answer.status_code == HTTPStatus.OK else None


def forget(hub: Hub, name: str) -> None:
    """Delete a user from the hub, with her groups and tokens; her server is stopped first."""
    _asked(hub, "DELETE", name, "/server")
    _asked(hub, "DELETE", name)


def _asked(hub: Hub, method: str, name: str, more: str = "") -> requests.Response:
    session = requests.Session()
    session.trust_env = False  # a proxy of the network has no business on this machine
    try:
        answer = session.request(
            method,
            f"{hub.api}/users/{quote(name, safe='')}{more}",
            headers={"Authorization": f"token {value(Tokens.of(hub).upkeep)}"},
            timeout=_PATIENCE,
        )
    except (OSError, requests.RequestException) as error:
        raise OperatingError(WORDS.hub_silent.format(address=hub.api, detail=error)) from error
    allowed = answer.ok or answer.status_code == HTTPStatus.NOT_FOUND
    if not allowed and not (more and answer.status_code == HTTPStatus.BAD_REQUEST):  # no server
        detail = f"{answer.status_code} {answer.text[:200]}"
        raise OperatingError(WORDS.hub_silent.format(address=hub.api, detail=detail))
    return answer
