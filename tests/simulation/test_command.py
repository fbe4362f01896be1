"""`b2bcourse simulate` plays policies and tells the scores."""

import json

import pytest
from typer.testing import CliRunner

from b2bcourse.commands.cli import app
from b2bcourse.facts import DataError


def run(*words):
    return CliRunner().invoke(app, ["simulate", *words])


def test_a_policy_is_played_over_a_range_of_seeds():
    done = run("--policy", "textbook", "--scenario", "tutorial", "--seeds", "0-3", "--json")
    assert done.exit_code == 0, done.output
    rows = json.loads(done.output)
    assert [row["policy"] for row in rows] == ["textbook"]
    assert rows[0]["mean"] > 90
    assert sum(rows[0]["parts"].values()) == pytest.approx(rows[0]["mean"], abs=0.1)


def test_all_policies_stand_in_a_table():
    done = run("--scenario", "tutorial", "--seeds", "2")
    assert done.exit_code == 0
    for name in ("random", "price-only", "mapping-only", "reference"):
        assert name in done.output


@pytest.mark.parametrize(
    "words",
    [
        ("--policy", "luck"),
        ("--seeds", "a few"),
        ("--scenario", "nowhere"),
    ],
)
def test_what_does_not_exist_is_told_in_a_sentence(words):
    done = run(*words)
    assert isinstance(done.exception, DataError)
    assert words[1] in str(done.exception)
