"""A scenario from an author's own case: it plays as it is, and what keeps it from playing is told."""

import msgspec
import pytest

from b2bcourse.authoring import territory
from b2bcourse.authoring.checking import check
from b2bcourse.authoring.territory import finish, new_scenario, played, sound
from b2bcourse.context import read_index, released_face
from b2bcourse.facts import DataError
from b2bcourse.grading.release import _scenario_of
from b2bcourse.items import ItemError, face_bytes, face_hash, kind_of, load_item
from b2bcourse.simulation import begin, scenarios
from b2bcourse.simulation import scenario as scenario_of
from b2bcourse.simulation.calibration import make_norms
from b2bcourse.simulation.reference import norms, norms_file
from b2bcourse.simulation.scenario import _OWN


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """A few games only; no scenario outlives its test."""
    monkeypatch.setattr(territory, "SEEDS", 2)
    monkeypatch.setattr(
        territory, "make_norms", lambda name, report, seeds=3: make_norms(name, report, seeds)
    )
    yield
    _OWN.clear()


@pytest.fixture
def beds(tmp_path):
    return new_scenario("beds", tmp_path / "items", "ko")


def changed(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_example_plays_as_it_is(tmp_path, lang):
    found = played(new_scenario("beds", tmp_path / "items", lang))
    assert found.faults(lang) == []
    assert found.told(lang)[-1] == territory.WORDS.plays[lang]
    assert found.means["textbook"] > 85


def test_both_languages_of_the_example_are_one_game(tmp_path):
    one, other = (
        msgspec.to_builtins(sound(new_scenario(f"beds-{lang}", tmp_path / "items", lang)))
        for lang in ("ko", "en")
    )

    def numbers(value):
        if isinstance(value, dict):
            return (
                {}
                if set(value) == {"ko", "en"}
                else {k: numbers(v) for k, v in value.items() if k != "id"}
            )
        return [numbers(each) for each in value] if isinstance(value, list | tuple) else value

    assert numbers(one) == numbers(other)
    assert one["accounts"][0]["name"] == {"ko": "새벽요양병원", "en": "새벽요양병원"}


def test_what_nobody_can_win_does_not_play(beds):
    text = beds.read_text("utf-8")
    for gap in ("[6, 12]", "[4, 10]", "[0, 6]"):
        text = text.replace(f"gap: {gap}", "gap: [90, 95]")
    beds.write_text(text, "utf-8")
    found = played(beds)
    assert any("배운 대로 해도" in fault for fault in found.faults("ko"))
    assert found.told("ko")[-1] == territory.WORDS.plays_not.ko
    assert any("하늘재활병원" in doubt for doubt in found.doubts("ko"))


def test_a_territory_without_a_risk_is_questioned(beds):
    found = played(changed(beds, "hazard: [70, 120]", "hazard: [0, 1]"))
    assert territory.WORDS.no_risk.ko in found.doubts("ko")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("counts_as: [ceo, cto]", "counts_as: [boss]", "nobody is called 'boss'"),
        ("roles: [[buyer]], fears: [target], support: [-1, 2]", "roles: [[user]], support: [-1, 2]", "nobody is sure to be the buyer"),
        ("strengths: [quality,", "strengths: [qualty,", "no benefit 'qualty'"),
        ("id: beds", "id: bets", "must be the file's name, beds"),
        ("turns: 14", "turns: many", "Expected `int`, got `str`"),
    ],
)  # fmt: skip
def test_what_cannot_be_played_is_told(beds, old, new, said):
    with pytest.raises(DataError, match=said):
        sound(changed(beds, old, new))


@pytest.mark.parametrize("name", ["software", "Beds", "침대"])
def test_a_name_that_is_taken_or_ill_formed_is_refused(tmp_path, name):
    with pytest.raises(ItemError, match="시나리오 이름"):
        new_scenario(name, tmp_path, "ko")


def test_nothing_is_overwritten(beds):
    with pytest.raises(ItemError, match="이미 있습니다"):
        new_scenario("beds", beds.parents[1], "ko")


def test_norms_are_of_the_scenario_as_it_is_and_former_ones_go(beds):
    first = finish(beds)
    assert norms("beds", 2) is not None
    changed(beds, "money: 32", "money: 33")
    sound(beds)
    assert norms("beds", 2) is None
    second = finish(beds)
    assert second != first
    assert list(beds.parent.glob("*.json")) == [second] == [norms_file("beds", 2)]


GAME = """schema: 1
lang: ko
id: my-game
kind: simulation
scenario: beds
seed: 1
title: 침대를 팔아 봅니다
task: 열네 턴 동안 팔아 보십시오.
source: background
"""


def test_a_game_on_it_can_be_released_and_played_beside_its_face_alone(beds, tmp_path):
    item = tmp_path / "items/my-game.yaml"
    item.write_text(GAME, "utf-8")
    with pytest.raises(ItemError, match="scenario finish"):
        load_item(item)
    assert ["scenario finish" in found.text for found in check(item, "ko")] == [True]
    finish(beds)
    _OWN.clear()
    assert check(item, "ko") == []
    authored = load_item(item)
    face = kind_of("simulation").face(authored, "ko")
    folder = tmp_path / "fetched"
    for name, data in {"items/my-game.json": face_bytes(face), **_scenario_of(face)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    entry = {"kind": "simulation", "face": "my-game.json", "hash": face_hash(face)}
    index = {"schema": 1, "lang": "ko", "items": {"my-game": entry}}
    (folder / "items/index.json").write_bytes(msgspec.json.encode(index))
    _OWN.clear()
    assert "beds" not in scenarios()
    assert released_face(folder, read_index(folder), "my-game") == face
    assert begin(face.scenario, 1).data.title.ko == "침대 백 개의 봄"
    kind = kind_of("simulation")
    key = kind.key(authored)
    for sample in kind.samples(authored):
        assert kind.score(face, key, sample.value).fraction == pytest.approx(
            sample.fraction, abs=sample.tolerance
        )


def test_a_game_on_a_scenario_that_was_changed_since_is_no_answer_to_the_new_one(beds, tmp_path):
    item = tmp_path / "items/my-game.yaml"
    item.write_text(GAME, "utf-8")
    finish(beds)
    kind, first = kind_of("simulation"), load_item(item)
    face = kind.face(first, "ko")
    played = kind.model_answer(face, kind.key(first))
    assert kind.score(face, kind.key(first), played).fraction == pytest.approx(1)
    changed(beds, "unit_price: 18", "unit_price: 19")
    finish(beds)
    again = load_item(item)
    new = kind.face(again, "ko")
    assert face_hash(new) != face_hash(face)
    outcome = kind.score(new, kind.key(again), played)
    assert (outcome.fraction, len(outcome.notes)) == (0, 1)


def test_a_scenario_that_is_gone_is_told(beds):
    sound(beds)
    beds.unlink()
    with pytest.raises(DataError, match="cannot be read"):
        scenario_of("beds")
