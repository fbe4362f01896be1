"""Items in one language: plain text where both languages would stand.

What the course ships is in both. An author who teaches in one writes ``lang: ko`` (or her course
or bank says it) and then each text once; here it is put where both are read, so that nothing else
has to know. Asked for another language, such an item answers in the one that it has.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from msgspec import inspect

from b2bcourse.facts import LANGS, Lang, Text

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS_OWN: Final = ("course.json", "bank.json")
"""In a folder of items: what says which language a course, or a bank, is in."""


def folder_language(folder: Path) -> Lang | None:
    """The language that a folder of items says it is in; `None` where it says none."""
    for name in FOLDERS_OWN:
        try:
            told = json.loads((folder / name).read_bytes())["lang"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        for lang in LANGS:
            if told == lang:
                return lang
    return None


def in_one_language(raw: Any, type_: Any, default: Lang | None = None) -> Any:
    """An item's plain data with its plain texts put where both languages stand.

    Args:
        raw: what the YAML file holds.
        type_: the kind's type of authored item, which says where texts stand.
        default: the language of the folder, for an item that names none.

    Returns:
        The same where nothing is to be put in; else a copy, with ``lang`` in it.
    """
    if not isinstance(raw, dict):
        return raw
    own = raw.get("lang")
    lang = own if own in LANGS else None if own is not None else default
    if lang is None:
        return raw
    put = _put(raw, _shape(cast("Any", type_)), lang)
    return raw if put is raw else {**put, "lang": lang}


@cache
def _shape(type_: Any) -> inspect.Type:
    return inspect.type_info(type_)


def is_text(shape: inspect.Type) -> bool:
    """Whether a text in both languages belongs here."""
    return isinstance(shape, inspect.StructType) and shape.cls is Text


def is_story(shape: inspect.Type) -> bool:
    """Whether paragraphs in both languages belong here."""
    if not isinstance(shape, inspect.StructType) or shape.cls is Text:
        return False
    return {field.name for field in shape.fields} == set(LANGS)


def _put(raw: Any, shape: inspect.Type, lang: Lang) -> Any:
    """``raw`` itself where nothing below it changes."""
    if is_text(shape):
        return _both(raw, lang, plain=str)
    if is_story(shape):
        told = _both(raw, lang, plain=(list, str))
        if told is not raw:
            told = {name: [each] if isinstance(each, str) else each for name, each in told.items()}
        return told
    if isinstance(shape, inspect.UnionType):
        found = (_put(raw, each, lang) for each in _fitting(shape, raw))
        return next((put for put in found if put is not raw), raw)
    if isinstance(raw, dict):
        fields = _fields(shape)
        rest = shape.value_type if isinstance(shape, inspect.DictType) else None
        put = {
            name: _put(value, below, lang) if (below := fields.get(name, rest)) else value
            for name, value in raw.items()
        }
        return put if any(put[name] is not raw[name] for name in raw) else raw
    if isinstance(raw, list) and isinstance(shape, inspect.VarTupleType):
        entries = [_put(value, shape.item_type, lang) for value in raw]
        return entries if any(a is not b for a, b in zip(entries, raw, strict=True)) else raw
    return raw


def _both(raw: Any, lang: Lang, plain: type | tuple[type, ...]) -> Any:
    """A plain text twice, or the one of two languages that is there in the other's place too."""
    if isinstance(raw, plain):
        return dict.fromkeys(LANGS, raw)
    if isinstance(raw, dict) and set(raw) == {lang}:
        return dict.fromkeys(LANGS, raw[lang])
    return raw


def _fitting(shape: inspect.UnionType, raw: Any) -> list[inspect.Type]:
    """The types of several that what is there may be meant as; a text that is none stays one."""
    if isinstance(raw, str) and any(isinstance(each, inspect.StrType) for each in shape.types):
        return []
    return list(shape.types)


def _fields(shape: inspect.Type) -> dict[str, inspect.Type]:
    """The fields of a struct, with what may stand in them."""
    if not isinstance(shape, inspect.StructType):
        return {}
    return {field.encode_name: field.type for field in shape.fields}
