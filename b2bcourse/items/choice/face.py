"""The face of a choice question: what a student sees, in one language, without the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from b2bcourse.items.authored import shown_of_all
from b2bcourse.items.base import FaceBase
from b2bcourse.items.choice.places import face_id, shown

if TYPE_CHECKING:
    from b2bcourse.facts import Lang
    from b2bcourse.items.choice.authored import ChoiceItem


class OptionFace(Struct, frozen=True, forbid_unknown_fields=True):
    """An option as it is shown."""

    id: str
    text: str


class Face(FaceBase, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a student sees of a choice question."""

    kind: Literal["choice"] = "choice"
    several: bool
    options: tuple[OptionFace, ...]


def face(item: ChoiceItem, lang: Lang) -> Face:
    """The face of an item in one language."""
    lang = item.spoken(lang)
    return Face(
        **shown_of_all(item, lang),
        several=item.several,
        options=tuple(OptionFace(face_id(option), option.text[lang]) for option in shown(item)),
    )
