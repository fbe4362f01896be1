"""What holds for every figure of the course, in both languages."""

import base64
import hashlib
import importlib
import io
import json
import math
import os
import pkgutil
import re
import subprocess
import sys
from html import escape
from html.parser import HTMLParser
from itertools import combinations, product

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.text import Text as Line
from PIL import Image

from b2bcourse import figures
from b2bcourse.context import ContextError
from b2bcourse.facts import LANGS
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import DataError
from b2bcourse.facts.statements import statements
from b2bcourse.facts.text import Text
from b2bcourse.figures import draw, names
from b2bcourse.figures.sheet import arc, between, told
from b2bcourse.figures.style import FONTS, HAIR, SMALL, WIDTH, look, text_width, wrapped
from b2bcourse.figures.words import WORDS, Section, inside, number, section

LONGEST = 420  # letters of a sentence that is read aloud
ALL = list(product(names(), LANGS))
every_figure = pytest.mark.parametrize(("name", "lang"), ALL)
each_section = pytest.mark.parametrize("name", names())


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """Every figure drawn by another Python, on a machine that has never drawn."""
    return in_fresh_python(
        "import hashlib, json; from b2bcourse.figures import draw; "
        f"print(json.dumps([hashlib.sha256(draw(*each).png).hexdigest() for each in {ALL!r}]))",
        MPLCONFIGDIR=str(tmp_path_factory.mktemp("new")),
    )


def in_fresh_python(code, **environ):
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )


def lines_of(drawing):
    """The texts of a figure that show ink."""
    return [line for line in drawing.figure.findobj(Line) if line.get_text().strip()]


def boxes_of(drawing):
    """Each text of a figure with the box around it, in dots."""
    with look():
        return [(line, line.get_window_extent()) for line in lines_of(drawing)]


def ink_of(drawing, line):
    """Where a text leaves ink, as a mask of the whole picture."""
    renderer = drawing.figure.canvas.get_renderer()
    renderer.clear()
    with look():
        line.draw(renderer)
    return np.asarray(renderer.buffer_rgba())[..., 3] > 0


def reach_of(circle, box):
    """A circle's radius, and how near to its middle and how far from it a box lies."""
    x, y = circle.get_transform().transform((0, 0))
    radius = abs(circle.get_transform().transform((1, 0))[0] - x)
    across = (box.x0 - x, 0 if box.x0 <= x <= box.x1 else box.x1 - x, box.x1 - x)
    up = (box.y0 - y, 0 if box.y0 <= y <= box.y1 else box.y1 - y, box.y1 - y)
    far = [math.hypot(a, b) for a in across for b in up]
    return radius, min(far), max(far)


class Images(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


class TestDraw:
    """A name finds its figure; a wrong name tells what there is."""

    def test_every_figure_has_its_module_and_its_words(self):
        shared = {"building", "picture", "sheet", "shipped", "style", "words"}
        modules = {module.name for module in pkgutil.iter_modules(figures.__path__)}
        assert {name.replace("-", "_") for name in names()} == modules - shared

    @pytest.mark.parametrize("name", ["no-such", "style", "words", "benefit_matrix", "../x", ""])
    def test_an_unknown_name_lists_the_figures_in_both_languages(self, name):
        with pytest.raises(ContextError) as error:
            draw(name, "ko")
        for lang in LANGS:
            assert f"«{name}»" in error.value.text[lang]
            assert "benefit-matrix" in error.value.text[lang]

    def test_importing_the_course_does_not_import_matplotlib(self):
        done = in_fresh_python(
            "import b2bcourse, b2bcourse.figures, sys; sys.exit('matplotlib' in sys.modules)"
        )
        assert done.returncode == 0

    def test_the_first_drawing_on_a_machine_writes_nothing(self, elsewhere):
        """Neither that a font cache is built nor that a font is called bold writes a word."""
        assert (elsewhere.returncode, elsewhere.stderr) == (0, "")

    def test_a_figure_has_the_same_bytes_everywhere(self, elsewhere, drawn):
        here = [hashlib.sha256(drawn(*each).png).hexdigest() for each in ALL]
        assert json.loads(elsewhere.stdout) == here

    def test_a_home_that_cannot_be_written_says_nothing_either(self, tmp_path):
        blocked = tmp_path / "file"
        blocked.touch()
        done = in_fresh_python(
            "import sys; from b2bcourse.figures import draw; draw('benefit-matrix', 'en'); "
            "sys.exit('matplotlib.pyplot' in sys.modules)",
            MPLCONFIGDIR=str(blocked),
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    @pytest.mark.parametrize("name", ["benefit-matrix", "portfolio"])
    def test_the_readers_own_settings_neither_matter_nor_change(self, name, drawn):
        with mpl.rc_context({"font.family": "serif", "savefig.dpi": 50, "text.color": "red"}):
            before = dict(mpl.rcParams)
            assert draw(name, "en").png == drawn(name, "en").png
            assert dict(mpl.rcParams) == before


class TestShown:
    """What a notebook gets."""

    @every_figure
    def test_the_picture_carries_its_alternative_text(self, name, lang, drawn):
        drawing = drawn(name, lang)
        data, metadata = drawing._repr_mimebundle_()
        (_, _), (tag, image), *folded = Images(data["text/html"]).found  # the first turns it dark
        title, *sentences = drawing.alt.split("\n")
        assert tag == "img"
        assert image["alt"] == title == metadata["image/png"]["alt"]
        assert data["text/plain"] == drawing.alt
        assert [tag for tag, _ in folded] == ["details", "summary", "p", *("p" for _ in sentences)]
        assert all(f"<p>{escape(one)}</p>" in data["text/html"] for one in (title, *sentences))
        assert image["lang"] == lang
        assert image["src"] == f"data:image/png;base64,{data['image/png']}"
        assert "max-width: 100%" in image["style"]
        assert base64.b64decode(data["image/png"]) == drawing.png

    @every_figure
    def test_the_picture_is_eight_inches_of_white_paper(self, name, lang, drawn):
        picture = Image.open(io.BytesIO(drawn(name, lang).png)).convert("RGB")
        assert picture.width == 8 * 144
        paper = (255, 255, 255)
        right, bottom = picture.width - 1, picture.height - 1
        assert [picture.getpixel((x, y)) for x in (0, right) for y in (0, bottom)] == [paper] * 4

    @every_figure
    def test_the_picture_is_small_enough_for_a_notebook(self, name, lang, drawn):
        assert len(drawn(name, lang).png) < 50_000

    @every_figure
    def test_the_picture_fits_a_screen(self, name, lang, drawn):
        assert drawn(name, lang).figure.get_figheight() < WIDTH

    @every_figure
    def test_every_character_has_a_glyph_in_both_fonts(self, name, lang, drawn):
        told_here = "".join(line.get_text() for line in lines_of(drawn(name, lang)))
        for font in FONTS:
            known = FT2Font(str(font)).get_charmap()
            assert not {letter for letter in told_here if ord(letter) not in known}

    @every_figure
    def test_the_courses_own_font_files_are_used(self, name, lang, drawn):
        with look():
            files = {
                os.path.realpath(findfont(line.get_fontproperties()))
                for line in lines_of(drawn(name, lang))
            }
        assert files == {os.path.realpath(font) for font in FONTS}

    @every_figure
    def test_no_text_is_too_small_to_read(self, name, lang, drawn):
        assert min(line.get_fontsize() for line in lines_of(drawn(name, lang))) >= SMALL

    @every_figure
    def test_no_text_is_cut_or_leaves_the_margins(self, name, lang, drawn):
        figure = drawn(name, lang).figure
        boxes = [box for _, box in boxes_of(drawn(name, lang))]
        room = 0.25 * figure.dpi
        assert min(box.x0 for box in boxes) >= room
        assert min(box.y0 for box in boxes) >= room
        assert max(box.x1 for box in boxes) <= figure.bbox.x1 - room
        assert max(box.y1 for box in boxes) <= figure.bbox.y1 - room

    @every_figure
    def test_no_text_lies_on_another(self, name, lang, drawn):
        for (one, box), (other, other_box) in combinations(boxes_of(drawn(name, lang)), 2):
            if box.overlaps(other_box):  # slanted ones may, so their ink is compared
                both = ink_of(drawn(name, lang), one) & ink_of(drawn(name, lang), other)
                assert not both.any(), (one.get_text(), other.get_text())

    @every_figure
    def test_no_path_and_no_circle_runs_through_a_text(self, name, lang, drawn):
        figure = drawn(name, lang).figure
        paths = [
            line.get_path().transformed(line.get_transform())
            for line in figure.findobj(Line2D)
            if line.get_linewidth() > HAIR
        ]
        circles = figure.findobj(Circle)
        for text, box in boxes_of(drawn(name, lang)):
            if text.get_rotation():
                continue  # its box is far larger than the text
            reaches = [reach_of(circle, box) for circle in circles]
            assert not any(near < radius < far for radius, near, far in reaches), text
            covered = any(far <= radius for radius, _, far in reaches)  # circles hide paths
            crossed = any(path.intersects_bbox(box, filled=False) for path in paths)
            assert covered or not crossed, text


class TestAlternativeText:
    """A figure is never the only carrier of what it shows."""

    @every_figure
    def test_it_begins_with_the_title_as_a_sentence(self, name, lang, drawn):
        title = max(lines_of(drawn(name, lang)), key=lambda line: line.get_fontsize()).get_text()
        assert drawn(name, lang).alt.startswith(f"{title}.\n")
        assert not title.endswith(".")
        assert lang == "en" or title.endswith("니다")

    @every_figure
    def test_it_names_every_fact_shown(self, name, lang, drawn):
        alt = drawn(name, lang).alt.lower()
        for fact in WORDS.figures[name]["facts"]:
            assert statements()[fact].name[lang].lower() in alt

    @every_figure
    def test_it_says_whatever_is_written_in_the_picture(self, name, lang, drawn):
        alt = drawn(name, lang).alt.lower().replace("\n", " ")
        for line in lines_of(drawn(name, lang)):
            assert line.get_text().lower() in alt

    @every_figure
    def test_it_reads_as_sentences(self, name, lang, drawn):
        alt = drawn(name, lang).alt
        assert all(line.endswith(".") for line in alt.split("\n"))
        assert max(map(len, alt.split("\n"))) < LONGEST
        assert not re.search(r"[{}]|\.\.|  ", alt)


def texts_in(words, at=""):
    """Every text of a section, with where it stands."""
    if isinstance(words, dict) and set(words) == {"ko", "en"}:
        yield at, words
    elif isinstance(words, dict):
        for key, inner in words.items():
            yield from texts_in(inner, f"{at}/{key}")
    elif isinstance(words, list):
        for inner in words:
            yield from texts_in(inner, at)


def named_in(words):
    """Every key and every plain value of a section."""
    if isinstance(words, dict):
        for key, inner in words.items():
            yield key
            yield from named_in(inner)
    elif isinstance(words, list):
        for inner in words:
            yield from named_in(inner)
    else:
        yield words


def type_of(name):
    return importlib.import_module(f"b2bcourse.figures.{name.replace('-', '_')}").Words


class TestSections:
    """A section says which facts its figure shows, and says the same in both languages."""

    @each_section
    def test_its_facts_are_facts_and_each_stands_once(self, name):
        facts = section(name, type_of(name)).facts
        assert facts
        assert len(set(facts)) == len(facts)
        assert set(facts) <= set(statements())

    @each_section
    def test_whatever_fact_it_labels_is_among_its_facts(self, name):
        words = WORDS.figures[name]
        assert {one for one in named_in(words) if one in statements()} == set(words["facts"])

    @each_section
    def test_both_languages_have_the_same_places_to_fill_in(self, name):
        for at, text in texts_in(WORDS.figures[name]):
            places = [sorted(set(re.findall(r"\{(\w*)", text[lang].lower()))) for lang in LANGS]
            assert places[0] == places[1], at
            assert not re.search("[가-힣]", text["en"]), at

    def test_an_unknown_word_is_an_error_that_names_it(self, monkeypatch):
        monkeypatch.setitem(WORDS.figures, "ten-steps", {**WORDS.figures["ten-steps"], "oops": 1})
        with pytest.raises(DataError, match=r"ten-steps.*oops"):
            section("ten-steps", type_of("ten-steps"))

    def test_a_section_without_facts_is_an_error(self, monkeypatch):
        monkeypatch.setitem(WORDS.figures, "x", {"title": {"ko": "가", "en": "a"}})
        with pytest.raises(DataError, match="facts"):
            section("x", Section)


class TestGeometry:
    """What several figures build on."""

    def test_an_arc_keeps_its_distance(self):
        points = arc((1, 2), 0.5, 90, -30)
        assert {round(math.dist(point, (1, 2)), 9) for point in points} == {0.5}
        assert points[0] == pytest.approx((1, 2.5))

    def test_a_line_between_two_places_leaves_room_at_both(self):
        assert between((0, 0), (3, 4), 1) == (pytest.approx((0.6, 0.8)), pytest.approx((2.4, 3.2)))

    def test_parts_become_sentences(self):
        assert told(["One", "Two.", "Three"]) == "One.\nTwo.\nThree."


class TestWords:
    """Lines, names and numbers as they stand in sentences."""

    def test_lines_break_at_spaces_and_fit(self):
        sentence = "저렴한 가격은 구매부서 전체의 관심이어서 두 열에 모두 표시했습니다."
        with look():
            lines = wrapped(sentence, 9, 2)
            assert max(text_width(line, 9) for line in lines) <= 2
        assert len(lines) > 1
        assert " ".join(lines) == sentence

    def test_no_lone_word_is_left_for_the_last_line(self):
        sentence = "One two three four five six seven"
        with look():
            width = text_width("One two three four five six", 9) + 0.01
            first, last = wrapped(sentence, 9, width)
        assert " " in last
        assert len(first) > len(last)

    def test_a_word_wider_than_the_page_stands_alone(self):
        with look():
            assert wrapped("a incomprehensibilities b", 9, 0.3) == [
                "a",
                "incomprehensibilities",
                "b",
            ]

    def test_counts_are_words_up_to_ten(self):
        assert [number(7, lang) for lang in LANGS] == ["일곱", "seven"]
        assert number(11, "ko") == "11"

    def test_english_names_lose_only_the_capital_of_a_sentence(self):
        assert inside(Text("가격", "Affordable price"), "en") == "affordable price"
        assert inside(Text("품질", "QA head"), "en") == "QA head"

    def test_korean_names_take_their_particle(self):
        assert f"{inside(Text('가격', 'Price'), 'ko'):은는}" == "가격은"
        assert f"{Name('CEO'):은는}" == "CEO는"
