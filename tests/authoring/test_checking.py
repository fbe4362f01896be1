"""What a careful colleague would question, each provoked in a skeleton by one change."""

import pytest

from b2bcourse.authoring.checking import check
from b2bcourse.authoring.writing import kinds, new_item
from b2bcourse.context import bank_folder
from b2bcourse.course_files import solutions_root

SOLUTIONS = solutions_root()
ITEMS = [
    *sorted(bank_folder().glob("*.yaml")),
    *(sorted((SOLUTIONS / "items").glob("*.yaml")) if SOLUTIONS else []),
]


@pytest.mark.parametrize("kind", kinds())
def test_every_skeleton_is_sound_and_leaves_nothing_to_question(spoilt, kind):
    assert [str(finding) for finding in check(spoilt(kind))] == []


@pytest.mark.parametrize("path", ITEMS, ids=lambda path: path.stem)
def test_every_item_of_the_course_can_be_used(path):
    assert [str(finding) for finding in check(path) if finding.kind == "error"] == []


PR = "{ko: 장비를 쓰지도 사지도 않습니다., en: Neither uses nor buys the device.}"
LONG = "The head nurse of the ward who is alone on duty at night and has to deal with failures"
# The kind, what was written, what it was changed to, a piece of the line, what is asked.
DOUBTS = {
    "no English": (
        "matrix",
        "낮은 값, en: A low price",
        '낮은 값, en: ""',
        "낮은 값",
        "name: the English text",
    ),
    "no Korean": ("matrix", "ko: 낮은 값", 'ko: ""', "A low price", "name: the Korean text"),
    "no Korean case": (
        "choice",
        "ko: [병원이 심전도기를 바꾸려 합니다. 밤에는 병동마다 한 사람만 남습니다.]",
        "ko: []",
        "case:",
        "case: the Korean text",
    ),
    "English in the Korean text": (
        "matrix",
        "ko: 같은 예산으로 더 살 수 있습니다.",
        "ko: The same budget buys more.",
        "same budget",
        "point.ko: no Korean",
    ),
    "Korean in the English text": (
        "matrix",
        "en: A low price",
        "en: A low price (값)",
        "A low price",
        "name.en: Korean in",
    ),
    "no source": ("essay", "source: background", "", "#", "source: no source"),
    "no reason for an option": (
        "choice",
        PR,
        '{ko: "", en: ""}',
        "id: pr",
        "options[4]: no reason",
    ),
    "no reason for a person": (
        "matrix",
        (
            "{ko: 구매과장은 쓴 돈으로 평가받습니다., en: The purchasing manager is judged by what "
            "was spent.}"
        ),
        '{ko: "", en: ""}',
        "column: purchasing",
        "rows[1].members[0]: no reason",
    ),
    "no reason for a mistake": (
        "matching",
        "{ko: 권하는 것과 정하는 것은 다릅니다., en: Advising is not deciding.}",
        '{ko: "", en: ""}',
        "id: report",
        "mistakes[0]: no reason",
    ),
    "the longest option is right": (
        "choice",
        "en: The head nurse of the ward",
        f"en: {LONG}",
        "options:",
        "much longer",
    ),
    "the right option is a little longer than all others": (
        "choice",
        "en: The head nurse of the ward",
        "en: The head nurse of the ward on call at night",
        "options:",
        "the right option is the longest (en); make a wrong one as long",
    ),
    "the right option is the short one": (
        "choice",
        "en: The head nurse of the ward",
        "en: The nurse",
        "options:",
        "much shorter than the others (en)",
    ),
    "a particle after a stop": (
        "choice",
        "ko: 기록이 이어지는지를 봅니다.",
        "ko: 기록을 본다.가 맡은 일입니다.",
        "id: it",
        "options[3].reason.ko: a particle after a stop",
    ),
    "two particles to choose from": (
        "choice",
        "ko: 기록이 이어지는지를 봅니다.",
        "ko: 기록을(를) 봅니다.",
        "id: it",
        "options[3].reason.ko: two particles",
    ),
    "money as nobody says it": (
        "choice",
        "ko: 기록이 이어지는지를 봅니다.",
        "ko: 28백만 원을 봅니다.",
        "id: it",
        "28백만 원 is said 2,800만 원",
    ),
    "a percentage in another style": (
        "choice",
        "en: Watches whether records connect.",
        "en: Watches 6 % of the records.",
        "id: it",
        "a percentage is written 6%",
    ),
    "the answer in the question": (
        "choice",
        "en: Whom to meet first",
        "en: The head nurse of the ward and others",
        "id: nurse",
        "options[0]: the right answer stands in the question (en)",
    ),
    "a card that names its category": (
        "matching",
        "ko: 끝으로 사기로 했다.",
        "ko: 결정권자가 사기로 했다.",
        "id: said",
        "the card names its category «결정권자» (ko)",
    ),
    "a card that names its row": (
        "matrix",
        "  point: {ko: 같은",
        ("  card: {ko: 낮은 값이 좋습니다., en: We like it.}\n  point: {ko: 같은"),
        "card:",
        "rows[1].card: the card names its row (ko)",
    ),
    "two names that are typed alike": (
        "choice",
        "en: The team for public relations",
        "en: The Manager who signs contracts!",
        "id: pr",
        "options[4]: «The Manager who signs contracts!» and «The manager who signs contracts» are",
    ),
    "an id in capitals": ("matrix", "- id: price", "- id: The Price", "The Price", "«The Price»"),
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_what_a_colleague_would_question_is_told_on_its_line(found, doubt):
    kind, old, new, line, told = DOUBTS[doubt]
    findings = found(kind, old, new)
    assert any(line in named and told in text for _, named, text in findings), findings


# What was written, what it was changed to, a piece of the line, what is told.
UNPROVED = {
    "a worth that the plan does not have": ("best: 71", "best: 70", "plans:", "worth 71, not 70"),
    "a plan that is worth less": ("[[b, c]]", "[[c, d]]", "plans:", "worth 68, not 71"),
    "limits that allow a better plan": ("most: 8", "most: 9", "best:", "is worth 86, not 71"),
    "a trap of another worth": ("value: 50", "value: 51", "name:", "worth 50, not 51"),
    "a best plan of several left out": ("d: 80}", "d: 87.5}", "plans:", "2 plans are best, 1 "),
}


@pytest.mark.parametrize("flaw", UNPROVED)
def test_a_best_plan_that_is_not_the_best_is_an_error(found, flaw):
    old, new, line, told = UNPROVED[flaw]
    errors = [one for one in found("allocation", old, new) if one[0] == "error"]
    assert any(line in named and told in text for _, named, text in errors), errors


def test_absolute_words_in_wrong_options_alone_are_questioned(spoilt):
    path = spoilt("choice")
    text = path.read_text("utf-8")
    for old in ("The director of the hospital", "The manager of the records"):
        text = text.replace(f"en: {old}", f"en: Always {old[0].lower()}{old[1:]}")
    path.write_text(text, "utf-8")
    found = [finding.text for finding in check(path)]
    assert any("only wrong options have absolute words: always (en)" in told for told in found)


def test_names_written_alike_in_both_languages_are_no_doubt(found):
    assert found("matrix", "{ko: 낮은 값, en: A low price}", "{ko: RFP, en: RFP}") == []


def test_what_guessing_beats_is_questioned(found, monkeypatch):
    monkeypatch.setattr("b2bcourse.authoring.checking.ITEM_LIMIT", 0.001)
    [(kind, line, text)] = found("matrix")
    assert (kind, line) == ("warning", "kind: matrix")
    assert "guessing (" in text
    assert "should stay under 25%" in text


def test_one_reason_for_two_places_of_a_card_is_questioned(spoilt):
    path = spoilt("matching", "several: false", "several: true")
    path.write_text(path.read_text().replace("required: [user]", "required: [user, buyer]"))
    told = [str(finding) for finding in check(path)]
    assert any("reasons: no reason of its own for 'user'" in line for line in told)
    assert any("reasons: no reason of its own for 'buyer'" in line for line in told)


@pytest.mark.parametrize(("name", "is_one"), [("con", True), ("com1", True), ("console", False)])
def test_an_item_called_like_a_device_of_windows_is_questioned(tmp_path, name, is_one):
    findings = [str(one) for one in check(new_item("essay", name, tmp_path))]
    assert any("Windows" in one for one in findings) is is_one
