"""A game as a sheet: the five parts of the score, and the turns that decided it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.render import debrief
from b2bcourse.render.sheet.parts import WORDS, place
from b2bcourse.render.simulation import lesson_names, turns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.feedback import PartFeedback
    from b2bcourse.items.simulation.face import Face
    from b2bcourse.render.sheet.parts import Judged


def sheet(face: Face, value: Mapping[str, Any], judged: Judged | None) -> str:
    """The short truth of a game; the long one opens in the lesson, where it was played."""
    if judged is None or not judged.feedback.parts:
        return f'<p class="none">{escape(WORDS.nothing[face.lang])}</p>'
    rows = "".join(_part(part) for part in judged.feedback.parts.values())
    table = f'<table class="rows parts"><tbody>{rows}</tbody></table>'
    return table + _turns(face, value)


def _part(part: PartFeedback) -> str:
    points, _, most = part.score.partition(" / ")
    share = max(0.0, min(1.0, float(points) / float(most)))
    line = part.lines[0]
    lead = escape(line.lead).replace(" / ", "\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}")
    return (
        f'<tr><th scope="row">{lead}</th>'
        f'<td class="bar"><span><i style="width:{round(56 * share)}px"></i></span></td>'
        f"<td>{escape(line.text)}</td></tr>"
    )


def _turns(face: Face, value: Mapping[str, Any]) -> str:
    """At most three turns: what was done, why, what came of it, where to read again."""
    lang = face.lang
    told = debrief.found(face, value)
    if told is None:
        return f"<p>{escape(WORDS.unfinished[lang])}</p>"
    turns, names = turns_of(value), lesson_names(lang)
    rows = []
    for point in told["turning_points"]:
        lost = point["gain"] > 0
        lesson = names.get(point["lesson"], "") if lost else ""
        read = place(f"{point['lesson']}.ipynb", lesson, lang)
        why = _why(turns, point["turn"])
        own = f"<p>{escape(WORDS.your_reason[lang].format(why=why))}</p>" if why else ""
        rows.append(
            f'<tr class="{"wrong" if lost else "right"}">'
            f'<th scope="row">{escape(WORDS.turn[lang].format(n=point["turn"]))}</th>'
            f"<td>{escape(point['text'])}{own}{read if lesson else ''}</td></tr>"
        )
    if not rows:
        return ""
    return (
        f'<p class="sub">{escape(WORDS.turns[lang])}</p>'
        f'<table class="rows turns"><tbody>{"".join(rows)}</tbody></table>'
    )


def _why(turns: list[Any], turn: int) -> str:
    entry = turns[turn - 1] if 0 < turn <= len(turns) else {}
    why = entry.get("why", "") if isinstance(entry, dict) else ""
    return why.strip() if isinstance(why, str) else ""
