"""Equal mistakes: found where somebody copied, not where a class shares a belief or by chance."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from classes import a_class, exercise, scored
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bcourse import simulation as sim
from b2bcourse.grading.records import Record
from b2bcourse.items.simulation.journal import begin_journal
from b2bcourse.items.simulation.journal import merge as play
from b2bcourse.report import pairs as module
from b2bcourse.report import reading
from b2bcourse.report.findings import find
from b2bcourse.report.lists_part import pairs_part
from b2bcourse.report.marks import moves_of, wrong_marks
from b2bcourse.report.pairs import built_in_games, pairs, same_games, standing_out
from b2bcourse.simulation.reference import policy


def chance_class(seed, students=24, mistakes=80):
    """Students of different skill, mistakes of different frequency, nobody copies."""
    chance = np.random.default_rng(seed)
    skill, hard = chance.beta(2, 2, students), chance.beta(0.5, 4, mistakes)
    made = chance.random((students, mistakes)) < np.clip(1.5 * np.outer(skill, hard), 0, 1)
    return [frozenset(f"{n:03d}" for n in np.flatnonzero(row)) for row in made]


def test_a_copy_stands_out():
    found = chance_class(3)
    source = max(range(len(found)), key=lambda place: len(found[place]))
    copier = (source + 1) % len(found)
    found[copier] = found[source]
    assert sorted((source, copier)) in [sorted(pair) for pair in standing_out(found)]


def test_the_same_class_gives_the_same_pairs():
    found = chance_class(5)
    found[2] = found[7]
    assert standing_out(found) == standing_out(found)


@pytest.mark.slow
def test_hardly_any_class_without_copies_has_a_pair():
    """Under one in a hundred is promised; of 200 classes six or more would be 1 in 60 by chance."""
    alarms = sum(bool(standing_out(chance_class(seed))) for seed in range(200))
    assert alarms <= 5


@pytest.mark.parametrize(
    "mistakes", [[], [frozenset()], [frozenset("abcdef")], [frozenset("abc")] * 2]
)
def test_few_mistakes_or_few_students_tell_nothing(mistakes):
    assert standing_out(mistakes) == []


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(2, 9), st.integers(1, 12))
def test_a_shuffled_class_keeps_what_every_student_and_every_mistake_had(seed, students, mistakes):
    chance = np.random.default_rng(seed)
    table = chance.random((students, mistakes)) < 0.4
    traded = module._traded(table, chance)
    assert (traded.sum(axis=0) == table.sum(axis=0)).all()
    assert (traded.sum(axis=1) == table.sum(axis=1)).all()


# ---------------------------------------------------------------- what counts as a mistake


def marks_of(exercise, value):
    seen = a_class([exercise], {"one": {exercise.id: scored(exercise, value)}})
    return wrong_marks(seen.pupils[0], [exercise])


@pytest.fixture
def people(graded_keys):
    return exercise(graded_keys["en"], 1, "matrix-people", 20.0)


def model(exercise):
    question = exercise.question
    return question.kind.model_answer(question.face, question.key)


def test_a_right_answer_holds_no_mistake(people):
    assert marks_of(people, model(people)) == frozenset()


def test_a_person_marked_everywhere_is_a_belief_and_no_slip(people):
    value = model(people)
    for marks in value["cells"].values():
        marks["cheon"] = 1
    assert marks_of(people, value) == frozenset()


def test_everything_marked_is_a_guess(people):
    columns = [column.id for column in people.question.face.columns]
    value = {"cells": {row.id: dict.fromkeys(columns, 1) for row in people.question.face.rows}}
    assert marks_of(people, value) == frozenset()


def test_two_benefits_mixed_up_are_no_slips(people):
    value = model(people)
    cells = value["cells"]
    cells["near_office"], cells["near_factory"] = cells["near_factory"], cells["near_office"]
    assert len(marks_of(people, value)) <= 1


def test_single_wrong_marks_are_mistakes_of_their_own(people):
    value = model(people)
    value["cells"]["quality"]["choo"] = 1
    value["cells"]["digital"]["ha"] = 1
    assert marks_of(people, value) == {"1:quality/choo", "1:digital/ha"}


def test_a_plan_that_is_not_the_best_is_one_mistake(graded_keys):
    plan = exercise(graded_keys["en"], 3, "choosing-portfolio")
    value = {"numbers": {"a": {"take": 1}, "b": {"take": 1}}}
    assert len(marks_of(plan, value)) == 1
    assert marks_of(plan, value) == marks_of(plan, dict(value))
    assert marks_of(plan, model(plan)) == frozenset()


def test_cards_out_of_order_are_mistakes_with_their_places(graded_keys):
    road = exercise(graded_keys["en"], 2, "steps-road")
    value = model(road)
    order = value["order"]
    order["1"], order["5"] = order["5"], order["1"]
    assert all("@" in mark for mark in marks_of(road, value))
    assert marks_of(road, value)


# ---------------------------------------------------------------- a class


def with_slips(people, seed, count=9):
    """The model answer with some wrong marks of one's own."""
    chance, value = np.random.default_rng(seed), model(people)
    free = [
        (row.id, column.id)
        for row in people.question.face.rows
        for column in people.question.face.columns
        if column.id not in value["cells"][row.id]
    ]
    for place in chance.choice(len(free), count, replace=False):
        row, column = free[int(place)]
        value["cells"][row][column] = 1
    return value


def test_who_copied_is_told_with_what_others_share(people):
    values = {f"s{n:02d}": with_slips(people, n) for n in range(20)}
    values["s19"] = values["s04"]
    seen = a_class([people], {n: {people.id: scored(people, v)} for n, v in values.items()}, "en")
    (found,) = pairs(seen)
    assert (found.one.name, found.other.name) == ("s04", "s19")
    assert found.of == (found.common, found.common)
    assert found.exercise.number == 1
    assert found.usual[1] < found.common
    assert sum(found.counts.values()) == 20 * 19 // 2 - 1


def test_a_belief_that_many_share_accuses_nobody(people):
    values = {f"s{n:02d}": with_slips(people, n, count=2) for n in range(20)}
    for name in ("s01", "s05", "s09", "s13"):
        for marks in values[name]["cells"].values():
            marks["cheon"] = 1
    seen = a_class([people], {n: {people.id: scored(people, v)} for n, v in values.items()}, "en")
    assert pairs(seen) == []


def test_names_change_nothing(people):
    values = [with_slips(people, n) for n in range(20)]
    values[7] = values[12]

    def found(names):
        answers = {n: {people.id: scored(people, v)} for n, v in zip(names, values, strict=True)}
        return [pair.common for pair in pairs(a_class([people], answers, "en"))]

    assert found([f"s{n:02d}" for n in range(20)]) == found([f"z{99 - n}" for n in range(20)])


# ---------------------------------------------------------------- games


def game(face, turns):
    value = begin_journal(face, "somebody")
    decisions = [{"decisions": moves, "why": ""} for moves in turns]
    return play(value, {"turns": decisions})


def test_games_equal_move_for_move_are_told(graded_keys):
    simulation = exercise(graded_keys["en"], 4, "capstone-simulation")
    accounts = game(simulation.question.face, [])["seed"]
    assert isinstance(accounts, int)
    same = game(simulation.question.face, [[{"move": "visit", "n": n}] for n in range(6)])
    other = game(simulation.question.face, [[{"move": "visit", "n": n + 1}] for n in range(6)])
    values = {"a": same, "b": dict(same), "c": other}
    seen = a_class(
        [simulation], {n: {simulation.id: scored(simulation, v)} for n, v in values.items()}
    )
    (found,) = same_games(seen)
    assert [pupil.name for pupil in found.pupils] == ["a", "b"]


def test_a_game_that_a_policy_of_the_kits_own_plays_is_named(graded_keys):
    simulation = exercise(graded_keys["en"], 4, "capstone-simulation")
    begun = game(simulation.question.face, [])
    turns, state = [], sim.begin(begun["scenario"], begun["seed"])
    book = policy("textbook", begun["scenario"], begun["seed"])
    while not state.over:
        turns.append(msgspec.to_builtins(book(state)))
        state, _ = sim.step(state, turns[-1])
    played = {
        "a": game(simulation.question.face, turns),
        "b": game(simulation.question.face, [*turns[:8], [], *turns[9:]]),
    }
    seen = a_class(
        [simulation], {n: {simulation.id: scored(simulation, v)} for n, v in played.items()}
    )
    assert [(one.pupil.name, one.policy) for one in built_in_games(seen)] == [("a", "textbook")]


class TestSeeds:
    @pytest.fixture
    def simulation(self, graded_keys):
        return exercise(graded_keys["en"], 4, "capstone-simulation")

    def page(self, simulation, others):
        played = scored(simulation, game(simulation.question.face, [[]] * 3))
        seen = a_class([simulation], {n: {simulation.id: played} for n in ("a", "b")}, "en")
        pupils = tuple(
            replace(one, other_seeds=(simulation.id,) if one.name in others else ())
            for one in seen.pupils
        )
        return pairs_part(find(replace(seen, pupils=pupils)))

    def test_a_students_own_is_nothing_to_tell(self, simulation):
        own = scored(simulation, begin_journal(simulation.question.face, "kim"))
        assert not reading._is_other_seed(simulation, Record("kim", "Kim"), own)
        assert reading._is_other_seed(simulation, Record("lee", "Lee"), own)
        assert "drawn from" not in self.page(simulation, ())

    def test_anothers_is_told_as_what_it_may_be(self, simulation):
        assert "A log-in that differs from the id does that too." in self.page(simulation, ("b",))

    def test_everybodys_is_one_sentence_about_the_log_ins(self, simulation):
        told = self.page(simulation, ("a", "b"))
        assert "most likely log-ins and ids differ" in told
        assert "this student" not in told


def test_a_short_game_is_nobodys_copy(graded_keys):
    simulation = exercise(graded_keys["en"], 4, "capstone-simulation")
    short = game(simulation.question.face, [[{"move": "visit"}]] * 3)
    assert moves_of(scored(simulation, short)) == ""
    assert moves_of(scored(simulation, {"turns": "no"})) == ""
