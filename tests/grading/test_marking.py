"""What a graded cell says beside its points."""

import json
import shutil

import tiny

from b2bcourse.context import bank_folder
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.marking import mark


def marked(tmp_path, item, value, lang="en"):
    """The mark of one answer to a bank item that is held as a graded one."""
    items, folder = tmp_path / "items", tmp_path / "submitted"
    items.mkdir()
    folder.mkdir()
    (items / "course.json").write_text(json.dumps({"schema": 1, "lang": lang}), "utf-8")
    shutil.copyfile(bank_folder() / f"{item}.yaml", items / f"{item}.yaml")
    keys = Keys(items)
    tiny.write_response(folder, item, tiny.response(keys, item, value))
    return mark(keys, item, folder, 10)


def test_what_a_plan_is_worth_is_not_called_right(tmp_path):
    text = marked(tmp_path, "al-visits", {"numbers": {"a": {"visits": 1}}}).text
    assert "9 million won 2 of 10 points." in text


def test_a_count_of_marks_is(tmp_path):
    text = marked(tmp_path, "ch-risks", {"chosen": {"bankrupt": 1}}).text
    assert "1 / 2 right." in text
