"""Formgrader on a course that was really held: the assignment, a submission, a rubric to grade by."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from lab import artefacts, free_port, wait_up
from playwright.sync_api import expect

from b2bcourse.grading.demo import demo
from b2bcourse.learner.lab import lab_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def formgrader(chromium: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of formgrader, in a course that five simulated students have taken."""
    folder = tmp_path_factory.mktemp("formgrader")
    result = demo(folder / "held", students=5, seed=3, lang="en")
    course = result.course
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
    expect(row.locator("td.num-submissions")).to_contain_text("4")
    page.screenshot(path=artefacts() / "formgrader-assignments.png")


def test_the_essays_wait_for_a_person(formgrader: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(f"{formgrader}/gradebook/a3-benefit-matrix/a3-benefit-matrix")
    rows = page.locator("tbody tr", has=page.locator("a"))
    expect(rows).to_have_count(4)
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
