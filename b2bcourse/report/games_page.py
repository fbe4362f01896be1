"""The page on a class's games: for the talk in class, in one file that loads nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.report.html import capital, note, one, section, text
from b2bcourse.report.page import whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.facts import Lang
    from b2bcourse.report.games import Games, Played
    from b2bcourse.report.seen import ClassSeen


class GamesWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    title: Text
    lead: Text
    chosen_head: Text
    firm: Text
    worked: Text
    won: Text
    days: Text
    games_head: Text
    who: Text
    opening: Text
    turning: Text
    end: Text
    turn: Text
    none: Text
    unfinished: Text
    points: Text
    no_customer: Text
    reasons_head: Text
    reasons_note: Text
    nobody: Text
    made: Text


WORDS: Final = read_words(__package__, GamesWords, "games")


def page(seen: ClassSeen, found: Iterable[Games]) -> str:
    """The games of an assignment as HTML.

    Args:
        seen: the class.
        found: its games, an exercise each.
    """
    lang = seen.lang
    title = WORDS.title[lang].format(title=seen.title)
    parts = [f"<header><h1>{text(title)}</h1></header>"]
    parts += [_exercise(one, lang) for one in found]
    if len(parts) == 1:
        parts.append(note(WORDS.nobody[lang]))
    return whole(title, lang, "\n".join(parts))


def _exercise(found: Games, lang: Lang) -> str:
    lead = WORDS.lead[lang].format(n=len(found.played))
    rows = [(one_.name, str(one_.worked), str(one_.won), one(one_.days)) for one_ in found.chosen]
    heads = (WORDS.firm, WORDS.worked, WORDS.won, WORDS.days)
    body = (
        f"<h2>{text(found.exercise.title)}</h2>"
        f'<p class="lead">{text(lead)}</p>'
        + section(WORDS.chosen_head[lang], _table(heads, rows, lang), "chosen")
        + section(WORDS.games_head[lang], _games(found, lang), "games")
    )
    if found.reasons:
        said = "".join(
            f"<li>{text(why)}<br><small>{text(pupil.name)} · "
            f"{text(WORDS.turn[lang].format(n=turn))}</small></li>"
            for pupil, turn, why in found.reasons
        )
        told = f"<ul>{said}</ul>{note(WORDS.reasons_note[lang])}"
        body += section(WORDS.reasons_head[lang], told, "reasons")
    return body


def _games(found: Games, lang: Lang) -> str:
    heads = (WORDS.who, WORDS.opening, WORDS.turning, WORDS.end)
    return _table(heads, [_row(one, lang) for one in found.played], lang)


def _row(one: Played, lang: Lang) -> tuple[str, ...]:
    turned = WORDS.none[lang]
    if one.turned is not None:
        number = capital(WORDS.turn[lang].format(n=one.turned.turn), lang)
        turned = f"{number}. {one.turned.told}"
    end = WORDS.points[lang].format(n=one.points)
    end += f" · {', '.join(one.customers) or WORDS.no_customer[lang]}"
    end += "" if one.finished else f" · {WORDS.unfinished[lang]}"
    opening = one.opening + (f" «{one.why}»" if one.why else "")
    return one.pupil.name, opening, turned, end


def _table(heads: Iterable[Text], rows: Iterable[tuple[str, ...]], lang: Lang) -> str:
    head = "".join(f'<th scope="col">{text(one[lang])}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{text(first)}</th>'
        + "".join(f"<td>{text(cell)}</td>" for cell in cells)
        + "</tr>"
        for first, *cells in rows
    )
    return (
        f'<div class="scroll" tabindex="0"><table class="plain"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
