"""The facts of the benefit matrix say what the document says, in both languages."""

import re

import msgspec
import pytest

from b2bcourse.facts import DataError, Text, benefits
from b2bcourse.facts.benefits import BenefitFacts, _check_references
from b2bcourse.items.names import plain_name

HANGUL = re.compile("[가-힣]")

# Document 000, benefit by benefit: p = cares most, s = cares too, c = only where a condition holds.
DOCUMENT = {
    "cost_saving": "p cfo coo, s purch_lead purch_staff, c ceo:small_firm",
    "low_price": "p purch_dept, s finance cfo",
    "tech": "p cto cio tech_head rnd_head, c ceo:ceo_from_tech",
    "near_office": "p scm_head coo purch_staff prod_staff",
    "near_factory": "p coo scm_head prod_head, s logistics",
    "quality": "p qa_head cto coo, c quality_any:quality_first",
    "digital": "p cio coo scm_head",
    "custom": "p pd_head coo scm_head",
    "on_time": "p scm_head coo pm",
    "support_247": "p it_mgr plant_mgr prod_staff cto",
}

COLUMNS = [
    *("ceo", "cfo", "coo", "cto", "cio"),
    *("scm_head", "purch_lead", "purch_staff", "finance"),
    *("tech_head", "rnd_head", "pd_head", "pm", "it_mgr"),
    *("prod_head", "prod_staff", "plant_mgr", "qa_head"),
]


def interests_in_document(benefit):
    strengths = {"p": "primary", "s": "secondary", "c": "conditional"}
    found = set()
    for group in DOCUMENT[benefit].split(", "):
        letter, *people = group.split()
        for person in people:
            member, _, condition = person.partition(":")
            found.add((member, strengths[letter], condition))
    return found


def texts(value, path="facts"):
    """Every `Text` in a structure, with its place."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from texts(getattr(value, field), f"{path}.{field}")
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from texts(part, f"{path}[{number}]")


def test_there_are_ten_benefits_in_the_documents_order():
    assert [benefit.id for benefit in benefits().benefits] == list(DOCUMENT)


def test_there_are_eighteen_columns_group_by_group():
    assert [member.id for member in benefits().columns] == COLUMNS


def test_three_members_can_only_be_typed():
    assert [m.id for m in benefits().members if m.text_only] == [
        "purch_dept",
        "logistics",
        "quality_any",
    ]


@pytest.mark.parametrize("benefit", DOCUMENT)
def test_a_benefit_interests_whom_the_document_names_and_as_much(benefit):
    told = {(i.member, i.strength, i.condition) for i in benefits().benefit(benefit).members}
    assert told == interests_in_document(benefit)


def test_purchasing_has_three_forms_of_name_and_production_two():
    assert set(benefits().family("purchasing")) == {"purch_lead", "purch_staff", "purch_dept"}
    assert set(benefits().family("production")) == {"prod_head", "prod_staff"}
    assert benefits().family("") == ()


def test_the_plant_manager_is_no_form_of_production():
    assert benefits().member("plant_mgr").family == ""


def test_every_benefit_names_its_fact_and_its_place_in_the_document():
    for benefit in benefits().benefits:
        assert benefit.fact == f"benefit.{benefit.id}"
        assert benefit.source == "000_56d39134f4c55fc7.txt"
        assert benefit.section.startswith("• ")


def test_every_text_is_written_in_both_languages():
    found = list(texts(benefits()))
    assert len(found) > 100
    for place, text in found:
        assert text.ko.strip(), place
        assert text.en.strip(), place
        assert not HANGUL.search(text.en), f"{place}: Hangul in English: {text.en}"


def test_korean_sentences_are_korean():
    for place, text in texts(benefits()):
        if not place.endswith((".name", ".full")):
            assert HANGUL.search(text.ko), f"{place}: no Hangul: {text.ko}"


def test_reasons_and_points_are_whole_sentences():
    for place, text in texts(benefits()):
        if place.endswith((".reason", ".point", ".looks_for")):
            assert text.ko.endswith("."), place
            assert text.en.endswith("."), place


@pytest.mark.parametrize("benefit", benefits().benefits, ids=lambda b: b.id)
def test_a_card_does_not_give_its_benefit_away(benefit):
    for spelling in (benefit.name.ko, benefit.name.en, *benefit.aliases):
        assert spelling.casefold() not in benefit.card.ko.casefold()
        assert spelling.casefold() not in benefit.card.en.casefold()


@pytest.mark.parametrize("benefit", benefits().benefits, ids=lambda b: b.id)
def test_a_card_is_short(benefit):
    assert len(benefit.card.ko) <= 60
    assert len(benefit.card.en) <= 60


def test_no_spelling_names_two_people_or_two_benefits():
    for things in (benefits().members, benefits().benefits):
        owner = {}
        for thing in things:
            for name in {thing.name.ko, thing.name.en, *thing.aliases}:
                assert owner.setdefault(plain_name(name), thing.id) == thing.id, name


def test_an_unknown_member_is_told_with_those_there_are():
    with pytest.raises(DataError, match=r"benefits\.yaml: no member 'boss'.*cfo"):
        benefits().member("boss")


def test_an_unknown_benefit_is_told_with_those_there_are():
    with pytest.raises(DataError, match=r"benefits\.yaml: no benefit 'fame'.*low_price"):
        benefits().benefit("fame")


def changed(**fields):
    """The facts with some fields replaced, as an editor's slip would."""
    return msgspec.structs.replace(benefits(), **fields)


def test_a_column_without_a_group_is_told():
    members = tuple(
        msgspec.structs.replace(m, group="board") if m.id == "cfo" else m
        for m in benefits().members
    )
    with pytest.raises(DataError, match=r"benefits\.yaml: member 'cfo': no group 'board'"):
        _check_references(changed(members=members))


def test_an_unknown_condition_is_told():
    with pytest.raises(DataError, match=r"benefits\.yaml: cost_saving, ceo: no condition"):
        _check_references(changed(conditions=()))


def test_an_interest_of_nobody_known_is_told():
    members = tuple(m for m in benefits().members if m.id != "cfo")
    with pytest.raises(DataError, match=r"benefits\.yaml: no member 'cfo'"):
        _check_references(changed(members=members))


def test_the_facts_are_read_once():
    assert benefits() is benefits()
    assert isinstance(benefits(), BenefitFacts)
