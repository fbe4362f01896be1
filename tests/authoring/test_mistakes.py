"""A beginner's mistakes in the matrix's skeleton: each is told on its line, with what is right."""

import pytest

from b2bcourse.authoring.checking import check
from b2bcourse.facts.yaml_words import yaml_mistake

TITLE = "en: A hospital buys an ECG device"
UPTIME = "{column: nurse, strength: primary"
# What was written, what it was changed to, a piece of the line that must be named, what is told.
MISTAKES = {
    "a colon in a text": (TITLE, "en: A hospital: its device", "its device", '"double quotes"'),
    "a colon in a list": ("- A hospital with", "- A hospital: with", "- A hospital:", "colon"),
    "a comma in a text": (TITLE, "en: A hospital, and a device", "and a", '"double quotes"'),
    "curly quotes": (TITLE, "en: “A hospital, and a device”", "and a", "straight"),
    "a quoted word": (TITLE, 'en: "A" hospital', "hospital}", "closing quotation mark"),
    "a quote not closed": ('who will care most."', "who will care most.", "task:", "missing"),
    "a brace not closed": ("en: Head nurse}", "en: Head nurse", "en: Head nurse", "closing }"),
    "a missing comma": (UPTIME, "{column: nurse strength: primary", "nurse str", "«strength:»"),
    "no comma between languages": ("병원장, en", "병원장 en", "병원장 en", "«en:»"),
    "a wide comma": ("병원장, en", "병원장， en", "병원장", "a comma ,"),
    "a wide colon": ("title: {", "title： {", "title", "wide sign"),
    "a tab": ("  point:", "\tpoint:", "point:", "tab"),
    "a tight hyphen": ("- id: price", "-id: price", "-id: price", "space after the hyphen"),
    "a tight colon": ("kind: matrix", "kind:matrix", "kind:matrix", "space after the colon"),
    "an indent": ("  point:", "   point:", "point:", "indent"),
    "a sign that begins nothing": (TITLE, "en: '' @x", "@x", "quot"),
    "a percent sign first": (TITLE, "en: %5 off", "%5", "may not begin with %"),
    "yes": ("id: uptime", "id: yes", "id: yes", "yes, no"),
    "a number": ("id: uptime", "id: 24", "id: 24", "a number"),
    "nothing": ("en: A low price", "en: ", "낮은 값", "nothing is written"),
    "a text for two languages": ("{ko: 낮은 값, en: A low price}", "Low", "Low", "{ko: ..., en:"),
    "a word for a number": ("marks: 1", "marks: one", "marks: one", "whole number"),
    "a forgotten language": (", en: A low price", "", "낮은 값", "name.en: is missing"),
    "a forgotten reason": (
        (
            ", reason: {ko: 구매과장은 쓴 돈으로 평가받습니다., en: The purchasing manager is judged by "
            "what was spent.}"
        ),
        "",
        "purchasing, strength",
        "write reason: {ko: ..., en: ...}",
    ),
    "a field misspelt": (
        "looks_for: {ko: 병원장은",
        "look_for: {ko: 병원장은",
        "look_for",
        "«looks_for»",
    ),
    "a field of no kind": ("hints:", "zzz:", "zzz:", "there are: "),
    "a word that is no choice": (
        "strength: primary",
        "strength: main",
        "main",
        "primary, secondary",
    ),
    "a level misspelt": ("level: apply", "level: aply", "aply", "did you mean «apply»"),
    "an id that nobody has": ("column: nurse", "column: nurze", "nurze", "did you mean «nurse»"),
    "an id twice": ("id: records", "id: price", "- id: price", "stands twice"),
    "a field twice": ("source: background", "source: a\nsource: b", "source: b", "only the last"),
    "a kind misspelt": ("kind: matrix", "kind: matrx", "matrx", "matching, matrix"),
    "another name than the file's": ("id: spoilt", "id: other", "id: other", "the file's name"),
    "a card that the form needs": ("form: cells", "form: both", "id: uptime", "write one"),
}

# Of each of the three rows it is told.
EVERYWHERE = "a card that the form needs"


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_beginners_mistake_is_told_on_its_line(found, mistake):
    old, new, line, told = MISTAKES[mistake]
    (kind, named, text), *more = found("matrix", old, new)
    assert len(more) == (2 if mistake == EVERYWHERE else 0)
    assert kind == "error"
    assert line in named
    assert told in text
    for jargon in ("byte string", "flow mapping", "`$", "Object", "token"):
        assert jargon not in text


@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
def test_another_encoding_is_told_with_the_remedy(spoilt, encoding):
    path = spoilt("matrix")
    path.write_bytes(path.read_text("utf-8").encode(encoding, "replace"))
    [finding] = check(path)
    assert "UTF-8" in finding.text


def test_notepads_mark_before_the_text_is_no_mistake(spoilt):
    path = spoilt("matrix")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert check(path) == []


def test_a_file_that_is_not_there_or_holds_nothing(tmp_path):
    [gone] = check(tmp_path / "gone.yaml")
    assert "No such file" in gone.text
    for text in ("", "- 1\n", "kind: 3\n"):
        (tmp_path / "empty.yaml").write_text(text, "utf-8")
        [empty] = check(tmp_path / "empty.yaml")
        assert "'kind: matrix'" in empty.text


def test_a_finding_is_told_as_compilers_do(spoilt):
    path = spoilt("matrix", "marks: 1", "marks: one")
    [finding] = check(path)
    assert str(finding).startswith(f"{path}:{finding.line}: error: marks: ")


def test_an_error_that_names_no_place_is_told_at_the_first_line():
    assert yaml_mistake("a: 1", ValueError("no marks")) == (
        1,
        ("this is no text; save the file as UTF-8 text"),
    )
