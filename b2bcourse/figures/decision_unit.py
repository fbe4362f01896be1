"""The decision-making unit of the running case: people by role, and who listens to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.cases import Case, case
from b2bcourse.facts.korean import Name
from b2bcourse.facts.statements import group
from b2bcourse.figures import style
from b2bcourse.figures.sheet import Sheet, between, told
from b2bcourse.figures.words import Section, inside, number, section

if TYPE_CHECKING:
    from b2bcourse.facts.cases import Person
    from b2bcourse.figures.style import Drawing, Page, Point

_LANE: Final = 0.8
_LANES: Final = (  # from the top; who has two roles stands between two lanes
    "role.user",
    "role.gatekeeper",
    "role.decider",
    "role.buyer",
    "role.influencer",
    "role.initiator",
)
_LEFT: Final = 1.95
_MIDDLE: Final = 3.95
_RIGHT: Final = 5.95
_ACROSS: Final = {
    "yoo": _MIDDLE,
    "seo": _LEFT,
    "oh": _RIGHT,
    "lim": _MIDDLE,
    "jang": _RIGHT,
    "koo": _MIDDLE,
    "jung": _LEFT,
    "do": _MIDDLE,
    "baek": _LEFT,
    "han": _RIGHT,
}
_DOT: Final = 0.1
_ROOM: Final = 0.16  # between a person's middle and an arrow
_TEXT: Final = 0.2  # between a person's middle and the name
_BOW: Final = 0.62  # how far an arrow bends round the person between
_FEAR: Final = 3.65  # how wide the words on the fear run


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure."""

    note: Text
    fear: Text
    alt_person: Text
    alt_listeners: Text
    alt_nobody: Text
    joiner: Text


WORDS: Final = section("decision-unit", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from the course's facts; see `b2bcourse.figures.draw`."""
    with style.look():
        return _Map(case("saesol"), lang).drawing()


def crossed(story: Case) -> Person:
    """Who uses what is bought and guards the way to it at once."""
    return next(person for person in story.playing("role.user") if len(person.roles) > 1)


class _Map:
    """Where everyone stands, in inches."""

    def __init__(self, story: Case, lang: Lang) -> None:
        self.story, self.lang = story, lang
        self.point = crossed(story)
        people = number(len(story.customer.people), lang)
        firm, person = story.customer.name[lang], Name(self.point.name[lang])
        self.title = WORDS.title[lang].format(person=person)
        self.note = WORDS.note[lang].format(firm=firm, count=people, person=person)
        self.fear = WORDS.fear[lang].format(fear=inside(self.point.fear, lang))
        self.sheet = Sheet(self.title, self.note, _LANE * len(_LANES))

    def drawing(self) -> Drawing:
        """The finished figure."""
        page = self.sheet.page
        self._lanes(page)
        for speaker, listener in self.story.influences:
            self._arrow(page, self.story.person(speaker), self.story.person(listener))
        for person in self.story.customer.people:
            self._person(page, person)
        return page.drawing(self._alt(), self.lang)

    def _lanes(self, page: Page) -> None:
        roles = {role.id: role for role in group("roles")}
        right = style.WIDTH - style.MARGIN
        for index, name in enumerate(_LANES):
            y = self.sheet.top - _LANE * index
            page.line((style.MARGIN, y), (right, y), color=style.LINE if index else style.LINE2)
            foot = (style.MARGIN, y - _LANE / 2 - style.HALF * style.BODY)
            page.text(foot, roles[name].name[self.lang], color=style.INK2)
        bottom = self.sheet.bottom
        page.line((style.MARGIN, bottom), (right, bottom), color=style.LINE2)

    def _at(self, person: Person) -> Point:
        """In the lane of the role, or between the lanes of two."""
        lanes = [_LANES.index(role) + 0.5 for role in person.roles]
        return _ACROSS[person.id], self.sheet.top - _LANE * sum(lanes) / len(lanes)

    def _person(self, page: Page, person: Person) -> None:
        x, y = self._at(person)
        if person is not self.point:
            page.ring((x, y), _DOT, style.INK2)
            self._name(page, (x + _TEXT, y + 0.035), person)
            return
        page.disc((x, y), _DOT)
        self._name(page, (x + _TEXT, y - 0.22), person)
        for index, line in enumerate(style.wrapped(self.fear, style.NOTE, _FEAR)):
            at = (x + _TEXT, y - 0.22 - style.LEADING * (index + 2))
            page.text(at, line, style.NOTE, color=style.ACCENT)

    def _name(self, page: Page, at: Point, person: Person) -> None:
        page.text(at, person.name[self.lang], bold=True)
        under = (at[0], at[1] - style.LEADING)
        page.text(under, person.title[self.lang], style.NOTE, color=style.INK2)

    def _arrow(self, page: Page, speaker: Person, listener: Person) -> None:
        (x, y), end = self._at(speaker), self._at(listener)
        if y == end[1]:
            x += _TEXT + self._width(speaker) - _ROOM + 0.08
        if x == end[0] and abs(y - end[1]) > 1.5 * _LANE:
            page.arrow(*_bowed((x, y), end), color=style.INK2)
        else:
            page.arrow(*between((x, y), end, _ROOM), color=style.INK2)

    def _width(self, person: Person) -> float:
        return max(
            style.text_width(person.name[self.lang], style.BODY, bold=True),
            style.text_width(person.title[self.lang], style.NOTE),
        )

    def _alt(self) -> str:
        rows = []
        for role in group("roles"):
            people = [self._alt_person(person) for person in self.story.playing(role.id)]
            rows.append(f"{role.name[self.lang]}: {'; '.join(people)}")
        fear = f"{self.point.name[self.lang]}: {self.fear}"
        return told([self.title, *rows, fear, self.note])

    def _alt_person(self, person: Person) -> str:
        names = [
            self.story.person(listener).name[self.lang]
            for speaker, listener in self.story.influences
            if speaker == person.id
        ]
        listeners = WORDS.alt_listeners if names else WORDS.alt_nobody
        return WORDS.alt_person[self.lang].format(
            name=person.name[self.lang],
            title=person.title[self.lang],
            listeners=listeners[self.lang].format(names=WORDS.joiner[self.lang].join(names)),
        )


def _bowed(start: Point, end: Point) -> list[Point]:
    """A way up that bends to the left, round whoever stands between."""
    (x, low), (_, high) = start, end
    low, high = low + _ROOM * 0.8, high - _ROOM * 0.8
    left = x - _ROOM * 0.6
    steps = (n / 40 for n in range(41))
    return [(left - 4 * _BOW * t * (1 - t), low + (high - low) * t) for t in steps]
