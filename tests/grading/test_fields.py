"""An essay's field as it was handed in: what can be read of it is shown, and nothing stops a run."""

import json

import pytest
import tiny

from b2bcourse.grading.fields import MAX_KEPT, MAX_SHOWN, read_fields
from b2bcourse.items.essay.value import MAX_CHARACTERS


@pytest.fixture
def read(tmp_path, keys):
    """What is read of a response, given as its value, as changed fields, or as a file's text."""

    def get(content, **about):
        if isinstance(content, dict):
            content = json.dumps(tiny.response(keys, tiny.ESSAY, content) | about)
        path = tiny.write_response(tmp_path, tiny.ESSAY, {})
        path.write_text(content, "utf-8")
        return read_fields(keys, [tiny.ESSAY], tmp_path, "en")[tiny.ESSAY]

    return get


def kept(text, why="window", saved="2026-11-22T05:00:00+00:00"):
    return {
        "time": "2026-11-22T06:00:00+00:00",
        "saved": saved,
        "value": {"text": text},
        "why": why,
    }


def test_a_text_is_read_without_a_note(read):
    field = read({"text": "one\ntwo", "self": {}})
    assert (field.text, field.notes, field.kept, field.raw) == ("one\ntwo", (), (), "")


@pytest.mark.parametrize("value", [{}, {"text": ""}, {"text": " \n"}])
def test_an_empty_one_is_none(read, value):
    assert not read(value)


def test_none_at_all_is_none(tmp_path, keys):
    assert not read_fields(keys, [tiny.ESSAY], tmp_path, "en")[tiny.ESSAY]


def test_of_another_version_it_is_shown_and_said(read):
    field = read({"text": "mine"}, face="0" * 64)
    assert field.text == "mine"
    assert field.notes == ("This was written for another version of the exercise.",)


def test_of_a_newer_release_it_is_shown_and_said(read):
    field = read({"text": "mine"}, schema=99)
    assert field.text == "mine"
    assert "format 99" in field.notes[0]


@pytest.mark.parametrize(
    "value", [{"text": 3}, {"texts": "mine"}, {"text": "a", "cells": {"b": 1}}]
)
def test_what_is_more_than_a_text_is_shown_as_it_lies_there(read, value):
    field = read(value)
    assert json.loads(field.raw) == value
    assert "more than a text" in field.notes[0]


@pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100_000])
def test_a_broken_file_is_shown_as_it_is(read, content):
    field = read(content)
    assert f"responses/{tiny.ESSAY}.json" in field.notes[0]
    assert field.raw == content[:MAX_SHOWN]


@pytest.mark.parametrize("end", ["", "\\", "\\u", '"}}'])
def test_of_one_that_breaks_off_the_text_is_read(read, end):
    field = read('{"value":{"text":"my \\uae00\\n te' + end)
    assert (field.text, field.raw) == ("my 글\n te", "")
    assert field.unread is not None


def test_of_one_that_lacks_what_a_response_has_the_text_is_read(read):
    field = read('{"value": {"text": "\\uae00"}}')
    assert field.text == "글"
    assert field.notes


def test_of_one_that_is_too_large_the_beginning_is_shown(read):
    field = read(json.dumps({"value": {"text": "mine" + "x" * 500_000}}))
    assert field.text == "mine" + "x" * (MAX_SHOWN - 4)
    assert field.notes


def test_an_answer_to_another_item_is_told(read):
    field = read({"text": "mine"}, item=tiny.CELLS)
    assert tiny.CELLS in field.notes[0]
    assert (field.text, field.raw) == ("mine", "")


def test_a_link_is_not_followed(tmp_path, keys):
    (tmp_path / "responses").mkdir()
    (tmp_path / "secret").write_text("the key")
    (tmp_path / "responses" / f"{tiny.ESSAY}.json").symlink_to(tmp_path / "secret")
    field = read_fields(keys, [tiny.ESSAY], tmp_path, "en")[tiny.ESSAY]
    assert field.notes
    assert field.raw == ""


def test_a_folder_of_answers_that_is_a_link_is_not_followed(tmp_path, keys):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    tiny.write_response(elsewhere, tiny.ESSAY, tiny.response(keys, tiny.ESSAY, {"text": "theirs"}))
    (tmp_path / "responses").symlink_to(elsewhere / "responses")
    field = read_fields(keys, [tiny.ESSAY], tmp_path, "en")[tiny.ESSAY]
    assert field.notes
    assert "theirs" not in field.text + field.raw


def test_a_longer_text_than_the_field_takes_is_shown_and_said(read):
    field = read({"text": "x" * (MAX_CHARACTERS + 1)})
    assert len(field.text) == MAX_CHARACTERS + 1
    assert "20001" in field.notes[0]


def test_versions_that_the_student_has_not_decided_about_are_shown_with_their_time(read):
    versions = [kept("older"), kept("left", "swapped"), kept("mine"), kept("older")]
    field = read({"text": "mine"}, schema=2, kept=versions)
    assert field.kept == (("Another version, set aside (2026-11-22 05:00 UTC)", "older"),)


def test_where_nothing_else_was_written_all_are_shown(read):
    field = read({"text": ""}, schema=2, kept=[kept("left", "swapped")])
    assert [text for _, text in field.kept] == ["left"]


def test_they_are_not_shown_without_end_and_that_is_said(read):
    versions = [kept(f"version {n}") for n in range(MAX_KEPT + 3)]
    field = read({"text": "mine"}, schema=2, kept=versions)
    assert [text for _, text in field.kept] == [f"version {n}" for n in (6, 5, 4, 3)]
    assert (
        f"3 more versions were set aside; they are in responses/{tiny.ESSAY}.json" in field.notes[0]
    )


def test_without_keys_it_is_read_too(tmp_path, keys):
    tiny.write_response(tmp_path, tiny.ESSAY, tiny.response(keys, tiny.ESSAY, {"text": "mine"}))
    assert read_fields(None, [tiny.ESSAY], tmp_path, "ko")[tiny.ESSAY].text == "mine"
