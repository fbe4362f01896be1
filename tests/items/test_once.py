"""What is made once for each object that is held, and never taken for another's."""

from b2bcourse.items.once import made_once


def counted():
    asked = []

    @made_once
    def length(given):
        asked.append(given)
        return len(given)

    return length, asked


def test_the_same_object_is_asked_about_once():
    length, asked = counted()
    cells = ["a", "b"]
    assert [length(cells), length(cells)] == [2, 2]
    assert asked == [cells]


def test_an_equal_one_is_another():
    length, asked = counted()
    length(["a"])
    length(["a"])
    assert len(asked) == 2


def test_one_that_has_taken_the_place_of_another_in_memory_gets_its_own():
    length, _ = counted()
    for number in range(2_000):  # more than are remembered, each in memory that was let go
        assert length([None] * (number % 7)) == number % 7
