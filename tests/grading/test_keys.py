"""Where keys are, and what is said where they are not."""

import pytest
import tiny

from b2bcourse.grading.keys import Keys, KeysError


def test_the_language_comes_from_beside_the_keys(keys):
    assert keys.lang == "ko"
    assert keys.question(tiny.CELLS).face.lang == "ko"


def test_without_the_variable_there_are_no_keys():
    with pytest.raises(KeysError, match="B2BCOURSE_KEYS"):
        Keys.from_environment({})


def test_the_variable_points_to_them(keys):
    assert tiny.CELLS in Keys.from_environment({"B2BCOURSE_KEYS": str(keys.folder)})


@pytest.mark.parametrize("item", ["missing", "../secret", "", "UPPER", "a/b"])
def test_a_missing_key_is_said_in_both_languages(keys, item):
    with pytest.raises(KeysError) as error:
        keys.question(item)
    assert "정답이 없습니다" in error.value.text.ko
    assert "There is no key" in error.value.text.en


def test_an_essay_cannot_stand_in_an_autograded_cell(keys):
    with pytest.raises(KeysError, match="graded by hand"):
        keys.question(tiny.ESSAY)


@pytest.mark.parametrize(
    "content", ["", "{}", '{"schema":1,"lang":"fr"}', '{"schema":2,"lang":"ko"}']
)
def test_a_wrong_course_file_says_how_it_must_read(tmp_path, content):
    (tmp_path / "course.json").write_text(content, "utf-8")
    with pytest.raises(KeysError, match='"schema":1') as error:
        _ = Keys(tmp_path).lang
    assert str(tmp_path) in error.value.text.ko


def test_a_missing_course_file_is_said(tmp_path):
    with pytest.raises(KeysError, match=r"course\.json"):
        _ = Keys(tmp_path).lang


def test_a_broken_item_names_its_file(tmp_path):
    (tmp_path / "course.json").write_text('{"schema":1,"lang":"ko"}', "utf-8")
    (tmp_path / "bad.yaml").write_text("kind: matrix\n", "utf-8")
    with pytest.raises(KeysError, match="bad"):
        Keys(tmp_path).question("bad")
