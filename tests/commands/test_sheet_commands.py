"""The commands for workbooks: from the example to an assignment, and what they refuse."""

import json

import openpyxl
import pytest

from b2bcourse.commands import cli


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """A command as its program runs it, in a Korean course folder."""
    (tmp_path / "items").mkdir()
    (tmp_path / "items/course.json").write_text(json.dumps({"schema": 1, "lang": "ko"}), "utf-8")
    monkeypatch.chdir(tmp_path)

    def go(*words):
        monkeypatch.setattr("sys.argv", ["b2bcourse", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return ended.value.code or 0, said.out, said.err

    return go


def test_from_the_example_to_an_assignment(run, tmp_path):
    status, said, _ = run("item", "sheet", "병상 (1)")
    assert (status, "병상 (1).xlsx: 본보기입니다" in said) == (0, True)
    assert run("item", "from-sheet", "병상 (1).xlsx", "--check")[0] == 0
    assert list((tmp_path / "items").glob("*.yaml")) == []
    status, said, _ = run("item", "from-sheet", "병상 (1).xlsx")
    assert status == 0
    command = said.strip().splitlines()[-1].partition(": ")[2].split()
    assert command[:3] == ["b2bcourse", "assignment", "new"]
    assert run("assignment", "new", "hw", *command[4:])[0] == 0
    assert (tmp_path / "source/hw/hw.ipynb").exists()


def test_a_fault_is_told_by_its_cell_and_nothing_is_written(run, tmp_path):
    run("item", "sheet", "beds.xlsx", "--lang", "ko")
    opened = openpyxl.load_workbook("beds.xlsx")
    opened["표"]["C4"] = "까닭만 있습니다."
    opened.save("beds.xlsx")
    for words in (("from-sheet", "beds.xlsx"), ("check", "beds.xlsx")):
        status, said, regret = run("item", *words)
        assert status == 1
        assert "시트 '표', 칸 C4: 오류: 표시가 없습니다." in said
        assert "고칠 곳이 1군데" in regret
    assert list((tmp_path / "items").glob("*.yaml")) == []


def test_items_go_into_a_workbook_and_none_is_overwritten(run):
    run("item", "new", "choice", "first")
    status, said, _ = run("item", "to-sheet", "first.xlsx", "items/first.yaml")
    assert (status, said) == (0, "first.xlsx: 문항 1개를 옮겼습니다.\n")
    status, _, regret = run("item", "to-sheet", "first.xlsx", "items/first.yaml")
    assert status == 1
    assert "이미 있습니다" in regret


def test_a_missing_workbook_is_one_sentence(run):
    status, _, regret = run("item", "from-sheet", "gone.xlsx")
    assert status == 1
    assert regret == "b2bcourse: gone.xlsx: No such file or directory\n"
