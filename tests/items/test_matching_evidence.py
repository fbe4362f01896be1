"""A matching that asks for evidence: an answer counts whole only with the lines that show it."""

import pytest

from b2bcourse import render
from b2bcourse.context import practice_item
from b2bcourse.items import ItemError, ResponseError, kind_of

KIND = kind_of("matching")
ITEM = practice_item("ev-bakery")
SLOTS = {card.text: card.id for card in KIND.face(ITEM, "en").cards}
RIGHT = {
    "Lee Do-dam": ("initiator", 2),
    "Hwang Bo-ram": ("influencer", 3),
    "Min Ga-eul": ("user", 5),
    "Gye Tae-ju": ("buyer", 6),
    "Eo Jin-sol": ("decider", 8),
    "Noh Eul": ("gatekeeper", 9),
}


def score(lang="en", **changed):
    """The right answer, but for the lines of Gye (the buyer) or of everybody."""
    value = {"places": {}, "lines": {}}
    for name, (place, line) in RIGHT.items():
        value["places"][SLOTS[name]] = {place: 1}
        value["lines"][SLOTS[name]] = {str(line): 1}
    if "gye" in changed:
        value["lines"][SLOTS["Gye Tae-ju"]] = {str(line): 1 for line in changed["gye"]}
    if "lines" in changed:
        value["lines"] = changed["lines"]
    face, key = KIND.face(ITEM, lang), KIND.key(ITEM)
    outcome = KIND.score(face, key, value)
    return outcome, KIND.explain(face, key, outcome, value), KIND.judged(face, key, outcome, value)


def verdict(outcome):
    return next(p.verdict for p in outcome.parts if p.id == f"{SLOTS['Gye Tae-ju']}/#")


def test_the_right_names_with_fitting_lines_earn_everything():
    assert score()[0].fraction == 1.0


def test_a_line_that_also_belongs_costs_nothing():
    outcome, _, _ = score(gye=[6, 7])
    assert (outcome.fraction, verdict(outcome)) == (1.0, "right")


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ([], "missed"),
        ([4], "wrong"),
        ([6, 4], "partly"),
        ([6, 4, 10], "wrong"),
        (range(1, 11), "wrong"),
    ],
)
def test_less_than_fitting_evidence_earns_less(lines, what):
    outcome, _, _ = score(gye=lines)
    assert outcome.fraction < 1
    assert verdict(outcome) == what


def test_a_fitting_line_among_others_is_worth_more_than_none():
    assert score(gye=[])[0].fraction < score(gye=[6, 4])[0].fraction < 1


def test_names_without_any_line_earn_about_half():
    assert 0.3 < score(lines={})[0].fraction < 0.5


def test_lines_alone_earn_nothing():
    value = {"places": {}, "lines": {slot: {"2": 1} for slot in SLOTS.values()}}
    outcome = KIND.score(KIND.face(ITEM, "en"), KIND.key(ITEM), value)
    assert outcome.fraction == 0
    assert not any(part.verdict == "right" for part in outcome.parts)


@pytest.mark.parametrize(
    "lines", [None, 3, [1], {"c1": 2}, {"c1": {"99": 1, "x": 1, "2": "yes"}}, {"zz": {"1": 1}}]
)
def test_lines_that_cannot_be_read_count_for_nothing(lines):
    assert verdict(score(lines=lines)[0]) == "missed"


def test_feedback_names_lines_that_do_not_fit_and_never_those_that_would(lang):
    for feedback in score(lang, gye=[4, 10])[1:]:
        told = feedback.parts[f"{SLOTS['Gye Tae-ju']}/#"].lines[0].lead
        assert "4, 10" in told
        assert "6" not in told


def test_a_face_holds_no_line_that_shows_anything():
    face = KIND.face(ITEM, "ko")
    assert face.evidence
    assert list(face.lines) == list(range(1, 11))
    assert all(not hasattr(card, "evidence") for card in face.cards)


def test_everything_can_be_typed(lang):
    face = KIND.face(ITEM, lang)
    typed = KIND.parse(face, {"Gye Tae-ju" if lang == "en" else "계태주": ["Buyer", 6, 7]})
    slot = next(iter(typed["places"]))
    assert typed == {"places": {slot: {"buyer": 1}}, "lines": {slot: {"6": 1, "7": 1}}}
    assert KIND.replacing(face, typed)["lines"][slot] == {
        str(n): 1 if n in (6, 7) else None for n in face.lines
    }


def test_a_line_that_is_not_there_is_told(lang):
    with pytest.raises(ResponseError) as error:
        KIND.parse(KIND.face(ITEM, lang), {1: ["Buyer", 11]})
    assert "11" in error.value.text[lang]
    assert "10" in error.value.text[lang]


def test_the_form_to_fill_in_shows_the_numbered_lines(lang):
    form = KIND.template(KIND.face(ITEM, lang))
    assert f"#  10. {ITEM.case[lang][9]}" in form


def test_the_static_page_numbers_the_story_and_tells_what_was_cited(lang):
    face = KIND.face(ITEM, lang)
    value = {"places": {"c1": {"user": 1}}, "lines": {"c1": {"3": 1}}}
    page = render.html(face, value)
    assert f"<p>10. {ITEM.case[lang][9][:12]}" in page
    assert {"ko": "근거: 3줄", "en": "lines 3"}[lang] in page
    assert {"ko": "근거: 3줄", "en": "lines 3"}[lang] in render.text(face, value)


def written(**more):
    def text(word):
        return {"ko": word, "en": word}

    raw = {
        "schema": 1,
        "id": "made",
        "kind": "matching",
        "evidence": True,
        "title": text("t"),
        "task": text("t"),
        "heading": text("h"),
        "case": {"ko": list("abcdef"), "en": list("abcdef")},
        "categories": [{"id": c, "name": text(c)} for c in "pqr"],
        "cards": [
            {
                "id": "one",
                "text": text("1"),
                "reason": text("r"),
                "required": ["p"],
                "evidence": [1],
            },
            {
                "id": "two",
                "text": text("2"),
                "reason": text("r"),
                "required": ["q"],
                "evidence": [2],
            },
        ],
    }
    raw |= {name: data for name, data in more.items() if name != "card"}
    raw["cards"][0] |= more.get("card", {})
    return KIND.load(raw, "made.yaml")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"evidence": False}, "evidence: true"),
        ({"case": {"ko": list("abc"), "en": list("abc")}}, "5 lines"),
        ({"case": {"ko": list("abcdef"), "en": list("abcde")}}, "as many in each language"),
        ({"card": {"evidence": []}}, "name the lines"),
        ({"card": {"evidence": [7]}}, "no line 7; 1 to 6"),
        ({"card": {"evidence": [1, 2, 3, 4]}}, "more than half"),
    ],
)
def test_an_author_is_told_what_would_make_citing_meaningless(more, told):
    assert written().evidence
    with pytest.raises(ItemError, match=told):
        written(**more)
