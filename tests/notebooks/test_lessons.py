"""Lessons: the same in both languages but for the prose, in the agreed order, and runnable."""

import json
import re
from pathlib import Path

import pytest
from practice_bank import PRACTICE as BANK

from b2bcourse.authoring.cells import called
from b2bcourse.authoring.sittings import placed
from b2bcourse.context import read_index
from b2bcourse.facts.lessons import form, gains, lessons
from b2bcourse.items import kind_of

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LESSONS = sorted(path.stem for path in (NOTEBOOKS / "ko").glob("[0-9]*.ipynb"))
HANGUL = re.compile("[가-힣]")

# The first and the last page frame the course: no concept is taught there, a test is taken.
TESTS = {"00-start": "pre", "10-capstone": "post"}
FRAMES = [lesson for lesson in LESSONS if lesson in TESTS]
TAUGHT = [lesson for lesson in LESSONS if lesson not in TESTS]

# What a lesson is made of, in this order (design, section 6).
CONTRACT = [
    "title",
    "questions",
    "objectives",
    "warmup",
    "practice",
    "section",
    "practice",
    "section",
    "practice",
    "key-points",
    "next",
    "sources",
]
FRAME = ["title", "questions", "objectives", "section", "next", "sources"]


def notebook(lang, lesson):
    return json.loads((NOTEBOOKS / lang / f"{lesson}.ipynb").read_text(encoding="utf-8"))


def cells(lang, lesson):
    return {
        cell["id"]: (cell["cell_type"], "".join(cell["source"]))
        for cell in notebook(lang, lesson)["cells"]
    }


def code(lang, lesson):
    return {name: source for name, (kind, source) in cells(lang, lesson).items() if kind == "code"}


def calls(lang, lesson):
    """The verb and name that each code cell of a lesson calls; the name of one without is ""."""
    found = [called(source) for source in code(lang, lesson).values()]
    assert None not in found
    return found


def practised(lesson):
    return [item for verb, item in calls("ko", lesson) if verb == "practice"]


def kind_of_cell(name, source):
    """What a cell is in the lesson's contract."""
    if name.startswith("practice-"):
        return "practice"
    if re.fullmatch(r"s\d+", name):
        return "section"
    return name if called(source) is None else "other"


def headings(lang, lesson):
    found = []
    for kind, source in cells(lang, lesson).values():
        if kind == "markdown":
            found += re.findall(r"^#+ (.+)$", source, flags=re.MULTILINE)
    return found


def test_every_lesson_is_there_in_both_languages():
    assert LESSONS
    others = sorted(path.stem for path in (NOTEBOOKS / "en").glob("*.ipynb"))
    assert others == [*LESSONS, "today"]
    assert (NOTEBOOKS / "ko" / "today.ipynb").is_file()


def test_a_lessons_folder_says_its_language(lang):
    index = read_index(NOTEBOOKS / lang)
    assert index.lang == lang
    assert index.items == {}


@pytest.mark.parametrize("lesson", LESSONS)
class TestParity:
    def test_the_cells_are_the_same_in_the_same_order(self, lesson):
        korean, english = cells("ko", lesson), cells("en", lesson)
        assert list(korean) == list(english)
        assert {n: kind for n, (kind, _) in korean.items()} == {
            n: kind for n, (kind, _) in english.items()
        }

    def test_the_code_is_the_same(self, lesson):
        assert code("ko", lesson) == code("en", lesson)

    def test_the_prose_is_in_its_own_language(self, lesson):
        for name, (kind, source) in cells("ko", lesson).items():
            if kind == "markdown":
                assert HANGUL.search(source), name
        for name, (kind, source) in cells("en", lesson).items():
            if kind == "markdown" and name != "sources":  # a source keeps its Korean title
                assert not HANGUL.search(source), name

    def test_each_objective_of_the_outline_is_told_and_no_id_of_it(self, lesson, lang):
        [outline] = [one for one in lessons() if one.id == lesson]
        source = cells(lang, lesson)["objectives"][1]
        assert len(re.findall(r"^- ", source, flags=re.MULTILINE)) == len(outline.objectives)
        assert not re.search(r"\w+\.o\d", source)

    def test_no_learner_reads_what_authors_call_things(self, lesson, lang):
        """A document's number, and in English the Korean text's own letters."""
        for name, (kind, source) in cells(lang, lesson).items():
            if kind == "markdown":
                assert not re.search(r"문서 ?00\d|[Dd]ocument 00\d", source), name
            if kind == "markdown" and lang == "en" and name != "sources":
                assert not re.search("[㉮-㉲]", source), name

    def test_headings_and_tables_go_together(self, lesson):
        for name in cells("ko", lesson):
            korean, english = cells("ko", lesson)[name][1], cells("en", lesson)[name][1]
            for start in ("#", "|", "- "):
                count = [
                    sum(line.startswith(start) for line in text.splitlines())
                    for text in (korean, english)
                ]
                assert count[0] == count[1], f"{name}: lines starting with {start!r}"


def stand_in_order(parts, lang, lesson):
    found = [kind_of_cell(name, source) for name, (_, source) in cells(lang, lesson).items()]
    position = 0
    for part in parts:
        assert part in found[position:], f"{part} is missing or stands too early"
        position = found.index(part, position) + 1
    return found


@pytest.mark.parametrize("lesson", LESSONS)
class TestEveryPage:
    def test_the_title_says_how_long_it_takes(self, lesson, lang):
        title = cells(lang, lesson)["title"][1]
        assert title.startswith("# ")
        assert re.search(
            {"ko": r"\*\*걸리는 시간\*\*.*\d+분", "en": r"\*\*Time\*\*.*\d+ minutes"}[lang], title
        )

    def test_nobody_reads_more_than_a_screen_before_doing_something(self, lesson, lang):
        limit = {"ko": 1200, "en": 2400}[lang]
        read = 0
        for name, (kind, source) in cells(lang, lesson).items():
            read = 0 if kind == "code" else read + len(source)
            assert read < limit, name
            if name == "key-points":
                break

    def test_sections_are_numbered_as_they_stand(self, lesson, lang):
        numbers = [
            int(n) for heading in headings(lang, lesson) for n in re.findall(r"^(\d+)\. ", heading)
        ]
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("lesson", TAUGHT)
class TestContract:
    def test_it_holds_what_a_lesson_holds_in_that_order(self, lesson, lang):
        assert stand_in_order(CONTRACT, lang, lesson)[-3:] == CONTRACT[-3:]

    def test_a_guess_is_asked_for_before_anything_is_told(self, lesson):
        names = list(cells("ko", lesson))
        first = next(name for name in names if name.startswith("practice-"))
        assert names.index("warmup") + 1 == names.index(first)
        assert names.index(first) < names.index("s1")

    def test_practice_follows_every_section(self, lesson):
        names = list(cells("ko", lesson))
        starts = [n for n, name in enumerate(names) if re.fullmatch(r"s\d+", name)]
        ends = [*starts[1:], names.index("key-points")]
        for start, end in zip(starts, ends, strict=True):
            assert any(name.startswith("practice-") for name in names[start:end]), names[start]

    def test_it_teaches_with_a_figure(self, lesson):
        assert [argument for verb, argument in calls("ko", lesson) if verb == "figure"]


@pytest.mark.parametrize("lesson", FRAMES)
class TestFirstAndLastPage:
    def test_it_holds_what_such_a_page_holds_in_that_order(self, lesson, lang):
        assert stand_in_order(FRAME, lang, lesson)[-2:] == FRAME[-2:]

    def test_its_test_is_taken_there_and_nowhere_else(self, lesson):
        assert [argument for verb, argument in calls("ko", lesson) if verb == "test"] == [
            TESTS[lesson]
        ]

    def test_no_question_of_a_test_is_practised(self, lesson):
        asked = {*form(gains(), "pre"), *form(gains(), "post")}
        assert not asked & set(practised(lesson))

    def test_something_is_shown_after_the_test(self, lesson):
        verbs = [verb for verb, _ in calls("ko", lesson)]
        assert {"pre": "progress", "post": "gain"}[TESTS[lesson]] in verbs[verbs.index("test") :]


@pytest.mark.parametrize("lesson", LESSONS)
class TestCells:
    def test_every_code_cell_is_one_call_that_works_alone_and_is_folded(self, lesson, lang):
        for cell in notebook(lang, lesson)["cells"]:
            if cell["cell_type"] == "code":
                assert called("".join(cell["source"])), cell["id"]
                assert cell["metadata"]["jupyter"]["source_hidden"] is True

    def test_every_item_practised_is_in_the_bank_and_none_twice(self, lesson):
        items = practised(lesson)
        assert items
        assert set(items) <= set(BANK)
        assert len(items) == len(set(items))

    def test_nothing_was_run(self, lesson, lang):
        for cell in notebook(lang, lesson)["cells"]:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None

    def test_ids_are_readable_and_unlike(self, lesson, lang):
        names = [cell["id"] for cell in notebook(lang, lesson)["cells"]]
        assert len(names) == len(set(names))
        assert all(re.fullmatch(r"[a-z0-9-]{1,64}", name) for name in names)

    def test_the_file_is_written_as_jupyter_writes_it(self, lesson, lang):
        book = notebook(lang, lesson)
        assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
        assert book["metadata"]["kernelspec"]["name"] == "python3"


def test_every_practice_item_belongs_to_some_lesson():
    assert set(BANK) <= {item for lesson in lessons() for item in lesson.items}


CHOICE = kind_of("choice")


class TestWhatIsMeasured:
    def test_each_lesson_is_asked_about_before_and_after(self):
        assert len(gains()) == 12
        lessons_taught = {f"{number:02}" for number in range(1, 10)}
        assert {gain.lesson.partition("-")[0] for gain in gains()} == lessons_taught

    def test_no_question_is_asked_twice(self):
        asked = [*form(gains(), "pre"), *form(gains(), "post")]
        assert len(asked) == len(set(asked))
        assert set(asked) <= set(BANK)

    @pytest.mark.parametrize("gain", gains(), ids=lambda gain: gain.id)
    def test_both_tests_ask_it_alike(self, gain):
        pre, post = ([BANK[item] for item in one] for one in (gain.pre, gain.post))
        assert len(pre) == len(post) == 2
        for kinds in (lambda one: (one.kind, one.level), lambda one: len(one.options)):
            assert sorted(map(kinds, pre)) == sorted(map(kinds, post))

    @pytest.mark.parametrize("when", ["pre", "post"])
    def test_a_test_goes_round_the_objectives_and_takes_a_quarter_of_an_hour(self, when):
        asked = form(gains(), when)
        assert len(asked) <= 24
        assert [one.id for one in gains() if asked[0] in one.questions(when)] == [gains()[0].id]
        firsts = asked[: len(gains())]
        assert [one.id for one in gains()] == [
            one.id for item in firsts for one in gains() if item in one.questions(when)
        ]

    def test_at_least_half_are_use_in_a_case(self):
        asked = [BANK[item] for when in ("pre", "post") for item in form(gains(), when)]
        in_a_case = [item for item in asked if item.case and item.level != "recall"]
        assert len(in_a_case) >= len(asked) / 2

    @pytest.mark.parametrize("when", ["pre", "post"])
    def test_no_place_and_no_length_pays(self, when, lang):
        ways = {"longest": max, "shortest": min}
        earned = dict.fromkeys([*ways, *range(6)], 0.0)
        asked = [BANK[item] for item in form(gains(), when)]
        for item in asked:
            face, key = CHOICE.face(item, lang), CHOICE.key(item)
            right = [one.id in key.right for one in face.options]
            for place, is_right in enumerate(right):
                earned[place] += is_right
            lengths = [len(one.text) for one in face.options]
            for way, extreme in ways.items():
                picked = [at for at, length in enumerate(lengths) if length == extreme(lengths)]
                earned[way] += sum(right[at] for at in picked) / len(picked)
        limit = sum(1 / len(item.options) for item in asked) + 0.05 * len(asked)
        assert {way: found for way, found in earned.items() if found > limit + 1e-9} == {}

    def test_a_question_sends_readers_to_what_was_taught_before_it(self):
        for gain in gains():
            for item in (*gain.pre, *gain.post):
                assert BANK[item].read.notebook <= gain.lesson, item


SENDING = {name: item for name, item in BANK.items() if item.read is not None}


@pytest.mark.parametrize("item", SENDING.values(), ids=SENDING)
def test_an_item_sends_readers_to_a_heading_that_exists(item, lang):
    assert item.read.notebook in LESSONS
    assert item.read.anchor[lang] in headings(lang, item.read.notebook)


@pytest.mark.parametrize("item", SENDING.values(), ids=SENDING)
def test_the_section_named_is_the_heading_meant(item, lang):
    number = re.match(r"(\d+)\. ", item.read.anchor[lang]).group(1)
    named = {"ko": rf"{number}절 ", "en": rf"section {number}, "}[lang]
    assert item.read.section[lang] == named + item.read.anchor[lang].partition(". ")[2]


DOCS = NOTEBOOKS.parent / "docs"
PAGES = [*sorted(NOTEBOOKS.parent.glob("README*.md")), *sorted(DOCS.glob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def slug(heading):
    """A heading's anchor as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("lesson", LESSONS)
def test_links_in_a_lesson_lead_somewhere(lesson, lang):
    for name, (kind, source) in cells(lang, lesson).items():
        for target in LINK.findall(source) if kind == "markdown" else ():
            file = target.partition("#")[0]
            assert not file or (NOTEBOOKS / lang / file).exists(), f"{name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_in_the_documents_lead_somewhere(page):
    for target in LINK.findall(page.read_text("utf-8")):
        if target.startswith("https://"):  # another project's pages: no test goes there
            continue
        file, _, anchor = target.partition("#")
        found = page.parent / file if file else page
        assert found.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", found.read_text("utf-8"), flags=re.MULTILINE)
            assert anchor in {slug(head) for head in heads}, target


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
class TestSittings:
    def test_a_lesson_has_two_to_four_of_fifteen_to_twenty_minutes(self, lesson):
        assert 2 <= len(lesson.sittings) <= 4
        assert all(15 <= sitting.minutes <= 20 for sitting in lesson.sittings)
        # What is left of a lesson's minutes is its further practice; 00 has none.
        assert sum(sitting.minutes for sitting in lesson.sittings) <= max(lesson.minutes, 30)

    def test_every_exercise_of_the_page_is_in_one_of_them(self, lesson):
        found = [item for sitting in lesson.sittings for item in sitting.items]
        assert found == practised(lesson.id)

    def test_its_lines_stand_where_the_outline_says(self, lesson, lang):
        """`b2bcourse build` puts them there."""
        book = notebook(lang, lesson.id)
        assert placed(book, lesson, lang) == book

    def test_who_comes_back_is_asked_something_first(self, lesson):
        first, *others = lesson.sittings
        assert first.recall is None
        assert all(one.recall and one.recall.en.endswith((".", "?")) for one in others)
