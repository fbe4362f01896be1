"""The generator is the published one, and a draw depends on nothing but its name."""

from hypothesis import given
from hypothesis import strategies as st

from b2bcourse.simulation.chance import between, draw, fnv1a, happens, some, splitmix64


def test_splitmix64_gives_the_published_numbers():
    state, found = 1234567, []
    for _ in range(5):
        state, number = splitmix64(state)
        found.append(number)
    assert found == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_fnv1a_gives_the_published_numbers():
    assert fnv1a("") == 0xCBF29CE484222325
    assert fnv1a("a") == 0xAF63DC4C8601EC8C
    assert fnv1a("foobar") == 0x85944171F73967E8


@given(st.integers(), st.text(), st.integers(-5, 5), st.integers(0, 9))
def test_a_number_is_drawn_within_its_bounds_and_always_the_same(seed, key, low, more):
    drawn = between(low, low + more, seed, key)
    assert low <= drawn <= low + more
    assert drawn == between(low, low + more, seed, key)


def test_draws_with_other_names_are_other_draws():
    assert len({draw(7, name, turn) for name in ("a", "b", "ab") for turn in range(100)}) == 300


def test_what_has_a_tenth_of_a_chance_happens_about_a_tenth_of_the_time():
    count = sum(happens(100, 1, "test", n) for n in range(5000))
    assert 430 < count < 570


def test_some_of_a_list_stand_in_the_order_of_the_list():
    chosen = some("abcdefgh", 3, 5, "letters")
    assert list(chosen) == sorted(chosen)
    assert len(set(chosen)) == 3
    assert some("ab", 3, 5) == ("a", "b")
