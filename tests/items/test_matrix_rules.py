"""A fair grader: how the matrix treats what the document leaves open (domain/ambiguities, 1-11)."""

import pytest
from matrices import ALL_PEOPLE, counting_as, made, marks, outcome, text, verdicts

from b2bcourse.items.matrix import face, key, model_answer, score

WHOLE = made()
TWO_MARKS = made(marks=2)
APART = made(families_apart=True)


def one_row(row, **more):
    return made(rows=row, **more)


class TestCostSaving:
    """Ambiguity 2: purchasing can influence the decision; that is no interest of its own."""

    item = one_row("cost_saving")

    def test_cfo_and_coo_are_all_it_needs(self):
        assert outcome(self.item, cost_saving="cfo coo").fraction == 1.0

    def test_purchasing_costs_nothing_and_earns_nothing(self):
        assert outcome(self.item, cost_saving="cfo coo purch_lead purch_staff").fraction == 1.0
        assert outcome(self.item, cost_saving="purch_lead purch_staff").fraction == 0.0

    def test_the_finance_team_does_not_belong_here(self):
        assert verdicts(self.item, cost_saving="finance")["cost_saving/finance"] == "wrong"


class TestLowPrice:
    """Ambiguities 3 and 4: purchasing cares most, in whatever form of name."""

    item = one_row("low_price")

    @pytest.mark.parametrize("form", ["purch_lead", "purch_staff", "purch_dept"])
    def test_any_form_of_purchasing_is_right(self, form):
        assert outcome(self.item, low_price=form).fraction == 1.0

    def test_all_forms_of_purchasing_together_earn_once_and_cost_nothing(self):
        found = outcome(self.item, low_price="purch_lead purch_staff purch_dept")
        assert found.fraction == 1.0
        assert sorted(part.verdict for part in found.parts) == ["accepted", "accepted", "right"]

    def test_finance_and_cfo_are_interested_too_and_cost_nothing(self):
        assert outcome(self.item, low_price="purch_lead finance cfo").fraction == 1.0

    def test_with_two_marks_finance_and_cfo_are_asked_for(self):
        item = one_row("low_price", marks=2)
        assert outcome(item, low_price="purch_lead finance:2 cfo:2").fraction == 1.0
        assert outcome(item, low_price="purch_lead").fraction == pytest.approx(1 / 3)

    @pytest.mark.parametrize("person", ["coo", "ceo"])
    def test_coo_and_ceo_do_not_belong_here(self, person):
        assert outcome(self.item, low_price=f"purch_lead {person}").fraction == 0.0


class TestFormsOfName:
    """Ambiguities 4 and 5: the other form of a name is neutral unless the item tells them apart."""

    def test_the_purchasing_lead_is_accepted_where_the_rep_is_named(self):
        found = verdicts(WHOLE, near_office="scm_head coo prod_staff purch_lead")
        assert found["near_office/purch_lead"] == "accepted"
        assert found["near_office/purch_staff"] == "missed"

    @pytest.mark.parametrize(
        ("row", "named", "other"),
        [
            ("near_factory", "prod_head", "prod_staff"),
            ("near_office", "prod_staff", "prod_head"),
            ("support_247", "prod_staff", "prod_head"),
        ],
    )
    def test_crossing_production_rep_and_head_neither_earns_nor_costs(self, row, named, other):
        right = outcome(one_row(row), **{row: named}).fraction
        assert right > 0
        assert outcome(one_row(row), **{row: f"{named} {other}"}).fraction == right
        assert verdicts(one_row(row), **{row: other})[f"{row}/{other}"] == "accepted"

    def test_an_item_may_tell_them_apart(self):
        assert verdicts(APART, near_factory="prod_staff")["near_factory/prod_staff"] == "wrong"
        assert verdicts(APART, near_office="purch_lead")["near_office/purch_lead"] == "wrong"

    def test_told_apart_or_not_low_price_belongs_to_the_whole_department(self):
        for person in ("purch_lead", "purch_staff"):
            assert verdicts(APART, low_price=person)[f"low_price/{person}"] == "right"

    def test_the_plant_manager_is_no_production_head(self):
        assert verdicts(WHOLE, near_factory="plant_mgr")["near_factory/plant_mgr"] == "wrong"
        assert verdicts(WHOLE, support_247="plant_mgr")["support_247/plant_mgr"] == "right"


class TestLists:
    """Ambiguities 6 to 9: lists are read as wholes, and generic names cost nothing."""

    def test_everyone_of_an_or_list_is_asked_for(self):
        assert outcome(one_row("on_time"), on_time="scm_head coo").fraction == pytest.approx(2 / 3)
        assert outcome(one_row("on_time"), on_time="scm_head coo pm").fraction == 1.0

    def test_logistics_can_be_typed_and_costs_nothing(self):
        row = "coo scm_head prod_head logistics"
        assert outcome(one_row("near_factory"), near_factory=row).fraction == 1.0

    def test_with_two_marks_logistics_is_still_not_asked_for(self):
        item = one_row("near_factory", marks=2)
        assert outcome(item, near_factory="coo scm_head prod_head").fraction == 1.0

    def test_anyone_for_quality_can_be_typed_and_costs_nothing(self):
        row = "qa_head cto coo quality_any"
        assert outcome(one_row("quality"), quality=row).fraction == 1.0

    def test_anyone_for_quality_is_wrong_elsewhere(self):
        assert verdicts(WHOLE, on_time="quality_any")["on_time/quality_any"] == "wrong"

    def test_everyone_named_first_wants_the_same_mark(self):
        """Ambiguity 9: there is no ranking among those who care most."""
        for line in key(TWO_MARKS).lines.values():
            also = {p for p, mark in line.required.items() if mark == 2}
            assert also <= {"purch_lead", "purch_staff", "finance", "cfo"}

    def test_the_order_of_rows_is_never_graded(self):
        """Ambiguity 10: the document states no order of importance."""
        rows = "cost_saving tech on_time"
        turned = made(rows=" ".join(reversed(rows.split())))
        marked = {"cost_saving": "cfo pm", "on_time": "pm", "tech": "cto"}
        assert outcome(made(rows=rows), **marked).fraction == outcome(turned, **marked).fraction


class TestCeo:
    """Ambiguity 11: the CEO counts with a condition, and in two rows only."""

    @pytest.mark.parametrize("row", ["cost_saving", "tech"])
    def test_without_the_condition_the_ceo_neither_earns_nor_costs(self, row):
        item = one_row(row)
        assert outcome(item, **{row: "ceo"}).fraction == 0.0
        assert verdicts(item, **{row: "ceo"})[f"{row}/ceo"] == "accepted"
        needed = " ".join(key(item).lines[row].required)
        assert "ceo" not in needed
        assert outcome(item, **{row: f"{needed} ceo"}).fraction == 1.0

    def test_elsewhere_the_ceo_is_wrong(self):
        assert verdicts(WHOLE, on_time="ceo")["on_time/ceo"] == "wrong"

    def test_a_case_that_meets_the_condition_may_ask_for_the_ceo(self):
        item = one_row("cost_saving", conditions=["small_firm"], conditional_as="required")
        assert outcome(item, cost_saving="cfo coo").fraction == pytest.approx(2 / 3)
        assert outcome(item, cost_saving="cfo coo ceo").fraction == 1.0

    def test_or_it_may_only_accept_the_ceo(self):
        item = one_row("cost_saving", conditions=["small_firm"])
        assert outcome(item, cost_saving="cfo coo").fraction == 1.0
        assert outcome(item, cost_saving="cfo coo ceo").fraction == 1.0

    def test_one_condition_does_not_serve_the_other_row(self):
        item = one_row("tech", conditions=["small_firm"], conditional_as="required")
        assert verdicts(item, tech="ceo")["tech/ceo"] == "accepted"

    def test_a_typed_only_name_is_never_asked_for_even_if_its_condition_holds(self):
        item = one_row("quality", conditions=["quality_first"], conditional_as="required")
        assert outcome(item, quality="qa_head cto coo").fraction == 1.0
        assert outcome(item, quality="qa_head cto coo quality_any").fraction == 1.0


class TestPeopleOfACase:
    """A person who does the work of members has their interests; the strongest wins."""

    people = (
        counting_as("min", "purch_staff", "finance"),
        counting_as("oh", "ceo", "coo"),
        counting_as("han", "qa_head"),
    )

    def test_a_person_has_the_interests_of_all_he_counts_as(self):
        item = made(rows="low_price near_office quality", people=self.people)
        assert outcome(item, low_price="min", near_office="min oh", quality="oh han").fraction == 1

    def test_the_strongest_interest_wins(self):
        item = made(rows="low_price cost_saving", people=self.people)
        assert verdicts(item, low_price="min", cost_saving="oh min") == {
            "low_price/min": "right",
            "cost_saving/oh": "right",
            "cost_saving/min": "accepted",
        }

    def test_a_case_has_no_names_that_can_only_be_typed(self):
        item = made(rows="low_price", people=self.people)
        assert face(item, "ko").text_columns == ()

    def test_an_authors_own_row_and_person_count_as_written(self):
        rows = [
            {
                "id": "uptime",
                "name": text("가동", "uptime"),
                "members": [
                    {
                        "column": "nurse",
                        "strength": "primary",
                        "reason": text("간호사의 이유.", "why."),
                    },
                    {
                        "column": "cook",
                        "strength": "accepted",
                        "reason": text("요리사의 이유.", "why."),
                    },
                    {"column": "porter", "strength": "secondary", "reason": text("이유.", "why.")},
                ],
            }
        ]
        people = [{"id": p, "name": text(p)} for p in ("nurse", "cook", "porter", "clerk")]
        item = made(rows=rows, people=people)
        assert verdicts(item, uptime="nurse cook porter clerk") == {
            "uptime/nurse": "right",
            "uptime/cook": "accepted",
            "uptime/porter": "accepted",
            "uptime/clerk": "wrong",
        }


class TestMarks:
    """What a row of marks is worth."""

    def test_a_wrong_mark_takes_back_a_right_one(self):
        item = one_row("near_office")
        assert outcome(item, near_office="scm_head coo prod_staff pm").fraction == 0.5

    def test_a_row_never_takes_from_other_rows(self):
        item = made(rows="near_office on_time")
        found = outcome(item, near_office="pm it_mgr cfo ceo", on_time="scm_head coo pm")
        assert found.fraction == 0.5

    def test_the_right_person_at_the_other_level_earns_half(self):
        item = one_row("cost_saving", marks=2)
        full = "cfo coo purch_lead:2 purch_staff:2"
        assert outcome(item, cost_saving=full).fraction == 1.0
        half = outcome(item, cost_saving="cfo:2 coo purch_lead:2 purch_staff:2")
        assert half.fraction == pytest.approx(3.5 / 4)

    def test_a_second_mark_counts_for_nothing_where_there_is_one_kind_of_mark(self):
        found = outcome(one_row("quality"), quality="qa_head:2 cto coo")
        assert found.fraction == pytest.approx(2 / 3)
        assert "2" in found.notes[0].en

    def test_an_untouched_row_is_not_attempted_and_a_begun_one_misses(self):
        found = verdicts(made(rows="on_time quality"), on_time="pm")
        assert found["on_time/coo"] == "missed"
        assert found["quality/coo"] == "not attempted"

    def test_ticking_everything_earns_next_to_nothing(self):
        everyone = dict.fromkeys((r.id for r in face(WHOLE, "ko").rows), ALL_PEOPLE)
        assert outcome(WHOLE, **everyone).fraction < 0.1


HEADS = {"r1": "cost_saving", "r2": "near_office", "r3": "quality"}
CELLS = {"r1": "cfo coo", "r2": "scm_head coo purch_staff prod_staff", "r3": "qa_head cto coo"}


def both(rows="cost_saving near_office quality", people=ALL_PEOPLE, **more):
    return made("both", rows, people, **more)


def answer_both(item, chosen, cells):
    """An answer where rows get benefits, and people take column slots as they are named."""
    people = list(dict.fromkeys(p for names in cells.values() for p in marks(names)))
    slot = {person: f"c{number}" for number, person in enumerate(people, start=1)}
    return {
        "rows": chosen,
        "columns": {slot: person for person, slot in slot.items()},
        "cells": {
            row: {slot[p]: m for p, m in marks(names).items()} for row, names in cells.items()
        },
    }


def score_both(item, chosen, cells):
    return score(face(item, "en"), key(item), answer_both(item, chosen, cells))


class TestBothSidesBlank:
    """Rows and columns are named by the student; his marks are judged against his own rows."""

    item = both()

    def test_everything_right_is_full_marks(self):
        assert score_both(self.item, HEADS, CELLS).fraction == 1.0

    def test_heads_alone_earn_two_fifths(self):
        assert score_both(self.item, HEADS, {}).fraction == pytest.approx(0.4)

    def test_a_wrong_benefit_with_its_own_people_costs_only_the_head(self):
        item = both(row_decoys=[{"benefit": "on_time"}])
        chosen = HEADS | {"r1": "on_time"}
        cells = CELLS | {"r1": "scm_head coo pm"}
        assert score_both(item, chosen, cells).fraction == pytest.approx(1 - 0.4 / 3)

    def test_two_benefits_swapped_with_their_people_cost_two_heads(self):
        chosen = HEADS | {"r1": "quality", "r3": "cost_saving"}
        cells = CELLS | {"r1": CELLS["r3"], "r3": CELLS["r1"]}
        assert score_both(self.item, chosen, cells).fraction == pytest.approx(1 - 2 * 0.4 / 3)

    def test_the_same_benefit_in_every_row_pays_one_row_at_most(self):
        chosen = dict.fromkeys(HEADS, "quality")
        cells = dict.fromkeys(HEADS, CELLS["r3"])
        found = score_both(self.item, chosen, cells)
        assert found.fraction == pytest.approx((0.4 / 3 + 0.6) / 3)

    @pytest.mark.parametrize("order", [("r1", "r3"), ("r3", "r1")])
    def test_of_two_rows_with_one_benefit_the_marks_of_the_right_row_count(self, order):
        chosen = dict.fromkeys(order, "quality")
        found = score_both(self.item, chosen, {"r1": "pm", "r3": CELLS["r3"]})
        assert found.fraction == pytest.approx((0.4 / 2 + 0.6) / 3)

    def test_marks_under_no_name_count_for_nothing_and_cost_nothing(self):
        value = answer_both(self.item, HEADS, CELLS)
        value["cells"]["r1"] |= {"c17": 1, "c18": 1}
        assert score(face(self.item, "en"), key(self.item), value).fraction == 1.0

    def test_marks_in_a_row_without_a_benefit_count_for_nothing(self):
        chosen = {"r2": "near_office", "r3": "quality"}
        assert score_both(self.item, chosen, CELLS).fraction == pytest.approx(2 / 3)

    def test_one_person_on_two_columns_counts_once(self):
        value = answer_both(self.item, HEADS, CELLS)
        value["columns"]["c18"] = "pm"
        value["columns"]["c17"] = "pm"
        one, two = dict(value), dict(value)
        one["cells"] = value["cells"] | {"r2": value["cells"]["r2"] | {"c17": 1}}
        two["cells"] = value["cells"] | {"r2": value["cells"]["r2"] | {"c17": 1, "c18": 1}}
        shown, answers = face(self.item, "en"), key(self.item)
        assert score(shown, answers, one).fraction == score(shown, answers, two).fraction

    @pytest.mark.parametrize("order", [{"c1": 1, "c2": 2}, {"c2": 2, "c1": 1}])
    def test_of_one_persons_two_marks_the_stronger_counts(self, order):
        item = both("cost_saving", "cfo coo", marks=2, slots=4)
        value = {
            "rows": {"r1": "cost_saving"},
            "columns": {"c1": "cfo", "c2": "cfo"},
            "cells": {"r1": order},
        }
        found = {part.id: part.verdict for part in score(face(item, "ko"), key(item), value).parts}
        assert found["r1/cfo"] == "right"

    def test_a_decoy_is_a_wrong_name_whose_marks_earn_nothing(self):
        item = both(
            row_decoys=[{"id": "fame", "name": text("명성", "fame")}],
            column_decoys=[{"id": "clerk", "name": text("사무원", "clerk")}],
        )
        found = score_both(item, HEADS | {"r1": "fame"}, CELLS)
        assert found.fraction == pytest.approx(2 / 3)
        with_clerk = CELLS | {"r1": "cfo coo clerk"}
        assert score_both(item, HEADS, with_clerk).fraction == pytest.approx(1 - 0.6 / 2 / 3)

    def test_a_decoy_benefit_that_nobody_here_cares_about_is_only_a_wrong_name(self):
        item = both("cost_saving", "cfo coo", row_decoys=[{"benefit": "support_247"}])
        found = score_both(item, {"r1": "support_247"}, {"r1": "cfo"})
        assert found.fraction == 0.0
        assert found.parts[0].verdict == "wrong"

    def test_a_decoy_benefit_under_its_own_id_can_be_chosen_and_told_of(self):
        item = both("cost_saving", "cfo coo pm", row_decoys=[{"id": "x", "benefit": "on_time"}])
        found = score_both(item, {"r1": "x"}, {"r1": "coo pm"})
        assert found.fraction == pytest.approx(0.6)

    def test_the_face_shows_cards_and_no_names(self):
        shown = face(self.item, "ko")
        assert all(row.card and not row.name for row in shown.rows)
        assert all(not column.name for column in shown.columns)
        assert len(shown.columns) == 18

    def test_an_author_may_leave_fewer_slots_and_other_cards(self):
        rows = [{"benefit": "cost_saving", "card": text("내 카드", "my card")}]
        item = both(rows, slots=3)
        assert len(face(item, "ko").columns) == 3
        assert face(item, "ko").rows[0].card == "내 카드"
        assert (
            score(face(item, "ko"), key(item), model_answer(face(item, "ko"), key(item))).fraction
            == 1.0
        )


class TestLeftBlank:
    """The people are shown and the benefits are asked for."""

    item = made("left", "cost_saving on_time digital", row_decoys=[{"benefit": "tech"}])

    def slots(self):
        return {next(iter(right)): slot for slot, right in key(self.item).row_heads.items()}

    def test_each_right_name_earns_its_share(self):
        slots = self.slots()
        value = {"rows": {slots["on_time"]: "on_time", slots["digital"]: "tech"}}
        assert score(face(self.item, "ko"), key(self.item), value).fraction == pytest.approx(1 / 3)

    def test_one_name_for_all_rows_earns_a_share_of_a_share(self):
        value = {"rows": dict.fromkeys(self.slots().values(), "on_time")}
        found = score(face(self.item, "ko"), key(self.item), value)
        assert found.fraction == pytest.approx(1 / 3 / 3)

    def test_the_face_gives_the_pattern_and_not_the_names(self):
        shown = face(self.item, "ko")
        assert shown.given[self.slots()["on_time"]] == {"scm_head": 1, "coo": 1, "pm": 1}
        assert all(row.name == "" and row.id.startswith("r") for row in shown.rows)
        assert {choice.id for choice in shown.row_choices} == {
            "cost_saving",
            "on_time",
            "digital",
            "tech",
        }

    def test_rows_that_show_the_same_people_may_be_swapped(self):
        item = made("left", "on_time digital", "coo scm_head")
        shown, answers = face(item, "ko"), key(item)
        for names in (("on_time", "digital"), ("digital", "on_time")):
            value = {"rows": dict(zip(("r1", "r2"), names, strict=True))}
            assert score(shown, answers, value).fraction == 1.0

    def test_rows_do_not_stand_in_the_order_of_the_document(self):
        item = made("left")
        order = [next(iter(right)) for right in key(item).row_heads.values()]
        assert sorted(order) == sorted(key(item).lines)
        assert order != list(key(item).lines)


class TestRightBlank:
    """The benefits are shown and the people are asked for."""

    people = "cfo coo cto it_mgr plant_mgr purch_lead purch_staff"
    item = made("right", people=people, marks=2)

    def slot(self, person, item=None):
        right = key(item or self.item).column_heads
        return next(s for s, names in right.items() if person in names)

    def fraction(self, columns, item=None):
        item = item or self.item
        return score(face(item, "en"), key(item), {"columns": columns}).fraction

    def test_columns_that_look_the_same_may_be_swapped(self):
        slots = [s for s, names in key(self.item).column_heads.items() if "it_mgr" in names]
        assert len(slots) == 2
        for names in (("it_mgr", "plant_mgr"), ("plant_mgr", "it_mgr")):
            columns = dict(zip(slots, names, strict=True))
            assert self.fraction(columns) == pytest.approx(2 / 7)

    def test_the_same_person_twice_earns_once(self):
        slots = [s for s, names in key(self.item).column_heads.items() if "it_mgr" in names]
        assert self.fraction(dict.fromkeys(slots, "it_mgr")) == pytest.approx(1 / 7)

    def test_purchasing_is_one_family(self):
        assert self.fraction({self.slot("purch_lead"): "purch_staff"}) == pytest.approx(1 / 7)

    def test_unless_the_item_tells_its_forms_apart(self):
        item = made("right", people=self.people, marks=2, families_apart=True)
        own = next(s for s, right in key(item).column_heads.items() if right == {"purch_lead"})
        assert self.fraction({own: "purch_lead"}, item) == pytest.approx(1 / 7)
        assert self.fraction({own: "purch_staff"}, item) == 0.0

    def test_a_decoy_is_wrong(self):
        item = made(
            "right",
            people=self.people,
            column_decoys=[{"id": "clerk", "name": text("사무원", "clerk")}],
        )
        assert self.fraction({"c1": "clerk"}, item) == 0.0

    def test_the_face_gives_the_pattern_and_no_names(self):
        shown = face(self.item, "ko")
        assert {c.id for c in shown.columns} == {f"c{n}" for n in range(1, 8)}
        assert all(not column.name for column in shown.columns)
        assert shown.given["tech"] == {self.slot("cto"): 1}
        assert shown.given["cost_saving"][self.slot("cfo")] == 1


class TestEither:
    """Where one of two will do, either earns the mark, and both cost nothing."""

    item = one_row(
        [
            {
                "id": "trial",
                "name": text("시험", "A trial"),
                "members": [
                    {"column": person, "strength": strength, "reason": text("까닭.", "Why.")}
                    for person, strength in (
                        ("cto", "either"),
                        ("cio", "either"),
                        ("prod_staff", "primary"),
                    )
                ],
            }
        ]
    )

    @pytest.mark.parametrize("people", ["cto prod_staff", "cio prod_staff", "cto cio prod_staff"])
    def test_one_of_them_is_enough_and_both_cost_nothing(self, people):
        assert outcome(self.item, trial=people).fraction == 1.0

    def test_neither_of_them_leaves_one_missed(self):
        found = outcome(self.item, trial="prod_staff")
        assert found.fraction == 0.5
        assert [part.verdict for part in found.parts].count("missed") == 1
