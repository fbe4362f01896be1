"""A territory for the sales game from an author's own case: an example, and whether it plays.

Nothing is programmed: the author writes a scenario's texts and numbers, a few seeds are played by
the policies that the course's own scenarios are held against, and what is found is told in words.
"""

from __future__ import annotations

import re
import time
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from b2bcourse.facts import DataError, Text
from b2bcourse.facts.reading import read_words
from b2bcourse.items.base import ID_PATTERN, ItemError
from b2bcourse.simulation.calibration import EXPLOITS, make_norms, row
from b2bcourse.simulation.policies import NAIVE, TEXTBOOK, play, styled
from b2bcourse.simulation.reference import norms_file, policy, trying
from b2bcourse.simulation.scenario import (
    FOLDER,
    SHIPPED,
    Scenario,
    look_beside,
    problems,
    read_scenario,
    scenario,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from b2bcourse.facts import Lang

SEEDS: Final = 8
"""So many students' games are played to see whether a scenario plays."""
BOOK: Final = 75.0
"""What doing as taught must earn of 100 points."""
NAIVE_MOST: Final = 30.0
"""What a way of playing that the course warns of may earn."""
APART: Final = 2.0
"""By so many points a lesson turned round must fall behind, to be a lesson here."""
RISKY: Final = 60
"""A hazard from which a customer may well fail."""

_PAIR: Final = re.compile(r"<<(.*?)\|(.*?)>>", re.DOTALL)


class TerritoryWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    there: Text
    bad_id: Text
    not_id: Text
    made: Text
    played: Text
    row: Text
    policies: dict[str, Text]
    lessons: dict[str, Text]
    plays: Text
    plays_not: Text
    weak_book: Text
    strong_naive: Text
    no_lesson: Text
    never_won: Text
    no_risk: Text
    finish: Text
    finished: Text


WORDS: Final = read_words(__package__, TerritoryWords, "territory")


class Played(Struct, frozen=True):
    """How a scenario plays.

    Attributes:
        means: what each way of playing earns of 100 points, by its name in the words.
        turned: what doing as taught earns with one lesson turned round.
        never: customers that doing as taught never won.
        seconds: how long it took.
    """

    means: dict[str, float]
    turned: dict[str, float]
    never: tuple[Text, ...]
    risky: bool
    seconds: float

    @property
    def games(self) -> int:
        """How many games were played to find that out, those for the norms left out."""
        return SEEDS * (len(self.means) + len(self.turned))

    def faults(self, lang: Lang) -> list[str]:
        """Why it does not play; empty where it does."""
        book = self.means["textbook"]
        weak = WORDS.weak_book[lang].format(points=_points(book))
        strong = [
            WORDS.strong_naive[lang].format(policy=WORDS.policies[name][lang], points=_points(mean))
            for name, mean in self.means.items()
            if name != "textbook" and mean > NAIVE_MOST
        ]
        return [*([weak] if book < BOOK else []), *strong]

    def doubts(self, lang: Lang) -> list[str]:
        """What to look at again: lessons that this territory does not teach."""
        limit = self.means["textbook"] - APART
        lessons = [
            WORDS.no_lesson[lang].format(lesson=WORDS.lessons[name][lang], points=_points(mean))
            for name, mean in self.turned.items()
            if mean > limit
        ]
        never = [WORDS.never_won[lang].format(account=name[lang]) for name in self.never]
        return [*lessons, *never, *([] if self.risky else [WORDS.no_risk[lang]])]

    def told(self, lang: Lang) -> list[str]:
        """Everything, line by line, the verdict last."""
        heads = {"seeds": SEEDS, "games": self.games, "seconds": f"{self.seconds:.0f}"}
        rows = [
            WORDS.row[lang].format(points=f"{mean:3.0f}", policy=WORDS.policies[name][lang])
            for name, mean in self.means.items()
        ]
        verdict = WORDS.plays_not if self.faults(lang) else WORDS.plays
        return [
            WORDS.played[lang].format(**heads),
            *rows,
            *self.faults(lang),
            *self.doubts(lang),
            verdict[lang],
        ]


def _points(mean: float) -> str:
    return f"{mean:.0f}"


def new_scenario(name: str, items: Path, lang: Lang) -> Path:
    """Write a scenario that plays as it is, to be written over, beside a folder of items.

    Args:
        name: the scenario's name.
        items: the folder of items; the scenario goes into its folder ``scenarios``.
        lang: the language that it is written in.

    Raises:
        ItemError: the name cannot be used, or the file is there already.
    """
    if not ID_PATTERN.fullmatch(name) or name in SHIPPED:
        raise ItemError(WORDS.bad_id[lang].format(id=name, shipped=", ".join(SHIPPED)))
    path = items / FOLDER / f"{name}.yaml"
    if path.exists():
        raise ItemError(WORDS.there[lang].format(file=path))
    template = Path(str(resources.files(__package__))) / "templates" / "scenario.yaml"
    group = 1 if lang == "ko" else 2
    text = _PAIR.sub(lambda pair: pair[group], template.read_text("utf-8"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace("SCENARIO-ID", name), "utf-8")
    return path


def sound(path: Path) -> Scenario:
    """A scenario's file, as far as it can be played at all.

    Raises:
        DataError: all that is wrong with it, a line each.
    """
    found = read_scenario(path)
    wrong = [f"{path}: {trouble}" for trouble in problems(found)]
    if found.id != path.stem:
        wrong.append(WORDS.not_id.en.format(file=path, name=path.stem))
    if path.stem in SHIPPED:
        wrong.append(WORDS.bad_id.en.format(id=path.stem, shipped=", ".join(SHIPPED)))
    if wrong:
        raise DataError("\n".join(wrong))
    look_beside(path.absolute().parent.parent)
    return scenario(path.stem)


def played(path: Path, report: Callable[[int, int], None] = lambda _done, _of: None) -> Played:
    """Play a scenario by all policies over a few seeds; less than a minute of one core.

    Args:
        path: a scenario in a folder ``scenarios``.
        report: hears how much is done.

    Raises:
        DataError: it cannot be played at all.
    """
    data, name, began = sound(path), path.stem, time.monotonic()
    ways = ["textbook", "random", *NAIVE]
    steps = SEEDS + len(ways) + len(EXPLOITS)
    found = make_norms(name, lambda done, _of: report(done, steps), SEEDS)
    with trying(found):
        means = {}
        for way in ways:
            games = (play(name, seed, policy(way, name, seed))[0] for seed in range(SEEDS))
            means[way] = row(name, way, games).mean
            report(SEEDS + len(means), steps)
        turned = {}
        for label, style in EXPLOITS.items():
            games = (play(name, seed, styled(style))[0] for seed in range(SEEDS))
            turned[label] = row(name, label, games).mean
            report(SEEDS + len(means) + len(turned), steps)
    return Played(
        means=means,
        turned=turned,
        never=tuple(_never_won(data)),
        risky=any(account.hazard[1] >= RISKY for account in data.accounts),
        seconds=time.monotonic() - began,
    )


def _never_won(data: Scenario) -> Iterator[Text]:
    """The sound customers that nobody wins who does as taught."""
    ends = [play(data.id, seed, styled(TEXTBOOK))[0] for seed in range(SEEDS)]
    for account in data.accounts:
        won = any(end.accounts[account.id].status == "signed" for end in ends)
        if not won and account.hazard[1] < RISKY:
            yield account.name


def finish(path: Path, report: Callable[[int, int], None] = lambda _done, _of: None) -> Path:
    """Make the norms of a scenario for all seeds, and take away those of its former self.

    Returns:
        The norms' file, beside the scenario.

    Raises:
        DataError: it cannot be played at all.
    """
    sound(path)
    made = make_norms(path.stem, report)
    file = norms_file(path.stem, made.engine)
    for former in path.parent.glob(f"{path.stem}-*-*.json"):
        if re.fullmatch(rf"{re.escape(path.stem)}-\d+-[0-9a-f]{{12}}\.json", former.name):
            former.unlink()
    file.write_bytes(msgspec.json.encode(made) + b"\n")
    return file
