"""Every lesson runs from a clean kernel in both languages: no error, nothing on stderr, every cell shows something."""

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from b2bcourse.facts.lessons import lessons

pytestmark = pytest.mark.slow

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.mark.filterwarnings("ignore")  # what Jupyter's own libraries say of their event loops
@pytest.mark.parametrize("lesson", [lesson.id for lesson in lessons()])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_lesson_runs(lesson, lang, tmp_path, monkeypatch):
    folder = tmp_path / lang
    shutil.copytree(NOTEBOOKS / lang, folder)
    monkeypatch.setattr(os, "environ", {**os.environ, "IPYTHONDIR": str(tmp_path / "ipython")})
    book = nbformat.read(folder / f"{lesson}.ipynb", as_version=4)
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    for cell in (cell for cell in book.cells if cell.cell_type == "code" and cell.id != "setup"):
        kinds = [output.output_type for output in cell.outputs]
        assert "error" not in kinds, cell.id
        assert not [o for o in cell.outputs if o.output_type == "stream" and o.name == "stderr"], (
            cell.id
        )
        shown = {mime for output in cell.outputs for mime in output.get("data", {})}
        assert shown & {WIDGET, "text/html", "image/png"}, f"{cell.id}: {cell.outputs}"
