"""A feedback page: plain data in, one HTML file out that loads nothing from anywhere. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from b2bcourse.grading.feedback import points
from b2bcourse.grading.feedback.words import WORDS
from b2bcourse.grading.marking import shown
from b2bcourse.render.look import every_colour
from b2bcourse.render.sheet import style, symbols

if TYPE_CHECKING:
    from jinja2 import Template

    from b2bcourse.facts import Lang

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Criterion:
    """One criterion of an essay, with the level that was reached, or the best one that can be."""

    text: str
    level: str
    maximum: float
    points: float | None = None

    @property
    def mark(self) -> str:
        """Full, part, or none and not yet."""
        if not self.points:
            return "ring"
        return "full" if self.points >= self.maximum else "half"


@dataclass(frozen=True)
class Exercise:
    """One exercise as a student finds it on the page.

    Attributes:
        id: the item's, by which it is linked to.
        number: from 1, as in the contents.
        title: its name.
        maximum: its points.
        points: what was given; None where nothing is yet, which is not 0.
        how: how the points come about, a sentence.
        formula: the sum at its end; empty where a person gave the points.
        rule: how such an exercise counts.
        notes: what else is to be said of it, a sentence each.
        body: the answer as a sheet, HTML.
        criteria: of an essay.
        comment: what a person wrote, HTML.
        by: who gave points by hand, where that is known.
        own: the head above an essay's text.
        text: an essay's text, HTML.
        solved: the solved exercise, HTML; only where the key is open.
    """

    id: str
    number: int
    title: str
    maximum: float
    points: float | None
    how: str
    formula: str = ""
    rule: str = ""
    notes: tuple[str, ...] = ()
    body: str = ""
    criteria: tuple[Criterion, ...] = ()
    comment: str = ""
    by: str = ""
    own: str = ""
    text: str = ""
    solved: str = ""

    @property
    def waits(self) -> bool:
        """Whether it stands in no sum yet."""
        return self.points is None

    @property
    def has_given(self) -> bool:
        """Whether it is known what each criterion got."""
        return any(criterion.points is not None for criterion in self.criteria)


@dataclass(frozen=True)
class Trouble:
    """Something of what was handed in that could not be taken as it was."""

    file: str
    found: str
    done: str


@dataclass(frozen=True)
class Page:
    """All of one student's page.

    Attributes:
        lang: its language.
        title: the assignment's name.
        student: the student's name.
        handed_in: when, in words; what is late is told there too.
        exercises: in the notebook's order.
        penalty: points taken off for being late.
        troubles: what could not be taken as it was.
        opened: whether the key is open.
    """

    lang: Lang
    title: str
    student: str
    handed_in: str
    exercises: tuple[Exercise, ...]
    penalty: float = 0.0
    troubles: tuple[Trouble, ...] = ()
    opened: bool = False

    @property
    def earned(self) -> float:
        """The sum of what was given, before a penalty."""
        return sum(exercise.points or 0.0 for exercise in self.exercises)

    @property
    def points(self) -> float:
        """The sum that counts, never below 0, as nbgrader reckons it."""
        return max(0.0, self.earned - self.penalty)

    @property
    def maximum(self) -> float:
        """Of how many points that is: those of what is graded."""
        return sum(each.maximum for each in self.exercises if not each.waits)

    @property
    def headline(self) -> str:
        """The sentence beside the points."""
        waiting = [each for each in self.exercises if each.waits]
        if len(waiting) == len(self.exercises):
            whole = sum(each.maximum for each in self.exercises)
            return WORDS.none_graded[self.lang].format(maximum=shown(whole))
        told = WORDS.all_graded[self.lang]
        if waiting:
            names = ", ".join(f"«{each.title}»" for each in waiting)
            maximum = shown(sum(each.maximum for each in waiting))
            told = WORDS.partly_graded[self.lang].format(names=names, maximum=maximum)
        if not self.penalty:
            return told
        less = WORDS.penalty[self.lang].format(
            points=points_of(self.earned), penalty=shown(self.penalty)
        )
        return f"{told} {less}"


def points_of(points: float) -> str:
    """Points as a student reads them: two decimals, none where they are whole."""
    return f"{points:.0f}" if float(points).is_integer() else f"{points:.2f}"


def html(page: Page) -> str:
    """The page as one file: the same data, the same bytes."""
    words = {name: getattr(WORDS, name)[page.lang] for name in _PLAIN}
    return _template().render(
        page=page,
        words=words,
        times=WORDS.times[page.lang],
        comment_by=WORDS.comment_by[page.lang],
        troubles=WORDS.troubles[page.lang].format(n=len(page.troubles)),
        points_name=points.NAME,
        points=points.told(_fed(page)),
        points_of=points_of,
        shown=shown,
        style=_style(),
        symbols=symbols(),
    )


def _fed(page: Page) -> points.Fed:
    """What the page gives, as a list of all that came back needs it."""
    exercises = (points.Got(one.id, one.title, one.maximum, one.points) for one in page.exercises)
    return points.Fed(page.points, page.maximum, tuple(exercises), page.penalty)


_PLAIN: Final = (
    *("not_yet", "contents", "number", "exercise", "how", "points", "not_zero", "sum"),
    *("criterion", "comment", "solved", "ask", "opened"),
)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")


@cache
def _style() -> str:
    """Colours for light and dark, the page's own rules and those of sheets; print is light."""
    light, dark = (
        ";".join(f"--{name}:{colour}" for name, colour in colours.items())
        for colours in (every_colour("light"), every_colour("dark"))
    )
    own = (_HERE / "page.css").read_text("utf-8")
    return (
        f":root{{color-scheme:light dark;--paper:#fff;{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--paper:#111;{dark}}}}}"
        f"{_small(own + style())}"
    )


def _small(css: str) -> str:
    """A style sheet without comments and line breaks."""
    parts = css.split("/*")
    kept = parts[0] + "".join(part.partition("*/")[2] for part in parts[1:])
    return " ".join(kept.split())
