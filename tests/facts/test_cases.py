"""The running case: two firms, their people, and who listens to whom."""

import re

import pytest
from msgspec import structs

from b2bcourse.facts import DataError
from b2bcourse.facts.cases import case, problems
from b2bcourse.facts.statements import group

HANGUL = re.compile("[가-힣]")


@pytest.fixture
def saesol():
    return case("saesol")


def with_people(story, *people):
    return structs.replace(story, customer=structs.replace(story.customer, people=people))


class TestSaesol:
    def test_everyone_has_a_wish_and_a_fear_in_both_languages(self, saesol):
        for person in (*saesol.vendor.people, *saesol.customer.people):
            for text in (person.name, person.title, person.does, person.wish, person.fear):
                assert text.ko.strip(), person.id
                assert text.en.strip(), person.id
                assert not HANGUL.search(text.en)

    def test_every_role_is_played(self, saesol):
        for role in group("roles"):
            assert saesol.playing(role.id), role.id

    def test_two_people_share_the_start_and_one_has_two_roles(self, saesol):
        assert [person.id for person in saesol.playing("role.initiator")] == ["han", "baek"]
        assert saesol.person("seo").roles == ("role.user", "role.gatekeeper")

    def test_who_is_heard_by_whom(self, saesol):
        assert set(saesol.influences) == {
            *(("lim", "jang"), ("oh", "jang"), ("koo", "lim"), ("do", "lim")),
            *(("baek", "han"), ("do", "koo"), ("jung", "do"), ("seo", "yoo")),
        }

    def test_the_vendors_people_can_be_found_as_well(self, saesol):
        assert saesol.person("moon").name.en == "Moon Ga-on"


class TestReading:
    def test_an_unknown_person_is_told_with_those_there_are(self, saesol):
        with pytest.raises(DataError, match=r"no person 'kim'.*moon.*oh"):
            saesol.person("kim")

    def test_an_unknown_case_is_an_error(self):
        with pytest.raises(DataError, match=r"nowhere\.yaml"):
            case("nowhere")

    def test_roles_and_listeners_must_exist(self, saesol):
        han = saesol.person("han")
        broken = structs.replace(han, roles=("role.boss",), listens_to=("nobody", "han"))
        assert problems(with_people(saesol, broken)) == [
            "han: no role 'role.boss'",
            "han listens to 'nobody', who is not there",
            "han listens to 'han', who is not there",
        ]

    def test_an_id_may_stand_once_only(self, saesol):
        baek = saesol.person("baek")
        assert problems(with_people(saesol, baek, baek)) == ["two people have the id 'baek'"]
