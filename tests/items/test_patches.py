"""What a patch overwrites, and cards that lie in one place only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bcourse.items import kind_of
from b2bcourse.items.patches import one_place, overwrites

ORDERING = kind_of("ordering")


class TestOverwrites:
    @pytest.mark.parametrize(
        ("now", "believed", "new", "lost"),
        [
            ("theirs", "mine", "mine too", True),
            ("theirs", None, "mine", True),
            ("theirs", "theirs", "mine", False),
            ("the same", None, "the same", False),
            ("", "mine", "mine too", False),
            (None, "mine", "mine too", False),
            ("theirs", "mine", None, True),
            (0, None, 2, True),
        ],
    )
    def test_only_what_its_sender_has_not_seen_is_lost(self, now, believed, new, lost):
        assert overwrites({"a": {"b": now}}, {"a": {"b": new}}, {"a": {"b": believed}}) is lost

    def test_what_stays_is_not_lost(self):
        assert not overwrites({"a": {"c": 1}}, {"a": {"b": 1, "c": 1}}, {})

    def test_what_a_kind_takes_away_by_itself_is(self):
        assert overwrites({"order": {"2": "x"}}, {"order": {"1": "x"}}, {"order": {}})
        assert not overwrites({"order": {"2": "x"}}, {"order": {"1": "x"}}, {"order": {"2": "x"}})

    def test_what_its_sender_has_put_there_itself_is_not_lost(self):
        assert not overwrites({"a": "x"}, {"a": "y"}, {}, {"a": "x"})

    def test_what_has_another_shape_by_now_is_lost_too(self):
        assert overwrites({"a": 7}, {"a": {"b": 1}}, {"a": "x"})


class TestOnePlace:
    def test_a_card_leaves_the_slot_where_it_was(self):
        value = ORDERING.merge({"order": {"1": "x", "2": "y"}}, {"order": {"3": "x"}})
        assert value == {"order": {"2": "y", "3": "x"}}

    def test_two_cards_may_change_places(self):
        value = ORDERING.merge({"order": {"1": "x", "2": "y"}}, {"order": {"1": "y", "2": "x"}})
        assert value == {"order": {"1": "y", "2": "x"}}

    @given(
        st.lists(
            st.dictionaries(
                st.sampled_from("123"), st.one_of(st.none(), st.sampled_from("xyz")), max_size=1
            ),
            max_size=12,
        )
    )
    def test_whatever_windows_do_in_turn_no_card_lies_twice(self, patches):
        value = {}
        for patch in patches:
            value = ORDERING.merge(value, {"order": patch})
        cards = list(value.get("order", {}).values())
        assert len(cards) == len(set(cards))

    def test_a_schedule_too(self):
        merge = kind_of("allocation").merge
        value = merge({"order": {"1": "job"}, "worth": 5}, {"order": {"2": "job"}})
        assert value == {"order": {"2": "job"}, "worth": 5}

    def test_what_has_no_order_stays_as_it_is(self):
        assert one_place({"numbers": {"a": {"b": 1}}}, {}) == {"numbers": {"a": {"b": 1}}}
