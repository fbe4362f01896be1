"""Whatever is said of an answer is said in whole sentences: every template over every item."""

import re
from pathlib import Path

import msgspec
import pytest
import yaml
from answers import answers, read_out
from practice_bank import PRACTICE

from b2bcourse import render
from b2bcourse.facts import LANGS
from b2bcourse.facts.korean import SPECS
from b2bcourse.facts.slips import slips
from b2bcourse.items import kind_of, load_bank

REPOSITORY = Path(__file__).parents[2]
ITEMS = PRACTICE | load_bank(REPOSITORY / "solutions" / "items")
WORDS = sorted(
    path
    for path in (REPOSITORY / "b2bcourse").rglob("*.yaml")
    if "bank" not in path.parts and "templates" not in path.parts
)
# A particle that bends, right behind a place that is filled in later.
_BENT = re.compile(
    r"\}[»”]*(?:은|는|이|가|을|를|과(?! ·)|와|으로|로|이라|라는|이며|이나)(?=[\s,.·)»]|$)"
)
_WON = "백만원}"  # ends in 원, whatever the number


def said_of(item, lang):
    """All that the kit can say of answers to an item."""
    kind = kind_of(item.kind)
    face, key = kind.face(item, lang), kind.key(item)
    yield from read_out(msgspec.to_builtins(face))
    if face.kind != "essay" or face.rubric:
        yield kind.template(face)
    for value in answers(kind, item, face, key):
        outcome = kind.score(face, key, value)
        again = frozenset(part.id for part in outcome.parts)
        told = kind.explain(face, key, outcome, value, again)
        yield from read_out(msgspec.to_builtins(told))
        yield from read_out(msgspec.to_builtins(kind.judged(face, key, outcome, value)))
        if isinstance(value, dict):
            yield render.text(face, value, told)


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_nothing_is_said_wrongly_of_any_answer(item, lang):
    wrong = {slip for text in set(said_of(item, lang)) for slip in slips(text, lang)}
    assert not wrong, "\n".join(sorted(wrong))


def _templates(raw, place=""):
    if isinstance(raw, dict):
        for name, value in raw.items():
            yield from _templates(value, f"{place}.{name}")
    elif isinstance(raw, list):
        for number, value in enumerate(raw):
            yield from _templates(value, f"{place}[{number}]")
    elif isinstance(raw, str):
        yield place, raw


@pytest.mark.parametrize("path", WORDS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_no_template_guesses_the_sound_of_what_is_filled_in(path):
    """A particle that bends is asked for, ``{name:을를}``, and never written behind a place."""
    wrong = [
        f"{place}: {text}"
        for place, text in _templates(yaml.safe_load(path.read_text("utf-8")))
        for hit in _BENT.finditer(text)
        if not text[: hit.start() + 1].endswith(_WON)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", WORDS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_no_sentence_of_the_kit_has_a_slip_of_form(path):
    wrong = []
    for place, text in _templates(yaml.safe_load(path.read_text("utf-8"))):
        lang = place.rpartition(".")[2].partition("[")[0]
        filled = re.sub(r"\{[^{}]*\}", "가나", text)
        wrong += [f"{place}: {slip}" for slip in slips(filled, lang)] if lang in LANGS else []
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("물이 끓기를 기다린다.가 면을 넣는다.보다 먼저입니다.", "a particle after a stop"),
        ("«계약서에 서명한다.»가 빠졌습니다.", "a particle after a stop"),
        ("이 답안(이)가 없습니다.", "two particles"),
        ("문제을(를) 찾습니다.", "two particles"),
        ("28백만 원입니다.", "2,800만 원"),
        ("113천 원입니다.", "2,800만 원"),
        ("구매팀를 만납니다.", "does not fit"),
        ("{name} 만나기", "nothing fills"),
        ("끝났습니다..", "two stops"),
    ],
)
def test_a_slip_is_found(text, slip):
    assert any(slip in found for found in slips(text, "ko")), slips(text, "ko")


@pytest.mark.parametrize("text", ["6 % off", "6 per cent off", "It costs 12000 won."])
def test_a_number_in_another_style_is_found_in_english(text):
    assert slips(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "3천만 원을 밑집니다.",
        "값이 6%를 넘습니다…",
        "“얼마입니까?”라고 물었습니다.",
        "국가와 평가가 다릅니다.",
    ],
)
def test_what_is_right_is_let_pass(text):
    assert slips(text, "ko") == []


def test_every_spec_that_a_template_asks_for_is_known():
    asked = {
        spec
        for path in WORDS
        for _, text in _templates(yaml.safe_load(path.read_text("utf-8")))
        for spec in re.findall(r"\{\w+:([가-힣]+)\}", text)
    }
    assert asked <= {*SPECS, "백만원"}
