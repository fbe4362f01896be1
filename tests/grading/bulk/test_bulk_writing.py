"""Notebooks as plain data: the bytes that nbformat writes, and nbgrader's checksums."""

import json

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.utils import compute_checksum

from b2bcourse.grading.bulk.writing import checksum, notebook_bytes

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LINES = st.lists(TEXTS, max_size=4).map("\n".join)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXTS | st.sampled_from([0.5, 10.0]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


def by_nbformat(notebook):
    """As nbconvert's NotebookExporter leaves it."""
    return (nbformat.v4.writes(nbformat.from_dict(notebook)) + "\n").encode()


def plain(notebook):
    return json.loads(json.dumps(notebook))


def a_notebook(source="", message="", html="", metadata=None):
    outputs = [
        new_output("stream", name="stdout", text=message),
        new_output("display_data", data={"text/html": html, "text/plain": html}),
        new_output("execute_result", data={"text/plain": "3.65"}, execution_count=None),
    ]
    cells = [
        new_markdown_cell(source, id="one", metadata=metadata or {}),
        new_code_cell(source, id="two", outputs=outputs),
    ]
    return plain(new_notebook(cells=cells, metadata={"kept": metadata or {}}))


@given(source=LINES, message=LINES, html=LINES, metadata=st.dictionaries(TEXTS, PLAIN, max_size=3))
def test_it_writes_the_bytes_that_nbformat_writes(source, message, html, metadata):
    notebook = a_notebook(source, message, html, metadata)
    before = plain(notebook)
    assert notebook_bytes(notebook) == by_nbformat(notebook)
    assert notebook == before


@pytest.mark.parametrize("character", ["\x7f", "\x1f", " ", "\x0c", "\\u0041", '"', "가"])
def test_odd_characters_are_written_alike(character):
    notebook = a_notebook(f"a{character}b")
    assert notebook_bytes(notebook) == by_nbformat(notebook)


def test_numbers_that_the_encoders_write_differently_are_written_as_nbformat_does():
    notebook = a_notebook(metadata={"small": 1e-05, "large": 1e22})
    assert notebook_bytes(notebook, exotic=True) == by_nbformat(notebook)


def test_half_a_character_does_not_stop_the_run():
    assert b"\\ud83d" in notebook_bytes(a_notebook("\ud83d"))


def test_what_nbformat_leaves_out_is_left_out():
    notebook = a_notebook(metadata={"trusted": True})
    notebook["metadata"] |= {"orig_nbformat": 4, "signature": "x"}
    assert notebook_bytes(notebook) == by_nbformat(notebook)
    assert b"trusted" not in notebook_bytes(notebook).partition(b'"kept"')[0]


def test_pictures_are_kept():
    notebook = a_notebook("![x](attachment:x.svg)")
    notebook["cells"][0]["attachments"] = {"x.svg": {"image/svg+xml": "<svg>\n</svg>"}}
    assert notebook_bytes(notebook) == by_nbformat(notebook)


@pytest.mark.parametrize(
    "about",
    [
        {"grade": True, "solution": True, "points": 8, "locked": False},
        {"grade": True, "solution": False, "points": 2.5, "locked": True},
        {"grade": False, "solution": True, "locked": False},
        {"grade": False, "solution": False, "locked": True},
    ],
)
def test_checksums_are_nbgraders(about):
    cell = new_markdown_cell("글\n둘", metadata={"nbgrader": {"grade_id": "x", **about}})
    assert checksum(plain(cell)) == compute_checksum(cell)
