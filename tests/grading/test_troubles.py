"""The one list of what could not be matched, read or kept whole."""

import json

from msgspec.structs import replace

from b2bcourse.facts import Text
from b2bcourse.grading.troubles import Trouble, record, see, troubles_of, waiting

ONE = Trouble(
    student="ann",
    what="unread",
    file="responses/a.json",
    item="a",
    found=Text("읽을 수 없습니다.", "It cannot be read."),
    done=Text("두었습니다.", "Kept."),
    todo=Text("보기", "look"),
)
OTHER = replace(ONE, item="b", file="responses/b.json")


def test_of_nobody_there_are_none(tmp_path):
    assert troubles_of(tmp_path, "a2") == []
    assert waiting(tmp_path, "a2", "ann") == []


def test_a_step_replaces_what_it_found_before_and_leaves_the_others(tmp_path):
    record(tmp_path, "a2", "ann", "collect", [ONE])
    record(tmp_path, "a2", "ann", "grade", [OTHER])
    record(tmp_path, "a2", "ann", "grade", [])
    assert troubles_of(tmp_path, "a2") == [(ONE, None)]


def test_who_has_none_gets_no_file(tmp_path):
    record(tmp_path, "a2", "ann", "grade", [])
    assert not (tmp_path / "troubles").exists()


def test_what_was_seen_stays_in_the_list_and_waits_no_longer(tmp_path):
    record(tmp_path, "a2", "ann", "grade", [ONE, OTHER])
    see(tmp_path, "a2", "ann", [ONE], "kim")
    assert waiting(tmp_path, "a2", "ann") == [OTHER]
    assert [seen.by if seen else None for _, seen in troubles_of(tmp_path, "a2")] == ["kim", None]
    record(tmp_path, "a2", "ann", "grade", [ONE, OTHER])
    assert waiting(tmp_path, "a2", "ann") == [OTHER]


def test_another_file_is_another_trouble(tmp_path):
    record(tmp_path, "a2", "ann", "grade", [replace(ONE, digest="1")])
    see(tmp_path, "a2", "ann", [replace(ONE, digest="1")], "kim")
    record(tmp_path, "a2", "ann", "grade", [replace(ONE, digest="2")])
    assert len(waiting(tmp_path, "a2", "ann")) == 1


def test_what_was_seen_stays_seen_when_a_newer_kit_says_it_in_other_words(tmp_path):
    said = replace(ONE, digest="1")
    record(tmp_path, "a2", "ann", "grade", [said])
    see(tmp_path, "a2", "ann", [said], "kim")
    reworded = replace(said, found=Text("열 수 없습니다.", "It cannot be opened."))
    record(tmp_path, "a2", "ann", "grade", [reworded])
    assert waiting(tmp_path, "a2", "ann") == []


def test_what_nobody_can_tell_to_be_the_same_waits_when_it_is_said_in_other_words(tmp_path):
    record(tmp_path, "a2", "ann", "grade", [ONE])
    see(tmp_path, "a2", "ann", [ONE], "kim")
    other = replace(ONE, found=Text("너무 많습니다.", "There are too many."))
    record(tmp_path, "a2", "ann", "grade", [other])
    assert waiting(tmp_path, "a2", "ann") == [other]


def test_where_it_is_kept_makes_no_other_trouble_of_it():
    assert replace(ONE, kept="troubles/a2/ann.kept/x").id == ONE.id


def test_what_was_put_right_by_itself_is_told_and_does_not_wait(tmp_path):
    record(tmp_path, "a2", "ann", "grade", [replace(ONE, waits=False)])
    assert waiting(tmp_path, "a2", "ann") == []
    assert len(troubles_of(tmp_path, "a2")) == 1


def test_a_list_of_before_there_was_a_word_on_waiting_waits(tmp_path):
    record(tmp_path, "a2", "ann", "grade", [ONE])
    path = tmp_path / "troubles" / "a2" / "ann.json"
    content = json.loads(path.read_text("utf-8"))
    for trouble in content["steps"]["grade"]:
        trouble.pop("waits", None)
        trouble.pop("digest", None)
    path.write_text(json.dumps(content), "utf-8")
    assert waiting(tmp_path, "a2", "ann") == [ONE]


def test_a_folder_beside_the_lists_is_none(tmp_path):
    record(tmp_path, "a2", "ann", "grade", [ONE])
    (tmp_path / "troubles" / "a2" / "ann.kept").mkdir()
    assert len(troubles_of(tmp_path, "a2")) == 1


def test_a_damaged_list_is_set_aside_and_begun_anew(tmp_path):
    record(tmp_path, "a2", "ann", "grade", [ONE])
    path = tmp_path / "troubles" / "a2" / "ann.json"
    path.write_text("{", "utf-8")
    record(tmp_path, "a2", "ann", "grade", [OTHER])
    assert waiting(tmp_path, "a2", "ann") == [OTHER]
    assert path.with_name("ann.json.damaged").read_text("utf-8") == "{"
