"""After a first failed check what is there is judged, and nothing of what is missing is told."""

import msgspec
import pytest

from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_bank, staging
from b2bcourse.items.judging import judge
from b2bcourse.items.response import Try

BANK = load_bank(bank_folder())
STAGED = [item for item in BANK.values() if item.kind not in {"essay", "simulation"}]
WRONG = Try("2026-12-01T00:00:00Z", 0.3, ("one",))
RIGHT = Try("2026-12-01T00:00:00Z", 1.0)


def answered(item, lang="en"):
    """The samples of an item that are neither right nor blank, each with its outcome."""
    kind = kind_of(item.kind)
    face, key = kind.face(item, lang), kind.key(item)
    for sample in kind.samples(item):
        outcome = judge(kind, face, key, sample.value, [], {})
        if isinstance(sample.value, dict) and outcome.fraction < 1:
            yield kind, face, key, outcome, sample.value


def states(feedback):
    """Every verdict in a feedback, wherever it stands."""
    plain = msgspec.to_builtins(feedback)
    found = [said["state"] for said in plain["parts"].values()]
    found += [said["state"] for said in plain.get("columns", {}).values()]
    return found + [each for row in plain.get("cells", {}).values() for each in row.values()]


@pytest.mark.parametrize("item", STAGED, ids=lambda item: item.id)
def test_no_verdict_of_a_first_check_says_what_is_missing(item):
    for kind, face, key, outcome, value in answered(item):
        first = kind.staged(face, key, outcome, value)
        assert not {"missed", "left"} & set(states(first)), value


@pytest.mark.parametrize("item", STAGED, ids=lambda item: item.id)
def test_the_whole_comes_with_the_second_failure_or_a_right_answer(item):
    for kind, face, key, outcome, value in answered(item):
        for tries, stage in (((WRONG,), "first"), ((WRONG, WRONG), "whole")):
            told = staging.told(kind, face, key, outcome, value, tries)
            blank = all(part.verdict == "not attempted" for part in outcome.parts)
            assert told.stage == ("whole" if blank else stage)
    kind = kind_of(item.kind)
    face, key = kind.face(item, "ko"), kind.key(item)
    best = kind.model_answer(face, key)
    outcome = kind.score(face, key, best)
    if outcome.fraction == 1:
        assert staging.told(kind, face, key, outcome, best, (RIGHT,)).stage == "whole"


@pytest.mark.parametrize("item", STAGED, ids=lambda item: item.id)
def test_a_wrong_mark_of_ones_own_has_its_reason(item):
    for kind, face, key, outcome, value in answered(item):
        first = kind.staged(face, key, outcome, value)
        for said in first.parts.values():
            if said.state == "wrong" and said.lines:
                assert any(line.text or line.lead for line in said.lines)
