"""The project's own gate: who has not read the question earns next to nothing."""

import json

import pytest
from typer.testing import CliRunner

from b2bcourse.authoring.catalogue import guesses
from b2bcourse.authoring.guessing import (
    BLIND,
    GUESSES,
    ITEM_LIMIT,
    MEAN_LIMIT,
    Guessed,
    guessed,
    means,
)
from b2bcourse.authoring.writing import kinds
from b2bcourse.commands import cli
from b2bcourse.items import load_item


@pytest.fixture(scope="module")
def told():
    """What every item of the bank and every graded one yields to each way of guessing."""
    return guesses()


def test_no_way_of_guessing_pays_on_any_item(told):
    assert ITEM_LIMIT == 0.25
    paying = {one.item: one.earned for one in told[0] if one.best >= ITEM_LIMIT}
    assert paying == {}


def test_nor_on_average_over_any_assignment(told):
    assert MEAN_LIMIT == 0.15
    paying = {
        (name, how): mean
        for name, by_how in told[1].items()
        for how, mean in by_how.items()
        if name.startswith("a") and how in BLIND and mean >= MEAN_LIMIT
    }
    assert paying == {}


def test_every_way_is_tried_on_every_item(told):
    for one in told[0]:
        assert set(one.earned) == set(GUESSES)
        assert all(0 <= earned <= 1 for earned in one.earned.values())
        assert one.earned["none"] == 0, one.item


@pytest.mark.parametrize("kind", kinds())
def test_a_skeleton_of_every_kind_keeps_the_limit(spoilt, kind):
    found = guessed(load_item(spoilt(kind)))
    if kind == "essay":
        assert found is None
    else:
        assert found.best < ITEM_LIMIT


def test_the_same_seed_makes_the_same_tries(spoilt):
    item = load_item(spoilt("matrix"))
    assert guessed(item, tries=20, seed=4) == guessed(item, tries=20, seed=4)
    assert guessed(item, tries=20, seed=4) != guessed(item, tries=20, seed=5)


def test_a_mean_is_taken_over_items_and_a_group_without_any_has_none():
    one = Guessed("a", dict.fromkeys(GUESSES, 0.1))
    two = Guessed("b", dict.fromkeys(GUESSES, 0.3))
    assert means({"lesson": [one, two], "empty": []}) == {
        "lesson": dict.fromkeys(GUESSES, pytest.approx(0.2))
    }


def test_the_command_tells_the_same_to_machines_and_to_people(told, monkeypatch):
    monkeypatch.setattr("b2bcourse.authoring.catalogue.guesses", lambda: told)
    done = CliRunner().invoke(cli.app, ["guess", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "items": {one.item: one.earned for one in told[0]},
        "means": told[1],
    }
    table = CliRunner().invoke(cli.app, ["guess"]).stdout
    for name in (*(one.item for one in told[0]), *told[1], *GUESSES):
        assert name in table
