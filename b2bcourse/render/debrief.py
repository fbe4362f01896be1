"""The page after a game: what was believed and what is so, where value arose, what mattered.

It stands in a notebook (`html`), on a page of its own to print (`page`), and as text.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse import simulation
from b2bcourse.facts import Text
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import read_words
from b2bcourse.items.words import NOTES
from b2bcourse.render.debrief_chart import chart
from b2bcourse.render.look import marked
from b2bcourse.render.simulation import WORDS as GAME
from b2bcourse.render.simulation import lesson_names, played

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from b2bcourse.facts import Lang

    Found = Mapping[str, Any]


class DebriefWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What the page after a game says, by name."""

    title: Text
    not_over: Text
    parts: Text
    people: Text
    people_none: Text
    believed: Text
    fact: Text
    verdict: Text
    not_noted: Text
    nobody_noted: Text
    not_met: Text
    value: Text
    value_none: Text
    money_sum: Text
    turn: Text
    money: Text
    what: Text
    reason: Text
    turning: Text
    hindsight: Text
    again: Text
    turn_n: Text
    customers: Text
    customer: Text
    state: Text
    days: Text
    lessons: Text
    questions: Text
    print: Text


WORDS: Final = read_words(__package__, DebriefWords, "debrief")

_VERDICTS: Final = {
    "right": NOTES.verdicts.right,
    "partly": NOTES.verdicts.partly,
    "wrong": NOTES.verdicts.wrong,
    "not noted": WORDS.not_noted,
}

# Drawn, not typed: glyphs differ from face to face. Shapes after look.md, colours by the page.
_MARKS: Final = {
    **{name: marked(name, "currentColor") for name in ("right", "partly", "wrong")},
    "not noted": '<circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" '
    'stroke-width="1.6" stroke-dasharray="2.2 2.2"/>',
}
_PAGE: Final = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
    "<style>body{{margin:32px auto;max-width:1096px;padding:0 24px;background:#fff}}"
    "button{{margin-bottom:16px;padding:4px 12px;font:14px system-ui,sans-serif}}"
    "@media print{{button{{display:none}}body{{margin:0;padding:0}}"
    "@page{{size:A4;margin:16mm}}}}</style></head>"
    '<body data-jp-theme-light="true"><button onclick="window.print()">{print}</button>'
    "{body}</body></html>"
)


@lru_cache(maxsize=1)
def _style() -> str:
    here = Path(str(resources.files(__package__)))
    return "".join((here / name).read_text("utf-8") for name in ("type.css", "debrief.css"))


def found(face: Any, value: Any) -> dict[str, Any] | None:
    """What the debrief of a journal tells; `None` as long as the game goes on.

    It says what people really want and fear, so it waits until nothing can be done with that.

    Args:
        face: the item's face.
        value: the response's value; any JSON.
    """
    game = played(face, value)
    if not game.states[-1].over:
        return None
    return simulation.debrief(game.scenario, game.seed, game.turns, face.lang, game.engine)


# ---------------------------------------------------------------- HTML


def page(face: Any, value: Any) -> str:
    """The debrief as a page of its own, white and ready to print."""
    title = WORDS.title[face.lang].format(name=face.title)
    return _PAGE.format(
        lang=face.lang,
        title=escape(title),
        print=escape(WORDS.print[face.lang]),
        body=html(face, value),
    )


def html(face: Any, value: Any) -> str:
    """The debrief as a part of a page."""
    lang, told = face.lang, found(face, value)
    body = f"<p>{escape(WORDS.not_over[lang])}</p>" if told is None else _body(told, lang)
    title = escape(WORDS.title[lang].format(name=face.title))
    return (
        f'<section class="b2b-debrief" lang="{lang}" aria-label="{title}">'
        f"<style>{_style()}</style><h2>{title}</h2>{body}</section>"
    )


def _body(told: Found, lang: Lang) -> str:
    sections = (_found, _chart, _turning, _people, _value, _customers, _again, _questions)
    return "".join(section(told, lang) for section in sections)


def _head(text: Text, lang: Lang, **places: Any) -> str:
    return f"<h3>{escape(text[lang].format(**places))}</h3>"


def _table(heads: Sequence[Text], rows: Iterable[str], lang: Lang, style: str = "") -> str:
    cells = "".join(
        f'<th scope="col" role="columnheader"{_number(head)}>{escape(head[lang])}</th>'
        for head in heads
    )
    body = "".join(rows)
    return (
        f'<table class="{style}" role="table"><thead role="rowgroup"><tr role="row">{cells}</tr>'
        f'</thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _cell(head: Text, text: str, lang: Lang, style: str = "") -> str:
    """A cell that says what it is where there is no room for heads; it is one also as a block."""
    kind = f' class="{style}"' if style else ""
    return f'<td role="cell"{kind} data-label="{escape(head[lang])}">{text}</td>'


def _number(head: Text) -> str:
    numbers = (WORDS.turn, WORDS.money, GAME.trust, WORDS.days)
    return ' class="n"' if head in numbers else ""


def _found(told: Found, lang: Lang) -> str:
    """What was found, in at most four sentences, and the score beside it."""
    sentences = "".join(
        f"<p><b>{escape(each['lead'])}</b> {escape(each['text'])} {escape(each['came'])}</p>"
        for each in _told(told)
    )
    rest = f'<p class="rest">{escape(told["rest"])}</p>' if told["rest"] else ""
    finding = f'<p class="big">{escape(told["headline"])}</p>{sentences}{rest}'
    return f'<div class="found"><div>{finding}</div>{_score(told, lang)}</div>'


def _told(told: Found) -> list[Found]:
    """The turns of which a difference can be told, what was lost first."""
    found = [each for each in told["turning_points"] if each["told"]]
    return sorted(found, key=lambda each: -each["gain"])


def _chart(told: Found, lang: Lang) -> str:
    note = f"<p><small>{escape(told['compared'])}</small></p>" if _told(told) else ""
    return chart(told, lang) + note


def _score(told: Found, lang: Lang) -> str:
    result = told["result"]
    rows = "".join(
        f'<tr role="row"><th scope="row" role="rowheader">{escape(part["name"])}</th>'
        f'<td role="cell" class="n">{part["points"]:g} / {part["of"]}</td>'
        '<td role="cell"><span class="bar">'
        f'<i style="width:{100 * part["points"] / part["of"]:.0f}%"></i>'
        f'</span></td><td role="cell">{escape(part["text"])}</td></tr>'
        for part in result["parts"]
    )
    return f'<div>{_head(WORDS.parts, lang)}<table class="parts" role="table">{rows}</table></div>'


def _turning(told: Found, lang: Lang) -> str:
    """The turns once more, with the reasons of then."""
    points = [*_told(told), *(each for each in told["turning_points"] if not each["told"])]
    if not points:
        return ""
    rows = (
        '<tr role="row">'
        + _cell(WORDS.turn, str(each["turn"]), lang, "n")
        + _cell(WORDS.reason, escape(each["reason"]), lang)
        + _cell(WORDS.hindsight, escape(each["hindsight"]), lang, _shade(each))
        + _cell(WORDS.again, _link(each["lesson"], lang), lang)
        + "</tr>"
        for each in points
    )
    heads = (WORDS.turn, WORDS.reason, WORDS.hindsight, WORDS.again)
    return _head(WORDS.turning, lang) + _table(heads, rows, lang, "points")


def _shade(each: Found) -> str:
    return "unsure" if not each["told"] else "cost" if each["gain"] > 0 else ""


def _link(lesson: str, lang: Lang) -> str:
    name = lesson_names(lang).get(lesson, "")
    return f'<a href="{escape(lesson)}.ipynb">{escape(name)}</a>' if name else ""


def _people(told: Found, lang: Lang) -> str:
    noted = [one for one in told["people"] if one["verdict"] != "not noted"]
    left = [one for one in told["people"] if one["verdict"] == "not noted"]
    right = {part: sum(one["read"][part] for one in noted) for part in _READ}
    words = WORDS.people if noted else WORDS.people_none
    head = _head(words, lang, all=len(noted), **right)
    tables = "".join(
        f"<h4>{escape(name)}</h4>"
        + _table(
            (GAME.person, WORDS.believed, WORDS.fact, WORDS.verdict),
            (_person(one, lang) for one in group),
            lang,
            "read",
        )
        for name, group in groupby(noted, key=lambda one: one["account_name"])
    )
    return head + tables + _unread(left, lang)


_READ: Final = ("roles", "interests", "fear")


def _person(one: Found, lang: Lang) -> str:
    verdict = one["verdict"]
    mark = (
        f'<svg class="mark {verdict.replace(" ", "-")}" viewBox="0 0 16 16" aria-hidden="true">'
        f"{_MARKS[verdict]}</svg>"
    )
    word = escape(_VERDICTS[verdict][lang])
    return (
        f'<tr role="row"><th scope="row" role="rowheader"><b>{escape(one["name"])}</b><br>'
        f"<small>{escape(one['title'])}</small></th>"
        + _cell(WORDS.believed, escape(one["believed_text"]), lang)
        + _cell(WORDS.fact, escape(one["true_text"]), lang)
        + f'<td role="cell" class="verdict">{mark}{word}</td></tr>'
    )


def _unread(left: Sequence[Found], lang: Lang) -> str:
    lines = []
    for words, met in ((WORDS.nobody_noted, True), (WORDS.not_met, False)):
        names = [one["name"] for one in left if bool(one["met"]) is met]
        if names:
            lines.append(
                f"<p><small>{escape(words[lang].format(names=', '.join(names)))}</small></p>"
            )
    return "".join(lines)


def _value(told: Found, lang: Lang) -> str:
    turns = told["value"]
    if not turns:
        return ""
    best = max(turns, key=lambda one: one["money"])
    worst = min(turns, key=lambda one: one["money"])
    reasons = told.get("reasons", ())
    rows = (
        '<tr role="row">'
        + _cell(WORDS.turn, f"{one['turn']}", lang, "n")
        + _cell(WORDS.money, _money(one["money"], lang), lang, "n")
        + _cell(GAME.trust, _signed(one["trust"]), lang, "n")
        + f'<td role="cell">{escape(one["text"])}</td>'
        + _cell(WORDS.reason, escape(_at(reasons, one["turn"] - 1)), lang)
        + "</tr>"
        for one in turns
    )
    heads = (WORDS.turn, WORDS.money, GAME.trust, WORDS.what, WORDS.reason)
    words = WORDS.value if best["money"] > worst["money"] else WORDS.value_none
    return _head(words, lang, best=best["turn"], worst=worst["turn"]) + _table(
        heads, rows, lang, "turns"
    )


def _money(millions: int, lang: Lang) -> str:
    """A sum as it is said, with its sign."""
    said = WORDS.money_sum[lang].format(n=Name(abs(millions)))
    sign = "+" if millions > 0 else "\N{MINUS SIGN}" if millions < 0 else ""
    return f"{sign}{said}"


def _at(lines: Sequence[str], index: int) -> str:
    return lines[index] if index < len(lines) else ""


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "−") if number else "0"


def _customers(told: Found, lang: Lang) -> str:
    rows = (
        f'<tr><th scope="row"><b>{escape(one["name"])}</b></th>'
        f"<td>{escape(one['state_name'])}</td>"
        f'<td class="n">{one["time"]}</td><td class="n">{_money(one["money"], lang)}</td>'
        f'<td class="n">{one["trust"]}</td></tr>'
        for one in told["accounts"]
    )
    heads = (WORDS.customer, WORDS.state, WORDS.days, WORDS.money, GAME.trust)
    return _head(WORDS.customers, lang) + _table(heads, rows, lang)


def _again(told: Found, lang: Lang) -> str:
    rows = "".join(
        f"<tr><td>{_link(one['id'], lang)}</td><td>{escape(one['why'])}</td></tr>"
        for one in told["lessons"]
    )
    table = f'<table class="again">{rows}</table>'
    return _head(WORDS.lessons, lang) + table if rows else ""


def _questions(told: Found, lang: Lang) -> str:
    made = "".join(f"<li>{escape(question)}</li>" for question in told["questions"])
    return f'{_head(WORDS.questions, lang)}<ol class="asked">{made}</ol>'


# ---------------------------------------------------------------- text


def text(face: Any, value: Any) -> str:
    """The debrief as lines of text."""
    lang, told = face.lang, found(face, value)
    lines = [WORDS.title[lang].format(name=face.title), ""]
    if told is None:
        return "\n".join([*lines, WORDS.not_over[lang]])
    result = told["result"]
    lines.append(told["headline"])
    lines += [
        f"- {part['name']} {part['points']:g} / {part['of']}. {part['text']}"
        for part in result["parts"]
    ]
    lines += _text_part(
        WORDS.turning,
        lang,
        (
            " ".join(filter(None, (each["lead"], each["text"], each["came"])))
            for each in _told(told)
        ),
    )
    lines += [f"- {each}" for each in (told["rest"], told["compared"]) if each]
    lines += _text_part(
        WORDS.believed,
        lang,
        (
            f"{one['name']} ({one['account_name']}): {one['believed_text']}. "
            f"{WORDS.fact[lang]}: {one['true_text']}. "
            f"{_VERDICTS[one['verdict']][lang]}"
            for one in told["people"]
        ),
    )
    lines += _text_part(
        WORDS.what,
        lang,
        (
            f"{WORDS.turn_n[lang].format(n=one['turn'])}: "
            f"{WORDS.money[lang]} {_money(one['money'], lang)}, "
            f"{GAME.trust[lang]} {_signed(one['trust'])}. {one['text']}"
            for one in told["value"]
        ),
    )
    lines += _text_part(
        WORDS.customers,
        lang,
        (f"{one['name']}: {one['state_name']}. {one['text']}" for one in told["accounts"]),
    )
    lines += _text_part(
        WORDS.lessons,
        lang,
        (
            f"{lesson_names(lang).get(one['id'], one['title'])}: {one['why']}"
            for one in told["lessons"]
        ),
    )
    return "\n".join([*lines, *_text_part(WORDS.questions, lang, told["questions"])])


def _text_part(head: Text, lang: Lang, lines: Iterable[str]) -> list[str]:
    made = [f"- {line}" for line in lines]
    return ["", head[lang], *made] if made else []
