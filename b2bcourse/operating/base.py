"""What the operator's commands share: a refusal in both languages."""

from __future__ import annotations

from b2bcourse.facts import Text


class OperatingError(RuntimeError):
    """Something that cannot be done on this machine, said in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.ko}\n{text.en}")
        self.text = text
