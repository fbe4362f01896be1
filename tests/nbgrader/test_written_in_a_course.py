"""What students write, through autograde and feedback: it is all there, and none of it acts."""

import json
import re
from html import unescape

import nbformat
import pytest
import tiny
from corpus import HONEST, HOSTILE, png
from held import Course, write_essay
from test_written import Tree


class Page(Tree):
    """A whole page; its comments and declarations are nbconvert's."""

    def handle_comment(self, data):
        pass

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


@pytest.fixture(scope="module")
def course(tmp_path_factory, repo):
    """Three students: one who tries everything, one in earnest, one whose pictures are gone."""
    course = Course(tmp_path_factory.mktemp("written"), repo)
    released = course.root / "source" / tiny.ASSIGNMENT / "tiny.ipynb"
    notebook = nbformat.read(released, 4)
    notebook.cells[0].source = "# 과제\n\n![지도](attachment:map.png) [안내](https://a.example/)"
    nbformat.write(notebook, released)
    course.generate()
    write_essay(course.submission("eve"), *HOSTILE.values())
    own = {"a.png": {"image/png": png()}}
    texts = [text for text, _ in HONEST.values()]
    write_essay(course.submission("ann"), "![나](attachment:a.png)", *texts, attachments=own)
    write_essay(course.submission("bob"), "앞 ![](attachment:gone.png) 뒤")
    course.ok(course.autograde())
    course.feedback()
    return course


def essay(course, student):
    cells = json.loads(course.autograded(student))["cells"]
    return "".join(next(cell for cell in cells if cell["id"] == tiny.ESSAY)["source"])


def test_all_that_was_tried_stands_in_the_graded_notebook_and_is_no_link(course):
    text = essay(course, "eve")
    assert text.count("<hr>") >= len(HOSTILE) - 1
    assert re.findall(r"<(?:script|iframe|svg|math|form|button|input|style|object)\b", text) == []
    for address in re.findall(r'href="([^"]*)"', text):
        assert re.match(r"https?://|mailto:", unescape(address))


def test_the_feedback_page_holds_no_script_no_link_and_nothing_from_elsewhere(course):
    opened = Page(course.page("eve")).opened
    assert not {tag for tag, _ in opened} & {"script", "iframe", "math", "form", "object", "link"}
    for tag, attributes in opened:
        assert not [name for name in attributes if name.startswith("on")]
        assert re.match(r"https?://|mailto:|#", attributes.get("href", "#")), (tag, attributes)
        assert tag != "img" or attributes["src"].startswith("data:image/png;")
        assert tag != "svg" or attributes["aria-hidden"] == "true"  # the kit's own marks


def test_what_was_meant_in_earnest_is_read_on_the_page(course):
    text = Page(course.page("ann")).text
    for _, said in HONEST.values():
        for part in said:
            assert " ".join(part.split()) in text


def test_a_pasted_picture_is_on_the_page(course):
    assert f'src="data:image/png;base64,{png()}"' in course.page("ann")


def test_a_missing_picture_is_a_note_in_a_students_cell(course):
    page = Page(course.page("bob")).text
    assert "앞 [그림 gone.png: 노트북에 들어 있지 않습니다] 뒤" in page


def test_what_was_handed_in_stays_as_it_was(course):
    handed_in = (course.folder("submitted", "eve") / "tiny.ipynb").read_text("utf-8")
    assert HOSTILE["a link"] in handed_in
    assert not [p for p in course.folder("autograded", "eve").rglob("*") if p.suffix == ".orig"]


def test_a_comment_with_a_missing_picture_stops_no_page(course):
    with course.api.gradebook as gradebook:
        comment = gradebook.find_comment(tiny.ESSAY, "tiny", tiny.ASSIGNMENT, "bob")
        comment.manual_comment = "**좋습니다** ![x](attachment:x.png) [y](javascript:alert(1))"
        gradebook.db.commit()
    course.feedback("bob")
    page = course.page("bob")
    assert "<strong>좋습니다</strong>" in page
    assert "x.png: 노트북에 들어 있지 않습니다" in unescape(page)
    assert 'href="javascript' not in page


def test_a_page_shows_what_was_handed_in_and_not_what_became_of_a_graded_notebook(course):
    [path] = course.folder("autograded", "bob").glob("*.ipynb")
    path.parent.chmod(0o755)
    path.chmod(0o644)
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.id == tiny.ESSAY:
            cell.source = "[x](javascript:alert(1)) ![](attachment:a.png) [y](evil.html)"
    nbformat.write(notebook, path)
    course.feedback("bob")
    assert 'href="javascript' not in course.page("bob")
    assert 'href="evil.html"' not in course.page("bob")
    assert "gone.png: 노트북에 들어 있지 않습니다" in unescape(course.page("bob"))


def test_an_essay_waits_for_a_person_as_before_and_an_untouched_one_does_not(course):
    assert course.points("eve")[tiny.ESSAY] is None
    course.submission("dan")
    course.ok(course.autograde("dan"))
    assert course.points("dan")[tiny.ESSAY] == 0
