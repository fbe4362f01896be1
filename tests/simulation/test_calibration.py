"""The calibration table holds on a subset of seeds, and the book beats what is not in the book."""

import re
from math import sqrt
from pathlib import Path

import pytest
from games import LONG, SCENARIOS

import b2bcourse
from b2bcourse.simulation.calibration import EXPLOITS, exploits, repeated, row, table
from b2bcourse.simulation.engine import ENGINE, begin
from b2bcourse.simulation.measures import Raw, share
from b2bcourse.simulation.policies import NAIVE, play
from b2bcourse.simulation.reference import ON_FILE, POLICIES, norm, norm_of, norms, policy
from b2bcourse.simulation.score import SEEDS, seed_for

PAGE = Path(b2bcourse.__file__).parents[1] / "docs" / "calibration.md"
FEW = range(12)


def on_page(scenario):
    """The rows of the shipped table: policy to mean and standard error."""
    section = PAGE.read_text("utf-8").split(f"## {scenario}\n")[1].split("\n## ")[0]
    found = re.findall(r"^\| ([a-z ,-]+) \| ([\d.]+) \| ([\d.]+) \|", section, re.MULTILINE)
    return {name: (float(mean), float(error)) for name, mean, error in found}


@pytest.fixture(scope="module")
def means():
    """What every policy earns in every scenario over a few seeds."""
    return {name: {each.policy: each for each in table(name, FEW)} for name in SCENARIOS}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_shipped_table_is_what_a_subset_of_the_seeds_gives(name, means):
    shipped = on_page(name)
    for label in POLICIES:
        mean, error = shipped[label]
        chance = error * sqrt(ON_FILE / len(FEW))
        assert means[name][label].mean == pytest.approx(mean, abs=4 * chance + 0.5), label


@pytest.mark.parametrize("name", LONG)
def test_the_textbook_is_ahead_of_every_naive_policy_by_more_than_twice_the_error(name, means):
    book = means[name]["textbook"]
    for label in ("random", *NAIVE):
        other = means[name][label]
        assert book.mean - other.mean > 2 * sqrt(book.error**2 + other.error**2)


@pytest.mark.parametrize("name", LONG)
def test_on_the_shipped_table_too_over_all_seeds(name):
    shipped = on_page(name)
    book, error = shipped["textbook"]
    for label in ("random", *NAIVE):
        assert book - shipped[label][0] > 2 * sqrt(error**2 + shipped[label][1] ** 2)
    assert shipped["random"][0] < 20
    assert shipped["reference"][0] > 99
    turned = [mean for label, (mean, _) in shipped.items() if " " in label]
    assert len(turned) >= 9
    assert max(turned) < book


@pytest.mark.parametrize("name", LONG)
def test_chance_stays_under_twenty_and_mapping_people_alone_does_not_win(name, means):
    assert means[name]["random"].mean < 20
    assert means[name]["mapping-only"].mean < 30
    assert means[name]["mapping-only"].parts["profit"] == 0
    assert means[name]["reference"].mean == pytest.approx(100)


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_single_move_repeated_gets_anywhere(name):
    assert repeated(name, range(4)).mean < 10


LESSON = 15
"""What leaving out a lesson costs at least, in points of 100."""


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_whoever_leaves_out_a_lesson_falls_behind_the_book(name):
    seeds = range(60)
    book = row(name, "book", (play(name, s, policy("textbook", name, s))[0] for s in seeds))
    for each in exploits(name, seeds):
        chance = 2 * sqrt(book.error**2 + each.error**2)
        assert book.mean - each.mean > LESSON - chance, each.policy


@pytest.mark.parametrize("name", LONG)
def test_each_lesson_left_out_costs_fifteen_points_over_all_seeds_on_the_page(name):
    shipped = on_page(name)
    for label in EXPLOITS:
        assert shipped["textbook"][0] - shipped[label][0] >= LESSON, label


@pytest.mark.parametrize(
    ("name", "engine"),
    [*((name, 2) for name in SCENARIOS), ("software", 1), ("parts", 1), ("boilers", 1)],
)
def test_the_norms_on_file_are_the_ones_that_a_search_finds(name, engine):
    found = norms(name, engine)
    assert len(found.seeds) == ON_FILE
    assert found.seeds[5] == norm(name, 5, engine)


def test_a_seed_that_is_not_on_file_has_a_norm_of_its_own_and_never_anothers():
    far = ON_FILE + 5
    start = begin("software", far)
    assert norm_of(start) == norm("software", far)
    assert norm_of(start) != norms("software", ENGINE).seeds[5]
    assert norm_of(begin("software", 5)) == norms("software", ENGINE).seeds[5]


def test_seeds_are_salted_with_the_item_so_that_practice_rehearses_no_graded_game():
    names = [f"student{number}" for number in range(300)]
    same = sum(seed_for(name, "sim-kitchens") == seed_for(name, "capstone-game") for name in names)
    assert same < 3
    assert SEEDS >= 10_000


def test_a_students_seed_is_the_same_for_the_same_name_however_typed():
    assert seed_for("Kim Min-ji") == seed_for("  kim min-ji ")
    assert seed_for("각") == seed_for("각")  # composed and decomposed
    assert len({seed_for(f"student{number}") for number in range(400)}) > 380
    assert all(0 <= seed_for(str(number)) < SEEDS for number in range(50))


def test_a_share_runs_from_the_baseline_to_the_best():
    assert share(5, 5, 15) == 0
    assert share(10, 5, 15) == 0.5
    assert share(99, 5, 15) == 1
    assert share(-9, 5, 15) == 0
    assert share(0, 0, 0) == 0
    assert Raw(1, 2, 3, 4, 5).profit == 1


@pytest.mark.parametrize("name", LONG)
def test_the_best_exploit_that_a_search_found_stays_behind_the_book(name):
    section = PAGE.read_text("utf-8").split(f"## {name}\n")[1].split("\n## ")[0]
    found = float(re.search(r"finds earns ([\d.]+) ±", section).group(1))
    assert found < on_page(name)["textbook"][0]
