"""Exercises are made from solutions, the same every time, and drift is noticed."""

import shutil

import pytest
import tiny

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.build import build, build_packages, check, drift

CELLS_FILE = f"solutions/items/{tiny.CELLS}.yaml"


def files(tree):
    return {
        path.relative_to(tree).as_posix(): path.read_bytes()
        for path in tree.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def built(tmp_path):
    repo = tiny.write_repo(tmp_path / "repo")
    build(repo)
    return repo


def edit(repo, old, new):
    path = repo / CELLS_FILE
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_two_builds_are_the_same_to_the_byte(repo, tmp_path):
    build(repo, tmp_path / "one")
    build(repo, tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_each_language_gets_its_own_faces(built):
    for lang, title in (("ko", "작은 회사의 네 사람"), ("en", "Four people of a small firm")):
        face = built / "exercises" / lang / tiny.ASSIGNMENT / "items" / f"{tiny.CELLS}.json"
        assert title in face.read_text("utf-8")


def test_a_fresh_build_has_no_problems(built):
    assert check(built) == []


def test_an_edited_exercise_is_drift(built):
    path = built / "exercises/ko/tiny/tiny.ipynb"
    path.write_text(path.read_text("utf-8") + " ", "utf-8")
    assert [problem.where for problem in check(built)] == ["exercises/ko/tiny/tiny.ipynb"]


def test_a_missing_and_a_stray_exercise_are_drift(built):
    (built / "exercises/ko/tiny/tiny.ipynb").unlink()
    (built / "exercises/en/old").mkdir()
    (built / "exercises/en/old/x.txt").write_text("old", "utf-8")
    assert {problem.where for problem in drift(built)} == {
        "exercises/ko/tiny/tiny.ipynb",
        "exercises/en/old/x.txt",
    }


def test_a_build_takes_away_what_has_no_source(built):
    (built / "exercises/en/old").mkdir()
    build(built)
    assert not (built / "exercises/en/old").exists()


def test_a_changed_face_is_refused_and_nothing_is_written(built):
    before = files(built / "exercises")
    edit(built, "작은 회사의 네 사람", "다른 제목")
    with pytest.raises(GradingError, match=tiny.CELLS):
        build(built)
    assert files(built / "exercises") == before


def test_a_changed_face_may_be_allowed_while_nobody_has_it(built):
    edit(built, "작은 회사의 네 사람", "다른 제목")
    build(built, changed=[tiny.CELLS])
    assert check(built) == []


def test_only_the_faces_that_are_named_may_change(built):
    edit(built, "작은 회사의 네 사람", "다른 제목")
    other = built / "solutions/items" / f"{tiny.BOTH}.yaml"
    other.write_text(other.read_text("utf-8").replace("Two remarks", "Other words"), "utf-8")
    with pytest.raises(GradingError, match=tiny.BOTH) as error:
        build(built, changed=[tiny.CELLS])
    assert tiny.CELLS not in str(error.value)


def test_an_item_that_is_named_and_has_not_changed_is_told(built):
    with pytest.raises(GradingError, match="has not changed") as error:
        build(built, changed=[tiny.BOTH])
    assert tiny.BOTH in error.value.text.ko


def test_a_corrected_key_changes_no_exercise(built):
    before = files(built / "exercises")
    edit(built, "counts_as: [cfo]", "counts_as: [finance]")
    build(built)
    assert files(built / "exercises") == before


def test_a_source_with_responses_is_refused_in_both_languages(built):
    tiny.write_response(built / "solutions/ko/tiny", tiny.CELLS, {})
    with pytest.raises(GradingError, match="responses") as error:
        build(built)
    assert "덮어씁니다" in error.value.text.ko


def test_a_leak_in_a_lesson_or_a_working_copy_is_a_problem(built, tmp_path):
    (built / "notebooks/ko").mkdir(parents=True)
    (built / "notebooks/ko/x.md").write_text(tiny.SECRET_REASON, "utf-8")
    copy = tmp_path / "copy"
    shutil.copytree(built / "exercises", copy)
    (copy / "ko" / "x.md").write_text(tiny.SECRET_REASON, "utf-8")
    assert {problem.where for problem in check(built, extra=[copy])} == {
        "notebooks/ko/x.md",
        "copy/ko/x.md",
    }


@pytest.mark.parametrize("leaky", [True, False])
def test_wheel_and_sdist_are_built_and_searched(built, leaky):
    pytest.importorskip("hatchling")
    pytest.importorskip("build")
    (built / "pkg").mkdir()
    (built / "pkg/__init__.py").write_text(
        f"X = {tiny.SECRET_REASON!r}\n" if leaky else "", "utf-8"
    )
    (built / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "pkg"\nversion = "1"\nrequires-python = ">=3.11"\n'
        '[tool.hatch.build.targets.sdist]\ninclude = ["/pkg"]\n',
        "utf-8",
    )
    found = check(built, packages=True)
    assert bool(found) == leaky
    assert not leaky or {problem.where.partition("!")[0] for problem in found} == {
        "pkg-1-py3-none-any.whl",
        "pkg-1.tar.gz",
    }


def test_a_package_that_cannot_be_built_is_said(tmp_path):
    (tmp_path / "pyproject.toml").write_text("no toml at all", "utf-8")
    with pytest.raises(GradingError, match="cannot be built"):
        build_packages(tmp_path, tmp_path / "out")
