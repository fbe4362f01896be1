"""The figures that the package brings are those that the facts draw, and are shown without Matplotlib."""

import io
import json
import re
import shutil
import subprocess
import sys

import pytest
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image, ImageChops, ImageDraw

from b2bcourse import figures
from b2bcourse.facts import LANGS
from b2bcourse.figures import building, names, shipped, show, style

TEXTS = "alternative-texts.json"


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch, drawn):
    """Nothing is drawn a second time."""
    monkeypatch.setattr(figures, "draw", drawn)


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(shipped.FOLDER, tmp_path / "drawn")


def repainted(path, paint):
    """Changes a shipped picture by hand."""
    picture = Image.open(path).convert("RGB")
    paint(ImageDraw.Draw(picture))
    picture.save(path)


def test_what_is_shipped_is_what_the_facts_draw():
    assert list(building.drift()) == [], "run: b2bcourse build"


def test_every_figure_is_shipped_in_both_languages(drawn):
    for name in names():
        for lang in LANGS:
            found = show(name, lang)
            assert not hasattr(found, "figure"), "drawn just now"
            assert (found.alt, found.lang) == (drawn(name, lang).alt, lang)
            assert (
                found._repr_mimebundle_()[0].keys()
                == drawn(name, lang)._repr_mimebundle_()[0].keys()
            )


def test_showing_a_figure_in_a_notebook_loads_no_drawing_library(tmp_path):
    code = (
        "import sys, b2bcourse as b2b; shown = b2b.figure('ten-steps'); "
        "print(len(shown.png) > 1000, {'matplotlib', 'PIL', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True set()"


def test_a_figure_that_is_not_shipped_is_drawn(monkeypatch, drawn):
    monkeypatch.setattr(figures, "find", lambda *_: None)
    assert show("ten-steps", "en") is drawn("ten-steps", "en")


def test_a_build_leaves_alone_what_looks_alike(copy):
    before = {path.name: path.stat().st_mtime_ns for path in copy.glob("*.png")}
    building.build(copy)
    assert {path.name: path.stat().st_mtime_ns for path in copy.glob("*.png")} == before
    assert (copy / TEXTS).read_bytes() == (shipped.FOLDER / TEXTS).read_bytes()


def test_letters_placed_a_little_otherwise_are_no_drift(copy):
    """As another release of Matplotlib would: the whole picture, half a pixel to the right."""
    path = copy / "ten-steps-ko.png"
    picture = Image.open(path).convert("RGB")
    wide = (picture.width * 2, picture.height * 2)
    moved = ImageChops.offset(picture.resize(wide, Image.Resampling.NEAREST), 1, 0)
    moved.resize(picture.size, Image.Resampling.BOX).save(path)
    assert list(building.drift(copy)) == []


EXPORTS = {
    "html": "<img[^>]* src=",
    "markdown": "<img[^>]* src=",
    "rst": "<img[^>]* src=",
    "latex": r"\\adjustimage",
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_shows_a_figure_once(kind):
    data, metadata = show("benefit-matrix", "ko")._repr_mimebundle_()
    cell = new_code_cell("...", outputs=[new_output("execute_result", data, metadata=metadata)])
    page, _resources = get_exporter(kind)().from_notebook_node(new_notebook(cells=[cell]))
    body = page.partition(r"\begin{document}")[2] if kind == "latex" else page
    assert len(re.findall(EXPORTS[kind], body)) == 1


@pytest.mark.parametrize(
    ("name", "paint", "said"),
    [
        pytest.param("a mark less", lambda on: on.rectangle((0, 0, 1152, 914), "white"), "something else", marks=pytest.mark.slow),
        ("a dot more", lambda on: on.ellipse((20, 20, 35, 35), style.ACCENT), "something else"),
        pytest.param("a line of text struck out", lambda on: on.rectangle((58, 100, 400, 104), style.INK), "something else", marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_a_picture_that_shows_something_else_is_drift_and_is_drawn_anew(copy, name, paint, said):
    repainted(copy / "benefit-matrix-ko.png", paint)
    [(file, why)] = building.drift(copy)
    assert file == "benefit-matrix-ko.png"
    assert said in why
    building.build(copy)
    assert list(building.drift(copy)) == []


def test_another_mark_is_drift(copy, drawn, monkeypatch):
    """The least that a figure can say otherwise: one whole ring is dashed."""
    from b2bcourse.figures import benefit_matrix

    shapes = dict(benefit_matrix._SHAPES)
    monkeypatch.setattr(benefit_matrix, "_SHAPES", {**shapes, "secondary": "dashed"})
    other = benefit_matrix.drawing("ko").png
    (copy / "benefit-matrix-ko.png").write_bytes(other)
    assert [file for file, _ in building.drift(copy)] == ["benefit-matrix-ko.png"]


def test_another_text_a_missing_picture_and_a_stray_one_are_drift(copy):
    texts = json.loads((copy / TEXTS).read_bytes())
    texts["ten-steps"]["en"] += " More."
    (copy / TEXTS).write_text(json.dumps(texts), "utf-8")
    (copy / "exchange-en.png").unlink()
    (copy / "old-en.png").touch()
    assert [file for file, _ in building.drift(copy)] == ["exchange-en.png", TEXTS, "old-en.png"]
    building.build(copy)
    assert list(building.drift(copy)) == []


def test_a_picture_of_another_size_is_drift(copy, drawn):
    picture = Image.open(io.BytesIO(drawn("exchange", "en").png))
    picture.crop((0, 0, picture.width, picture.height - 4)).save(copy / "exchange-en.png")
    assert [file for file, _ in building.drift(copy)] == ["exchange-en.png"]
