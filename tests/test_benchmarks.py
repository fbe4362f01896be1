"""The benchmarks run, their table holds together, and its place in docs/benchmarks.md is kept."""

import json
import math
import subprocess
import sys
import time

import ipywidgets
import msgspec
import pytest

from b2bcourse.context import bank_folder, practice_item
from benchmarks import kinds, measure, plain_kinds, watching
from benchmarks.__main__ import BENCHMARKS
from benchmarks.pages import face_of
from benchmarks.table import BEGIN, END, HEAD, Findings, write_page

QUIETLY = measure.Job(quick=True, step=lambda *_: None)


def benchmarks(*arguments):
    """`python -m benchmarks --quick` as a user runs it."""
    command = [sys.executable, "-m", "benchmarks", "--quick", *map(str, arguments)]
    return subprocess.run(command, cwd=measure.ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(
    scope="module",
    params=[
        ("imports", "memory", "reading"),
        pytest.param(("autograde", "bulk"), marks=pytest.mark.slow),
    ],
    ids=" ".join,
)
def found(request, tmp_path_factory):
    """What benchmarks without a browser find, as Markdown and as JSON."""
    file = tmp_path_factory.mktemp("bench") / "found.json"
    done = benchmarks("--only", *request.param, "--json", file)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, json.loads(file.read_bytes())


class TestRun:
    """`python -m benchmarks` with few runs; nothing is said about how fast anything is."""

    def test_every_ratio_is_a_positive_number(self, found):
        _, data = found
        assert not data["failed"]
        ratios = [number for row in data["rows"] for number in row["ratio"].values()]
        assert ratios
        assert all(math.isfinite(ratio) and ratio > 0 for ratio in ratios)

    def test_the_table_has_a_line_a_row_and_the_same_columns_in_each(self, found):
        markdown, data = found
        table = [line for line in markdown.splitlines() if line.startswith("|")]
        assert table[0] == f"| {' | '.join(HEAD)} |"
        assert len(table) == 2 + len(data["rows"])
        assert {line.count("|") for line in table} == {len(HEAD) + 1}

    def test_what_the_design_asks_for_is_judged(self, found):
        _, data = found
        asked = [row["reached"] for row in data["rows"] if row["reach"]]
        assert asked
        assert all(isinstance(reached, bool) for reached in asked)

    def test_the_machine_is_told(self, found):
        markdown, data = found
        assert data["machine"]["cores"] >= 1
        assert f"Python {data['machine']['python']}" in markdown


def test_an_unknown_benchmark_is_told_which_there_are():
    done = benchmarks("--only", "nothing")
    assert done.returncode == 2
    assert all(name in done.stderr for name in BENCHMARKS)


class TestKinds:
    def test_every_kind_but_the_matrix_and_the_simulation_is_measured(self):
        kinds_now = {practice_item(path.stem).kind for path in bank_folder().glob("*.yaml")}
        assert kinds_now - {"matrix", "simulation"} == set(kinds.CASES)

    @pytest.mark.parametrize("kind", kinds.CASES)
    def test_a_teachers_own_version_asks_as_much_and_keeps_each_answer(self, kind, tmp_path):
        case = kinds.CASES[kind]
        face = face_of(case.item)
        file = tmp_path / "responses/x.json"
        plain = plain_kinds.Plain(msgspec.to_builtins(face), file)
        inputs = list(_inputs(plain.widget))
        assert len(inputs) == case.parts(face)[1]
        last = inputs[-1]
        last.value = last.options[-1][1] if hasattr(last, "options") else type(last.value)(1)
        assert len(json.loads(file.read_bytes())) == 1


def _inputs(widget):
    for child in getattr(widget, "children", ()):
        yield from _inputs(child)
    if hasattr(widget, "value") and not isinstance(widget, ipywidgets.Label):
        yield widget


class TestTurns:
    def test_the_side_that_begins_changes(self):
        heard = []
        sides = [lambda: heard.append("ours") or 1.0, lambda: heard.append("other") or 2.0]
        pairs = measure.take_turns(QUIETLY, "turns", *sides, runs=2)
        assert heard == ["ours", "other", "other", "ours"]
        assert pairs == [(1.0, 2.0), (1.0, 2.0)]

    def test_saving_is_the_alternative_by_ours_and_reached_from_the_number_on(self):
        row = measure.saves("x", [(1, 20), (1, 20)], against="y", unit="ms", at_least=20)
        assert (row.ratio.median, row.reached) == (20, True)

    def test_cost_is_ours_by_the_alternative_and_reached_below_the_number_only(self):
        row = measure.costs("x", [(3, 2)], against="y", unit="MB", says="times", under=1.5)
        assert (row.ratio.median, row.reached) == (1.5, False)


class TestFindings:
    def test_one_that_cannot_run_or_breaks_a_promise_is_named_under_the_table(self):
        told = Findings(skipped=["no browser"], failed=["autograde: 3 and 4 points"]).as_markdown()
        assert "- Skipped: no browser" in told
        assert "- FAILED: autograde: 3 and 4 points" in told


class TestPage:
    @pytest.fixture
    def page(self, tmp_path):
        return tmp_path / "benchmarks.md"

    def test_only_what_stands_between_the_marks_changes(self, page):
        page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
        write_page(page, "| new |\n")
        write_page(page, "| newer |\n")
        assert page.read_text("utf-8") == f"before\n{BEGIN}\n| newer |\n{END}\nafter\n"

    @pytest.mark.parametrize(
        "text", ["no marks", BEGIN, f"{END}{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"]
    )
    def test_without_its_two_marks_the_file_is_left_alone(self, page, text):
        page.write_text(text, "utf-8")
        with pytest.raises(ValueError, match="benchmarks"):
            write_page(page, "| new |")
        assert page.read_text("utf-8") == text

    def test_the_courses_own_page_has_its_marks_and_the_readme_links_to_it(self):
        text = (measure.ROOT / "docs" / "benchmarks.md").read_text("utf-8")
        assert text.count(BEGIN) == text.count(END) == 1
        for readme in ("README.md", "README-ko.md"):
            assert "docs/benchmarks.md" in (measure.ROOT / readme).read_text("utf-8")


class TestWatcher:
    def test_sees_a_file_put_in_place_and_when(self, tmp_path):
        file, other = tmp_path / "a.json", tmp_path / "b.json"
        watcher = watching.Watcher(file)
        other.write_text('{"a": 1}', "utf-8")
        other.replace(file)
        seen = watcher.wait()
        assert seen
        assert 0 <= time.time() * 1000 - seen.at < 10_000
        assert seen.placed <= seen.at

    def test_waits_for_a_whole_file_with_new_content(self, tmp_path):
        file = tmp_path / "a.json"
        file.write_text('{"a": 1}', "utf-8")
        watcher = watching.Watcher(file)
        file.write_text('{"a": ', "utf-8")
        assert watcher.wait(0.2) is None
