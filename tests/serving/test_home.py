"""The first page tells where one was, how far each lesson and assignment is, and what went wrong."""

import errno
import zipfile
from datetime import UTC, datetime

import pytest

from b2bcourse.course_files import course_root
from b2bcourse.facts.lessons import lessons
from b2bcourse.items import decode_face, face_hash
from b2bcourse.items.response import Response, Try, encode_response
from b2bcourse.items.standing import meaning
from b2bcourse.learner import news
from b2bcourse.learner.laid import Ledger
from b2bcourse.learner.news import News
from b2bcourse.learner.working_copy import refresh
from b2bcourse.responses import read_answer
from b2bcourse.serving.learner import asking, grades_page, keeping
from b2bcourse.serving.learner.calm import Site
from b2bcourse.serving.learner.grades import grades
from b2bcourse.serving.learner.hand_in import hand_in, made, make_file
from b2bcourse.serving.learner.home import Handed, assignments_in, home
from b2bcourse.serving.learner.home_page import Around, html
from b2bcourse.serving.learner.keeping import FOLDER, Keeper, Kept
from b2bcourse.serving.learner.standing import counted, standings

FIRST = "a1-process-and-unit"
SITE = Site("/", "")


@pytest.fixture
def copy(tmp_path):
    return refresh(course_root(), tmp_path, "en").folder


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Ledger.of_user()


def tried(copy, item, fraction, time="2026-11-28T10:00:00+00:00"):
    folder = copy / "responses"
    folder.mkdir(exist_ok=True)
    one = Response(
        2, item, "choice", {"chosen": {"a": 1}}, 1, time, "", tries=(Try(time, fraction),)
    )
    (folder / f"{item}.json").write_bytes(encode_response(one))


def face_of(copy, item, assignment=FIRST):
    return decode_face((copy / "assignments" / assignment / "items" / f"{item}.json").read_bytes())


def answered(copy, item, value, time="2026-11-28T10:00:00+00:00"):
    face = face_of(copy, item)
    folder = copy / "assignments" / FIRST / "responses"
    folder.mkdir(exist_ok=True)
    one = Response(2, item, face.kind, value, 1, time, face_hash(face), meaning=meaning(face))
    (folder / f"{item}.json").write_bytes(encode_response(one))


def told(copy, handed=None):
    return home(copy, "en", assignments_in(copy), handed or {})


class TestWhereOneWas:
    def test_before_anything_was_done_it_is_the_first_lesson(self, copy):
        resume = told(copy).resume
        assert resume.row.number == "00"
        assert resume.when is None

    def test_it_is_the_lesson_in_which_something_was_saved_last(self, copy):
        tried(copy, lessons()[4].items[0], 1, "2026-11-27T10:00:00+00:00")
        tried(copy, lessons()[2].items[0], 1, "2026-11-28T10:00:00+00:00")
        resume = told(copy).resume
        assert resume.row.number == "02"
        assert resume.when == datetime(2026, 11, 28, 10, tzinfo=UTC)
        assert resume.minutes < lessons()[2].minutes

    def test_from_a_lesson_that_is_done_it_is_the_first_objective_not_reached(self, copy):
        for item in lessons()[1].items:
            tried(copy, item, 1)
        assert told(copy).resume.row.number == "00"


class TestLessons:
    def test_answered_and_to_review_are_two_counts(self, copy):
        one, two = lessons()[1].items[:2]
        tried(copy, one, 1)
        tried(copy, two, 0.5)
        row = told(copy).lessons[1]
        assert (row.answered, row.all, row.review) == (2, len(lessons()[1].items), 1)

    def test_there_is_a_mark_for_each_objective(self, copy):
        rows = told(copy).lessons
        assert [len(row.goals) for row in rows] == [len(one.objectives) for one in lessons()]


class TestAssignments:
    def test_they_stand_in_the_order_of_their_numbers(self, copy):
        titles = [row.title for row in told(copy).assignments]
        assert [title.split()[1] for title in titles] == [str(n) for n in range(1, 8)]

    def test_untouched_it_is_not_begun(self, copy):
        assert {row.state for row in told(copy).assignments} == {"not begun"}

    def test_with_half_an_answer_it_is_in_work(self, copy):
        card = face_of(copy, "process-pages").cards[0].id
        answered(copy, "process-pages", {"order": {"1": card}})
        row = told(copy).assignments[0]
        assert (row.state, row.answered, row.all) == ("in work", 0, 6)

    def test_handed_in_and_feedback_come_before_how_far_it_is(self, copy):
        when = datetime(2026, 11, 28, tzinfo=UTC)
        assert told(copy, {FIRST: Handed(when)}).assignments[0].state == "handed in"
        back = Handed(when, "a/feedback/x.html")
        assert told(copy, {FIRST: back}).assignments[0].state == "feedback"

    def test_a_damaged_one_is_told_and_stops_no_other(self, copy):
        (copy / "assignments" / FIRST / "items" / "unit-calls.json").write_text("{", "utf-8")
        rows = told(copy).assignments
        assert rows[0].state == "damaged"
        assert {row.state for row in rows[1:]} == {"not begun"}


class TestStanding:
    def test_nothing_is_half_answered_by_nothing(self, copy):
        for _, folder in assignments_in(copy):
            for one in standings(folder):
                assert one.count.state == "not yet", one

    @pytest.mark.parametrize("value", [None, [], "x", {"cells": 3, "order": [], "text": 1}])
    def test_what_is_no_answer_counts_as_none(self, copy, value):
        for path in sorted((copy / "assignments").glob("*/items/*.json")):
            if path.name != "index.json":
                assert counted(decode_face(path.read_bytes()), value).done == 0, path

    def test_every_place_filled_is_answered(self, copy):
        face = face_of(copy, "process-pages")
        order = {str(n + 1): face.cards[n].id for n in range(face.slots)}
        assert counted(face, {"order": order}).state == "answered"

    def test_an_answer_to_another_exercise_is_none(self, copy):
        answered(copy, "unit-essay", {"text": "words"})
        path = copy / "assignments" / FIRST / "responses" / "unit-essay.json"
        path.write_bytes(path.read_bytes().replace(b'"meaning": "', b'"meaning": "f'))
        path.write_bytes(path.read_bytes().replace(b'"face": "', b'"face": "f'))
        essay = next(one for one in standings(path.parents[1]) if one.item == "unit-essay")
        assert essay.count.state == "not yet"

    def test_a_file_that_cannot_be_read_is_told(self, copy):
        answered(copy, "unit-essay", {"text": "words"})
        path = copy / "assignments" / FIRST / "responses" / "unit-essay.json"
        path.write_text("{", "utf-8")
        essay = next(one for one in standings(path.parents[1]) if one.item == "unit-essay")
        assert essay.count.unit == "unread"


class TestKeeping:
    def test_where_there_is_no_copy_one_is_laid_and_may_come_alive(self, tmp_path, ledger):
        root = tmp_path / "home"
        root.mkdir()
        kept = Keeper(root, ledger).keep("ko")
        assert kept.folder == root / FOLDER / "ko"
        assert ledger.holds(kept.folder / "00-start.ipynb")
        assert not kept.news

    def test_a_copy_that_is_there_is_refreshed_once(self, copy, tmp_path, ledger):
        (copy / "00-start.ipynb").unlink()
        keeper = Keeper(tmp_path, ledger)
        assert keeper.keep("en").news.updated == 1
        (copy / "01-decision-process.ipynb").unlink()
        keeper.keep("en")
        assert not (copy / "01-decision-process.ipynb").exists()

    def test_what_start_has_done_is_told_here_once(self, copy, tmp_path, ledger):
        (copy / "00-start.ipynb").unlink()
        news.leave(refresh(course_root(), tmp_path, "en"))
        assert Keeper(tmp_path, ledger).keep("en").news == News(updated=1)
        assert not Keeper(tmp_path, ledger).keep("en").news

    def test_a_full_disk_is_told_and_tried_again(self, copy, tmp_path, ledger, monkeypatch):
        def full(*_, **_named):
            raise OSError(errno.ENOSPC, "No space left on device")

        keeper = Keeper(tmp_path, ledger)
        monkeypatch.setattr(keeping, "refresh", full)
        kept = keeper.keep("en")
        assert kept.full
        assert kept.folder == copy
        monkeypatch.undo()
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        assert not keeper.keep("en").full

    def test_who_learns_alone_on_a_hub_gets_no_graded_work(self, tmp_path, ledger):
        keeper = Keeper(tmp_path, ledger, assignments=False)
        assert keeper.laid == ()
        kept = keeper.keep("en")
        assert (kept.folder / "00-start.ipynb").is_file()
        assert not (kept.folder / "assignments").exists()
        assert keeper.laid == ("en",)
        assert keeper.home == tmp_path / FOLDER

    def test_what_she_brought_of_it_stays_hers(self, copy, tmp_path, ledger):
        answered(copy, "unit-essay", {"text": "words"})
        kept = Keeper(tmp_path, ledger, assignments=False).keep("en")
        assert kept.folder == copy
        assert (copy / "assignments" / FIRST / "responses" / "unit-essay.json").is_file()

    def test_a_served_copy_has_one_language(self, copy, ledger):
        keeper = Keeper(copy, ledger)
        assert keeper.languages == ("en",)
        assert keeper.keep("ko").folder == copy


class TestPage:
    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_it_names_every_lesson_and_assignment_in_her_language(self, tmp_path, lang):
        copy = refresh(course_root(), tmp_path, lang).folder
        shown = home(copy, lang, assignments_in(copy), {})
        page = html(shown, Around(Kept(copy, lang, News()), lang), SITE, tmp_path)
        assert f'<html lang="{lang}" ' in page
        for row in (*shown.lessons, *shown.assignments):
            assert row.title in page

    def test_a_full_disk_is_an_alert(self, copy, tmp_path):
        around = Around(Kept(copy, "en", News(), full=True), "en")
        page = html(told(copy), around, SITE, tmp_path)
        assert 'role="alert"' in page
        assert "The disk is full" in page

    def test_what_a_file_is_called_is_no_html(self, copy, tmp_path):
        news_ = News(beside=(("<b>.ipynb", "<i>.ipynb"),))
        page = html(told(copy), Around(Kept(copy, "en", news_), "en"), SITE, tmp_path)
        assert "&lt;b&gt;.ipynb" in page
        assert "<b>.ipynb" not in page


class TestFile:
    def test_it_holds_the_notebook_and_the_answers_and_no_more(self, copy):
        folder = copy / "assignments" / FIRST
        answered(copy, "unit-essay", {"text": "words"})
        (folder / ".ipynb_checkpoints").mkdir()
        (folder / ".ipynb_checkpoints" / "x.ipynb").write_text("{}", "utf-8")
        path = make_file(folder)
        assert path == copy / "assignments" / f"{FIRST}.b2b.zip"
        with zipfile.ZipFile(path) as archive:
            assert archive.namelist() == [f"{FIRST}.ipynb", "responses/unit-essay.json"]

    def test_when_it_was_made_is_known_and_what_has_changed_since(self, copy):
        folder = copy / "assignments" / FIRST
        assert made(folder) == (Handed(), 0)
        make_file(folder)
        handed, size = made(folder)
        assert size > 0
        assert hand_in(folder, handed, size).later == ()
        answered(copy, "unit-essay", {"text": "words"}, "2999-01-01T00:00:00+00:00")
        assert hand_in(folder, handed, size).later == (face_of(copy, "unit-essay").title,)

    def test_a_file_that_would_not_be_taken_is_named(self, copy):
        folder = copy / "assignments" / FIRST
        with (folder / "photo.png").open("wb") as file:
            file.truncate(900_000_000)
        (left,) = hand_in(folder, Handed()).left
        assert "photo.png" in left.en


class TestGrades:
    FED = (
        '<meta name="b2b-points" content="{&quot;points&quot;:2.5,&quot;maximum&quot;:12.0,'
        "&quot;exercises&quot;:[{&quot;id&quot;:&quot;dmp-notes&quot;,&quot;title&quot;:&quot;&lt;b&gt;&quot;,"
        '&quot;maximum&quot;:12.0,&quot;points&quot;:2.5}],&quot;schema&quot;:1}">'
    )

    def shown(self, copy, head):
        page = copy / "assignments" / FIRST / "feedback" / "then" / f"{FIRST}.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<!doctype html><html><head>{head}</head><body></body></html>", "utf-8")
        handed = {FIRST: Handed(datetime.now(UTC), page.relative_to(copy).as_posix())}
        told = grades("en", assignments_in(copy), handed, copy)
        return told, grades_page.html(told, SITE)

    def test_points_are_those_of_the_page_that_came_back(self, copy):
        told, page = self.shown(copy, self.FED)
        assert (told.points, told.maximum) == (2.5, 12.0)
        assert "2.50 of 12 points so far" in page
        assert "&lt;b&gt;" in page
        assert "<b></a>" not in page

    @pytest.mark.parametrize(
        "head", ["", '<meta name="b2b-points" content="{">', '<meta name="b2b-points">']
    )
    def test_a_page_that_tells_none_is_still_led_to(self, copy, head):
        told, page = self.shown(copy, head)
        assert told.rows[0].fed is None
        assert "does not list its points" in page
        assert ">Feedback</a>" in page

    def test_what_a_student_wrote_into_a_page_is_not_taken_for_its_points(self, copy):
        told, _ = self.shown(copy, f"</head><body>{self.FED}")
        assert told.rows[0].fed is None


class TestRequestFile:
    def test_it_holds_the_answers_of_the_file_before_and_what_is_asked(self, copy):
        folder = copy / "assignments" / FIRST
        answered(copy, "unit-essay", {"text": "words"})
        last = make_file(folder)
        before = (folder / "responses" / "unit-essay.json").read_bytes()
        answered(copy, "unit-essay", {"text": "later words"})
        asking.keep(folder, "unit-essay", "Please look again.")
        told = hand_in(folder, made(folder)[0])
        path = asking.make_file(folder, last, told.waiting)
        with zipfile.ZipFile(path) as archive:
            assert archive.read("responses/unit-essay.json") == before
            assert b"Please look again." in archive.read("second_look.json")
        assert hand_in(folder, made(folder)[0]).waiting == {}

    def test_to_ask_changes_neither_answer_nor_time(self, copy):
        folder = copy / "assignments" / FIRST
        answered(copy, "unit-essay", {"text": "words"})
        asking.keep(folder, "unit-essay", "Please look again.")
        kept = read_answer(folder / "responses", "unit-essay", "essay")
        assert (kept.value, kept.time) == ({"text": "words"}, "2026-11-28T10:00:00+00:00")
        asking.keep(folder, "unit-essay", " \n")
        assert read_answer(folder / "responses", "unit-essay", "essay").second_look is None
