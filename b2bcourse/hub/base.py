"""What the hub's modules share: a refusal in both languages, and their sentences."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class HubWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    not_root: Text
    not_linux: Text
    no_program: Text
    closed_folder: Text
    no_clone: Text
    environment: Text
    environment_closed: Text
    proxy: Text
    accounts: Text
    account_taken: Text
    account_bad: Text
    account_missing: Text
    account_not_made: Text
    course: Text
    failed: Text
    ready: Text
    demo_warning: Text
    login: Text
    teacher: Text
    student: Text
    learner: Text
    stop: Text
    stopping: Text
    stopped: Text
    prepared: Text
    again: Text
    broke_off: Text
    port_taken: Text
    unknown_course: Text
    not_allowed: Text
    home_full: Text
    home_missing: Text
    queue: Text
    starting: Text
    choose_course: Text
    start: Text


WORDS: Final = read_words(__package__, HubWords)


class HubError(RuntimeError):
    """A hub that cannot be set up or run, said in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.ko}\n{text.en}")
        self.text = text
