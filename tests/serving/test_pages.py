"""What a page for who grades is sent, and that its script and its sentences fit each other."""

import json
import re
from pathlib import Path

import pytest

from b2bcourse import serving
from b2bcourse.facts import LANGS
from b2bcourse.serving.page import page, words

HERE = Path(serving.__file__).parent
SCRIPTS = {
    "essays": ["essays.js", "paper.js", "rubric.js", "server.js"],
    "troubles": ["troubles.js", "server.js"],
}
# Sentences that a script asks for by a name that it puts together.
COMPUTED = {
    "troubles": {"who", "found", "done", "todo", "unmatched", "unread", "unwhole", "refused"}
}


def asked_for(name):
    texts = [(HERE / "pages" / script).read_text("utf-8") for script in SCRIPTS[name]]
    return set(re.findall(r"\bwords\.(\w+)", "\n".join(texts))) | COMPUTED.get(name, set())


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_finds_every_sentence_that_it_asks_for_and_asks_for_all(name):
    assert asked_for(name) | {"title"} == set(words(name, "ko"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_both_languages_have_the_same_places_to_fill_in(name):
    places = [
        {key: set(re.findall(r"{\w+}", text)) for key, text in words(name, lang).items()}
        for lang in LANGS
    ]
    assert places[0] == places[1]


def test_no_data_ends_the_pages_script_early():
    told = page("essays", "ko", "<b>", "/base", {"name": "</script><script>alert(1)</script>"})
    assert "alert(1)" in told
    assert told.count("<script") == 2
    data = told.split('id="b2b-page">')[1].split("</script>")[0]
    assert json.loads(data)["name"] == "</script><script>alert(1)</script>"
    assert "<title>&lt;b&gt;</title>" in told


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_was_built_asks_nothing_of_another_host(name):
    for ending in ("js", "css"):
        built = (HERE / "pages" / "built" / f"{name}.{ending}").read_text("utf-8")
        assert not re.search(r"https?://", built.replace("http://www.w3.org/2000/svg", ""))


@pytest.mark.parametrize("name", SCRIPTS)
def test_colours_are_those_of_every_exercise(name):
    look = json.loads((HERE.parent / "render" / "look.json").read_text("utf-8"))["colours"]
    built = (HERE / "pages" / "built" / f"{name}.css").read_text("utf-8")
    assert f"--accent: {look['light']['accent']}".replace(" ", "") in built.replace(" ", "")
    assert f"--accent: {look['dark']['accent']}".replace(" ", "") in built.replace(" ", "")
