"""What gives a choice, an essay or a game away, by whatever name somebody calls what is right."""

import json

import pytest

from b2bcourse.context import bank_folder
from b2bcourse.grading.leaks.search import Secrets, find_leaks
from b2bcourse.grading.leaks.secrets import secret_of
from b2bcourse.items import face_bytes, kind_of, load_item
from b2bcourse.items.choice.places import face_id

# Practice items stand in for graded ones.
ONE, SEVERAL, ESSAY = "sim-first-look", "mx-frame", "es-meeting"
CHOICES = (ONE, SEVERAL)


@pytest.fixture(scope="module")
def items():
    return {name: load_item(bank_folder() / f"{name}.yaml") for name in (ONE, SEVERAL, ESSAY)}


@pytest.fixture(scope="module")
def secrets(items):
    return Secrets(graded=tuple(secret_of(item) for item in items.values()))


@pytest.fixture
def told(tmp_path, secrets):
    """What a file of that name and content tells, no sentence being searched for."""

    def tell(content, name="x.json"):
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        (tmp_path / name).write_text(text, encoding="utf-8")
        found = find_leaks(tmp_path, secrets, released=True)
        (tmp_path / name).unlink()
        return [str(problem) for problem in found]

    return tell


def tells_of(item, leaks):
    return any(item in leak.partition(": ")[2] for leak in leaks)


def right(item):
    return [option for option in item.options if option.verdict == "right"]


def wrong(item):
    return [option for option in item.options if option.verdict == "wrong"]


def numbers(item, options):
    shown = [option.id for option in kind_of("choice").face(item, "ko").options]
    return [shown.index(face_id(option)) + 1 for option in options]


NAMES = {
    "the authors' ids": lambda _item, options: [option.id for option in options],
    "the ids on the face": lambda _item, options: [face_id(option) for option in options],
    "the numbers as shown": numbers,
    "the texts in Korean": lambda _item, options: [option.text.ko for option in options],
    "the texts in English": lambda _item, options: [option.text.en for option in options],
}
SHAPES = {
    "a list": ("{item}.json", lambda _item, names: names),
    "a table of answers": ("x.json", lambda item, names: {item: names}),
    "one answer each": (
        "x.json",
        lambda item, names: {item: names[0] if len(names) == 1 else names},
    ),
    "marks": ("{item}.json", lambda _item, names: {str(name): 1 for name in names}),
    "a value": ("{item}.json", lambda _item, names: {"chosen": {str(name): 1 for name in names}}),
    "a YAML list": (
        "{item}.yaml",
        lambda _item, names: "".join(f"- {json.dumps(n)}\n" for n in names),
    ),
    "a Python set": ("{item}.py", lambda _item, names: f"RIGHT = {set(names)!r}"),
    "what is typed": ("x.py", lambda item, names: f"b2b.respond({item!r}, {names!r})"),
}


class TestChoices:
    @pytest.mark.parametrize("item", CHOICES)
    @pytest.mark.parametrize("call", NAMES.values(), ids=NAMES)
    @pytest.mark.parametrize(("name", "shape"), SHAPES.values(), ids=SHAPES)
    def test_the_right_options_are_found(self, told, items, item, call, name, shape):
        names = call(items[item], right(items[item]))
        assert tells_of(item, told(shape(item, names), name.format(item=item)))

    @pytest.mark.parametrize("item", CHOICES)
    @pytest.mark.parametrize("call", NAMES.values(), ids=NAMES)
    @pytest.mark.parametrize(("name", "shape"), SHAPES.values(), ids=SHAPES)
    def test_wrong_options_tell_nothing(self, told, items, item, call, name, shape):
        names = call(items[item], wrong(items[item])[:2])
        assert told(shape(item, names), name.format(item=item)) == []

    @pytest.mark.parametrize("item", CHOICES)
    @pytest.mark.parametrize("sign", ["정답: ", "정답은 ", "answer = ", 'right": "', "답 → ("])
    @pytest.mark.parametrize("how", ["the authors' ids", "the numbers as shown"])
    def test_what_is_said_to_be_the_answer_is_found_beside_the_items_name(
        self, told, items, item, sign, how
    ):
        names = ", ".join(map(str, NAMES[how](items[item], right(items[item]))))
        assert tells_of(item, told(f"{item}\n{sign}{names}\n", "x.txt"))
        assert told(f"{sign}{names}\n", "x.txt") == []

    def test_letters_in_a_row_are_found_beside_the_items_name(self, told, items):
        letters = [option.id.upper() for option in right(items[SEVERAL])]
        assert tells_of(SEVERAL, told(f"{SEVERAL}: {' · '.join(letters)}", "x.md"))
        assert told(" · ".join(letters), "x.md") == []

    @pytest.mark.parametrize("item", CHOICES)
    def test_ids_of_the_face_in_prose_are_found(self, told, items, item):
        ids = NAMES["the ids on the face"](items[item], right(items[item]))
        assert tells_of(item, told(f"take {' and '.join(ids)}", "x.md"))

    def test_the_words_of_the_right_ones_in_prose_are_found(self, told, items):
        for lang in ("ko", "en"):
            said = " ... ".join(option.text[lang] for option in right(items[SEVERAL]))
            assert tells_of(SEVERAL, told(said, "x.md"))

    @pytest.mark.parametrize("item", CHOICES)
    def test_one_options_entry_with_its_verdict_is_found(self, told, items, item):
        option = right(items[item])[0]
        assert tells_of(item, told({"text": {"ko": option.text.ko}, "verdict": "right"}))
        assert tells_of(item, told([{"id": option.id, "verdict": "right"}], f"{item}.json"))
        assert told({"id": option.id, "verdict": "right"}) == []

    @pytest.mark.parametrize("item", CHOICES)
    def test_the_face_beside_a_text_about_it_tells_nothing(self, told, items, item):
        face = kind_of("choice").face(items[item], "en")
        assert told(face_bytes(face).decode(), f"{item}.json") == []
        assert told(f"{item}: choose a correct answer. The answer is yours.", "x.md") == []


class TestEssays:
    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_half_of_the_model_text_is_found(self, told, items, lang):
        sentences = items[ESSAY].model[lang].split(". ")
        assert tells_of(ESSAY, told(". ".join(sentences[: len(sentences) * 2 // 3]), "x.md"))

    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_the_notes_for_the_grader_are_found(self, told, items, lang):
        assert tells_of(ESSAY, told({"x": items[ESSAY].grader_notes[lang]}))

    def test_the_rubric_is_told_to_students(self, told, items):
        for criterion in items[ESSAY].rubric:
            levels = "\n".join(level.text.en for level in criterion.levels)
            assert told(f"{criterion.criterion.en}\n{levels}", "x.md") == []

    def test_a_text_of_ones_own_tells_nothing(self, told):
        assert told({"text": "I would ring them up and ask.", "self": {}}) == []
