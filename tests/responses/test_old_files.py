"""Files of schema 1, as the release before wrote them, and files of releases still to come."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from b2bcourse.context import practice_item
from b2bcourse.course_files import solutions_root
from b2bcourse.items import kind_of, load_item
from b2bcourse.items.essay.value import MAX_CHARACTERS
from b2bcourse.items.response import MAX_RESPONSE_BYTES, SCHEMA, decode_response
from b2bcourse.responses import SaveError, Store, histories, values
from b2bcourse.responses.store import name_of
from b2bcourse.responses.words import WORDS

OLD = Path(__file__).parent / "schema_1"
PRACTICE = sorted(path.stem for path in OLD.glob("*.json") if not path.stem.startswith(("a", "ch")))
PRACTICE += ["al-schedule", "al-visits"]
RENAMED = {
    "a2-people": "matrix-people",
    "a2-folders": "matrix-folders",
    "a3-road": "steps-road",
}


def old_file(name):
    return json.loads((OLD / f"{name}.json").read_bytes())


def placed(folder, name, **changes):
    """The old file beside a notebook, with some fields otherwise."""
    path = folder / "responses" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(old_file(name) | changes), encoding="utf-8")
    return path


def face_of(item, lang="ko"):
    return kind_of(item.kind).face(item, lang)


def store_of(folder, name, **changes):
    """The store of a practice item; with ``changes`` its face is another one now."""
    item = practice_item(name)
    return Store(folder, replace(face_of(item), **changes), None if changes else item)


class TestSchema1:
    @pytest.mark.parametrize("name", PRACTICE)
    def test_an_old_answer_is_the_present_one(self, tmp_path, name):
        placed(tmp_path, name)
        loaded = store_of(tmp_path, name).read()
        assert loaded.response.value == old_file(name)["value"]
        assert (loaded.notes, loaded.offer, loaded.newer) == ((), None, False)

    @pytest.mark.parametrize("name", PRACTICE)
    def test_and_stays_it_through_a_save_which_writes_schema_2(self, tmp_path, name):
        path = placed(tmp_path, name)
        store_of(tmp_path, name).save({})
        found = decode_response(path.read_bytes())
        assert json.loads(path.read_bytes())["schema"] == SCHEMA
        assert found.value == old_file(name)["value"]
        assert found.kept == ()
        assert [one.fraction for one in found.tries] == [
            one["fraction"] for one in old_file(name)["tries"]
        ]

    @pytest.mark.parametrize("name", PRACTICE)
    def test_a_reworded_task_costs_nothing(self, tmp_path, name):
        placed(tmp_path, name)
        loaded = store_of(tmp_path, name, task="다른 말로 한 과제").read()
        assert loaded.response.value == old_file(name)["value"]

    def test_an_answer_in_the_other_language_is_one_in_this(self, tmp_path):
        placed(tmp_path, "mx-cells")
        store_of(tmp_path, "mx-cells").save({})  # from schema 2 on ids alone are not enough
        item = practice_item("mx-cells")
        loaded = Store(tmp_path, face_of(item, "en"), item).read()
        assert loaded.response.value == old_file("mx-cells")["value"]
        assert loaded.offer is None

    def test_options_were_called_otherwise_so_their_answer_is_another_versions(self, tmp_path):
        placed(tmp_path, "ch-risks")
        store = store_of(tmp_path, "ch-risks")
        loaded = store.read()
        assert (loaded.response.value, loaded.offer) == ({}, None)
        assert "kept, not deleted" in loaded.notes[0].en
        store.save({})
        assert [kept.value for kept in store.read().response.kept] == [
            old_file("ch-risks")["value"]
        ]

    def test_what_was_tried_before_is_told_of_as_not_known(self, tmp_path):
        placed(tmp_path, "mx-cells")
        [one] = histories(tmp_path)["mx-cells"]
        assert (one.sitting, one.occasion, one.helped, one.sure) == ("", "", None, None)


class TestRenamedItems:
    """A working copy of an older release: the file is called after the item's old name."""

    @pytest.mark.parametrize(("old", "new"), RENAMED.items())
    def test_an_answer_under_the_old_name_is_read_and_saved_under_the_new(self, tmp_path, old, new):
        path = placed(tmp_path, old)
        before = path.read_bytes()
        store = Store(tmp_path, face_of(load_item(solutions_root() / "items" / f"{new}.yaml")))
        assert store.read().response.value == old_file(old)["value"]
        store.save({})
        found = decode_response(store.path.read_bytes())
        assert (found.item, found.value) == (new, old_file(old)["value"])
        assert path.read_bytes() == before

    def test_the_new_name_wins_once_it_is_there(self, tmp_path):
        placed(tmp_path, "a2-people")
        face = face_of(load_item(solutions_root() / "items" / "matrix-people.yaml"))
        store = Store(tmp_path, face)
        store.save({"cells": dict.fromkeys(old_file("a2-people")["value"]["cells"])})
        placed(tmp_path, "a2-people", revision=99)
        assert store.read().response.revision < 99


class TestAnotherMeaning:
    """The rows of ``mx-cells`` have become others since a file of schema 2 was written."""

    @pytest.fixture
    def path(self, tmp_path):
        path = placed(tmp_path, "mx-cells")
        store_of(tmp_path, "mx-cells").save({})
        return path

    @pytest.fixture
    def changed(self):
        face = face_of(practice_item("mx-cells"))
        return {"rows": tuple(replace(row, name=f"{row.name}!") for row in face.rows)}

    def test_the_answer_is_kept_and_not_shown(self, tmp_path, path, changed):
        before = path.read_bytes()
        loaded = store_of(tmp_path, "mx-cells", **changed).read()
        assert loaded.response.value == {}
        assert loaded.offer.kept.value == old_file("mx-cells")["value"]
        assert "따로 두었습니다" in loaded.offer.text.ko
        assert "set aside" in loaded.offer.text.en
        assert path.read_bytes() == before

    @pytest.mark.usefixtures("path")
    def test_a_new_answer_does_not_mix_with_it(self, tmp_path, changed):
        mark = {"cells": {"tech": {"cio": 1}}, "rows": {}, "columns": {}}
        saved = store_of(tmp_path, "mx-cells", **changed).save(mark)
        assert saved.response.value == mark
        assert [kept.value for kept in saved.response.kept] == [old_file("mx-cells")["value"]]

    def test_it_can_be_put_back(self, tmp_path, path, changed):
        store = store_of(tmp_path, "mx-cells", **changed)
        found = store.put_back(store.read().offer.id)
        assert found.response.value == old_file("mx-cells")["value"]
        loaded = store.read()
        assert loaded.response.value == old_file("mx-cells")["value"]
        assert (loaded.offer, loaded.response.kept) == (None, ())
        assert decode_response(path.read_bytes()).meaning

    @pytest.mark.usefixtures("path")
    def test_putting_it_back_keeps_what_was_answered_meanwhile(self, tmp_path, changed):
        mark = {"cells": {"tech": {"cio": 1}}, "rows": {}, "columns": {}}
        store = store_of(tmp_path, "mx-cells", **changed)
        shown = store.read().offer.id
        store.save(mark)
        found = store.put_back(shown).response
        assert found.value == old_file("mx-cells")["value"]
        assert [kept.value for kept in found.kept] == [mark]

    @pytest.mark.usefixtures("path")
    def test_where_an_id_is_gone_it_is_kept_but_not_offered(self, tmp_path, changed):
        store = store_of(tmp_path, "mx-cells", rows=changed["rows"][:1])
        loaded = store.read()
        assert loaded.offer is None
        assert "kept, not deleted" in loaded.notes[0].en
        found = store.put_back(name_of(loaded.response.kept[0]))
        assert (found.response.value, found.told) == ({}, WORDS.gone)
        assert store.read().response.kept[0].value == old_file("mx-cells")["value"]

    def test_with_nothing_set_aside_putting_back_changes_nothing(self, tmp_path):
        placed(tmp_path, "mx-cells")
        store = store_of(tmp_path, "mx-cells")
        before = (tmp_path / "responses" / "mx-cells.json").read_bytes()
        found = store.put_back("no version is called so")
        assert (found.response.value, found.told) == (old_file("mx-cells")["value"], WORDS.gone)
        assert (tmp_path / "responses" / "mx-cells.json").read_bytes() == before

    def test_what_is_held_against_others_does_not_count_it(self, tmp_path):
        placed(tmp_path, "ch-risks", face="0" * 64)
        assert values(tmp_path / "responses", [practice_item("ch-risks")]) == {}

    def test_a_matrix_keeps_its_answer_while_all_its_ids_exist(self, tmp_path):
        face = face_of(practice_item("mx-cells"))
        placed(tmp_path, "mx-cells")
        rows = tuple(replace(row, name=f"{row.name}!") for row in face.rows)
        assert store_of(tmp_path, "mx-cells", rows=rows).read().offer is None
        fewer = store_of(tmp_path, "mx-cells", rows=face.rows[:1]).read()
        assert fewer.response.value == {}

    def test_from_schema_2_on_the_same_ids_are_not_enough(self, tmp_path):
        face = face_of(practice_item("mx-cells"))
        placed(tmp_path, "mx-cells")
        store_of(tmp_path, "mx-cells").save({})
        rows = tuple(replace(row, name=f"{row.name}!") for row in face.rows)
        loaded = store_of(tmp_path, "mx-cells", rows=rows).read()
        assert loaded.response.value == {}
        assert loaded.offer.kept.value == old_file("mx-cells")["value"]


NEWER = {
    "readable": {"schema": 3, "mood": "brave"},
    "another value": {"schema": 9, "value": ["all", "new"]},
    "other tries": {"schema": 3, "tries": {"first": 1}},
    "another name": {"schema": 3, "item": "mx-cells-next", "kind": "grid"},
}


class TestNewerFiles:
    @pytest.mark.parametrize("changes", NEWER.values(), ids=NEWER)
    def test_they_are_left_exactly_as_they_are(self, tmp_path, changes):
        path = placed(tmp_path, "mx-cells", **changes)
        before = path.read_bytes()
        store = store_of(tmp_path, "mx-cells")
        loaded = store.read()
        assert loaded.newer
        assert "더 새로운 판" in loaded.notes[0].ko
        assert "newer version" in loaded.notes[0].en
        for act in (
            lambda: store.save({"cells": {}}),
            lambda: store.put_back("x"),
            lambda: store.keep({}, "1"),
        ):
            with pytest.raises(SaveError, match="newer version"):
                act()
        assert path.read_bytes() == before
        assert [one.name for one in path.parent.iterdir()] == ["mx-cells.json"]

    def test_what_can_be_understood_is_shown(self, tmp_path):
        placed(tmp_path, "mx-cells", **NEWER["readable"])
        assert store_of(tmp_path, "mx-cells").read().response.value == old_file("mx-cells")["value"]

    def test_but_not_under_ids_that_are_gone(self, tmp_path):
        placed(tmp_path, "mx-cells", schema=3, face="0" * 64)
        face = face_of(practice_item("mx-cells"))
        loaded = store_of(tmp_path, "mx-cells", rows=face.rows[:1]).read()
        assert loaded.response.value == {}


class TestUnknownFields:
    def test_what_another_release_noted_is_written_back(self, tmp_path):
        tries = [{"time": "", "fraction": 0.5, "colour": "green"}]
        kept = [{"time": "2026-01-01", "value": {}, "place": "bus"}]
        look = {"time": "2026-01-02", "by": "Kim"}
        more = {"tries": tries, "kept": kept, "second_look": look, "mood": {"is": ["brave"]}}
        path = placed(tmp_path, "mx-cells", schema=2, rest=7, **more)
        store_of(tmp_path, "mx-cells").save({"cells": {"tech": {"cto": None}}})
        found = json.loads(path.read_bytes())
        assert {name: found[name] for name in more} == more
        assert found["rest"] == 7

    def test_a_known_field_of_a_wrong_type_is_still_wrong(self, tmp_path):
        placed(tmp_path, "mx-cells", schema=2, kept=[{"time": 5, "value": {}}])
        loaded = store_of(tmp_path, "mx-cells").read()
        assert "set aside" in loaded.notes[0].en


class TestOldPages:
    def test_what_one_sends_is_kept_and_offered(self, tmp_path):
        placed(tmp_path, "mx-cells")
        store = store_of(tmp_path, "mx-cells")
        store.keep({"cells": {"tech": {"cio": 1}}}, "page 1")
        loaded = store.read()
        assert loaded.response.value == old_file("mx-cells")["value"]
        assert loaded.offer.kept.value["cells"]["tech"]["cio"] == 1
        assert store.put_back(loaded.offer.id).response.value["cells"]["tech"]["cio"] == 1

    def test_its_newest_version_takes_the_place_of_the_one_before(self, tmp_path):
        store = store_of(tmp_path, "es-meeting")
        for text in ("I", "I th", "I think"):
            store.keep({"text": text}, "page 1")
        store.keep({"text": "another tab"}, "page 2")
        texts = [kept.value["text"] for kept in store.read().response.kept]
        assert texts == ["I think", "another tab"]


class TestTooLongAnEssay:
    def test_what_the_field_does_not_take_is_refused_and_the_answer_stays(self, tmp_path):
        store = store_of(tmp_path, "es-meeting")
        store.save({"text": "mine"})
        with pytest.raises(SaveError, match="over the limit of 20000"):
            store.save({"text": "x" * (MAX_CHARACTERS + 1)})
        assert store.read().response.value["text"] == "mine"

    def test_a_longer_one_of_an_older_release_keeps_its_length(self, tmp_path):
        store = store_of(tmp_path, "es-meeting")
        store.save({"text": "x"})
        content = json.loads(store.path.read_bytes())
        content["value"]["text"] = "x" * 50_000
        store.path.write_text(json.dumps(content), "utf-8")
        store.save({"self": {"who": 0}})
        assert len(store.read().response.value["text"]) == 50_000


class TestRoom:
    def test_versions_that_leave_no_room_move_to_files_of_their_own(self, tmp_path):
        store = store_of(tmp_path, "es-meeting")
        store.save({"text": "𝄞" * MAX_CHARACTERS})  # four bytes each, as no letter takes more
        for page, letter in enumerate("𝄢𝄡𝄪"):
            store.keep({"text": letter * MAX_CHARACTERS}, f"page {page}")
        loaded = store.read()
        assert store.path.stat().st_size <= MAX_RESPONSE_BYTES
        assert loaded.response.value["text"] == "𝄞" * MAX_CHARACTERS
        assert [kept.value["text"][0] for kept in loaded.response.kept] == ["𝄡", "𝄪"]
        [aside] = store.path.parent.glob("es-meeting.*.kept.json")
        assert decode_response(aside.read_bytes()).value["text"][0] == "𝄢"
        assert list(histories(tmp_path)) == ["es-meeting"]
