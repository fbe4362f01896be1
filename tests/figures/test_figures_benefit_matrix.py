"""The figure of the benefit matrix says what the facts say."""

from itertools import pairwise

import msgspec
import pytest
from matplotlib.patches import Circle
from matplotlib.text import Text as Line

from b2bcourse.facts import LANGS, benefits
from b2bcourse.figures.benefit_matrix import Story

FACTS = benefits()
each_language = pytest.mark.parametrize("lang", LANGS)


def without(benefit_id, member_id):
    """The facts, had one person no interest in one benefit."""
    changed = [
        msgspec.structs.replace(
            benefit,
            members=tuple(
                interest
                for interest in benefit.members
                if (benefit.id, interest.member) != (benefit_id, member_id)
            ),
        )
        for benefit in FACTS.benefits
    ]
    return msgspec.structs.replace(FACTS, benefits=tuple(changed))


class TestMarks:
    """Each cell holds what the facts hold."""

    def test_every_interest_of_a_column_is_marked_with_its_strength(self):
        marks = Story(FACTS, "ko").marks
        columns = {column.id for column in FACTS.columns}
        for benefit in FACTS.benefits:
            for interest in benefit.members:
                if interest.member in columns:
                    assert marks[benefit.id, interest.member] == interest.strength

    def test_purchasings_interest_in_the_price_stands_at_both_of_its_columns(self):
        marks = Story(FACTS, "ko").marks
        assert marks["low_price", "purch_lead"] == "primary"
        assert marks["low_price", "purch_staff"] == "primary"

    def test_nothing_else_is_marked(self):
        named = sum(
            not FACTS.member(interest.member).text_only
            for benefit in FACTS.benefits
            for interest in benefit.members
        )
        assert len(Story(FACTS, "en").marks) == named + 2

    def test_the_ceo_is_marked_on_a_condition_only(self):
        story = Story(FACTS, "en")
        strengths = {mark for (_, member), mark in story.marks.items() if member == "ceo"}
        assert strengths == {"conditional"}
        assert story.count("ceo") == 0

    @each_language
    def test_a_mark_is_drawn_for_each_and_one_for_each_word_of_the_key(self, lang, drawn):
        story = Story(FACTS, lang)
        circles = drawn("benefit-matrix", lang).figure.findobj(Circle)
        assert len(circles) == len(story.marks) + 3
        filled = [circle for circle in circles if circle.get_facecolor()[3]]
        main = [mark for mark in story.marks.values() if mark == "primary"]
        assert len(filled) == len(main) + 1
        dashed = [circle for circle in circles if circle.get_linestyle() not in ("solid", "-")]
        assert len(dashed) == 2 + 1


class TestSentences:
    """The title is the finding, computed; the note tells what a table cannot."""

    def test_the_title_names_the_person_and_the_number(self):
        assert Story(FACTS, "ko").title == "COO는 열 가지 혜택 가운데 일곱 가지에 관심이 있습니다"
        assert Story(FACTS, "en").title == "The COO cares about seven of the ten benefits"

    def test_the_title_follows_the_facts(self):
        fewer = without("quality", "coo")
        assert "여섯" in Story(fewer, "ko").title
        assert "six" in Story(fewer, "en").title

    @each_language
    def test_people_without_a_column_are_told_in_the_note(self, lang):
        note = " ".join(Story(FACTS, lang).notes).lower()
        for member in FACTS.members:
            if member.text_only:
                assert member.full[lang].lower() in note

    @each_language
    def test_every_condition_of_a_column_is_told_in_the_note(self, lang):
        note = " ".join(Story(FACTS, lang).notes)
        for condition in FACTS.conditions[:2]:
            assert condition.text[lang] in note

    @each_language
    def test_the_alternative_text_holds_all_of_the_data(self, lang):
        story = Story(FACTS, lang)
        for benefit in FACTS.benefits:
            row = story.alt.split(f"{benefit.name[lang]}: ", 1)[1].split(").\n", 1)[0]
            groups = [group.rpartition("(")[0] for group in f"{row})".split("; ")]
            told = {name.strip() for group in groups for name in group.split(", ")}
            marked = {c.name[lang] for c in FACTS.columns if (benefit.id, c.id) in story.marks}
            assert told == marked
        assert story.alt.startswith(story.title)
        assert all(note in story.alt for note in story.notes)


class TestPicture:
    """What is seen says the same as the data."""

    @each_language
    def test_title_groups_benefits_counts_and_notes_are_written(self, lang, drawn):
        story = Story(FACTS, lang)
        figure = drawn("benefit-matrix", lang).figure
        texts = [line.get_text() for line in figure.findobj(Line)]
        assert story.title in texts
        assert {group.name[lang] for group in FACTS.groups} <= set(texts)
        assert {benefit.name[lang] for benefit in FACTS.benefits} <= set(texts)
        counts = [text for text in texts if text.isdecimal()]
        assert counts == [str(story.count(column.id)) for column in FACTS.columns]
        assert " ".join(story.notes) in " ".join(texts)

    def test_english_names_slant(self, drawn):
        figure = drawn("benefit-matrix", "en").figure
        slants = {line.get_text(): line.get_rotation() for line in figure.findobj(Line)}
        assert {slants[column.name.en] for column in FACTS.columns} == {58.0}

    def test_korean_letters_stand_one_below_the_other(self, drawn):
        figure = drawn("benefit-matrix", "ko").figure
        lines = [line for line in figure.findobj(Line) if line.get_text() in list("구매팀장")]
        columns = {}
        for line in lines:
            x, y = line.get_position()
            columns.setdefault(round(x, 3), []).append((y, line.get_text()))
        stacks = [
            "".join(letter for _, letter in sorted(c, reverse=True)) for c in columns.values()
        ]
        assert "구매팀장" in stacks
        for stack in columns.values():
            assert all(b - a > 0.12 for (a, _), (b, _) in pairwise(sorted(stack)))

    @each_language
    def test_the_person_of_the_title_is_bold_at_head_and_count(self, lang, drawn):
        figure = drawn("benefit-matrix", lang).figure
        bold = [line.get_text() for line in figure.findobj(Line) if line.get_weight() == 700]
        assert bold == [Story(FACTS, lang).title, "COO", "7"]
