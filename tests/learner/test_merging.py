"""Two sets of practice answers become one when the learner says so, and no answer is thrown away."""

import json

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from typer.testing import CliRunner

import b2bcourse as b2b
from b2bcourse.commands.cli import app
from b2bcourse.context import MANIFEST, ContextError, practice_item
from b2bcourse.items import kind_of
from b2bcourse.items.base import Outcome
from b2bcourse.items.response import WINDOW, decode_response
from b2bcourse.learner.merging import MERGED, merge_answers
from b2bcourse.responses import Store
from b2bcourse.responses import store as module


def store(folder, item="es-meeting"):
    authored = practice_item(item)
    return Store(folder, kind_of(authored.kind).face(authored, "ko"), authored)


def on_disk(folder, item="es-meeting"):
    return decode_response((folder / "responses" / f"{item}.json").read_bytes())


@pytest.fixture
def at(monkeypatch):
    """Sets the clock that answers are dated by."""
    return lambda hour: monkeypatch.setattr(
        module, "_now", lambda: f"2026-03-02T{hour:02}:00:00+00:00"
    )


@pytest.fixture
def copy(tmp_path, write_index, monkeypatch):
    """A lesson copied into a folder of a working copy; both have answers of their own."""
    root = tmp_path / "ko"
    inner = root / "copy (1)"
    inner.mkdir(parents=True)
    (root / MANIFEST).write_text("{}")
    write_index(root, "ko")
    monkeypatch.chdir(inner)
    return inner


class TestMerging:
    @pytest.mark.parametrize(
        ("copied", "value", "kept"),
        [(9, "in the copy", "in the root"), (7, "in the root", "in the copy")],
    )
    def test_the_later_is_the_answer_and_the_other_is_kept_and_offered(
        self, copy, at, copied, value, kept
    ):
        at(8)
        store(copy.parent).save({"text": "in the root"})
        at(copied)
        store(copy).save({"text": "in the copy"})
        at(10)
        assert merge_answers(copy).both == 1
        found = on_disk(copy.parent)
        assert found.value["text"] == value
        assert [(one.value["text"], one.why) for one in found.kept] == [(kept, WINDOW)]
        assert store(copy.parent).read().offer.kept.value["text"] == kept

    def test_an_answer_that_only_the_copy_has_comes_over_with_its_tries(self, copy):
        store(copy.parent, "mx-cells").save({"cells": {"tech": {"cto": 1}}})
        store(copy).save({"text": "in the copy"}, tried=Outcome(0.5))
        done = merge_answers(copy)
        assert (done.count, done.both, done.left) == (1, 0, ())
        assert on_disk(copy.parent).value["text"] == "in the copy"
        assert [one.fraction for one in on_disk(copy.parent).tries] == [0.5]
        assert on_disk(copy.parent).kept == ()

    def test_tries_and_versions_of_both_stay_in_order(self, copy):
        for folder, fraction in ((copy, 0.25), (copy.parent, 0.75)):
            store(folder).save({"text": "a"})
            store(folder).save({"text": "b"}, was={}, tried=Outcome(fraction))
        merge_answers(copy)
        found = on_disk(copy.parent)
        assert sorted(one.fraction for one in found.tries) == [0.25, 0.75]
        assert [one.time for one in found.tries] == sorted(one.time for one in found.tries)
        assert {one.value["text"] for one in found.kept} == {"a"}

    def test_an_emptied_answer_takes_no_answers_place(self, copy, at):
        at(8)
        store(copy.parent).save({"text": "in the root"})
        at(9)
        store(copy).save({"text": ""})
        merge_answers(copy)
        assert on_disk(copy.parent).value["text"] == "in the root"

    def test_one_without_a_date_is_the_earlier(self, copy):
        for folder in (copy, copy.parent):
            store(folder).save({"text": folder.name})
        path = copy / "responses" / "es-meeting.json"
        path.write_text(json.dumps(json.loads(path.read_bytes()) | {"time": "some day"}))
        merge_answers(copy)
        assert on_disk(copy.parent).value["text"] == "ko"

    def test_the_files_are_set_aside_and_the_next_practice_finds_one_set(self, copy):
        for folder in (copy, copy.parent):
            store(folder).save({"text": folder.name})
        before = (copy / "responses" / "es-meeting.json").read_bytes()
        merge_answers(copy)
        assert (copy / "responses" / MERGED / "es-meeting.json").read_bytes() == before
        [note] = b2b.practice("es-meeting").view.notes
        assert str(copy.parent) in note

    def test_a_second_time_overwrites_nothing_that_was_set_aside(self, copy):
        store(copy.parent).save({"text": "root"})
        for text in ("first", "second"):
            store(copy).save({"text": text})
            merge_answers(copy)
        assert len(list((copy / "responses" / MERGED).iterdir())) == 2

    def test_what_cannot_be_read_or_is_newer_stays_where_it_is_and_is_named(self, copy):
        store(copy.parent).save({"text": "root"})
        for item in ("es-meeting", "mx-cells"):
            store(copy, item).save({})
        path = copy / "responses" / "es-meeting.json"
        path.write_text(json.dumps(json.loads(path.read_bytes()) | {"schema": 99}))
        (copy / "responses" / "mx-cells.json").write_text("broken")
        (copy / "responses" / "not-an-item.json").write_text("{}")
        done = merge_answers(copy)
        assert {item for item, _ in done.left} == {"es-meeting", "mx-cells", "not-an-item"}
        assert path.exists()
        assert on_disk(copy.parent).value["text"] == "root"

    def test_another_users_stays_and_so_does_what_cannot_be_moved(self, copy, monkeypatch):
        for folder in (copy, copy.parent):
            store(folder).save({"text": folder.name})
        with monkeypatch.context() as patch:
            patch.setattr(module, "is_anothers", lambda path: copy in path.parents)
            assert "another user" in merge_answers(copy).left[0][1].en
        (copy / "responses" / MERGED).write_text("in the way")
        assert "Not saved" in merge_answers(copy).left[0][1].en
        assert (copy / "responses" / "es-meeting.json").exists()


class TestRefusals:
    def test_where_there_is_nothing_to_merge_it_says_so(self, copy):
        with pytest.raises(ContextError, match="no practice answers in"):
            merge_answers(copy)
        store(copy).save({"text": "a"})
        with pytest.raises(ContextError, match="nothing to merge with"):
            merge_answers(copy)

    def test_an_assignments_answers_stay_beside_its_notebook(self, copy, write_index):
        for folder in (copy, copy.parent):
            store(folder).save({"text": folder.name})
        write_index(copy, "ko", "a3")
        with pytest.raises(ContextError, match="an assignment's"):
            merge_answers(copy)
        assert on_disk(copy.parent).value["text"] == "ko"


class TestAsking:
    @pytest.fixture
    def two(self, copy):
        for folder in (copy, copy.parent):
            store(folder).save({"text": folder.name})
        return copy

    def test_a_second_set_is_named_with_what_brings_both_together(self, two):
        told = b2b.practice("es-meeting").view.notes[-1]
        assert str(two.parent) in told
        assert "한데 모으려면" in told
        assert on_disk(two).value["text"] == "copy (1)", "never silently"

    def test_what_it_says_does_so(self, two):
        told = b2b.practice("es-meeting").view.notes[-1]
        line = told[told.index("%run") : told.rindex('"') + 1]
        with capture_output() as said:
            InteractiveShell().run_cell(line)
        assert "모았습니다" in said.stdout
        assert {one.value["text"] for one in on_disk(two.parent).kept} | {
            on_disk(two.parent).value["text"]
        } == {"ko", "copy (1)"}

    def test_an_assignments_answers_are_no_second_set(self, two, write_index):
        write_index(two, "ko", "a3")
        assert not [note for note in b2b.practice("es-meeting").view.notes if "%run" in note]

    def test_the_command_tells_what_it_did_and_what_it_left(self, two):
        (two / "responses" / "not-an-item.json").write_text("{}")
        done = CliRunner().invoke(app, ["merge-answers", str(two)])
        assert done.exit_code == 0
        assert "not-an-item" in done.output
        assert CliRunner().invoke(app, ["merge-answers", str(two.parent)]).exit_code == 1
