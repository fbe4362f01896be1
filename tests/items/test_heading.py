"""The heading over an exercise follows the item's title until an author writes another."""

import pytest

from b2bcourse.items import heading


def test_a_changed_title_goes_into_the_heading_and_nowhere_else():
    begun = heading.begun("x", "Old")
    now = heading.followed(f"{begun.source}\n\nOld words, 20 points", begun.about, "New")
    assert now.source == "## New\n\nOld words, 20 points"
    assert (now.was, now.own) == ("Old", False)
    assert heading.followed(now.source, now.about, "New") == heading.Heading(
        now.source, now.about, own=False, was="New"
    )


@pytest.mark.parametrize("source", ["## 1. Mine", "no heading", ""])
def test_what_an_author_wrote_stays(source):
    about = heading.begun("x", "Old").about
    found = heading.followed(source, about, "New")
    assert (found.source, found.about, found.own) == (source, about, True)


def test_a_heading_of_another_level_is_followed_and_a_backslash_is_a_letter():
    about = heading.begun("x", "Old").about
    assert heading.followed("# Old", about, r"\1 New").source == r"# \1 New"


def test_an_author_who_wrote_the_title_herself_is_followed_from_then_on():
    about = heading.begun("x", "Old").about
    assert heading.followed("## New", about, "New").about == heading.begun("x", "New").about


@pytest.mark.parametrize("about", [None, [], {}, {"field": "x-field"}, {"title_of": 3}])
def test_other_cells_are_nobodys(about):
    assert heading.item_of(about) == ""
    assert heading.item_of(heading.begun("x", "Old").about) == "x"


def test_a_cell_of_an_older_release_is_taken_as_it_reads():
    about = heading.adopted("x", "## Old")
    assert heading.followed("## Old", about, "New").source == "## New"
    assert heading.followed("", heading.adopted("x", ""), "New").own
