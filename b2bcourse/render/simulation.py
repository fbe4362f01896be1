"""A game as static HTML and as text: the board as it stands, what happened, the journal.

The text is also how the game is played without its widget, so it tells what can be done.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, structs

from b2bcourse import simulation
from b2bcourse.facts import Text
from b2bcourse.facts.korean import in_won
from b2bcourse.facts.lessons import lessons
from b2bcourse.facts.reading import read_words
from b2bcourse.items.simulation.journal import begin_journal, read
from b2bcourse.items.simulation.typed import VERBS
from b2bcourse.render.frame import framed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.items.feedback import Feedback
    from b2bcourse.items.simulation.journal import Journal

    Board = Mapping[str, Any]


class GameWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What a game's table and text say, by name."""

    turn: Text
    over: Text
    strengths: Text
    trust: Text
    person: Text
    support: Text
    belief: Text
    heard: Text
    not_met: Text
    no_note: Text
    happened: Text
    order: Text
    making: Text
    defect: Text
    journal: Text
    entry: Text
    why: Text
    nothing_done: Text
    can_do: Text
    free: Text
    result: Text
    between: Text
    kept_otherwise: Text
    one_time: Text
    one_people: Text


WORDS: Final = read_words(__package__, GameWords, "simulation")

_STYLE: Final = (
    ".b2b-static dl{margin:8px 0}.b2b-static dt{font-weight:700}.b2b-static dd{margin:0 0 4px}"
)


# ---------------------------------------------------------------- the game behind a journal


def turns_of(value: Any) -> list[Any]:
    """The turns of a journal; of anything else none."""
    turns = value.get("turns") if isinstance(value, dict) else None
    return list(turns) if isinstance(turns, list) else []


def played(face: Any, value: Any) -> Journal:
    """The game of a journal as far as it can be read, else one that has not begun.

    Args:
        face: the item's face.
        value: the response's value; any JSON.
    """
    found, notes = read(value)
    if found is not None and found.scenario == face.scenario:
        return found
    fresh, _ = read(begin_journal(face))
    assert fresh is not None  # a journal that was just begun
    return structs.replace(fresh, notes=notes if value else ())


def journal(game: Journal, lang: Lang) -> list[dict[str, Any]]:
    """The turns that were played: their moves in words, and the reason that was given."""
    both = zip(game.states, game.turns, strict=False)
    return [_entry(number, state, turn, lang) for number, (state, turn) in enumerate(both, 1)]


def _entry(
    number: int, state: simulation.State, turn: Mapping[str, Any], lang: Lang
) -> dict[str, Any]:
    told = simulation.preview(state, turn["decisions"], lang)["moves"]
    moves = [{"text": move["text"], "problem": move["problem"]} for move in told]
    return {"turn": number, "moves": moves, "why": turn["why"]}


def kept_otherwise(typed: Mapping[str, Any], saved: Mapping[str, Any], lang: Lang) -> str:
    """A sentence for who typed turns that are not the ones on file; empty where they are.

    Args:
        typed: the journal as it was typed.
        saved: the journal as it now lies on disk.
        lang: the language.
    """
    both = [[_plain_turn(turn) for turn in turns_of(one)] for one in (typed, saved)]
    return "" if both[0] == both[1] else WORDS.kept_otherwise[lang].format(n=len(both[1]))


def _plain_turn(turn: Any) -> Any:
    """A turn without the mark it gets when it is saved."""
    if not isinstance(turn, dict):
        return turn
    return {name: part for name, part in turn.items() if name != "mark"}


def lesson_names(lang: Lang) -> dict[str, str]:
    """Every lesson's number and title, by its id."""
    return {lesson.id: f"{lesson.number} {lesson.title[lang]}" for lesson in lessons()}


# ---------------------------------------------------------------- words


def _amount(number: int, unit: str, lang: Lang) -> str:
    if lang == "ko":
        return in_won(str(number), unit) or f"{number}{unit}"
    return f"{number} {unit}"


def _resources(board: Board) -> str:
    lang = board["lang"]
    return ", ".join(
        f"{each['name']} {_amount(each['left'], each['unit'], lang)}" for each in board["resources"]
    )


def _turn(board: Board) -> str:
    words = WORDS.over if board["over"] else WORDS.turn
    return words[board["lang"]].format(turn=board["turn"], turns=board["turns"])


def _standing(account: Board, lang: Lang) -> str:
    step = f"{account['step']} {account['step_name']}".removeprefix("0 ")
    trust = f"{WORDS.trust[lang]} {account['trust']}"
    return ", ".join([account["size_name"], account["state_name"], step, trust])


def _known(account: Board) -> list[str]:
    return [f"{fact['label']}: {fact['text']}" for fact in account["facts"]]


def _waiting(account: Board, lang: Lang) -> list[str]:
    """What at a customer asks for an answer or is on its way."""
    question = [account["question"]["text"]] if account["question"] else []
    orders = [WORDS.order[lang].format(**order) for order in account["orders"]]
    making = [WORDS.making[lang].format(**order) for order in account["making"]]
    return [*question, *orders, *making, *([WORDS.defect[lang]] if account["defect"] else [])]


def _belief(person: Board, board: Board) -> str:
    names = {each["id"]: each["name"] for group in board["choices"].values() for each in group}
    noted = person["noted"]
    told = [*noted["roles"], *noted["interests"], *([noted["fear"]] if noted["fear"] else [])]
    return ", ".join(names.get(each, each) for each in told) or WORDS.no_note[board["lang"]]


def _support(person: Board, lang: Lang) -> str:
    support = person["support"]
    return WORDS.not_met[lang] if support is None else f"{support:+d}".replace("+0", "0")


# ---------------------------------------------------------------- HTML


def html(face: Any, value: Mapping[str, Any], feedback: Feedback | None = None) -> str:
    """The board as tables, what happened last, and the journal.

    Args:
        face: the item's face.
        value: the journal; any JSON.
        feedback: what `explain` or `judged` returned, if the game was judged.
    """
    game = played(face, value)
    board = simulation.view(game.states[-1], face.lang)
    parts = [
        f"<p><b>{escape(_turn(board))}</b> {escape(_resources(board))}</p>",
        *(_html_account(account, board) for account in board["accounts"]),
        _html_list(WORDS.happened[face.lang], [each["text"] for each in board["happened"]]),
        _html_journal(game, face.lang),
        _html_result(board["result"], face.lang),
    ]
    return framed(face, "".join(parts), feedback, _STYLE)


def _html_account(account: Board, board: Board) -> str:
    lang = board["lang"]
    lines = [*_known(account), *_waiting(account, lang)]
    heads = "".join(
        f'<th scope="col">{escape(head[lang])}</th>'
        for head in (WORDS.person, WORDS.support, WORDS.heard, WORDS.belief)
    )
    rows = "".join(_html_person(person, board) for person in account["people"])
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return (
        f"<p><b>{escape(account['name'])}</b> {escape(_standing(account, lang))}<br>"
        f"{'<br>'.join(map(escape, lines))}</p>{table}"
    )


def _html_person(person: Board, board: Board) -> str:
    heard = "<br>".join(escape(clue["text"]) for clue in person["clues"])
    name = f"{escape(person['name'])}<br><small>{escape(person['title'])}</small>"
    support = escape(_support(person, board["lang"]))
    belief = escape(_belief(person, board))
    return (
        f'<tr><th scope="row">{name}</th><td>{support}</td><td>{heard}</td><td>{belief}</td></tr>'
    )


def _html_list(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    made = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<p><b>{escape(title)}</b></p><ul>{made}</ul>"


def _html_journal(game: Journal, lang: Lang) -> str:
    entries = [" ".join(_told(entry, lang)) for entry in journal(game, lang)]
    return _html_list(WORDS.journal[lang], entries)


def _html_result(result: Board | None, lang: Lang) -> str:
    return _html_list(*_told_result(result, lang)) if result else ""


# ---------------------------------------------------------------- text


def text(face: Any, value: Mapping[str, Any], feedback: Feedback | None = None) -> str:
    """The board as lines of text, and every move that can be made now as it is to be typed."""
    game, lang = played(face, value), face.lang
    board = simulation.view(game.states[-1], lang)
    lines = [face.title, face.task, "", _turn(board), _resources(board)]
    if not game.turns:
        lines += ["", *board["intro"]]
    lines += [f"{WORDS.strengths[lang]}: {_strengths(board)}", ""]
    for account in board["accounts"]:
        lines += _text_account(account, board)
    lines += _text_list(WORDS.happened[lang], [each["text"] for each in board["happened"]])
    lines += _text_list(
        WORDS.journal[lang], [" ".join(_told(entry, lang)) for entry in journal(game, lang)]
    )
    if board["result"]:
        lines += _text_list(*_told_result(board["result"], lang))
    else:
        lines += _text_moves(game.states[-1], lang)
    if feedback:
        lines += ["", f"{feedback.big} {feedback.text}", *feedback.notes]
    return "\n".join(lines)


def _strengths(board: Board) -> str:
    return ", ".join(each["name"] for each in board["vendor"]["strengths"])


def _text_account(account: Board, board: Board) -> list[str]:
    lang = board["lang"]
    lines = [f"{account['name']} ({account['id']}): {_standing(account, lang)}"]
    lines += [f"    {line}" for line in (*_known(account), *_waiting(account, lang))]
    for person in account["people"]:
        support, belief = _support(person, lang), _belief(person, board)
        who = f"{person['name']} ({person['id']}), {person['title']}"
        lines.append(
            f"    - {who}. {WORDS.support[lang]}: {support}. {WORDS.belief[lang]}: {belief}"
        )
        lines += [f"        {clue['text']}" for clue in person["clues"]]
    return [*lines, ""]


def _text_list(title: str, lines: list[str]) -> list[str]:
    return [title, *(f"- {line}" for line in lines), ""] if lines else []


def _told(entry: Board, lang: Lang) -> list[str]:
    """An entry of the journal in two lines: what was done, and why."""
    moves = [
        f"{move['text']} ({move['problem']})" if move["problem"] else move["text"]
        for move in entry["moves"]
    ]
    done = "; ".join(moves) or WORDS.nothing_done[lang]
    why = [WORDS.why[lang].format(why=entry["why"])] if entry["why"] else []
    return [f"{WORDS.entry[lang].format(turn=entry['turn'])}: {done}.", *why]


def _told_result(result: Board, lang: Lang) -> tuple[str, list[str]]:
    title = WORDS.result[lang].format(points=result["points"], of=result["of"])
    parts = [
        f"{part['name']} {part['points']} / {part['of']}. {part['text']}"
        for part in result["parts"]
    ]
    return title, parts


def _text_moves(state: simulation.State, lang: Lang) -> list[str]:
    lines = [WORDS.can_do[lang]]
    units = {each["id"]: each["unit"] for each in simulation.view(state, lang)["resources"]}
    for each in simulation.legal(state, lang):
        typed = _typed(each["move"], lang)
        lines.append(f"- {each['label']} ({_cost(each['cost'], units, lang)}): {typed}")
        lines += [
            f"      {field['label']}: {_choices(field, lang)}"
            for field in each["fields"]
            if _choices(field, lang)
        ]
    return lines


def _typed(move: Mapping[str, Any], lang: Lang) -> str:
    """A move as it is typed; what is still to be chosen stands as the game proposes it."""
    verb = VERBS[move["do"]][lang == "ko"]
    words: list[object] = []
    if move["do"] == "note":
        noted = [",".join(move[name]) or "-" for name in ("roles", "interests")]
        words = [move["person"], *noted, move["fear"] or "-"]
    else:
        told = [f"{each['person']}={each['benefit']}" for each in move.get("messages", ())]
        plain = [move[name] for name in _TYPED_IN_ORDER if name in move]
        words = [*plain, *move.get("persons", ()), *told]
    return " ".join(map(str, (verb, move["account"], *words)))


_TYPED_IN_ORDER: Final = (
    "person",
    "what",
    "how",
    "cut",
    "visits",
    "opening",
    "reserve",
    "which",
    "order",
    "fear",
)


def _cost(cost: Mapping[str, int], units: Mapping[str, str], lang: Lang) -> str:
    ones = {"time": WORDS.one_time[lang], "people": WORDS.one_people[lang]}
    spent = [
        ones[name] if number == 1 and name in ones else _amount(number, units[name], lang)
        for name, number in cost.items()
        if number
    ]
    return ", ".join(spent) or WORDS.free[lang]


def _choices(field: Mapping[str, Any], lang: Lang) -> str:
    if field["kind"] == "number":
        return (
            WORDS.between[lang].format(least=field["min"], most=field["max"])
            + f"{'' if field['unit'] == '%' else ' '}{field['unit']}"
        )
    return ", ".join(f"{each['id']} ({each['name']})" for each in field.get("options", ()))
