"""Every kind of leak is planted and must be found; the clean course must hold none."""

import gzip
import html
import io
import json
import tarfile
import zipfile

import pytest
import tiny

from b2bcourse.grading.build import build
from b2bcourse.grading.leaks.search import find_leaks
from b2bcourse.items import face_bytes

FIRST_ROW = {"cost_saving": {"sora": 1, "garam": 1}}


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "exercises"
    folder.mkdir()
    return folder


def leaks(tree, secrets, released=True):
    return [str(problem) for problem in find_leaks(tree, secrets, released=released)]


def plant(tree, name, content):
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


@pytest.fixture(scope="module")
def model(repo, tmp_path_factory):
    """The model answers' values, by item."""
    from b2bcourse.grading.course import copy_items
    from b2bcourse.grading.keys import Keys

    items = tmp_path_factory.mktemp("keys") / "items"
    copy_items(repo / "solutions", items, "ko")
    keys = Keys(items)
    return {item: tiny.model_response(keys, item) for item in (tiny.CELLS, tiny.BOTH)}


class TestClean:
    def test_a_fresh_build_holds_no_leak(self, repo, secrets, tree):
        build(repo, tree)
        assert leaks(tree, secrets) == []

    def test_faces_are_no_leak_in_either_language(self, secrets, tree, keys):
        for item in (tiny.CELLS, tiny.BOTH):
            plant(tree, f"items/{item}.json", face_bytes(keys.question(item).face))
        assert leaks(tree, secrets) == []

    def test_the_courses_facts_and_rubrics_are_no_leak(self, secrets, tree):
        from b2bcourse.facts import benefits

        plant(tree, "facts.md", benefits().benefit("quality").members[0].reason.ko)
        plant(tree, "rubric.md", tiny.LEVEL)
        assert leaks(tree, secrets) == []

    def test_a_wrong_answer_is_no_leak(self, secrets, tree):
        plant(tree, "x.json", {"cells": {"cost_saving": {"miru": 1}}})
        assert leaks(tree, secrets) == []


SENTENCES = {
    "a reason in Korean": tiny.SECRET_REASON,
    "a reason in English": "Han has the stores and the trucks, which makes him the SCM head.",
    "a grader's note": tiny.GRADER_NOTE,
    "a model essay": tiny.MODEL_ESSAY,
}
DISGUISES = {
    "as it is": lambda text: text,
    "spaced otherwise": lambda text: text.replace(" ", "\n   "),
    "in JSON": lambda text: json.dumps([text]),
    "in JSON within JSON": lambda text: json.dumps({"x": json.dumps({"y": text})}),
    "in HTML": lambda text: "".join(f"&#{ord(c)};" if c != " " else c for c in text),
    "in escaped HTML": lambda text: (
        html.escape(f"<b>{text[:9]}</b>{text[9:]}")
        .replace("&lt;b&gt;", "<b>")
        .replace("&lt;/b&gt;", "</b>")
        .replace("<b>", "**")
        .replace("</b>", "**")
    ),
    "in other marks": lambda text: f"«{text.replace(',', ' -')}»",
}


class TestSentences:
    @pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
    @pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
    def test_a_secret_sentence_is_found(self, secrets, tree, sentence, disguise):
        plant(tree, "notes.txt", disguise(sentence))
        assert leaks(tree, secrets)

    def test_it_is_found_in_a_notebook_that_breaks_its_lines(self, secrets, tree):
        half = len(tiny.SECRET_REASON) // 2
        source = [tiny.SECRET_REASON[:half] + "\n", tiny.SECRET_REASON[half:]]
        plant(tree, "x.ipynb", {"cells": [{"cell_type": "markdown", "source": source}]})
        assert leaks(tree, secrets)

    def test_a_notebook_with_its_solution_left_in_is_found(self, repo, secrets, tree):
        path = repo / "solutions/ko/tiny/tiny.ipynb"
        plant(tree, "ko/tiny/tiny.ipynb", path.read_text("utf-8"))
        assert leaks(tree, secrets)


KEY_DATA = {
    "the authored item": ("item.yaml", tiny.CELLS_YAML),
    "the authored item as JSON": (
        "x.json",
        {"id": tiny.CELLS, "kind": "matrix", "form": "cells", "conditional_as": "accepted"},
    ),
    "who counts as whom, in YAML": ("x.yml", "- {id: hangyeol, counts_as: [scm_head]}"),
    "who counts as whom, in JSON": (
        "x.json",
        [{"id": "garam", "name": {"ko": "가람"}, "counts_as": ["coo", "prod_head"]}],
    ),
    "who counts as whom, in Python": (
        "x.py",
        "WHO = {'sora': ['cfo'], 'miru': ['qa_head'], 'x': 1}",
    ),
    "who counts as whom, in a notebook's cell": (
        "x.ipynb",
        {
            "cells": [
                {
                    "cell_type": "code",
                    "outputs": [],
                    "execution_count": None,
                    "source": ["who = [{'id': 'sora',\n", "  'counts_as': ['cfo']}]"],
                }
            ]
        },
    ),
    "who counts as whom, in fenced YAML": (
        "x.md",
        "# x\n\n```yaml\nid: sora\ncounts_as: [cfo]\n```\n",
    ),
    "a compiled row": ("x.json", {"id": "quality", "required": {"miru": 1, "garam": 1}}),
    "a compiled row as a list": ("x.yaml", "quality: {required: [garam, miru]}"),
    "the heads of rows": ("x.json", {"rows": {"r1": "near_factory", "r2": "quality"}}),
    "compiled heads": ("x.json", {"heads": {"r1": ["near_factory"], "r2": ["quality"]}}),
}


class TestKeyData:
    @pytest.mark.parametrize(("name", "content"), KEY_DATA.values(), ids=KEY_DATA)
    def test_key_data_is_found(self, secrets, tree, name, content):
        plant(tree, name, content)
        assert leaks(tree, secrets)


class TestAnswers:
    @pytest.mark.parametrize("item", [tiny.CELLS, tiny.BOTH])
    def test_a_response_file_with_the_answer_is_found(self, secrets, tree, model, item):
        plant(tree, "somewhere.json", model[item])
        assert any(f"an answer to {item}" in leak for leak in leaks(tree, secrets))

    def test_half_of_an_answer_is_found(self, secrets, tree):
        cells = {**FIRST_ROW, "quality": {"miru": 1, "garam": 1}}
        plant(tree, "x.json", {"deep": [{"in": {"cells": cells}}]})
        assert leaks(tree, secrets)

    def test_a_bare_table_of_cells_is_found(self, secrets, tree, model):
        plant(tree, "x.json", model[tiny.CELLS]["value"]["cells"])
        assert leaks(tree, secrets)

    def test_an_answer_in_names_is_found(self, secrets, tree):
        typed = {"비용절감 효과": ["소라", "가람"], "최고의 품질관리": ["미루", "가람"]}
        plant(tree, "x.py", f"b2b.respond('{tiny.CELLS}', {typed!r})")
        assert leaks(tree, secrets)

    def test_an_answer_within_a_notebooks_text_is_found(self, secrets, tree, model):
        source = "답: " + json.dumps(model[tiny.CELLS]["value"])
        plant(tree, "x.ipynb", {"cells": [{"cell_type": "markdown", "source": [source]}]})
        assert leaks(tree, secrets)

    def test_an_answer_in_a_page_is_found(self, secrets, tree, model):
        escaped = html.escape(json.dumps(model[tiny.CELLS]["value"]))
        plant(tree, "x.html", f'<div data-x="{escaped}"></div>')
        assert leaks(tree, secrets)

    def test_any_response_in_a_release_is_found(self, secrets, tree):
        plant(tree, "ko/tiny/responses/x.json", {"schema": 1})
        assert leaks(tree, secrets)
        assert leaks(tree, secrets, released=False) == []


class TestNotebooksAndFaces:
    def cell(self, **more):
        return {
            "cell_type": "code",
            "id": "x",
            "source": "1",
            "outputs": [],
            "execution_count": None,
            **more,
        }

    def test_outputs_in_a_released_notebook_are_found(self, secrets, tree):
        output = {"output_type": "stream", "name": "stdout", "text": "hello"}
        plant(tree, "x.ipynb", {"cells": [self.cell(outputs=[output])]})
        assert leaks(tree, secrets)
        assert leaks(tree, secrets, released=False) == []

    def test_a_released_notebook_that_has_been_run_is_found(self, secrets, tree):
        plant(tree, "x.ipynb", {"cells": [self.cell(execution_count=3)]})
        assert leaks(tree, secrets)

    def test_a_face_with_a_field_more_is_found(self, secrets, tree, keys):
        face = json.loads(face_bytes(keys.question(tiny.CELLS).face))
        plant(tree, f"items/{tiny.CELLS}.json", face | {"hint": "x"})
        assert any("not a face" in leak for leak in leaks(tree, secrets))


class TestArchives:
    def zipped(self, files):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return buffer.getvalue()

    def tarred(self, files):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
            for name, content in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(content.encode())
                archive.addfile(info, io.BytesIO(content.encode()))
        return buffer.getvalue()

    def test_a_wheel_is_searched(self, secrets, tree):
        plant(tree, "x.whl", self.zipped({"pkg/notes.txt": tiny.SECRET_REASON}))
        assert any("x.whl!pkg/notes.txt" in leak for leak in leaks(tree, secrets))

    def test_an_sdist_is_searched(self, secrets, tmp_path):
        path = plant(tmp_path, "x.tar.gz", self.tarred({"pkg/x.yaml": tiny.CELLS_YAML}))
        assert leaks(path, secrets)

    def test_archives_within_archives_are_searched(self, secrets, tree):
        inner = self.zipped({"a.txt": tiny.SECRET_REASON})
        plant(tree, "outer.bin", self.zipped({"inner.dat": inner}))
        assert leaks(tree, secrets)

    def test_a_compressed_file_is_searched(self, secrets, tree):
        plant(tree, "x.gz", gzip.compress(tiny.SECRET_REASON.encode()))
        assert leaks(tree, secrets)

    def test_a_package_with_solutions_is_found(self, secrets, tree):
        plant(tree, "x.whl", self.zipped({"pkg/solutions/readme.txt": "hello"}))
        assert any("solutions/" in leak for leak in leaks(tree, secrets))
