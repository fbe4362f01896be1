"""What the documents teach decides how it goes."""

import pytest
from games import close, do, first_having, ready

from b2bcourse import simulation as sim
from b2bcourse.simulation.acts import WISH
from b2bcourse.simulation.state import Order


def offer(state, messages, account="mir", cut=0, visits=2):
    told = [{"person": who, "benefit": benefit} for who, benefit in messages]
    return do(state, "offer", account, cut=cut, visits=visits, messages=told)


def warmth(state, after, who, account="mir"):
    return after.accounts[account].people[who].support - state.accounts[account].people[who].support


def calm(here):
    """Nobody worries and nobody talks, so that only the move counts."""
    for person in here.people.values():
        person.fear, person.support = "", 0


def test_a_message_counts_by_how_well_it_fits_the_persons_interest():
    state, here = ready()
    calm(here)
    chief = here.people["ahn"]
    chief.wishes, chief.interests = ("cost_saving",), (("digital", 4),)
    for benefit, worth, told in (
        ("cost_saving", WISH, "touched"),
        ("digital", 4, "heard"),
        ("support_247", -3, "untouched"),
    ):
        after, said = offer(state, [("ahn", benefit)])
        assert warmth(state, after, "ahn") == worth
        assert told in said


def test_saying_it_twice_or_pouring_everything_out_wins_nobody():
    state, here = ready()
    calm(here)
    here.people["ahn"].wishes = ("cost_saving",)
    after, said = offer(state, [("ahn", "cost_saving")] * 2)
    assert said.count("told_again") == 1
    assert warmth(state, after, "ahn") == WISH
    after, said = offer(state, [("ahn", "cost_saving")] * 4)
    assert "spec_dump" in said
    assert warmth(state, after, "ahn") < 0


def test_an_offer_without_a_message_only_invites_a_lower_price():
    state, here = ready()
    after, said = offer(state, [])
    assert "price_only" in said
    assert after.accounts["mir"].room == here.room + 1


def test_a_gatekeeper_who_is_against_us_keeps_us_from_the_deciders_until_the_worry_is_answered():
    state, here = ready(account="saesol")
    here.people["oh"].met, here.people["oh"].support = 2, -3
    here.people["seo"].support = 5
    stopped, said = do(state, "map", "saesol", person="jang")
    assert "stopped" in said
    assert stopped.accounts["saesol"].people["jang"].met == 0
    shown = sim.view(stopped, "en")["accounts"][1]
    keeper = next(person for person in shown["people"] if person["id"] == "oh")
    assert any("kept our messages" in clue["text"] for clue in keeper["clues"])
    _wrong, said = do(state, "reassure", "saesol", person="oh", fear="job")
    assert "reassured_wrongly" in said
    after, said = do(state, "reassure", "saesol", person="oh", fear="papers")
    assert "reassured" in said
    assert "met" in do(after, "map", "saesol", person="jang")[1]


def test_a_user_whose_fear_nobody_answers_turns_gatekeeper_once_an_offer_is_made():
    state, here = ready(account="saesol")
    here.people["seo"].support = 0
    _, said = offer(state, [("han", "custom")], "saesol", visits=0)
    assert "shuts_gate" in said


def test_trying_it_convinces_users_and_influencers_and_a_reference_deciders():
    state, here = ready()
    calm(here)
    user, chief = first_having(here, "user"), first_having(here, "decider")
    after, _ = do(state, "demo", persons=[user, chief])
    assert warmth(state, after, user) > 5 > warmth(state, after, chief)
    after, _ = do(state, "reference", person=chief)
    assert warmth(state, after, chief) >= 8
    after, _ = do(state, "reference", person=user)
    assert warmth(state, after, user) <= 1


def test_whoever_is_convinced_carries_it_to_those_who_listen():
    state, here = ready()
    calm(here)
    here.people["min"].support = 12
    after, _ = sim.step(state, [])
    assert warmth(state, after, "ahn") == 1
    assert warmth(state, after, "noh") == 1


def test_a_product_below_the_threshold_has_no_value_and_development_needs_two_turns():
    state, here = ready()
    close(here)
    here.target = here.performance + 4
    here.passed = ("pilot1",)
    assert "test_too_weak" in do(state, "test", which="pilot2")[1]
    state, _ = do(state, "relay")
    assert state.accounts["mir"].performance < here.target
    state, _said = sim.step(state, [])
    assert state.accounts["mir"].performance >= here.target


def test_a_test_cannot_be_run_before_what_it_builds_on():
    state, here = ready(account="saesol")
    close(here)
    assert "illegal" in do(state, "test", "saesol", which="audit")[1]
    assert "illegal" in do(state, "test", "saesol", which="mass")[1]
    here.passed = ("pilot1", "pilot2", "pilot3", "mass")
    assert "illegal" in do(state, "test", "saesol", which="pilot1")[1]


def test_the_contract_comes_after_the_audit():
    state, here = ready()
    close(here)
    here.passed = ("pilot1", "pilot2", "mass")
    assert "illegal" in do(state, "contract")[1]
    here.passed = (*here.passed, "audit")
    after, said = do(state, "contract")
    assert "signed" in said
    assert after.profit > 0


def signing(state, here):
    here.passed = ("pilot1", "pilot2", "mass", "audit")
    return do(state, "contract")[1]


@pytest.mark.parametrize(
    ("role", "support", "refusal"),
    [
        ("decider", 9, "refused_decider"),
        ("buyer", -1, "refused_buyer"),
    ],
)
def test_without_the_decider_or_the_buyer_there_is_no_contract(role, support, refusal):
    state, here = ready()
    close(here)
    here.people[first_having(here, role)].support = support
    assert refusal in signing(state, here)


def test_where_nobody_sees_a_gain_nobody_signs_unless_the_price_alone_is_one():
    state, here = ready()
    close(here)
    for person in here.people.values():
        person.gains = False
    assert "refused_value" in signing(state, here)
    here.agreed = here.price + 8
    assert "signed" in signing(state, here)


def test_conditions_that_fall_short_need_the_partner_that_fits():
    state, here = ready()
    close(here)
    here.short = "agent"
    assert "refused_short" in signing(state, here)
    here.partner = "consortium"
    assert "refused_short" in signing(state, here)
    here.partner = "agent"
    assert "signed" in signing(state, here)


def test_a_promise_is_found_out_at_the_mass_production_test_and_a_false_claim_at_the_audit():
    state, here = ready()
    close(here)
    here.question = "capacity"
    promised, _ = do(state, "answer", how="promise")
    there = promised.accounts["mir"]
    there.passed = ("pilot1", "pilot2")
    promised.time = promised.people = 20
    after, said = do(promised, "test", which="mass")
    assert "promise_found" in said
    assert after.accounts["mir"].trust < there.trust
    state, here = ready()
    here.people["ahn"].wishes = ("near_office",)
    claimed, _ = offer(state, [("ahn", "near_office")])
    there = claimed.accounts["mir"]
    assert there.false_claims == (("ahn", "near_office"),)
    close(there)
    there.passed = ("pilot1", "pilot2", "mass")
    assert "claims_found" in do(claimed, "test", which="audit")[1]


def bargain(opening, reserve, **known):
    state, here = ready()
    here.price, here.service, here.room = 6, 2, 3
    here.cut, here.visits = 0, 2
    here.probed = ("price", "service")
    for name, value in known.items():
        setattr(here, name, value)
    after, said = do(state, "negotiate", opening=opening, reserve=reserve)
    return after.accounts["mir"], said


def test_opening_high_leaves_room_to_meet_where_both_can_live():
    here, said = bargain(3, 8)
    assert "agreed" in said
    assert here.agreed == 6
    assert bargain(6, 9)[0].agreed == 8


def test_too_high_an_opening_ends_the_talk_and_pushing_too_far_sours():
    here, said = bargain(0, 8, room=2)
    assert "insulted" in said
    here, said = bargain(1, 8)
    assert "agreed_sour" in said
    assert here.sour


def test_who_has_not_asked_meets_a_buyer_who_bluffs():
    assert bargain(3, 12, probed=())[0].agreed > bargain(3, 12)[0].agreed


def test_more_service_stands_for_price():
    assert bargain(1, 9, visits=4)[0].agreed < bargain(3, 9)[0].agreed


def test_nobody_can_open_below_the_own_offer_nor_before_the_question_is_answered():
    assert "illegal" in bargain(3, 8, cut=5)[1]
    assert "illegal" in bargain(3, 8, question="price")[1]


def signed(**more):
    state, here = ready()
    close(here)
    here.status, here.signed, here.trust = "signed", 1, 60
    for name, value in more.items():
        setattr(here, name, value)
    return state, here


def test_a_one_sided_deal_sours_turn_after_turn():
    state, _here = signed(sour=True)
    after, events = sim.step(state, [])
    assert "sours" in [event.name for event in events]
    assert after.accounts["mir"].trust < 60


def test_an_order_that_takes_longer_than_it_may_comes_late_and_costs():
    state, here = signed()
    state.turn, state.capacity = 2, 9
    here.orders = (Order(1, 15, 2, 15),)
    state, said = do(state, "accept", order=1)
    assert "accepted_tight" in said
    late, said = do(state, "care")
    assert "late" in said
    assert late.accounts["mir"].on_time == 0


def test_an_order_that_gets_no_answer_goes_elsewhere():
    state, here = signed()
    here.orders = (Order(1, 4, 5, 4),)
    after, events = sim.step(state, [])
    assert "lapsed" in [event.name for event in events]
    assert after.accounts["mir"].trust < 60


def test_declining_what_cannot_be_done_costs_little_and_what_can_be_done_more():
    state, here = signed()
    here.orders = (Order(1, 40, 1, 40),)
    hopeless, _ = do(state, "decline", order=1)
    here.orders = (Order(1, 4, 5, 4),)
    needless, _ = do(state, "decline", order=1)
    assert hopeless.accounts["mir"].trust > needless.accounts["mir"].trust


def attacks(state, **moves):
    """In how many seeds the competitor has attacked after four quiet turns."""
    count = 0
    for seed in range(30):
        fresh = state.copied()
        fresh.seed, fresh.turn = seed, 3
        for _ in range(4):
            fresh, events = sim.step(fresh, moves.get("each", []))
            count += any(event.name == "attacked" for event in events)
    return count


def test_a_neglected_account_is_attacked_and_one_that_is_looked_after_is_not():
    state, _ = signed(hazard=0, trust=90)
    assert attacks(state) > 10
    assert attacks(state, each=[{"do": "care", "account": "mir"}]) == 0


def test_a_defect_is_best_dealt_with_together_and_left_alone_it_ends_the_account():
    state, _here = signed(defect=1, hazard=0)
    after, said = do(state, "fix", how="joint")
    assert "fixed_together" in said
    assert after.accounts["mir"].trust > 60
    for _ in range(5):
        state, _ = sim.step(state, [{"do": "watch", "account": "mir"}])
    assert state.accounts["mir"].status == "lost"


def test_skipped_tests_bring_defects():
    def defects(skipped):
        found = 0
        for seed in range(60):
            state, here = signed(skipped=skipped, hazard=0)
            state.seed, here.making = seed, (Order(1, 4, 9, 4),)
            _after, events = sim.step(state, [])
            found += any(event.name == "defect" for event in events)
        return found

    assert defects(0) < defects(1) < defects(2)


def test_a_customer_that_fails_takes_along_what_was_put_in():
    state, _here = signed(hazard=1000)
    after, events = sim.step(state, [])
    assert "bankrupt" in [event.name for event in events]
    assert "illegal" in do(after, "care")[1]


def test_value_kept_opens_the_next_field_only_where_there_is_trust():
    state, here = signed(delivered=1, hazard=0)
    assert "expanded" in do(state, "expand")[1]
    here.trust = 30
    assert "not_open" in do(state, "expand")[1]


def test_a_served_customer_of_name_is_a_better_reference():
    state, here = ready()
    calm(here)
    plain, _ = do(state, "reference", person="ahn")
    state.accounts["hanul"].delivered = 1
    famed, _ = do(state, "reference", person="ahn")
    assert warmth(state, famed, "ahn") > warmth(state, plain, "ahn")
