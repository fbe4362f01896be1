"""What is told of an exchange that says no."""

import errno
import os
import shutil

import pytest

from b2bcourse.serving.learner.exchange import _down


def raised(error, cause=None):
    try:
        raise error from cause
    except type(error) as found:
        return found


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), True),
        (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)), True),
        (shutil.Error([("a", "b", f"[Errno 28] {os.strerror(errno.ENOSPC)}: 'b'")]), True),
        (PermissionError(errno.EACCES, "Permission denied"), False),
        (RuntimeError("Course not found"), False),
    ],
)
def test_a_full_disk_is_told_apart_however_deep_it_is(error, full):
    assert _down(error).full is full
    assert _down(raised(RuntimeError("while copying"), error)).full is full
