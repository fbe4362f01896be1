"""Findings in the author's language: none of the sentences is missing."""

import ast
import re
from pathlib import Path

import pytest

import b2bcourse
from b2bcourse.authoring import telling
from b2bcourse.authoring.checking import author_language, check
from b2bcourse.authoring.writing import kinds, new_item

PACKAGE = Path(b2bcourse.__file__).parent
SAYING = [
    *PACKAGE.glob("items/*/authored.py"),
    PACKAGE / "items/agreement.py",
    PACKAGE / "items/authored.py",
    PACKAGE / "items/allocation/__init__.py",
    PACKAGE / "items/matrix/__init__.py",
    PACKAGE / "authoring/checking.py",
]
PROBLEM = re.compile(r"problem|_errors|_unaskable|_unsound|_told_wrong|_some|_ids\b|twice|unknown")


def said_in(path):
    """What functions that find problems append, return in a list or yield, gaps filled."""
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(function, ast.FunctionDef) or not PROBLEM.search(function.name):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Yield | ast.Return | ast.List | ast.ListComp | ast.Call):
                yield from _texts(node)


def _texts(node):
    parts = {
        ast.Yield: lambda: [node.value],
        ast.Return: list,
        ast.List: lambda: node.elts,
        ast.ListComp: lambda: [node.elt],
        ast.Call: lambda: node.args if getattr(node.func, "attr", "") == "append" else [],
    }[type(node)]()
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        elif isinstance(part, ast.JoinedStr):
            yield "".join(map(_shown, part.values))


def _shown(piece):
    """A piece of a sentence; in a gap stands a number, or a name in quotes where one is told so."""
    if isinstance(piece, ast.Constant):
        return str(piece.value)
    return "'x'" if piece.conversion == ord("r") else "9"


SAID = sorted(
    {
        (path.relative_to(PACKAGE).as_posix(), text)
        for path in SAYING
        for text in said_in(path)
        if re.search(r"[a-z]{2,} [a-z]", text)
    }
)


def test_there_is_something_to_tell():
    assert len(SAID) > 60


@pytest.mark.parametrize(("path", "text"), SAID)
def test_every_problem_has_a_korean_sentence(path, text):
    text = re.sub("^9(?=[:,])", "cards", text)
    korean = telling.told(text, "ko")
    assert re.search("[가-힣]", korean), f"{path}: findings.yaml has no sentence for: {text}"
    assert telling.told(text, "en") == text


@pytest.mark.parametrize("sentence", telling.sentences().sentences, ids=lambda each: each.en[:40])
def test_both_sides_of_a_sentence_have_the_same_gaps(sentence):
    gaps = [set(re.findall(r"\{(\w+)", sentence[lang])) for lang in ("ko", "en")]
    assert gaps[0] == gaps[1]


@pytest.mark.parametrize("kind", kinds())
def test_a_file_full_of_faults_is_told_in_korean_alone(tmp_path, kind):
    path = new_item(kind, "mine", tmp_path, "ko")
    text = path.read_text("utf-8").replace("title:", "titel:").replace("level: ", "level: x")
    path.write_text(text.replace("schema: 1", "schema: one").replace("task:", "tusk:"), "utf-8")
    found = check(path, "ko")
    assert len(found) >= 3
    for one in found:
        said = str(one).partition("오류: ")[2].partition(": ")[2]
        assert re.search("[가-힣]", said), str(one)


def test_what_has_no_sentence_is_told_as_it_is():
    assert telling.told("rows: something quite new", "ko") == "rows: something quite new"


def test_the_authors_language_is_the_items_then_the_folders_then_the_machines(tmp_path):
    korean = new_item("matrix", "mine", tmp_path / "a", "ko")
    assert author_language(korean, "en") == "ko"
    both = new_item("matrix", "mine", tmp_path / "b")
    assert author_language(both, "en") == "en"
    (both.parent / "bank.json").write_text('{"schema": 1, "lang": "ko"}', "utf-8")
    assert author_language(both, "en") == "ko"
    assert author_language(tmp_path / "gone.yaml", "en") == "en"
    broken = tmp_path / "broken.yaml"
    broken.write_text("- {", "utf-8")
    assert author_language(broken, "ko") == "ko"
