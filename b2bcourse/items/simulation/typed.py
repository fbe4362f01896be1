"""Playing in text: one line a turn, moves between semicolons, the reason after a bar."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts import LANGS, Text, benefits
from b2bcourse.facts.near import meant
from b2bcourse.items.base import ResponseError
from b2bcourse.items.names import plain_name
from b2bcourse.items.simulation.journal import begin_journal
from b2bcourse.items.simulation.words import WORDS
from b2bcourse.simulation import Scenario, scenario
from b2bcourse.simulation.scenario import FEARS, ROLES, TESTS
from b2bcourse.simulation.words import WORDS as GAME
from b2bcourse.simulation.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.items.simulation.face import Face

VERBS: Final = {
    "search": ("search", "탐색"),
    "credit": ("credit", "신용"),
    "map": ("meet", "만남"),
    "partner": ("partner", "협력"),
    "give_up": ("giveup", "포기"),
    "probe": ("ask", "니즈"),
    "relay": ("relay", "개발"),
    "offer": ("offer", "제안"),
    "demo": ("demo", "시연"),
    "reference": ("reference", "사례"),
    "reassure": ("reassure", "안심"),
    "answer": ("answer", "답변"),
    "negotiate": ("negotiate", "협상"),
    "test": ("test", "시험"),
    "contract": ("contract", "계약"),
    "accept": ("accept", "수락"),
    "decline": ("decline", "거절"),
    "care": ("care", "관리"),
    "watch": ("watch", "감시"),
    "fix": ("fix", "불량"),
    "expand": ("expand", "확대"),
    "note": ("note", "메모"),
}
"""How each move is typed, in English and in Korean."""

_FORMS: Final = {
    "map": ("P",),
    "partner": ("agent|consortium",),
    "probe": ("price|service|performance",),
    "offer": ("5", "2", "P=benefit", "P=benefit"),
    "demo": ("P", "P"),
    "reference": ("P",),
    "reassure": ("P", "job"),
    "answer": ("honest|promise",),
    "negotiate": ("2", "7"),
    "test": ("pilot1",),
    "accept": ("1",),
    "decline": ("1",),
    "fix": ("joint|alone",),
    "note": ("P", "user,gatekeeper", "benefit", "job"),
}
_SAYS: Final = {
    "agent": ("agent", "대리점"),
    "consortium": ("consortium", "컨소시엄"),
    "price": ("price", "값", "가격"),
    "service": ("service", "서비스"),
    "performance": ("performance", "성능"),
    "honest": ("honest", "사실대로"),
    "promise": ("promise", "부풀려"),
    "joint": ("joint", "함께"),
    "alone": ("alone", "혼자"),
    "pilot1": ("pilot1", "1차"),
    "pilot2": ("pilot2", "2차"),
    "pilot3": ("pilot3", "3차"),
    "mass": ("mass", "양산"),
    "audit": ("audit", "심사"),
    "job": ("job", "일자리"),
    "blame": ("blame", "책임"),
    "night": ("night", "밤"),
    "target": ("target", "목표"),
    "papers": ("papers", "서류"),
    "change": ("change", "변화"),
}
_NUMBERED: Final = re.compile(r"^\s*\d+\s*[:.)]\s*")


def template(face: Face) -> str:
    """A call of ``respond`` to copy and fill in, with the moves and the people."""
    lang, data = face.lang, scenario(face.scenario)
    turns = f'"""\n{_example(face)}\n"""'
    own = face.seed is None
    value = f'{{"learner": "", "turns": {turns}}}' if own else turns
    lines = [f"b2b.respond({face.id!r}, {value})", f"# {WORDS.typed_intro[lang]}"]
    lines += [f"# {WORDS.typed_learner[lang]}"] if own else []
    lines.append(f"# {WORDS.typed_moves[lang]}:")
    lines += [f"#   {_form(do, lang)}" for do in VERBS]
    lines.append(f"# {WORDS.typed_people[lang]}:")
    for account in data.accounts:
        people = ", ".join(f"{p.id} {p.name[lang]}({p.title[lang]})" for p in account.people)
        lines.append(f"#   {account.id} {account.name[lang]}: {people}")
    told = ", ".join(f"{benefit.id} {benefit.name[lang]}" for benefit in benefits().benefits)
    return "\n".join([*lines, f"# {WORDS.typed_benefits[lang]}: {told}"])


def _example(face: Face) -> str:
    """A first turn, in one line."""
    lang, first = face.lang, scenario(face.scenario).accounts[0]
    verb = VERBS["map" if first.known else "search"][lang == "ko"]
    who = f" {first.people[0].id}" if first.known else ""
    return f"{verb} {first.id}{who} | {WORDS.typed_example_why[lang]}"


def parse(face: Face, typed: Any) -> dict[str, Any]:
    """The journal that a person typed: all turns so far, the earlier ones as they were.

    Args:
        face: the item's face.
        typed: lines of text, a list of lines, or ``{"learner": name, "turns": either}``.

    Raises:
        ResponseError: a line cannot be understood; it names the turn and the word.
    """
    given = typed if isinstance(typed, dict) else {"turns": typed}
    lines = given.get("turns")
    if isinstance(lines, str):
        lines = [line for line in lines.splitlines() if line.strip()]
    if not isinstance(lines, list | tuple) or not all(isinstance(line, str) for line in lines):
        raise ResponseError(WORDS.typed_shape.format(item=face.id, example=_example(face)))
    learner = given.get("learner")
    journal = begin_journal(face, learner if isinstance(learner, str) else "")
    data = scenario(face.scenario)
    journal["turns"] = [_turn(data, line, number) for number, line in enumerate(lines, start=1)]
    return journal


def replacing(face: Face, value: Mapping[str, Any]) -> dict[str, Any]:
    """The patch that brings ``value``: a journal can only grow, so nothing is taken away."""
    return dict(value)


def is_turn(face: Face, line: str) -> bool:
    """Whether a line is a turn as a person types it."""
    try:
        _turn(scenario(face.scenario), line, 1)
    except ResponseError:
        return False
    return True


def _turn(data: Scenario, line: str, number: int) -> dict[str, Any]:
    moves, bar, why = _NUMBERED.sub("", line).partition("|")
    if not bar or not why.strip():
        raise ResponseError(WORDS.typed_no_why.format(n=number))
    typed = [move.strip() for move in moves.split(";") if move.strip()]
    return {"decisions": [_move(data, move, number) for move in typed], "why": why.strip()}


def _move(data: Scenario, text: str, number: int) -> dict[str, Any]:
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    verbs = {plain_name(verb): do for do, both in VERBS.items() for verb in (*both, do)}
    do = verbs.get(plain_name(words[0])) if words else None
    if do is None:
        raise _unknown(
            words[0] if words else text, number, [v for both in VERBS.values() for v in both]
        )
    if len(words) - 1 < 1 + _LEAST.get(do, 0):
        form = Text(*(_form(do, lang) for lang in LANGS))
        raise ResponseError(WORDS.typed_missing.format(n=number, what=text, form=form))
    try:
        account = _named({a.id: (a.id, *_both(a.name)) for a in data.accounts}, words[1])
        people = {p.id: (p.id, *_both(p.name)) for p in data.account(account).people}
        move = {"do": do, "account": account}
        return {**move, **_READ[do](people, words[2:])} if do in _READ else move
    except _NotFoundError as error:
        raise _unknown(error.word, number, error.known) from error


class _NotFoundError(ValueError):
    """A word that names nothing."""

    def __init__(self, word: str, known: Iterable[str] = ()) -> None:
        super().__init__(word)
        self.word, self.known = word, tuple(known)


def _unknown(word: str, number: int, known: Iterable[str]) -> ResponseError:
    what, like = word[:40], meant(word, known)
    return ResponseError(WORDS.typed_unknown.format(n=number, what=what, meant=like))


def _form(do: str, lang: Lang) -> str:
    """How a move is written."""
    return " ".join([VERBS[do][lang == "ko"], "A", *_FORMS.get(do, ())])


def _both(text: Any) -> tuple[str, ...]:
    return tuple(text[lang] for lang in LANGS)


def _named(names: Mapping[str, Iterable[str]], word: str) -> str:
    """The id that a word names, in any language; a surname or given name does where it is clear."""
    asked = plain_name(word)
    known = {id_: [plain_name(name) for name in called] for id_, called in names.items()}
    exactly = [id_ for id_, called in known.items() if asked in called]
    within = [id_ for id_, called in known.items() if any(asked in name for name in called)]
    for hits in (exactly, within if asked else []):
        if len(hits) == 1:
            return hits[0]
    raise _NotFoundError(word, (name for called in names.values() for name in called))


def _number(word: str) -> int:
    if not re.fullmatch(r"\d{1,2}", word.rstrip("%")):
        raise _NotFoundError(word)
    return int(word.rstrip("%"))


def _says(allowed: Iterable[str], word: str) -> str:
    return _named({name: _SAYS[name] for name in allowed}, word)


def _benefit(word: str) -> str:
    return _named({b.id: (b.id, *_both(b.name), *b.aliases) for b in benefits().benefits}, word)


def _role(word: str) -> str:
    return _named({r: (r, *(say(GAME.role[r], lang) for lang in LANGS)) for r in ROLES}, word)


People = dict[str, tuple[str, ...]]


def _offer(people: People, words: list[str]) -> dict[str, Any]:
    messages = []
    for word in words[2:]:
        who, _, benefit = word.partition("=")
        messages.append({"person": _named(people, who), "benefit": _benefit(benefit)})
    return {"cut": _number(words[0]), "visits": _number(words[1]), "messages": messages}


def _note(people: People, words: list[str]) -> dict[str, Any]:
    """``note A person roles wishes worry``; a dash leaves one of them open."""
    roles, wishes, fear = (*words[1:4], "-", "-", "-")[:3]
    return {
        "person": _named(people, words[0]),
        "roles": [_role(each) for each in _listed(roles)],
        "interests": [_benefit(each) for each in _listed(wishes)],
        "fear": _says(FEARS, fear) if fear != "-" else "",
    }


def _listed(word: str) -> list[str]:
    return [each for each in word.split(",") if each and each != "-"]


_READ: Final[dict[str, Callable[[People, list[str]], dict[str, Any]]]] = {
    "map": lambda people, words: {"person": _named(people, words[0])},
    "partner": lambda _, words: {"how": _says(("agent", "consortium"), words[0])},
    "probe": lambda _, words: {"what": _says(("price", "service", "performance"), words[0])},
    "offer": _offer,
    "demo": lambda people, words: {"persons": [_named(people, word) for word in words[:6]]},
    "reference": lambda people, words: {"person": _named(people, words[0])},
    "reassure": lambda people, words: {
        "person": _named(people, words[0]),
        "fear": _says(FEARS, words[1]),
    },
    "answer": lambda _, words: {"how": _says(("honest", "promise"), words[0])},
    "negotiate": lambda _, words: {"opening": _number(words[0]), "reserve": _number(words[1])},
    "test": lambda _, words: {"which": _says(TESTS, words[0])},
    "accept": lambda _, words: {"order": _number(words[0])},
    "decline": lambda _, words: {"order": _number(words[0])},
    "fix": lambda _, words: {"how": _says(("joint", "alone"), words[0])},
    "note": _note,
}
_LEAST: Final = {
    **dict.fromkeys(_READ, 1),
    "offer": 2,
    "reassure": 2,
    "negotiate": 2,
    "note": 1,
}
