"""What the static tables of all kinds share: title, story, task, result, style, drawn marks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from b2bcourse.items.feedback import PartFeedback
from b2bcourse.items.once import made_once
from b2bcourse.render.look import COLOURS, TONES, marked
from b2bcourse.render.words import WORDS

if TYPE_CHECKING:
    from b2bcourse.facts import Lang
    from b2bcourse.items.base import FaceBase, Read
    from b2bcourse.items.feedback import Feedback


_STYLE: Final = (
    ".b2b-static{font-size:14px;line-height:1.5;word-break:keep-all}"
    ".b2b-static table{border-collapse:collapse;margin:8px 0;font-size:13px}"
    ".b2b-static :is(th,td){border:0;border-bottom:1px solid #b0b0b0;padding:4px 8px;"
    "text-align:left;vertical-align:top;background:none}"
    ".b2b-static svg{vertical-align:-2px}.b2b-static p{margin:4px 0}"
    ".b2b-static ul{margin:0;padding-left:16px}.b2b-static small{font-size:12px}"
)

_NOTHING: Final = PartFeedback("")

# Drawn, not typed: glyphs differ from face to face.
SHAPES: Final = {name: marked(name, COLOURS[tone]) for name, tone in TONES.items()}


def framed(face: FaceBase, body: str, feedback: Feedback | None, style: str = "") -> str:
    """A static page's part for one item.

    Args:
        face: the item's face.
        body: the answer as HTML, escaped already.
        feedback: what `explain` or `judged` returned, if the answer was judged.
        style: the kind's own rules, beside the shared ones.
    """
    start, asked, note = _fixed(face)
    static = "" if feedback else note
    return f"{start}<style>{_STYLE}{style}</style>{asked}{_summary(feedback)}{body}{static}</div>"


@made_once
def _fixed(face: FaceBase) -> tuple[str, str, str]:
    """What stands around every answer to a face: the start, what is asked, and how to answer."""
    case = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in told_case(face))
    how = escape(WORDS.static[face.lang].format(item=face.id))
    return (
        f'<div class="b2b-static" data-item="{escape(face.id)}" lang="{face.lang}">',
        (
            f'<div class="b2b-asked"><p><b>{escape(face.title)}</b></p>{case}'
            f"<p>{escape(face.task)}</p></div>"
        ),
        f'<p class="b2b-how"><small>{how}</small></p>',
    )


def _summary(feedback: Feedback | None) -> str:
    if not feedback:
        return ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in feedback.notes)
    return f"<p><b>{escape(feedback.big)}</b> {escape(feedback.text)}</p>{notes}"


def told_case(face: FaceBase) -> list[str]:
    """The story, its paragraphs numbered where they can be cited as evidence."""
    if not getattr(face, "evidence", False):
        return list(face.case)
    return [f"{number}. {paragraph}" for number, paragraph in enumerate(face.case, 1)]


def part_of(feedback: Feedback | None, name: str) -> PartFeedback:
    """What feedback says of a part; nothing where there is none."""
    return feedback.parts.get(name, _NOTHING) if feedback else _NOTHING


def html_said(part: PartFeedback, lang: Lang) -> str:
    """What feedback says of a part: its sentences, then where to read again."""
    lines = "".join(f"<p><b>{escape(line.lead)}</b> {escape(line.text)}</p>" for line in part.lines)
    return lines + html_read(part.read, lang)


def text_said(part: PartFeedback, indent: str) -> list[str]:
    """The same as lines of text."""
    return [f"{indent}{line.lead} {line.text}".rstrip() for line in part.lines]


def unless_right(part: PartFeedback) -> PartFeedback:
    """A part without its place to read again where nothing has to be."""
    return replace(part, read=None) if part.state == "right" else part


def html_read(read: Read | None, lang: Lang) -> str:
    """Where to read again, in small print."""
    if not read:
        return ""
    return f"<p><small>{escape(WORDS.read_again[lang])}: {escape(read.label)}</small></p>"


def svg(shape: str) -> str:
    """A mark as a drawing of 16 by 16; its word stands beside it."""
    box = 'width="16" height="16" aria-hidden="true"'  # a pixel is a unit, so it needs no viewBox
    return f"<svg {box}>{SHAPES[shape]}</svg>"
