"""The commands `troubles` and `seen`, where there is nothing to show; the rest is in test_seen."""

import pytest
from typer.testing import CliRunner

from b2bcourse.commands.cli import app


@pytest.mark.parametrize("words", [["troubles", "a2"], ["seen", "a2", "ann"]])
def test_a_folder_that_is_no_course_is_told_in_a_sentence(tmp_path, words):
    done = CliRunner().invoke(app, [*words, "--course", str(tmp_path)])
    assert done.exit_code == 1
    assert "nbgrader_config.py" in done.output.replace("\n", "")
    assert "Traceback" not in done.output
