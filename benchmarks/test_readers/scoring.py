"""What a reader's letters are worth, and the table of all readers: pure."""

from __future__ import annotations

import re
from statistics import mean
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from b2bcourse.facts.lessons import When

Knows = Literal["blind", "taught"]
SKIPPED: Final = "-"
MARKS: Final = {"blind": 0.55, "taught": 0.90}
"""At most this for who has seen no lesson; at least this for who has done them."""

_HEAD: Final = re.compile(r"(reader|knows|sheet)\s*:\s*(.+)", re.IGNORECASE)
_ANSWER: Final = re.compile(r"(\d+)\s*[.):]?\s*([A-Fa-f]|-)(?:\s+([123]))?\s*")


class AnswersError(ValueError):
    """A file of answers that cannot be scored; the message says what to mend."""


class Answers(Struct, frozen=True):
    """What one reader answered on one sheet: a letter and perhaps 1 to 3 for each question."""

    reader: str
    knows: Knows
    sheet: str
    letters: tuple[str, ...]
    sure: tuple[int | None, ...]

    @property
    def when(self) -> When:
        """The test that the sheet was of."""
        return "pre" if self.sheet.startswith("pre-") else "post"

    @property
    def lang(self) -> str:
        """The sheet's language."""
        return self.sheet.split("-")[1]


def read(text: str, where: str, questions: int) -> Answers:
    """A reader's answers from a file's text.

    Args:
        text: lines ``reader:``, ``knows:`` (blind or taught) and ``sheet:``, then one line a
            question: number, letter or dash, and how sure.
        where: the file, for messages.
        questions: how many the test has.

    Raises:
        AnswersError: a line is missing, doubled or unreadable.
    """
    head: dict[str, str] = {}
    given: dict[int, tuple[str, int | None]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if found := _HEAD.fullmatch(line.strip()):
            head[found[1].lower()] = found[2].strip()
        elif found := _ANSWER.fullmatch(line.strip()):
            at = int(found[1])
            if at in given:
                raise AnswersError(f"{where}:{number}: question {at} is answered twice")
            given[at] = (found[2].upper(), int(found[3]) if found[3] else None)
        else:
            raise AnswersError(f"{where}:{number}: {line!r} is neither a head nor «7 C 2»")
    _refuse_incomplete(head, given, where, questions)
    letters, sure = zip(*(given[at] for at in sorted(given)), strict=True)
    return Answers(head["reader"], cast("Knows", head["knows"]), head["sheet"], letters, sure)


def _refuse_incomplete(
    head: dict[str, str], given: dict[int, tuple[str, int | None]], where: str, questions: int
) -> None:
    for name in ("reader", "knows", "sheet"):
        if name not in head:
            raise AnswersError(f"{where}: add a line «{name}: …»")
    if head["knows"] not in get_args(Knows):
        raise AnswersError(f"{where}: knows: write {' or '.join(get_args(Knows))}")
    lacking = sorted({*range(1, questions + 1)} - given.keys())
    if lacking:
        raise AnswersError(f"{where}: no line for {lacking}; a question left out is «7 -»")
    if unknown := sorted(given.keys() - {*range(1, questions + 1)}):
        raise AnswersError(f"{where}: there is no question {unknown}")


def refuse_other_wording(answers: Answers, where: str, current: str) -> None:
    """Refuse answers to a sheet that has been reworded since.

    Raises:
        AnswersError: the letters may mean something else by now.
    """
    if answers.sheet != current:
        raise AnswersError(
            f"{where}: answers {answers.sheet}, but the sheet is {current} by now; "
            "its letters may mean something else: have it answered again, or leave it out"
        )


def right(answers: Answers, key: Sequence[str]) -> tuple[bool, ...]:
    """Question by question, whether it was right; what was left out is not."""
    return tuple(one == other for one, other in zip(answers.letters, key, strict=True))


def table(of: Iterable[Answers], key: Callable[[When], Sequence[str]]) -> str:
    """Every reader's score and the means, as Markdown, against the marks to reach."""
    rows = sorted(of, key=lambda one: (one.knows, one.reader, one.lang, one.when))
    lines = ["| reader | knows | test | language | right | left out |", "|---|---|---|---|---|---|"]
    for one in rows:
        found = right(one, key(one.when))
        score = f"{sum(found)} of {len(found)} ({sum(found) / len(found):.0%})"
        told = (one.reader, one.knows, one.when, one.lang, score, one.letters.count(SKIPPED))
        lines.append(f"| {' | '.join(map(str, told))} |")
    for knows in get_args(Knows):
        if scores := [_share(one, key) for one in rows if one.knows == knows]:
            lines += ["", _mean(knows, scores)]
    return "\n".join(lines) + "\n"


def by_question(of: Iterable[Answers], when: When, key: Sequence[str]) -> str:
    """How many blind and how many taught readers had each question of a test right."""
    answers = [one for one in of if one.when == when]
    lines = [f"| {when} | blind | taught | chosen by the blind |", "|---|---|---|---|"]
    for at, letter in enumerate(key):
        counts = []
        for knows in get_args(Knows):
            given = [one.letters[at] for one in answers if one.knows == knows]
            counts.append(f"{given.count(letter)}/{len(given)}")
        chosen = sorted(one.letters[at] for one in answers if one.knows == "blind")
        lines.append(f"| {at + 1} ({letter}) | {' | '.join(counts)} | {' '.join(chosen)} |")
    return "\n".join(lines) + "\n"


def _share(answers: Answers, key: Callable[[When], Sequence[str]]) -> float:
    found = right(answers, key(answers.when))
    return sum(found) / len(found)


def _mean(knows: Knows, scores: Sequence[float]) -> str:
    found, mark = mean(scores), MARKS[knows]
    met = found <= mark if knows == "blind" else found >= mark
    bound = "at most" if knows == "blind" else "at least"
    verdict = "reached" if met else "MISSED"
    return (
        f"{knows}: {found:.0%} in the mean of {len(scores)} sheets, {bound} {mark:.0%}: {verdict}"
    )
