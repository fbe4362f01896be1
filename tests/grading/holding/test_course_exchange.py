"""Which exchange is in force is known and told, and what keeps students from it is found."""

import os
import stat

import pytest

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.course import CONFIG_FILE
from b2bcourse.grading.holding.exchange import FALLBACK, InForce, faults, in_force, make


@pytest.fixture
def open_folder(tmp_path):
    """A folder that everybody can reach, as far as the test's own folders allow."""
    folder = tmp_path / "exchange"
    make(folder)
    return folder


def found(root, course_id="", course=None):
    """What is wrong with an exchange, but for the folders above the test's own."""
    told = [text.en for text in faults(InForce(root, None, course_id), course)]
    return [text for text in told if "lets no other user through" not in text]


class TestWhichOneIsInForce:
    def test_without_a_name_there_is_none_and_the_fallback_is_told(self, course):
        here = in_force(course.root)
        assert here.root is None
        assert str(FALLBACK) in here.told().en
        assert "not used unless you name it" in here.told().en

    def test_the_courses_own_settings_count_first(self, make_course, settings, tmp_path):
        (settings / CONFIG_FILE).write_text("c.Exchange.root = '/somewhere/else'\n", "utf-8")
        course = make_course(exchange=tmp_path / "ours")
        here = in_force(course.root)
        assert (here.root, here.file) == (tmp_path / "ours", course.root / CONFIG_FILE)

    def test_else_the_machines_settings_are_told_with_their_file(self, course, settings):
        (settings / CONFIG_FILE).write_text("c.Exchange.root = '/srv/all'\n", "utf-8")
        told = in_force(course.root).told()
        assert "/srv/all" in told.en
        assert str(settings / CONFIG_FILE) in told.ko


class TestANewCourse:
    def test_it_makes_the_exchange_that_it_is_given_for_everybody(self, make_course, tmp_path):
        make_course(exchange=tmp_path / "a place" / "exchange")
        made = tmp_path / "a place" / "exchange"
        assert stat.S_IMODE(made.stat().st_mode) == 0o1777

    def test_an_exchange_within_the_course_is_refused_and_nothing_is_made(
        self, make_course, tmp_path
    ):
        with pytest.raises(GradingError, match="students cannot enter"):
            make_course(exchange=tmp_path / "course" / "exchange")
        assert not (tmp_path / "course").exists()

    def test_where_it_cannot_be_made_no_course_is_made(self, make_course, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(GradingError, match="No course was made"):
            make_course(exchange=tmp_path / "file" / "exchange")
        assert not (tmp_path / "course").exists()

    def test_a_name_that_is_taken_there_is_refused(self, make_course, tmp_path):
        (tmp_path / "ex" / "course").mkdir(parents=True)
        with pytest.raises(GradingError, match="--id"):
            make_course(exchange=tmp_path / "ex")
        assert make_course(exchange=tmp_path / "ex", course_id="b2b-2").directory.course_id == (
            "b2b-2"
        )

    @pytest.mark.parametrize("bad", ["a/b", "a b", "가", "../x", "-x"])
    def test_an_id_that_is_no_folders_name_is_refused(self, make_course, bad):
        with pytest.raises(GradingError, match="letters a to z"):
            make_course(course_id=bad)


class TestWhatIsWrong:
    def test_an_open_one_is_sound(self, open_folder):
        assert found(open_folder) == []

    def test_without_one_nothing_is_wrong(self):
        assert found(None) == []

    def test_it_must_exist(self, tmp_path):
        assert "mkdir -p -m 0777" in found(tmp_path / "none")[0]

    def test_everybody_must_be_able_to_write(self, open_folder):
        open_folder.chmod(0o755)
        assert "has the mode 0755" in found(open_folder)[0]

    def test_a_closed_folder_above_is_named(self, open_folder):
        above = open_folder.parent
        above.chmod(0o700)
        told = [text.en for text in faults(InForce(open_folder, None))]
        assert any(text.startswith(f"{above} lets no other user through") for text in told)

    def test_its_path_must_be_whole(self):
        from pathlib import Path

        assert "whole path" in found(Path("exchange"))[0]

    def test_nobody_may_see_what_others_hand_in(self, open_folder):
        inbound = open_folder / "kurs" / "inbound"
        inbound.mkdir(parents=True)
        (open_folder / "kurs").chmod(0o755)
        inbound.chmod(0o2733)
        assert found(open_folder, "kurs") == []
        inbound.chmod(0o2777)
        assert "see each other's work" in found(open_folder, "kurs")[0]
        inbound.chmod(0o2711)
        assert "with 2733" in found(open_folder, "kurs")[0]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
    def test_another_users_course_is_told(self, open_folder):
        (open_folder / "kurs").mkdir()
        os.chown(open_folder / "kurs", 4242, 4242)
        assert "another user's course" in found(open_folder, "kurs")[0]
