"""The day's card in a real JupyterLab: days after a lesson its facts come back, from a blank page."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from lab import artefacts
from lessons import Computer, Reader, wait_until
from playwright.sync_api import expect

from b2bcourse.items.response import Response, Try, encode_response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lab import Lab
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ITEM = "dmp-meaning"


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "computer")


@pytest.fixture
def running(chromium: Any, computer: Computer) -> Iterator[Lab]:
    with computer.server() as lab:
        yield lab


def lesson_done(copy: Path, days: float) -> Path:
    """The answer of a lesson, right and unaided some days ago."""
    when = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    tried = (Try(when, 1.0, sitting=when, occasion="lesson", helped=False),)
    value = {"chosen": {"way": 1}}
    path = copy / "responses" / f"{ITEM}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(encode_response(Response(2, ITEM, "choice", value, 1, when, "", tries=tried)))
    return path


def review_of(copy: Path) -> Path:
    return copy / "reviews" / "responses" / f"{ITEM}.json"


def days_later(path: Path, days: float) -> None:
    """As if what a file tells of had happened some days before."""
    told = path.read_text(encoding="utf-8")
    for found in set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]{8}(?:\.\d+)?\+00:00", told)):
        before = datetime.fromisoformat(found) - timedelta(days=days)
        told = told.replace(found, before.isoformat())
    path.write_text(told, encoding="utf-8")


def review(reader: Reader, copy: Path, tries: int) -> None:
    """By clicks from the first page: the review begins blank, is answered and checked."""
    page = reader.page
    page.goto(f"{reader.lab.url}/b2bcourse/home/en")
    page.get_by_role("link", name="One review, from lesson 01").click()
    page.locator(".b2b-lists button", has_text="A newcomer draws").click(timeout=90_000)
    exercise = page.locator(f'[data-item="{ITEM}"]')
    expect(exercise.locator("input").first).to_be_visible()
    assert exercise.locator("input:checked").count() == 0
    exercise.locator("input").first.check()
    expect(exercise).to_contain_text("Saved")
    exercise.get_by_role("button", name="Check").click()
    held = lambda: json.loads(review_of(copy).read_bytes()).get("tries", [])  # noqa: E731
    wait_until(lambda: len(held()) == tries, "the review's try is not on disk")
    assert {one["occasion"] for one in held()} == {"review"}


def test_two_and_nine_days_later_it_is_asked_from_a_blank_page(
    computer: Computer, running: Lab, new_page: Callable[..., Page]
) -> None:
    copy = computer.root / "en"
    reader = Reader(running, new_page(1280, 800))
    reader.page.goto(f"{running.url}/b2bcourse/home/en")
    expect(reader.page.get_by_role("region", name=re.compile("^Today"))).to_have_count(0)
    lesson = lesson_done(copy, 2)
    before = lesson.read_bytes()
    review(reader, copy, 1)
    assert lesson.read_bytes() == before, "the lesson's answer stays"
    # Nine days pass; the kernel of that day is gone.
    reader.page.screenshot(path=artefacts() / "today-en-1280.png", full_page=True)
    reader.cull()
    reader.page.goto(f"{running.url}/b2bcourse/home/en")
    today = reader.page.get_by_role("region", name=re.compile("^Today"))
    expect(today).to_contain_text("You have done what was due today.")
    for path in (lesson, review_of(copy)):
        days_later(path, 9)
    review(reader, copy, 2)
