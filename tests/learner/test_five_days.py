"""Five days of a learner alone, who does what the card says: what is done, remembered, skipped."""

import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from b2bcourse.context import MANIFEST
from b2bcourse.facts.lessons import lessons
from b2bcourse.items.response import REVIEW, Response, Try, encode_response
from b2bcourse.learner.both import tries_of_both
from b2bcourse.learner.day import day
from b2bcourse.learner.reviews import MOST

MONDAY = datetime(2026, 11, 2, 20, tzinfo=UTC)
FORGOTTEN = "dmp-meaning"
"""What this learner gets wrong the first time, and remembers from the second day on."""


class Learner:
    """Somebody with a working copy, who sits down every evening."""

    def __init__(self, copy):
        self.copy, self.asked, self.skipped = copy, Counter(), []
        copy.mkdir()
        (copy / MANIFEST).write_text("{}", "utf-8")

    def tries(self):
        return tries_of_both(self.copy)

    def tries_item(self, item, now, *, right=True, occasion="lesson"):
        folder = self.copy / ("reviews" if occasion == REVIEW else "") / "responses"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{item}.json"
        before = self.tries().get(item, ()) if path.exists() else ()
        when = now.isoformat(timespec="seconds")
        own = tuple(one for one in before if (one.occasion == REVIEW) == (occasion == REVIEW))
        sitting = now.date().isoformat()
        one = Try(when, 1.0 if right else 0.2, sitting=sitting, occasion=occasion, helped=False)
        made = Response(2, item, "choice", {}, 1, when, "", tries=(*own, one))
        path.write_bytes(encode_response(made))

    def evening(self, number):
        """What the card says first, then one sitting; the small decision on every other day."""
        now = MONDAY + timedelta(days=number)
        card = day(self.tries(), now)
        for at, one in enumerate(card.reviews):
            self.asked[one.item] += 1
            self.tries_item(one.item, now + timedelta(minutes=at), occasion=REVIEW)
        sittings = [sitting for lesson in lessons()[1:3] for sitting in lesson.sittings]
        for item in sittings[number].items:
            self.tries_item(item, now + timedelta(minutes=10), right=item != FORGOTTEN)
        if card.decision and number % 2:
            self.tries_item(card.decision.item, now + timedelta(minutes=19))
        elif card.decision:
            self.skipped.append(card.decision.item)
        return card


@pytest.fixture
def week(tmp_path):
    learner = Learner(tmp_path / "en")
    return learner, [learner.evening(number) for number in range(5)]


def test_on_the_first_evening_nothing_comes_back_and_never_more_than_three(week):
    _, cards = week
    assert cards[0].reviews == ()
    assert all(len(card.reviews) <= MOST for card in cards)
    assert len({one.fact for card in cards for one in card.reviews}) > 1


def test_what_was_wrong_is_asked_on_the_next_evening(week):
    _, cards = week
    assert FORGOTTEN in {one.item for one in cards[1].reviews}


def test_what_is_remembered_again_comes_back_after_longer_and_longer(week):
    _, cards = week
    evenings = [
        number
        for number, card in enumerate(cards)
        if FORGOTTEN in {one.item for one in card.reviews}
    ]
    gaps = [later - earlier for earlier, later in pairwise(evenings)]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 1


def test_a_decision_that_was_skipped_waits_and_presses_nobody(week):
    learner, cards = week
    assert cards[0].decision is None, "nothing was begun yet"
    later = [card.decision.item for card in cards[2:] if card.decision]
    assert learner.skipped == [item for item in learner.skipped if item in later]


def test_all_that_was_tried_is_on_file(week):
    learner, _ = week
    reviews = [one for tries in learner.tries().values() for one in tries if one.occasion == REVIEW]
    assert len(reviews) == sum(learner.asked.values())


def test_a_copy_that_was_moved_asks_the_same(week, tmp_path):
    learner, _ = week
    elsewhere = tmp_path / "another disk" / "en"
    shutil.copytree(learner.copy, elsewhere)
    now = MONDAY + timedelta(days=9)
    assert day(tries_of_both(elsewhere), now) == day(learner.tries(), now)
