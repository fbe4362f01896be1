"""The sentences that several kinds of item say; what one kind says stands in its own folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOLD: Final = 5


class Verdicts(Struct, frozen=True, forbid_unknown_fields=True):
    """Each verdict in one word, as tables and widgets say it."""

    right: Text
    partly: Text
    wrong: Text
    missed: Text
    accepted: Text
    not_attempted: Text
    chosen: Text


class SharedWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    right: Text
    accepted: Text
    nothing_chosen: Text
    summary: Text
    summary_open: Text
    counted: Text
    counted_open: Text
    not_yet: Text
    guess_kept: Text
    all_found: Text
    some_missing: Text
    read_label: Text
    bad_value: Text
    bad_row: Text
    bad_column: Text
    bad_card: Text
    bad_more: Text
    response_unreadable: Text
    response_too_large: Text
    response_newer: Text
    typed_shape: Text
    typed_unknown: Text
    typed_several: Text
    verdicts: Verdicts

    def of(self, *, graded: bool, open_: bool) -> Text:
        """The sentence beside a result: with points where it is graded, else without."""
        if graded:
            return self.summary_open if open_ else self.summary
        return self.counted_open if open_ else self.counted


NOTES: Final = read_words(__package__, SharedWords)


def told(notes: Sequence[Text]) -> tuple[Text, ...]:
    """The first few notes, and how many more; a thousand bad cells need no thousand lines."""
    more = len(notes) - _TOLD
    return (*notes[:_TOLD], *([NOTES.bad_more.format(n=more)] if more > 0 else []))
