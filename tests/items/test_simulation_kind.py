"""The simulation as a kind of item: the journal only grows, and is worth what it replays to."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from b2bcourse.context import bank_folder
from b2bcourse.items import ItemError, ResponseError, kind_of, load_item
from b2bcourse.simulation import seed_for
from b2bcourse.simulation.policies import TEXTBOOK, play, styled

KIND = kind_of("simulation")
TUTORIAL = load_item(bank_folder() / "sim-tutorial.yaml")
SOFTWARE = load_item(bank_folder() / "sim-software.yaml")
LOOK = {"do": "watch", "account": "sodam"}


def face(item=TUTORIAL, lang="en"):
    return KIND.face(item, lang)


def turn(*moves, why="because"):
    return {"decisions": list(moves), "why": why}


def journal(*turns, item=TUTORIAL):
    return KIND.merge(KIND.begin_journal(face(item)), {"turns": list(turns)})


def worth(value, item=TUTORIAL):
    return KIND.score(face(item), KIND.key(item), value)


def test_a_journal_begins_with_the_items_seed_or_the_learners_own():
    assert KIND.blank(face())["seed"] == 3
    assert KIND.begin_journal(face(SOFTWARE), "Kim Min-ji")["seed"] == seed_for(
        "kim min-ji", SOFTWARE.id
    )


def test_turns_are_appended_and_marked():
    one = journal(turn(LOOK))
    two = KIND.merge(one, {"turns": [*one["turns"], turn(why="second")]})
    assert [each["why"] for each in two["turns"]] == ["because", "second"]
    assert two["turns"][0] == one["turns"][0]
    assert len({each["mark"] for each in two["turns"]}) == 2


@pytest.mark.parametrize(
    "patch",
    [
        {"turns": []},
        {"turns": [turn(why="other")]},
        {"turns": [turn(why="other"), turn(), turn()]},
        {"turns": "all"},
        {"turns": [turn(LOOK), turn()], "seed": 9},
        {"turns": [turn(LOOK), turn()], "scenario": "software"},
        {"again": True},
        {},
        {"seed": 8},
    ],
)
def test_what_is_shorter_or_says_otherwise_changes_nothing(patch):
    saved = journal(turn(LOOK), turn(LOOK))
    assert KIND.merge(saved, patch) == saved


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["x", "y"]), max_size=2), max_size=3),
    st.lists(st.lists(st.sampled_from(["x", "y"]), max_size=2), max_size=3),
)
def test_whatever_two_notebooks_save_no_turn_is_ever_lost(first, second):
    def turns(whys):
        return {"turns": [turn(why="".join(why)) for why in whys]}

    saved = KIND.merge(KIND.merge(KIND.blank(face()), turns(first)), turns(second))
    kept = [each["why"] for each in saved["turns"]]
    assert kept[: len(first)] == ["".join(why) for why in first][:3]


def test_a_turn_never_comes_to_stand_without_the_one_before_it():
    one = turns_of("a", "b")
    gap = {"turns": [{"decisions": [], "why": "b"}, {"decisions": [], "why": "c"}]}
    saved = KIND.merge(KIND.merge(KIND.blank(face()), {"turns": one}), gap)
    assert [each["why"] for each in saved["turns"]] == ["a", "b"]
    without_first = {**saved, "turns": saved["turns"][1:]}  # such as a version put back by hand
    grown = KIND.merge(without_first, {"turns": turns_of("x")})
    assert [each["why"] for each in grown["turns"]] == ["x"]
    assert grown["edited"] == without_first["turns"]
    assert len(KIND.states(grown)) == 2


def turns_of(*whys):
    return [{"decisions": [], "why": why} for why in whys]


def test_the_first_save_brings_the_head_and_a_check_without_a_change_keeps_all():
    head = KIND.begin_journal(face(SOFTWARE), "kim")
    saved = KIND.merge({}, {**head, "turns": [turn()]})
    assert saved["seed"] == head["seed"]
    assert KIND.merge(saved, {}) == saved


def test_turns_after_the_last_are_not_taken():
    assert len(journal(*[turn(LOOK)] * 9)["turns"]) == 3


def test_a_finished_practice_game_can_be_put_aside_and_counted():
    done = journal(turn(), turn(), turn())
    fresh = KIND.merge(done, {"again": True})
    assert (fresh["turns"], fresh["played"]) == ([], 1)
    graded = {**done, "again": False}
    assert KIND.merge(graded, {"again": True}) == graded


def full(item=TUTORIAL):
    seed = KIND.blank(face(item))["seed"]
    _, turns = play(item.scenario, seed, styled(TEXTBOOK))
    return journal(*(turn(*to_builtins(each)) for each in turns), item=item)


def test_a_journal_is_worth_what_it_replays_to():
    assert worth(full()).fraction > 0.9
    assert worth(journal(turn(LOOK), turn(), turn())).fraction < 0.1
    assert {part.id for part in worth(full()).parts} == {
        "profit",
        "trust",
        "reading",
        "order",
        "resources",
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda turns: turns[1].update(why="I knew it"),
        lambda turns: turns[1]["decisions"].pop(),
        lambda turns: turns[1].pop("mark"),
        lambda turns: turns.pop(0),
        lambda turns: turns[1].update(more=1),
    ],
)
def test_an_edited_journal_is_told_apart_and_counts_up_to_the_edit(change):
    value = copy.deepcopy(full())
    change(value["turns"])
    outcome = worth(value)
    assert outcome.fraction < worth(full()).fraction
    assert any("changed after it was saved" in note.en for note in outcome.notes)


def test_impossible_moves_are_told_and_what_was_done_before_them_counts():
    meet = [{"do": "map", "account": "sodam", "person": who} for who in ("baek", "ma")]
    outcome = worth(journal(turn(*meet, {"do": "fly"}, LOOK)))
    assert outcome.fraction > 0
    assert any("cannot be done" in note.en for note in outcome.notes)


def test_an_unfinished_game_counts_as_if_the_rest_were_idle():
    half = journal(turn(LOOK), turn())
    done = journal(turn(LOOK), turn(), turn(why=""))
    assert worth(half).fraction == worth(done).fraction
    notes = KIND.explain(face(), KIND.key(TUTORIAL), worth(half), half).notes
    assert any("unfinished" in note for note in notes)


def test_the_seed_recorded_counts_where_it_is_ones_own_and_no_other_where_it_is_given():
    other = {**KIND.blank(face()), "seed": 9}
    assert worth(KIND.merge(other, {"turns": [turn(LOOK)]})).notes
    own = KIND.merge(KIND.begin_journal(face(SOFTWARE), "lee"), {"turns": [turn()]})
    assert not worth(own, SOFTWARE).notes


def test_a_journal_of_another_items_game_is_told_and_earns_nothing():
    outcome = worth(journal(turn(LOOK), turn(), item=TUTORIAL), SOFTWARE)
    assert outcome.fraction == 0.0
    assert {part.verdict for part in outcome.parts} == {"not attempted"}
    assert [note.en for note in outcome.notes] == ["The record is of another scenario."]


def test_a_journal_of_an_older_engine_still_replays_under_its_own_rules(monkeypatch):
    from b2bcourse.items.simulation import journal as module
    from b2bcourse.simulation import engine

    old = full()
    broken = engine.Rules(engine.ENGINES[2].begin, lambda state, _: (state, ()))
    monkeypatch.setitem(engine.ENGINES, 3, broken)
    monkeypatch.setattr(module, "ENGINE", 3)
    assert KIND.blank(face())["engine"] == 3
    assert worth(old).fraction > 0.9
    grown = KIND.merge(journal_of_turns(old, 2), old)
    assert grown["engine"] == 2
    assert worth(grown).fraction == worth(old).fraction


def journal_of_turns(value, count):
    return {**value, "turns": value["turns"][:count]}


def test_a_why_is_kept_short():
    assert len(journal(turn(why="x" * 9999))["turns"][0]["why"]) == 300


def test_feedback_tells_every_part_with_what_it_was_measured_by(lang):
    shown, value = face(lang=lang), full()
    told = KIND.explain(shown, KIND.key(TUTORIAL), worth(value), value)
    assert told == KIND.judged(shown, KIND.key(TUTORIAL), worth(value), value)
    assert list(told.parts) == ["profit", "trust", "reading", "order", "resources"]
    assert all(part.lines[0].text for part in told.parts.values())
    blank = KIND.blank(shown)
    empty = KIND.explain(shown, KIND.key(TUTORIAL), worth(blank), blank)
    assert (empty.big, empty.parts) == ("0", {})


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("scenario", "nowhere", "scenario"),
        ("seed", 10_000, "seed"),
        ("seed", "mine", "seed"),
    ],
)
def test_an_item_that_cannot_be_played_says_why(field, value, said):
    raw = {
        "schema": 1,
        "id": "sim-x",
        "kind": "simulation",
        "scenario": "software",
        "title": {"ko": "놀이", "en": "game"},
        "task": {"ko": "하십시오.", "en": "Play."},
    }
    assert KIND.load(raw, "sim-x.yaml").seed == "own"
    with pytest.raises((ItemError, ValueError), match=said):
        KIND.load({**raw, field: value}, "sim-x.yaml")


def typed_line(data, moves, lang="en"):
    """A turn as a person would type it, from its moves."""
    from b2bcourse.items.simulation.typed import VERBS

    words = []
    for move in moves:
        order = {
            "map": [move.person],
            "partner": [move.how],
            "probe": [move.what],
            "offer": [move.cut, move.visits, *(f"{m.person}={m.benefit}" for m in move.messages)],
            "demo": move.persons,
            "reference": [move.person],
            "reassure": [move.person, move.fear],
            "answer": [move.how],
            "negotiate": [move.opening, move.reserve],
            "test": [move.which],
            "accept": [move.order],
            "decline": [move.order],
            "fix": [move.how],
            "note": [
                move.person,
                ",".join(move.roles) or "-",
                ",".join(move.interests) or "-",
                move.fear or "-",
            ],
        }.get(move.do, [])
        verb = VERBS[move.do][lang == "ko"]
        words.append(" ".join(map(str, [verb, move.account, *order])))
    return "; ".join(words) + " | because"


@pytest.mark.parametrize("item", [TUTORIAL, SOFTWARE], ids=["tutorial", "software"])
def test_a_complete_game_is_played_in_text(item, lang):
    """Turn after turn, as a person would: the same cell run again with one line more."""
    shown = face(item, lang)
    _, turns = play(item.scenario, KIND.blank(shown)["seed"], styled(TEXTBOOK))
    lines, saved = [], {}
    for moves in turns:
        lines.append(typed_line(None, moves, lang))
        typed = KIND.parse(shown, "\n".join(lines))
        saved = KIND.merge(saved, KIND.replacing(shown, typed))
    assert len(saved["turns"]) == len(turns)
    outcome = worth(saved, item)
    assert not outcome.notes
    assert outcome.fraction == pytest.approx(worth(full(item), item).fraction)


def test_people_customers_and_benefits_can_be_typed_by_name_in_either_language():
    typed = KIND.parse(
        face(), "1: 만남 소담학원 백은서; offer sodam 2 1 '진소라=Liaison office nearby' | 듣기"
    )
    first, second = typed["turns"][0]["decisions"]
    assert first == {"do": "map", "account": "sodam", "person": "baek"}
    assert second["messages"] == [{"person": "jin", "benefit": "near_office"}]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("fly sodam | because", "fly"),
        ("meet sodam nobody | because", "nobody"),
        ("meet sodam | because", "missing"),
        ("meet sodam ma", "reason"),
        ("offer sodam lots 2 | because", "lots"),
        ("note sodam ma boss | because", "boss"),
        ("search 'sodam | because", "search"),
        ("meet elsewhere ma | because", "elsewhere"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_turn_and_costs_nothing(line, said):
    with pytest.raises(ResponseError) as error:
        KIND.parse(face(), ["watch sodam | first", line])
    assert said in error.value.text.en
    assert "2" in error.value.text.ko


@pytest.mark.parametrize("typed", [None, 7, ["watch sodam | x", 3], {"turns": None}])
def test_what_is_no_text_is_told(typed):
    with pytest.raises(ResponseError):
        KIND.parse(face(), typed)


def test_the_learner_named_in_text_gets_the_own_game():
    typed = KIND.parse(face(SOFTWARE), {"learner": "kim", "turns": "search mir | look"})
    assert typed["seed"] == seed_for("kim", SOFTWARE.id)


def test_the_form_to_fill_in_can_itself_be_played(lang):
    for item in (TUTORIAL, SOFTWARE):
        form = KIND.template(face(item, lang))
        line = next(line for line in form.splitlines() if " | " in line)
        assert KIND.parse(face(item, lang), line)["turns"]
        assert form.startswith(f"b2b.respond('{item.id}'")
