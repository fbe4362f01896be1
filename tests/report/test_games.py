"""A class's games on one page: how they opened, turned and ended, who chose whom, the best reasons."""

import msgspec
import pytest
from classes import a_class, exercise, scored

from b2bcourse import simulation as sim
from b2bcourse.items.simulation.journal import begin_journal
from b2bcourse.items.simulation.journal import merge as play
from b2bcourse.report.games import games
from b2bcourse.report.games_page import page
from b2bcourse.simulation.reference import policy

WHY = "Because whoever signs has not been met, and the gate is shut."


def journal(face, student, name, turns=99):
    """A game as a policy plays it, with a reason at every turn."""
    begun = begin_journal(face, student)
    state, played = sim.begin(begun["scenario"], begun["seed"]), []
    plays = policy(name, begun["scenario"], begun["seed"])
    while not state.over and len(played) < turns:
        moves = plays(state)
        played.append({"decisions": msgspec.to_builtins(moves), "why": f"{WHY} {student}"})
        state, _ = sim.step(state, moves)
    return play(begun, {**begun, "turns": played})


@pytest.fixture(scope="module")
def simulation(graded_keys):
    return exercise(graded_keys["en"], 4, "capstone-simulation")


@pytest.fixture(scope="module")
def seen(simulation):
    face = simulation.question.face
    values = {
        "Ann <b>": journal(face, "ann", "textbook"),
        "Ben": journal(face, "ben", "price-only"),
        "Cho": journal(face, "cho", "textbook", turns=3),
    }
    answers = {name: {simulation.id: scored(simulation, v)} for name, v in values.items()}
    return a_class([simulation], answers, "en")


def test_the_best_comes_first_and_what_is_not_finished_is_told(seen):
    [found] = games(seen)
    assert found.played[0].pupil.name == "Ann <b>"
    assert [one.finished for one in found.played if one.pupil.name == "Cho"] == [False]
    assert all(one.opening for one in found.played)


def test_firms_are_counted_by_who_worked_for_them_and_who_won_them(seen):
    [found] = games(seen)
    assert found.chosen[0].worked >= found.chosen[-1].worked
    assert sum(one.won for one in found.chosen) == sum(len(one.customers) for one in found.played)


def test_only_reasons_of_turns_that_paid_are_read_aloud(seen):
    [found] = games(seen)
    paid = {one.pupil.name for one in found.played if one.turned and one.turned.paid}
    assert {pupil.name for pupil, _, _ in found.reasons} == paid
    assert all(why.startswith(WHY) for _, _, why in found.reasons)


def test_the_page_loads_nothing_and_takes_names_as_text(seen):
    told = page(seen, games(seen))
    assert "Ann &lt;b&gt;" in told
    assert "<script" not in told
    assert "http" not in told.replace("http-equiv", "")
    assert "Who chose whom" in told


def test_before_anybody_has_played_that_is_said(simulation):
    seen = a_class([simulation], {"Ann": {}}, "ko")
    assert games(seen) == ()
    assert "아직 둔 게임이 없습니다" in page(seen, ())
