"""Formgrader on a course that was really held: the assignment, a submission, a rubric to grade by.

One more student hands in every text that ever acted on its reader; none of them may here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from lab import artefacts, free_port, wait_up
from nbgrader.apps import NbGraderAPI
from playwright.sync_api import expect

from b2bcourse.grading.demo import demo, load_config
from b2bcourse.grading.keys import Keys
from b2bcourse.learner.lab import lab_environment

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

import tiny
from corpus import HONEST, HOSTILE, png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

# nbgrader's own use of SQLAlchemy warns; that is not ours to mend.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]

ASSIGNMENT = "a3-benefit-matrix"
# What works on formgrader's page if it is let: the points of the essay beside which it stands.
FULL_CREDIT = "$('.full-credit').click()"
TRIES = [
    f"[my sources](javascript:{FULL_CREDIT})",
    f"a&#10;&#10;\\[my sources\\](javascript:{FULL_CREDIT})",
    f'<a href="javascript:{FULL_CREDIT}">my sources</a>',
    f'<img src=x onerror="{FULL_CREDIT}">',
    f"<button class='btn full-credit' onclick=\"{FULL_CREDIT}\">Full credit</button>",
    f"$\\href{{javascript:{FULL_CREDIT}}}{{my sources}}$",
    "[my sources](evil.html)",
]
# A file of the student's own, which formgrader serves from its own address.
EVIL = "<script>fetch('/formgrader/api/grades').then(() => opener.alert(1)); alert(1)</script>"


def trick_value() -> dict[str, Any]:
    """An answer whose ids are no ids: pages name what they cannot read."""
    tricks = [TRIES[0], TRIES[3], TRIES[4], TRIES[5], *list(HOSTILE.values())[:8]]
    marks = dict.fromkeys(tricks, 1)
    names = {f"r{n}": trick for n, trick in enumerate(tricks)}
    return {"cells": dict.fromkeys(tricks, marks), "rows": names, "columns": names}


def hand_in_all_tricks(course: Path) -> None:
    """Eve's submission, with a copy of the essay's cell for each trick; graded as in any class."""
    folder = course / "submitted" / "eve" / ASSIGNMENT
    shutil.copytree(course / "release" / ASSIGNMENT, folder)
    (folder / "evil.html").write_text(EVIL, "utf-8")
    path = folder / f"{ASSIGNMENT}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    essay = next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    honest = [text for text, _ in HONEST.values()]
    texts = ["# Mine\n\n![a plan](attachment:a.png)", *honest, *TRIES, *HOSTILE.values()]
    essay["attachments"] = {"a.png": {"image/png": png((40, 20))}}
    essay["source"] = texts[0]
    notebook["cells"] += [{**essay, "source": text} for text in texts[1:]]
    path.write_text(json.dumps(notebook), "utf-8")
    keys = Keys(course / "items")
    for item in json.loads((folder / "items" / "index.json").read_text("utf-8"))["items"]:
        tiny.write_response(folder, item, tiny.response(keys, item, trick_value()))
    done = NbGraderAPI(config=load_config(course)).autograde(ASSIGNMENT, "eve")
    assert done["success"], done


@pytest.fixture(scope="module")
def course(chromium: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that five simulated students have taken, and Eve."""
    folder = tmp_path_factory.mktemp("formgrader")
    result = demo(folder / "held", students=5, seed=3, lang="en")
    hand_in_all_tricks(result.course)
    return result.course


@pytest.fixture(scope="module")
def formgrader(course: Path) -> Iterator[str]:
    """The address of formgrader in that course."""
    with grading(course, course.parents[1]) as address:
        yield address


@contextmanager
def grading(course: Path, folder: Path) -> Iterator[str]:
    """Formgrader in a course, with a home in ``folder``; its address."""
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.port={port}"]
    command += ["--IdentityProvider.token=", "--ServerApp.log_level=ERROR"]
    command += ["--allow-root"] if os.geteuid() == 0 else []
    home = folder / "home"
    environment = {
        **os.environ,
        "PATH": lab_environment()["PATH"],
        "HOME": str(home),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
    }
    home.mkdir()
    with (folder / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=course, env=environment, stdout=log, stderr=log)
        try:
            wait_up(f"http://127.0.0.1:{port}", server, folder / "lab.log")
            yield f"http://127.0.0.1:{port}/formgrader"
        finally:
            server.terminate()
            server.wait(20)


def test_the_assignment_is_listed_with_its_submissions(
    formgrader: str, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    page.goto(f"{formgrader}/manage_assignments")
    row = page.locator("tr", has=page.get_by_text("a3-benefit-matrix"))
    expect(row).to_be_visible()
    expect(row.locator("td.num-submissions")).to_contain_text("5")
    page.screenshot(path=artefacts() / "formgrader-assignments.png")


def test_the_essays_wait_for_a_person(formgrader: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(f"{formgrader}/gradebook/a3-benefit-matrix/a3-benefit-matrix")
    rows = page.locator("tbody tr", has=page.locator("a"))
    expect(rows).to_have_count(5)
    waiting = page.locator(
        "td.needs-manual-grade span.glyphicon-ok, td.needs-manual-grade .glyphicon"
    )
    page.screenshot(path=artefacts() / "formgrader-submissions.png")
    expect(waiting.first).to_be_visible()


def test_a_submission_shows_the_judged_marks_and_the_graders_rubric(
    formgrader: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(height=1400)
    page.goto(f"{formgrader}/gradebook/a3-benefit-matrix/a3-benefit-matrix")
    page.locator("tbody tr a").first.click()
    expect(page.locator(".b2b-static").first).to_be_visible()
    expect(page.locator("body")).to_contain_text("For the grader only")
    page.screenshot(path=artefacts() / "formgrader-submission.png", full_page=True)


class Watched:
    """What a page does by itself: dialogs, other windows, requests elsewhere or that change."""

    def __init__(self, page: Page) -> None:
        self.page, self.said, self.windows, self.requests = page, [], [], []
        page.on("dialog", self._heard)
        page.on("popup", lambda other: self.windows.append(other.url))
        page.context.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        self.requests.append(request)

    def _heard(self, dialog: Any) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()

    @property
    def changes(self) -> list[str]:
        return [f"{r.method} {r.url}" for r in self.requests if r.method != "GET"]

    @property
    def elsewhere(self) -> list[str]:
        return [
            r.url for r in self.requests if urlsplit(r.url).hostname not in {"127.0.0.1", "", None}
        ]

    def click_all(self, where: str) -> int:
        """Click all that stands there, links that lead elsewhere apart; how much that was."""
        clicked: int = self.page.evaluate(
            """where => {
              const all = [...document.querySelectorAll(where)].flatMap((box) =>
                [...box.querySelectorAll("*")]).filter((each) => !each.closest("a[target=_blank]"));
              for (const each of all) {
                each.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
                each.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
                each.click?.();
              }
              return all.length;
            }""",
            where,
        )
        self.page.wait_for_timeout(500)
        return clicked

    def assert_quiet(self) -> None:
        assert (self.said, self.windows, self.changes, self.elsewhere) == ([], [], [], [])


def essay_of(course: Path, student: str) -> tuple[str, Any]:
    """The id of a student's notebook, as formgrader's address has it, and the essay's grade."""
    with NbGraderAPI(config=load_config(course)).gradebook as gradebook:
        notebook = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
        [essay] = [grade for grade in notebook.grades if grade.cell.cell_type == "markdown"]
        return notebook.id, (essay.manual_score, essay.needs_manual_grade, essay.max_score)


ESSAY = ".nbgrader_cell:has(textarea.comment) .rendered_html"


def test_nothing_that_a_student_wrote_acts_in_formgrader(
    formgrader: str, course: Path, new_page: Callable[..., Page]
) -> None:
    name, before = essay_of(course, "eve")
    page = new_page(height=1400)
    watched = Watched(page)
    page.goto(f"{formgrader}/submissions/{name}/", wait_until="networkidle")
    essay = page.locator(ESSAY)
    expect(essay).to_contain_text("my sources")
    expect(essay).to_contain_text("a<b, a < b & c > d")
    expect(essay).to_contain_text("From $5 to $10")
    assert essay.locator("hr").count() >= len(HONEST) + len(TRIES) + len(HOSTILE) - 4
    assert essay.locator("a:not([target=_blank]), button, input, form, script, iframe").count() == 0
    widths = essay.locator("img").evaluate_all("all => all.map((each) => each.naturalWidth)")
    assert widths == [40]
    page.screenshot(path=artefacts() / "formgrader-tricks.png", full_page=True)
    expect(page.locator(".output_area").first).to_contain_text("onerror")
    assert watched.click_all(ESSAY) > 300
    assert watched.click_all(".output_area") > 300
    watched.assert_quiet()
    assert essay_of(course, "eve")[1] == before

    # A link can change the grade on this page, and it would have been clicked and seen.
    essay.evaluate(
        """(box, act) => { const link = document.createElement("a");
             link.href = `javascript:${act};void 0`; box.append(link); }""",
        FULL_CREDIT,
    )
    watched.click_all(ESSAY)
    page.wait_for_timeout(1500)
    assert watched.changes
    assert essay_of(course, "eve")[1][0] == before[2]


def test_what_was_written_is_the_same_tree_in_the_browser_as_in_the_notebook(
    course: Path, new_page: Callable[..., Page]
) -> None:
    [path] = (course / "autograded" / "eve" / ASSIGNMENT).glob("*.ipynb")
    sources = ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]
    essay = next(source for source in sources if "my sources" in source)
    read, again = new_page().evaluate(
        """html => { const read = (text) => new DOMParser().parseFromString(text, "text/html").body;
             const one = read(html); const two = read(one.innerHTML);
             return [one.innerHTML, two.innerHTML]; }""",
        essay,
    )
    assert read == again
    assert "full-credit" not in set(read.split('"')[1::2])


def test_nothing_that_a_student_wrote_acts_on_the_feedback_page(
    course: Path, new_page: Callable[..., Page]
) -> None:
    api = NbGraderAPI(config=load_config(course))
    done = api.generate_feedback(ASSIGNMENT, "eve")
    assert done["success"], done
    page = new_page(height=1400)
    watched = Watched(page)
    page.goto((course / "feedback" / "eve" / ASSIGNMENT / f"{ASSIGNMENT}.html").as_uri())
    expect(page.locator(".essay")).to_contain_text("Mine")
    page.screenshot(path=artefacts() / "feedback-tricks.png", full_page=True)
    assert watched.click_all(".essay") > 300
    watched.assert_quiet()


@pytest.mark.parametrize(
    "where",
    ["manage_assignments", "gradebook", "manage_students", f"manage_submissions/{ASSIGNMENT}"],
)
def test_formgrader_asks_nobody_else(
    formgrader: str, new_page: Callable[..., Page], where: str
) -> None:
    page = new_page()
    watched = Watched(page)
    page.goto(f"{formgrader}/{where}", wait_until="networkidle")
    assert watched.elsewhere == []


@pytest.mark.slow
def test_nothing_acts_where_formgrader_opens_the_live_notebook(
    formgrader: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(height=1400)
    watched = Watched(page)
    root = formgrader.removesuffix("/formgrader")
    page.goto(f"{root}/lab/tree/autograded/eve/{ASSIGNMENT}/{ASSIGNMENT}.ipynb?reset")
    page.locator(".jp-MarkdownOutput", has_text="my sources").first.wait_for(timeout=60_000)
    page.wait_for_timeout(3000)
    assert (
        page.locator(".jp-MarkdownOutput mjx-container, .jp-MarkdownOutput .MathJax").count() == 0
    )
    watched.requests.clear()
    assert watched.click_all(".jp-MarkdownOutput") > 300
    assert (watched.said, watched.windows) == ([], [])
