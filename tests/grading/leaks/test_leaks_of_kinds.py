"""What gives away an ordering, an allocation or a matching, in whatever shape it is told."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from b2bcourse.context import bank_folder
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.leaks.search import find_leaks, read_secrets
from b2bcourse.items import face_bytes

REPO = Path(__file__).parents[3]

# Practice items stand in for graded ones: what is planted is made from their own keys.
SEQUENCE, PARTIAL, CYCLE = "or-dmp8", "or-test-chain", "or-value-cycle"
JOBS, VISITS = "al-schedule", "al-visits"
CARDS, EVIDENCE = "ma-messages", "cap-map"
ORDERINGS = (SEQUENCE, PARTIAL, CYCLE)
EVERYTHING = (*ORDERINGS, JOBS, VISITS, CARDS, EVIDENCE)


@pytest.fixture(scope="module")
def solutions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("repo") / "solutions"
    (folder / "items").mkdir(parents=True)
    for item in EVERYTHING:
        shutil.copy(bank_folder() / f"{item}.yaml", folder / "items")
    return folder


@pytest.fixture(scope="module")
def secrets(solutions):
    return read_secrets(solutions)


@pytest.fixture(scope="module")
def keys(solutions, tmp_path_factory):
    from b2bcourse.grading.course import copy_items

    items = tmp_path_factory.mktemp("course") / "items"
    copy_items(solutions, items, "ko")
    return Keys(items)


@pytest.fixture
def told(tmp_path, secrets):
    """What a file of that name and content tells."""

    def tell(content, name="x.json"):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
            path.write_text(text, encoding="utf-8")
        return [str(problem) for problem in find_leaks(tmp_path, secrets, released=True)]

    return tell


def tells_of(item, leaks):
    return any(item in leak for leak in leaks)


class TestNothingIsAFalseAlarm:
    @pytest.mark.parametrize("item", EVERYTHING)
    def test_a_face_tells_nothing(self, told, keys, item):
        assert told(face_bytes(keys.question(item).face)) == []

    def test_cards_as_they_lie_in_the_tray_tell_nothing(self, told, keys):
        for item in ORDERINGS:
            face = keys.question(item).face
            assert told([card.id for card in face.cards]) == []
            assert told("\n\n".join(card.text for card in face.cards), "x.md") == []

    def test_a_face_and_its_template_side_by_side_tell_nothing(self, told, keys):
        for item in EVERYTHING:
            question = keys.question(item)
            assert told(question.kind.template(question.face), "x.md") == []

    def test_one_card_among_other_words_tells_nothing(self, told, keys):
        order = keys.question(SEQUENCE).key.order
        assert told(f"{order[0]}, and then quite another thing: {order[1]}.", "x.md") == []

    def test_another_item_with_letters_for_names_is_not_taken_for_this_one(self, told, keys):
        plan = list(keys.question(JOBS).key.plans[0].order)
        assert all(len(job) == 1 for job in plan)
        assert told({"plan": plan}) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("place", ["exercises", "notebooks", "b2bcourse/bank"])
    def test_what_students_get_now_is_clean(self, place):
        ours = read_secrets(REPO / "solutions")
        assert find_leaks(REPO / place, ours, released=False) == []


ORDERS = {
    "a list in JSON": ("x.json", json.dumps),
    "a list in YAML": ("x.yaml", lambda ids: "".join(f"- {name}\n" for name in ids)),
    "a list in Python": ("x.py", lambda ids: f"ORDER = {tuple(ids)!r}"),
    "a list in a notebook's text": (
        "x.ipynb",
        lambda ids: json.dumps({"cells": [{"cell_type": "markdown", "source": [", ".join(ids)]}]}),
    ),
    "numbered lines": (
        "x.md",
        lambda ids: "\n".join(f"{n}. {name}" for n, name in enumerate(ids, start=1)),
    ),
    "a row of arrows": ("x.txt", " → ".join),
    "entries in order": ("x.json", lambda ids: json.dumps([{"id": name, "x": 1} for name in ids])),
    "slot and card": (
        "x.yaml",
        lambda ids: "".join(f"{n}: {name}\n" for n, name in enumerate(ids, start=1)),
    ),
    "card and slot": ("x.json", lambda ids: json.dumps({n: at for at, n in enumerate(ids, 1)})),
    "a table that keeps the order": (
        "x.json",
        lambda ids: json.dumps({name: {"reason": "x"} for name in ids}),
    ),
}


class TestOrderings:
    @pytest.mark.parametrize("item", ORDERINGS)
    @pytest.mark.parametrize(("name", "write"), ORDERS.values(), ids=ORDERS)
    def test_the_cards_in_the_right_order_are_found(self, told, keys, item, name, write):
        assert tells_of(item, told(write(keys.question(item).key.order), name))

    def test_the_order_of_the_cards_own_words_is_found(self, told, keys):
        question = keys.question(SEQUENCE)
        words = {card.id: card.text for card in question.face.cards}
        text = "\n\nund dann ".join(words[card] for card in question.key.order)
        assert tells_of(SEQUENCE, told(text, "x.md"))

    def test_a_response_is_found(self, told, keys):
        question = keys.question(PARTIAL)
        value = question.kind.model_answer(question.face, question.key)
        assert tells_of(PARTIAL, told({"item": PARTIAL, "value": value}))

    def test_what_comes_before_what_is_found(self, told, keys):
        pairs = sorted(keys.question(PARTIAL).key.readings[0])
        assert tells_of(PARTIAL, told({"before": pairs[: len(pairs) * 3 // 4]}))


class TestAllocations:
    def numbers(self, keys):
        plan = keys.question(VISITS).key.plans[0]
        return {row: float(next(iter(cells.values()))) for row, cells in plan.amounts.items()}

    def test_the_numbers_by_id_are_found(self, told, keys):
        assert tells_of(VISITS, told(self.numbers(keys)))

    def test_the_numbers_as_typed_in_a_notebook_are_found(self, told, keys):
        face = keys.question(VISITS).face
        names = {row.id: row.name for row in face.rows}
        typed = {names[row]: int(number) for row, number in self.numbers(keys).items()}
        assert tells_of(VISITS, told(f"b2b.respond({VISITS!r}, {typed!r})", "x.py"))

    def test_the_numbers_as_the_key_has_them_are_found(self, told, keys):
        plan = msgspec.json.encode(keys.question(VISITS).key.plans[0])
        assert tells_of(VISITS, told(plan, f"{VISITS}.json"))

    # The face has tables by job, so that such a table is no sequence.
    @pytest.mark.parametrize("how", sorted(ORDERS.keys() - {"a table that keeps the order"}))
    def test_a_best_order_of_jobs_is_found_beside_the_items_name(self, told, keys, how):
        name, write = ORDERS[how]
        plan = keys.question(JOBS).key.plans[0].order
        assert tells_of(JOBS, told(write(plan), f"{JOBS}-{name}"))

    def test_a_fragment_of_the_solution_is_found(self, told, keys):
        key = keys.question(JOBS).key
        trap = key.traps[0]
        fragments = {
            "the best value": {"best": float(key.best)},
            "the best value and plans": {"best": str(key.best), "plans": []},
            "a trap": {"plan": list(trap.plan.order), "value": float(trap.worth)},
        }
        for name, fragment in fragments.items():
            assert tells_of(JOBS, told({JOBS: fragment})), name

    def test_a_trap_in_numbers_is_found(self, told, keys):
        trap = keys.question(VISITS).key.traps[0]
        plan = {row: float(next(iter(c.values()))) for row, c in trap.plan.amounts.items()}
        assert tells_of(VISITS, told({VISITS: {"plan": plan, "breaks": []}}))


class TestMatchings:
    def entry(self, keys, *fields):
        card = next(card for card in keys.question(EVIDENCE).key.needed.values())
        said = {"required": list(card.required), "evidence": sorted(card.lines)}
        return {"id": card.card} | {field: said[field] for field in fields}

    @pytest.mark.parametrize("fields", [("evidence",), ("required",), ("required", "evidence")])
    def test_what_is_said_beside_a_cards_own_id_is_found(self, told, keys, fields):
        assert tells_of(EVIDENCE, told([self.entry(keys, *fields)]))

    def test_another_items_card_of_the_same_id_is_not_taken_for_this_one(self, told, keys):
        other = self.entry(keys, "required") | {"evidence": [1, 2, 3, 4, 5]}
        assert told([other]) == []
        assert told([self.entry(keys, "required") | {"text": {"en": "Nobody we know"}}]) == []

    def test_a_table_of_lines_is_found(self, told, keys):
        needed = keys.question(EVIDENCE).key.needed.values()
        assert tells_of(EVIDENCE, told({card.card: sorted(card.lines) for card in needed}))

    def test_a_table_of_lines_by_the_cards_words_is_found(self, told, keys):
        question = keys.question(EVIDENCE)
        words = {card.id: card.text for card in question.face.cards}
        lines = {words[slot]: [min(card.lines)] for slot, card in question.key.needed.items()}
        assert tells_of(EVIDENCE, told(lines))

    @pytest.mark.parametrize("item", [CARDS, EVIDENCE])
    def test_a_table_of_places_by_the_authors_ids_is_found(self, told, keys, item):
        needed = keys.question(item).key.needed.values()
        assert tells_of(item, told({card.card: list(card.required) for card in needed}))

    @pytest.mark.parametrize("item", [CARDS, EVIDENCE])
    def test_a_table_of_cards_by_place_is_found(self, told, keys, item):
        by_place = {}
        for card in keys.question(item).key.needed.values():
            by_place.setdefault(card.required[0], []).append(card.card)
        assert tells_of(item, told(by_place))


class TestCompiledKeys:
    @pytest.mark.parametrize("item", EVERYTHING)
    def test_a_key_in_messagepack_is_found(self, told, keys, item):
        packed = msgspec.msgpack.encode(keys.question(item).key)
        assert tells_of(item, told(packed, "x.bin"))

    @pytest.mark.parametrize("item", [JOBS, VISITS, CARDS, EVIDENCE])
    def test_a_key_in_json_is_found(self, told, keys, item):
        assert tells_of(item, told(msgspec.json.encode(keys.question(item).key)))

    def test_a_key_with_a_few_of_its_fields_is_found(self, told):
        assert tells_of(SEQUENCE, told({"item": SEQUENCE, "readings": []}))

    def test_an_empty_response_is_no_key(self, told):
        assert told({"item": SEQUENCE, "kind": "ordering", "value": {}, "tries": []}) == []
