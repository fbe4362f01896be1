"""What holds for every figure of the course, in both languages."""

import base64
import hashlib
import io
import os
import subprocess
import sys
from html.parser import HTMLParser
from itertools import product

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text as Line
from PIL import Image

from b2bcourse.facts import LANGS
from b2bcourse.facts.korean import Name
from b2bcourse.facts.text import Text
from b2bcourse.figures import draw, names
from b2bcourse.figures.style import FONTS, SMALL, look, text_width, wrapped
from b2bcourse.figures.words import inside, number
from b2bcourse.place import PlaceError

ALL = list(product(names(), LANGS))
every_figure = pytest.mark.parametrize(("name", "lang"), ALL)


@pytest.fixture(scope="module")
def drawn():
    """Each figure, drawn once."""
    return {each: draw(*each) for each in ALL}


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


def ink_of(drawing, line):
    """Where a text leaves ink, as a mask of the whole picture."""
    renderer = drawing.figure.canvas.get_renderer()
    renderer.clear()
    with look():
        line.draw(renderer)
    return np.asarray(renderer.buffer_rgba())[..., 3] > 0


class Images(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


class TestDraw:
    """A name finds its figure; a wrong name tells what there is."""

    def test_the_benefit_matrix_is_a_figure(self):
        assert "benefit-matrix" in names()

    @pytest.mark.parametrize("name", ["no-such", "style", "words", "benefit_matrix", "../x", ""])
    def test_an_unknown_name_lists_the_figures_in_both_languages(self, name):
        with pytest.raises(PlaceError) as error:
            draw(name, "ko")
        for lang in LANGS:
            assert repr(name) in error.value.text[lang]
            assert "benefit-matrix" in error.value.text[lang]

    def test_importing_the_course_does_not_import_matplotlib(self):
        done = in_fresh_python(
            "import b2bcourse, b2bcourse.figures, sys; sys.exit('matplotlib' in sys.modules)"
        )
        assert done.returncode == 0

    def test_the_first_drawing_on_a_machine_writes_nothing(self, tmp_path):
        """Neither that a font cache is built nor that a font is called bold writes a word."""
        done = in_fresh_python(
            "from b2bcourse.figures import draw; draw('benefit-matrix', 'ko')",
            MPLCONFIGDIR=str(tmp_path),
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    def test_a_home_that_cannot_be_written_says_nothing_either(self, tmp_path):
        blocked = tmp_path / "file"
        blocked.touch()
        done = in_fresh_python(
            "from b2bcourse.figures import draw; draw('benefit-matrix', 'en')",
            MPLCONFIGDIR=str(blocked),
        )
        assert (done.returncode, done.stderr) == (0, "")

    @every_figure
    def test_drawing_logs_nothing(self, name, lang, caplog):
        with caplog.at_level("WARNING"):
            draw(name, lang)
        assert not caplog.records

    @every_figure
    def test_a_figure_has_the_same_bytes_each_time(self, name, lang, drawn):
        assert draw(name, lang).png == drawn[name, lang].png
        fresh = in_fresh_python(
            "import hashlib; from b2bcourse.figures import draw; "
            f"print(hashlib.sha256(draw({name!r}, {lang!r}).png).hexdigest())"
        )
        assert fresh.stdout.strip() == hashlib.sha256(drawn[name, lang].png).hexdigest()

    @every_figure
    def test_the_readers_own_settings_neither_matter_nor_change(self, name, lang, drawn):
        with mpl.rc_context({"font.family": "serif", "savefig.dpi": 50, "text.color": "red"}):
            before = dict(mpl.rcParams)
            assert draw(name, lang).png == drawn[name, lang].png
            assert dict(mpl.rcParams) == before

    def test_no_window_system_is_touched(self):
        done = in_fresh_python(
            "import sys; from b2bcourse.figures import draw; draw('benefit-matrix', 'ko'); "
            "sys.exit('matplotlib.pyplot' in sys.modules)"
        )
        assert done.returncode == 0


class TestShown:
    """What a notebook gets."""

    @every_figure
    def test_the_picture_carries_its_alternative_text(self, name, lang, drawn):
        drawing = drawn[name, lang]
        data, metadata = drawing._repr_mimebundle_()
        [(tag, image)] = Images(data["text/html"]).found
        assert tag == "img"
        assert image["alt"] == drawing.alt == data["text/plain"] == metadata["image/png"]["alt"]
        assert image["lang"] == lang
        assert image["src"] == f"data:image/png;base64,{data['image/png']}"
        assert "max-width: 100%" in image["style"]
        assert base64.b64decode(data["image/png"]) == drawing.png

    @every_figure
    def test_the_picture_is_eight_inches_of_white_paper(self, name, lang, drawn):
        picture = Image.open(io.BytesIO(drawn[name, lang].png)).convert("RGB")
        assert picture.width == 8 * 144
        paper = (255, 255, 255)
        right, bottom = picture.width - 1, picture.height - 1
        assert [picture.getpixel((x, y)) for x in (0, right) for y in (0, bottom)] == [paper] * 4

    @every_figure
    def test_the_picture_is_small_enough_for_a_notebook(self, name, lang, drawn):
        assert len(drawn[name, lang].png) < 100_000

    @every_figure
    def test_every_character_has_a_glyph_in_both_fonts(self, name, lang, drawn):
        told = "".join(line.get_text() for line in lines_of(drawn[name, lang]))
        for font in FONTS:
            known = FT2Font(str(font)).get_charmap()
            assert not {letter for letter in told if ord(letter) not in known}

    @every_figure
    def test_the_courses_own_font_files_are_used(self, name, lang, drawn):
        with look():
            files = {
                os.path.realpath(mpl.font_manager.findfont(line.get_fontproperties()))
                for line in lines_of(drawn[name, lang])
            }
        assert files == {os.path.realpath(font) for font in FONTS}

    @every_figure
    def test_no_text_is_too_small_to_read(self, name, lang, drawn):
        assert min(line.get_fontsize() for line in lines_of(drawn[name, lang])) >= SMALL

    @every_figure
    def test_no_text_is_cut(self, name, lang, drawn):
        figure = drawn[name, lang].figure
        with look():
            boxes = [line.get_window_extent() for line in lines_of(drawn[name, lang])]
        room = 0.1 * figure.dpi
        assert min(box.x0 for box in boxes) >= room
        assert min(box.y0 for box in boxes) >= room
        assert max(box.x1 for box in boxes) <= figure.bbox.x1 - room
        assert max(box.y1 for box in boxes) <= figure.bbox.y1 - room

    @every_figure
    def test_no_text_lies_on_another(self, name, lang, drawn):
        drawing = drawn[name, lang]
        lines = lines_of(drawing)
        taken = np.zeros(ink_of(drawing, lines[0]).shape, dtype=int)
        for line in lines:
            ink = ink_of(drawing, line)
            assert ink.any()
            assert not (taken[ink] > 0).any(), line.get_text()
            taken += ink


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
