"""Who may import whom (docs and design, section 3), and what a student's kernel is spared."""

import ast
import json
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

import b2bcourse

PACKAGE = Path(b2bcourse.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# From the ground up. What stands side by side may not import one another.
FLOORS = [
    {"facts"},
    {"course_files"},
    {"simulation"},
    {"items"},
    {"render", "responses", "context"},
    {"widgets", "figures"},
    {"grading", "authoring", "learner"},
    {"report"},
    {"serving", "hub"},
    {"operating"},
    {"notebook", "commands"},
]
JUPYTER = {
    "IPython",
    "ipykernel",
    "ipywidgets",
    "anywidget",
    "traitlets",
    "nbformat",
    "nbconvert",
    "nbgrader",
    "jupyter_client",
    "jupyter_core",
    "jupyterlab",
    "notebook",
}
HEAVY = {"pandas", "matplotlib", "scipy", "numpy", "nbgrader", "nbconvert", "sqlalchemy"}


def module_name(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path):
    """A file as Python reads it, once for all that is asked of it."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path):
    """Every module that a file imports, wherever in the file, for typing or not."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found.append(node.module)
            if node.module == "b2bcourse":
                found += [f"b2bcourse.{alias.name}" for alias in node.names]
    return found


def room(module):
    """``b2bcourse.items.matrix.key`` is in the room ``items``."""
    parts = module.split(".")
    return parts[1] if parts[0] == "b2bcourse" and len(parts) > 1 else ""


def floor(name):
    return next((level for level, rooms in enumerate(FLOORS) if name in rooms), None)


def files_of(*rooms):
    return [path for path in FILES if room(module_name(path)) in rooms]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.yaml")), ids=lambda path: path.stem)
def test_data_is_read_alike_by_both_of_yamls_loaders(path):
    text = path.read_text(encoding="utf-8")
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=fast)


def test_every_room_of_the_house_is_known():
    found = {room(module_name(path)) for path in FILES}
    assert found <= set().union(*FLOORS) | {"", "__main__"}
    assert {"facts", "items", "render", "responses", "widgets", "grading"} <= found


@pytest.mark.parametrize("path", files_of(*set().union(*FLOORS)), ids=module_name)
def test_a_module_imports_only_what_lies_below_it(path):
    own = room(module_name(path))
    for name in map(room, imported(path)):
        if name and name not in {own, "__version__"}:
            assert floor(name) is not None, f"{own} imports {name}, which is no room"
            assert floor(name) < floor(own), f"{own} imports {name}"


@pytest.mark.parametrize(
    "path", files_of("facts", "simulation", "items", "render"), ids=module_name
)
def test_the_pure_rooms_import_no_jupyter_and_touch_no_response(path):
    names = {name.partition(".")[0] for name in imported(path)}
    assert not names & JUPYTER
    assert not names & HEAVY
    assert not names & {"os", "tempfile", "filelock", "subprocess", "shutil", "time"}
    # A generator that is handed in, with its seed, is data; the module's own chance is not.
    assert "random.seed" not in path.read_text("utf-8")
    assert "import random" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", files_of("grading", "report"), ids=module_name)
def test_grading_imports_no_widget(path):
    names = set(imported(path))
    assert not [name for name in names if room(name) == "widgets"]
    assert not {name.partition(".")[0] for name in names} & {"anywidget", "ipywidgets"}


def loaded_by(statement):
    code = f"{statement}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def test_importing_the_kit_loads_nothing_heavy_and_no_widget():
    loaded = loaded_by("import b2bcourse")
    assert not loaded & (HEAVY | JUPYTER)


def test_scoring_loads_no_jupyter():
    loaded = loaded_by(
        "from pathlib import Path\n"
        "from b2bcourse import render\n"
        "from b2bcourse.items import kind_of, load_item\n"
        "from b2bcourse.context import bank_folder\n"
        "item = load_item(bank_folder() / 'mx-cells.yaml')\n"
        "kind = kind_of('matrix')\n"
        "face, key = kind.face(item, 'ko'), kind.key(item)\n"
        "value = kind.model_answer(face, key)\n"
        "outcome = kind.score(face, key, value)\n"
        "render.html(face, value, kind.judged(face, key, outcome, value))"
    )
    assert not loaded & (HEAVY | JUPYTER)


def test_showing_an_exercise_loads_nothing_heavy(tmp_path):
    loaded = loaded_by(
        f"import os; os.chdir({str(tmp_path)!r})\nimport b2bcourse as b2b; b2b.practice('mx-cells')"
    )
    assert "anywidget" in loaded
    assert not loaded & HEAVY


# All YAML of the package but data: what an author writes, and what the game and figures are made of.
DATA = {
    "bank",
    "facts",
    "figures",
    "scenarios",
    "templates",
    "roster.yaml",
    "renamed.yaml",
    "cases.yaml",
    "checks.yaml",
    "testwise.yaml",
    "marks.yaml",  # signs, some of which both languages share
}
WORD_FILES = [
    path
    for path in sorted(PACKAGE.rglob("*.yaml"))
    if not DATA & set(path.relative_to(PACKAGE).parts)
]


def placeholders(text):
    return sorted(re.findall(r"\{(\w+)", text))


def pairs(path):
    """Every Korean text of a words file with its English, by the way that leads to it."""

    def texts(data, way=""):
        if isinstance(data, dict) and set(data) == {"ko", "en"}:
            yield way, (data["ko"], data["en"])
        elif isinstance(data, dict | list):
            parts = data.items() if isinstance(data, dict) else enumerate(data)
            for name, part in parts:
                yield from texts(part, f"{way}.{name}")

    return dict(texts(yaml.safe_load(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_words_are_the_same_in_both_languages_but_for_the_language(path):
    found = pairs(path)
    assert len(found) > 2
    for name, (korean, english) in found.items():
        assert bool(korean.strip()) == bool(english.strip()), name
        assert not re.search("[가-힣]", english), name


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_words_have_the_same_places_to_fill_in(path):
    for name, (korean, english) in pairs(path).items():
        assert placeholders(korean) == placeholders(english), name


def sentences(path):
    """What a module's own texts say, in any language: the literal parts of each ``Text(..)``."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_sentences_stand_in_yaml_and_are_read_by_read_words(path):
    said = [text for text in sentences(path) if re.search(r"[^\W\d_]{2}", text)]
    assert not said, "write it in the folder's words.yaml, with a name in its struct"


def test_every_module_says_what_it_is_for():
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        if text.strip():
            assert ast.get_docstring(tree_of(path)), path


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_a_modules_constants_are_final_so_that_nobody_sets_one_twice(path):
    for node in tree_of(path).body:
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            for name in ast.walk(target) if target is not None else ():
                if isinstance(name, ast.Name) and re.fullmatch(r"_?[A-Z][A-Z0-9_]+", name.id):
                    assert isinstance(node, ast.AnnAssign), name.id
                    assert "Final" in ast.unparse(node.annotation), name.id


def arrows():
    """Each module's imports within the package, as a graph."""
    names = {module_name(path) for path in FILES}
    graph = {}
    for path in FILES:
        found = set()
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom):
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                found |= (inner & names) or ({node.module} & names)
        graph[module_name(path)] = found - {module_name(path)}
    return graph


def test_no_imports_run_in_a_circle():
    sorter = TopologicalSorter(arrows())
    sorter.prepare()  # raises CycleError, which names the circle


def told_floors():
    """The rooms of ``docs/architecture.md``, floor by floor, from the ground up."""
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    found = {}
    level = ""
    for floor_cell, name in re.findall(r"^\| *(\d*) *\| `([\w/.]+)` \|", page, re.MULTILINE):
        level = floor_cell or level
        found.setdefault(int(level), set()).add(name.rstrip("/").removesuffix(".py"))
    return [found[number] for number in sorted(found)]


def test_the_page_on_the_architecture_tells_these_floors():
    there = {room(module_name(path)) for path in FILES}
    assert told_floors() == [rooms & there for rooms in FLOORS]


def test_no_test_stands_inside_a_function_where_nobody_runs_it():
    for path in Path(__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for outer in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            inner = [node.name for node in ast.walk(outer) if isinstance(node, ast.FunctionDef)]
            hidden = [name for name in inner if name.startswith("test_") and name != outer.name]
            assert not hidden, f"{path}: {hidden} in {outer.name}"
