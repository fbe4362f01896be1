"""A whole game without a widget: lines are typed, the board is read, and the debrief is printed."""

import pytest
from msgspec import to_builtins

import b2bcourse as b2b
from b2bcourse.items.response import decode_response
from b2bcourse.items.simulation.typed import VERBS
from b2bcourse.simulation import replay, result, seed_for
from b2bcourse.simulation.policies import play
from b2bcourse.simulation.reference import policy

FIELDS = {
    "map": ["person"],
    "reference": ["person"],
    "probe": ["what"],
    "partner": ["how"],
    "answer": ["how"],
    "fix": ["how"],
    "test": ["which"],
    "accept": ["order"],
    "decline": ["order"],
    "offer": ["cut", "visits"],
    "negotiate": ["opening", "reserve"],
    "reassure": ["person", "fear"],
}


def typed(move, lang):
    """A move as somebody types it."""
    words = [VERBS[move["do"]][lang == "ko"], move["account"]]
    if move["do"] == "note":
        noted = [",".join(move[name]) or "-" for name in ("roles", "interests")]
        words += [move["person"], *noted, move["fear"] or "-"]
    words += [str(move[name]) for name in FIELDS.get(move["do"], [])]
    words += [f"{each['person']}={each['benefit']}" for each in move["messages"]]
    return " ".join([*words, *move["persons"]])


@pytest.fixture
def say(capsys):
    """Hands in the lines and returns what was printed."""

    def say(item, lines, **more):
        text = "\n".join(lines)
        b2b.respond(item, {**more, "turns": text} if more else text)
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return say


def saved(folder, item):
    return decode_response((folder / "responses" / f"{item}.json").read_bytes())


LINES = {
    "ko": ["만남 sodam 백은서; 만남 sodam 마준영; 만남 sodam 진소라; 니즈 sodam 값; 니즈 sodam 서비스 | 먼저 듣는다",
           "메모 sodam 진소라 사용자 365일 -; 제안 sodam 3 2 진소라=365일 | 들은 바람에 맞춘다",
           "협상 sodam 3 7 | 낮게 연다"],
    "en": ["meet sodam baek; meet sodam ma; meet sodam jin; ask sodam price | listen first",
           "note sodam jin user support_247 -; offer sodam 3 2 jin=support_247 | what was heard",
           "negotiate sodam 3 7 | open low"],
}  # fmt: skip


def test_three_turns_line_by_line(lesson_folder, lang, say):
    for number in range(1, 4):
        told = say("sim-tutorial", LINES[lang][:number])
        tries = saved(lesson_folder, "sim-tutorial").tries
        assert len(tries) == (1 if number == 3 else 0), "a game is one try, when it is over"
    value = saved(lesson_folder, "sim-tutorial").value
    assert [turn["why"] for turn in value["turns"]] == [
        line.partition("| ")[2] for line in LINES[lang]
    ]
    assert "100" in told
    assert {"ko": "진소라", "en": "Jin So-ra"}[lang] in repr(b2b.debrief("sim-tutorial"))


def test_the_debrief_waits_for_the_end(lesson_folder, lang, say):
    say("sim-tutorial", LINES[lang][:1])
    told = repr(b2b.debrief("sim-tutorial"))
    assert {"ko": "게임이 끝난 다음", "en": "when the game is over"}[lang] in told
    assert (lesson_folder / "responses").exists()


@pytest.mark.usefixtures("lesson_folder")
def test_a_debrief_of_what_is_no_game_is_refused_in_a_sentence(capsys):
    assert b2b.debrief("mx-cells") is None
    assert "mx-cells" in capsys.readouterr().out


@pytest.mark.usefixtures("lesson_folder")
def test_a_game_that_was_not_begun_has_no_debrief_yet():
    assert len(repr(b2b.debrief("sim-software")).splitlines()) == 3


def test_an_ended_turn_cannot_be_typed_otherwise(lesson_folder, lang, say):
    say("sim-tutorial", LINES[lang][:1])
    before = saved(lesson_folder, "sim-tutorial").value
    told = say("sim-tutorial", [LINES[lang][2]])
    assert told.startswith({"ko": "마친 턴은 바뀌지 않습니다", "en": "A turn that was ended"}[lang])
    assert saved(lesson_folder, "sim-tutorial").value == before


@pytest.mark.slow
def test_fourteen_turns_as_the_course_teaches(lesson_folder, lang, say):
    seed = seed_for("minji", "sim-software")
    end, turns = play("software", seed, policy("textbook", "software", seed))
    lines = []
    for turn in turns:
        moves = [typed(to_builtins(move), lang) for move in turn]
        lines.append(f"{'; '.join(moves)} | x")
        say("sim-software", lines, learner="minji")
    value = saved(lesson_folder, "sim-software").value
    assert value["seed"] == seed
    here = replay("software", seed, value["turns"])[-1]
    assert result(here, lang) == result(end, lang)
    assert result(here, lang)["points"] >= 50
