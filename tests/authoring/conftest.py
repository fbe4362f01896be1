"""Skeletons to spoil: each test writes a template with one thing changed, and checks the file."""

import pytest

from b2bcourse.authoring.checking import check
from b2bcourse.authoring.writing import new_item
from b2bcourse.course_files import solutions_root


@pytest.fixture
def spoilt(tmp_path):
    """Writes a kind's skeleton with one piece replaced; returns the file."""

    def write(kind, old="", new=""):
        path = tmp_path / "spoilt.yaml"
        path.unlink(missing_ok=True)
        text = new_item(kind, "spoilt", tmp_path).read_text("utf-8")
        assert old in text, f"the template of {kind} has no {old!r}"
        path.write_text(text.replace(old, new, 1) if old else text, "utf-8")
        return path

    return write


@pytest.fixture
def found(spoilt):
    """What the check says of a skeleton with one piece replaced: the line's own text, and words."""

    def tell(kind, old="", new=""):
        path = spoilt(kind, old, new)
        lines = path.read_text("utf-8").splitlines()
        return [(one.kind, lines[one.line - 1], one.text) for one in check(path)]

    return tell


@pytest.fixture(scope="session")
def repo():
    """The checkout, which a course folder is made from."""
    solutions = solutions_root()
    if solutions is None:
        pytest.skip("needs the checkout's solutions/")
    return solutions.parent
