"""A leak is planted through every kind's own model answer and key; its own secret must find it.

No sentence is searched for here: what is found, the kind found in its own shapes.
"""

import pkgutil
import shutil
from functools import cache

import planted
import pytest

import b2bcourse.items
from b2bcourse.context import bank_folder
from b2bcourse.grading.leaks.search import Secrets, find_leaks, silent_kinds
from b2bcourse.grading.leaks.secrets import read_secrets, secret_of
from b2bcourse.items import ItemError, face_bytes, kind_of, load_item

# Practice items stand in for graded ones.
ITEMS = {
    "matrix": ("mx-cells", "mx-left", "mx-right", "mx-both"),
    "ordering": ("or-dmp8", "or-test-chain", "or-value-cycle"),
    "matching": ("ma-messages", "ma-flow", "cap-map"),
    "choice": ("sim-first-look", "mx-frame", "cap-moves"),
    "allocation": ("al-schedule", "al-visits", "al-portfolio"),
    "essay": ("es-meeting",),
    "simulation": ("sim-tutorial",),
}
KINDS = {module.name for module in pkgutil.iter_modules(b2bcourse.items.__path__) if module.ispkg}
EVERYTHING = [name for names in ITEMS.values() for name in names]
# One item of each kind at once, the others in `make test-all`: it takes minutes.
PLANTED = [
    pytest.param(name, marks=pytest.mark.slow) if place else name
    for names in ITEMS.values()
    for place, name in enumerate(names)
]


def test_every_kind_is_planted_here():
    assert ITEMS.keys() == KINDS, "name a practice item of each kind in ITEMS"
    assert planted.TYPED.keys() == KINDS, "say in planted.TYPED how its answer is typed"


def test_every_kind_tells_what_would_give_it_away():
    assert silent_kinds() == []


class _Item:
    def __init__(self, name):
        self.path = bank_folder() / f"{name}.yaml"
        self.item = load_item(self.path)
        self.kind = kind_of(self.item.kind)

    @cache  # noqa: B019 - a game's takes a while to find
    def model(self, lang="ko"):
        return self.kind.model_answer(self.kind.face(self.item, lang), self.kind.key(self.item))

    def faces(self):
        return [self.kind.face(self.item, lang) for lang in ("ko", "en")]


@pytest.fixture(scope="module")
def loaded():
    return {name: _Item(name) for name in EVERYTHING}


@pytest.fixture(scope="module")
def secrets(loaded):
    return {name: secret_of(one.item) for name, one in loaded.items()}


@pytest.fixture
def told(tmp_path, secrets):
    """What a file of that name and content tells of some items."""

    def tell(name, content, *items):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        searched = Secrets(graded=tuple(secrets[item] for item in items))
        return [str(problem) for problem in find_leaks(tmp_path, searched, released=True)]

    return tell


@pytest.mark.parametrize("leak", planted.LEAKS)
@pytest.mark.parametrize("item", PLANTED)
@pytest.mark.slow
def test_a_leak_is_found_in_every_disguise(told, loaded, item, leak):
    one = loaded[item]
    if leak == "the compiled key" and one.item.kind == "simulation":
        pytest.skip("the key of a game is on its face: nothing in it is secret")
    data = planted.LEAKS[leak](one)
    for disguise, (name, hide) in planted.AS_DATA.items():
        assert told(name, hide(data), item), disguise


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("item", PLANTED)
def test_the_answer_as_a_person_types_it_is_found_in_every_disguise(told, loaded, item, lang):
    one = loaded[item]
    face = one.kind.face(one.item, lang)
    typed = planted.TYPED[one.item.kind](face, one.model(lang))
    for disguise, (name, hide) in planted.AS_TEXT.items():
        assert told(name, hide(f"b2b.respond({item!r}, {typed!r})"), item), disguise


@pytest.mark.parametrize("item", EVERYTHING)
def test_faces_templates_and_empty_answers_tell_nothing(told, loaded, item):
    one = loaded[item]
    for face in one.faces():
        assert told(f"{face.lang}.json", face_bytes(face), *EVERYTHING) == []
        assert told(f"{face.lang}.md", one.kind.template(face), *EVERYTHING) == []
        empty = {"item": item, "kind": face.kind, "value": one.kind.blank(face), "tries": []}
        assert told("response.json", planted.written(empty), *EVERYTHING) == []


class TestAKindWithoutASecret:
    def test_its_items_cannot_be_searched_for(self, tmp_path, monkeypatch):
        (tmp_path / "items").mkdir()
        shutil.copy(bank_folder() / "mx-cells.yaml", tmp_path / "items")
        monkeypatch.delattr(kind_of("matrix"), "Secret")
        with pytest.raises(ItemError, match=r"mx-cells: the kind 'matrix' .*/items/matrix/secrets"):
            read_secrets(tmp_path)

    @pytest.mark.slow
    def test_it_fails_the_build_though_no_graded_item_is_of_it(self, repo, monkeypatch):
        from b2bcourse.grading.build import check

        monkeypatch.delattr(kind_of("ordering"), "Secret")
        problems = [str(problem) for problem in check(repo)]
        assert len(problems) == 1
        assert "the kind 'ordering' does not tell what would give its key away" in problems[0]
        assert "docs/new-kind.md" in problems[0]
