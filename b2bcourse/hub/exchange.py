"""The exchange on a machine with real users: nobody moves, reads or replaces what is another's.

The folder itself must be open to all, as nbgrader wants it; the sticky bit keeps everybody from
moving a course away. A course's part is its grader's. In ``inbound`` students may put something and
see nothing; what they put there belongs to the grader's group.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pwd
    from pathlib import Path

    from b2bcourse.hub.settings import Hub, HubCourse

ROOT: Final = 0o1777
_PARTS: Final = {"": 0o755, "outbound": 0o755, "inbound": 0o3733, "feedback": 0o711}


def make_root(hub: Hub) -> Path:
    """Make the exchange, open to all; nobody may move what another has put there."""
    hub.exchange.mkdir(exist_ok=True)
    hub.exchange.chmod(ROOT)
    return hub.exchange


def make(hub: Hub, course: HubCourse, grader: pwd.struct_passwd) -> None:
    """Make a course's part, before a student could make a folder of that name."""
    home = make_root(hub) / course.id
    for name, mode in _PARTS.items():
        folder = home / name
        folder.mkdir(exist_ok=True)
        os.chown(folder, grader.pw_uid, grader.pw_gid)
        folder.chmod(mode)
