"""A cell is one call that brings its own import, and is told by its form."""

import pytest

import b2bcourse
from b2bcourse.authoring.cells import VERBS, called, source


@pytest.mark.parametrize(("verb", "named"), VERBS.items())
def test_what_is_written_is_what_is_read(verb, named):
    name = "mx-cells" if named else ""
    assert called(source(verb, name)) == (verb, name)
    assert callable(getattr(b2bcourse, verb))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "import b2bcourse as b2b",
        'b2b.practice("mx-cells")',
        "import b2bcourse as b2b; b2b.practice()",
        'import b2bcourse as b2b; b2b.gain("mx-cells")',
        'import b2bcourse as b2b; b2b.respond("mx-cells")',
        'import b2bcourse as b2b; b2b.practice("../x")',
        'import b2bcourse as b2b; b2b.practice("mx-cells"); print(1)',
        "import b2bcourse as b2b; b2b.practice(open('x').read())",
        'import os\nimport b2bcourse as b2b; b2b.practice("mx-cells")',
    ],
)
def test_anything_else_is_no_call(text):
    assert called(text) is None


def test_a_cell_run_first_in_a_new_kernel_shows_its_exercise(lesson_folder):
    names = {}
    exec(source("practice", "mx-cells"), names)  # what the kernel does with the cell
    assert lesson_folder.is_dir()
    assert names["b2b"] is b2bcourse
