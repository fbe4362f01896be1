"""A student's pages on a real server, with an exchange that has odd names, goes away and comes back."""

import json
import os
import shutil
import sys
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from test_grading_pages_served import TOKEN, running

from b2bcourse.course_files import course_root
from b2bcourse.facts import LANGS
from b2bcourse.grading.holding.due_file import FILE, Due, encoded
from b2bcourse.grading.second_looks import FILE as REQUEST
from b2bcourse.learner.working_copy import refresh
from b2bcourse.responses import read_answer

FIRST, ESSAY = "a1-process-and-unit", "unit-essay"
COURSE, SPACED = "기업 영업 2026", "first 과제"
LONG_AGO = datetime.now(UTC) - timedelta(days=400)

pytestmark = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="nbgrader's exchange, and folders closed to it"
)


class Student:
    """A browser without a screen, and the folders behind it."""

    def __init__(self, address, root):
        self.root, self.exchange = root / "work", root / "exchange"
        self.base = f"{address}b2bcourse/"
        headers = {"Authorization": f"token {TOKEN}", "Accept-Language": "en"}
        self.client = httpx.Client(headers=headers, follow_redirects=True, timeout=60)

    def get(self, where):
        return self.client.get(self.base + where)

    def post(self, deed, **told):
        return self.client.post(self.base + deed, data=told)

    @property
    def outbound(self):
        return self.exchange / COURSE / "outbound"

    @property
    def inbound(self):
        return self.exchange / COURSE / "inbound"

    def release(self, name, due=None):
        """As an instructor hands an assignment out under a name of her own."""
        folder = self.outbound / name
        shutil.copytree(course_root() / "exercises" / "en" / FIRST, folder)
        (folder / f"{FIRST}.ipynb").rename(folder / f"{name}.ipynb")
        index = folder / "items" / "index.json"
        told = json.loads(index.read_text("utf-8")) | {"assignment": name}
        index.write_text(json.dumps(told), "utf-8")
        if due:
            self.is_due(name, due)

    def is_due(self, name, due):
        (self.outbound / name / "items" / FILE).write_bytes(encoded(Due(due)))

    def handed_in(self):
        return sorted(self.inbound.iterdir())


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    root = tmp_path_factory.mktemp("student")
    (root / "work").mkdir()
    for lang in LANGS:
        refresh(course_root(), root / "work", lang)
    (root / "work" / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = {COURSE!r}\n"
        f"c.Exchange.root = {str(root / 'exchange')!r}\n"
        f"c.Exchange.cache = {str(root / 'cache')!r}\n",
        "utf-8",
    )
    line = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--port=0"]
    with running(line, root / "work", root / "home") as address:
        yield address, root


@pytest.fixture
def student(served):
    """Somebody who begins anew: nothing is released, fetched or handed in."""
    address, root = served
    here = Student(address, root)
    for folder in (here.exchange, root / "cache", *here.root.iterdir()):
        if folder.is_dir() and folder.name not in LANGS:
            shutil.rmtree(folder)
    for lang in LANGS:
        shutil.rmtree(here.root / lang / "assignments" / FIRST / "responses", ignore_errors=True)
    here.outbound.mkdir(parents=True)
    here.inbound.mkdir()
    with here.client:
        yield here


def test_names_with_spaces_and_hangul_go_all_the_way(student):
    student.release(SPACED, datetime.now(UTC) + timedelta(days=3, minutes=1))
    assert "Not fetched" in student.get("home/en").text
    assert "Not begun" in student.post("fetch", assignment=SPACED).text
    # A second window that still shows the button finds it done.
    again = student.post("fetch", assignment=SPACED)
    assert again.status_code == 200
    assert 'role="alert"' not in again.text
    page = student.get(f"handin?folder={SPACED}").text
    assert "3 days left" in page
    assert "The last one counts" in page
    assert "Taken on" in student.post("handin", folder=SPACED).text
    assert "Taken on" in student.post("handin", folder=SPACED).text
    assert len(student.handed_in()) == 2
    assert "Handed in" in student.get("home/en").text
    page = student.post("ask", folder=SPACED, item=ESSAY, said="Look\x7f again.\u202e").text
    assert "Goes with your next hand-in: Look again." in page
    kept = read_answer(student.root / SPACED / "responses", ESSAY, "essay")
    assert kept.second_look.text == "Look again."
    assert kept.value == {}


def test_what_came_in_time_is_not_lost_to_a_page_of_before(student):
    student.release(SPACED, datetime.now(UTC) + timedelta(days=1))
    student.post("fetch", assignment=SPACED)
    student.post("handin", folder=SPACED)
    student.is_due(SPACED, datetime.now(UTC))
    stale = student.post("handin", folder=SPACED)
    assert stale.status_code == 502
    assert "It came due meanwhile" in stale.text
    assert "Have you been given more time?" in stale.text
    assert len(student.handed_in()) == 1
    page = student.post("ask", folder=SPACED, item=ESSAY, said="Look again.").text
    assert "You asked for a second look: Look again." in page
    [asked] = [path for path in student.handed_in() if (path / REQUEST).is_file()]
    assert {path.name for path in asked.iterdir()} <= {
        REQUEST,
        "timestamp.txt",
        "submission_secret.txt",
    }
    # What was handed in is as it was for her too: the request is none of her hand-ins.
    assert "Taken on" in student.get(f"handin?folder={SPACED}").text
    assert student.post("handin", folder=SPACED, late="1").status_code == 200
    assert len(student.handed_in()) == 3


def test_who_has_handed_in_nothing_may_do_so_late(student):
    student.release(SPACED, LONG_AGO)
    student.post("fetch", assignment=SPACED)
    assert 'class="when is-past"' in student.get("home/en").text
    page = student.get(f"handin?folder={SPACED}").text
    assert "What you hand in now is late" in page
    assert "Taken on" in student.post("handin", folder=SPACED, late="1").text
    assert 'class="when is-past"' not in student.get("home/en").text


def test_an_exchange_that_is_gone_closed_or_full_of_nothing_is_told_and_comes_back(student):
    assert "There are no assignments to fetch now" in student.get("home/en").text
    student.release(SPACED)
    student.post("fetch", assignment=SPACED)
    away = student.exchange.with_name("away")
    student.exchange.rename(away)
    assert "cannot be reached" in student.get("home/en").text
    assert 'role="alert"' in student.post("fetch", assignment=SPACED).text
    refused = student.post("handin", folder=SPACED)
    assert refused.status_code == 502
    assert "It was not handed in. Your answers are safe" in refused.text
    kept = student.post("ask", folder=SPACED, item=ESSAY, said="Look again.")
    assert "Look again." in kept.text
    away.rename(student.exchange)
    student.inbound.rmdir()
    assert student.post("handin", folder=SPACED).status_code == 502
    student.inbound.mkdir()
    student.exchange.rename(away)
    away.rename(student.exchange)
    assert "Taken on" in student.post("handin", folder=SPACED).text


def test_a_deed_with_what_is_not_there_is_told_on_the_page_it_came_from(student):
    gone = student.post("fetch", assignment="nothing-such")
    assert gone.status_code == 502
    assert "That assignment is not here now" in gone.text
    assert student.post("bring", assignment="../ko").status_code == 502
    student.release(SPACED)
    student.post("fetch", assignment=SPACED)
    wrong = student.post("ask", folder=SPACED, item="../items/index", said="My words")
    assert wrong.status_code == 502
    assert "has no such question" in wrong.text
    assert not list(student.root.rglob("index.json.lock"))
    assert student.post("ask", folder="../exchange", item=ESSAY, said="x").status_code == 404


def test_what_was_fetched_in_part_or_damaged_is_made_whole_and_answers_stay(student):
    student.release(SPACED)
    student.post("fetch", assignment=SPACED)
    folder = student.root / SPACED
    (folder / "responses").mkdir()
    (folder / "responses" / "mine.json").write_text("{}", "utf-8")
    (folder / f"{SPACED}.ipynb").write_text("my own", "utf-8")
    (folder / "items" / "index.json").write_text('{"schema": 1, "la', "utf-8")
    page = student.get("home/en").text
    assert "A file that belongs to this assignment is missing" in page
    assert "Fetch again" in page
    page = student.post("fetch", assignment=SPACED).text
    assert "missing or changed" not in page
    assert (folder / "responses" / "mine.json").read_text("utf-8") == "{}"
    assert (folder / f"{SPACED}.ipynb").read_text("utf-8") == "my own"


def test_from_a_copy_one_is_led_to_what_was_fetched(student):
    student.release(SPACED)
    student.post("fetch", assignment=SPACED)
    shutil.copytree(student.root / SPACED, student.root / f"{SPACED} (1)")
    page = student.get(f"handin?folder={SPACED} (1)")
    assert "is a copy of your assignment" in page.text
    assert "Hand in from the fetched assignment" in page.text
    assert student.post("handin", folder=f"{SPACED} (1)").status_code == 404
    assert student.handed_in() == []


def test_a_sentence_that_cannot_be_kept_comes_back_as_it_was_typed(student):
    student.release(SPACED)
    student.post("fetch", assignment=SPACED)
    (student.root / SPACED / "responses").write_text("a file stands in the way", "utf-8")
    answer = student.post("ask", folder=SPACED, item=ESSAY, said="My <b>words</b>")
    assert answer.status_code == 502
    assert "It was not kept; what you wrote is still below" in answer.text
    assert "My &lt;b&gt;words&lt;/b&gt;</textarea>" in answer.text


def test_earlier_answers_are_offered_until_they_are_taken_or_not_wanted(student):
    student.release(FIRST)
    older = student.root / "en" / "assignments" / FIRST / "responses"
    older.mkdir()
    (older / f"{ESSAY}.json").write_text("{}", "utf-8")
    page = student.post("fetch", assignment=FIRST).text
    assert "Bring your 1 earlier answers" in page
    page = student.post("bring", assignment=FIRST, no="1").text
    assert "earlier answers" not in page
    assert "earlier answers" not in student.get("home/en").text
    assert not (student.root / FIRST / "responses").exists()
    assert (older / f"{ESSAY}.json").is_file()


def test_twenty_assignments_stand_in_one_list(student):
    for number in range(20):
        student.release(f"n{number}", datetime.now(UTC) + timedelta(days=number + 1))
    page = student.get("home/en").text
    assert page.count("Not fetched") == 20
    assert page.count('class="when"') == 20


@pytest.mark.parametrize(
    "zone", ["Asia/Seoul", "America/New_York", "../../etc/passwd", "Nowhere", "%00"]
)
def test_times_are_told_in_the_readers_zone_and_a_wrong_one_harms_nothing(student, zone):
    student.release(SPACED, datetime(2999, 1, 1, 2, tzinfo=UTC))
    student.post("fetch", assignment=SPACED)
    student.client.cookies.set("b2bcourse-zone", zone)
    page = student.get(f"handin?folder={SPACED}").text
    known = {"Asia/Seoul": "1 Jan, 11:00 (KST)", "America/New_York": "31 Dec, 21:00 (EST)"}
    assert known.get(zone, "1 Jan") in page
