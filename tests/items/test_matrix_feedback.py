"""What practice says of each mark and why, and what graded feedback keeps to itself."""

import pytest
from matrices import ALL_PEOPLE, counting_as, made, marks, text

from b2bcourse.facts import benefits
from b2bcourse.items.base import Read
from b2bcourse.items.feedback import Line
from b2bcourse.items.matrix import explain, face, judged, key, merge, model_answer, score


def told(item, value, lang="en", how=explain):
    shown, answers = face(item, lang), key(item)
    return how(shown, answers, score(shown, answers, value), value)


def cells(**rows):
    return {"cells": {row: marks(people) for row, people in rows.items()}}


def lines(feedback, row):
    return [(line.lead, line.text) for line in feedback.rows[row].lines]


def reason(benefit, member, lang="en"):
    return next(i.reason[lang] for i in benefits().benefit(benefit).members if i.member == member)


ON_TIME = made(rows="on_time")


def test_every_mark_made_or_missed_has_its_reason():
    found = lines(told(ON_TIME, cells(on_time="coo qa_head")), "on_time")
    assert found == [
        ("You missed: SCM head.", reason("on_time", "scm_head")),
        ("You missed: Project manager.", reason("on_time", "pm")),
        (
            "Head of quality assurance does not belong here.",
            benefits().member("qa_head").looks_for.en,
        ),
        ("COO: right.", reason("on_time", "coo")),
    ]


def test_korean_leads_take_the_particle_of_the_name():
    found = lines(told(ON_TIME, cells(on_time="qa_head purch_lead"), "ko"), "on_time")
    leads = [lead for lead, _ in found]
    assert "품질보증(QA) 책임자는 여기에 속하지 않습니다." in leads
    assert "구매팀장은 여기에 속하지 않습니다." in leads
    assert "SCM(공급망 관리) 책임자를 빠뜨렸습니다." in leads


@pytest.mark.parametrize("benefit", [b.id for b in benefits().benefits])
def test_each_reason_of_the_facts_is_told_in_both_languages(benefit, lang):
    item = made(rows=benefit, marks=2, conditions=[c.id for c in benefits().conditions])
    everyone = cells(**{benefit: f"{ALL_PEOPLE} purch_dept logistics quality_any"})
    said = [text_ for _, text_ in lines(told(item, everyone, lang), benefit)]
    for interest in benefits().benefit(benefit).members:
        assert any(interest.reason[lang] in sentence for sentence in said), interest.member


def test_a_missed_family_is_told_once_with_its_names():
    found = lines(told(made(rows="low_price"), cells(low_price="coo")), "low_price")
    assert found[0] == (
        "You missed 1 of: Purchasing team leader, Purchasing rep.",
        reason("low_price", "purch_dept"),
    )


def test_the_other_level_says_which_it_should_be():
    item = made(rows="cost_saving", marks=2)
    found = dict(lines(told(item, cells(cost_saving="cfo:2 purch_lead")), "cost_saving"))
    assert found["CFO: the right person, the other level."].startswith(
        "This person is most interested."
    )
    assert "not the most" in found["Purchasing team leader: the right person, the other level."]


def test_the_ceo_is_told_which_condition_is_missing():
    found = dict(lines(told(made(rows="cost_saving"), cells(cost_saving="ceo")), "cost_saving"))
    sentence = found["CEO: accepted, costs nothing."]
    assert "when the customer is a small firm" in sentence


def test_a_person_of_a_case_is_told_why_he_counts():
    item = made(rows="quality", people=[counting_as("han", "qa_head", "cto", "coo")])
    found = lines(told(item, cells(quality="han")), "quality")
    assert found[0][0] == "han: right."
    assert found[0][1].startswith("why han counts. ")


def test_a_row_says_its_score_its_state_and_where_to_read_again():
    read = {
        "notebook": "04-benefit-matrix",
        "section": text("2절", "section 2"),
        "anchor": text("2. 누가 보는가", "2. Who watches"),
    }
    item = made(rows="on_time quality tech cost_saving", read=read)
    value = cells(on_time="scm_head coo pm", quality="cto", tech="coo pm")
    rows = told(item, value).rows
    states = {row: (frame.state, frame.score) for row, frame in rows.items()}
    assert states == {
        "on_time": ("right", "3 / 3"),
        "quality": ("partly", "1 / 3"),
        "tech": ("wrong", "0 / 4"),
        "cost_saving": ("not attempted", "0 / 2"),
    }
    href = "04-benefit-matrix.ipynb#2.-Who-watches"
    assert rows["tech"].read == Read("Lesson 04 · section 2", href)
    assert [line.lead for line in rows["cost_saving"].lines] == ["Not attempted yet."]


def test_the_summary_counts_what_is_wrong_and_missed():
    feedback = told(ON_TIME, cells(on_time="coo qa_head"))
    assert feedback.big == "1 / 3"
    assert feedback.text == "right. 1 wrong, 2 missed."
    assert feedback.cells["on_time"] == {
        "coo": "right",
        "qa_head": "wrong",
        "scm_head": "missed",
        "pm": "missed",
    }


def test_notes_on_what_could_not_be_read_are_passed_on(lang):
    feedback = told(ON_TIME, {"cells": {"no-such": {}}}, lang)
    assert len(feedback.notes) == 1
    assert "no-such" in feedback.notes[0]


BOTH = made(
    "both",
    "cost_saving on_time",
    row_decoys=[{"id": "fame", "name": text("명성", "fame")}, {"id": "x", "benefit": "tech"}],
)


def both(rows, r1="", r2=""):
    """Rows named, and people marked who stand on columns in the order of the facts."""
    slot = {person: f"c{n}" for n, person in enumerate(ALL_PEOPLE.split(), start=1)}
    made_ = {"r1": r1, "r2": r2}
    return {
        "rows": rows,
        "columns": {column: person for person, column in slot.items()},
        "cells": {row: {slot[p]: 1 for p in people.split()} for row, people in made_.items()},
    }


class TestBothSidesBlank:
    def test_a_right_name_is_said_before_its_marks(self):
        found = lines(told(BOTH, both({"r1": "cost_saving"}, "cfo coo")), "r1")
        assert [lead for lead, _ in found] == [
            "You named it rightly: Cost saving.",
            "CFO: right.",
            "COO: right.",
        ]

    def test_a_wrong_name_says_what_that_benefit_is_and_judges_marks_by_it(self):
        found = lines(told(BOTH, both({"r1": "on_time"}, "pm cfo")), "r1")
        assert found[0][0] == "Not «Exact delivery date»."
        assert benefits().benefit("on_time").point.en in found[0][1]
        assert "Project manager: right." in [lead for lead, _ in found]

    def test_a_decoy_is_said_to_be_none_of_the_benefits(self):
        found = lines(told(BOTH, both({"r1": "fame"}, "cfo")), "r1")
        assert found == [("Not «fame».", "This name is none of the benefits.")]

    def test_a_decoy_from_the_facts_is_told_like_any_wrong_name(self):
        found = lines(told(BOTH, both({"r1": "x"}, "cto")), "r1")
        assert found[0][0] == "Not «Advanced technology»."
        assert ("CTO: right.", reason("tech", "cto")) in found

    def test_marks_without_a_name_are_said_to_be_unjudged(self):
        found = lines(told(BOTH, both({}, "cfo")), "r1")
        assert "No name chosen for this row" in found[0][0]

    def test_a_name_used_twice_is_said_to_count_in_one_row(self):
        value = both({"r1": "cost_saving", "r2": "cost_saving"}, "cfo", "cfo coo")
        leads = [lead for lead, _ in lines(told(BOTH, value), "r1")]
        assert any("count in one row only" in lead for lead in leads), "the poorer row is told"
        assert not any("one row only" in lead for lead, _ in lines(told(BOTH, value), "r2"))

    def test_verdicts_stand_at_the_students_own_columns(self):
        feedback = told(BOTH, both({"r1": "cost_saving"}, "cfo pm"))
        assert feedback.cells == {"r1": {"c2": "right", "c13": "wrong", "c3": "missed"}}
        assert feedback.heads == {"r1": "right", "r2": "not attempted"}

    def test_one_person_on_two_columns_is_judged_where_he_is_marked(self):
        value = {
            "rows": {"r1": "cost_saving"},
            "columns": {"c1": "cfo", "c9": "cfo"},
            "cells": {"r1": {"c9": 1}},
        }
        assert told(BOTH, value).cells["r1"] == {"c9": "right"}

    def test_one_person_on_two_columns_is_missed_in_the_first(self):
        value = {
            "rows": {"r1": "cost_saving"},
            "columns": {"c1": "cfo", "c9": "cfo", "c4": "coo"},
            "cells": {"r1": {"c4": 1}},
        }
        assert told(BOTH, value).cells["r1"] == {"c4": "right", "c1": "missed"}


class TestOneSideBlank:
    def test_left_says_of_a_wrong_name_to_look_at_the_people(self):
        item = made("left", "cost_saving tech")
        right = model_answer(face(item, "en"), key(item))["rows"]
        swapped = dict(zip(right, reversed(right.values()), strict=True))
        feedback = told(item, {"rows": swapped})
        assert set(feedback.heads.values()) == {"wrong"}
        found = lines(feedback, "r1")
        assert "what the marked people have in common" in found[0][1]
        assert feedback.cells == {}

    def test_right_tells_each_column_what_that_person_watches(self):
        item = made("right", "cost_saving on_time", "cfo coo")
        right = model_answer(face(item, "en"), key(item))["columns"]
        slot = next(s for s, person in right.items() if person == "cfo")
        other = next(s for s in right if s != slot)
        feedback = told(item, {"columns": {slot: "coo"}})
        assert feedback.columns[slot].state == "wrong"
        assert feedback.columns[slot].lines == [
            Line("Not COO.", benefits().member("coo").looks_for.en)
        ]
        assert feedback.columns[other].state == "not attempted"
        good = told(item, {"columns": {slot: "cfo"}}).columns[slot]
        assert (good.state, good.lines[0].lead) == ("right", "CFO: right.")


class TestGraded:
    value = merge({}, cells(on_time="coo qa_head"))

    def test_a_row_counts_right_wrong_and_missing_marks_and_gives_no_reason(self):
        found = lines(told(ON_TIME, self.value, how=judged), "on_time")
        assert found == [
            ("Right: 1.", ""),
            ("Marks that do not belong here: 1.", ""),
            ("Missing here: 2.", ""),
        ]

    def test_only_the_students_own_marks_are_judged(self):
        feedback = told(ON_TIME, self.value, how=judged)
        assert feedback.cells == {"on_time": {"coo": "right", "qa_head": "wrong"}}

    def test_an_untouched_row_is_not_attempted(self, lang):
        found = lines(told(ON_TIME, {}, lang, judged), "on_time")
        assert found == lines(told(ON_TIME, {}, lang), "on_time")

    def test_a_chosen_name_is_judged_without_being_named(self):
        found = lines(told(BOTH, both({"r1": "on_time"}, "pm"), how=judged), "r1")
        assert found == [
            ("The name is another one.", ""),
            ("Right: 1.", ""),
            ("Missing here: 2.", ""),
        ]

    def test_the_fraction_is_the_same_as_in_practice(self):
        for value in ({}, self.value, both({"r1": "cost_saving"}, "cfo")):
            for item in (ON_TIME, BOTH):
                assert told(item, value).fraction == told(item, value, how=judged).fraction
