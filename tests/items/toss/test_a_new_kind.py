"""A new kind is three modules and its name: nothing else of the kit has to know of it.

`docs/new-kind.md` walks through the modules beside this one.
"""

import json
import shutil
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import b2bcourse as b2b
from b2bcourse import context, items, render
from b2bcourse.authoring.checking import check
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.leaks.search import find_leaks, read_secrets
from b2bcourse.grading.marking import mark
from b2bcourse.items import decode_face, face_bytes, face_hash, kind_of, load_item
from b2bcourse.items.response import decode_response
from b2bcourse.responses import Store
from b2bcourse.widgets.base import PROTOCOL
from b2bcourse.widgets.exercise import Exercise

HERE = Path(__file__).parent
ITEM = "toss-three"
FELL = {"won": "heads", "cent": "tails", "yen": "tails"}
ROOMS = {"items": "kind", "render": "rendered", "widgets": "view"}


@pytest.fixture(autouse=True)
def toss(monkeypatch):
    """The three modules stand where a kind's do, and its name in the table of kinds."""
    for room, file in ROOMS.items():
        name = f"b2bcourse.{room}.toss"
        spec = spec_from_file_location(name, HERE / f"{file}.py")
        module = module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
    kind_of.cache_clear()
    monkeypatch.setattr(items, "KINDS", [*items.KINDS, "toss"])
    yield
    kind_of.cache_clear()


@pytest.fixture
def item():
    return load_item(HERE / f"{ITEM}.yaml")


@pytest.fixture
def bank(tmp_path, monkeypatch):
    """A practice bank with nothing in it but the toss."""
    folder = tmp_path / "bank"
    folder.mkdir()
    shutil.copy(HERE / f"{ITEM}.yaml", folder)
    monkeypatch.setattr(context, "bank_folder", lambda: folder)
    return folder


def test_its_samples_get_what_they_must(item, lang):
    kind = kind_of("toss")
    for sample in kind.samples(item):
        outcome = kind.score(kind.face(item, lang), kind.key(item), sample.value)
        assert outcome.fraction == pytest.approx(sample.fraction), sample.name


def test_its_face_is_read_back_strictly_and_holds_no_key(item, lang):
    face = kind_of("toss").face(item, lang)
    assert decode_face(face_bytes(face)) == face
    assert b"fell" not in face_bytes(face)


def test_an_author_is_told_what_is_wrong(tmp_path):
    assert [str(found) for found in check(HERE / f"{ITEM}.yaml") if found.kind == "error"] == []
    wrong = tmp_path / f"{ITEM}.yaml"
    text = (HERE / f"{ITEM}.yaml").read_text("utf-8")
    wrong.write_text(text.replace("id: cent", "id: won"), "utf-8")
    assert any("'won' stands twice" in str(found) for found in check(wrong))


def test_it_is_practised_with_check_hint_and_answer(item, tmp_path):
    kind = kind_of("toss")
    face = kind.face(item, "en")
    exercise = Exercise(face, Store(tmp_path, face), item)
    heard = []
    exercise.view.send = lambda content: heard.append(json.loads(json.dumps(content)))

    def says(do, **more):
        exercise.view._handle_custom_msg({"do": do, "n": len(heard), "p": PROTOCOL, **more}, [])
        return heard[-1]

    assert says("change", patch={"coins": {"won": "heads", "cent": "tails"}})["did"] == "saved"
    checked = says("check")
    assert checked["feedback"]["fraction"] == pytest.approx(2 / 3)
    assert says("hint")["text"] == "Only one shows its head."
    assert says("answer")["value"] == {"coins": FELL}
    assert "hundred won" in render.html(face, exercise.value)
    saved = decode_response((tmp_path / "responses" / f"{ITEM}.json").read_bytes())
    assert saved.value == {"coins": {"won": "heads", "cent": "tails"}}


@pytest.mark.usefixtures("bank")
def test_it_is_answered_without_a_widget(lesson_folder, lang, capsys):
    b2b.template(ITEM)
    assert f"b2b.respond('{ITEM}'" in capsys.readouterr().out
    typed = {"ko": {"백 원": "앞", "십 센트": "뒤", "오 엔": "뒤"}}
    typed["en"] = {"hundred won": "heads", "ten cents": "tails", "five yen": "tails"}
    b2b.respond(ITEM, typed[lang])
    assert "3 / 3" in capsys.readouterr().out
    saved = decode_response((lesson_folder / "responses" / f"{ITEM}.json").read_bytes())
    assert saved.value == {"coins": FELL}


def test_it_is_graded(item, bank, tmp_path):
    (bank / "course.json").write_text('{"schema": 1, "lang": "en"}', "utf-8")
    face = kind_of("toss").face(item, "en")
    answer = {"schema": 1, "item": ITEM, "kind": "toss", "value": {"coins": FELL}}
    answer |= {"revision": 1, "time": "2026-11-22T05:03:11+00:00", "face": face_hash(face)}
    path = tmp_path / "responses" / f"{ITEM}.json"
    path.parent.mkdir()
    path.write_text(json.dumps(answer), "utf-8")
    marked = mark(Keys(bank), ITEM, tmp_path, 6.0)
    assert marked.points == 6.0
    assert "hundred won" in marked.html
    assert not marked.trouble


LEAKS = {
    "its model answer": ("x.json", json.dumps({"coins": FELL})),
    "a bare table": ("x.py", f"WHAT = {FELL!r}"),
    "as it is typed": ("x.md", f"b2b.respond('{ITEM}', {{'백 원': '앞', '십 센트': '뒤'}})"),
    "its key": ("x.yaml", f"item: {ITEM}\nfell: {{won: heads}}\n"),
    "in a row beside its name": ("x.txt", f"{ITEM}: heads, tails, tails"),
    "a reason": ("x.txt", "It rolled on its rim and fell over."),
}


class TestItsSecretIsFound:
    @pytest.fixture
    def told(self, tmp_path):
        solutions = tmp_path / "repo" / "solutions"
        (solutions / "items").mkdir(parents=True)
        shutil.copy(HERE / f"{ITEM}.yaml", solutions / "items")
        secrets = read_secrets(solutions)
        place = tmp_path / "place"
        place.mkdir()

        def tell(name, content):
            (place / name).write_text(content, "utf-8")
            return [str(leak) for leak in find_leaks(place, secrets, released=True)]

        return tell

    @pytest.mark.parametrize(("name", "content"), LEAKS.values(), ids=LEAKS)
    def test_in_any_shape(self, told, name, content):
        assert any(ITEM in leak for leak in told(name, content))

    def test_its_face_and_a_row_of_words_tell_nothing(self, told, item):
        kind = kind_of("toss")
        for lang in ("ko", "en"):
            assert told("x.json", face_bytes(kind.face(item, lang)).decode()) == []
        assert told("x.txt", "heads, tails, tails") == []
