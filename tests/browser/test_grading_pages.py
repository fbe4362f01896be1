"""Essays graded by keys alone, two graders at once, hostile texts, names hidden; troubles ticked."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lab import artefacts
from playwright.sync_api import expect
from test_formgrader import TRIES, Watched, grading, hand_in_all_tricks

from b2bcourse.facts import Text
from b2bcourse.grading import troubles
from b2bcourse.grading.criteria import criteria_of
from b2bcourse.grading.demo import demo
from b2bcourse.grading.opening import open_course
from b2bcourse.grading.records import records_of
from b2bcourse.grading.troubles import Trouble

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

from corpus import HONEST, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]

ASSIGNMENT, ESSAY = "a3-benefit-matrix", "matrix-essay"


@pytest.fixture(scope="module")
def course(chromium: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that six simulated students have taken, and Eve."""
    folder = tmp_path_factory.mktemp("essays")
    made = demo(folder / "held", students=8, seed=3, lang="en").course
    hand_in_all_tricks(made)
    return made


@pytest.fixture(scope="module")
def pages(course: Path) -> Iterator[str]:
    """Where the pages of that course's assignment are."""
    with grading(course, course.parents[1]) as address:
        root = address.removesuffix("/formgrader")
        yield f"{root}/b2bcourse/grading/{ASSIGNMENT}"


def grade_of(course: Path, student: str) -> Any:
    records = records_of(open_course(course), ASSIGNMENT)
    return next(r for r in records.students if r.student == student).grades[ESSAY]


def waiting(course: Path) -> list[str]:
    """Who waits, in the order in which the page has them."""
    records = records_of(open_course(course), ASSIGNMENT)
    handed = [r for r in records.students if ESSAY in r.grades and r.grades[ESSAY].waits]
    return [r.student for r in sorted(handed, key=lambda r: (r.handed_in is None, r.handed_in))]


def opened(page: Page, pages: str, student: str = "") -> Page:
    page.goto(f"{pages}/essays?student={student}")
    expect(page.locator(".paper .text, .paper .empty")).to_be_visible()
    return page


def type_points(page: Page, digits: str) -> None:
    for digit in digits:
        page.keyboard.press(digit)


def violations(page: Page) -> list[Any]:
    """What axe finds on the whole page; put in by the debugger, for the page's policy refuses it."""
    found = importlib.util.find_spec("axe_core_python")
    assert found is not None
    assert found.origin is not None
    page.evaluate((Path(found.origin).parent / "axe.min.js").read_text("utf-8"))
    result = page.evaluate("axe.run(document).then((found) => found.violations)")
    return [(rule["id"], node["target"]) for rule in result for node in rule["nodes"]]


def test_three_essays_are_graded_by_keys_alone(
    course: Path, pages: str, new_page: Callable[..., Page]
) -> None:
    first, second, third = waiting(course)[:3]
    page = opened(new_page(), pages)
    name = page.locator(".paper h2")
    expect(name).to_have_text(first)
    expect(page.locator(".length")).to_contain_text("150–300 words")
    primary = page.locator("button.primary")
    expect(primary).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".lacking")).to_have_text("4 criteria have no points yet.")

    type_points(page, "7463")
    expect(page.locator(".total")).to_have_text("20")
    expect(primary).to_have_text(f"Save, on to {second}")
    page.keyboard.press("c")
    page.keyboard.type("Say whom it is for.")
    page.keyboard.press("Control+Enter")

    expect(name).to_have_text(second)
    expect(page.locator(".saved")).to_contain_text("saved")
    type_points(page, "777")
    expect(page.locator(".unfit:visible")).to_have_text("Type 0 to 6.")
    type_points(page, "65")  # typed over
    page.keyboard.press("Alt+1")
    expect(page.locator("#comment")).to_have_value("Say whom it is for.")
    page.keyboard.press("Enter")

    expect(name).to_have_text(third)
    expect(page.locator(".used .times")).to_have_text(["2 times"])
    expect(page.locator(".paper .text")).to_be_visible()
    type_points(page, "0000")
    page.keyboard.press("Enter")
    expect(name).not_to_have_text(third)

    grades = [grade_of(course, student) for student in (first, second, third)]
    assert [(g.manual, g.waits) for g in grades] == [(20, False), (25, False), (0, False)]
    assert [g.comment for g in grades] == ["Say whom it is for."] * 2 + [""]
    given = criteria_of(course, ASSIGNMENT, first)[ESSAY]
    assert list(given.points.values()) == [7, 4, 6, 3]

    page.reload()
    expect(page.locator(".counted")).to_contain_text("3 / ")
    opened(page, pages, first)
    fields = page.locator(".criterion input")
    assert fields.evaluate_all("all => all.map((each) => each.value)") == ["7", "4", "6", "3"]
    expect(page.locator(".criterion .is-reached .points:visible")).to_have_text(
        ["7", "4", "6", "3"]
    )


def test_what_was_typed_and_not_saved_outlives_a_reload_and_going_away(
    course: Path, pages: str, new_page: Callable[..., Page]
) -> None:
    student = waiting(course)[0]
    page = opened(new_page(), pages, student)
    type_points(page, "71")
    page.reload()
    expect(page.locator(".total")).to_have_text("8")
    expect(page.locator(".saved")).to_contain_text("not saved yet")
    page.keyboard.press("j")
    expect(page.locator(".paper h2")).not_to_have_text(student)
    expect(page.locator(".total")).not_to_have_text("8")
    page.keyboard.press("k")
    expect(page.locator(".total")).to_have_text("8")
    assert grade_of(course, student).manual is None


def test_who_types_before_the_text_is_there_types_into_the_right_fields(
    course: Path, pages: str, new_page: Callable[..., Page]
) -> None:
    first, second = waiting(course)[:2]
    page = opened(new_page(), pages, first)
    page.locator(".criterion input").last.focus()
    page.route(re.compile(rf"/data\?student={second}"), lambda _: None)
    page.keyboard.press("j")
    type_points(page, "76")
    fields = page.locator(".criterion input")
    assert fields.evaluate_all("all => all.map((each) => each.value)") == ["7", "6", "", ""]
    expect(page.locator("button.primary")).to_have_attribute("aria-disabled", "true")
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    opened(page, pages, second)
    expect(page.locator(".total")).to_have_text("13")


def test_keys_work_while_hangul_is_typed(
    course: Path, pages: str, new_page: Callable[..., Page]
) -> None:
    page = opened(new_page(), pages, waiting(course)[0])
    before = page.locator(".paper h2").inner_text()
    page.evaluate(
        """document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
             { key: "ㅓ", code: "KeyJ", bubbles: true, cancelable: true }))"""
    )
    expect(page.locator(".paper h2")).not_to_have_text(before)


def test_the_second_grader_is_told_and_a_clash_shows_both_sums_and_asks(
    course: Path, pages: str, new_page: Callable[..., Page]
) -> None:
    student, following = waiting(course)[:2]
    one = opened(new_page(), pages, student)
    other = opened(new_page(), pages, student)
    expect(other.locator(".told")).to_contain_text("open too")
    third = opened(new_page(), pages, following)
    expect(third.locator(".queued")).to_contain_text(f"has it open: {student}")

    type_points(one, "7000")
    one.keyboard.press("Enter")
    expect(one.locator(".paper h2")).not_to_have_text(student)
    type_points(other, "7660")
    other.keyboard.press("Enter")
    told = other.locator(".told")
    expect(told).to_contain_text("7 points")
    expect(told).to_contain_text("Your sum is 19")
    assert grade_of(course, student).manual == 7
    other.screenshot(path=artefacts() / "essays-clash.png", full_page=True)

    told.get_by_role("button", name="Save my 19").click()
    expect(other.locator(".paper h2")).not_to_have_text(student)
    assert grade_of(course, student).manual == 19


def test_the_other_graders_points_can_be_left(
    course: Path, pages: str, new_page: Callable[..., Page]
) -> None:
    student = waiting(course)[0]
    one, other = opened(new_page(), pages, student), opened(new_page(), pages, student)
    type_points(one, "1111")
    one.keyboard.press("Enter")
    expect(one.locator(".paper h2")).not_to_have_text(student)
    type_points(other, "2222")
    other.keyboard.press("Enter")
    other.get_by_role("button", name="Leave 4").click()
    expect(other.locator(".total")).to_have_text("4")
    assert grade_of(course, student).manual == 4


def test_a_graded_essay_that_waits_again_says_what_it_was_given(
    course: Path, pages: str, new_page: Callable[..., Page]
) -> None:
    student = waiting(course)[0]
    page = opened(new_page(), pages, student)
    type_points(page, "4321")
    page.keyboard.press("Enter")
    expect(page.locator(".paper h2")).not_to_have_text(student)
    with open_course(course).gradebook() as gradebook:
        gradebook.find_grade(ESSAY, ASSIGNMENT, ASSIGNMENT, student).needs_manual_grade = True
        gradebook.db.commit()
    opened(page, pages, student)
    expect(page.locator(".rubric")).to_contain_text("This essay has 10 points already")
    expect(page.locator(".total")).to_have_text("10")
    page.keyboard.press("Enter")
    expect(page.locator(".paper h2")).not_to_have_text(student)
    grade = grade_of(course, student)
    assert (grade.manual, grade.waits) == (10, False)


def test_names_are_hidden_and_stay_so(
    course: Path, pages: str, new_page: Callable[..., Page]
) -> None:
    student = waiting(course)[0]
    page = opened(new_page(), pages, student)
    page.keyboard.press("n")
    expect(page.locator(".paper h2")).to_have_text(re.compile(r"^Essay \d+$"))
    page.reload()
    expect(page.locator(".paper h2")).to_have_text(re.compile(r"^Essay \d+$"))
    page.locator(".listed summary").click()
    shown = page.locator("main").inner_text()
    everybody = [r.student for r in records_of(open_course(course), ASSIGNMENT).students]
    assert not [name for name in everybody if name in shown]


def test_nothing_that_a_student_wrote_acts_on_the_essays_page(
    course: Path, pages: str, new_page: Callable[..., Page]
) -> None:
    before = grade_of(course, "eve")
    page = opened(new_page(height=1400), pages, "eve")
    texts = page.evaluate(
        "address => fetch(address).then((answer) => answer.json()).then((essay) => essay.texts)",
        f"{pages}/essays/{ESSAY}/data?student=eve",
    )
    assert len(texts) >= len(HONEST) + len(TRIES) + len(HOSTILE) - 20  # the same text is read once
    said = json.dumps(texts, ensure_ascii=False)
    assert "my sources" in said
    assert "onerror" in said
    expect(page.locator(".texts button")).to_have_count(3)
    expect(page.locator(".texts")).to_contain_text(f"{len(texts) - 4} more (V)")
    assert "[object" not in page.locator("main").inner_text()
    watched = Watched(page)
    page.locator(".paper").click()
    for _ in texts:
        page.keyboard.press("v")
        box = page.locator(".paper .text")
        acting = (
            "a:not([target=_blank]), button, input, form, script, iframe, [onclick], [style*=url]"
        )
        assert box.locator(acting).count() == 0
        page.evaluate(
            """() => { for (const each of document.querySelectorAll(".paper .text *")) {
                 if (each.closest("a[target=_blank]")) continue;
                 each.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
                 each.click?.(); } }"""
        )
    page.wait_for_timeout(500)
    assert (watched.said, watched.windows, watched.elsewhere) == ([], [], [])
    # The page itself tells now and then what it has open; a grade is given at another address.
    assert [change for change in watched.changes if not change.endswith("/open")] == []
    assert grade_of(course, "eve") == before


def test_the_pages_policy_would_stop_what_had_not_been_cleaned(
    pages: str, new_page: Callable[..., Page]
) -> None:
    page = opened(new_page(), pages, "eve")
    watched = Watched(page)
    page.evaluate(
        """() => { document.querySelector(".paper").innerHTML =
             "<img src=x onerror=alert(1)><a id=a href='javascript:alert(1)'>x</a>"
             + "<img src='https://a.example/x.png'><form action='https://a.example/'></form>";
             document.getElementById("a").click(); }"""
    )
    page.wait_for_timeout(500)
    assert watched.said == []


@pytest.mark.parametrize(
    ("theme", "width"),
    [
        ("dark", 800),
        pytest.param("dark", 1280, marks=pytest.mark.slow),
        pytest.param("light", 1280, marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    course: Path, pages: str, new_page: Callable[..., Page], theme: str, width: int
) -> None:
    page = opened(new_page(width=width, theme=theme), pages, "eve")
    page.locator(".listed summary").click()
    page.locator(".aside summary").first.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=artefacts() / f"essays-{theme}-{width}.png", full_page=True)


def test_a_trouble_is_ticked_and_its_original_is_saved_not_shown(
    course: Path, pages: str, new_page: Callable[..., Page]
) -> None:
    kept = course / "troubles" / ASSIGNMENT / "eve" / "evil.html"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("<script>alert(1)</script>", "utf-8")
    said = Text("남은 파일", "A page was left over <b>here</b>.")
    one = Trouble(
        student="eve",
        what="unmatched",
        found=said,
        done=said,
        todo=said,
        kept=str(kept.relative_to(course)),
    )
    troubles.record(course, ASSIGNMENT, "eve", "collect", [one])
    page = new_page()
    watched = Watched(page)
    page.goto(f"{pages}/troubles")
    expect(page.locator("tbody tr.is-waiting").first).to_contain_text("<b>here</b>")
    assert violations(page) == []
    page.screenshot(path=artefacts() / "troubles.png", full_page=True)
    row = page.locator("tr", has_text="evil.html")
    with page.expect_download() as download:
        row.get_by_role("link", name="evil.html").click()
    assert Path(download.value.path()).read_text("utf-8") == "<script>alert(1)</script>"
    row.get_by_role("button", name="Seen").click()
    expect(row).to_have_class("is-seen")
    page.reload()
    expect(page.locator("tr", has_text="evil.html")).to_have_class("is-seen")
    assert (watched.said, watched.windows, watched.elsewhere) == ([], [], [])
