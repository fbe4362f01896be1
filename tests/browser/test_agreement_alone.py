"""Answers that contradict each other, in the widget: told after Check, apart from the story."""

from __future__ import annotations

import alone
import msgspec
import pytest
from alone import axe, words

from b2bcourse.context import practice_item
from b2bcourse.items import agreement, kind_of

pytestmark = pytest.mark.browser

MAP, PLAN = practice_item("cap-map"), practice_item("cap-moves")
KIND = kind_of("matching")
WORDS = words("en", "matching")


def plan(theme="light"):
    """The page of a plan that asks the buyer for the yes, beside a right map."""
    face, key = KIND.face(PLAN, "en"), KIND.key(PLAN)
    slots = {card.card: slot for slot, card in key.cards.items()}
    value = KIND.model_answer(face, key)
    value["places"][slots["pi"]] = {"convince": 1}
    outcome = KIND.score(face, key, value, agreement.model_context([MAP]))
    feedback = msgspec.to_builtins(KIND.explain(face, key, outcome, value))
    return alone.html(msgspec.to_builtins(face), value, theme, feedback=feedback)


@pytest.fixture
def bench(chromium):
    bench = alone.Bench(chromium)
    yield bench
    assert bench.errors == []


def press(page, name):
    page.get_by_role("button", name=WORDS[name], exact=True).click()


def test_it_is_told_after_check_and_gone_when_one_tries_again(bench):
    page = bench.show(plan())
    told = page.locator(".b2b-note")
    assert told.count() == 0
    press(page, "check")
    told.first.wait_for()
    assert "Deciders are: Woo Yeon-hui, Guk Min-ho" in told.first.text_content()
    assert PLAN.consistent[0].reason.en in told.last.text_content()
    press(page, "retry")
    told.first.wait_for(state="detached")


def test_it_is_said_to_those_who_listen(bench):
    page = bench.show(plan())
    press(page, "check")
    page.locator("[role=status] .b2b-note").first.wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(bench, theme):
    page = bench.show(plan(theme))
    press(page, "check")
    page.locator(".b2b-note").first.wait_for()
    assert axe(page) == []
