"""Reading the course's YAML: an error names the file and the field."""

import pytest
from msgspec import Struct

from b2bcourse.facts import DataError, Text, as_lang
from b2bcourse.facts.reading import read_yaml


class Thing(Struct, forbid_unknown_fields=True):
    name: Text
    count: int = 0


@pytest.fixture
def thing(tmp_path):
    def read(content):
        path = tmp_path / "thing.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_yaml(path, Thing)

    return read


def test_a_good_file_is_read(thing):
    assert thing("name: {ko: 값, en: value}\ncount: 3").name == Text("값", "value")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name: {ko: 값, en: value}\ncuont: 3", "cuont"),
        ("name: {ko: 값}", "en"),
        ("name: {ko: 값, en: 3}", r"\$\.name\.en"),
        ("name: {ko: 값, en: value}\ncount: '3'", r"\$\.count"),
        ("name: {ko: 값, en: value}\ncount: .nan", r"\$\.count"),
        ("count: 1\nname: {ko: ]", "line 2"),
        ("", "null"),
        (b"\xff\xfe\x00", "not valid YAML"),
    ],
    ids=["unknown", "missing", "type", "string for number", "NaN", "syntax", "empty", "binary"],
)
def test_a_bad_file_is_told_with_its_field(thing, content, told):
    with pytest.raises(DataError, match=rf"thing\.yaml: .*{told}"):
        thing(content)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DataError, match=r"absent\.yaml: cannot be read"):
        read_yaml(tmp_path / "absent.yaml", Thing)


def test_yaml_cannot_run_code(thing, tmp_path):
    mark = tmp_path / "ran"
    with pytest.raises(DataError):
        thing(f"name: !!python/object/apply:pathlib.Path.touch [{mark}]")
    assert not mark.exists()


def test_a_text_is_read_in_each_language():
    text = Text("값 {n}", "value {n}").format(n=2)
    assert (text["ko"], text["en"]) == ("값 2", "value 2")


def test_the_course_knows_two_languages():
    assert [as_lang("ko"), as_lang("en")] == ["ko", "en"]
    with pytest.raises(ValueError, match=r"'fr'.*ko, en"):
        as_lang("fr")
