"""The teacher's pages: whole in both languages, true to the course, and silent about graded answers."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from b2bcourse.context import bank_folder
from b2bcourse.course_files import solutions_root
from b2bcourse.facts.lessons import lessons
from b2bcourse.facts.reading import read_raw
from b2bcourse.grading.leaks.search import find_leaks, read_secrets

REPO = Path(__file__).parents[1]
PAGES = {"en": REPO / "docs" / "teaching.md", "ko": REPO / "docs" / "teaching-ko.md"}
ASSIGNMENTS = {
    "a1": "a1-process-and-unit",
    "a2": "a2-vendor-and-customer",
    "a3": "a3-benefit-matrix",
    "a4": "a4-ten-steps",
    "a5": "a5-value-cycle",
    "a6": "a6-choosing-customers",
    "a7": "a7-capstone",
}
CLASS = 75  # minutes
HOME = {"en": ["At home", "Self-study"], "ko": ["집에서", "혼자 배울 때"]}
PAGE = {"en": 420, "ko": 340}  # words that fit a printed page, tables included

both = pytest.mark.parametrize("lang", PAGES)
every_lesson = pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)


def text(lang):
    return PAGES[lang].read_text("utf-8")


def sections(lang, level="###"):
    """Heading to what stands below it, up to the next heading of the same level or above."""
    found = {}
    for part in re.split(rf"^(?={level} )", text(lang), flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        found[heading.removeprefix(level).strip()] = re.split(
            r"^#{2,3} ", body, flags=re.MULTILINE
        )[0]
    return found


def section_of(lang, start):
    found = [body for heading, body in sections(lang).items() if heading.startswith(f"{start} ")]
    assert len(found) == 1, f"{PAGES[lang].name}: {len(found)} sections of {start}"
    return found[0]


def tables(body):
    """Each table as rows of cells, its head first."""
    for block in re.findall(r"(?:^\|.*\n)+", body, re.MULTILINE):
        lines = [line.strip().strip("|").split("|") for line in block.splitlines()]
        yield [[cell.strip() for cell in line] for line in lines if set("".join(line)) - set("- ")]


def shape(lang):
    """The marks that begin each line of headings, tables and lists, with the rows' cells."""
    for line in text(lang).splitlines():
        if line.startswith("|"):
            yield f"| {line.count('|')}"
        elif found := re.match(r"#+ |- ", line):
            yield found[0]


def slug(heading):
    """A heading's address within its page, as GitHub and JupyterLab make it."""
    return re.sub(r"[^\w\- ]", "", heading.casefold()).strip().replace(" ", "-")


def items():
    folders = [bank_folder(), *([solutions_root() / "items"] if solutions_root() else [])]
    return {path.stem for folder in folders for path in folder.glob("*.yaml")}


def items_in(body):
    return set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", body))


def own_items(lesson):
    return {item for objective in lesson.objectives for item in objective.items}


class TestTheTwoPagesAreOneDocument:
    def test_headings_tables_and_lists_agree(self):
        assert list(shape("ko")) == list(shape("en"))

    def test_they_name_the_same_items_in_the_same_order(self):
        assert re.findall(r"`[^`]+`", text("ko")) == re.findall(r"`[^`]+`", text("en"))

    def test_the_english_page_is_english(self):
        assert re.findall("[가-힣]+", text("en")) == ["한국어"]

    @both
    def test_neither_shouts(self, lang):
        assert not re.search("[!\U0001f300-\U0001faff]", text(lang))


class TestEveryLessonHasItsPage:
    @both
    @every_lesson
    def test_it_leads_to_its_notebook(self, lang, lesson):
        assert f"../notebooks/{lang}/{lesson.id}.ipynb" in section_of(lang, lesson.id[:2])

    @both
    @every_lesson
    def test_the_plan_fills_a_class(self, lang, lesson):
        plan, *_ = tables(section_of(lang, lesson.id[:2]))
        assert sum(int(row[0]) for row in plan[1:]) == CLASS

    @both
    @every_lesson
    def test_it_says_how_long_the_lesson_takes(self, lang, lesson):
        opening, *_ = section_of(lang, lesson.id[:2]).split("|")
        assert re.search(rf"\b{lesson.minutes}(분| minutes)", opening)

    @both
    @every_lesson
    def test_it_has_a_place_for_every_exercise_of_the_notebook(self, lang, lesson):
        notebook = REPO / "notebooks" / lang / f"{lesson.id}.ipynb"
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        code = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        named = items_in(section_of(lang, lesson.id[:2]))
        assert set(re.findall(r'practice\("([^"]+)"', code)) <= named <= own_items(lesson)

    @both
    @every_lesson
    def test_it_names_what_goes_wrong_and_what_helps(self, lang, lesson):
        _, mistakes = tables(section_of(lang, lesson.id[:2]))
        assert len(mistakes) > 3
        assert all(len(row) == 3 and all(row) for row in mistakes)

    @both
    @every_lesson
    def test_it_tells_what_is_left_for_home_and_how_to_learn_it_alone(self, lang, lesson):
        heads = re.findall(r"^\*\*(.+?)\*\* ", section_of(lang, lesson.id[:2]), re.MULTILINE)
        assert heads[:2] == HOME[lang]

    @both
    @every_lesson
    def test_it_fits_a_page(self, lang, lesson):
        assert len(section_of(lang, lesson.id[:2]).split()) <= PAGE[lang]


class TestEveryRolePlayHasItsCards:
    @both
    @pytest.mark.parametrize("number", range(1, 11))
    def test_every_card_has_a_wish_a_fear_and_something_of_its_own(self, lang, number):
        *_, cards = tables(section_of(lang, f"R{number}"))
        assert len(cards) >= 4
        assert all(len(card) == 5 and all(card) for card in cards)

    @both
    def test_every_lesson_after_the_first_leads_to_its_own(self, lang):
        for lesson in lessons()[1:]:
            assert f"[R{int(lesson.id[:2])}](#r" in section_of(lang, lesson.id[:2])


class TestWhatIsNamedExists:
    @both
    def test_items(self, lang):
        assert items_in(text(lang)) - set(ASSIGNMENTS.values()) <= items()

    @both
    def test_links(self, lang):
        anchors = {slug(heading) for heading in re.findall(r"^#+ (.+)$", text(lang), re.MULTILINE)}
        for target in re.findall(r"\]\(([^)]+)\)", text(lang)):
            known = target[1:] in anchors if target[0] == "#" else (REPO / "docs" / target).exists()
            assert known, target

    @both
    @pytest.mark.parametrize("short", ASSIGNMENTS)
    def test_every_assignment_has_its_section(self, lang, short):
        assert f"`{ASSIGNMENTS[short]}`" in section_of(lang, short)

    @both
    def test_an_assignment_is_due_after_the_lesson_it_belongs_to(self, lang):
        """In the eight weeks each is set in a week and due in the next, except the last."""
        _, *weeks = next(tables(text(lang)))
        for this, following in pairwise(weeks):
            assert set(re.findall(r"a\d", this[3])) == set(re.findall(r"a\d", following[4]))


@pytest.mark.skipif(solutions_root() is None, reason="no graded items here")
class TestNothingGradedIsGivenAway:
    @pytest.fixture(scope="class")
    @staticmethod
    def secrets():
        return read_secrets(solutions_root())

    @both
    def test_the_leak_check_finds_nothing(self, lang, secrets):
        assert [str(leak) for leak in find_leaks(PAGES[lang], secrets, released=False)] == []

    @both
    def test_a_planted_sentence_would_be_found(self, lang, secrets, tmp_path):
        """So that the silence above means something."""
        _, sentence = next(iter(secrets.sentences.values()))
        planted = tmp_path / PAGES[lang].name
        planted.write_text(f"{text(lang)}\n- {sentence}\n", "utf-8")
        assert find_leaks(planted, secrets, released=False)

    @both
    def test_nobody_of_a_graded_case_is_named(self, lang):
        named = {person for person in graded_people(lang) if person in text(lang)}
        assert not named


def graded_people(lang):
    """The people whom graded items ask about, by their full names."""
    for path in sorted((solutions_root() / "items").glob("*.yaml")):
        item = read_raw(path)
        for part in [*item.get("cards", []), *item.get("columns", [])]:
            name = part.get("name") or part.get("text") or {}
            if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+", name.get("en", "")):
                yield name[lang]
