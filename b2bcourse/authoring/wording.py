"""What a strict reader complains of, in an author's words: where, what, and what would be right."""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.authoring.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_AT: Final = re.compile(r"^(?P<said>.*?)(?: - at `\$\.?(?P<place>[^`]*)`)?$", re.DOTALL)
_STEP: Final = re.compile(r"\[\d+\]|[^.\[\]]+")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING: Final = re.compile(r"Object missing required field `(.*)`")
_TYPE: Final = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_ENUM: Final = re.compile(r"Invalid enum value (.*)")
_NO_SUCH: Final = re.compile(
    r"\bno (?:(?P<sort>column|card|group|place) )?'(?P<name>[^']+)'(?:; there are: (?P<listed>.*))?"
)
_LISTS: Final = {"column": "columns", "card": "cards", "group": "groups"}
_LIKE: Final = 0.75
_CLEARLY: Final = 0.08
"""How much more like than the next one a guess must be."""
_A_NAME: Final = re.compile(r"[a-z_]+")
_QUOTES: Final = "“”‘’„"


def plain(message: str, kind: str, raw: Mapping[str, Any]) -> str:
    """An error as a teacher would tell it; what needs no translation stays as it is.

    Args:
        message: the error, without the file's name.
        kind: the item's kind, whose fields are known.
        raw: what the file holds, for a guess at what was meant.

    Returns:
        ``field: what is wrong; what would be right``.
    """
    parts = _AT.match(message)
    said, place = (parts["said"], parts["place"] or "") if parts else (message, "")
    unknown = _UNKNOWN.match(said)
    if unknown and _stands_alone(raw, place, unknown.group(1)):
        return f"{place}: {_quote_it(unknown.group(1))}"
    told = _told(said, place, kind, plainly=bool(raw.get("lang")))
    if told:
        return told
    no_such = _NO_SUCH.search(message)
    if no_such and (named := _by_its_name(no_such, raw)):
        return f"{message}; did you mean «{named}»?"
    return message + (meant(no_such["name"], _named_so(no_such, raw)) if no_such else "")


def _by_its_name(no_such: re.Match[str], raw: Mapping[str, Any]) -> str:
    """The id of what is called so: a name stands where its id belongs."""
    entries = raw.get(_LISTS.get(no_such["sort"] or "", ""), ())
    for entry in entries if isinstance(entries, list) else ():
        name = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, dict) and no_such["name"] in name.values():
            return str(entry.get("id") or "")
    return ""


def _named_so(no_such: re.Match[str], raw: Mapping[str, Any]) -> list[str]:
    """What a name that nothing has may be: what the message lists, else what is of its sort."""
    if no_such["listed"]:
        return no_such["listed"].split(", ")
    entries = raw.get(_LISTS.get(no_such["sort"] or "", ""), ())
    found = entries if isinstance(entries, list) else ()
    ids = [entry.get("id") or entry.get("member") for entry in found if isinstance(entry, dict)]
    return [str(one) for one in ids if one]


def _told(said: str, place: str, kind: str, *, plainly: bool) -> str:
    unknown, missing = _UNKNOWN.match(said), _MISSING.match(said)
    wrong, enum = _TYPE.match(said), _ENUM.match(said)
    if unknown:
        return _unknown(unknown.group(1), place, kind)
    if missing:
        name = missing.group(1)
        return f"{_field(place, name)}: is missing; {_how(name, place, kind, plainly=plainly)}"
    if enum:
        listed = sorted({str(v) for spot in _spots(kind, place) for v in spot.get("enum", ())})
        value = enum.group(1)
        near = meant(value.strip("'"), listed)
        return f"{place}: {value} is none of {', '.join(listed)}{near}"
    if not wrong:
        return ""
    bilingual = any({"ko", "en"} <= set(spot.get("properties", ())) for spot in _spots(kind, place))
    told = _wrong_type(wrong[1], wrong[2], bilingual=bilingual)
    return f"{place or 'the file'}: {told}"


def _field(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _unknown(name: str, place: str, kind: str) -> str:
    fields = sorted({field for spot in _spots(kind, place) for field in spot.get("properties", ())})
    if not _A_NAME.fullmatch(name) and {"ko", "en"} <= set(fields):
        return f"{place}: {_quote_it(name)}"
    listed = f"; there are: {', '.join(fields)}" if fields else ""
    return f"{_field(place, name)}: there is no such field here{meant(name, fields) or listed}"


def _quote_it(name: str) -> str:
    hint = 'a comma or a colon stands in the text; put the whole text in "double quotes"'
    if any(sign in name for sign in _QUOTES):
        hint += " (the straight ones; “ and ” are no quotes for YAML)"
    return hint


def _stands_alone(raw: Mapping[str, Any], place: str, name: str) -> bool:
    """Whether a field that is none is the rest of a text: between { and } a comma cuts it off."""
    here: Any = raw
    try:
        for step in _STEP.findall(place):
            here = here[int(step[1:-1])] if step.startswith("[") else here[step]
        return here[name] is None and not _A_NAME.fullmatch(name)
    except (KeyError, IndexError, TypeError):
        return False


def _how(name: str, place: str, kind: str, *, plainly: bool) -> str:
    spots = list(_spots(kind, _field(place, name)))
    if not plainly and any({"ko", "en"} <= set(spot.get("properties", ())) for spot in spots):
        return f"write {name}: {{ko: ..., en: ...}}"
    return f"write {name}: and what it is"


_GOT: Final = {
    "bool": 'yes, no, on, off, true and false are no text for YAML; put it in "double quotes"',
    "int": 'a number, and here goes a text; put it in "double quotes"',
    "float": 'a number, and here goes a text; put it in "double quotes"',
    "null": "nothing is written here; write a text, or take the field away",
    "object": 'a colon stands in the text; put the whole text in "double quotes"',
    "array": 'a list, and here goes one text; a text that begins with [ goes in "double quotes"',
    "date": 'a date, and here goes a text; put it in "double quotes"',
}
_WANTED: Final = {
    "object": "several fields, such as {ko: ..., en: ...}",
    "array": "a list: each entry on a line of its own after a hyphen, or [one, two]",
    "int": "a whole number, without quotes",
    "float": "a number, without quotes",
    "bool": "true or false, without quotes",
}


_ONE_TEXT: Final = (
    "one text, and here go two: write {ko: ..., en: ...}, or with lang: ko above plain text"
)


def _wrong_type(wanted: str, got: str, *, bilingual: bool) -> str:
    names = [name.strip() for name in wanted.split("|")]
    if bilingual and got == "str":
        return (
            "one text, and here go two: write {ko: ..., en: ...}, or with lang: ko above plain text"
        )
    if "str" in names and got in _GOT:
        return _GOT[got]
    needed = next((_WANTED[name] for name in names if name in _WANTED), "something else")
    here = {"null": "nothing is written here", "str": "this is a text"}
    what = here.get(got, "this does not fit")
    return f"{what}; here goes {needed}"


def meant(name: str, among: Sequence[str]) -> str:
    """The one that was meant, to stand behind an error; empty where it is not clear which."""
    plainly = str.casefold
    known = sorted({each for each in among if each != name})
    close = get_close_matches(plainly(name), map(plainly, known), 2, _LIKE)
    found = [each for each in known if close and plainly(each) == close[0]]
    if len(found) != 1:
        return ""
    near = [SequenceMatcher(None, each, plainly(name)).ratio() for each in close]
    if near[1:] and near[0] - near[1] < _CLEARLY:
        return ""
    return f"; did you mean «{found[0]}»?"


def _spots(kind: str, place: str) -> Iterator[dict[str, Any]]:
    """What a kind's schema says of a field; several where it may be of several types."""
    try:
        whole = schema(kind)
    except ValueError:
        return
    spots = list(_resolved(whole, whole))
    for step in _STEP.findall(place):
        below = [under for spot in spots for under in _below(spot, step)]
        spots = [found for under in below for found in _resolved(under, whole)]
    yield from spots


def _below(spot: dict[str, Any], step: str) -> Iterator[dict[str, Any]]:
    if step.startswith("["):
        found = spot.get("items")
    else:
        found = spot.get("properties", {}).get(step, spot.get("additionalProperties"))
    if isinstance(found, dict):
        yield found


def _resolved(spot: dict[str, Any], whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "$ref" in spot:
        yield from _resolved(whole["$defs"][spot["$ref"].rpartition("/")[2]], whole)
    elif "anyOf" in spot:
        for one in spot["anyOf"]:
            yield from _resolved(one, whole)
    else:
        yield spot
