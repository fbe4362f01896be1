"""The rules of allocations: what is feasible, what it earns, what is told, what may be typed."""

import copy
import json
from decimal import Decimal
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice_bank import PRACTICE

from b2bcourse.authoring.guessing import ITEM_LIMIT, MEAN_LIMIT, guessed
from b2bcourse.context import bank_folder
from b2bcourse.facts.reading import DataError, read_raw
from b2bcourse.items import ItemError, ResponseError, kind_of
from b2bcourse.items.allocation.explain import with_unit
from b2bcourse.items.allocation.plan import Plan, stand
from b2bcourse.items.allocation.value import plain

KIND = kind_of("allocation")
BANK = {name: item for name, item in PRACTICE.items() if item.kind == "allocation"}
PORTFOLIO, SCHEDULE, VISITS = BANK["al-portfolio"], BANK["al-schedule"], BANK["al-visits"]
PACKAGING = BANK["al-packaging"]

every_item = pytest.mark.parametrize("item", BANK.values(), ids=BANK)


def take(rows, worth=None):
    """Choosing rows by their letters."""
    value = {"numbers": {row: {"take": 1} for row in rows}}
    return value if worth is None else value | {"worth": worth}


def line(jobs, worth=None):
    """Jobs on the line by their letters, first one first."""
    value = {"order": {str(slot): job for slot, job in enumerate(jobs, start=1)}}
    return value if worth is None else value | {"worth": worth}


def visits(**numbers):
    return {"numbers": {row: {"visits": number} for row, number in numbers.items()}}


def outcome(item, value, lang="ko"):
    return KIND.score(KIND.face(item, lang), KIND.key(item), value)


def fraction(item, value):
    return outcome(item, value).fraction


def explained(item, value, lang="ko", again=frozenset()):
    face, key = KIND.face(item, lang), KIND.key(item)
    return KIND.explain(face, key, KIND.score(face, key, value), value, again)


def judged(item, value, lang="ko"):
    face, key = KIND.face(item, lang), KIND.key(item)
    return KIND.judged(face, key, KIND.score(face, key, value), value)


def said(feedback):
    """Everything that feedback says, as one text."""
    lines = [line for part in feedback.parts.values() for line in part.lines]
    return " ".join([feedback.big, feedback.text, *(f"{line.lead} {line.text}" for line in lines)])


class TestTiers:
    """Infeasible, feasible, better than the traps, best; and nothing between."""

    @pytest.mark.parametrize(
        ("jobs", "earned"),
        [
            ("", 0.0),
            ("c", 0.2),
            ("da", 0.2),
            ("edb", 0.2),
            ("cefb", 0.2),
            ("efa", 0.6),
            ("ceab", 1.0),
            ("ecab", 1.0),
            ("caeb", 0.0),
            ("abcdef", 0.0),
        ],
    )
    def test_jobs_on_the_line(self, jobs, earned):
        assert fraction(PACKAGING, line(jobs)) == pytest.approx(earned * 0.9)

    @pytest.mark.parametrize(
        ("rows", "earned"),
        [
            ("", 0.0),
            ("a", 0.2),
            ("be", 0.2),
            ("bdf", 0.2),
            ("abf", 0.6),
            ("bcf", 1.0),
            ("bce", 0.0),
            ("bef", 0.0),
            ("abcdef", 0.0),
        ],
    )
    def test_opportunities(self, rows, earned):
        assert fraction(PORTFOLIO, take(rows)) == pytest.approx(earned * 0.9)

    def test_a_plan_at_95_percent_of_the_best_value_earns_no_more_than_any_feasible_one(self):
        assert fraction(PORTFOLIO, take("be")) == fraction(PORTFOLIO, take("d"))

    def test_one_more_job_that_comes_late_costs_all(self):
        assert fraction(SCHEDULE, line("pruq")) == 1.0
        assert fraction(SCHEDULE, line("pruqt")) == 0.0

    def test_both_sequences_of_the_best_jobs_are_right(self):
        assert fraction(SCHEDULE, line("rpuq")) == 1.0

    def test_gaps_on_the_line_do_not_cost(self):
        value = {"order": {"1": "p", "3": "r", "5": "u", "6": "q"}}
        assert fraction(SCHEDULE, value) == 1.0

    def test_numbers_are_counted_not_only_ticked(self):
        assert fraction(VISITS, visits(a=4, b=4, e=2)) == 1.0
        assert fraction(VISITS, visits(a=2, b=2, c=2, d=2, e=2)) == 0.2
        assert fraction(VISITS, visits(a=4, b=4, e=3)) == 0.0

    def test_nothing_chosen_is_not_attempted(self):
        for item, value in [
            (PORTFOLIO, {}),
            (SCHEDULE, {"order": {}}),
            (VISITS, visits(a=0, b=0)),
            (PORTFOLIO, {"worth": 304}),
        ]:
            result = outcome(item, value)
            assert result.fraction == 0
            assert result.parts[0].verdict == "not attempted"


class TestWorth:
    """The question what the plan is worth has a tenth of the points."""

    def test_it_is_judged_by_the_students_own_plan(self):
        assert fraction(PORTFOLIO, take("bcf", 304)) == 1.0
        assert fraction(PORTFOLIO, take("be", 290)) == pytest.approx(0.18 + 0.1)
        assert fraction(PORTFOLIO, take("be", 304)) == pytest.approx(0.18)

    def test_within_its_tolerance(self):
        assert fraction(PORTFOLIO, take("bcf", 304.5)) == 1.0
        assert fraction(PORTFOLIO, take("bcf", 303.4)) == pytest.approx(0.9)

    def test_a_plan_that_cannot_be_carried_out_earns_nothing_by_its_sum(self):
        assert fraction(PORTFOLIO, take("bef", 410)) == 0.0

    def test_where_it_is_not_asked_it_is_no_answer(self):
        assert fraction(SCHEDULE, line("pruq", 36)) == 1.0
        assert outcome(SCHEDULE, line("pruq", 36)).notes


class TestReading:
    """Any JSON is read; what cannot be is told and counts for nothing."""

    @pytest.mark.parametrize("number", [2, -1, 0.5, True, "1", None, [], 10**400, float("nan")])
    def test_a_number_that_does_not_fit_its_cell(self, number):
        result = outcome(PORTFOLIO, {"numbers": {"b": {"take": number}, "c": {"take": 1}}})
        assert result.fraction == pytest.approx(0.18)
        assert result.notes

    def test_a_row_has_its_own_most(self):
        assert not outcome(VISITS, visits(c=4)).notes
        assert "0부터 4까지" in outcome(VISITS, visits(c=5, a=1)).notes[0].ko

    def test_a_job_that_stands_twice_counts_where_it_stands_first(self):
        result = outcome(SCHEDULE, line("pruqp"))
        assert result.fraction == 1.0
        assert "두 번" in result.notes[0].ko

    def test_a_thousand_bad_cells_need_no_thousand_lines(self):
        result = outcome(VISITS, {"numbers": {f"row{n}": 1 for n in range(1000)}})
        assert len(result.notes) == 6


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["numbers", "order", "worth", "a", "b", "p", "q", "take", "1", "2"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


class TestProperties:
    """What holds for every answer."""

    @settings(max_examples=60, deadline=None)
    @given(value=JSON, name=st.sampled_from(sorted(BANK)))
    def test_any_json_gets_a_fraction_and_words(self, value, name):
        result = outcome(BANK[name], value)
        assert 0 <= result.fraction <= 1
        assert type(result.fraction) is float
        msgspec.json.encode(explained(BANK[name], value, "en"))
        msgspec.json.encode(judged(BANK[name], value))

    @settings(max_examples=80, deadline=None)
    @given(one=st.sets(st.sampled_from("abcdef")), two=st.sets(st.sampled_from("abcdef")))
    def test_of_two_feasible_plans_the_better_never_earns_less(self, one, two):
        rules = KIND.key(PORTFOLIO).rules
        plans = [Plan({row: {"take": Decimal(1)} for row in rows}) for rows in (one, two) if rows]
        stands = sorted(
            (stand(rules, plan).worth, fraction(PORTFOLIO, take(plan.amounts)))
            for plan in plans
            if stand(rules, plan).feasible
        )
        earned = [earned for _, earned in stands]
        assert earned == sorted(earned)

    @settings(max_examples=40, deadline=None)
    @given(rows=st.sets(st.sampled_from("abcdef")), worth=st.integers(-500, 500))
    def test_a_right_sum_never_lowers_and_a_wrong_one_never_raises(self, rows, worth):
        without = fraction(PORTFOLIO, take(rows))
        parts = {part.id: part for part in outcome(PORTFOLIO, take(rows, worth)).parts}
        difference = fraction(PORTFOLIO, take(rows, worth)) - without
        assert difference >= 0
        if parts["worth"].verdict == "wrong":
            assert difference == 0

    @settings(max_examples=30, deadline=None)
    @given(data=st.data(), name=st.sampled_from(sorted(BANK)))
    def test_a_value_that_is_sent_in_patches_arrives_whole(self, data, name):
        face = KIND.face(BANK[name], "ko")
        value = KIND.guess(face, "random", Random(data.draw(st.integers(0, 99))))
        made = {}
        for part, table in value.items():
            for leaf, content in table.items() if isinstance(table, dict) else ():
                made = KIND.merge(made, {part: {leaf: content}})
        assert KIND.score(face, KIND.key(BANK[name]), made) == KIND.score(
            face, KIND.key(BANK[name]), value
        )

    def test_two_windows_do_not_undo_each_other(self):
        one = KIND.merge(take("b"), {"numbers": {"c": {"take": 1}}})
        two = KIND.merge(one, {"numbers": {"b": {"take": None}}, "worth": 44})
        assert two == take("c", 44)


class TestGuessing:
    """Who has not read the question earns little."""

    @every_item
    def test_no_way_of_guessing_earns_a_quarter(self, item):
        earned = guessed(item).earned
        assert max(earned.values()) < ITEM_LIMIT
        assert earned["all"] == earned["none"] == 0

    def test_chance_earns_less_than_fifteen_percent_on_average(self):
        assert (
            sum(guessed(item).earned["random"] for item in BANK.values()) / len(BANK) < MEAN_LIMIT
        )

    def test_chance_cannot_be_told_by_its_shape_from_an_answer(self):
        for item in BANK.values():
            face = KIND.face(item, "en")
            for seed in range(20):
                assert not KIND.score(
                    face, KIND.key(item), KIND.guess(face, "random", Random(seed))
                ).notes


class TestPractice:
    """Practice tells what is broken, which trap it is, and what is better by how much."""

    def test_a_broken_limit_is_told_with_its_gap(self):
        told = explained(PORTFOLIO, take("bef")).parts["limit/capital"]
        assert told.state == "wrong"
        assert told.score == "70 / 60"
        assert "1,000만 원이 모자랍니다" in told.lines[0].text
        english = explained(PORTFOLIO, take("bce"), "en").parts["limit/people"]
        assert (
            english.lines[0].text
            == "The plan needs 15 people and the limit is 12 people: 3 people too much."
        )

    def test_a_late_job_is_told_with_its_days(self):
        told = explained(SCHEDULE, line("qp")).parts
        assert told["job/q"].state == "right"
        assert told["job/p"].score == "9 / 6"
        assert "3일 늦으므로" in told["job/p"].lines[0].text

    @every_item
    def test_every_trap_is_met_with_its_reason(self, item, lang):
        key = KIND.key(item)
        for trap, authored in zip(key.traps, item.solution.traps, strict=True):
            value = (
                line(authored.plan)
                if item.line
                else {
                    "numbers": {
                        row: {v: int(n) for v, n in cells.items()}
                        for row, cells in trap.plan.amounts.items()
                    }
                }
            )
            told = said(explained(item, value, lang))
            assert trap.name[lang] in told
            assert trap.reason[lang] in told
            if trap.misconception:
                assert trap.misconception[lang] not in told
                further = said(explained(item, value, lang, frozenset([trap.id])))
                assert trap.misconception[lang] in further

    def test_a_trap_on_the_line_is_the_same_in_any_sequence(self):
        assert "이익이 큰 주문부터" in said(explained(SCHEDULE, line("rsq")))

    def test_the_best_jobs_in_a_late_sequence_are_their_own_trap(self):
        assert "큰 주문을 먼저" in said(explained(SCHEDULE, line("qpru")))
        assert "큰 주문을 먼저" not in said(explained(SCHEDULE, line("pruq")))

    def test_what_is_better_is_told_by_how_much_and_what_it_frees(self):
        told = said(explained(PORTFOLIO, take("be")))
        assert "1,400만 원 더 큽니다" in told
        assert "생산 능력(Capa) 40대" in told
        assert "C 마루로봇" not in told

    def test_a_plan_with_room_left_is_told_so(self):
        assert "자리가 남아" in said(explained(PORTFOLIO, take("b")))
        assert "자리가 남아" in said(explained(SCHEDULE, line("pru")))
        assert "자리가 남아" not in said(explained(PORTFOLIO, take("be")))

    def test_a_wrong_sum_is_added_up_row_by_row(self):
        told = explained(PORTFOLIO, take("be", 300)).parts["worth"]
        assert told.state == "wrong"
        assert told.lines[0].text == (
            "B 다라펌프 1억 4,000만 원 + E 사하조선 1억 5,000만 원 = 2억 9,000만 원."
        )

    @every_item
    def test_the_best_plan_says_why_it_is_best(self, item, lang):
        face, key = KIND.face(item, lang), KIND.key(item)
        feedback = explained(item, KIND.model_answer(face, key), lang)
        assert key.why[lang] in said(feedback)
        assert {part.state for part in feedback.parts.values()} == {"right"}

    @every_item
    def test_no_verdict_comes_without_a_sentence(self, item, lang):
        face = KIND.face(item, lang)
        for seed in range(30):
            value = KIND.guess(face, "random", Random(seed))
            for name, part in explained(item, value, lang).parts.items():
                assert (
                    part.lines
                    or part.state == "right"
                    or (name, part.state) == ("worth", "not attempted")
                ), name


class TestGraded:
    """Graded feedback judges the student's own plan and tells nothing of the best."""

    @every_item
    def test_nothing_of_the_solution_is_told(self, item, lang):
        face, key = KIND.face(item, lang), KIND.key(item)
        secrets = [
            key.why[lang],
            *(t.name[lang] for t in key.traps),
            *(t.reason[lang] for t in key.traps),
        ]
        values = [KIND.guess(face, "random", Random(seed)) for seed in range(30)]
        values += [sample.value for sample in KIND.samples(item)]
        for value in values:
            told = said(judged(item, value, lang))
            assert not [secret for secret in secrets if secret in told]
            if stand(key.rules, Plan({})).feasible and fraction(item, value) < 0.9:
                assert with_unit(plain(key.best), key.unit[lang], lang) not in told

    def test_the_plans_own_value_and_its_broken_limit_are(self):
        assert "2억 9,000만 원" in said(judged(PORTFOLIO, take("be")))
        told = judged(PORTFOLIO, take("bce"))
        assert "3명이 모자랍니다" in said(told)
        assert not [name for name in told.parts if name.startswith("trap")]

    @every_item
    def test_a_face_holds_no_plan_and_no_trap(self, item, lang):
        shown = json.dumps(KIND.face(item, lang), default=str, ensure_ascii=False)
        raw = read_raw(bank_folder() / f"{item.id}.yaml")
        assert raw["solution"]["why"][lang] not in shown
        for trap in raw["solution"]["traps"]:
            assert trap["reason"][lang] not in shown
        assert not {"solution", "best", "traps", "plans"} & set(KIND.Face.__struct_fields__)


class TestTyped:
    """Answers in text, with names in either language."""

    @pytest.mark.parametrize(
        "typed",
        [
            {"B 다라펌프": 1, "C 마루로봇": 1, "F 아린의료": 1, "계획의 가치": 304},
            {
                "b dara pumps": 1,
                "c": True,
                "F Arin Medical": 1,
                "A 가온보일러": 0,
                "value of the plan": 304,
            },
        ],
    )
    def test_numbers_by_name(self, typed, lang):
        face = KIND.face(PORTFOLIO, lang)
        assert KIND.parse(face, typed) == take("bcf", 304)

    def test_the_value_goes_by_its_own_name_too(self, lang):
        face = KIND.face(PORTFOLIO, lang)
        assert KIND.parse(face, {face.worth: 3}) == {"numbers": {}, "worth": 3}

    @pytest.mark.parametrize(
        ("typed", "number"),
        [
            ("１２", 12),
            ("12 ", 12),
            ("007", 7),
            ("−1,250.5", -1250.5),
            ("99999999999", 99999999999),
        ],
    )
    def test_a_number_may_be_written_as_text_as_in_the_widget(self, typed, number):
        face = KIND.face(PORTFOLIO, "ko")
        assert KIND.parse(face, {face.worth: typed, "b": "１"}) == take("b", number)

    def test_an_empty_text_is_no_number(self):
        face = KIND.face(PORTFOLIO, "ko")
        assert KIND.parse(face, {face.worth: " ", "b": ""}) == KIND.blank(face)

    @pytest.mark.parametrize("typed", ["0.5", "1,5", "-1", "1e3", "abc", "99999999999", 0.5, -1])
    def test_a_number_that_does_not_fit_is_told_with_what_does(self, typed, lang):
        face = KIND.face(PORTFOLIO, lang)
        with pytest.raises(ResponseError) as told:
            KIND.parse(face, {"b": typed})
        assert str(typed) in told.value.text[lang]
        assert {"ko": "0부터 1까지", "en": "from 0 to 1"}[lang] in told.value.text[lang]

    def test_a_sum_that_is_none_is_named(self, lang):
        face = KIND.face(PORTFOLIO, lang)
        with pytest.raises(ResponseError, match="1e3"):
            KIND.parse(face, {face.worth: "1e3"})

    @pytest.mark.parametrize("word", ["순서", "order"])
    def test_a_sequence_by_name(self, word, lang):
        face = KIND.face(SCHEDULE, lang)
        assert KIND.parse(
            face, {word: ["P 커넥터 핀", "R Brackets", "u", "Q"[:1].lower()]}
        ) == line("pruq")

    @pytest.mark.parametrize(
        "typed",
        [{"Z": 1}, {"b": 2}, {"b": "many"}, {"b": {"nothing": 1}}, [], {"기대 가치": "많음"}],
    )
    def test_what_cannot_be_understood_is_told(self, typed):
        with pytest.raises(ResponseError):
            KIND.parse(KIND.face(PORTFOLIO, "ko"), typed)

    @pytest.mark.parametrize(
        "typed", [{"p": 1}, {"순서": "pruq"}, {"순서": ["p", "p"]}, {"순서": ["z"]}]
    )
    def test_what_is_no_sequence_is_told(self, typed):
        with pytest.raises(ResponseError):
            KIND.parse(KIND.face(SCHEDULE, "ko"), typed)

    @every_item
    def test_the_template_can_be_run_as_it_is(self, item, lang):
        face, got = KIND.face(item, lang), []

        class B2B:
            respond = staticmethod(lambda name, value: got.append((name, KIND.parse(face, value))))

        exec(KIND.template(face), {"b2b": B2B})  # the template is ours
        assert got[0][0] == item.id
        assert KIND.score(face, KIND.key(item), got[0][1]).fraction == 0

    @every_item
    def test_an_answer_replaces_all_that_stood_there(self, item):
        face, key = KIND.face(item, "ko"), KIND.key(item)
        before = KIND.guess(face, "all", Random(1)) | ({"worth": 1} if face.ask else {})
        best = KIND.model_answer(face, key)
        assert KIND.merge(before, KIND.replacing(face, best)) == best


def changed(item, **changes):
    """The raw item with parts replaced by dotted path."""
    raw = copy.deepcopy(read_raw(bank_folder() / f"{item.id}.yaml"))
    for path, content in changes.items():
        inner, *rest = path.split("__")
        place, last = raw, inner
        for name in rest:
            place, last = place[last if not last.isdigit() else int(last)], name
        place[int(last) if last.isdigit() else last] = content
    return raw


class TestAuthoring:
    """An item that cannot be asked is refused with what would be right."""

    @pytest.mark.parametrize(
        ("item", "changes", "told"),
        [
            (PORTFOLIO, {"solution__best": 305}, r"plans\[0\]: it is worth 304, not 305"),
            (PORTFOLIO, {"solution__plans": [["b", "e", "f"]]}, "it breaks capital"),
            (PORTFOLIO, {"solution__plans": []}, "list every plan"),
            (PORTFOLIO, {"solution__plans": [["b", "z"]]}, "no 'z'"),
            (
                PORTFOLIO,
                {"solution__traps__0__value": 291},
                r"traps\[0\]: it is worth 290, not 291",
            ),
            (
                PORTFOLIO,
                {"solution__traps__3__breaks": []},
                "it breaks people; 'breaks' says nothing",
            ),
            (PORTFOLIO, {"solution__traps": []}, "at least one must be feasible"),
            (VISITS, {"limits__0__most": 99, "limits__1__most": 99}, "nothing to choose"),
            (PORTFOLIO, {"limits__0__uses": {"take": "weeks"}}, "no 'weeks'"),
            (PORTFOLIO, {"limits__0__most": None}, "give 'most' or 'least'"),
            (PORTFOLIO, {"columns__0__values": {"a": 1}}, "give one for each row"),
            (PORTFOLIO, {"worth__terms": []}, "at least one is needed"),
            (PORTFOLIO, {"variables": []}, "give 'variables'"),
            (PORTFOLIO, {"rows__1__id": "a"}, "'a' stands twice"),
            (SCHEDULE, {"solution__plans": [["q", "p", "r", "u"]]}, "it breaks p, r, u"),
            (SCHEDULE, {"solution__plans": [{"p": 1}]}, "a list of jobs"),
            (SCHEDULE, {"line": None}, "give 'line'"),
            (VISITS, {"variables__0__max": "often"}, "no 'often'"),
            (VISITS, {"variables__0__step": 0.5}, "whole where 'integer'"),
            (VISITS, {"variables__0__min": 1}, "an empty cell is 0"),
        ],
    )
    def test_what_is_wrong_is_told(self, item, changes, told):
        with pytest.raises(ItemError, match=told):
            KIND.load(changed(item, **changes), "made.yaml")

    def test_an_unknown_field_is_refused(self):
        with pytest.raises(DataError, match="most_of_all"):
            KIND.load(changed(PORTFOLIO, most_of_all=3), "made.yaml")

    def test_a_limit_may_be_a_least(self):
        raw = changed(VISITS)
        raw["limits"].append(
            {
                "id": "old",
                "name": {"ko": "단골", "en": "Regulars"},
                "uses": {"visits": 1},
                "least": 9,
            }
        )
        item = KIND.load(
            raw | {"solution": raw["solution"] | {"traps": raw["solution"]["traps"][:1]}},
            "made.yaml",
        )
        assert fraction(item, visits(a=4, b=4, e=2)) == 1.0
        told = explained(item, visits(a=4, b=3))
        assert (
            told.parts["limit/old"].lines[0].text
            == "모두 7인데 적어도 9가 되어야 합니다. 2 더 필요합니다."
        )

    def test_numbers_may_come_in_halves_and_several_columns(self):
        text = {"ko": "글", "en": "text"}
        raw = {
            "schema": 1,
            "id": "made",
            "kind": "allocation",
            "form": "numbers",
            "title": text,
            "task": text,
            "row_head": text,
            "rows": [
                {"id": "a", "name": text | {"en": "A"}},
                {"id": "b", "name": text | {"ko": "나"}},
            ],
            "columns": [
                {"id": "one", "name": text, "values": {"a": 3, "b": 2}},
                {"id": "two", "name": text, "values": {"a": 1, "b": 4}},
            ],
            "variables": [
                {
                    "id": "x",
                    "name": {"ko": "엑스", "en": "x"},
                    "max": 2,
                    "step": 0.5,
                    "integer": False,
                },
                {"id": "y", "name": {"ko": "와이", "en": "y"}, "max": 1},
            ],
            "limits": [{"id": "all", "name": text, "uses": {"x": 1, "y": 1}, "most": 2.5}],
            "worth": {
                "name": text,
                "terms": [{"variable": "x", "gain": ["one"]}, {"variable": "y", "gain": ["two"]}],
            },
            "solution": {
                "best": 8.5,
                "why": text,
                "plans": [{"a": {"x": 1.5}, "b": {"y": 1}}],
                "traps": [{"name": text, "plan": {"a": {"x": 2}}, "value": 6, "reason": text}],
            },
        }
        item = KIND.load(raw, "made.yaml")
        pytest.importorskip("scipy")
        solved = KIND.solve(item)
        assert solved.best == Decimal("8.5")
        assert [plan.amounts for plan in solved.plans] == [
            plan.amounts for plan in KIND.key(item).plans
        ]
        face = KIND.face(item, "en")
        assert KIND.parse(face, {"a": {"x": 1.5}, "b": {"와이": 1}}) == {
            "numbers": {"a": {"x": 1.5}, "b": {"y": 1}}
        }
        assert fraction(item, {"numbers": {"a": {"x": 1.25}, "b": {"y": 1}}}) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("number", "unit", "lang", "shown"),
    [
        ("3", "명", "ko", "3명"),
        ("1", "week|weeks", "en", "1 week"),
        ("2", "week|weeks", "en", "2 weeks"),
        ("60", "%", "en", "60%"),
        ("5", "", "en", "5"),
    ],
)
def test_units_are_written_as_each_language_does(number, unit, lang, shown):
    assert with_unit(number, unit, lang) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (8.0, "8"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-6.0, "−6"),
        (1234.5, "1,234.5"),
        (1000.0, "1,000"),
    ],
)
def test_numbers_are_written_without_idle_zeros(number, shown):
    assert plain(number) == shown


def test_loading_the_bank_and_scoring_load_no_scipy():
    import subprocess
    import sys

    code = (
        "from b2bcourse.items import kind_of, load_bank\n"
        "from b2bcourse.context import bank_folder\n"
        "bank = load_bank(bank_folder()); kind = kind_of('allocation')\n"
        "item = bank['al-portfolio']; face = kind.face(item, 'ko')\n"
        "kind.score(face, kind.key(item), kind.model_answer(face, kind.key(item)))\n"
        "import sys; sys.exit(bool({'scipy', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
