"""Workbooks as an author leaves them: the example, with some cells written over."""

import openpyxl
import pytest

from b2bcourse.authoring.sheets.making import example
from b2bcourse.authoring.sheets.taking import take


@pytest.fixture
def book(tmp_path):
    """Writes the example with cells changed, as ``{("표", "C3"): "O"}``; returns the file."""

    def write(cells=(), *, lang="ko", name="병상 (1).xlsx", change=None):
        path = tmp_path / name
        path.unlink(missing_ok=True)
        example(path, lang)
        opened = openpyxl.load_workbook(path)
        for (sheet, cell), value in dict(cells).items():
            opened[sheet][cell] = value
        if change:
            change(opened)
        opened.save(path)
        return path

    return write


@pytest.fixture
def told(book):
    """What is told of the example with cells changed, line by line, the language's doubts left out."""

    def tell(cells=(), **how):
        taken = take(book(cells, **how), "en")
        return [fault.told(taken.lang) for fault in taken.faults]

    return tell
