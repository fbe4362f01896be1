"""What authors write in items of every kind: a story, and where to read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar

from msgspec import Struct

from b2bcourse.facts import LANGS, Lang, Text
from b2bcourse.facts.reading import convert
from b2bcourse.items.base import Read, refuse
from b2bcourse.items.one_language import in_one_language
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")


class Paragraphs(Struct, frozen=True, forbid_unknown_fields=True):
    """A story in both languages, paragraph by paragraph."""

    ko: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def __getitem__(self, lang: str) -> tuple[str, ...]:
        return self.ko if lang == "ko" else self.en


class ReadAgain(Struct, frozen=True, forbid_unknown_fields=True):
    """Where to read again: a lesson's file name without ending, and a heading in it."""

    notebook: str
    section: Text
    anchor: Text


class ItemBase(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an author writes in an item of any kind; docs/items.md explains every field.

    ``lang`` is the one language of an item that is in one; of most it is not given.
    """

    schema: Literal[1]
    id: str
    kind: str
    title: Text
    task: Text
    lang: Lang | None = None
    level: Literal["recall", "apply", "judge"] = "apply"
    case: Paragraphs = Paragraphs()
    hints: tuple[Text, ...] = ()
    read: ReadAgain | None = None
    facts: tuple[str, ...] = ()
    source: str = ""

    def spoken(self, lang: Lang) -> Lang:
        """The language in which the item is told to who asks for ``lang``."""
        return self.lang or lang

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages that it is written in."""
        return (self.lang,) if self.lang else LANGS

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Ids of the facts that the item rests on."""
        return tuple(dict.fromkeys(self.facts))


def load_as(raw: Any, type_: type[T], problems: Callable[[T], Iterable[str]], where: str) -> T:
    """An item from plain data.

    Args:
        raw: what the YAML file holds.
        type_: the kind's own type of item.
        problems: what is wrong with an item whose fields have the right types.
        where: the file's name, for messages.

    Raises:
        DataError: a field is missing, unknown or of another type.
        ItemError: it has problems: see `refuse`.
    """
    item = convert(in_one_language(raw, type_), type_, where)
    refuse(where, problems(item))
    return item


class ShownOfAll(TypedDict):
    """What the face of every kind shows: see `FaceBase`."""

    id: str
    lang: Lang
    title: str
    task: str
    case: tuple[str, ...]
    read: Read | None


def shown_of_all(item: ItemBase, lang: Lang) -> ShownOfAll:
    """What the face of every kind shows, in one language."""
    lang = item.spoken(lang)
    return {
        "id": item.id,
        "lang": lang,
        "title": item.title[lang],
        "task": item.task[lang],
        "case": item.case[lang],
        "read": read_again(item.read, lang),
    }


def twice(what: str, ids: Sequence[str]) -> list[str]:
    """Ids that stand twice where each may stand once."""
    return [f"{what}: {name!r} stands twice" for name in sorted(set(ids)) if ids.count(name) > 1]


def unknown(where: str, name: str, known: Sequence[str]) -> list[str]:
    """A name that refers to nothing, with what there is."""
    return [] if name in known else [f"{where}: no {name!r}; there are: {', '.join(known)}"]


def read_again(read: ReadAgain | None, lang: Lang) -> Read | None:
    """Where to read again as a label and a link; `None` where the item names no place."""
    if read is None:
        return None
    number = read.notebook.partition("-")[0]
    anchor = "-".join(read.anchor[lang].split())
    return Read(
        label=NOTES.read_label[lang].format(number=number, section=read.section[lang]),
        href=f"{read.notebook}.ipynb#{anchor}",
    )
