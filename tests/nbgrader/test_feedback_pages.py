"""Feedback pages of a real course: by the kit's command and by nbgrader's, to the student's copy."""

import datetime as dt
import re
import shutil
from html import unescape

import pytest
import tiny
from held import Course, write_in_field
from nbgrader.utils import notebook_hash
from typer.testing import CliRunner

from b2bcourse.commands.cli import app
from b2bcourse.facts import Text
from b2bcourse.grading import criteria
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.feedback.writing import refuse_open_key, write_feedback
from b2bcourse.grading.leaks.search import find_leaks, read_secrets
from b2bcourse.grading.moved import MOVED, make_tables
from b2bcourse.grading.opening import open_course
from b2bcourse.grading.troubles import Trouble, record

PAST = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - as nbgrader keeps it
FUTURE = dt.datetime(2100, 1, 1)  # noqa: DTZ001


@pytest.fixture(scope="module")
def held(tmp_path_factory, repo):
    """Ann answers all rightly and writes; Bob's marks are partly wrong; Cho hands in nothing new."""
    course = Course(tmp_path_factory.mktemp("pages"), repo)
    course.generate()
    course.release()
    ann = course.submission("ann")
    write_in_field(course, ann, "한결에게는 재고를 말합니다.\n\n<script>alert(1)</script>")
    wrong = tiny.model_response(course.keys, tiny.CELLS)
    wrong["value"]["cells"]["cost_saving"] = {"miru": 1}
    course.submission("bob", {tiny.CELLS: wrong, tiny.BOTH: None})
    for name in ("ann", "bob"):
        (course.folder("submitted", name) / "timestamp.txt").write_text("2026-11-27 13:40:00 UTC")
        (course.folder("submitted", name) / "submission_secret.txt").write_text(f"{name}s-secret")
    course.ok(course.autograde())
    set_due(course, PAST)
    return course


def set_due(course, due):
    with course.api.gradebook as gradebook:
        gradebook.find_assignment(course.assignment).duedate = due
        gradebook.db.commit()


def set_grade(course, student, item, **fields):
    with course.api.gradebook as gradebook:
        for notebook in gradebook.find_submission(course.assignment, student).notebooks:
            for grade in notebook.grades:
                if grade.name == item:
                    for name, content in fields.items():
                        setattr(grade, name, content)
        gradebook.db.commit()


def run(course, *options):
    arguments = ["feedback", course.assignment, "--course", str(course.root), *options]
    return CliRunner().invoke(app, arguments)


def read(course, student):
    return course.page(student)


def plain(page):
    text = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]*>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(text).split())


@pytest.fixture
def course(held, tmp_path):
    """The same class for a test that changes it."""
    shutil.copytree(held.root, tmp_path / "course", dirs_exist_ok=True)
    copy = object.__new__(Course)
    copy.__dict__.update(held.__dict__)
    copy.root = tmp_path / "course"
    from nbgrader.apps import NbGraderAPI

    from b2bcourse.grading.demo import load_config
    from b2bcourse.grading.keys import Keys

    copy.config = load_config(copy.root)
    copy.config.Exchange.root = str(tmp_path / "exchange")
    (tmp_path / "exchange").mkdir()
    copy.exchange = tmp_path / "exchange"
    copy.keys = Keys(copy.root / "items")
    copy.api = NbGraderAPI(config=copy.config)
    return copy


# ---- what a page says


def test_an_essay_waits_and_its_text_is_there_and_acts_on_nobody(course):
    assert run(course).exit_code == 0
    page = read(course, "ann")
    said = plain(page)
    assert "16 / 16 점." in said
    assert "8점은 아직 채점하지 않아 넣지 않았습니다." in said
    assert "한결에게는 재고를 말합니다." in said
    assert "<script" not in page
    assert "0 / 8" not in said


def test_marks_are_judged_and_what_is_missing_is_only_counted(course):
    run(course)
    page = read(course, "bob")
    assert 'class="c wrong"' in page
    assert 'class="c missed' not in page
    assert "개 빠짐." in page
    assert "답하지 않았습니다." in plain(page)


def test_nothing_on_a_page_is_secret_and_with_the_key_open_the_search_finds_it(course, repo):
    """The search is one that can fail: it finds what the opened page says."""
    secrets = read_secrets(repo / "solutions")
    run(course)
    assert find_leaks(course.folder("feedback", "bob"), secrets, released=False) == []
    run(course, "--open-key")
    told = "\n".join(
        map(str, find_leaks(course.folder("feedback", "bob"), secrets, released=False))
    )
    assert tiny.SECRET_REASON[:20] in told or "한결은 창고와" in told


@pytest.mark.parametrize("where", ["how", "rule", "comment", "text", "body", "notes"])
def test_a_leak_planted_in_any_part_of_a_page_is_found(course, repo, where, monkeypatch):
    from b2bcourse.grading.feedback import writing

    made = writing.html

    def leaking(page):
        from dataclasses import replace

        planted = {
            "notes": (tiny.SECRET_REASON,),
        }.get(where, tiny.SECRET_REASON)
        first = replace(page.exercises[0], **{where: planted})
        return made(replace(page, exercises=(first, *page.exercises[1:])))

    monkeypatch.setattr(writing, "html", leaking)
    course_at = open_course(course.root)
    write_feedback(course_at, course.assignment, ["bob"])
    secrets = read_secrets(repo / "solutions")
    assert find_leaks(course.folder("feedback", "bob"), secrets, released=False) != []


def test_a_hand_grade_shows_what_each_criterion_got_and_the_comment(course):
    item = course.keys.item(tiny.ESSAY)
    worths = criteria.worths(item, 8.0)
    points = {worth.id: worth.maximum for worth in worths}
    points[worths[-1].id] = worths[-1].levels[-1]
    given = criteria.Given(points=points, by="민지원", at="2026-12-01T00:00:00+00:00")
    criteria.keep(course.root, course.assignment, "ann", {tiny.ESSAY: given})
    total = sum(points.values())
    set_grade(course, "ann", tiny.ESSAY, manual_score=total, needs_manual_grade=False)
    with course.api.gradebook as gradebook:
        submission = gradebook.find_submission(course.assignment, "ann")
        comment = next(c for n in submission.notebooks for c in n.comments if c.name == tiny.ESSAY)
        comment.manual_comment = "한 문장으로 **이어** 보십시오. <img src=x onerror=alert(1)>"
        gradebook.db.commit()
    run(course)
    page = read(course, "ann")
    said = plain(page)
    assert "민지원이 읽었습니다." in said
    assert "민지원의 말" in said
    assert "<strong>이어</strong>" in page
    assert "onerror" not in page
    assert "모두 채점했습니다." in said


def test_criteria_that_no_longer_add_up_to_the_grade_are_not_shown(course):
    given = criteria.Given(points={"reach": 1.0}, by="민지원", at="2026-12-01T00:00:00+00:00")
    criteria.keep(course.root, course.assignment, "ann", {tiny.ESSAY: given})
    set_grade(course, "ann", tiny.ESSAY, manual_score=7.5, needs_manual_grade=False)
    run(course)
    said = plain(read(course, "ann"))
    assert "민지원" not in said
    assert "사람이 읽고 7.50점을 주었습니다." in said


def test_a_grade_given_by_hand_in_place_of_the_kits_is_told_with_both(course):
    set_grade(course, "bob", tiny.CELLS, manual_score=9.0, extra_credit=0.5)
    run(course)
    said = plain(read(course, "bob"))
    assert "사람이 보고 9점을 주었습니다." in said
    assert "가산점 0.5점이 들어 있습니다." in said
    assert "9.50 / 10" in said


def test_a_grade_that_has_moved_says_when_and_from_what_to_what(course):
    with course.api.gradebook as gradebook:
        make_tables(gradebook.db.connection())
        notebook = gradebook.find_submission(course.assignment, "bob").notebooks[0]
        row = {"notebook_id": notebook.id, "item": tiny.CELLS, "before": 2.5, "after": 6.67}
        at = dt.datetime(2026, 11, 30, 12)  # noqa: DTZ001
        gradebook.db.execute(MOVED.insert().values(**row, at=at, why="key"))
        gradebook.db.commit()
    run(course)
    assert "채점 기준을 고쳐 2.50점에서 6.67점으로 올랐습니다." in plain(read(course, "bob"))


def test_what_could_not_be_taken_is_named(course):
    trouble = Trouble(
        student="bob",
        what="unwhole",
        file="사진.jpg",
        found=Text("25 MB라서 큽니다.", "25 MB is too large."),
        done=Text("나머지는 채점했습니다.", "The rest was graded."),
        todo=Text("메일로 받으십시오.", "Ask for it by mail."),
        kept="troubles/tiny/bob/x.jpg",
    )
    record(course.root, course.assignment, "bob", "collect", [trouble])
    run(course)
    said = plain(read(course, "bob"))
    assert "사진.jpg : 25 MB라서 큽니다. 나머지는 채점했습니다." in said
    assert "메일로" not in said
    assert "troubles/" not in said


def test_who_was_late_reads_by_how_much_and_what_it_cost(course):
    set_due(course, dt.datetime(2026, 11, 27, 12))  # noqa: DTZ001
    with course.api.gradebook as gradebook:
        notebook = gradebook.find_submission(course.assignment, "bob").notebooks[0]
        notebook.late_submission_penalty = 2.0
        gradebook.db.commit()
    run(course)
    said = plain(read(course, "bob"))
    assert "2시간 늦음" in said
    assert "늦게 낸 2점을 뺐습니다." in said


# ---- where pages go


def test_nbgraders_own_command_makes_the_same_bytes(course):
    run(course)
    ours = {name: read(course, name) for name in ("ann", "bob")}
    shutil.rmtree(course.root / "feedback")
    course.feedback()
    assert {name: read(course, name) for name in ours} == ours


def test_formgraders_button_for_one_student_makes_the_same_bytes(course):
    run(course)
    ours = read(course, "bob")
    course.feedback("bob")
    assert read(course, "bob") == ours


def test_no_graded_notebook_need_be_on_disk(course):
    run(course)
    ours = read(course, "ann")
    shutil.rmtree(course.root / "autograded")
    shutil.rmtree(course.root / "feedback")
    assert run(course).exit_code == 0
    assert read(course, "ann") == ours


def test_released_pages_lie_where_the_student_fetches_them(course):
    run(course)
    course.config.CourseDirectory.course_id = "course"
    course.ok(course.api.release_feedback(course.assignment))
    name = next(course.folder("feedback", "ann").glob("*.html")).stem
    secret = notebook_hash(secret="anns-secret", notebook_id=name)
    (found,) = course.exchange.rglob(f"{secret}.html")
    assert found.read_text("utf-8") == read(course, "ann")


def test_a_submission_without_a_secret_does_not_stop_the_release_and_is_told(course):
    for step in ("submitted", "autograded"):
        (course.folder(step, "bob") / "submission_secret.txt").unlink()
    done = run(course)
    assert "직접 전할 것" in done.output
    assert "bob" in done.output
    course.config.CourseDirectory.course_id = "course"
    course.ok(course.api.release_feedback(course.assignment))
    own = (course.folder("feedback", "bob") / "submission_secret.txt").read_text()
    run(course)
    assert (course.folder("feedback", "bob") / "submission_secret.txt").read_text() == own


def test_a_submission_that_was_put_there_by_hand_gets_a_page_too(course):
    for step in ("submitted", "autograded"):
        for name in ("timestamp.txt", "submission_secret.txt"):
            (course.folder(step, "bob") / name).unlink()
    assert run(course).exit_code == 0
    assert run(course).exit_code == 0  # and once more, over what stands there
    course.config.CourseDirectory.course_id = "course"
    course.ok(course.api.release_feedback(course.assignment))


def test_only_who_is_named_gets_a_page(course):
    assert run(course, "--student", "bob").exit_code == 0
    assert not course.folder("feedback", "ann").exists()
    assert course.folder("feedback", "bob").exists()


# ---- when there is no page


def test_a_grade_that_no_longer_follows_from_the_key_is_refused_by_name(course):
    run(course, "--student", "ann")
    before = read(course, "ann")
    set_grade(course, "ann", tiny.CELLS, auto_score=3.0)
    done = run(course)
    assert done.exit_code == 1
    assert f"ann: {tiny.CELLS}: 성적부의 3점이 지금 기준으로는 10점입니다." in done.output
    assert "--force" in done.output
    assert read(course, "ann") == before
    assert course.folder("feedback", "bob").exists()


def test_what_was_handed_in_again_and_is_not_graded_gets_no_page(course):
    stamp = course.folder("submitted", "bob") / "timestamp.txt"
    stamp.write_text("2026-11-28 00:00:00 UTC")
    done = run(course)
    assert done.exit_code == 1
    assert "다시 낸 것을 아직 채점하지 않았습니다." in done.output
    assert not course.folder("feedback", "bob").exists()


def test_a_key_that_is_broken_stops_everything_and_no_page_knows_of_it(course):
    path = course.root / "items" / f"{tiny.CELLS}.yaml"
    path.write_text("kind: matrix\n", "utf-8")
    done = run(course)
    assert done.exit_code == 1
    assert not (course.root / "feedback").exists()


def test_an_unknown_student_is_told(course):
    done = run(course, "--student", "nobody")
    assert done.exit_code == 1
    assert "nobody" in done.output


def test_an_unknown_assignment_is_one_sentence(course):
    done = CliRunner().invoke(app, ["feedback", "none", "--course", str(course.root)])
    assert done.exit_code == 1
    assert not isinstance(done.exception, GradingError)


# ---- the due date and the key


def test_before_the_due_date_the_instructor_is_warned(course):
    assert "마감" not in run(course).output
    set_due(course, FUTURE)
    assert "전입니다. 지금 피드백을 내주면" in run(course).output
    set_due(course, None)
    assert "마감이 정해지지 않은 과제입니다." in run(course).output


def test_nbgraders_own_command_warns_too(course):
    set_due(course, FUTURE)
    assert "지금 피드백을 내주면" in course.feedback()["log"]


@pytest.mark.parametrize("due", [FUTURE, None])
def test_the_key_is_not_opened_while_somebody_may_hand_in(course, due):
    set_due(course, due)
    done = run(course, "--open-key")
    assert done.exit_code == 1
    assert "--yes-before-due" in done.output
    assert not (course.root / "feedback").exists()
    assert run(course, "--open-key", "--yes-before-due").exit_code == 0
    assert "정답을 열었습니다" in plain(read(course, "bob"))


def test_the_longest_extension_counts_as_the_due_date(course):
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    set_due(course, now - dt.timedelta(hours=1))
    refuse_open_key(open_course(course.root), course.assignment)
    with course.api.gradebook as gradebook:
        submission = gradebook.find_submission(course.assignment, "bob")
        submission.extension = dt.timedelta(days=1)
        gradebook.db.commit()
    with pytest.raises(GradingError, match="yes-before-due"):
        refuse_open_key(open_course(course.root), course.assignment)


def test_an_open_key_shows_the_solved_exercise_and_the_next_run_closes_it(course):
    run(course, "--open-key")
    page = read(course, "bob")
    assert '<div class="solved">' in page
    assert 'class="c missed' in page
    run(course)
    assert '<div class="solved">' not in read(course, "bob")
