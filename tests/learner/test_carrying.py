"""What was written on one machine is taken home, and brought back on another; nothing is lost."""

import io
import json
import zipfile

import pytest

from b2bcourse.context import bank_folder
from b2bcourse.course_files import course_root
from b2bcourse.items import kind_of, load_item
from b2bcourse.items.base import Outcome
from b2bcourse.learner.carrying import CarryError, copies, pack, packed_languages, unpack
from b2bcourse.learner.working_copy import refresh
from b2bcourse.responses import How, Store, histories

ITEM = "mx-cells"
LESSON = "04-benefit-matrix.ipynb"
WHOLE = course_root()


def machine(folder, *langs):
    for lang in langs:
        refresh(WHOLE, folder, lang)
    return folder


@pytest.fixture
def here(tmp_path):
    return machine(tmp_path / "here", "en")


@pytest.fixture
def there(tmp_path):
    return machine(tmp_path / "there", "en")


def answer(copy, mark):
    item = load_item(bank_folder() / f"{ITEM}.yaml")
    face = kind_of(item.kind).face(item, "en")
    cell = {face.rows[0].id: {face.columns[0].id: mark}}
    Store(copy / "en", face, item).save({"cells": cell})
    return cell


def review(copy, chosen, fraction=1.0):
    """A review that was answered and checked."""
    item = load_item(bank_folder() / "dmp-meaning.yaml")
    face = kind_of(item.kind).face(item, "en")
    (copy / "en" / "reviews").mkdir(exist_ok=True)
    store = Store(copy / "en" / "reviews", face, item)
    store.save(
        {"chosen": {face.options[chosen].id: 1}}, tried=Outcome(fraction, ()), how=How("review")
    )
    return store


def value(copy):
    return json.loads((copy / "en" / "responses" / f"{ITEM}.json").read_bytes())["value"]


def made(files, label=b'{"schema":1,"made":"2026-12-01T00:00:00+00:00"}'):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if label is not None:
            archive.writestr("b2bcourse.json", label)
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


class TestTakenHome:
    def test_answers_and_own_files_are_in_it_and_the_course_is_not(self, here):
        answer(here, 1)
        (here / "en" / "notes.md").write_text("mine")
        with zipfile.ZipFile(io.BytesIO(pack(here))) as archive:
            names = set(archive.namelist())
        assert names == {"b2bcourse.json", f"en/responses/{ITEM}.json", "en/notes.md"}

    def test_a_notebook_that_was_only_run_is_not_hers_and_one_that_she_changed_is(self, here):
        path = here / "en" / LESSON
        notebook = json.loads(path.read_text("utf-8"))
        code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        code["execution_count"] = 3
        path.write_text(json.dumps(notebook), "utf-8")
        with pytest.raises(CarryError, match="nothing of yours"):
            pack(here)
        code["source"] = "1 + 1"
        path.write_text(json.dumps(notebook), "utf-8")
        assert f"en/{LESSON}" in zipfile.ZipFile(io.BytesIO(pack(here))).namelist()

    def test_no_link_leads_out_of_the_copy(self, here, tmp_path):
        (tmp_path / "secret.txt").write_text("not hers")
        (here / "en" / "link.txt").symlink_to(tmp_path / "secret.txt")
        with pytest.raises(CarryError):
            pack(here)

    def test_both_languages_go_together(self, tmp_path):
        both = machine(tmp_path / "both", "en", "ko")
        (both / "ko" / "a.txt").write_text("1")
        (both / "en" / "b.txt").write_text("2")
        assert packed_languages(pack(both)) == ("ko", "en")
        assert list(copies(both / "ko")) == ["ko"]

    def test_where_there_is_no_copy_it_is_said(self, tmp_path):
        with pytest.raises(CarryError, match="no copy"):
            pack(tmp_path)


class TestBroughtBack:
    def test_an_answer_is_there_where_none_was(self, here, there):
        cell = answer(here, 1)
        done = unpack(pack(here), there)
        assert (done.added, done.merged, done.left) == (1, 0, [])
        assert value(there)["cells"] == cell

    def test_of_two_answers_the_later_counts_and_the_other_is_offered(self, here, there):
        mine = answer(there, 2)
        file = there / "en" / "responses" / f"{ITEM}.json"
        raw = json.loads(file.read_bytes())
        file.write_text(json.dumps({**raw, "time": "2026-01-01T00:00:00+00:00"}))
        taken = answer(here, 1)
        done = unpack(pack(here), there)
        assert (done.added, done.merged, done.both, done.left) == (0, 1, 1, [])
        raw = json.loads(file.read_bytes())
        assert raw["value"]["cells"] == taken
        assert [one["value"]["cells"] for one in raw["kept"]] == [mine]

    def test_a_review_never_becomes_the_lessons_answer(self, here, there):
        item = load_item(bank_folder() / "dmp-meaning.yaml")
        face = kind_of(item.kind).face(item, "en")
        lesson = Store(there / "en", face, item)
        lesson.save({"chosen": {face.options[0].id: 1}})
        before = lesson.path.read_bytes()
        there_review = review(there, 1)
        review(here, 2, 0.5)
        done = unpack(pack(here), there)
        assert (done.merged, done.left) == (1, [])
        assert lesson.path.read_bytes() == before
        assert len(there_review.read().response.tries) == 2, "both machines' tries count"

    def test_reviews_are_there_where_none_were(self, here, there):
        review(here, 2)
        unpack(pack(here), there)
        assert [one.occasion for one in histories(there / "en")["dmp-meaning"]] == ["review"]

    def test_brought_twice_changes_nothing_more(self, here, there):
        answer(here, 1)
        (here / "en" / "notes.md").write_text("mine")
        data = pack(here)
        unpack(data, there)
        again = unpack(data, there)
        assert (again.added, again.merged, again.beside, again.left) == (0, 0, [], [])
        assert again.told("en") == ["All of it is here already."]

    def test_a_file_that_differs_is_put_beside_and_the_one_here_stays(self, here, there):
        for root, text in ((here, "there"), (there, "here")):
            (root / "en" / "notes.md").write_text(text)
        [(name, beside)] = unpack(pack(here), there).beside
        assert name == "notes.md"
        assert (there / "en" / "notes.md").read_text() == "here"
        assert (there / "en" / beside).read_text() == "there"

    def test_an_assignments_answer_that_differs_is_put_beside_as_set_aside(self, here, there):
        for root, text in ((here, "a"), (there, "b")):
            path = (
                root
                / "en"
                / "assignments"
                / "a1-process-and-unit"
                / "responses"
                / "unit-essay.json"
            )
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        [(_, beside)] = unpack(pack(here), there).beside
        assert (there / "en" / beside).read_text() == "a"
        assert "." in (there / "en" / beside).stem

    def test_a_language_without_a_copy_is_named_and_nothing_is_brought(self, here, tmp_path):
        answer(here, 1)
        with pytest.raises(CarryError, match="no copy"):
            unpack(pack(here), machine(tmp_path / "korean", "ko"))

    @pytest.mark.parametrize(
        "name",
        [
            "../evil.txt",
            "en/../../evil.txt",
            "/en/evil.txt",
            "en/.jupyter/evil.txt",
            "en\\evil.txt",
            "C:/evil.txt",
            "other/evil.txt",
            "en//evil.txt",
            f"en/{'a' * 300}.txt",
        ],
    )
    def test_no_name_leads_out_of_the_copy(self, there, tmp_path, name):
        before = sorted(tmp_path.rglob("*"))
        unpack(made({name: b"x"}), there)
        assert sorted(tmp_path.rglob("*")) == before

    def test_no_link_in_the_copy_leads_out_either(self, there, tmp_path):
        (tmp_path / "outside").mkdir()
        (there / "en" / "mine").symlink_to(tmp_path / "outside")
        unpack(made({"en/mine/evil.txt": b"x"}), there)
        assert not any((tmp_path / "outside").iterdir())

    @pytest.mark.parametrize(
        "data", [b"", b"PK", b"x" * 100, made({"en/a.txt": b"1"}, None), made({}, b"{}")]
    )
    def test_any_other_file_is_refused_in_a_sentence(self, there, data):
        with pytest.raises(CarryError, match="not a file that was taken home"):
            unpack(data, there)

    def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is(self, there, monkeypatch):
        monkeypatch.setattr("b2bcourse.learner.carrying._MOST_BYTES", 1000)
        with pytest.raises(CarryError, match="too much"):
            unpack(made({"en/a.txt": b"0" * 2000}), there)
