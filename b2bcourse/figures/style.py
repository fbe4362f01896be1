"""How figures look: their fonts, their colours, a page measured in inches, and what is shown."""

from __future__ import annotations

import io
import math
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon
from PIL import Image

from b2bcourse.facts import Lang
from b2bcourse.figures.picture import INCHES, Picture
from b2bcourse.render.look import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDER: Final = Path(str(resources.files(__package__)))
FONTS: Final = (FOLDER / "fonts" / "NanumGothic.ttf", FOLDER / "fonts" / "NanumGothicBold.ttf")
BOLD: Final = 700

INK: Final = COLOURS["ink"]
INK2: Final = COLOURS["ink2"]
ACCENT: Final = COLOURS["accent"]
STEPS: Final = ("#9cc3ea", "#c3daf1", "#e3edf8")  # of the accent, for levels
LIT: Final = COLOURS["lit"]
PAPER: Final = "#ffffff"
LINE: Final = COLOURS["line"]
LINE2: Final = COLOURS["line2"]

TITLE: Final = 13.0  # sizes of type, in points; nothing is smaller than SMALL
BODY: Final = 9.5
NOTE: Final = 9.0
SMALL: Final = 8.5
LEADING: Final = 0.19  # inches from one line of a note to the next
HALF: Final = 0.0049  # inches from a line's baseline to the middle of its letters, by point

HAIR: Final = 0.6  # strokes, in points
PATH: Final = 1.4
_HEAD: Final = (0.1, 0.04)  # an arrow's head: its length and half its width, in inches
_DASHES: Final = (0, (3.2, 2.4))

WIDTH: Final = INCHES
MARGIN: Final = 0.4
_DPI: Final = 144
_SHADES: Final = {INK: 6, INK2: 4, ACCENT: 6}
"""In how many steps the edges of letters and lines go from paper to each colour of ink."""
_LAST_LINE: Final = 0.3  # of the full width, at least

Shape = Literal["disc", "ring", "dashed"]
Align = Literal["left", "center", "right"]
Point = tuple[float, float]


@contextmanager
def look() -> Iterator[None]:
    """The course's style, whatever the reader's own settings are; everything is drawn inside it."""
    _register_fonts()
    with mpl.rc_context(fname=FOLDER / "course.mplstyle"):
        yield


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    """Make the course's own font files the ones that are found, regular and bold."""
    for path in FONTS:
        fontManager.addfont(path)
        # A font of this name that the machine brings may lack glyphs: ours goes first.
        entry = fontManager.ttflist.pop()
        if path.stem.endswith("Bold"):
            # The file calls itself 600. Asked for bold, Matplotlib would tell stderr about that.
            entry = replace(entry, weight=BOLD)
        fontManager.ttflist.insert(0, entry)


@dataclass(frozen=True)
class Drawing(Picture):
    """A figure as it was drawn just now: a picture, and what Matplotlib made it of.

    Args:
        figure: the Matplotlib figure.
    """

    figure: Figure


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is, in inches; to be asked inside `look`."""
    figure = Figure((1, 1), _DPI)
    FigureCanvasAgg(figure)
    line = figure.text(0, 0, text, size=size, weight=BOLD if bold else "normal", parse_math=False)
    return line.get_window_extent().width / _DPI


def wrapped(text: str, size: float, width: float) -> list[str]:
    """``text`` in lines of at most ``width`` inches, broken at spaces only, as Korean asks.

    No lone word is left for the last line.
    """
    words = [(word, text_width(word, size)) for word in text.split()]
    space = text_width("n n", size) - text_width("nn", size)
    lines = _filled(words, space, width)
    for percent in range(100, 50, -2):
        again = _filled(words, space, width * percent / 100)
        if len(again) > len(lines) or text_width(lines[-1], size) >= width * _LAST_LINE:
            break
        lines = again
    return lines


def _filled(words: list[tuple[str, float]], space: float, width: float) -> list[str]:
    """Lines of words with their widths, each as full as it gets."""
    lines: list[str] = []
    used = math.inf
    for word, wide in words:
        used += space + wide
        if used > width:
            lines.append(word)
            used = wide
        else:
            lines[-1] += f" {word}"
    return lines


class Page:
    """White paper to draw on: inches from the lower left corner.

    Args:
        height: in inches.
    """

    def __init__(self, height: float) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH, height), dpi=_DPI)
        FigureCanvasAgg(self.figure)
        self._axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(0, height))
        self._axes.set_axis_off()

    def text(
        self,
        at: Point,
        text: str,
        size: float = BODY,
        *,
        bold: bool = False,
        color: str = INK,
        align: Align = "left",
        slant: float = 0,
    ) -> None:
        """One line of text; ``at`` is on its baseline, and ``slant`` turns it there, in degrees."""
        self._axes.text(
            *at,
            text,
            size=size,
            weight=BOLD if bold else "normal",
            color=color,
            ha=align,
            va="baseline",
            rotation=slant,
            rotation_mode="anchor",
            parse_math=False,
        )

    def line(self, *points: Point, color: str = LINE, dashed: bool = False) -> None:
        """A hairline through two or more points."""
        self._stroke(points, color, HAIR, dashed=dashed)

    def path(self, *points: Point, color: str = ACCENT, dashed: bool = False) -> None:
        """A heavier line, the one that the eye is to follow."""
        self._stroke(points, color, PATH, dashed=dashed)

    def arrow(self, *points: Point, color: str = ACCENT, dashed: bool = False) -> None:
        """A path that ends in a small filled head."""
        tip = points[-1]
        length, half = _HEAD
        stem = [point for point in points if math.dist(point, tip) > length]
        angle = math.atan2(tip[1] - stem[-1][1], tip[0] - stem[-1][0])
        foot = (tip[0] - length * math.cos(angle), tip[1] - length * math.sin(angle))
        aside = (half * math.sin(angle), -half * math.cos(angle))
        self.path(*stem, foot, color=color, dashed=dashed)
        corners = [tip, *((foot[0] + s * aside[0], foot[1] + s * aside[1]) for s in (1, -1))]
        self._axes.add_patch(Polygon(corners, facecolor=color, edgecolor="none", zorder=2))

    def _stroke(self, points: Sequence[Point], color: str, width: float, *, dashed: bool) -> None:
        xs, ys = zip(*points, strict=True)
        style: Any = _DASHES if dashed else "solid"
        cap: Any = "butt" if dashed else "round"
        line = Line2D(
            xs, ys, color=color, linewidth=width, linestyle=style, dash_capstyle=cap, zorder=1
        )
        self._axes.add_line(line)

    def area(self, points: Sequence[Point], color: str = LIT) -> None:
        """A filled shape without an edge, below all else."""
        self._axes.add_patch(Polygon(points, facecolor=color, edgecolor="none", zorder=0))

    def disc(self, at: Point, radius: float, color: str = ACCENT) -> None:
        """A filled circle without an edge; above lines, below marks."""
        self._axes.add_patch(Circle(at, radius, facecolor=color, edgecolor="none", zorder=1.5))

    def ring(self, at: Point, radius: float, color: str = ACCENT) -> None:
        """A circle of a path's weight on white paper, which covers what lies below."""
        self._axes.add_patch(
            Circle(at, radius, facecolor=PAPER, edgecolor=color, linewidth=PATH, zorder=1.5)
        )

    def mark(self, at: Point, shape: Shape, radius: float = 0.052) -> None:
        """A disc, a ring or a dashed ring in the accent colour."""
        stroke = 1.15
        turn = 2 * math.pi * radius * 72 / stroke  # one circumference, in widths of the stroke
        dash = turn / 6  # six dashes close the ring without a seam
        self._axes.add_patch(
            Circle(
                at,
                radius if shape == "disc" else radius - stroke / 72 / 2,
                facecolor=ACCENT if shape == "disc" else "none",
                edgecolor="none" if shape == "disc" else ACCENT,
                linewidth=stroke,
                linestyle=(0, (dash * 0.58, dash * 0.42)) if shape == "dashed" else "solid",
                zorder=2,
            )
        )

    def drawing(self, alt: str, lang: Lang) -> Drawing:
        """The finished page as a notebook shows it. The same page gives the same bytes."""
        drawn, picture = io.BytesIO(), io.BytesIO()
        self.figure.savefig(drawn, format="png")
        # A small palette makes the picture a third as large in every notebook that holds it.
        paper = Image.open(drawn).convert("RGB")
        few = paper.quantize(palette=_palette(), dither=Image.Dither.NONE)
        few.save(picture, "png", optimize=True)
        return Drawing(alt, lang, picture.getvalue(), self.figure)


@cache
def _palette() -> Image.Image:
    """The colours of the figures, each kept as it is, and the shades between ink and paper."""
    paper = np.array(to_rgb(PAPER))
    colours = [PAPER, LIT, LINE, LINE2, *STEPS]
    for colour, steps in _SHADES.items():
        ink = np.array(to_rgb(colour))
        colours += [to_hex(paper + (ink - paper) * step / steps) for step in range(1, steps + 1)]
    image = Image.new("P", (1, 1))
    image.putpalette(b"".join(bytes.fromhex(colour[1:]) for colour in dict.fromkeys(colours)))
    return image
