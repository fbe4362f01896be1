"""A working copy is refreshed often, and never at the learner's cost."""

import copy
import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bcourse.context import MANIFEST
from b2bcourse.course_files import course_root
from b2bcourse.learner.working_copy import digest, refresh

LESSON = "01-lesson.ipynb"
SHEET = "assignments/a1/a1.ipynb"
INDEX = "items/index.json"


def notebook(*sources, **metadata):
    cells = [
        {
            "id": f"c{number}",
            "cell_type": "code",
            "metadata": {"jupyter": {"source_hidden": True}},
            "source": source.splitlines(keepends=True),
            "execution_count": None,
            "outputs": [],
        }
        for number, source in enumerate(sources)
    ]
    kernel = {"kernelspec": {"name": "python3"}, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": kernel | metadata, "nbformat": 4, "nbformat_minor": 5}


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False), "utf-8")
    return path


def read(path):
    return json.loads(path.read_bytes())


def change(path, edit):
    """What a person or a program does to a JSON file."""
    content = read(path)
    edit(content)
    write(path, content)


def ship(course, version):
    """A version of the course: a lesson, an assignment and a context file in each language."""
    for lang in ("ko", "en"):
        notebooks, exercises = course / "notebooks" / lang, course / "exercises" / lang
        write(notebooks / LESSON, notebook("import b2bcourse as b2b", f"version = {version}\n"))
        write(notebooks / INDEX, {"schema": 1, "lang": lang, "version": version})
        write(exercises / "a1" / "a1.ipynb", notebook(f"'assignment {version}'"))


def run(path):
    """What JupyterLab writes when a notebook is run and saved."""

    def ran(content):
        content["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"x": 1}}
        content["metadata"]["language_info"] = {"name": "python", "version": "3.13.1"}
        content["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        for number, cell in enumerate(content["cells"]):
            output = {"output_type": "stream", "name": "stdout", "text": "hello"}
            cell |= {"execution_count": number + 1, "outputs": [output]}
            cell["source"] = "".join(cell["source"])
            cell["metadata"] |= {"execution": {"iopub.status.busy": "now"}, "trusted": True}
            cell["metadata"]["jupyter"] = {"source_hidden": False, "outputs_hidden": True}

    change(path, ran)


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / "course"
    ship(folder, 1)
    return folder


@pytest.fixture
def mine(tmp_path, course):
    """The learner's Korean copy of version 1."""
    return refresh(course, tmp_path / "mine", "ko").folder


def again(course, mine, lang="ko"):
    return refresh(course, mine.parent, lang)


class TestFirstTime:
    def test_everything_of_the_language_is_added(self, course, tmp_path):
        done = refresh(course, tmp_path / "a" / "b", "en")
        assert done.folder == tmp_path / "a" / "b" / "en"
        assert done.added == [LESSON, INDEX, SHEET]
        assert (done.updated, done.beside) == ([], [])
        assert read(done.folder / INDEX)["lang"] == "en"

    def test_the_files_are_the_courses_to_the_byte(self, course, mine):
        assert (mine / LESSON).read_bytes() == (course / "notebooks/ko" / LESSON).read_bytes()

    def test_hidden_files_and_responses_of_the_course_stay_where_they_are(self, course, tmp_path):
        for name in (".ipynb_checkpoints/x.ipynb", "responses/mx.json", ".hidden"):
            write(course / "notebooks" / "ko" / name, {"never": "shipped"})
        assert refresh(course, tmp_path / "mine", "ko").added == [LESSON, INDEX, SHEET]

    def test_both_languages_live_side_by_side(self, course, mine):
        change(mine / LESSON, lambda nb: nb["cells"].pop())
        before = contents(mine)
        assert again(course, mine, "en").added == [LESSON, INDEX, SHEET]
        assert contents(mine) == before
        assert {path.name for path in mine.parent.iterdir()} == {"ko", "en"}


class TestUntouchedFiles:
    def test_the_same_course_again_changes_nothing(self, course, mine):
        before = contents(mine)
        done = again(course, mine)
        assert (done.added, done.updated, done.beside) == ([], [], [])
        assert contents(mine) == before

    def test_newer_ones_come_in(self, course, mine):
        ship(course, 2)
        assert again(course, mine).updated == [LESSON, INDEX, SHEET]
        assert (mine / LESSON).read_bytes() == (course / "notebooks/ko" / LESSON).read_bytes()

    def test_a_notebook_that_was_only_run_is_refreshed(self, course, mine):
        run(mine / LESSON)
        ship(course, 2)
        assert LESSON in again(course, mine).updated
        assert (mine / LESSON).read_bytes() == (course / "notebooks/ko" / LESSON).read_bytes()

    def test_a_notebook_that_was_only_run_keeps_its_outputs_until_there_is_a_newer_one(
        self, course, mine
    ):
        run(mine / LESSON)
        before = contents(mine)
        assert again(course, mine).updated == []
        assert contents(mine) == before

    def test_a_folded_heading_is_no_change(self, course, mine):
        change(
            mine / LESSON,
            lambda nb: nb["cells"][0]["metadata"].update({"jp-MarkdownHeadingCollapsed": True}),
        )
        ship(course, 2)
        assert again(course, mine).beside == []

    def test_deleted_files_come_back(self, course, mine):
        (mine / LESSON).unlink()
        shutil.rmtree(mine / "assignments")
        assert again(course, mine).updated == [LESSON, SHEET]
        assert (mine / SHEET).is_file()

    def test_what_the_course_no_longer_has_stays(self, course, mine):
        (course / "notebooks/ko" / LESSON).unlink()
        again(course, mine)
        assert (mine / LESSON).is_file()


CHANGES = {
    "a source": lambda nb: nb["cells"][0].update(source="mine"),
    "a cell added": lambda nb: nb["cells"].append(notebook("mine")["cells"][0]),
    "a cell taken away": lambda nb: nb["cells"].pop(),
    "cells in another order": lambda nb: nb["cells"].reverse(),
    "a cell of another type": lambda nb: nb["cells"][0].update(cell_type="raw"),
    "a picture pasted": lambda nb: nb["cells"][0].update(attachments={"a.png": {"image/png": ""}}),
    "a tag": lambda nb: nb["cells"][0]["metadata"].update(tags=["mine"]),
    "the notebook's own metadata": lambda nb: nb["metadata"].update(title="mine"),
}
NO_NOTEBOOK = {
    "empty": b"",
    "cut short": b'{"cells": [{"source": "mi',
    "no notebook": b'["mine"]',
    "no cells": b'{"mine": 1}',
    "cells that are none": b'{"cells": [1, null]}',
    "no text": b"\xff\xfe\x00mine",
    "very deep": b"[" * 100_000,
}


class TestChangedFiles:
    @pytest.mark.parametrize("edit", CHANGES.values(), ids=CHANGES)
    def test_a_changed_notebook_stays_and_the_new_one_lies_beside_it(self, course, mine, edit):
        change(mine / LESSON, edit)
        run(mine / LESSON)
        before = (mine / LESSON).read_bytes()
        ship(course, 2)
        done = again(course, mine)
        [(name, beside)] = done.beside
        assert name == LESSON
        assert LESSON not in done.updated
        assert (mine / LESSON).read_bytes() == before
        assert (mine / beside).read_bytes() == (course / "notebooks/ko" / LESSON).read_bytes()
        assert beside.startswith("01-lesson.new-")
        assert beside.endswith(".ipynb")

    @pytest.mark.parametrize("data", NO_NOTEBOOK.values(), ids=NO_NOTEBOOK)
    def test_so_does_what_is_no_notebook_any_more(self, course, mine, data):
        write(mine / LESSON, data)
        ship(course, 2)
        assert [name for name, _ in again(course, mine).beside] == [LESSON]
        assert (mine / LESSON).read_bytes() == data

    def test_and_so_does_any_other_file(self, course, mine):
        write(mine / INDEX, b"{}")
        ship(course, 2)
        [(name, beside)] = again(course, mine).beside
        assert name == INDEX
        assert read(mine / beside)["version"] == 2
        assert (mine / INDEX).read_bytes() == b"{}"

    def test_nothing_is_put_beside_while_there_is_nothing_newer(self, course, mine):
        change(mine / LESSON, CHANGES["a source"])
        before = contents(mine)
        assert again(course, mine).beside == []
        assert contents(mine) == before

    def test_it_is_put_beside_once(self, course, mine):
        change(mine / LESSON, CHANGES["a source"])
        ship(course, 2)
        again(course, mine)
        before = contents(mine)
        assert again(course, mine).beside == []
        assert contents(mine) == before

    def test_a_second_newer_version_overwrites_neither_the_file_nor_the_first_one(
        self, course, mine
    ):
        change(mine / LESSON, CHANGES["a source"])
        ship(course, 2)
        [(_, first)] = again(course, mine).beside
        before = contents(mine)
        ship(course, 3)
        [(_, second)] = again(course, mine).beside
        assert first != second
        assert (mine / first).read_bytes() == before[first]
        assert (mine / LESSON).read_bytes() == before[LESSON]
        assert "version = 3" in "".join(read(mine / second)["cells"][1]["source"])

    def test_one_that_was_changed_to_what_is_shipped_now_is_refreshed_from_then_on(
        self, course, mine
    ):
        change(mine / LESSON, CHANGES["a source"])
        ship(course, 2)
        [(_, beside)] = again(course, mine).beside
        (mine / beside).replace(mine / LESSON)  # the learner takes ours
        assert again(course, mine).beside == []
        ship(course, 3)
        done = again(course, mine)
        assert done.beside == []
        assert LESSON in done.updated

    def test_a_file_of_the_learners_own_that_the_course_ships_later_stays(self, course, mine):
        write(mine / "02-new.ipynb", b"mine")
        write(course / "notebooks/ko/02-new.ipynb", notebook("new"))
        assert [name for name, _ in again(course, mine).beside] == ["02-new.ipynb"]
        assert (mine / "02-new.ipynb").read_bytes() == b"mine"


class TestWhatIsTheLearners:
    def test_responses_and_other_files_are_never_touched(self, course, mine):
        for name in (
            "responses/mx-cells.json",
            "assignments/a1/responses/a1-x.json",
            "notes.md",
            "data/table.csv",
            "assignments/a1/extra.ipynb",
            ".ipynb_checkpoints/01-lesson-checkpoint.ipynb",
        ):
            write(mine / name, name.encode())
        before = contents(mine)
        for version in (2, 3):
            ship(course, version)
            again(course, mine)
        after = contents(mine)
        ours = {LESSON, INDEX, SHEET, MANIFEST}
        assert {k: v for k, v in after.items() if k not in ours} == {
            k: v for k, v in before.items() if k not in ours
        }


class TestTrouble:
    @pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"schema": 2, "files": {}}', b"\xff\x00"])
    def test_a_damaged_manifest_costs_nothing(self, course, mine, data):
        change(mine / LESSON, CHANGES["a source"])
        before = (mine / LESSON).read_bytes()
        (mine / MANIFEST).write_bytes(data)
        ship(course, 2)
        done = again(course, mine)
        # Nobody knows any more what the learner has changed, so all of it stays.
        assert [name for name, _ in done.beside] == [LESSON, INDEX, SHEET]
        assert (mine / LESSON).read_bytes() == before
        assert again(course, mine).beside == []

    def test_a_lost_manifest_of_a_current_copy_is_written_anew(self, course, mine):
        (mine / MANIFEST).unlink()
        assert again(course, mine).beside == []
        ship(course, 2)
        assert again(course, mine).updated == [LESSON, INDEX, SHEET]

    def test_an_interrupted_copy_leaves_no_half_file(self, course, mine, monkeypatch):
        before = contents(mine)
        ship(course, 2)
        cut_short(monkeypatch)
        with pytest.raises(OSError, match="disk is full"):
            again(course, mine)
        assert contents(mine) == before
        monkeypatch.undo()
        assert again(course, mine).updated == [LESSON, INDEX, SHEET]

    def test_what_was_done_before_the_interruption_is_remembered(self, course, mine, monkeypatch):
        change(mine / LESSON, CHANGES["a source"])
        ship(course, 2)
        cut_short(monkeypatch, after=2)
        with pytest.raises(OSError, match="disk is full"):
            again(course, mine)
        monkeypatch.undo()
        done = again(course, mine)
        assert (done.updated, done.beside) == ([SHEET], [])
        ship(course, 3)
        assert INDEX in again(course, mine).updated

    def test_after_a_kill_nothing_is_put_beside_twice(self, course, mine):
        change(mine / LESSON, CHANGES["a source"])
        manifest = (mine / MANIFEST).read_bytes()
        ship(course, 2)
        [(_, beside)] = again(course, mine).beside
        (mine / MANIFEST).write_bytes(manifest)  # as if killed before it was written
        assert again(course, mine).beside == [(LESSON, beside)]
        assert len(list(mine.glob("01-lesson*"))) == 2

    def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(self, course, tmp_path):
        write(tmp_path / "file", b"mine")
        with pytest.raises(OSError):
            refresh(course, tmp_path / "file", "ko")
        assert (tmp_path / "file").read_bytes() == b"mine"


def cut_short(monkeypatch, after=0):
    """Copying a file stops half way, from the copy numbered ``after`` on."""
    copied = []
    copyfile = shutil.copyfile

    def half(source, target):
        copied.append(target)
        if len(copied) <= after:
            return copyfile(source, target)
        Path(target).write_bytes(Path(source).read_bytes()[:20])
        raise OSError("the disk is full")

    monkeypatch.setattr(shutil, "copyfile", half)


def test_the_digest_of_a_notebook_does_not_depend_on_how_json_is_laid_out(tmp_path):
    content = notebook("a\nb", "c")
    one, two = tmp_path / "one.ipynb", tmp_path / "two.ipynb"
    write(one, content)
    other = copy.deepcopy(content)
    other["cells"][0]["source"] = "a\nb"
    two.write_text(json.dumps(other, sort_keys=True), "utf-8")
    assert digest(one) == digest(two)


NAMES = st.sampled_from([LESSON, SHEET, INDEX])
BESIDE = st.integers(0, 3)
STEPS = st.one_of(
    st.tuples(st.just("ship"), st.integers(1, 4)),
    st.tuples(st.just("refresh"), st.none()),
    st.tuples(st.just("run"), st.sampled_from([LESSON, SHEET])),
    st.tuples(st.sampled_from(["write", "overwrite", "delete"]), NAMES),
    st.tuples(st.just("edit beside"), BESIDE),
    st.tuples(st.just("take ours"), BESIDE),
    st.tuples(st.just("own file"), st.sampled_from(["notes.md", "responses/x.json"])),
    st.tuples(st.just("lose the manifest"), st.none()),
)


class Learner:
    """Someone who works in a copy; ``written`` is every file as he last wrote it himself."""

    def __init__(self, mine):
        self.mine, self.written, self.count = mine, {}, 0

    def do(self, step, name):
        path = self.mine / name
        self.count += 1
        if step == "write" and name.endswith(".ipynb") and path.exists():
            self._write_cell(path)
        elif step in {"write", "overwrite", "own file"}:
            write(path, f"mine {self.count}".encode())
        elif step == "run" and path.exists():
            self._run(path)
            if name not in self.written:
                return
        elif step == "delete":
            path.unlink(missing_ok=True)
        self._remember(path)

    def _write_cell(self, path):
        try:
            change(path, lambda nb: nb["cells"][0].update(source=f"mine {self.count}"))
        except ValueError:  # he wrote something else over it before
            write(path, f"mine {self.count}".encode())

    def _run(self, path):
        try:
            run(path)
        except ValueError:
            return

    def _remember(self, path):
        name = path.relative_to(self.mine).as_posix()
        self.written.pop(name, None)
        if path.exists():
            self.written[name] = path.read_bytes()

    def do_beside(self, step, number):
        found = sorted(self.mine.rglob("*.new-*"))
        if number >= len(found):
            return
        beside = found[number]
        if step == "edit beside":
            self.count += 1
            write(beside, f"mine {self.count}".encode())
            self._remember(beside)
            return
        name = next(n for n in (LESSON, SHEET, INDEX) if Path(n).stem == beside.name.split(".")[0])
        data = beside.read_bytes()
        (self.mine / name).write_bytes(data)
        self.written.pop(name, None)
        if b"mine" in data:
            self.written[name] = data

    def has_lost(self):
        return [
            name
            for name, data in self.written.items()
            if not (self.mine / name).exists() or (self.mine / name).read_bytes() != data
        ]


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=25))
def test_no_sequence_of_steps_loses_a_byte_that_the_learner_wrote(steps):
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch) / "course"
        ship(course, 1)
        mine = refresh(course, Path(scratch) / "mine", "ko").folder
        learner = Learner(mine)
        for step, about in [*steps, ("ship", 9), ("refresh", None), ("refresh", None)]:
            if step == "ship":
                ship(course, about)
            elif step == "refresh":
                again(course, mine)
            elif step == "lose the manifest":
                (mine / MANIFEST).unlink(missing_ok=True)
            elif step in {"edit beside", "take ours"}:
                learner.do_beside(step, about)
            else:
                learner.do(step, about)
            assert learner.has_lost() == []
        before = contents(mine)
        again(course, mine)
        assert contents(mine) == before
        assert all((mine / name).is_file() for name in (LESSON, SHEET, INDEX))


class TestRenamedAssignments:
    """A working copy that the release before the renaming made."""

    OLD, NEW = "a2-benefit-matrix", "a3-benefit-matrix"

    @pytest.fixture
    def old_copy(self, tmp_path):
        """A copy as the old release made it, with an answer and a line of the learner's own."""
        made = refresh(course_root(), tmp_path, "ko").folder
        folder = made / "assignments" / self.NEW
        (folder / f"{self.NEW}.ipynb").rename(folder / f"{self.OLD}.ipynb")
        (folder / "items" / "matrix-people.json").rename(folder / "items" / "a2-people.json")
        folder.rename(folder.with_name(self.OLD))
        told = (made / MANIFEST).read_text("utf-8")
        told = told.replace(self.NEW, self.OLD).replace("matrix-people.json", "a2-people.json")
        (made / MANIFEST).write_text(told, "utf-8")
        answer = folder.with_name(self.OLD) / "responses" / "a2-people.json"
        answer.parent.mkdir()
        answer.write_bytes(b"{}")
        return made

    def test_the_folder_moves_with_its_answers(self, tmp_path, old_copy):
        done = refresh(course_root(), tmp_path, "ko")
        folder = old_copy / "assignments" / self.NEW
        assert done.moved == [(f"assignments/{self.OLD}", f"assignments/{self.NEW}")]
        assert not folder.with_name(self.OLD).exists()
        assert (folder / "responses" / "a2-people.json").read_bytes() == b"{}"
        assert sorted(path.name for path in folder.glob("*.ipynb")) == [f"{self.NEW}.ipynb"]
        assert (folder / "items" / "matrix-people.json").is_file()
        assert not (folder / "items" / "a2-people.json").exists()

    def test_what_the_learner_changed_in_it_stays(self, tmp_path, old_copy):
        face = old_copy / "assignments" / self.OLD / "items" / "a2-people.json"
        face.write_text("mine", "utf-8")
        refresh(course_root(), tmp_path, "ko")
        assert (old_copy / "assignments" / self.NEW / "items" / face.name).read_text() == "mine"

    @pytest.mark.usefixtures("old_copy")
    def test_a_second_time_nothing_moves(self, tmp_path):
        refresh(course_root(), tmp_path, "ko")
        again = refresh(course_root(), tmp_path, "ko")
        assert (again.moved, again.added, again.updated, again.beside) == ([], [], [], [])

    def test_where_both_are_there_nothing_is_written_over(self, tmp_path, old_copy):
        new = old_copy / "assignments" / self.NEW
        new.mkdir()
        assert refresh(course_root(), tmp_path, "ko").moved == []
        assert (new.with_name(self.OLD) / "responses" / "a2-people.json").is_file()
