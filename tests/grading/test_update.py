"""Corrected keys for a course that is under way: what comes, what stays, and what is safe."""

import json
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tiny

from b2bcourse.course_files import renamed
from b2bcourse.grading import carry_out as carrying
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.carry_out import carry_out
from b2bcourse.grading.course import new_course
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.shipped import SHIPPED_FILE, shipped
from b2bcourse.grading.update import Wishes, differing, plan

REPO = Path(__file__).parents[2]
OTHER_REASON = "한결은 창고와 트럭을 함께 맡으므로 SCM 책임자로 봅니다."
OLD_NAMES = {new: old for old, new in renamed().items.items()}
NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def kit(tmp_path):
    """A clone of the kit that may be changed."""
    return tiny.write_repo(tmp_path / "kit")


@pytest.fixture
def course(tmp_path, kit):
    return new_course(tmp_path / "3반 강의", "ko", kit)


def edit(folder, item, old, new):
    path = folder / f"{item}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def correct(kit, item=tiny.CELLS, old=tiny.SECRET_REASON, new=OTHER_REASON):
    edit(kit / "solutions" / "items", item, old, new)


def forget(course):
    """As a course is that an earlier release made."""
    (course / "items" / SHIPPED_FILE).unlink()


def fates(planned):
    return {change.item: change.fate for change in planned.changes}


def text_of(course, item=tiny.CELLS):
    return (course / "items" / f"{item}.yaml").read_text("utf-8")


def everything(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestWhatIsBrought:
    def test_a_new_course_has_nothing_to_update(self, course, kit):
        assert set(fates(plan(course, kit)).values()) == {"same"}

    def test_a_corrected_reason_is_brought_and_named_by_its_field(self, course, kit):
        correct(kit)
        (change,) = plan(course, kit).of("brought")
        assert (change.item, change.places) == (tiny.CELLS, ("columns[hangyeol].reason.ko",))
        assert change.recorded
        carry_out(plan(course, kit))
        assert OTHER_REASON in text_of(course)
        assert tiny.SECRET_REASON not in text_of(course)

    def test_planning_changes_nothing(self, course, kit):
        correct(kit)
        before = everything(course)
        plan(course, kit)
        assert everything(course) == before

    def test_a_second_time_there_is_nothing_left(self, course, kit):
        correct(kit)
        carry_out(plan(course, kit))
        assert plan(course, kit).of("brought") == []

    def test_a_later_correction_is_brought_as_well(self, course, kit):
        correct(kit)
        carry_out(plan(course, kit))
        correct(kit, old=OTHER_REASON, new="셋째 이유입니다.")
        (change,) = plan(course, kit).of("brought")
        assert change.recorded

    def test_an_essays_notes_for_graders_are_brought(self, course, kit):
        correct(kit, tiny.ESSAY, tiny.GRADER_NOTE, "새 메모입니다.")
        assert [change.item for change in plan(course, kit).of("brought")] == [tiny.ESSAY]

    def test_a_new_comment_is_no_reason_to_write(self, course, kit):
        correct(kit, old="kind: matrix", new="kind: matrix  # four people")
        assert plan(course, kit).of("brought") == []

    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_what_the_course_asks_in_its_own_language_counts(self, tmp_path, kit, lang):
        course = new_course(tmp_path / "course", lang, kit)
        correct(kit, old="Four people of a small firm", new="Four people")
        fate = "face" if lang == "en" else "brought"
        assert fates(plan(course, kit))[tiny.CELLS] == fate


class TestWhatStays:
    def test_an_item_that_asks_something_else_stays(self, course, kit):
        correct(kit, old="작은 회사의 네 사람", new="다른 제목")
        planned = plan(course, kit)
        assert fates(planned)[tiny.CELLS] == "face"
        assert planned.of("brought") == []

    def test_her_own_edit_stays_where_the_kit_has_nothing_new(self, course, kit):
        edit(course / "items", tiny.CELLS, tiny.SECRET_REASON, "제 생각은 다릅니다.")
        assert fates(plan(course, kit))[tiny.CELLS] == "same"

    def test_her_own_edit_stays_where_the_kit_has_something_new(self, course, kit):
        edit(course / "items", tiny.CELLS, tiny.SECRET_REASON, "제 생각은 다릅니다.")
        correct(kit)
        assert fates(plan(course, kit))[tiny.CELLS] == "hers"

    def test_she_may_take_the_kits_key_over_hers(self, course, kit):
        edit(course / "items", tiny.CELLS, tiny.SECRET_REASON, "제 생각은 다릅니다.")
        correct(kit)
        carry_out(plan(course, kit, Wishes(take=frozenset({tiny.CELLS}))))
        assert OTHER_REASON in text_of(course)

    def test_she_may_keep_an_item_as_it_is(self, course, kit):
        correct(kit)
        planned = plan(course, kit, Wishes(keep=frozenset({tiny.CELLS})))
        assert fates(planned)[tiny.CELLS] == "kept"

    def test_a_wish_for_an_item_that_is_not_there_is_refused(self, course, kit):
        with pytest.raises(GradingError, match="nope"):
            plan(course, kit, Wishes(keep=frozenset({"nope"})))

    def test_without_a_record_it_is_not_known_whose_the_difference_is(self, course, kit):
        forget(course)
        correct(kit)
        (change,) = plan(course, kit).of("brought")
        assert not change.recorded

    def test_a_damaged_record_counts_as_none(self, course, kit):
        (course / "items" / SHIPPED_FILE).write_text('{"items": [', "utf-8")
        correct(kit)
        (change,) = plan(course, kit).of("brought")
        assert not change.recorded

    def test_after_an_update_it_is_known(self, course, kit):
        forget(course)
        correct(kit)
        carry_out(plan(course, kit))
        assert set(shipped(course / "items")) == set(tiny.POINTS)

    def test_her_own_items_are_left_alone(self, course, kit):
        own = course / "items" / "my-own.yaml"
        own.write_text(text_of(course).replace(tiny.CELLS, "my-own"), "utf-8")
        correct(kit)
        assert "my-own" not in fates(plan(course, kit))

    def test_a_broken_file_is_named_and_the_others_go_on(self, course, kit):
        (course / "items" / f"{tiny.BOTH}.yaml").write_text("kind: [", "utf-8")
        correct(kit)
        planned = plan(course, kit)
        (broken,) = planned.of("broken")
        assert broken.item == tiny.BOTH
        assert "not valid YAML" in broken.said
        carry_out(planned)
        assert OTHER_REASON in text_of(course)
        assert text_of(course, tiny.BOTH) == "kind: ["

    def test_new_items_and_assignments_are_told_and_not_brought(self, course, kit):
        solutions = kit / "solutions"
        new = text_of(course).replace(tiny.CELLS, "tiny-new")
        (solutions / "items" / "tiny-new.yaml").write_text(new, "utf-8")
        shutil.copytree(solutions / "ko" / tiny.ASSIGNMENT, solutions / "ko" / "tiny-two")
        planned = plan(course, kit)
        assert planned.lacking == ("tiny-new",)
        assert planned.lacking_assignments == ("tiny-two",)
        assert "tiny-new" not in fates(planned)


class TestWhatIsRefused:
    def test_a_folder_that_is_no_course(self, tmp_path, kit):
        with pytest.raises(GradingError, match="no course folder"):
            plan(tmp_path, kit)

    def test_a_clone_without_solutions(self, course, tmp_path):
        with pytest.raises(GradingError, match="--from"):
            plan(course, tmp_path / "nowhere")

    def test_an_empty_course_has_nothing_to_update(self, tmp_path, kit):
        items = tmp_path / "empty" / "items"
        items.mkdir(parents=True)
        (items / "course.json").write_text('{"schema":1,"lang":"en"}', "utf-8")
        planned = plan(tmp_path / "empty", kit)
        assert planned.changes == ()
        assert set(planned.lacking) == set(tiny.POINTS)


class TestWhatIsSafe:
    def test_only_the_item_and_the_record_are_written(self, course, kit):
        correct(kit)
        (course / "submitted" / "ann").mkdir(parents=True)
        (course / "submitted" / "ann" / "answer.json").write_text("{}", "utf-8")
        before = everything(course)
        aside = carry_out(plan(course, kit))
        changed = {
            path for path, data in everything(course).items() if before.get(path) != data
        } - set(everything(aside))
        assert {path.name for path in changed} == {f"{tiny.CELLS}.yaml", SHIPPED_FILE}

    def test_the_old_item_is_copied_beside_where_no_loader_looks(self, course, kit):
        correct(kit)
        before = text_of(course)
        aside = carry_out(plan(course, kit), NOON)
        assert aside == course / "before-update-2026-11-22-120000"
        assert (aside / "items" / f"{tiny.CELLS}.yaml").read_text("utf-8") == before

    def test_two_updates_in_one_second_keep_both_copies(self, course, kit):
        correct(kit)
        planned = plan(course, kit)
        first = carry_out(planned, NOON)
        correct(kit, old=OTHER_REASON, new="셋째 이유입니다.")
        second = carry_out(plan(course, kit), NOON)
        assert first != second
        assert first.exists()

    def test_the_gradebook_is_copied_whole_while_somebody_writes(self, course, kit):
        correct(kit)
        with sqlite3.connect(course / "gradebook.db") as book:
            book.execute("CREATE TABLE grade (points REAL)")
            book.execute("INSERT INTO grade VALUES (7.5)")
        book.execute("INSERT INTO grade VALUES (1.0)")  # begun, and not yet committed
        bytes_before = (course / "gradebook.db").read_bytes()
        aside = carry_out(plan(course, kit))
        copy = sqlite3.connect(aside / "gradebook.db")
        assert copy.execute("SELECT points FROM grade").fetchall() == [(7.5,)]
        assert (course / "gradebook.db").read_bytes() == bytes_before
        book.close()
        copy.close()

    def test_a_gradebook_that_cannot_be_copied_stops_everything(self, course, kit, monkeypatch):
        monkeypatch.setattr(carrying, "_PATIENCE", 0.1)
        correct(kit)
        (course / "gradebook.db").write_bytes(b"no database at all" * 100)
        before = everything(course)
        with pytest.raises(GradingError, match="nothing was changed"):
            carry_out(plan(course, kit))
        assert everything(course) == before

    def test_a_locked_gradebook_is_not_waited_for_for_ever(self, course, kit, monkeypatch):
        monkeypatch.setattr(carrying, "_PATIENCE", 0.1)
        correct(kit)
        book = sqlite3.connect(course / "gradebook.db", isolation_level=None)
        book.execute("CREATE TABLE grade (points REAL)")
        book.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradingError, match="locked"):
            carry_out(plan(course, kit))
        book.close()

    def test_an_item_edited_after_the_plan_is_not_overwritten(self, course, kit):
        correct(kit)
        planned = plan(course, kit)
        edit(course / "items", tiny.CELLS, tiny.SECRET_REASON, "제 생각은 다릅니다.")
        with pytest.raises(GradingError, match="edited in the meantime"):
            carry_out(planned)

    def test_what_was_interrupted_is_finished_by_doing_it_again(self, course, kit, monkeypatch):
        correct(kit)
        correct(kit, tiny.ESSAY, tiny.GRADER_NOTE, "새 메모입니다.")
        written = []

        def failing(path, data):
            if written:
                raise OSError("no space left on device")
            written.append(path)
            put(path, data)

        put = carrying.put
        monkeypatch.setattr(carrying, "put", failing)
        with pytest.raises(OSError, match="no space"):
            carry_out(plan(course, kit))
        monkeypatch.setattr(carrying, "put", put)
        planned = plan(course, kit)
        assert len(planned.of("brought")) == 1
        carry_out(planned)
        assert set(fates(plan(course, kit)).values()) == {"same"}
        assert plan(course, kit).of("hers") == []

    def test_an_older_kit_still_reads_the_course(self, course):
        assert Keys(course / "items").lang == "ko"
        assert json.loads((course / "items" / "course.json").read_text()) == {
            "schema": 1,
            "lang": "ko",
        }


@pytest.mark.skipif(not (REPO / "solutions").is_dir(), reason="needs the checkout's solutions/")
class TestACourseMadeBefore:
    @pytest.fixture(params=["ko", "en"])
    def older(self, request, tmp_path):
        """A course as it was before the items and assignments were renamed."""
        course = new_course(tmp_path / "older", request.param, REPO)
        forget(course)
        for path in sorted((course / "items").glob("*.yaml")):
            text = path.read_text("utf-8")
            for new, old in OLD_NAMES.items():
                text = text.replace(f"id: {new}\n", f"id: {old}\n")
                text = text.replace(f"- item: {new}\n", f"- item: {old}\n")
            path.unlink()
            path.with_name(f"{OLD_NAMES[path.stem]}.yaml").write_text(text, "utf-8")
        for old, new in renamed().assignments.items():
            (course / "source" / new).rename(course / "source" / old)
        return course

    @pytest.fixture
    def kit(self, tmp_path):
        shutil.copytree(REPO / "solutions", tmp_path / "kit" / "solutions")
        return tmp_path / "kit"

    def test_it_has_nothing_to_update_and_lacks_nothing(self, older):
        planned = plan(older, REPO)
        assert {change.before == change.after for change in planned.changes} == {True}
        assert set(fates(planned)) == set(renamed().items)
        assert planned.lacking == planned.lacking_assignments == ()

    def test_a_corrected_key_comes_under_its_old_name(self, older, kit):
        correct(kit, "capstone-map", "  evidence: [2]\n", "  evidence: [2, 3]\n")
        carry_out(plan(older, kit))
        item = Keys(older / "items").item("a7-map")
        assert (item.id, item.cards[0].evidence) == ("a7-map", (2, 3))
        assert not (older / "items" / "capstone-map.yaml").exists()

    def test_items_that_are_held_together_go_on_naming_each_other(self, older, kit):
        correct(kit, "capstone-moves", "Dong is one of the two", "Dong is one of a pair")
        carry_out(plan(older, kit))
        rules = Keys(older / "items").item("a7-moves").consistent
        assert {rule.item for rule in rules} == {"a7-map"}

    def test_a_key_stays_whose_rules_name_an_item_that_stays_different(self, older, kit):
        # In her course another person decides; the kit's new rule would contradict her key.
        edit(older / "items", "a7-map", "  person: dong\n", "  person: kwon\n")
        correct(kit, "capstone-moves", "Dong is one of the two", "Dong is one of a pair")
        edit(kit / "solutions" / "items", "capstone-map", "title: {ko: ", "title: {ko: 새 ")
        edit(kit / "solutions" / "items", "capstone-map", "en: The map", "en: A new map")
        edit(older / "items", "a7-moves", "  person: dong\n", "  person: kwon\n")
        planned = plan(older, kit)
        assert fates(planned)["a7-map"] == "face"
        assert fates(planned)["a7-moves"] == "bound"


class TestWhereItDiffers:
    def test_parts_are_named_by_their_ids(self):
        before = {"rows": [{"id": "a", "n": 1}, {"benefit": "quality", "n": 2}], "x": [1, 2]}
        after = {"rows": [{"benefit": "quality", "n": 3}, {"id": "a", "n": 1}], "x": [1]}
        assert list(differing(before, after)) == ["rows[quality].n", "x"]

    def test_a_part_that_is_new_or_gone_is_named_whole(self):
        assert list(differing({"a": 1, "b": {"c": 2}}, {"a": 1})) == ["b"]
        assert list(differing({"hints": []}, {"hints": [{"ko": "가"}]})) == ["hints"]
