"""A class is graded, and then everything happens at once: the second round, from end to end.

A key is corrected, one essay is read on its page, who was late is given more time, somebody hands
in again, a trouble is ticked. After it every table, page and export says the same of everybody.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lab import artefacts
from nbgrader.apps import NbGraderAPI
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeSubmit
from nbgrader.utils import capture_log
from playwright.sync_api import expect
from test_formgrader import grading
from test_grading_pages import opened, type_points
from typer.testing import CliRunner

from b2bcourse.commands import cli
from b2bcourse.context import read_index, released_face
from b2bcourse.grading.demo import demo, load_config
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.marking import points_of
from b2bcourse.grading.troubles import waiting
from b2bcourse.items import agreement
from b2bcourse.items.judging import judge
from b2bcourse.responses import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page, Response

    from b2bcourse.grading.demo import DemoResult
    from b2bcourse.grading.students import Student

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

ASSIGNMENT, ESSAY, CORRECTED = "a3-benefit-matrix", "matrix-essay", "matrix-people"
PERCENT = 10
CLOSE = 1e-4
Points = dict[str, dict[str, float | None]]


@dataclass
class Held:
    """A course that a class has taken, and who in it does what in the second round."""

    result: DemoResult
    pages: str = ""
    failed: list[str] = field(default_factory=list)

    @property
    def course(self) -> Path:
        return self.result.course

    @property
    def students(self) -> list[Student]:
        return [graded.student for graded in self.result.students]

    def who(self, fate: str, number: int = 0) -> str:
        return [student.id for student in self.students if student.fate == fate][number]

    @property
    def present(self) -> list[str]:
        return [student.id for student in self.students if student.fate != "nothing"]

    def types(self, *words: str, status: int = 0) -> str:
        """What a command of the kit prints."""
        done = CliRunner().invoke(cli.app, [*words, *self._here(words)])
        assert done.exception is None or isinstance(done.exception, SystemExit), words
        assert done.exit_code == status, done.output
        return done.output

    def _here(self, words: tuple[str, ...]) -> list[str]:
        return (
            [str(self.course)] if words[:2] == ("course", "due") else ["--course", str(self.course)]
        )

    @property
    def api(self) -> NbGraderAPI:
        return NbGraderAPI(config=load_config(self.course))

    def forget_grades(self) -> None:
        """As it was when all had been collected and nobody graded."""
        for step in ("autograded", "feedback"):
            shutil.rmtree(self.course / step)
        with self.api.gradebook as gradebook:
            for student in self.present:
                gradebook.remove_submission(ASSIGNMENT, student)

    def gradebook(self) -> tuple[Points, dict[str, float]]:
        """Points by item, None where a person has still to say; and the sums, penalties not off."""
        with self.api.gradebook as gradebook:
            submissions = gradebook.find_assignment(ASSIGNMENT).submissions
            points = {
                each.student.id: {
                    grade.name: None if grade.needs_manual_grade else grade.score
                    for grade in each.notebooks[0].grades
                }
                for each in submissions
            }
            return points, {each.student.id: each.score for each in submissions}

    def penalties(self) -> dict[str, float]:
        with self.api.gradebook as gradebook:
            submissions = gradebook.find_assignment(ASSIGNMENT).submissions
            return {
                s.student.id: s.notebooks[0].late_submission_penalty or 0.0 for s in submissions
            }

    def reckoned(self) -> Points:
        """What everybody's answers are worth by the keys as they are now; not by way of grading."""
        keys = Keys(self.course / "items")
        return {student: self._worth(keys, student) for student in self.present}

    def _worth(self, keys: Keys, student: str) -> dict[str, float | None]:
        said = {}
        for path in (self.course / "submitted" / student / ASSIGNMENT / "responses").glob("*.json"):
            try:
                said[path.stem] = json.loads(path.read_text("utf-8"))["value"]
            except ValueError:  # the broken file
                continue
        worth: dict[str, float | None] = {}
        for item, maximum in self.result.maximum.items():
            if keys.is_by_hand(item) or item not in said:
                worth[item] = None
                continue
            one = keys.question(item)
            others = [keys.item(name) for name in agreement.wanted(one.key)]
            outcome = judge(one.kind, one.face, one.key, said[item], others, said)
            worth[item] = points_of(outcome.fraction, maximum)
        return worth

    def hands_in_again(self, student: str) -> None:
        """New answers by the model, another essay, and nbgrader's own submit."""
        home = self.course.parent / "students" / student
        folder = home / ASSIGNMENT
        keys, index = Keys(self.course / "items"), read_index(folder)
        assert index is not None
        for item in index.items:
            question = keys.asked(item)
            value = {"text": "A second thought about whom to ask first, and why."}
            if not keys.is_by_hand(item):
                value = question.kind.model_answer(question.face, question.key)
            Store(folder, released_face(folder, index, item)).save(value)
        config = deepcopy(load_config(self.course))
        config.CourseDirectory.root = config.Exchange.assignment_dir = str(home)
        config.CourseDirectory.student_id = student
        config.CourseDirectory.assignment_id = ASSIGNMENT
        config.Exchange.cache = str(home / ".nbgrader_cache")
        done = capture_log(
            ExchangeSubmit(
                coursedir=CourseDirectory(config=config),
                authenticator=Authenticator(config=config),
                config=config,
            )
        )
        assert done["success"], done

    def correct_the_key(self) -> None:
        path = self.course / "items" / f"{CORRECTED}.yaml"
        text = path.read_text("utf-8")
        assert text.count("counts_as: [prod_staff]") == 1
        path.write_text(text.replace("counts_as: [prod_staff]", "counts_as: [plant_mgr]"), "utf-8")

    def feedback_of(self, student: str) -> Path:
        return self.course / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"

    def exported(self, scratch: Path) -> dict[str, dict[str, str]]:
        path = scratch / "points.csv"
        self.types("export", ASSIGNMENT, "--format", "csv", "--out", str(path))
        with path.open(encoding="utf-8", newline="") as file:
            return {row["student"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module", params=["ko", "en"])
def held(
    request: pytest.FixtureRequest, chromium: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Held]:
    """Nine simulated students have handed in; being late costs a tenth for each day begun."""
    folder = tmp_path_factory.mktemp(f"second-{request.param}")
    held = Held(demo(folder / "held", students=9, seed=5, lang=request.param))
    assert held.result.failed == []
    with (held.course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"\nc.LateDays.percent_a_day = {PERCENT}\n")
    held.forget_grades()
    with grading(held.course, folder) as formgrader:
        held.pages = formgrader.removesuffix("/formgrader")
        yield held
    log = (folder / "lab.log").read_text("utf-8", "replace")
    assert "Traceback" not in log, log[-3000:]


@pytest.fixture
def page(held: Held, new_page: Callable[..., Page]) -> Page:
    """A page of which every answer of the server is looked at."""
    page = new_page(height=1400)

    def heard(response: Response) -> None:
        if response.status >= 500:
            held.failed.append(f"{response.status} {response.url}")

    page.on("response", heard)
    return page


def clicked_through(held: Held, page: Page) -> dict[str, str]:
    """From formgrader's first page to every submission; the sums that it shows on the way."""
    page.goto(f"{held.pages}/formgrader/manage_assignments")
    row = page.locator("tr", has=page.get_by_text(ASSIGNMENT))
    expect(row.locator("td.num-submissions")).to_have_text(str(len(held.present)))
    row.locator("td.num-submissions a").click()
    rows = page.locator("tbody tr", has=page.locator("td.student-id"))
    expect(rows).to_have_count(len(held.present))
    ids, sums = (rows.locator(f"td.{name}").all_inner_texts() for name in ("student-id", "score"))
    page.screenshot(path=artefacts() / "second-round-submissions.png")

    page.get_by_role("link", name="Manual Grading").click()
    page.get_by_role("link", name=ASSIGNMENT).click()
    page.get_by_role("link", name=ASSIGNMENT).last.click()
    links = page.locator("tbody td.name a, tbody tr a")
    expect(links.first).to_be_visible()
    addresses = {link.get_attribute("href") for link in links.all()}
    submissions = [each for each in addresses if each and "/submissions/" in each]
    assert len(submissions) == len(held.present)
    for address in submissions:
        page.goto(f"{held.pages}{address}", wait_until="networkidle")
        expect(page.locator(".b2b-static").first).to_be_visible()
        assert_points_shown(held, page)
    return dict(zip(ids, sums, strict=True))


def assert_points_shown(held: Held, page: Page) -> None:
    """A submission's page shows the gradebook's points for each of its cells."""
    name = re.search(r"/submissions/([0-9a-f]+)", page.url)
    assert name is not None
    with held.api.gradebook as gradebook:
        submission = gradebook.find_submission_notebook_by_id(name[1])
        wanted = {
            grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for grade in submission.grades
        }
    shown = {
        each.get_attribute("id"): (
            each.get_attribute("placeholder"),
            each.input_value(),
            "needs_manual_grade" in (each.get_attribute("class") or ""),
        )
        for each in page.locator("input.score").all()
    }
    assert set(shown) == set(wanted)
    for grade, (auto, manual, waits) in wanted.items():
        placeholder, value, flag = shown[grade]
        assert (float(placeholder) if placeholder else None) == auto
        assert (float(value) if value else None) == manual
        assert flag == waits


def assert_all_say_the_same(held: Held, page: Page, scratch: Path) -> None:
    """Formgrader, the export, the report's table and the feedback pages hold the gradebook's sums."""
    points, sums = held.gradebook()
    penalties = held.penalties()
    shown = clicked_through(held, page)
    exported = held.exported(scratch)
    table = scratch / "report.csv"
    held.types("report", ASSIGNMENT, "--out", str(scratch / "report.html"), "--csv", str(table))
    told = reported(table)
    total = next(name for name in next(iter(exported.values())) if name.startswith("total"))
    assert set(shown) == set(held.present)
    for student, total_points in sums.items():
        assert float(shown[student].split("/")[0]) == pytest.approx(total_points, abs=0.006)
        row = exported[student]
        for item, known in points[student].items():
            [cell] = [row[name] for name in row if name.startswith(f"{item} (")]
            assert cell == ("" if known is None else f"{known + 1e-9:.2f}"), (student, item)
        assert float(row["penalty"]) == pytest.approx(penalties[student], abs=0.006)
        if None in points[student].values():
            assert row[total] == "", student
        else:
            assert float(row[total]) == pytest.approx(total_points - penalties[student], abs=0.006)
        for number, item in enumerate(held.result.maximum, 1):
            known = points[student][item]
            told_points = told[student, str(number)]
            if known is None:
                assert told_points == "", (student, number)
            else:
                assert float(told_points) == pytest.approx(known, abs=CLOSE), (student, number)
    assert held.failed == []


def reported(table: Path) -> dict[tuple[str, str], str]:
    """The points in the report's table: student and number of the exercise to what is told."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] == "student" and row[3] == "points"]
    return {(row[2], row[1]): row[4] for row in rows if row[1]}


def test_the_first_round(held: Held, page: Page, tmp_path: Path) -> None:
    said = held.types("grade", ASSIGNMENT)
    assert f"  {len(held.present)}  " in said
    points, _ = held.gradebook()
    for student, worth in held.reckoned().items():
        for item, known in worth.items():
            if known is not None:
                assert points[student][item] == pytest.approx(known, abs=CLOSE), (student, item)
    late = held.who("late")
    earned = sum(each or 0.0 for each in points[late].values())
    penalties = held.penalties()
    assert {who for who, taken in penalties.items() if taken} == {late}
    assert penalties[late] == pytest.approx(earned * PERCENT / 100, abs=CLOSE)

    # Formgrader's own button, where no page has been made yet.
    student = held.who("on time")
    page.goto(f"{held.pages}/formgrader/manage_submissions/{ASSIGNMENT}")
    row = page.locator("tr", has=page.locator("td.student-id", has_text=student))
    row.locator("td.generate-feedback a").click()
    expect(page.locator("#success-modal")).to_be_visible(timeout=30_000)
    by_button = held.feedback_of(student).read_bytes()

    # The essays of three are read, by formgrader's own field.
    for number in range(3):
        read_in_formgrader(held, page, held.who("on time", number), 20 - number)
    held.types("feedback", ASSIGNMENT)
    assert by_button != held.feedback_of(student).read_bytes()  # the essay has its points now
    assert_all_say_the_same(held, page, tmp_path)


def read_in_formgrader(held: Held, page: Page, student: str, points: int) -> None:
    with held.api.gradebook as gradebook:
        name = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student).id
    page.goto(f"{held.pages}/formgrader/submissions/{name}/", wait_until="networkidle")
    box = page.locator(f"input.score[id='{ESSAY}']")
    box.fill(str(points))
    with page.expect_response(lambda answer: "/api/grade/" in answer.url):
        box.press("Tab")


def test_the_second_round(held: Held, page: Page, tmp_path: Path) -> None:
    again, late = held.who("on time"), held.who("late")
    before, _ = held.gradebook()
    assert before[again][ESSAY] == 20.0

    # One hands in again and is late by now; who was late has more time.
    held.hands_in_again(again)
    held.types("course", "extend", ASSIGNMENT, late, "2099-12-09 18:00", "--zone", "Asia/Seoul")
    collected = held.api.collect(ASSIGNMENT, update=True)
    assert collected["success"], collected
    assert "  1  " in held.types("grade", ASSIGNMENT)
    points, _ = held.gradebook()
    assert points.pop(again)[ESSAY] is None  # another text waits again
    assert points == {student: known for student, known in before.items() if student != again}

    moved = the_key_is_corrected(held)
    by_hand(held, page)

    # Penalties are reckoned once more, with the essays: one is new, one is gone.
    held.types("grade", ASSIGNMENT, "--force")
    points, sums = held.gradebook()
    penalties = held.penalties()
    assert {who for who, taken in penalties.items() if taken} == {again}
    assert penalties[again] == pytest.approx(sums[again] * PERCENT / 100, abs=CLOSE)
    assert points[held.who("broken file")][CORRECTED] == 0.0
    assert [points[held.who("on time", n)][ESSAY] for n in range(4)] == [9.0, 19.0, 18.0, 20.0]

    held.types("feedback", ASSIGNMENT)
    for student in held.present:
        text = held.feedback_of(student).read_text("utf-8")
        changed = ("채점 기준을 고쳐", "the key was corrected")
        assert any(each in text for each in changed) == (student in moved), student
    assert f"{sums[again] - penalties[again]:.2f}" in held.feedback_of(again).read_text("utf-8")
    assert_all_say_the_same(held, page, tmp_path)
    page.goto(held.feedback_of(again).as_uri())
    page.screenshot(path=artefacts() / "second-round-feedback.png", full_page=True)
    released = held.api.release_feedback(ASSIGNMENT)
    assert released["success"], released


def the_key_is_corrected(held: Held) -> set[str]:
    """What would move is shown first, and nothing is written; then it moves. Who has moved."""
    held.correct_the_key()
    before, _ = held.gradebook()
    untouched = (held.course / "gradebook.db").read_bytes()
    told = [held.types("grade", ASSIGNMENT, "--force", "--dry-run")]
    assert (held.course / "gradebook.db").read_bytes() == untouched
    told.append(held.types("grade", ASSIGNMENT, "--force"))

    worth = held.reckoned()
    moved = {
        student
        for student, items in worth.items()
        if (now := items[CORRECTED]) is not None
        and abs(now - (before[student][CORRECTED] or 0.0)) > CLOSE
    }
    assert len(moved) > 2
    for output in told:
        rows = {who: rf"^ +{who} .*\d\.\d\d" for who in held.present}
        assert {who for who, row in rows.items() if re.search(row, output, re.MULTILINE)} == moved
    points, _ = held.gradebook()
    for student, items in worth.items():
        for item, known in items.items():
            if known is not None:
                assert points[student][item] == pytest.approx(known, abs=CLOSE), (student, item)
            else:
                assert points[student][item] == before[student][item]
    return moved


def by_hand(held: Held, page: Page) -> None:
    """Two essays are read on their page, and a trouble is ticked on its."""
    pages = f"{held.pages}/b2bcourse/grading/{ASSIGNMENT}"
    for student, digits in ((held.who("on time", 3), "7463"), (held.who("on time"), "2331")):
        opened(page, pages, student)
        type_points(page, digits)
        page.keyboard.press("Enter")
        expect(page.locator(".paper h2")).not_to_have_text(student)
    broken = held.who("broken file")
    page.goto(f"{pages}/troubles")
    row = page.locator("tr", has_text=broken)
    row.get_by_role("button").click()
    expect(row).to_have_class("is-seen")
    points, _ = held.gradebook()
    assert points[broken][CORRECTED] == 0.0
    assert waiting(held.course, ASSIGNMENT, broken) == []
