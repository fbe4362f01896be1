"""What an option is called on the face, and where it stands there: neither says what the key says.

Both come from what everybody may read, the option's text in both languages, and from one salt that
all items share. So the author's ids, their order and their verdicts leave no trace: a face is the
same whatever they are, but where the author keeps the order.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from b2bcourse.items.choice.authored import ChoiceItem, Option

_SALT: Final = "b2bcourse 7"  # chosen so that no place is right more often than chance
_LETTERS: Final = 8


def face_id(option: Option) -> str:
    """The id by which the face and an answer know an option."""
    said = f"{_SALT}/{option.text.ko}/{option.text.en}"
    digest = hashlib.sha256(said.encode()).digest()
    return base64.b32encode(digest).decode().lower()[:_LETTERS]


def shown(item: ChoiceItem) -> tuple[Option, ...]:
    """The options in the order in which they are shown, the same in every language and release."""
    return item.options if item.keep_order else tuple(sorted(item.options, key=face_id))
