"""One answer in an export: whatever a notebook becomes, its reader sees the answer as last saved, and no other.

A notebook is run in a kernel of its own with an answer on disk already; then another one is saved, and the
notebook is exported.
"""

from __future__ import annotations

import json
import re
import shutil
import warnings
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_notebook

from b2bcourse import render
from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item
from b2bcourse.responses import Store
from b2bcourse.widgets.base import PROTOCOL
from b2bcourse.widgets.words import words

pytestmark = pytest.mark.slow

ITEMS = {
    "matrix": "mx-cells",
    "matrix, left": "mx-left",
    "matrix, right": "mx-right",
    "matrix, both": "mx-both",
    "matching": "ex-departments",
    "matching, several": "ma-roles-two",
    "matching, evidence": "ev-bakery",
    "ordering": "or-dmp5",
    "choice": "dmp-next-move",
    "choice, several": "ch-channels",
    "allocation": "al-portfolio",
    "allocation, numbers": "al-visits",
    "allocation, line": "al-schedule",
    "essay": "es-meeting",
}
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LESSON, LISTED = "02-decision-unit", "dmu-seo"
TEST, ASKED = "pre", "test-process-1"
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"

SHOW = "import b2bcourse as b2b; shown = globals().setdefault('shown', {{}}); shown[{0!r}] = b2b.{1}({0!r}); shown[{0!r}]"
SAVE = """
def save(exercise, value):
    exercise._on_message(None, {{"do": "change", "patch": value, "n": 1, "from": "page", "p": {protocol}}}, None)

import json
for item, value in json.loads({values!r}).items():
    save(shown[item], value)
for list_, item, value in json.loads({listed!r}):
    shown[list_]._on_message(None, {{"do": "open", "item": item}}, None)
    save(shown[list_].opened, value)
"""


def answered(item, lang):
    """A face, an answer saved before its notebook is run, and one saved afterwards."""
    authored = load_item(bank_folder() / f"{item}.yaml")
    kind = kind_of(authored.kind)
    face = kind.face(authored, lang)
    new = kind.model_answer(face, kind.key(authored))
    if authored.kind == "essay":
        old = {"text": "OLD"}
    elif authored.kind == "choice":
        old = {"chosen": {next(o.id for o in face.options if o.id not in new["chosen"]): 1}}
    else:
        old = {
            name: dict([*inner.items()][:1])
            for name, inner in new.items()
            if isinstance(inner, dict)
        }
    return authored, face, old, kind.replacing(face, new)


def settled(item, lang):
    """The answer that lies on disk in the end."""
    authored = load_item(bank_folder() / f"{item}.yaml")
    kind = kind_of(authored.kind)
    face = kind.face(authored, lang)
    return face, kind.model_answer(face, kind.key(authored))


class Book:
    """A notebook that was run with one answer to each item on disk, and then given another one."""

    def __init__(self, lang, folder):
        self.lang, self.folder = lang, folder
        self.faces, self.old, patches = {}, {}, {}
        for item in ITEMS.values():
            authored, self.faces[item], self.old[item], patches[item] = answered(item, lang)
            Store(folder, self.faces[item], authored).save(self.old[item])
        shows = [(item, "practice") for item in ITEMS.values()] + [(LESSON, "more"), (TEST, "test")]
        cells = [new_code_cell(SHOW.format(name, verb), id=name) for name, verb in shows]
        listed = [
            (name, item, answered(item, lang)[3])
            for name, item in [(LESSON, LISTED), (TEST, ASKED)]
        ]
        save = SAVE.format(values=json.dumps(patches), listed=json.dumps(listed), protocol=PROTOCOL)
        kernel = {"name": "python3", "display_name": "Python", "language": "python"}
        self.content = new_notebook(
            cells=[*cells, new_code_cell(save, id="save")], metadata={"kernelspec": kernel}
        )
        place = {"metadata": {"path": str(folder)}}
        NotebookClient(
            self.content, timeout=300, store_widget_state=True, resources=place
        ).execute()
        self.content.cells.pop()
        self.states = self.content.metadata["widgets"][STATE]["state"]

    def outputs(self, name):
        cell = next(cell for cell in self.content.cells if cell.id == name)
        return [output.data for output in cell.outputs]

    def state(self, name):
        """What the widget of a cell shows where its state was saved along."""
        shown = next(data[VIEW] for data in self.outputs(name) if VIEW in data)
        return self.states[shown["model_id"]]["state"]

    def exported(self, kind, *, with_state=False):
        content = self.content.copy()
        if not with_state:
            content.metadata = {k: v for k, v in content.metadata.items() if k != "widgets"}
        return get_exporter(kind)().from_notebook_node(content)[0]


@pytest.fixture(scope="module", params=["ko", "en"])
def book(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    shutil.copytree(NOTEBOOKS / request.param / "items", folder / "items")
    with pytest.MonkeyPatch.context() as patched, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Jupyter's own libraries say of their event loops
        patched.setenv("IPYTHONDIR", str(folder / "ipython"))
        return Book(request.param, folder)


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_table_text_and_widget_hold_the_answer_as_last_saved(book, item):
    face, new = settled(item, book.lang)
    first, second = book.outputs(item)
    assert second["text/html"] == render.html(face, new)
    assert second["text/html"] != render.html(face, book.old[item])
    assert second["text/plain"] == render.text(face, new)
    assert render.html(face, book.state(item)["value"]) == second["text/html"]
    assert set(first) == {VIEW, "text/plain"}
    assert first["text/plain"].splitlines()[0] == face.title
    assert f'b2b.template("{item}")' in first["text/plain"]
    assert len(first["text/plain"].splitlines()) == 2


@pytest.mark.parametrize("with_state", [True, False])
def test_a_page_shows_each_answer_once_and_no_older_one(book, with_state):
    page = book.exported("html", with_state=with_state)
    read = BeautifulSoup(page, "html.parser")
    for item, face in book.faces.items():
        (shown,) = read.select(f'.b2b-static[data-item="{item}"]')
        wanted = BeautifulSoup(render.html(face, settled(item, book.lang)[1]), "html.parser")
        assert shown.get_text() == wanted.get_text()
        assert f'b2b.template("{item}")' in shown.get_text()
    assert "OLD" not in page
    assert ("widget-state+json" in page) == with_state


@pytest.mark.parametrize("kind", ["markdown", "rst"])
def test_texts_that_hold_tables_show_the_same(book, kind):
    page = book.exported(kind)
    for item, face in book.faces.items():
        assert page.count(render.html(face, settled(item, book.lang)[1])) == 1
        assert f'b2b.template("{item}")' in page
    assert "OLD" not in page


def letters(text):
    """What is left of a text where marks may have been written otherwise."""
    return "".join(sign for sign in text if sign.isalnum())


def test_on_paper_the_same_stands_as_text(book):
    page = letters(re.sub(r"\\text[a-z]+\{\}", "", book.exported("latex")))  # such as for ~
    for item, face in book.faces.items():
        answer = settled(item, book.lang)[1]
        assert letters(render.text(face, answer)) in page
        assert (
            page.count(letters(face.task)) == 1
        )  # the exercise is told once, so no older answer is
    assert "OLD" not in page


def test_a_script_holds_no_answer(book):
    script = book.exported("script")
    assert "OLD" not in script
    assert all(face.title not in script for face in book.faces.values())


@pytest.mark.parametrize(("name", "item"), [(LESSON, LISTED), (TEST, ASKED)])
def test_beside_a_list_stands_how_far_each_exercise_is(book, name, item):
    first, second = book.outputs(name)
    said = words(book.lang, "lists")
    state = said["state_begun"] if name == LESSON else said["state_answered"]
    entry = next(line for line in second["text/plain"].splitlines() if f"({item})" in line)
    assert entry.endswith(f": {state}")
    shown = BeautifulSoup(second["text/html"], "html.parser").select("li")
    title = entry.partition(f" ({item})")[0]
    assert f"{title} · {state}" in [line.get_text() for line in shown]
    assert said["by_typing"] in first["text/plain"]
    assert "(" + item not in first["text/plain"]


def test_a_list_says_the_same_in_every_export(book):
    wanted = BeautifulSoup(book.outputs(LESSON)[1]["text/html"], "html.parser").get_text()
    for kind in ("html", "markdown"):
        read = BeautifulSoup(book.exported(kind), "html.parser").select(".b2b-static[data-lists]")
        assert len(read) == 2
        assert read[0].get_text() == wanted
    assert "IPython.core.display" not in book.exported("latex")
