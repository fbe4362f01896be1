"""Checks of an authored item: what is wrong, and what a careful colleague would question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from b2bcourse.authoring.guessing import ITEM_LIMIT, guessed
from b2bcourse.authoring.mending import FILLED, mended
from b2bcourse.authoring.positions import PATH, line_of, repeated
from b2bcourse.authoring.telling import told
from b2bcourse.authoring.testwise import WORDS as TESTWISE
from b2bcourse.authoring.wording import meant, plain
from b2bcourse.authoring.words import WORDS
from b2bcourse.authoring.writing import kinds
from b2bcourse.context import RETIRED, bank_folder
from b2bcourse.facts import benefits
from b2bcourse.facts.reading import DataError, read_raw
from b2bcourse.facts.slips import slips
from b2bcourse.facts.text import LANGS
from b2bcourse.items import (
    ItemError,
    agreement,
    authored_type,
    id_problems,
    kind_of,
    load_item,
    look_beside,
)
from b2bcourse.items.kind import Heard, Proved
from b2bcourse.items.names import plain_name
from b2bcourse.items.one_language import folder_language, in_one_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from b2bcourse.authoring.mending import Mended
    from b2bcourse.facts import Lang
    from b2bcourse.items import AnyKind
    from b2bcourse.items.authored import ItemBase

Langs = Sequence["Lang"]

_HANGUL: Final = re.compile(r"[가-힣]")
# Names that are written alike in both languages have no Hangul: CEO, IT, RFP, 3 %.
_NEEDS_HANGUL: Final = 12
_LENGTH_RATIO: Final = 1.6
_LONGEST_RATIO: Final = 1.2
_PLACES: Final = re.compile(r"\{[^{}]*\}")
_GOOD_ID: Final = re.compile(r"[a-z0-9_-]+")
_DEVICE: Final = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")
_NOT_UTF8: Final = "not saved as UTF-8; in your editor choose Save as, and the encoding UTF-8"
_MISSPELT: Final = re.compile(
    r"(?P<place>(?:[^:]*\.)?)\w+: there is no such field here; did you mean «(?P<near>.*)»\?"
)
_WITHOUT_LINE: Final = re.compile(r"(?<=YAML: )line \d+: ")


class Finding(Struct, frozen=True):
    """One thing about a file: an error (it cannot be used) or a warning (look again)."""

    file: str
    line: int
    kind: Literal["error", "warning"]
    text: str
    lang: Lang = "en"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {WORDS.findings[self.kind][self.lang]}: {self.text}"


def check(path: Path, lang: Lang = "en") -> list[Finding]:
    """Everything to be said about an item's file, all of it at once; empty when there is nothing.

    Args:
        path: an authored item.
        lang: the language in which it is told.
    """
    found = _found(path)
    if lang == "en":
        return found
    return [replace(one, text=told(one.text, lang), lang=lang) for one in found]


def author_language(path: Path, machine: Lang) -> Lang:
    """The language of who writes an item: the item's, its folder's, else the machine's."""
    try:
        raw = read_raw(path)
    except DataError:
        raw = None
    own = raw.get("lang") if isinstance(raw, dict) else None
    known = next((lang for lang in LANGS if lang == own), None)
    return known or folder_language(path.absolute().parent) or machine


def _found(path: Path) -> list[Finding]:
    try:
        text = path.read_text("utf-8-sig")  # Notepad may put a mark before the text
    except UnicodeDecodeError:
        return [Finding(str(path), 1, "error", _NOT_UTF8)]
    except OSError as error:
        return [Finding(str(path), 1, "error", f"cannot be read: {error.strerror}")]
    try:
        raw = read_raw(path)
    except DataError as error:
        said = str(error).removeprefix(f"{path}: ")
        return [Finding(str(path), line_of(text, said), "error", _WITHOUT_LINE.sub("", said))]
    errors = [
        *_errors(path, text, raw),
        *(
            Finding(str(path), line, "error", f"{name}: stands twice here; only the last is read")
            for line, name in repeated(text)
        ),
    ]
    if errors:
        return sorted(errors, key=lambda one: one.line)
    return _doubts(path, text, load_item(path))


def refuse_errors(files: Iterable[Path], machine: Lang = "en") -> None:
    """Refuse items that cannot be used, in the words of a check.

    Args:
        files: authored items.
        machine: the language in which it is told of an item that names none.

    Raises:
        ItemError: a line for each error: file, line, field, and what would be right.
    """
    found = [one for path in files for one in check(path, author_language(path, machine))]
    errors = [one for one in found if one.kind == "error"]
    if errors:
        raise ItemError("\n".join(map(str, errors)))


def _errors(path: Path, text: str, raw: Any) -> list[Finding]:
    """Why an item cannot be used: every fault of its fields, and all else that can be said."""
    if not isinstance(raw, dict) or not isinstance(raw.get("kind"), str):
        said = "an item needs a field 'kind', such as 'kind: matrix'"
        return [Finding(str(path), 1, "error", said)]
    try:
        kind = kind_of(raw["kind"])
    except ItemError:
        said = f"kind: there is no kind of item called {raw['kind']!r}"
        said += f"; there are: {', '.join(kinds())}{meant(raw['kind'], kinds())}"
        return [Finding(str(path), line_of(text, "kind: "), "error", said)]
    look_beside(path.parent, raw["kind"])
    put, messages = _put(raw, authored_type(raw["kind"]), path)
    fields = mended(put, authored_type(raw["kind"]))
    messages += [*fields.faults, *_problems(kind, fields, path), *_taken(path)]
    found = [_error(path, text, put, message) for message in messages]
    misspelt = {
        f"{hit['place']}{hit['near']}: is missing"
        for one in found
        if (hit := _MISSPELT.match(one.text))
    }
    return [one for one in found if one.text.partition(";")[0] not in misspelt]


def _put(
    raw: dict[str, Any], type_: type[ItemBase], path: Path
) -> tuple[dict[str, Any], list[str]]:
    """Plain texts in both languages' places; where no language is said, that is told once."""
    folder = folder_language(path.parent)
    put: dict[str, Any] = in_one_language(raw, type_, folder)
    if put is not raw or any(True for _ in _texts(raw)):
        return put, []
    spoken: Lang = "ko" if _HANGUL.search(str(raw)) else "en"
    put = in_one_language({**raw, "lang": spoken}, type_)
    if "lang" in raw:  # which is no language, and told as such
        return {**put, "lang": raw["lang"]}, []
    said = f"the texts are in one language; write lang: {spoken} in a line of its own above them"
    return (put, [f"schema: {said}"]) if put.get("title") != raw.get("title") else (raw, [])


def _problems(kind: AnyKind, fields: Mended, path: Path) -> list[str]:
    """What else is wrong, as far as the mended fields do not bring it about."""
    if fields.raw is None:
        return []
    found: list[str] = []
    try:
        if fields.sure:
            kind.load(fields.raw, str(path))
    except ItemError as error:
        found += error.problems or [str(error).removeprefix(f"{path}: ")]
    except DataError as error:
        found.append(str(error).removeprefix(f"{path}: "))
    if fields.places:
        found = [one for one in found if FILLED not in one and not _touches(one, fields.places)]
    of_id = [] if "id" in fields.places else id_problems(fields.raw["id"], path)
    return [*of_id, *found]


def _taken(path: Path) -> list[str]:
    """An id of the course's own bank means the course's item, wherever it is practised."""
    bank = bank_folder()
    if path.absolute().parent in {bank, bank / RETIRED}:
        return []
    taken = any((folder / f"{path.stem}.yaml").is_file() for folder in (bank, bank / RETIRED))
    said = f"«{path.stem}» is an item of the course's own bank; take another id"
    return [f"id: {said}"] if taken else []


def _touches(message: str, places: list[str]) -> bool:
    """Whether a message may be about what was mended: its place is above one, or below."""
    named = PATH.match(message)
    here = named[1] if named and message[named.end() :][:1] == ":" else ""
    return not here or any(
        _within(a, b) for each in places for a, b in ((here, each), (each, here))
    )


def _within(place: str, other: str) -> bool:
    return place == other or place.startswith((f"{other}.", f"{other}["))


def _error(path: Path, text: str, raw: dict[str, Any], message: str) -> Finding:
    said = plain(message, raw["kind"], raw)
    return Finding(str(path), line_of(text, message), "error", said)


def _doubts(path: Path, text: str, item: ItemBase) -> list[Finding]:
    try:
        others = [load_item(path.with_name(f"{name}.yaml")) for name in _wanted(item)]
        wrong = [*_same_names(item), *_unproved(item), *_disagreeing(item, others)]
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
    raw, langs = msgspec.to_builtins(item), item.langs
    if item.lang is None:
        yield from _languages(raw)
    yield from _odd_ids(raw)
    if _DEVICE.fullmatch(item.id):
        yield "id", f"«{item.id}»: Windows makes no file of this name; call it something else"
    if not item.source:
        yield "source", "no source; name the document's file, or write 'background'"
    yield from _reasons(raw)
    yield from _shared_reasons(raw)
    yield from _lengths(raw, langs)
    yield from _absolute(raw, langs)
    yield from _slips(raw, langs)
    yield from _giveaways(raw, langs)
    yield from _typed_alike(raw, langs)
    yield from _own_rows(raw)
    yield from _unlooked(raw)
    yield from _long_names(raw, langs)
    found = guessed(item, others=others)
    if found and found.best >= ITEM_LIMIT:
        best = max(found.earned, key=lambda how: found.earned[how])
        yield "kind", f"guessing ({best}) earns {found.best:.0%}; it should stay under 25%"


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
            gone, there = ("English", "ko") if ko.strip() else ("Korean", "en")
            yield place, f"the {gone} text is missing; write it, or for one language lang: {there}"
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


def _lengths(raw: dict[str, Any], langs: Langs) -> Iterator[tuple[str, str]]:
    """A right option that differs in length from the others is found by its length."""
    for lang in langs:
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


def _absolute(raw: dict[str, Any], langs: Langs) -> Iterator[tuple[str, str]]:
    """Words such as «always» in wrong options alone tell which options to strike out."""
    for lang in langs:
        right, wrong = _options(raw, "right", lang), _options(raw, "wrong", lang)
        told = [word for text in wrong for word in TESTWISE.absolute.found(text, lang)]
        if len(told) > 1 and not any(TESTWISE.absolute.found(text, lang) for text in right):
            words = ", ".join(dict.fromkeys(told))
            said = f"only wrong options have absolute words: {words} ({lang})"
            yield "options", f"{said}; make them near misses instead"


def _slips(raw: Any, langs: Langs) -> Iterator[tuple[str, str]]:
    """What goes wrong in form: «.가», «을(를)», «28백만 원», «6 %», two stops."""
    for place, text in _texts(raw):
        for lang in langs:
            said = text[lang]
            for line in said if isinstance(said, list | tuple) else [said]:
                # What agreement says has places that are filled in later.
                whole = _PLACES.sub("가나", line) if place.endswith("conflict") else str(line)
                yield from ((f"{place}.{lang}", slip) for slip in slips(whole, lang))


def _giveaways(raw: dict[str, Any], langs: Langs) -> Iterator[tuple[str, str]]:
    """The name of the answer stands in the question."""
    asked = {lang: plain_name(f"{raw['title'][lang]} {raw['task'][lang]}") for lang in langs}
    for number, option in enumerate(raw.get("options", ())):
        for lang in langs:
            named = plain_name(option["text"][lang])
            if option.get("verdict") == "right" and len(named) > 1 and named in asked[lang]:
                yield f"options[{number}]", f"the right answer stands in the question ({lang})"
    names = {c["id"]: c["name"] for c in raw.get("categories", ()) if "name" in c}
    for number, card in enumerate(raw.get("cards", ())):
        for category in card.get("required", ()):
            yield from _named_in_card(number, card, names.get(category.partition("/")[0]), langs)
    for number, row in enumerate(raw.get("rows", ())):
        card, name = row.get("card"), row.get("name")
        if card and name:
            for lang in langs:
                if plain_name(name[lang]) in plain_name(card[lang]):
                    yield f"rows[{number}].card", f"the card names its row ({lang})"


def _named_in_card(
    number: int, card: dict[str, Any], name: dict[str, str] | None, langs: Langs
) -> Iterator[tuple[str, str]]:
    for lang in langs if name else ():
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


def _typed_alike(raw: dict[str, Any], langs: Langs) -> Iterator[tuple[str, str]]:
    """Names that differ in spaces and signs alone: typed with another sign, either is meant."""
    for lists in _CHOSEN_FROM:
        seen: dict[tuple[str, str], str] = {}
        for name in lists:
            for number, entry in enumerate(raw.get(name, ())):
                text = entry.get("text") or entry.get("name") or {}
                for lang in langs if text else ():
                    first = seen.setdefault((lang, plain_name(text[lang])), text[lang])
                    if first != text[lang]:
                        told = f"«{text[lang]}» and «{first}» are one name when typed ({lang})"
                        yield f"{name}[{number}]", told


def _same_names(item: ItemBase) -> Iterator[tuple[str, str]]:
    """Names that two of a list have: nobody could say which of them is meant."""
    raw = msgspec.to_builtins(item)
    for lists in _CHOSEN_FROM:
        seen: set[tuple[str, str, str]] = set()
        for name in lists:
            for number, entry in enumerate(raw.get(name, ())):
                text = entry.get("text") or entry.get("name") or {}
                # A card with a side of its own is told from another by that.
                said = {(lang, text[lang], str(entry.get("side", ""))) for lang in text}
                if repeated_here := sorted(said & seen):
                    yield f"{name}[{number}]", f"another one is called «{repeated_here[0][1]}» too"
                seen |= said


def _own_rows(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A matrix' rows that are half a benefit of the facts, or that do not say what they settle."""
    if raw["kind"] != "matrix":
        return
    known = {benefit.id for benefit in benefits().benefits}
    for number, row in enumerate(raw["rows"]):
        here = f"rows[{number}]"
        if row["benefit"] and row["name"]:
            said = "for a row of your own write 'id' in the place of 'benefit'"
            yield f"{here}.name", f"«{row['benefit']}» of the facts brings its own name; {said}"
        elif row["id"] in known and not raw["corner"]:
            yield f"{here}.id", f"«{row['id']}» is a benefit of the facts; take another id"
        if not row["benefit"] and not row["point"] and not raw["corner"]:
            yield here, "no point; feedback cannot say what this row settles"


def _unlooked(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """People of whom feedback could say nothing: no fact stands behind them, and no sentence."""
    for number, person in enumerate(raw["columns"] if raw["kind"] == "matrix" else ()):
        behind = person["member"] or person["counts_as"] or person["reason"] or person["looks_for"]
        if not behind and not raw["corner"]:
            said = "no looks_for; whoever marks this person wrongly is told nothing of them"
            yield f"columns[{number}]", said


_HEAD: Final = 40
_NAME: Final = 100
_LONGEST: Final = {
    "columns": _HEAD,
    "column_decoys": _HEAD,
    "sides": _HEAD,
    "rows": _NAME,
    "row_decoys": _NAME,
    "categories": _NAME,
}
"""How wide a name may be, by the list it stands in; a syllable of Hangul is as wide as two."""


def _long_names(raw: dict[str, Any], langs: Langs) -> Iterator[tuple[str, str]]:
    for name, most in _LONGEST.items():
        for number, entry in enumerate(raw.get(name, ())):
            told = entry.get("name") or {}
            if told and max(cell_len(told[lang]) for lang in langs) > most:
                length = max(len(told[lang]) for lang in langs)
                yield f"{name}[{number}].name", f"{length} letters make a head nobody can look at"
