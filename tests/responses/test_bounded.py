"""A file of unknown make is read only if it is one, and no larger than it may be."""

import os

import pytest

from b2bcourse.responses import bounded
from b2bcourse.responses.bounded import NotAFileError, TooLargeError, read_bounded


def test_a_file_within_the_limit_is_read_whole(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"x" * 10)
    assert read_bounded(path, 10) == b"x" * 10


def test_a_larger_one_is_not_read_and_its_size_is_told(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"x" * 11)
    with pytest.raises(TooLargeError) as caught:
        read_bounded(path, 10)
    assert caught.value.size == 11


def test_links_folders_and_pipes_are_no_files(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "nowhere").symlink_to(tmp_path / "b")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "nowhere", "pipe", "."):
        with pytest.raises(NotAFileError):
            read_bounded(tmp_path / name, 10)


def test_what_is_not_there_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_bounded(tmp_path / "a", 10)


def test_a_file_exchanged_for_a_pipe_between_look_and_opening_is_none(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe")
    real = os.open
    monkeypatch.setattr(bounded.os, "open", lambda _path, flags: real(tmp_path / "pipe", flags))
    with pytest.raises(NotAFileError):
        read_bounded(tmp_path / "a", 10)
