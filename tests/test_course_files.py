"""What the course's files were called before."""

from b2bcourse.context import bank_folder
from b2bcourse.course_files import course_root, renamed, solutions_root


def test_every_new_name_is_there():
    table = renamed()
    items = {path.stem for path in (solutions_root() / "items").glob("*.yaml")}
    assert set(table.items.values()) <= items
    for lang in ("ko", "en"):
        there = {path.name for path in (course_root() / "exercises" / lang).iterdir()}
        assert set(table.assignments.values()) <= there


def test_no_old_name_is_given_to_anything_else():
    table = renamed()
    items = {path.stem for path in (solutions_root() / "items").glob("*.yaml")}
    practice = {path.stem for path in bank_folder().glob("*.yaml")}
    assert not set(table.items) & (items | practice)
    there = {path.name for path in (course_root() / "exercises" / "ko").iterdir()}
    assert not set(table.assignments) & there


def test_one_old_name_an_item():
    table = renamed()
    assert len(set(table.items.values())) == len(table.items)
    assert table.older("matrix-people") == ("a2-people",)
    assert table.older("mx-cells") == ()
