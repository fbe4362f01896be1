"""A figure in either theme: the same picture, dark where JupyterLab is dark."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from b2bcourse.figures import draw
from b2bcourse.figures.style import ACCENT

pytestmark = pytest.mark.browser


@pytest.fixture
def pictured(chromium):
    """The colours of a figure on a page, by how often they stand there."""
    page = chromium.new_page()

    def start(theme):
        told = f' data-jp-theme-light="{theme}"' if theme else ""
        around = "#111111" if theme == "false" else "#ffffff"
        page.set_content(
            f"<body{told} style='background:{around}'>{draw('benefit-matrix', 'ko').html}</body>"
        )
        page.wait_for_function("document.querySelector('.b2b-figure').naturalWidth > 0")
        shot = Image.open(io.BytesIO(page.locator("img").screenshot())).convert("RGB")
        return [color for _count, color in sorted(shot.getcolors(1 << 20), reverse=True)]

    yield start
    page.close()


@pytest.mark.parametrize("theme", ["", "true"])
def test_it_is_on_white_paper_where_no_theme_or_a_light_one_is_known(pictured, theme):
    paper, *others = pictured(theme)
    assert paper == (255, 255, 255)
    assert tuple(bytes.fromhex(ACCENT[1:])) in others


def test_in_a_dark_theme_its_paper_is_dark_and_its_marks_are_light_blue(pictured):
    paper, *others = pictured("false")
    assert paper == (19, 19, 19)
    assert max(map(min, others)) < 240, "nothing glares"
    blues = [color for color in others[:12] if color[2] - color[0] > 60]
    assert blues
    assert all(contrast(color, paper) >= 4.5 for color in blues)


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color):
    parts = [c / 255 for c in color]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
