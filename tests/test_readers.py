"""Blind sheets of the tests that tell nothing, and a scorer that refuses what it cannot score."""

import re

import pytest

from b2bcourse.context import practice_item
from b2bcourse.facts import LANGS
from b2bcourse.facts.lessons import form, gains
from benchmarks.test_readers.__main__ import main
from benchmarks.test_readers.scoring import (
    Answers,
    AnswersError,
    by_question,
    read,
    refuse_other_wording,
    right,
    table,
)
from benchmarks.test_readers.sheets import key, name, sheet

WHENS = ["pre", "post"]
HEAD = "reader: Ga\nknows: blind\nsheet: pre-en-0123abcd\n"
THREE = ("A", "B", "C")


def answers(letters="ABC", reader="Ga", knows="blind", sheet="pre-en-0123abcd"):
    return Answers(reader, knows, sheet, tuple(letters), (None,) * len(letters))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("when", WHENS)
class TestTheSheets:
    def test_every_question_stands_there_with_lettered_options(self, when, lang):
        text = sheet(when, lang)
        for number, item in enumerate(map(practice_item, form(gains(), when)), start=1):
            assert f"\n{number}. {item.case[lang][0]}" in text
            assert item.task[lang] in text
            assert all(f") {option.text[lang]}\n" in text for option in item.options)

    def test_no_reason_no_title_and_no_id_stands_there(self, when, lang):
        text = sheet(when, lang)
        for item in map(practice_item, form(gains(), when)):
            assert item.id not in text
            assert all(option.reason[lang] not in text for option in item.options)

    def test_the_key_is_a_letter_of_each_question_and_the_right_one(self, when, lang):
        text = sheet(when, lang)
        for number, letter in enumerate(key(when), start=1):
            item = practice_item(form(gains(), when)[number - 1])
            wanted = next(option for option in item.options if option.verdict == "right")
            asked = text.split(f"\n{number}. ")[1].split("\n\n")[0]
            assert f"{letter}) {wanted.text[lang]}" in asked

    def test_another_word_is_another_sheet(self, when, lang):
        assert re.fullmatch(rf"{when}-{lang}-[0-9a-f]{{8}}", name(when, lang))
        assert name(when, lang) == name(when, lang)


class TestReading:
    def test_letters_dashes_and_how_sure(self):
        found = read(f"{HEAD}1 a 3\n2. -\n\n# a remark\n3) C 1\n", "x.txt", 3)
        assert found.letters == ("A", "-", "C")
        assert found.sure == (3, None, 1)
        assert (found.when, found.lang) == ("pre", "en")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (f"{HEAD}1 A\n2 B\n", r"no line for \[3\]"),
            (f"{HEAD}1 A\n2 B\n3 C\n4 D\n", r"there is no question \[4\]"),
            (f"{HEAD}1 A\n1 B\n2 B\n3 C\n", r"x.txt:5: question 1 is answered twice"),
            (f"{HEAD}1 A\n2 G\n3 C\n", r"x.txt:5: '2 G' is neither"),
            ("reader: Ga\nknows: blind\n1 A\n2 B\n3 C\n", "sheet: "),
            (HEAD.replace("blind", "half") + "1 A\n2 B\n3 C\n", "write blind or taught"),
        ],
    )
    def test_what_cannot_be_scored_is_told_with_its_remedy(self, text, told):
        with pytest.raises(AnswersError, match=told):
            read(text, "x.txt", 3)

    def test_answers_to_another_wording_are_refused(self):
        with pytest.raises(AnswersError, match="answered again"):
            refuse_other_wording(answers(), "x.txt", "pre-en-ffffffff")
        refuse_other_wording(answers(), "x.txt", "pre-en-0123abcd")


class TestScoring:
    def test_what_was_left_out_is_not_right(self):
        assert right(answers("A-C"), THREE) == (True, False, True)

    def test_the_table_has_a_line_for_each_sheet_and_the_means_against_their_marks(self):
        found = [answers("ABD"), answers("AAA", "Na"), answers("ABC", "Da", "taught")]
        told = table(found, lambda _when: THREE)
        assert "| Ga | blind | pre | en | 2 of 3 (67%) | 0 |" in told
        assert "blind: 50% in the mean of 2 sheets, at most 55%: reached" in told
        assert "taught: 100% in the mean of 1 sheets, at least 90%: reached" in told

    def test_a_mark_that_is_missed_is_told(self):
        told = table([answers("ABC"), answers("A--", "Da", "taught")], lambda _when: THREE)
        assert "blind: 100% in the mean of 1 sheets, at most 55%: MISSED" in told
        assert "taught: 33% in the mean of 1 sheets, at least 90%: MISSED" in told

    def test_question_by_question_it_tells_what_the_blind_chose(self):
        found = [answers("ABD"), answers("BBC", "Na"), answers("ABC", "Da", "taught")]
        assert "| 1 (A) | 1/2 | 1/1 | A B |" in by_question(found, "pre", THREE)


class TestTheCommand:
    def test_it_writes_four_sheets(self, tmp_path):
        assert main(["sheets", str(tmp_path / "new")]) == 0
        assert len(list((tmp_path / "new").glob("*.txt"))) == 4

    def test_it_scores_files(self, tmp_path, capsys):
        lines = [f"{at} {letter} 2" for at, letter in enumerate(key("post"), start=1)]
        head = ["reader: Ga", "knows: taught", f"sheet: {name('post', 'ko')}"]
        path = tmp_path / "ga.txt"
        path.write_text("\n".join([*head, *lines]), "utf-8")
        assert main(["score", str(path), "--questions"]) == 0
        assert "24 of 24 (100%)" in capsys.readouterr().out

    def test_a_file_that_cannot_be_scored_is_told(self, tmp_path, capsys):
        (tmp_path / "ga.txt").write_text("reader: Ga\n", "utf-8")
        assert main(["score", str(tmp_path / "ga.txt")]) == 2
        assert "ga.txt" in capsys.readouterr().err

    def test_what_readers_wrote_can_be_scored(self):
        assert main(["score"]) == 0
