"""One file tells the colours and the marks, for pages made here and for those a browser draws."""

import json
import re
from pathlib import Path

import pytest

import b2bcourse
from b2bcourse import render
from b2bcourse.render.look import COLOURS, TONES, marked

PACKAGE = Path(b2bcourse.__file__).parent
LOOK = json.loads((PACKAGE / "render" / "look.json").read_text("utf-8"))
SHEETS = ("widgets/common.css", "render/debrief.css", "learner/page.css")


def tokens(sheet, theme):
    """The colours that a style sheet names for a theme."""
    text = (PACKAGE / sheet).read_text("utf-8")
    dark = r'\[data-jp-theme-light="false"\] \.b2b-[a-z]+ \{(.*?)\}'
    light = r"^\.b2b-[a-z]+ \{(.*?)\}"
    found = re.search(dark if theme == "dark" else light, text, re.DOTALL | re.MULTILINE)
    named = re.findall(r"--(?:b2b-)?([a-z0-9-]+): (#[0-9a-f]{3,6});", found[1])
    return {name: "#" + "".join(c * 2 for c in c[1:]) if len(c) == 4 else c for name, c in named}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_style_sheet_has_the_colours_of_the_one_file(sheet, theme):
    found = tokens(sheet, theme)
    assert {"ink", "ink2", "accent", "line"} <= set(found)
    assert found == {name: LOOK["colours"][theme][name] for name in found}


def test_every_mark_has_a_colour_with_a_meaning():
    assert set(LOOK["marks"]) == set(TONES) == set(render.frame.SHAPES)
    assert set(TONES.values()) <= set(COLOURS)


def test_a_mark_is_drawn_in_the_colour_that_is_asked_for():
    assert 'stroke="#123456"' in marked("partly", "#123456")
    assert 'fill="#123456"' in marked("partly", "#123456")
    assert "class=" not in marked("partly", "#123456")
