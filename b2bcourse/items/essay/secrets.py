"""What gives an essay away: its model text, and the notes for who judges it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

from b2bcourse.facts import LANGS
from b2bcourse.items.essay.face import EssayKey, Face
from b2bcourse.items.secret import ANSWERS, SecretBase, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")


class Secret(SecretBase[Face, EssayKey]):
    """What would give an essay away; its rubric is told to students."""

    told: ClassVar[frozenset[str]] = SecretBase.told | {"rubric"}

    def earns(self, answer: Any) -> float:
        """How much of the model text, or of the notes, a text says; no points tell it."""
        text = answer.get("text") if isinstance(answer, dict) else None
        if not isinstance(text, str) or len(text) < self._shortest:
            return 0.0
        return self._share(fold(text))

    def written(self, folded: str, *, named: bool) -> Iterator[Any]:
        """The model text, where half of it stands in a folded text."""
        if self._share(folded) >= ANSWERS:
            yield {"text": self.key.model.ko}

    @cached_property
    def _texts(self) -> list[list[str]]:
        """Model text and notes in each language, sentence by sentence, folded."""
        texts = [text[lang] for text in (self.key.model, self.key.guide) for lang in LANGS]
        return [[fold(sentence) for sentence in _SENTENCE_END.split(text)] for text in texts]

    @cached_property
    def _shortest(self) -> int:
        return min(sum(map(len, sentences)) for sentences in self._texts) // 2

    def _share(self, folded: str) -> float:
        """The largest share of one of the texts, in letters, that stands in a folded text."""
        return max(
            sum(len(said) for said in sentences if said in folded) / (sum(map(len, sentences)) or 1)
            for sentences in self._texts
        )
