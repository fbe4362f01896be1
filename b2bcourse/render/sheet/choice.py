"""A choice question as a sheet: every option, and those that were chosen judged."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.choice.value import clean
from b2bcourse.render.sheet.parts import again, mark, missing, said, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.choice.face import Face, OptionFace
    from b2bcourse.render.sheet.parts import Judged


def sheet(face: Face, value: Mapping[str, Any], judged: Judged | None) -> str:
    """The options by their numbers, then how many are missing."""
    chosen, _ = clean(face, value)
    rows = "".join(
        _row(face, number, option, judged, picked=option.id in chosen)
        for number, option in enumerate(face.options, 1)
    )
    table = f'<table class="rows options"><tbody>{rows}</tbody></table>'
    return table + _after(face, judged)


def _row(
    face: Face, number: int, option: OptionFace, judged: Judged | None, *, picked: bool
) -> str:
    part = judged.feedback.parts.get(option.id) if judged else None
    state = part.state if part else "main" if picked else ""
    shown = "" if state == "left" else mark(state, face.lang)
    how = f'<span class="sr">{escape(word("chosen", face.lang))} </span>' if picked else ""
    why = f'<div class="why">{said(part.lines)}</div>' if part and judged and judged.opened else ""
    kind = f' class="{state}"' if shown else ""
    return (
        f'<tr{kind}><th class="no" scope="row">{number}</th><td class="mark">{how}{shown}</td>'
        f"<td>{escape(option.text)}{why}</td></tr>"
    )


def _after(face: Face, judged: Judged | None) -> str:
    lacking = judged.missing.get("", 0) if judged and not judged.opened else 0
    return again(face, judged, missing(lacking, face.lang))
