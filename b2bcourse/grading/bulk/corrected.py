"""Where a key has been corrected since a class was graded by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from b2bcourse.grading.update import differing

if TYPE_CHECKING:
    from collections.abc import Iterator


def places(before: str, now: str) -> Iterator[str]:
    """The fields in which two versions of an item's file differ, as an author names them.

    Args:
        before: the file's text as it was graded by.
        now: the file's text now.
    """
    try:
        yield from differing(yaml.safe_load(before), yaml.safe_load(now))
    except yaml.YAMLError:  # it was whole when it was graded by; what has become of it is told
        return
