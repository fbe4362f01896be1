"""Each figure says what the facts, the case and the exercises say."""

from decimal import Decimal
from itertools import pairwise

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Circle
from matplotlib.text import Text as Line

from b2bcourse.context import practice_item
from b2bcourse.facts import LANGS
from b2bcourse.facts.cases import case
from b2bcourse.facts.statements import group, statements
from b2bcourse.figures import (
    decision_process,
    exchange,
    outcomes,
    pilot_ladder,
    ten_steps,
    value_cycle,
)
from b2bcourse.figures.decision_unit import crossed
from b2bcourse.figures.outcomes import Story as Outcomes
from b2bcourse.figures.portfolio import Story as Portfolio
from b2bcourse.figures.schedule import Story as Schedule
from b2bcourse.figures.sheet import DASH
from b2bcourse.figures.style import ACCENT
from b2bcourse.items.allocation.plan import stand

each_language = pytest.mark.parametrize("lang", LANGS)


def texts_of(drawing):
    """What is written in a figure, line by line."""
    return [line.get_text() for line in drawing.figure.findobj(Line) if line.get_text()]


def filled(drawing):
    """The middles of a figure's discs in the accent colour."""
    circles = drawing.figure.findobj(Circle)
    return [circle.center for circle in circles if to_hex(circle.get_facecolor()) == ACCENT]


@pytest.mark.parametrize(
    "name",
    ["decision-process", "decision-unit", "exchange", "ten-steps", "pilot-ladder", "value-cycle"],
)
def test_one_filled_disc_makes_the_point(name, drawn):
    assert len(filled(drawn(name, "en"))) == 1


class TestDecisionProcess:
    """Five safe pairs and no other."""

    def test_the_pairs_are_those_that_the_exercise_grades(self):
        pairs = decision_process.WORDS.pairs
        item = practice_item("ma-five-eight")
        phases = [phase.id for phase in item.categories]
        graded = {card.id: card.required for card in item.cards if card.required}
        steps = {f"s{number}": step.id for number, step in enumerate(group("dmp_steps"), start=1)}
        numbered = dict(zip((phase.id for phase in group("dmp_phases")), phases, strict=True))
        assert {steps[card]: tuple(places) for card, places in graded.items()} == {
            step: (numbered[phase],) for phase, step in pairs.items()
        }

    @each_language
    def test_the_other_steps_have_a_dash(self, lang, drawn):
        assert texts_of(drawn("decision-process", lang)).count(DASH) == 3

    def test_every_step_says_what_happens(self):
        assert list(decision_process.WORDS.glosses) == [step.id for step in group("dmp_steps")]

    def test_the_vendors_step_is_the_one_that_makes_options(self):
        assert "벤더" in statements()[decision_process.WORDS.vendors].text.ko
        assert "벤더" in decision_process.WORDS.glosses[decision_process.WORDS.vendors].ko


class TestDecisionUnit:
    """The running case's people, and what the title says of one of them."""

    story = case("saesol")

    def test_the_point_is_the_user_who_is_a_gatekeeper(self):
        assert crossed(self.story).roles == ("role.user", "role.gatekeeper")

    def test_no_way_leads_from_that_person_to_a_decider(self):
        reached, new = set(), {crossed(self.story).id}
        while new:
            reached |= new
            new = {there for here, there in self.story.influences if here in new} - reached
        assert not reached & {person.id for person in self.story.playing("role.decider")}

    @each_language
    def test_everyone_stands_there_once(self, lang, drawn):
        texts = texts_of(drawn("decision-unit", lang))
        for person in self.story.customer.people:
            assert texts.count(person.name[lang]) == 1
            assert person.title[lang] in texts
        assert {role.name[lang] for role in group("roles")} <= set(texts)

    @each_language
    def test_the_fear_stands_beside_the_point(self, lang, drawn):
        fear = crossed(self.story).fear[lang]
        assert fear[1:] in " ".join(texts_of(drawn("decision-unit", lang)))


class TestExchange:
    """Open cells stay open."""

    def test_nobody_is_named_where_the_exercise_leaves_it_open(self):
        item = practice_item("ma-flow")
        stages = dict(zip(exchange.WORDS.stages, (one.id for one in item.categories), strict=True))
        open_cells = {
            f"{stages[stage]}/{side}"
            for stage, words in exchange.WORDS.stages.items()
            for side in ("vendor", "customer")
            if getattr(words, side).who is None
        }
        assert open_cells == set(item.open)

    @each_language
    def test_every_arrow_says_what_passes_and_nobody_is_a_dash(self, lang, drawn):
        texts = texts_of(drawn("exchange", lang))
        for words in exchange.WORDS.stages.values():
            for side in (words.vendor, words.customer):
                assert side.does[lang] in texts
        assert DASH not in texts

    def test_the_stages_carry_the_documents_letters_in_its_order(self):
        assert list(exchange.WORDS.stages) == [stage.id for stage in group("exchange")]
        stages = group("exchange")
        assert "".join(exchange.letter(stage, "ko") for stage in stages) == "가나다라마"
        assert "".join(exchange.letter(stage, "en") for stage in stages) == "ABCDE"


class TestPaths:
    """Steps in their order, each with a gloss."""

    @pytest.mark.parametrize(
        ("name", "words", "steps"),
        [
            ("ten-steps", ten_steps.WORDS, group("ten_steps")),
            ("value-cycle", value_cycle.WORDS, group("value_steps")),
        ],
    )
    def test_every_step_is_numbered_and_says_what_happens(self, name, words, steps, drawn):
        assert list(words.glosses) == [step.id for step in steps]
        numbers = [text for text in texts_of(drawn(name, "ko")) if text.isdecimal()]
        assert numbers == [str(number) for number, _ in enumerate(steps, start=1)]

    def test_the_offer_is_the_fifth_step(self):
        assert ten_steps.WORDS.turn == group("ten_steps")[4].id

    def test_value_comes_into_being_at_creation(self):
        moment = statements()[value_cycle.WORDS.moment]
        assert (moment.name.ko, moment.name.en) == ("창출", "Creation")

    def test_the_levels_are_those_of_the_fact(self):
        words = statements()["vc.lv"].text.en
        places = [words.index(level.en) for level in value_cycle.WORDS.levels]
        assert places == sorted(places)


class TestPilotLadder:
    """Wider each time; open where the document is."""

    rungs = pilot_ladder.WORDS.rungs

    def test_only_the_third_pilot_leaves_its_lines_open(self):
        pilots = [rung for rung in self.rungs if rung.items]
        assert [rung.lines == 0 for rung in pilots] == [False, False, True]
        assert all(a.items < b.items for a, b in pairwise(pilots))

    def test_the_contract_comes_after_the_audit_and_before_account_management(self):
        [point] = [index for index, rung in enumerate(self.rungs) if rung.point]
        assert self.rungs[point].name.en == "Contract"
        assert self.rungs[point - 1].name.en == "Audit"
        assert self.rungs[point + 1].fact == "ten.10"

    @each_language
    def test_what_is_open_is_told_in_the_note(self, lang, drawn):
        alt = drawn("pilot-ladder", lang).alt
        assert pilot_ladder.WORDS.open[lang] in texts_of(drawn("pilot-ladder", lang))
        assert f"9 {statements()['ten.9'].name[lang]}".lower() in alt.lower()


class TestPortfolio:
    """The numbers are the exercise's."""

    story = Portfolio(practice_item("al-portfolio"), "en")

    def test_the_title_names_the_largest_single_one_which_the_best_plan_leaves_out(self):
        assert self.story.largest not in self.story.chosen
        assert self.story.names[self.story.largest] in self.story.title

    def test_the_chosen_add_up_to_the_best_value(self):
        assert sum(map(self.story.worth, self.story.chosen)) == self.story.key.best

    def test_a_dot_is_a_person_and_the_best_plan_has_no_more_than_there_are(self, drawn):
        people = self.story.column("size").values
        [limit] = (limit for limit in self.story.item.limits if limit.id == "people")
        taken = sum(people[row] for row in self.story.chosen)
        assert len(filled(drawn("portfolio", "en"))) == taken <= limit.most
        assert len(drawn("portfolio", "ko").figure.findobj(Circle)) == sum(people.values())

    @each_language
    def test_all_that_a_value_depends_on_is_written_beside_it(self, lang, drawn):
        story, texts = (
            Portfolio(practice_item("al-portfolio"), lang),
            texts_of(drawn("portfolio", lang)),
        )
        for row in story.names:
            for name in ("gain", "win", "risk", "cost"):
                assert story.value(name, row) in texts
            gain, cost = (story.column(n).values[row] for n in ("gain", "cost"))
            win, risk = (story.column(n).values[row] / 100 for n in ("win", "risk"))
            assert float(story.worth(row)) == pytest.approx(gain * win * (1 - risk) - cost)

    @each_language
    def test_the_traps_are_named(self, lang):
        told = Portfolio(practice_item("al-portfolio"), lang).note
        for trap in self.story.key.traps:
            assert (trap.name[lang] in told) is not trap.near


class TestSchedule:
    """The plan can be kept, and the title is true of it."""

    story = Schedule(practice_item("al-schedule"), "en")

    def test_every_accepted_job_ends_in_time(self):
        for job in self.story.accepted:
            assert self.story.ends[job] <= self.story.jobs[job].due
        standing = stand(self.story.key.rules, self.story.key.plans[0])
        assert standing.feasible
        assert standing.worth == self.story.key.best

    def test_the_line_is_never_idle(self):
        ends = [self.story.ends[job] for job in self.story.accepted]
        starts = [self.story.start(job) for job in self.story.accepted]
        assert starts == [Decimal(0), *ends[:-1]]
        assert ends[-1] == max(job.due for job in self.story.jobs.values())

    def test_the_title_counts_the_accepted(self):
        assert self.story.title.startswith("Four ")

    @each_language
    def test_every_job_stands_there_with_due_date_and_profit(self, lang, drawn):
        texts = texts_of(drawn("schedule", lang))
        story = Schedule(practice_item("al-schedule"), lang)
        for job, name in story.names.items():
            assert name in texts
            assert story.due(job) in texts
            assert story.profit(job) in texts

    @each_language
    def test_what_other_rules_would_bring_is_told(self, lang):
        note = Schedule(practice_item("al-schedule"), lang).note
        for trap in self.story.key.traps:
            assert (trap.name[lang] in note) is not bool(trap.breaks)


class TestOutcomes:
    """Whose plans they are is told by name: letters alone mean other firms elsewhere."""

    @each_language
    def test_everyone_chosen_stands_there_by_name(self, lang, drawn):
        story, texts = Outcomes(practice_item("sel-cash"), lang), texts_of(drawn("outcomes", lang))
        for at in (0, 1):
            assert len(story.names(at)) == len(story.plans[at].amounts)
            assert set(story.names(at)) <= set(texts)
            assert story.mean(at) in texts

    @each_language
    def test_the_firm_of_the_note_is_the_one_of_the_exercise(self, lang):
        firm = outcomes.WORDS.firm[lang]
        assert firm in " ".join(practice_item("sel-cash").case[lang])
        assert firm in Outcomes(practice_item("sel-cash"), lang).note

    def test_nearly_the_same_is_nearly_the_same(self):
        best, other = Outcomes(practice_item("sel-cash"), "en").spreads
        assert abs(best.expected - other.expected) < Decimal("0.15") * best.expected
        assert other.losses > 5 * best.losses
