"""An exercise answers each message of its widget, and says «saved» only once the file is on disk."""

import json
import os
import zlib
from html.parser import HTMLParser

import pytest
from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from practice_bank import PRACTICE

from b2bcourse.items import kind_of
from b2bcourse.items.matrix.words import WORDS
from b2bcourse.items.response import decode_response
from b2bcourse.items.words import NOTES
from b2bcourse.responses import Store, lock
from b2bcourse.responses import store as store_module
from b2bcourse.responses.lock import Lock
from b2bcourse.widgets import base
from b2bcourse.widgets.base import PROTOCOL
from b2bcourse.widgets.exercise import Exercise
from b2bcourse.widgets.words import own_words, words

KIND = kind_of("matrix")
BANK = {name: item for name, item in PRACTICE.items() if item.kind == "matrix"}
FORMS = {
    form: next(name for name, item in BANK.items() if item.form == form)
    for form in ("cells", "left", "right", "both")
}


class Widget:
    """An exercise with a browser's ear: what it sends, and what lay on disk at that moment."""

    def __init__(self, folder, item="mx-cells", mode="practice", lang="ko"):
        authored = BANK[item]
        face = KIND.face(authored, lang)
        store = None if mode == "preview" else Store(folder, face)
        self.path = folder / "responses" / f"{item}.json"
        self.exercise = Exercise(face, store, authored if mode == "practice" else None)
        self.heard, self.on_disk_when_heard, self.n = [], [], 0
        self.exercise.view.send = self._hear

    def _hear(self, content):
        self.heard.append(json.loads(json.dumps(content)))
        self.on_disk_when_heard.append(self.path.read_bytes() if self.path.exists() else None)

    def says(self, do, **more):
        """Sends a message as the browser does and returns the one reply."""
        self.n += 1
        before = len(self.heard)
        self.raw({"do": do, "n": self.n, **more})
        assert len(self.heard) == before + 1
        assert self.heard[-1]["n"] == self.n
        return self.heard[-1]

    def raw(self, content):
        """A message as it is; one that tells no protocol comes from a page of this release."""
        if isinstance(content, dict):
            content = {"p": PROTOCOL, **content}
        self.exercise.view._handle_custom_msg(content, [])

    def saved(self):
        return decode_response(self.path.read_bytes())


@pytest.fixture
def widget(tmp_path):
    def widget(item="mx-cells", mode="practice", lang="ko"):
        return Widget(tmp_path, item, mode, lang)

    return widget


def mark(row="tech", column="cto", mark=1):
    return {"cells": {row: {column: mark}}}


@pytest.fixture
def full_disk(monkeypatch):
    def refuse(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)


class TestOrder:
    """A kernel may handle messages in another order than the one in which they were sent."""

    def test_a_late_message_does_not_undo_a_newer_one(self, widget):
        shown = widget()
        newer = {"cells": {"tech": {"cto": None, "cio": 1}}}
        shown.raw({"do": "change", "n": 8, "from": 5, "patch": newer})
        shown.raw({"do": "change", "n": 7, "from": 5, "patch": mark()})
        assert shown.saved().value["cells"] == {"tech": {"cio": 1}}
        assert [reply["did"] for reply in shown.heard] == ["saved", "saved"]
        assert shown.heard[-1]["value"]["cells"] == {"tech": {"cio": 1}}

    def test_check_brings_along_what_is_still_on_its_way(self, widget):
        shown = widget("mx-warmup")
        shown.raw({"do": "check", "n": 8, "from": 5, "patch": mark("on_time", "coo")})
        shown.raw({"do": "change", "n": 7, "from": 5, "patch": mark("on_time", "cfo")})
        assert shown.saved().value["cells"] == {"on_time": {"coo": 1}}

    def test_each_page_counts_for_itself(self, widget):
        shown = widget()
        shown.raw({"do": "change", "n": 8, "from": 5, "patch": mark()})
        shown.raw({"do": "change", "n": 3, "from": 2, "patch": mark("tech", "cio")})
        assert shown.saved().value["cells"] == {"tech": {"cto": 1, "cio": 1}}


class TestChange:
    def test_the_file_is_on_disk_before_saved_is_said(self, widget):
        shown = widget()
        reply = shown.says("change", patch=mark())
        assert reply["did"] == "saved"
        assert decode_response(shown.on_disk_when_heard[-1]).value["cells"] == {"tech": {"cto": 1}}

    def test_the_reply_holds_the_time_and_the_merged_answer(self, widget):
        shown = widget()
        shown.says("change", patch=mark())
        reply = shown.says("change", patch=mark("quality", "coo"))
        assert reply["value"]["cells"] == {"tech": {"cto": 1}, "quality": {"coo": 1}}
        assert len(reply["at"].split(":")) == 2
        assert reply["notes"] == []

    def test_another_kernels_marks_are_kept_and_shown(self, widget):
        first, second = widget(), widget()
        first.says("change", patch=mark())
        reply = second.says("change", patch=mark("quality", "coo"))
        assert set(reply["value"]["cells"]) == {"tech", "quality"}

    def test_a_mark_is_taken_away(self, widget):
        shown = widget()
        shown.says("change", patch=mark())
        assert shown.says("change", patch=mark(mark=None))["value"]["cells"] == {}

    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize("mode", ["practice", "answer"])
    def test_every_form_saves_its_model_answer_part_by_part(self, widget, form, mode):
        shown = widget(FORMS[form], mode)
        face, item = shown.exercise.face, BANK[FORMS[form]]
        model = KIND.model_answer(face, KIND.key(item))
        for side in ("rows", "columns"):
            for name, chosen in model[side].items():
                shown.says("change", patch={side: {name: chosen}})
        for row, marks in model["cells"].items():
            shown.says("change", patch={"cells": {row: marks}})
        assert shown.saved().value == model
        assert KIND.score(face, KIND.key(item), shown.saved().value).fraction == 1.0

    @pytest.mark.usefixtures("full_disk")
    def test_what_cannot_be_saved_is_said_in_the_notebooks_language(self, widget, lang):
        reply = widget(lang=lang).says("change", patch=mark())
        assert reply["did"] == "failed"
        assert reply["text"].startswith({"ko": "저장되지 않음", "en": "Not saved"}[lang])

    def test_a_failed_save_leaves_the_old_answer_on_disk_and_in_memory(self, widget, monkeypatch):
        shown = widget()
        shown.says("change", patch=mark())
        before = shown.path.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", lambda _fd: (_ for _ in ()).throw(OSError(28, "full")))
            assert shown.says("change", patch=mark("quality"))["did"] == "failed"
        assert shown.path.read_bytes() == before
        assert shown.exercise.value["cells"] == {"tech": {"cto": 1}}
        assert shown.says("change", patch=mark("custom"))["did"] == "saved"

    def test_a_file_that_was_broken_meanwhile_is_set_aside_and_said(self, widget, lang):
        shown = widget(lang=lang)
        shown.says("change", patch=mark())
        shown.path.write_bytes(b"broken")
        notes = shown.says("change", patch=mark("quality"))["notes"]
        assert len(notes) == 1
        assert "unreadable" in notes[0]


class TestMessagesThatAreNone:
    @pytest.mark.parametrize(
        "content",
        [
            {},
            {"do": "dance"},
            {"do": None},
            {"do": ["change"]},
            {"do": {"change": 1}},
            {"n": 3},
            None,
            [],
            "change",
            3,
        ],
        ids=repr,
    )
    def test_an_unknown_message_is_ignored(self, widget, content, caplog):
        shown = widget()
        shown.raw(content)
        assert shown.heard == []
        assert not shown.path.exists()
        assert not caplog.records, "ipywidgets logs what a handler raises"

    @pytest.mark.parametrize(
        "patch",
        [
            None,
            [],
            "x",
            3,
            {"cells": 3},
            {"cells": {"tech": 3}},
            {"cells": {"tech": {"cto": []}}},
            {"rows": []},
            {"columns": {"c1": {"x": 1}}},
            {"nonsense": 1},
            {"cells": {"": {"": 1}}},
        ],
        ids=repr,
    )
    def test_a_broken_patch_is_answered_and_harms_nothing(self, widget, patch, caplog):
        shown = widget()
        shown.says("change", patch=mark("quality", "coo"))
        assert shown.says("change", patch=patch)["did"] in {"saved", "failed"}
        assert shown.saved().value["cells"]["quality"] == {"coo": 1}
        assert shown.says("check")["did"] == "checked"
        assert not caplog.records

    def test_a_patch_too_large_fails_and_harms_nothing(self, widget):
        shown = widget()
        shown.says("change", patch=mark())
        huge = {"rows": {f"r{n}": "x" * 99 for n in range(9000)}}
        assert shown.says("change", patch=huge)["did"] == "failed"
        assert shown.saved().value["cells"] == {"tech": {"cto": 1}}

    def test_a_message_without_a_number_is_answered_with_nought(self, widget):
        shown = widget()
        shown.raw({"do": "change", "patch": mark()})
        assert shown.heard[-1]["n"] == 0


class TestCheck:
    def test_it_judges_what_is_saved_and_counts_the_try(self, widget):
        shown = widget("mx-warmup")
        shown.says("change", patch=mark("on_time", "coo"))
        reply = shown.says("check")
        assert reply["did"] == "checked"
        assert reply["feedback"]["cells"] == {"on_time": {"coo": "right"}}
        assert reply["feedback"]["tries"] == ""
        assert [t.fraction for t in shown.saved().tries] == [reply["feedback"]["fraction"]]

    def test_after_a_first_failed_try_what_is_missing_is_counted_and_not_named(self, widget, lang):
        shown = widget("mx-warmup", lang=lang)
        shown.says("change", patch=mark("on_time", "coo"))
        feedback = shown.says("check")["feedback"]
        assert feedback["stage"] == "first"
        assert NOTES.not_yet[lang] in feedback["text"]
        row = feedback["rows"]["on_time"]
        assert row["score"] == NOTES.some_missing[lang].format(n=1)
        assert WORDS.missing_row[lang].format(n=1) == row["lines"][0]["lead"]

    def test_after_the_second_failed_try_the_whole_answer_is_open_also_next_day(self, widget):
        shown = widget("mx-warmup")
        shown.says("change", patch=mark("on_time", "coo"))
        shown.says("check")
        other = widget("mx-warmup")  # another kernel
        other.says("change", patch=mark("on_time", "cfo"))
        feedback = other.says("check")["feedback"]
        assert feedback["stage"] == "whole"
        assert feedback["cells"]["on_time"]["pm"] == "missed"

    def test_a_second_press_with_nothing_changed_is_no_try_and_says_so(self, widget, lang):
        shown = widget("mx-warmup", lang=lang)
        shown.says("change", patch=mark("on_time", "coo"))
        shown.says("check")
        again = shown.says("check")["feedback"]
        assert len(shown.saved().tries) == 1
        assert (again["stage"], again["tries"]) == ("first", words(lang)["unchanged"])

    def test_who_marks_everybody_is_told_so_in_one_sentence(self, widget, lang):
        shown = widget("mx-warmup", lang=lang)
        everybody = {column.id: 1 for column in shown.exercise.face.columns}
        shown.says("change", patch={"cells": {"on_time": everybody}})
        lines = shown.says("check")["feedback"]["rows"]["on_time"]["lines"]
        assert [line["lead"] for line in lines] == [WORDS.all_marked[lang]]

    def test_practice_gives_no_points_that_correct_for_guessing(self, widget):
        shown = widget("mx-warmup", lang="en")
        shown.says("change", patch=mark("on_time", "coo"))
        assert "Score" not in shown.says("check")["feedback"]["text"]

    def test_from_the_second_try_on_it_tells_how_the_first_went(self, widget, lang):
        shown = widget("mx-warmup", lang=lang)
        shown.says("change", patch=mark("on_time", "cfo"))
        shown.says("check")
        shown.says("change", patch=mark("on_time", "coo"))
        told = shown.says("check")["feedback"]["tries"]
        assert told == words(lang)["tries"].format(n=2, first=3)
        assert "{" not in told

    def test_tries_go_on_after_a_restart(self, widget):
        first = widget("mx-warmup")
        first.says("change", patch=mark("on_time", "coo"))
        first.says("check")
        assert widget("mx-warmup").says("check")["feedback"]["tries"]

    def test_nothing_answered_is_no_try(self, widget):
        shown = widget("mx-warmup")
        assert shown.says("check")["did"] == "checked"
        assert shown.saved().tries == ()

    def test_what_is_sent_along_is_judged(self, widget):
        shown = widget("mx-warmup")
        told = shown.says("check", patch=mark("on_time", "coo"))["feedback"]
        assert told["cells"] == {"on_time": {"coo": "right"}}

    @pytest.mark.usefixtures("full_disk")
    def test_where_the_try_cannot_be_saved_that_is_said(self, widget):
        assert widget().says("check")["did"] == "failed"

    def test_a_retry_is_confirmed_and_keeps_the_answer(self, widget):
        shown = widget()
        shown.says("change", patch=mark())
        assert shown.says("retry")["did"] == "retry"
        assert shown.saved().value["cells"] == {"tech": {"cto": 1}}


class TestHint:
    def test_hints_come_one_by_one_and_the_last_one_stays(self, widget, lang):
        shown = widget(lang=lang)
        hints = [hint[lang] for hint in BANK["mx-cells"].hints]
        replies = [shown.says("hint") for _ in range(len(hints) + 1)]
        assert [reply["text"] for reply in replies] == [*hints, hints[-1]]
        assert [reply["more"] for reply in replies] == [True] * (len(hints) - 1) + [False] * 2

    def test_a_hint_writes_nothing(self, widget):
        shown = widget()
        shown.says("hint")
        assert not shown.path.exists()


class TestShowAnswer:
    def test_it_opens_only_after_a_try(self, widget, lang):
        shown = widget("mx-warmup", lang=lang)
        shown.says("change", patch=mark("on_time", "coo"))
        early = shown.says("answer")
        assert early["did"] == "hint"
        assert early["text"] == words(lang)["answer_after_try"]
        shown.says("check")
        late = shown.says("answer")
        assert late["did"] == "answer"
        assert late["feedback"]["fraction"] == 1.0
        assert late["value"]["cells"]["on_time"] == {"coo": 1, "pm": 1}

    def test_the_students_own_answer_is_kept(self, widget):
        shown = widget("mx-warmup")
        shown.says("change", patch=mark("on_time", "coo"))
        shown.says("check")
        shown.says("answer")
        assert shown.saved().value["cells"] == {"on_time": {"coo": 1}}
        assert shown.exercise.value["cells"] == {"on_time": {"coo": 1}}


class TestGraded:
    @pytest.mark.parametrize("do", ["check", "hint", "answer"])
    def test_nothing_is_judged_or_told(self, widget, do, caplog):
        shown = widget(mode="answer")
        shown.says("change", patch=mark())
        before = shown.path.read_bytes()
        shown.raw({"do": do, "n": 9})
        assert [reply["did"] for reply in shown.heard] == ["saved"]
        assert shown.path.read_bytes() == before
        assert not caplog.records

    def test_not_even_to_somebody_who_wrote_a_try_into_his_file(self, widget):
        widget().says("check")
        shown = widget(mode="answer")
        shown.raw({"do": "answer", "n": 1})
        assert shown.heard == []


class TestPreview:
    def test_it_answers_nothing_and_writes_nothing(self, widget, tmp_path):
        shown = widget(mode="preview")
        for do in ("change", "check", "hint", "answer", "retry"):
            shown.raw({"do": do, "n": 1, "patch": mark()})
        assert shown.heard == []
        assert list(tmp_path.iterdir()) == []


def unpacked(view, part):
    """What a page finds in a model that a view names."""
    [source] = [
        one for one in base._sources.values() if getattr(view, part) == f"IPY_MODEL_{one.model_id}"
    ]
    return json.loads(zlib.decompress(source.packed))


class TestView:
    def test_it_starts_with_what_was_saved(self, widget):
        assert widget().exercise.view.saved == ""
        widget().says("change", patch=mark())
        view = widget().exercise.view
        assert view.value["cells"] == {"tech": {"cto": 1}}
        assert len(view.saved.split(":")) == 2
        assert view.mode == "practice"

    def test_it_gets_every_word_in_its_language(self, widget, lang):
        view = widget(lang=lang).exercise.view
        said = [unpacked(view, part)["words"] for part in ("common", "kind")]
        assert {**said[0], **said[1]} == words(lang, "matrix")

    def test_a_kinds_own_words_come_with_its_module(self, lang):
        item = PRACTICE["ev-bakery"]
        view = Exercise(kind_of("matching").face(item, lang), None).view
        assert unpacked(view, "kind")["words"] == own_words(lang, "evidence") != {}

    def test_a_broken_file_is_told_at_once(self, widget, tmp_path, lang):
        (tmp_path / "responses").mkdir()
        (tmp_path / "responses" / "mx-cells.json").write_bytes(b"{")
        notes = widget(lang=lang).exercise.view.notes
        assert len(notes) == 1
        assert any("가" <= letter <= "힣" for letter in notes[0]) == (lang == "ko")

    def test_a_hand_edited_time_does_no_harm(self, widget):
        shown = widget()
        shown.says("change", patch=mark())
        raw = json.loads(shown.path.read_bytes()) | {"time": "yesterday"}
        shown.path.write_text(json.dumps(raw))
        assert widget().exercise.view.saved == ""

    def test_its_name_is_readable(self, widget):
        assert repr(widget().exercise) == "<Exercise mx-cells>"


class Text(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = ""
        self.feed(html)

    def handle_data(self, data):
        self.found += data


class TestShown:
    """Beside the widget stands a table, for viewers and exports without widgets."""

    @pytest.fixture
    def outputs(self, monkeypatch):
        """What a notebook's cell would show of an exercise."""
        shell = InteractiveShell.instance()
        monkeypatch.setattr(shell, "displayhook", DisplayHook(shell))

        def outputs(exercise):
            with capture_output() as captured:
                exercise._ipython_display_()
            assert captured.stderr == ""
            return captured.outputs

        yield outputs
        InteractiveShell.clear_instance()

    def test_the_widget_comes_with_text_and_a_table_of_the_saved_answer(
        self, widget, outputs, lang
    ):
        shown = widget(lang=lang)
        shown.says("change", patch=mark())
        first, second = outputs(shown.exercise)
        assert "application/vnd.jupyter.widget-view+json" in first.data
        assert BANK["mx-cells"].title[lang] in first.data["text/plain"]
        assert 'b2b.template("mx-cells")' in first.data["text/plain"]
        assert "CTO" not in first.data["text/plain"]  # it would be old after the next mark
        assert "CTO" in second.data["text/plain"]
        assert 'class="b2b-static" data-item="mx-cells"' in second.data["text/html"]
        assert "CTO" in Text(second.data["text/html"]).found

    def test_the_table_follows_each_save(self, widget, outputs):
        shown = widget()
        _, table = outputs(shown.exercise)
        assert "CTO" not in Text(table.data["text/html"]).found
        with capture_output() as captured:
            shown.says("change", patch=mark())
        assert "CTO" in Text(captured.outputs[-1].data["text/html"]).found
        assert "CTO" in captured.outputs[-1].data["text/plain"]


class TestAVersionSetAside:
    def changed(self, widget, tmp_path):
        """An answer whose rows have come to mean something else since, and the widget of now."""
        widget().says("change", patch=mark())
        path = tmp_path / "responses" / "mx-cells.json"
        content = json.loads(path.read_bytes()) | {"face": "0" * 64, "meaning": "0" * 64}
        path.write_text(json.dumps(content), "utf-8")
        return widget()

    def test_it_is_not_shown_as_the_answer_but_offered(self, widget, tmp_path):
        shown = self.changed(widget, tmp_path)
        assert shown.exercise.value["cells"] == {}
        assert shown.exercise.view.value["cells"] == {}
        offer = shown.exercise.view.offer
        assert offer["put_back"] == "그 답으로 되돌리기"
        assert "<table" in offer["html"]

    def test_put_back_it_is_the_answer_again(self, widget, tmp_path):
        shown = self.changed(widget, tmp_path)
        reply = shown.says("put_back", patch={}, kept=shown.exercise.view.offer["id"])
        assert (reply["did"], reply["offer"]) == ("saved", {})
        assert reply["value"]["cells"] == {"tech": {"cto": 1}}
        assert shown.saved().value["cells"] == {"tech": {"cto": 1}}
        assert widget().exercise.view.offer == {}

    def test_nothing_of_it_gets_into_a_new_answer(self, widget, tmp_path):
        shown = self.changed(widget, tmp_path)
        reply = shown.says("change", patch=mark("quality"))
        assert reply["value"]["cells"] == {"quality": {"cto": 1}}
        assert shown.saved().kept[0].value["cells"] == {"tech": {"cto": 1}}

    def test_an_assignment_offers_it_too(self, widget, tmp_path):
        self.changed(widget, tmp_path)
        assert widget(mode="answer").exercise.view.offer


class TestPagesOfAnotherRelease:
    def test_what_one_sends_is_set_aside_and_it_is_told_to_reload(self, widget):
        shown = widget()
        shown.says("change", patch=mark())
        reply = shown.says("change", patch=mark("quality"), p=PROTOCOL + 1, **{"from": 7})
        assert reply["did"] == "failed"
        assert "새로 고치십시오" in reply["text"]
        assert shown.saved().value["cells"] == {"tech": {"cto": 1}}
        assert shown.saved().kept[0].value["cells"] == {"tech": {"cto": 1}, "quality": {"cto": 1}}
        assert widget().exercise.view.offer

    @pytest.mark.parametrize("do", ["check", "hint", "answer", "retry", "put_back"])
    def test_it_gets_nothing_done(self, widget, do):
        shown = widget()
        shown.says("change", patch=mark())
        assert shown.says(do, p=PROTOCOL + 1)["did"] == "failed"
        assert shown.saved().revision == 1

    def test_one_of_before_there_were_numbers_is_understood(self, widget):
        assert widget().says("change", patch=mark())["did"] == "saved"


class TestNewerFiles:
    def test_the_answer_is_shown_and_nothing_is_written(self, widget, tmp_path):
        widget().says("change", patch=mark())
        path = tmp_path / "responses" / "mx-cells.json"
        path.write_text(json.dumps(json.loads(path.read_bytes()) | {"schema": 3}), "utf-8")
        before = path.read_bytes()
        shown = widget()
        assert shown.exercise.value["cells"] == {"tech": {"cto": 1}}
        assert "더 새로운 판" in shown.exercise.view.notes[0]
        reply = shown.says("change", patch=mark("quality"))
        assert reply["did"] == "failed"
        assert "새 판으로" in reply["text"]
        assert path.read_bytes() == before


class TestHowItWasTried:
    def test_a_try_tells_the_sitting_and_whether_help_was_seen(self, widget):
        shown = widget()
        shown.says("change", patch=mark())
        shown.says("check")
        shown.says("hint")
        shown.says("change", patch=mark("quality"))
        shown.says("check")
        first, second = shown.saved().tries
        assert (first.occasion, first.helped, second.helped) == ("lesson", False, True)
        assert first.sitting == second.sitting
        assert first.sitting <= first.time


class TestTheFileIsTheTruth:
    """What a reloaded page, a second tab or a second view is given is what lies on disk."""

    def test_after_each_save_the_traits_are_what_was_saved(self, widget):
        shown = widget()
        shown.says("change", patch=mark())
        state = shown.exercise.view.get_state()
        assert state["value"] == shown.saved().value
        assert state["saved"] != ""

    def test_a_view_that_asks_is_told_what_another_kernel_wrote(self, widget):
        one, other = widget(), widget()
        other.says("change", patch=mark("quality"))
        reply = one.says("look")
        assert reply["value"]["cells"] == {"quality": {"cto": 1}}
        assert one.exercise.view.value["cells"] == {"quality": {"cto": 1}}

    def test_looking_where_nothing_was_answered_says_nothing_of_saving(self, widget):
        assert widget().says("look")["at"] == ""

    def test_a_file_that_cannot_be_read_just_now_empties_no_view(self, widget, monkeypatch):
        shown = widget()
        shown.says("change", patch=mark())

        def refuse(*_args, **_options):
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(store_module, "read_answer", refuse)
        reply = shown.says("look")
        assert reply["value"]["cells"] == {"tech": {"cto": 1}}
        assert "디스크 고장" in reply["notes"][0]

    def test_a_mark_beside_anothers_sets_nothing_aside(self, widget):
        one, other = widget(), widget()
        one.says("change", patch=mark("tech"))
        reply = other.says("change", patch=mark("quality"))
        assert reply["offer"] == {}
        assert set(reply["value"]["cells"]) == {"tech", "quality"}


@pytest.mark.usefixtures("kernels_apart")
class TestTwoKernels:
    """Two kernels answer one question: what one writes over, unseen, is kept and offered."""

    def essays(self, tmp_path):
        item = PRACTICE["es-meeting"]
        face = kind_of("essay").face(item, "ko")
        return [Exercise(face, Store(tmp_path, face, item), item) for _ in range(2)]

    def types(self, exercise, text):
        heard = []
        exercise.view.send = heard.append
        exercise.view._handle_custom_msg(
            {"p": PROTOCOL, "do": "change", "patch": {"text": text}, "n": 1}, []
        )
        return heard[-1]

    def test_the_newer_text_is_the_answer_and_the_other_is_kept(self, tmp_path):
        one, other = self.essays(tmp_path)
        self.types(one, "어제 쓴 글")
        reply = self.types(other, "오늘 쓴 글")
        assert reply["value"]["text"] == "오늘 쓴 글"
        assert "판이 둘" in reply["offer"]["text"]
        assert "어제 쓴 글" in reply["offer"]["html"]

    def test_going_on_typing_keeps_no_further_version_and_the_offer(self, tmp_path):
        one, other = self.essays(tmp_path)
        self.types(one, "어제 쓴 글")
        for text in ("오", "오늘", "오늘 쓴 글"):
            reply = self.types(other, text)
        assert len(other._response.kept) == 1
        assert reply["offer"]

    def test_who_chooses_is_asked_no_more_and_loses_neither(self, tmp_path):
        one, other = self.essays(tmp_path)
        self.types(one, "어제 쓴 글")
        self.types(other, "오늘 쓴 글")
        heard = []
        other.view.send = heard.append
        kept = other.view.offer["id"]
        other.view._handle_custom_msg(
            {"p": PROTOCOL, "do": "leave", "patch": {}, "n": 2, "kept": kept}, []
        )
        assert heard[-1]["offer"] == {}
        assert other.view.offer == {}
        found = other.store.read().response
        assert (found.value["text"], found.kept[0].value["text"]) == ("오늘 쓴 글", "어제 쓴 글")

    def test_who_puts_the_other_back_keeps_the_first(self, tmp_path):
        one, other = self.essays(tmp_path)
        self.types(one, "어제 쓴 글")
        self.types(other, "오늘 쓴 글")
        kept = other.view.offer["id"]
        other.view._handle_custom_msg(
            {"p": PROTOCOL, "do": "put_back", "patch": {}, "n": 2, "kept": kept}, []
        )
        found = other.store.read().response
        assert (found.value["text"], found.kept[0].value["text"]) == ("어제 쓴 글", "오늘 쓴 글")
        assert other.view.value["text"] == "어제 쓴 글"

    def test_both_are_called_by_their_time_and_the_present_one_counts(self, tmp_path, monkeypatch):
        one, other = self.essays(tmp_path)
        monkeypatch.setattr("b2bcourse.responses.store._now", lambda: "2026-11-29T13:51:07+00:00")
        self.types(one, "어제 쓴 글")
        monkeypatch.setattr("b2bcourse.responses.store._now", lambda: "2026-11-29T14:03:09+00:00")
        offer = self.types(other, "오늘 쓴 글")["offer"]
        assert offer["leave"].endswith("03 것으로")
        assert offer["put_back"].endswith("51 것으로")
        assert offer["value"]["text"] == "어제 쓴 글"
        assert "답입니다" in offer["counts"]

    def test_within_one_minute_the_seconds_tell_them_apart(self, tmp_path, monkeypatch):
        one, other = self.essays(tmp_path)
        monkeypatch.setattr("b2bcourse.responses.store._now", lambda: "2026-11-29T14:03:07+00:00")
        self.types(one, "어제 쓴 글")
        monkeypatch.setattr("b2bcourse.responses.store._now", lambda: "2026-11-29T14:03:09+00:00")
        offer = self.types(other, "오늘 쓴 글")["offer"]
        assert offer["leave"].endswith("03:09 것으로")
        assert offer["put_back"].endswith("03:07 것으로")

    def test_who_waits_for_another_kernel_is_told_so(self, widget, monkeypatch):
        monkeypatch.setattr(lock, "NOTICED", 0.05)
        monkeypatch.setattr(store_module, "LOCK_SECONDS", 0.3)
        shown = widget()
        with Lock(lock.lock_path(shown.path.absolute()), 1):
            shown.raw({"do": "change", "n": 3, "patch": mark()})
        assert [reply["did"] for reply in shown.heard] == ["waiting", "failed"]
        assert {reply["n"] for reply in shown.heard} == {3}
        assert "다른 창" in shown.heard[-1]["text"]


def test_a_page_is_told_at_once_whose_answer_it_is_and_where_it_lies(tmp_path, monkeypatch):
    """A page makes its state of what a view begins with; what comes later it does not keep by."""
    import ipywidgets

    began = []
    opened = ipywidgets.Widget.open
    monkeypatch.setattr(
        ipywidgets.Widget, "open", lambda self: (began.append(self.get_state()), opened(self))
    )
    Widget(tmp_path)
    [state] = [state for state in began if "place" in state]
    assert state["place"]


class TestTwoTabsOnOneKernel:
    """Each leaf of a message says what its page believed to stand there."""

    def says(self, shown, page, number, row, mark, was):
        patch, believed = {"cells": {"tech": {row: mark}}}, {"cells": {"tech": {row: was}}}
        message = {"do": "change", "patch": patch, "was": believed, "n": number, "from": page}
        shown.raw(message)
        return shown.saved()

    def test_what_a_tab_had_not_seen_is_set_aside(self, widget):
        shown = widget()
        self.says(shown, "one", 1, "cto", 1, None)
        found = self.says(shown, "two", 1, "cto", 2, None)
        assert found.value["cells"] == {"tech": {"cto": 2}}
        assert [kept.value["cells"] for kept in found.kept] == [{"tech": {"cto": 1}}]

    def test_what_it_had_seen_is_not(self, widget):
        shown = widget()
        self.says(shown, "one", 1, "cto", 1, None)
        assert not self.says(shown, "two", 1, "cto", 2, 1).kept

    def test_what_it_sent_itself_and_has_not_heard_of_is_not(self, widget):
        shown = widget()
        self.says(shown, "one", 1, "cto", 1, None)
        assert not self.says(shown, "one", 2, "cto", 2, None).kept

    def test_a_reply_says_to_whom_it_is_addressed(self, widget):
        shown = widget()
        self.says(shown, "one", 1, "cto", 1, None)
        assert shown.heard[-1]["from"] == "one"


class TestOneExerciseShownTwice:
    """A cell was run twice, or copied: both show what lies on disk."""

    def test_what_one_saves_the_other_shows(self, widget):
        one, other = widget(), widget()
        one.says("change", patch=mark())
        assert other.exercise.value["cells"] == {"tech": {"cto": 1}}
        assert other.exercise.view.value["cells"] == {"tech": {"cto": 1}}
        assert other.exercise.view.saved

    def test_another_item_hears_nothing_of_it(self, widget):
        one, other = widget(), widget("mx-left")
        one.says("change", patch=mark())
        assert other.exercise.view.saved == ""


def test_a_decision_that_comes_twice_is_carried_out_once(tmp_path):
    item = PRACTICE["es-meeting"]
    face = kind_of("essay").face(item, "ko")
    one, other = (Store(tmp_path, face, item) for _ in range(2))
    one.save({"text": "어제 쓴 글"}, was={})
    other.save({"text": "오늘 쓴 글"}, was={})
    exercise = Exercise(face, Store(tmp_path, face, item), item)
    exercise.view.send = lambda _content: None
    kept = exercise.view.offer["id"]
    for _ in range(2):
        message = {"do": "put_back", "patch": {}, "n": 1, "kept": kept}
        message |= {"p": PROTOCOL, "from": "page"}
        exercise.view._handle_custom_msg(message, [])
    assert exercise.value["text"] == "어제 쓴 글"


@pytest.mark.usefixtures("kernels_apart")
def test_two_texts_of_one_second_stand_side_by_side_too(tmp_path, monkeypatch):
    monkeypatch.setattr("b2bcourse.responses.store._now", lambda: "2026-11-29T14:03:07+00:00")
    item = PRACTICE["es-meeting"]
    face = kind_of("essay").face(item, "ko")
    Store(tmp_path, face, item).save({"text": "어제 쓴 글"})
    Store(tmp_path, face, item).save({"text": "오늘 쓴 글"}, was={})
    offer = Exercise(face, Store(tmp_path, face, item), item).view.offer
    assert offer["value"]["text"] == "어제 쓴 글"
    assert (offer["leave"], offer["counts"]) == ("지금 답 그대로 두기", "")
