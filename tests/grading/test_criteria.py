"""Points per criterion: whole, adding up to the cell's, and kept beside the gradebook."""

import re
from fractions import Fraction

import pytest

from b2bcourse.course_files import course_root
from b2bcourse.grading.criteria import Given, Worth, apportioned, criteria_of, keep, path_of, worths
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.rubric import essay_notes
from b2bcourse.items import load_item
from b2bcourse.items.essay import Criterion, Level

ESSAYS = sorted((course_root() / "solutions/items").glob("*-essay.yaml"))


class Rubric:
    """All that `worths` asks of an essay."""

    def __init__(self, *shares, levels=(1.0, 0.5, 0.0)):
        made = tuple(Level(share, None) for share in levels)
        self.rubric = tuple(Criterion(str(n), share, None, made) for n, share in enumerate(shares))


def maxima(rubric, points):
    return [worth.maximum for worth in worths(rubric, points)]


@pytest.mark.parametrize("points", [8, 10, 15, 20, 25, 26, 33])
@pytest.mark.parametrize("path", ESSAYS, ids=lambda path: path.stem)
def test_every_graded_essay_has_whole_points_that_add_up_to_the_cells(path, points):
    found = worths(load_item(path), points)
    assert sum(worth.maximum for worth in found) == points
    every = [each for worth in found for each in (worth.maximum, *worth.levels)]
    assert all(each == int(each) for each in every)


def test_the_shares_as_they_were_written_are_kept_where_they_are_whole():
    assert maxima(Rubric(0.28, 0.28, 0.24, 0.2), 25) == [7, 7, 6, 5]
    assert maxima(Rubric(0.2, 0.35, 0.25, 0.2), 20) == [4, 7, 5, 4]


def test_what_is_left_goes_to_the_largest_remainders_and_among_equals_to_the_first():
    assert maxima(Rubric(0.25, 0.25, 0.25, 0.25), 10) == [3, 3, 2, 2]
    assert maxima(Rubric(0.3, 0.3, 0.2, 0.2), 13) == [4, 4, 3, 2]
    assert apportioned([Fraction(1, 3)] * 3, 10) == [4, 3, 3]


def test_the_middle_level_of_five_points_is_three_and_no_level_is_beyond_its_criterion():
    assert worths(Rubric(1.0), 5)[0].levels == (5, 3, 0)
    assert worths(Rubric(1.0, levels=(0.0, 0.25, 0.75, 1.0)), 9)[0].levels == (0, 2, 7, 9)


def test_half_points_stay_where_whole_ones_would_leave_a_criterion_without_any():
    assert maxima(Rubric(0.25, 0.25, 0.25, 0.25), 2) == [0.5, 0.5, 0.5, 0.5]
    assert maxima(Rubric(0.5, 0.5), 12.5) == [6.5, 6.0]


def test_odd_points_add_up_too():
    assert sum(maxima(Rubric(0.3, 0.3, 0.4), 3.3333)) == pytest.approx(3.3333)


def test_an_essay_without_points_has_criteria_without_points():
    assert maxima(Rubric(0.5, 0.5), 0) == [0, 0]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_rubric_in_formgrader_tells_the_same_whole_points(tmp_path, lang):
    path = course_root() / "solutions/items/matrix-essay.yaml"
    (tmp_path / "course.json").write_text(f'{{"schema": 1, "lang": "{lang}"}}', "utf-8")
    (tmp_path / path.name).write_bytes(path.read_bytes())
    told = essay_notes(Keys(tmp_path), "matrix-essay", 25)
    points = re.findall(r"- (\d[\d.]*)(?:점| points):", told)
    assert points == ["7", "4", "0", "7", "4", "0", "6", "3", "0", "5", "3", "0"]


def test_the_level_reached_is_the_best_one_that_was_paid_for():
    worth = Worth("a", 7, (7, 4, 0))
    given = Given(points={"a": 5}, by="min", at="")
    assert given.level(worth) == 1
    assert Given(points={"a": 7}, by="min", at="").level(worth) == 0
    assert Given(points={}, by="min", at="").level(worth) is None


def test_what_was_given_is_read_back_and_another_essays_points_stay(tmp_path):
    first = Given(points={"a": 3, "b": 2.5}, by="min", at="2026-11-30T09:14:00+00:00")
    second = Given(points={"c": 1}, by="park", at="2026-11-30T09:20:00+00:00")
    keep(tmp_path, "a3", "kim", {"one": first})
    keep(tmp_path, "a3", "kim", {"two": second})
    assert criteria_of(tmp_path, "a3", "kim") == {"one": first, "two": second}
    assert criteria_of(tmp_path, "a3", "lee") == {}


def test_it_counts_only_while_the_gradebook_has_the_same_sum():
    given = Given(points={"a": 3, "b": 2.5}, by="min", at="")
    assert given.fits(5.5)
    assert not given.fits(6.0)
    assert not given.fits(None)


def test_a_broken_file_is_as_none_for_the_gradebook_decides(tmp_path):
    path = path_of(tmp_path, "a3", "kim")
    path.parent.mkdir(parents=True)
    path.write_text('{"schema": 1, "items": {"one": {"points"', "utf-8")
    assert criteria_of(tmp_path, "a3", "kim") == {}
