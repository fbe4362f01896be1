"""A course folder opened as the kit's own commands open it."""

import pytest
import tiny

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.course import new_course
from b2bcourse.grading.opening import open_course

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def folder(tmp_path):
    return new_course(tmp_path / "my course", "en", tiny.write_repo(tmp_path / "repo"))


def settings(folder, *lines):
    with (folder / "nbgrader_config.py").open("a") as file:
        file.write("\n" + "\n".join(lines) + "\n")


def test_it_knows_root_language_keys_and_where_each_step_lies(folder):
    course = open_course(folder)
    assert (course.root, course.lang) == (folder.resolve(), "en")
    assert tiny.CELLS in course.keys
    assert course.folder("submitted", "tiny", "ann") == folder / "submitted" / "ann" / "tiny"
    assert course.folder("release", "tiny") == folder / "release" / "tiny"


def test_what_the_instructor_has_set_is_in_force(folder):
    settings(
        folder,
        "c.CourseDirectory.submitted_directory = 'handed_in'",
        "c.CourseDirectory.db_url = 'postgresql+psycopg://nobody@/book'",
        "c.AssignLatePenalties.enabled = False",
    )
    course = open_course(folder)
    assert course.folder("submitted", "tiny", "ann").parts[-3] == "handed_in"
    assert course.directory.db_url.startswith("postgresql")
    assert course.config.AssignLatePenalties.enabled is False


def test_the_gradebook_opens_for_reading_and_writing(folder, monkeypatch):
    import sys
    from pathlib import Path

    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=":")
    with open_course(folder).gradebook() as gradebook:
        gradebook.update_or_create_student("ann")
    with open_course(folder).gradebook() as gradebook:
        assert [student.id for student in gradebook.students] == ["ann"]


class TestRefused:
    def refused(self, folder, match):
        with pytest.raises(GradingError, match=match):
            open_course(folder)

    def test_a_folder_that_is_no_course(self, tmp_path):
        self.refused(tmp_path, "nbgrader_config.py")

    def test_settings_that_cannot_be_read_are_told_with_their_error(self, folder):
        settings(folder, "c.CourseDirectory.root = 1 / 0")
        self.refused(folder, "ZeroDivisionError")

    def test_settings_of_another_course_without_keys(self, folder):
        (folder / "nbgrader_config.py").write_text("c = get_config()\n")
        self.refused(folder, "nbgrader_config.py")

    def test_a_course_without_its_language(self, folder):
        (folder / "items" / "course.json").unlink()
        self.refused(folder, "course.json")
