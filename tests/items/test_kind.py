"""The table of kinds, and what a kind's module must have."""

import sys
from types import ModuleType

import pytest

import b2bcourse.items
from b2bcourse.context import practice_item
from b2bcourse.items import KINDS, ItemError, agreement, choice, kind_of
from b2bcourse.items.held import HELD
from b2bcourse.items.kind import VERBS, ByHand, Heard, Played, Proved


def test_the_type_checker_holds_every_kind_of_the_table():
    assert [kind.__name__.rpartition(".")[2] for kind in HELD] == KINDS


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_every_verb(name):
    assert [verb for verb in VERBS if not hasattr(kind_of(name), verb)] == []


def test_what_only_some_kinds_can_do():
    able = {
        what: [name for name in KINDS if isinstance(kind_of(name), what)]
        for what in (ByHand, Heard, Proved, Played)
    }
    assert able == {
        ByHand: ["essay"],
        Heard: ["matching", "matrix"],
        Proved: ["allocation"],
        Played: ["simulation"],
    }


def test_nothing_is_held_against_a_kind_that_is_not_heard():
    item = practice_item("ch-risks")
    with pytest.raises(TypeError, match="nothing can be held against a choice: ch-risks"):
        agreement.context([item], {})


@pytest.mark.parametrize("name", ["agreement", "base", "../choice", "", "choice.key"])
def test_what_stands_in_no_table_is_no_kind(name):
    with pytest.raises(ItemError, match="there are: allocation, choice"):
        kind_of(name)


def test_a_kind_that_lacks_a_verb_is_refused_by_name(monkeypatch):
    made = ModuleType("b2bcourse.items.made")
    made.__dict__.update({verb: getattr(choice, verb) for verb in VERBS if verb != "judged"})
    monkeypatch.setitem(sys.modules, made.__name__, made)
    monkeypatch.setattr(b2bcourse.items, "KINDS", [*KINDS, "made"])
    with pytest.raises(ItemError, match="the kind 'made' lacks: judged"):
        kind_of("made")
