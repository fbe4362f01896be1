"""Ten thousand submissions in one run: everyone is graded, and memory does not grow with the class.

Part of `make long`; `B2BCOURSE_SUBMISSIONS` sets another number. How fast it is, a benchmark tells.
"""

import os
import tempfile

import pytest

from benchmarks.bulk import of_size

MANY = int(os.environ.get("B2BCOURSE_SUBMISSIONS", "10000"))
BATCH = 500


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_a_class_of_ten_thousand_is_graded_in_the_memory_of_a_batch(
    monkeypatch, tmp_path, record_property
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    batch = of_size(min(BATCH, MANY), stock=False)
    many = of_size(MANY, stock=False)  # raises unless all have been graded
    record_property("milliseconds_each", many.each)
    assert many.memory < batch.memory + 60
