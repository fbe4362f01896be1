"""Every fact of the course stands once, in two languages, with the document that it is from."""

import re
from collections import Counter

import pytest

from b2bcourse.facts import DataError, benefits
from b2bcourse.facts.reading import read_yaml
from b2bcourse.facts.statements import (
    TOPICS,
    Statement,
    _File,
    _take,
    group,
    statements,
)
from b2bcourse.facts.text import Text

HANGUL = re.compile("[가-힣]")

# How many facts the five documents hold, topic by topic, the inferences from them included.
COUNTED = {
    "process": 22,
    "unit": 31,
    "exchange": 41,
    "matrix": 33,
    "ten_steps": 51,
    "value_cycle": 31,
    "selection": 25,
}
GROUPS = {
    "dmp_phases": [f"dmp5.{n}" for n in range(1, 6)],
    "dmp_steps": [f"dmp8.{n}" for n in range(1, 9)],
    "roles": [
        *("role.initiator", "role.user", "role.buyer"),
        *("role.influencer", "role.decider", "role.gatekeeper"),
    ],
    "exchange": [f"flow.{mark}" for mark in "㉮㉯㉰㉱㉲"],
    "benefits": [benefit.fact for benefit in benefits().benefits],
    "ten_steps": [f"ten.{n}" for n in range(1, 11)],
    "value_steps": [f"vc.{n}" for n in range(1, 7)],
    "selection": [f"sel.{n}" for n in range(1, 5)],
}
FACTS = list(statements().values())


def fact(name, **also):
    return Statement(id=name, section="1.", text=Text(ko="가", en="a"), **also)


class TestTheFacts:
    def test_each_document_is_there_in_full(self):
        assert Counter(fact.topic for fact in FACTS) == COUNTED
        assert list(COUNTED) == list(TOPICS)

    @pytest.mark.parametrize("name", GROUPS)
    def test_a_group_has_its_members_in_the_documents_order(self, name):
        assert [fact.id for fact in group(name)] == GROUPS[name]

    def test_there_are_no_other_groups(self):
        assert {fact.group for fact in FACTS} == {*GROUPS, ""}

    @pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
    def test_a_fact_is_a_sentence_in_each_language_with_source_and_section(self, fact):
        assert HANGUL.search(fact.text.ko)
        assert not HANGUL.search(fact.text.en)
        for text in (fact.text.ko, fact.text.en):
            assert text.endswith(".")
            assert text == text.strip()
            assert "!" not in text
        assert re.fullmatch(r"00[0-4]_[0-9a-f]{16}\.txt", fact.source)
        assert fact.section

    def test_korean_facts_keep_to_one_manner_of_speaking(self):
        for fact in FACTS:
            assert re.search(r"(니다|시오)\.$", fact.text.ko), fact.id

    def test_no_sentence_stands_twice(self):
        for lang in ("ko", "en"):
            counted = Counter(fact.text[lang] for fact in FACTS)
            assert counted.most_common(1)[0][1] == 1

    def test_main_facts_have_names_in_both_languages(self):
        for fact in FACTS:
            if fact.group:
                assert HANGUL.search(fact.name.ko), fact.id
                assert fact.name.en, fact.id
            assert bool(fact.name.ko) == bool(fact.name.en)

    def test_a_detail_belongs_to_a_main_fact_of_its_own_topic(self):
        for fact in FACTS:
            if fact.part_of:
                whole = statements()[fact.part_of]
                assert whole.group, fact.id
                assert whole.topic == fact.topic
                assert fact.id.startswith(f"{whole.id}.")
                assert not fact.group

    def test_no_detail_is_left_without_its_main_fact(self):
        for fact in FACTS:
            whole, _, _ = fact.id.rpartition(".")
            if whole in statements():
                assert fact.part_of == whole

    def test_what_the_documents_do_not_say_is_marked(self):
        assert {fact.id for fact in FACTS if fact.inference} == {
            *("dmp.five_to_eight", "dmu.department_is_not_role", "flow.㉮.who_starts"),
            *("dmp8.2.1", "flow.unnamed", "mx.members", "vc.difference"),
            *("role.user.3", "ten.7.2"),
        }

    def test_a_benefit_has_the_name_that_the_matrix_shows(self):
        for benefit in benefits().benefits:
            assert statements()[benefit.fact].name == benefit.name

    @pytest.mark.parametrize("benefit", benefits().benefits, ids=lambda benefit: benefit.id)
    def test_a_benefits_sentence_names_everyone_who_cares(self, benefit, lang):
        said = statements()[benefit.fact].text[lang].lower()
        for interest in benefit.members:
            member = benefits().member(interest.member)
            names = {member.name[lang].lower(), member.full[lang].lower()}
            without_title = {name.removesuffix(" 사람") for name in names}
            assert any(name in said for name in names | without_title), member.id


class TestReading:
    def test_facts_cannot_be_changed(self):
        with pytest.raises(TypeError):
            statements()["new"] = None

    def test_the_same_id_twice_is_refused(self, tmp_path):
        found = {"ten.1": fact("ten.1")}
        with pytest.raises(DataError, match=r"words\.yaml: the fact 'ten\.1' stands twice"):
            _take(found, [fact("ten.1")], tmp_path / "words.yaml")

    def test_so_is_a_detail_of_nothing(self, tmp_path):
        with pytest.raises(DataError, match=r"'ten\.1\.1': no fact 'ten\.1' before it"):
            _take({}, [fact("ten.1.1", part_of="ten.1")], tmp_path / "words.yaml")

    def test_an_unknown_group_is_refused(self, tmp_path):
        path = tmp_path / "ten_steps.yaml"
        path.write_text(
            "schema: 1\nsource: a.txt\nfacts:\n"
            "- {id: ten.1, section: s, group: tens, text: {ko: 가, en: a}}\n",
            "utf-8",
        )
        with pytest.raises(DataError, match=r"ten_steps\.yaml.*tens"):
            read_yaml(path, _File)
