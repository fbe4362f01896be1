"""Checks of an authored item: what is wrong, and what a careful colleague would question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
import yaml
from msgspec import Struct

from b2bcourse.authoring.guessing import ITEM_LIMIT, guessed
from b2bcourse.authoring.positions import line_of, repeated
from b2bcourse.authoring.testwise import WORDS as TESTWISE
from b2bcourse.authoring.wording import plain
from b2bcourse.authoring.writing import kinds
from b2bcourse.facts.reading import LOADER
from b2bcourse.facts.slips import slips
from b2bcourse.facts.text import LANGS
from b2bcourse.items import ItemError, agreement, kind_of, load_item
from b2bcourse.items.kind import Heard, Proved
from b2bcourse.items.names import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from b2bcourse.items.authored import ItemBase

_HANGUL: Final = re.compile(r"[가-힣]")
# Names that are written alike in both languages have no Hangul: CEO, IT, RFP, 3 %.
_NEEDS_HANGUL: Final = 12
_LENGTH_RATIO: Final = 1.6
_LONGEST_RATIO: Final = 1.2
_PLACES: Final = re.compile(r"\{[^{}]*\}")
_GOOD_ID: Final = re.compile(r"[a-z0-9_-]+")
_DEVICE: Final = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")
_NOT_UTF8: Final = "not saved as UTF-8; in your editor choose Save as, and the encoding UTF-8"
_WITHOUT_LINE: Final = re.compile(r"(?<=YAML: )line \d+: ")


class Finding(Struct, frozen=True):
    """One thing about a file: an error (it cannot be used) or a warning (look again)."""

    file: str
    line: int
    kind: Literal["error", "warning"]
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.kind}: {self.text}"


def check(path: Path) -> list[Finding]:
    """Everything to be said about an item's file; empty when there is nothing.

    Args:
        path: an authored item.
    """
    try:
        text = path.read_text("utf-8-sig")  # Notepad may put a mark before the text
    except UnicodeDecodeError:
        return [Finding(str(path), 1, "error", _NOT_UTF8)]
    except OSError as error:
        return [Finding(str(path), 1, "error", f"cannot be read: {error.strerror}")]
    try:
        item = load_item(path)
    except ItemError as error:
        return [_error(path, text, str(error).removeprefix(f"{path}: "))]
    lost = [
        Finding(str(path), line, "error", f"{name}: stands twice here; only the last is read")
        for line, name in repeated(text)
    ]
    return lost or _doubts(path, text, item)


def refuse_errors(files: Iterable[Path]) -> None:
    """Refuse items that cannot be used, in the words of a check.

    Raises:
        ItemError: a line for each error: file, line, field, and what would be right.
    """
    errors = [found for path in files for found in check(path) if found.kind == "error"]
    if errors:
        raise ItemError("\n".join(map(str, errors)))


def _error(path: Path, text: str, message: str) -> Finding:
    if message.startswith("not valid YAML"):
        return Finding(str(path), line_of(text, message), "error", _WITHOUT_LINE.sub("", message))
    raw = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if message.startswith("there is no kind"):
        message = f"kind: {message}; there are: {', '.join(kinds())}"
    ids = frozenset(str(value) for value in _ids(raw))
    said = plain(message, kind if isinstance(kind, str) else "", ids)
    return Finding(str(path), line_of(text, message), "error", said)


def _ids(raw: Any) -> Iterator[Any]:
    """Every id that a file gives something."""
    if isinstance(raw, dict):
        if "id" in raw:
            yield raw["id"]
        for value in raw.values():
            yield from _ids(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _ids(value)


def _doubts(path: Path, text: str, item: ItemBase) -> list[Finding]:
    try:
        others = [load_item(path.with_name(f"{name}.yaml")) for name in _wanted(item)]
        wrong = [*_unproved(item), *_disagreeing(item, others)]
        doubts = list(_warnings(item, others))
    except ItemError as error:
        return [Finding(str(path), 1, "error", str(error))]
    told: list[tuple[Literal["error", "warning"], str, str]] = [
        *(("error", place, said) for place, said in wrong),
        *(("warning", place, said) for place, said in doubts),
    ]
    return [
        Finding(str(path), line_of(text, place), kind, f"{place}: {said}")
        for kind, place, said in told
    ]


def _wanted(item: ItemBase) -> tuple[str, ...]:
    """The items whose answers this one is held against."""
    return agreement.wanted(kind_of(item.kind).key(item)) if hasattr(item, "consistent") else ()


def _disagreeing(item: ItemBase, others: list[ItemBase]) -> Iterator[tuple[str, str]]:
    """Who answers this item and the others rightly must agree with himself."""
    mute = [other.id for other in others if not isinstance(kind_of(other.kind), Heard)]
    for name in mute:
        yield "consistent", f"«{name}» is of a kind that no answer can be held against"
    if not others or mute:
        return
    for number in agreement.disagreeing(item, others):
        yield f"consistent[{number}]", "the right answers to the two items do not agree"


def _warnings(item: ItemBase, others: list[ItemBase]) -> Iterator[tuple[str, str]]:
    """(field, what to look at again) of a usable item."""
    raw = msgspec.to_builtins(item)
    yield from _languages(raw)
    yield from _odd_ids(raw)
    if _DEVICE.fullmatch(item.id):
        yield "id", f"«{item.id}»: Windows makes no file of this name; call it something else"
    if not item.source:
        yield "source", "no source; name the document's file, or write 'background'"
    yield from _reasons(raw)
    yield from _shared_reasons(raw)
    yield from _lengths(raw)
    yield from _absolute(raw)
    yield from _slips(raw)
    yield from _giveaways(raw)
    yield from _typed_alike(raw)
    found = guessed(item, others=others)
    if found and found.best >= ITEM_LIMIT:
        best = max(found.earned, key=lambda how: found.earned[how])
        yield "kind", f"guessing ({best}) earns {found.best:.0%}; it should stay under 25 %"


def _unproved(item: ItemBase) -> Iterator[tuple[str, str]]:
    """Where a kind can find its best answer itself, the authored one is held against it."""
    kind = kind_of(item.kind)
    if not isinstance(kind, Proved):
        return
    solved, said = kind.solve(item), kind.key(item)
    if solved.best != said.best:
        best, not_best = float(solved.best), float(said.best)
        yield "solution.best", f"the best plan is worth {best:g}, not {not_best:g}"
    elif len(solved.plans) != len(said.plans):
        yield "solution.plans", f"{len(solved.plans)} plans are best, {len(said.plans)} are listed"


def _texts(raw: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every bilingual text of an item, with the field it stands in."""
    if isinstance(raw, dict):
        if set(raw) == {"ko", "en"}:
            yield place, raw
            return
        for name, value in raw.items():
            yield from _texts(value, f"{place}.{name}" if place else str(name))
    elif isinstance(raw, list | tuple):
        for number, value in enumerate(raw):
            yield from _texts(value, f"{place}[{number}]")


def _languages(raw: Any) -> Iterator[tuple[str, str]]:
    for place, text in _texts(raw):
        ko, en = (
            "\n".join(t) if isinstance(t, list | tuple) else str(t)
            for t in (text["ko"], text["en"])
        )
        if bool(ko.strip()) != bool(en.strip()):
            gone = "English" if ko.strip() else "Korean"
            yield place, f"the {gone} text is missing; write it, or the same text twice"
        elif len(ko) > _NEEDS_HANGUL and not _HANGUL.search(ko):
            yield f"{place}.ko", "no Korean in the Korean text"
        elif _HANGUL.search(en):
            yield f"{place}.en", "Korean in the English text"


def _odd_ids(raw: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Ids that are a nuisance to type; an answer's file names its parts by them."""
    for name, value in raw.items():
        for number, entry in enumerate(value if isinstance(value, list | tuple) else ()):
            here = f"{place}{name}[{number}]"
            if isinstance(entry, dict):
                said = entry.get("id")
                if isinstance(said, str) and said and not _GOOD_ID.fullmatch(said):
                    yield f"{here}.id", f"«{said}»: use lower-case letters, digits and hyphens"
                yield from _odd_ids(entry, f"{here}.")


# What an author gives a reason for, by the list it stands in.
_REASONED: Final = ("options", "cards", "decoys", "mistakes", "traps", "members")


def _reasons(raw: dict[str, Any], place: str = "") -> Iterator[tuple[str, str]]:
    for name, value in raw.items():
        here = f"{place}.{name}" if place else name
        if not isinstance(value, list | tuple):
            continue
        for number, entry in enumerate(value):
            if not isinstance(entry, dict):
                continue
            if name in _REASONED and "reason" in entry and not _said(entry["reason"]):
                yield f"{here}[{number}]", "no reason; feedback will have nothing to say"
            yield from _reasons(entry, f"{here}[{number}]")


def _shared_reasons(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """One reason for two places of a card gives the second away to whoever found the first."""
    for number, card in enumerate(raw.get("cards", ())):
        places = card.get("required", ()) if raw["kind"] == "matching" else ()
        for place in places if len(places) > 1 else ():
            if place not in card.get("reasons", {}):
                yield f"cards[{number}].reasons", f"no reason of its own for {place!r}"


def _said(text: Any) -> bool:
    return bool(text) and any(str(part).strip() for part in text.values())


def _lengths(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A right option that differs in length from the others is found by its length."""
    for lang in LANGS:
        right, wrong = _options(raw, "right", lang), _options(raw, "wrong", lang)
        if not right or not wrong:
            continue
        lengths, others = [*map(len, right)], [*map(len, wrong)]
        if min(lengths) > _LENGTH_RATIO * max(others):
            yield "options", f"the right option is much longer than the others ({lang})"
        elif len(right) == 1 and lengths[0] > _LONGEST_RATIO * max(others):
            yield "options", f"the right option is the longest ({lang}); make a wrong one as long"
        elif len(right) == 1 and _LENGTH_RATIO * lengths[0] < min(others):
            yield "options", f"the right option is much shorter than the others ({lang})"


def _options(raw: dict[str, Any], verdict: str, lang: str) -> list[str]:
    return [o["text"][lang] for o in raw.get("options", ()) if o.get("verdict") == verdict]


def _absolute(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Words such as «always» in wrong options alone tell which options to strike out."""
    for lang in LANGS:
        right, wrong = _options(raw, "right", lang), _options(raw, "wrong", lang)
        told = [word for text in wrong for word in TESTWISE.absolute.found(text, lang)]
        if len(told) > 1 and not any(TESTWISE.absolute.found(text, lang) for text in right):
            words = ", ".join(dict.fromkeys(told))
            said = f"only wrong options have absolute words: {words} ({lang})"
            yield "options", f"{said}; make them near misses instead"


def _slips(raw: Any) -> Iterator[tuple[str, str]]:
    """What goes wrong in form: «.가», «을(를)», «28백만 원», «6 %», two stops."""
    for place, text in _texts(raw):
        for lang in LANGS:
            said = text[lang]
            for line in said if isinstance(said, list | tuple) else [said]:
                # What agreement says has places that are filled in later.
                whole = _PLACES.sub("가나", line) if place.endswith("conflict") else str(line)
                yield from ((f"{place}.{lang}", slip) for slip in slips(whole, lang))


def _giveaways(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The name of the answer stands in the question."""
    asked = {lang: plain_name(f"{raw['title'][lang]} {raw['task'][lang]}") for lang in ("ko", "en")}
    for number, option in enumerate(raw.get("options", ())):
        for lang in ("ko", "en"):
            named = plain_name(option["text"][lang])
            if option.get("verdict") == "right" and len(named) > 1 and named in asked[lang]:
                yield f"options[{number}]", f"the right answer stands in the question ({lang})"
    names = {c["id"]: c["name"] for c in raw.get("categories", ()) if "name" in c}
    for number, card in enumerate(raw.get("cards", ())):
        for category in card.get("required", ()):
            yield from _named_in_card(number, card, names.get(category.partition("/")[0]))
    for number, row in enumerate(raw.get("rows", ())):
        card, name = row.get("card"), row.get("name")
        if card and name:
            for lang in ("ko", "en"):
                if plain_name(name[lang]) in plain_name(card[lang]):
                    yield f"rows[{number}].card", f"the card names its row ({lang})"


def _named_in_card(
    number: int, card: dict[str, Any], name: dict[str, str] | None
) -> Iterator[tuple[str, str]]:
    for lang in ("ko", "en") if name else ():
        assert name is not None  # the loop runs only then
        if plain_name(name[lang]) in plain_name(card["text"][lang]):
            yield f"cards[{number}]", f"the card names its category «{name[lang]}» ({lang})"


# Lists from which one name is chosen, and so typed; a decoy stands beside what it resembles.
_CHOSEN_FROM: Final = (
    ("options",),
    ("cards", "decoys"),
    ("rows", "row_decoys"),
    ("columns", "column_decoys"),
    ("categories",),
    ("sides",),
    ("variables",),
)


def _typed_alike(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Names that differ in spaces and signs alone: typed with another sign, either is meant."""
    for lists in _CHOSEN_FROM:
        seen: dict[tuple[str, str], str] = {}
        for name in lists:
            for number, entry in enumerate(raw.get(name, ())):
                text = entry.get("text") or entry.get("name") or {}
                for lang in text:
                    first = seen.setdefault((lang, plain_name(text[lang])), text[lang])
                    if first != text[lang]:
                        told = f"«{text[lang]}» and «{first}» are one name when typed ({lang})"
                        yield f"{name}[{number}]", told
