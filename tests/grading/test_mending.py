"""A handed-in folder put in order once."""

import os
import zipfile

import pytest

from b2bcourse.grading.handed import UNPACKED
from b2bcourse.grading.mending import Room, mend, tidy, unpack


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "ann" / "a2"
    made.mkdir(parents=True)
    (made / "a2.ipynb").write_text("mine", "utf-8")
    return made


def packed(path, **files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "/"), content)
    return path


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_what_is_in_order_stays_as_it_is(folder):
    (folder / "timestamp.txt").write_text("2026-11-22 05:03:11 UTC", "utf-8")
    before = names(folder)
    assert mend(folder, [folder / "a2.ipynb"]) == []
    assert names(folder) == before


def test_links_and_devices_are_taken_out_and_told(folder):
    (folder / "sub").mkdir()
    (folder / "sub" / "key").symlink_to("/etc/hostname")
    (folder / "all").symlink_to("/etc")
    os.mkfifo(folder / "pipe")
    assert sorted(mend(folder)) == ["all", "pipe", "sub/key"]
    assert names(folder) == ["a2.ipynb", "sub"]
    assert mend(folder) == []


def test_a_folder_that_is_read_only_is_tidied_too(folder):
    (folder / "gone").symlink_to("/nowhere")
    folder.chmod(0o555)
    assert tidy(folder) == ["gone"]


@pytest.mark.parametrize("stamp", ["yesterday or so", "", "\ud800"])
def test_a_time_that_is_none_is_taken_out(folder, stamp):
    (folder / "timestamp.txt").write_bytes(stamp.encode("utf-8", "surrogatepass"))
    mend(folder)
    assert names(folder) == ["a2.ipynb"]


def test_names_in_another_encoding_become_ones_that_can_be_written(folder):
    old = os.fsdecode("과제".encode("euc-kr"))
    (folder / old).mkdir()
    for name in (old, os.fsdecode("제과".encode("euc-kr"))):
        (folder / old / f"{name}.ipynb").write_text(name, "utf-8", "surrogateescape")
    mend(folder)
    unknown = "\ufffd" * 4
    inside = {f"{unknown}/{unknown}.ipynb", f"{unknown}/2-{unknown}.ipynb"}
    assert set(names(folder)) == {"a2.ipynb", unknown, *inside}
    assert len({path.read_bytes() for path in (folder / unknown).iterdir()}) == 2


def test_a_missing_notebook_is_put_in_as_released(folder, tmp_path):
    released = tmp_path / "b.ipynb"
    released.write_text("released", "utf-8")
    (folder / "a2.ipynb").rename(folder / "a2-kim.ipynb")
    mend(folder, [released])
    assert names(folder) == ["a2-kim.ipynb", "b.ipynb"]


def test_a_folder_in_a_notebooks_place_makes_room(folder, tmp_path):
    released = tmp_path / "b.ipynb"
    released.write_text("released", "utf-8")
    (folder / "b.ipynb").mkdir()
    mend(folder, [released])
    assert (folder / "b.ipynb").read_text("utf-8") == "released"
    assert (folder / "b.ipynb.folder").is_dir()


def test_an_archive_is_unpacked_beside_itself_once(folder):
    packed(folder / "a2.zip", responses_x="{}", note="n")
    mend(folder)
    inside = folder / f"a2.zip{UNPACKED}"
    assert names(inside) == ["note", "responses", "responses/x"]
    (inside / "note").write_text("changed", "utf-8")
    mend(folder)
    assert (inside / "note").read_text("utf-8") == "changed"


def test_an_archive_that_was_put_in_anew_is_unpacked_anew(folder):
    packed(folder / "a2.zip", note="old")
    mend(folder)
    packed(folder / "a2.zip", note="new")
    mend(folder)
    assert (folder / f"a2.zip{UNPACKED}" / "note").read_text("utf-8") == "new"


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "a\\..\\x"])
def test_one_that_leads_out_stays_packed(folder, name):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr(name, "x")
    assert not unpack(folder / "a.zip", folder / "into")
    assert names(folder) == ["a.zip", "a2.ipynb"]


def test_one_with_a_link_stays_packed(folder):
    entry = zipfile.ZipInfo("link")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert not unpack(folder / "a.zip", folder / "into")


@pytest.mark.parametrize("room", [Room(9, 10), Room(1000, 1)])
def test_one_for_which_there_is_no_room_stays_packed(folder, room):
    packed(folder / "a.zip", one="12345", two="12345")
    assert not unpack(folder / "a.zip", folder / "into", room)
    assert unpack(folder / "a.zip", folder / "into", Room(10, 2))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_archive_stays(folder, data):
    (folder / "a.zip").write_bytes(data)
    assert not unpack(folder / "a.zip", folder / "into")
    assert names(folder) == ["a.zip", "a2.ipynb"]


def test_one_that_is_damaged_inside_stays_packed_whole(folder):
    path = packed(folder / "a.zip", one="first", two="second")
    data = bytearray(path.read_bytes())
    at = data.index(b"second")
    data[at : at + 6] = b"SECOND"
    path.write_bytes(data)
    assert not unpack(path, folder / "into")
    assert names(folder) == ["a.zip", "a2.ipynb"]
